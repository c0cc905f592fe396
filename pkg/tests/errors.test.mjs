// What programs see of a failure.

import assert from "node:assert/strict";
import { test } from "node:test";
import { source, union } from "./support/sources.mjs";

const { CaptureError, asCaptureError } = await source("errors.ts");

const coded = (code) => Object.assign(new Error("endpoint"), { code });

test("an error of ours keeps its identity", () => {
  const error = new CaptureError("network.timeout", true, "https://ident.example/page_bg.wasm");
  assert.equal(asCaptureError(error), error);
  assert.equal(error.message, "network.timeout: https://ident.example/page_bg.wasm");
  assert.equal(error.name, "CaptureError");
});

test("an error without a detail says its code only", () => {
  const error = new CaptureError("camera.refused", false);
  assert.equal(error.message, "camera.refused");
  assert.ok(!("detail" in error));
});

test("a code that the page part throws is kept, with its message as the detail", () => {
  const { code, detail, retryable } = asCaptureError(coded("config.invalid"));
  assert.deepEqual({ code, detail, retryable }, { code: "config.invalid", detail: "endpoint", retryable: false });
});

test("every code of the catalogue is known as one", () => {
  for (const code of union("ErrorCode")) assert.equal(asCaptureError(coded(code)).code, code);
});

const strangers = [
  ["a DOMException, whose code is a number", new DOMException("no", "AbortError"), "AbortError"],
  ["an error of Node, whose code is in capitals", coded("ERR_MODULE_NOT_FOUND"), "Error"],
  ["an error with an empty code", coded(""), "Error"],
  ["an ordinary error", new TypeError("x is not a function"), "TypeError"],
  ["a thrown text", "broken", "string"],
  ["nothing", undefined, "undefined"],
];
for (const [name, thrown, detail] of strangers) {
  test(`${name}: becomes internal.unexpected, without its message`, () => {
    const error = asCaptureError(thrown);
    assert.equal(error.code, "internal.unexpected");
    assert.equal(error.detail, detail);
    assert.ok(error.retryable);
  });
}
