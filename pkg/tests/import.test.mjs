// The built package where there is no browser: importing does nothing; what it offers is what package.json promises.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { pkg, version } from "./support/sources.mjs";

const dist = join(pkg, "dist");
const index = () => import(join(dist, "index.js"));

/** Runs a module in a process of its own; gives what it printed, and fails on anything it complained about. */
function run(code) {
  return execFileSync(process.execPath, ["--input-type=module", "--trace-warnings", "--eval", code], {
    cwd: dist,
    encoding: "utf8",
    timeout: 20_000,
    stdio: ["ignore", "pipe", "pipe"],
  });
}

for (const entry of ["index.js", "element.js"]) {
  test(`importing ${entry} without a browser does nothing and throws nothing`, () => {
    const printed = run(`
      const before = Reflect.ownKeys(globalThis);
      for (const effect of ["fetch", "setTimeout", "setInterval", "queueMicrotask"]) globalThis[effect] = () => { throw new Error(effect); };
      await import("./${entry}");
      console.log(JSON.stringify(Reflect.ownKeys(globalThis).filter((key) => !before.includes(key)).map(String)));`);
    // The template library notes its own versions, and nothing that acts.
    assert.deepEqual(JSON.parse(printed).filter((key) => !/^(lit|reactiveElement)\w*(Versions|Metadata)$/.test(key)), []);
  });
}

test("the front door offers what the documentation names, and nothing else", async () => {
  assert.deepEqual(Object.keys(await index()).sort(), ["CaptureError", "chooseLang", "createCapture", "loadMessages", "version"]);
  assert.equal((await index()).version, version);
});

test("without a browser a capture shows what is missing", async () => {
  const { createCapture, CaptureError } = await index();
  const capture = await createCapture({ session: "lbs_abc" });
  assert.equal(capture.snapshot.screen.type, "requirements");
  assert.ok(capture.snapshot.screen.missing.includes("unsupported.get_user_media"));
  assert.ok(Object.isFrozen(capture.snapshot));
  await assert.rejects(capture.start(), (error) => error instanceof CaptureError && error.code === capture.snapshot.screen.missing[0]);
  assert.doesNotThrow(() => {
    capture.act({ type: "cancel" });
    capture.subscribe(() => {})();
    capture.dispose();
  });
});

test("messages load where there is no browser, one language at a time", async () => {
  const { loadMessages } = await index();
  const german = await loadMessages("de");
  assert.equal(german.text("review.length", { time: "0:08" }), "Video, 0:08");
  assert.equal(await loadMessages("de"), german);
});

test("every entry of package.json is there, with its types", () => {
  const { exports, sideEffects, files } = JSON.parse(readFileSync(join(pkg, "package.json"), "utf8"));
  const built = existsSync(join(dist, "wasm/page_bg.wasm"));
  for (const target of Object.values(exports).flatMap((entry) => (typeof entry === "string" ? [entry] : Object.values(entry)))) {
    if (target.includes("*")) {
      if (built) assert.ok(readdirSync(join(pkg, target.slice(0, target.indexOf("*")))).length > 0, target);
    } else assert.ok(existsSync(join(pkg, target)), `${target} is missing`);
  }
  for (const effect of sideEffects) assert.ok(existsSync(join(pkg, effect)), effect);
  assert.ok(files.includes("dist"));
});

test("the manifest tells length and digest of every file that a browser loads", () => {
  const manifest = JSON.parse(readFileSync(join(dist, "manifest.json"), "utf8"));
  assert.equal(manifest.version, version);
  for (const { name, bytes, sha384 } of manifest.files) {
    const content = readFileSync(join(dist, name));
    assert.equal(content.length, bytes, name);
    assert.equal(`sha384-${createHash("sha384").update(content).digest("base64")}`, sha384, name);
  }
  const listed = manifest.files.map(({ name }) => name);
  for (const name of readdirSync(dist).filter((file) => file.endsWith(".js"))) assert.ok(listed.includes(name), `${name} is not listed`);
});

test("no file of the package names a foreign origin", () => {
  for (const name of readdirSync(dist).filter((file) => file.endsWith(".js"))) {
    const addresses = readFileSync(join(dist, name), "utf8").match(/(?:https?|wss?):\/\/[\w.-]+/g) ?? [];
    // Namespaces are names, not addresses; the others stand in error messages of the template library and the muxer.
    const words = /^https?:\/\/(www\.w3\.org|lit\.dev|aomediacodec\.github\.io|www\.webmproject\.org)$/;
    assert.deepEqual(addresses.filter((address) => !words.test(address)), [], name);
  }
});
