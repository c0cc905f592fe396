// The golden JSON of what crosses between Rust and JavaScript fits the TypeScript types, which are made from the Rust types;
// the Rust tests hold the same files against the Rust types. The compiler does the checking.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { golden, pkg, wire } from "./support/sources.mjs";

const folder = mkdtempSync(join(tmpdir(), "lichtbild-wire-"));
after(() => rmSync(folder, { recursive: true }));
symlinkSync(join(pkg, "src/types.ts"), join(folder, "types.ts"));

const types = readdirSync(wire).map((name) => name.replace(/\.json$/, ""));

/** What the compiler says about a source beside the types; empty when all is well. */
function compile(source) {
  writeFileSync(join(folder, "golden.ts"), source);
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({
    compilerOptions: {
      target: "ES2022", module: "ESNext", moduleResolution: "bundler", lib: ["ES2022"], types: [], noEmit: true, strict: true,
      exactOptionalPropertyTypes: true, skipLibCheck: true, preserveSymlinks: true,
    },
    files: ["golden.ts"],
  }));
  const { stdout, stderr, error } = spawnSync(join(pkg, "node_modules/.bin/tsc"), ["-p", folder], { encoding: "utf8" });
  if (error) throw error;
  return (stdout + stderr).trim();
}

const head = `import type * as wire from "./types.js";\n`;
const constant = (type, index, value) => `export const ${type}${index}: wire.${type} = ${JSON.stringify(value)};\n`;

/** A table with a row for each name; a name that the union has and the table lacks, or the other way round, does not compile. */
const complete = (name, union, members) =>
  `export const ${name}: Record<${union}, true> = ${JSON.stringify(Object.fromEntries(members.map((member) => [member, true])))};\n`;

test("every golden example fits its TypeScript type", () => {
  assert.ok(types.length > 10, "the golden files are missing");
  const source = types.map((type) => Object.values(golden(type)).map((value, index) => constant(type, index, value)).join(""));
  assert.equal(compile(head + source.join("")), "");
});

test("every variant of the page's unions appears in an example, and no other", () => {
  const all = (type) => Object.values(golden(type));
  const screens = all("Snapshot").map(({ screen }) => screen);
  const cameras = screens.filter(({ type }) => type === "camera");
  const permissions = screens.filter(({ type }) => type === "permissions").flatMap(({ camera, microphone }) => [camera, microphone]);
  const steps = all("SessionSnapshot").flatMap(({ flow }) => flow.steps);
  const source = [
    complete("screens", `wire.Screen["type"]`, screens.map(({ type }) => type)),
    complete("stages", `wire.CameraStage["type"]`, cameras.map(({ stage }) => stage.type)),
    complete("purposes", `wire.Purpose["type"]`, cameras.map(({ purpose }) => purpose.type)),
    complete("permissions", `wire.Permission["state"]`, permissions.map(({ state }) => state)),
    complete("events", `wire.CaptureEvent["type"]`, all("CaptureEvent").map(({ type }) => type)),
    complete("hints", "wire.Hint", all("CaptureEvent").flatMap(({ hint }) => hint ?? [])),
    complete("actions", `wire.Action["type"]`, all("Action").map(({ type }) => type)),
    complete("steps", `wire.Step["kind"]`, steps.map(({ kind }) => kind)),
    complete("states", "wire.CaseState", all("CasePage").flatMap(({ items }) => items.map(({ state }) => state))),
  ];
  assert.equal(compile(head + source.join("")), "");
});

const wrong = [
  ["a misspelt key", "CaptureEvent", { type: "failed", code: "camera.in_use", retriable: true }],
  ["a missing key", "Receipt", { case: "82d82c7e", kennung: "82d82c7" }],
  ["an unknown code", "CaptureEvent", { type: "failed", code: "camera.on_fire", retryable: true }],
  ["a null in place of nothing", "CaptureEvent", { type: "hintChanged", hint: null }],
  ["an unknown variant", "Action", { type: "selfDestruct" }],
  ["a number in place of a text", "WebhookEvent", { ...golden("WebhookEvent").ended, timestamp: 1 }],
];
test("the check itself would notice a difference", () => {
  const complaints = compile(head + wrong.map(([, type, value], index) => constant(type, index, value)).join(""));
  for (const [index, [name]] of wrong.entries()) {
    // One line of source for each, after the import.
    assert.match(complaints, new RegExp(`golden\\.ts\\(${index + 2},`), `${name} was not noticed:\n${complaints}`);
  }
  assert.notEqual(compile(head + complete("hints", "wire.Hint", ["good"])), "", "an absent variant was not noticed");
});
