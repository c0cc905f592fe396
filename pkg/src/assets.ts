// Where the package's own files are, and how the page's wasm is fetched.
// Every address is a literal `new URL(…, import.meta.url)`, which bundlers understand; `assets.base` overrides all of them.
// Does not know: what is inside the files.

import { CaptureError } from "./errors.js";

/** Where the files of this version lie, if not beside the module that was imported. */
export interface AssetsInput {
  /** A folder's address with the files of `lichtbild/dist`, for example `/vendor/lichtbild/0.1.0/`. */
  base?: string;
}

export interface Assets {
  pageWasmUrl: string;
  engineWasmUrl: string;
  workerUrl: string;
}

// Filled in by the build as JSON: sha384 of the wasm files, by name. Absent when the sources run unbuilt.
declare const __INTEGRITY__: string | undefined;
const INTEGRITY: Record<string, string> = /* @__PURE__ */ JSON.parse((typeof __INTEGRITY__ === "string" && __INTEGRITY__) || "{}");

const DEADLINE_MILLIS = 60_000;

export function assetUrls(input: AssetsInput = {}): Assets {
  if (input.base !== undefined) {
    const base = new URL(input.base.endsWith("/") ? input.base : `${input.base}/`, document.baseURI);
    return {
      pageWasmUrl: new URL("wasm/page_bg.wasm", base).href,
      engineWasmUrl: new URL("wasm/engine_bg.wasm", base).href,
      workerUrl: new URL("worker.js", base).href,
    };
  }
  return {
    pageWasmUrl: new URL("./wasm/page_bg.wasm", import.meta.url).href,
    engineWasmUrl: new URL("./wasm/engine_bg.wasm", import.meta.url).href,
    workerUrl: new URL("./worker.js", import.meta.url).href,
  };
}

/** sha384 of a file as the build saw it, in the form of the `integrity` attribute. */
export function integrityOf(name: string): string | undefined {
  return INTEGRITY[name];
}

/** Compiles a wasm file. Fails with `network.*`, naming the address tried, or `unsupported.wasm` if a policy forbids it. */
export async function loadWasm(url: string, name: string): Promise<WebAssembly.Module> {
  const integrity = integrityOf(name);
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
