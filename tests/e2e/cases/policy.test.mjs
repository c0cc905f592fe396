// The content security policies of every page, as they come over the wire: nothing inline, no code from text or from a blob, nobody
// else's origin. That the pages work under them is shown by every other case, which fails at a violation.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { serve } from "../support/net.mjs";
import { hearingPortal } from "../support/portal.mjs";
import { Backend } from "../support/server.mjs";

let backend, shop;
before(async () => {
  backend = await Backend.start();
  shop = await hearingPortal(backend, backend.keys.sandbox);
});
after(async () => {
  await shop?.stop();
  await backend?.stop();
});

const PAGES = [
  ["the capture page", () => backend.origin, "/jump/"],
  ["the capture page in a frame", () => backend.origin, "/jump/?embed=1"],
  ["the dashboard", () => backend.origin, "/dashboard/"],
  ["the documentation", () => backend.origin, "/docs"],
  ["the worker", () => backend.origin, async () => `${await assets()}worker.js`],
  ["the partner's sign-up", () => shop.origin, "/"],
  ["the partner's sign-up, inline", () => shop.origin, "/?mode=inline"],
  ["the partner's worker, inline", () => shop.origin, async () => `/vendor/lichtbild/${(await assets()).split("/").at(-2)}/worker.js`],
];

/** Where the built files of this version lie. */
async function assets() {
  const html = await (await fetch(`${backend.origin}/jump/`)).text();
  return /\/assets\/[^/"]+\//.exec(html)[0];
}

for (const [name, origin, path] of PAGES) {
  test(`${name}: its policy names no code but its own files`, async () => {
    const answer = await fetch(new URL(typeof path === "string" ? path : await path(), origin()));
    assert.equal(answer.status, 200);
    const policy = read(answer.headers.get("content-security-policy"));
    assert.deepEqual(objections(policy, backend.origin), []);
    if (!answer.headers.get("content-type").startsWith("text/html")) return;
    assert.ok(policy.has("frame-ancestors"), "who may frame it is not said");
    assert.deepEqual(inline(await answer.text()), []);
  });
}

test("the check itself objects to what must not be there", async () => {
  const site = await serve((_, response) => response.writeHead(200, { "content-security-policy": "script-src 'self' 'unsafe-inline' blob: https://cdn.example; worker-src blob:" }).end());
  const policy = read((await fetch(site.origin)).headers.get("content-security-policy"));
  site.close();
  assert.deepEqual(objections(policy, backend.origin), [
    "default-src is not 'none' or 'self'",
    "base-uri is not 'none'",
    "script-src 'unsafe-inline'",
    "script-src blob:",
    "script-src https://cdn.example",
    "worker-src blob:",
  ]);
  assert.equal(inline(`<script>1</script><p onclick="x()"><p style="y"><style></style><script src="/a.js"></script>`).length, 4);
});

/** Directive → sources. */
function read(header) {
  assert.ok(header, "there is no policy");
  return new Map(header.split(";").map((line) => line.trim().split(/\s+/)).map(([directive, ...sources]) => [directive, sources]));
}

// Pictures and films of the person's own are shown from blobs; who may frame a page is no source of anything in it.
const BLOBS = ["img-src", "media-src"];
const KEYWORDS = ["'self'", "'none'", "'wasm-unsafe-eval'"];

function objections(policy, ours) {
  const said = [];
  if (!["'none'", "'self'"].includes(policy.get("default-src")?.join(" "))) said.push("default-src is not 'none' or 'self'");
  if (policy.get("base-uri")?.join(" ") !== "'none'") said.push("base-uri is not 'none'");
  for (const [directive, sources] of policy) {
    if (directive === "frame-ancestors") continue;
    for (const source of sources) {
      const fine = KEYWORDS.includes(source) || source === ours || (BLOBS.includes(directive) && ["blob:", "data:"].includes(source));
      if (!fine) said.push(`${directive} ${source}`);
    }
  }
  return said;
}

/** Code and style within the markup, which a policy without `unsafe-inline` would not run. */
function inline(html) {
  return html.match(/<script(?![^>]*\ssrc=)[^>]*>|<style\b|<[^>]+\s(?:on\w+|style)=[^>]*>/gi) ?? [];
}
