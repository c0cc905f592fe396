// The packed tarball, built as it is shipped, as strangers use it: imported in Node, by script tag from the same and from another
// origin, bundled by Vite and by webpack, and under the strictest content security policy the documentation promises. Each page goes
// on to the live camera, until the engine says that it finds documents and reads their zones, so that wasm, worker, networks and
// styles have all been loaded; nothing may appear on the console.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { browser, hold, open } from "../e2e/support/browser.mjs";
import { freePort, serve, sleep, until } from "../e2e/support/net.mjs";
import { filmOf, look, walk } from "../e2e/support/person.mjs";
import { Backend } from "../e2e/support/server.mjs";
import { pass } from "../e2e/support/tus.mjs";

const run = promisify(execFile);
const here = import.meta.dirname;

let folder, installed, backend, front, chromium;
before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "lichtbild-"));
  await writeFile(path.join(folder, "package.json"), JSON.stringify({ private: true, type: "module" }));
  await run("npm", ["install", "--no-audit", "--no-fund", "--prefer-offline", process.env.LICHTBILD_TARBALL], { cwd: folder });
  installed = path.join(folder, "node_modules/lichtbild");
  const port = await freePort();
  backend = await Backend.start({ publicUrl: `http://localhost:${port}` });
  // The backend's origin, with the packed files and a partner's page beside its own.
  front = await serve(async (request, response) => {
    if (request.url === "/favicon.ico") return response.writeHead(204).end();
    if (!/^\/(packed|partner)\//.test(request.url)) return pass(request, response, backend.address, { host: `localhost:${port}` });
    await file(response, request.url.startsWith("/packed/") ? path.join(installed, "dist", request.url.slice(8)) : path.join(folder, request.url));
  }, port);
  chromium = await browser();
});
after(async () => {
  await chromium?.close();
  front?.close();
  await backend?.stop();
  if (folder) await rm(folder, { recursive: true, force: true });
});

const TYPES = { ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".wasm": "application/wasm", ".css": "text/css", ".json": "application/json" };

async function file(response, name, headers = {}) {
  const found = name.split("?")[0];
  const bytes = await readFile(found).catch(() => undefined);
  if (!bytes) return response.writeHead(404).end();
  response.writeHead(200, { "content-type": TYPES[path.extname(found)] ?? "application/octet-stream", "access-control-allow-origin": "*", ...headers }).end(bytes);
}

/** A partner's origin that serves a folder, with a policy if one is given. */
const partner = (root, policy) =>
  serve((request, response) => {
    if (request.url === "/favicon.ico") return response.writeHead(204).end();
    const name = request.url === "/" ? "index.html" : request.url;
    return file(response, path.join(root, name), policy ? { "content-security-policy": policy } : {});
  });

async function page(folderName, body, head = "") {
  const root = path.join(folder, folderName);
  await mkdir(root, { recursive: true });
  await writeFile(path.join(root, "index.html"), `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Partner</title>${head}</head><body>${body}</body></html>`);
  return root;
}

async function loaderTag(origin) {
  const bytes = await readFile(path.join(installed, "dist/loader.js"));
  const integrity = `sha384-${createHash("sha384").update(bytes).digest("base64")}`;
  return `<script src="${origin}/packed/loader.js" integrity="${integrity}" crossorigin="anonymous"></script>`;
}

const token = async () => (await backend.create({ lang: "en" })).session.token;

/** Opens a page and goes on to the live camera with its hints; the engine is complete then, and looks. */
async function works(url, origins) {
  const { context, page, faults } = await open(chromium, { lang: "en", allowed: [front.origin, ...origins] });
  await context.addInitScript(overhear);
  await page.goto(url);
  await walk(page, { document: "passport", stop: ({ name }) => name === "camera.live", millis: 60_000 }).catch((error) => {
    throw new Error(`${error.message}\n${faults().join("\n")}`);
  });
  const said = async () => (await look(page)).frame.evaluate(() => globalThis.saidByWorkers);
  const complete = ({ kind, documents, reads }) => kind === "ready" && documents && reads;
  await until("an engine that finds documents and reads zones", async () => (await said()).some(complete), 60_000).catch(async (error) => {
    throw new Error(`${error.message}: ${JSON.stringify(await said())}\n${faults().join("\n")}`);
  });
  await until("something it saw", async () => (await said()).some(({ kind }) => kind === "observation"));
  assert.ok((await said()).every(({ kind }) => kind !== "error"));
  const { snapshot } = await look(page);
  assert.equal(snapshot.screen.withoutHints, false, "the page knows it");
  assert.deepEqual(faults(), []);
  await context.close();
}

// Runs in every frame before anything else: notes what workers say.
function overhear() {
  const said = [];
  Object.defineProperty(globalThis, "saidByWorkers", { value: said });
  globalThis.Worker = class extends Worker {
    constructor(...given) {
      super(...given);
      this.addEventListener("message", ({ data }) => said.push({ kind: data.kind, documents: data.documents, reads: data.reads, code: data.code }));
    }
  };
}

test("importing the package in Node does nothing", async () => {
  const script = `for (const name of ["lichtbild", "lichtbild/element", "lichtbild/straight"]) console.log(name, Object.keys(await import(name)).includes("version") || "ok");`;
  const { stdout, stderr } = await run(process.execPath, ["--input-type=module", "-e", script], { cwd: folder, timeout: 10_000 });
  assert.equal(stderr, "");
  assert.match(stdout, /^lichtbild true\nlichtbild\/element .*\nlichtbild\/straight ok/);
});

test("the tarball holds what it exports, and its manifest's hashes are true", async () => {
  const { version, files } = JSON.parse(await readFile(path.join(installed, "dist/manifest.json"), "utf8"));
  assert.equal(version, JSON.parse(await readFile(path.join(installed, "package.json"), "utf8")).version);
  assert.ok(files.some(({ name }) => name === "loader.js") && files.some(({ name }) => name === "wasm/page_bg.wasm"));
  for (const { name, bytes, sha384 } of files) {
    const content = await readFile(path.join(installed, "dist", name));
    assert.deepEqual([content.length, `sha384-${createHash("sha384").update(content).digest("base64")}`], [bytes, sha384], name);
  }
});

test("script tag, same origin", async () => {
  await page("partner", `<lichtbild-ident session="${await token()}"></lichtbild-ident>`, await loaderTag(""));
  await works(`${front.origin}/partner/index.html`, []);
});

test("script tag, other origin, under a policy of script-src and frame-src alone", async (t) => {
  const root = await page("elsewhere", `<lichtbild-ident session="${await token()}"></lichtbild-ident>`, await loaderTag(front.origin));
  const server = await partner(root, `default-src 'none'; script-src ${front.origin}; frame-src ${front.origin}`);
  t.after(server.close);
  await works(server.origin, [server.origin]);
});

/** A project that bundles the package; returns the folder of its build. */
async function project(name, build, body, main = `import "lichtbild/element";`) {
  body ??= `<lichtbild-ident endpoint="${front.origin}" session="${await token()}"></lichtbild-ident>`;
  const root = await page(name, `${body}<script type="module" src="./main.js"></script>`);
  await writeFile(path.join(root, "main.js"), `${main}\n`);
  await writeFile(path.join(root, "package.json"), JSON.stringify({ private: true, type: "module" }));
  await mkdir(path.join(root, "node_modules"), { recursive: true });
  await cp(installed, path.join(root, "node_modules/lichtbild"), { recursive: true });
  await symlink(path.join(folder, "node_modules"), path.join(root, "node_modules/.installed"));
  await build(root);
  return root;
}

const tool = (name) => path.join(here, "node_modules/.bin", name);
const vite = (root) => run(tool("vite"), ["build", "--logLevel", "error"], { cwd: root });

test("bundled by Vite", async (t) => {
  const root = await project("vite", vite);
  const server = await partner(path.join(root, "dist"));
  t.after(server.close);
  await works(server.origin, [server.origin]);
});

test("bundled by webpack", async (t) => {
  const root = await project("webpack", async (root) => {
    await run(tool("webpack"), ["--mode", "production", "--entry", "./main.js", "--output-path", path.join(root, "dist"), "--output-filename", "main.js"], { cwd: root });
    await cp(path.join(root, "index.html"), path.join(root, "dist/index.html"));
  });
  const server = await partner(path.join(root, "dist"));
  t.after(server.close);
  await works(server.origin, [server.origin]);
});

test("without our screens: a page of the partner's own, from createCapture to the receipt", async (t) => {
  const config = { endpoint: front.origin, session: await token() };
  const root = await project("own", vite, "<video muted playsinline></video><output></output>", `import { createCapture } from "lichtbild";
    const capture = await createCapture(${JSON.stringify(config)});
    capture.subscribe(() => (document.querySelector("output").textContent = capture.snapshot.screen.type));
    capture.attach(document.querySelector("video"));
    Object.assign(globalThis, { capture, receipt: capture.start() });`);
  const server = await partner(path.join(root, "dist"));
  t.after(server.close);
  const { context, page, faults } = await open(chromium, { lang: "en", allowed: [front.origin, server.origin] });
  await page.goto(server.origin);
  await page.waitForFunction(() => "receipt" in globalThis);
  const seen = [];
  const end = Date.now() + 180_000;
  let acted;
  for (;;) {
    const snapshot = await page.evaluate(() => capture.snapshot);
    const { screen } = snapshot;
    if (screen.type === "done") break;
    assert.ok(screen.type !== "failed" && Date.now() < end, `${JSON.stringify(screen)} after ${seen.join(", ")}`);
    if (screen.type !== seen.at(-1)) seen.push(screen.type);
    const action = nextAction(snapshot);
    const state = JSON.stringify([screen.type, screen.purpose, screen.stage?.type, action]);
    if (action && state !== acted) {
      if (action.type === "openCamera") await hold(page, filmOf(screen.purpose, snapshot.case.document));
      await page.evaluate((next) => capture.act(next), action);
    }
    acted = state;
    await sleep(150);
  }
  assert.deepEqual(Object.keys(await page.evaluate(() => receipt)).sort(), ["case", "kennung", "outcome"]);
  assert.ok(seen.includes("camera") && seen.includes("review"), seen.join(", "));
  assert.deepEqual(faults(), []);
  await context.close();
});

/** What a partner's own page would have the person do next: plain data to plain data. */
function nextAction({ screen }) {
  const open = screen.items?.find(({ ticked }) => !ticked);
  switch (screen.type) {
    case "consents":
      return open ? { type: "tick", id: open.id, on: true } : { type: "continue" };
    case "permissions":
      if (screen.camera.state === "open") return { type: "askCamera" };
      if (screen.camera.state === "granted" && screen.microphone.state === "open") return { type: "askMicrophone" };
      return screen.microphone.state === "granted" ? { type: "continue" } : undefined;
    case "documentChoice":
      return { type: "chooseDocument", kind: "passport" };
    case "camera":
      if (screen.stage.type === "closed") return { type: "openCamera" };
      if (screen.stage.type === "live" && screen.byHand) return { type: screen.purpose.type === "documentPhoto" ? "takePhoto" : "record" };
      return screen.stage.canStop && screen.purpose.type === "documentVideo" ? { type: "stopRecording" } : undefined;
    case "review":
      return { type: "confirm" };
    case "register":
    case "explainer":
    case "repeat":
      return { type: "continue" };
  }
}

test("inline under the strictest policy the documentation promises", async (t) => {
  const root = await project("strict", vite);
  const policy = `default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self' ${front.origin}; img-src 'self' blob:; media-src 'self' blob:; style-src 'self'; require-trusted-types-for 'script'; trusted-types lit-html lichtbild`;
  const server = await partner(path.join(root, "dist"), policy);
  t.after(server.close);
  await works(server.origin, [server.origin]);
});
