// Decides what this browser lacks, before anything heavy is loaded. In: the browser. Out: codes, empty when all is there.
// By feature, never by name of a browser.

import type { ErrorCode } from "./types.js";

// (module (func (result v128) (i32.const 0) (i8x16.splat) (i8x16.popcnt)))
const SIMD = new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11,
]);

/** What is missing, most basic first. */
export function missingRequirements(scope: typeof globalThis = globalThis): ErrorCode[] {
  // Without a secure context the browser hides the rest too; naming that as well would only confuse.
  if (scope.isSecureContext === false) return ["unsupported.insecure_context"];
  const missing: ErrorCode[] = [];
  if (typeof scope.WebAssembly !== "object") missing.push("unsupported.wasm");
  else if (!scope.WebAssembly.validate(SIMD)) missing.push("unsupported.simd");
  if (typeof scope.navigator?.mediaDevices?.getUserMedia !== "function") missing.push("unsupported.get_user_media");
  if (typeof scope.MediaRecorder !== "function") missing.push("unsupported.media_recorder");
  if (typeof scope.crypto?.subtle !== "object") missing.push("unsupported.crypto");
  return missing;
}
