// Fetches and compiles the package's wasm files, each held against the hash that the build saw. Used by page and worker.
// Does not know: where the files lie, what is inside them.

import { CaptureError } from "./errors.js";

// Filled in by the build as JSON: sha384 of the wasm files, by name, in the form of the `integrity` attribute. Absent when the sources run unbuilt.
declare const __INTEGRITY__: string | undefined;
const INTEGRITY: Record<string, string> = /* @__PURE__ */ JSON.parse((typeof __INTEGRITY__ === "string" && __INTEGRITY__) || "{}");

const DEADLINE_MILLIS = 60_000;

/** Compiles a wasm file. Fails with `network.*`, naming the address tried, or `unsupported.wasm` if a policy forbids it. */
export async function loadWasm(url: string, name: string): Promise<WebAssembly.Module> {
  const integrity = INTEGRITY[name];
  let response: Response;
  try {
    response = await fetch(url, { signal: AbortSignal.timeout(DEADLINE_MILLIS), ...(integrity ? { integrity } : {}) });
  } catch (thrown) {
    const late = thrown instanceof DOMException && thrown.name === "TimeoutError";
    throw new CaptureError(late ? "network.timeout" : "network.unreachable", true, url);
  }
  if (!response.ok) throw new CaptureError("network.unreachable", true, `${response.status} for ${url}`);
  try {
    // A wrong media type makes the streaming call refuse; the bytes themselves are fine.
    return response.headers.get("content-type")?.startsWith("application/wasm")
      ? await WebAssembly.compileStreaming(response)
      : await WebAssembly.compile(await response.arrayBuffer());
  } catch (thrown) {
    throw thrown instanceof WebAssembly.CompileError
      ? new CaptureError("unsupported.wasm", false, thrown.message)
      : new CaptureError("network.unreachable", true, url);
  }
}
