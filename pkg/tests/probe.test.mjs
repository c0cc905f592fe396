// What a browser lacks, over recorded scopes.

import assert from "node:assert/strict";
import { test } from "node:test";
import { source } from "./support/sources.mjs";

const { missingRequirements } = await source("probe.ts");

const complete = {
  isSecureContext: true,
  WebAssembly,
  navigator: { mediaDevices: { getUserMedia() {} } },
  MediaRecorder: class {},
  crypto: { subtle: {} },
};
const without = (changes) => ({ ...complete, ...changes });
const noCamera = { enumerateDevices() {} };

const scopes = [
  ["a current browser lacks nothing", complete, []],
  ["a browser that does not say whether it is secure is taken at its abilities", without({ isSecureContext: undefined }), []],
  [
    "over http only the missing https is named, since it hides the rest",
    { isSecureContext: false, WebAssembly, navigator: {} },
    ["unsupported.insecure_context"],
  ],
  ["a hardened browser without WebAssembly", without({ WebAssembly: undefined }), ["unsupported.wasm"]],
  ["Safari 15: WebAssembly, but no SIMD", without({ WebAssembly: { validate: () => false } }), ["unsupported.simd"]],
  ["a browser inside an app: no media devices", without({ navigator: {} }), ["unsupported.get_user_media"]],
  ["media devices that cannot be asked for", without({ navigator: { mediaDevices: noCamera } }), ["unsupported.get_user_media"]],
  ["Safari before 14.1: no recorder", without({ MediaRecorder: undefined }), ["unsupported.media_recorder"]],
  ["no WebCrypto", without({ crypto: {} }), ["unsupported.crypto"]],
  [
    "nothing at all: everything is named, most basic first",
    {},
    ["unsupported.wasm", "unsupported.get_user_media", "unsupported.media_recorder", "unsupported.crypto"],
  ],
];

for (const [name, scope, missing] of scopes) {
  test(name, () => assert.deepEqual(missingRequirements(scope), missing));
}

test("the probe for SIMD is a valid module, and would not be one with a byte changed", () => {
  let probe;
  missingRequirements(without({ WebAssembly: { validate: (bytes) => ((probe = bytes), true) } }));
  assert.ok(WebAssembly.validate(probe));
  const changed = Uint8Array.from(probe);
  changed[changed.length - 2] ^= 0xff;
  assert.ok(!WebAssembly.validate(changed));
});
