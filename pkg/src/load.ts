// Fetches the package's wasm files and networks, each held against the hash that the build saw. Used by page and worker.
// Does not know: where the files lie, what is inside them.

import { CaptureError } from "./errors.js";

// Filled in by the build as JSON: sha384 of the files, by name, in the form of the `integrity` attribute, and their bytes. Absent when the
// sources run unbuilt.
declare const __INTEGRITY__: string | undefined;
const INTEGRITY: Record<string, { hash: string; bytes: number }> = /* @__PURE__ */ JSON.parse((typeof __INTEGRITY__ === "string" && __INTEGRITY__) || "{}");

const DEADLINE_MILLIS = 60_000;

/** Compiles a wasm file. Fails as `loadFile` does, or with `unsupported.wasm` if a policy forbids it. */
export async function loadWasm(url: string, name: string): Promise<WebAssembly.Module> {
  const response = await loadFile(url, name);
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

/** Fetches one of the package's files, held against its hash. Fails with `network.*`, naming the address tried. */
async function loadFile(url: string, name: string): Promise<Response> {
  const integrity = INTEGRITY[name]?.hash;
  return fetched(url, { signal: AbortSignal.timeout(DEADLINE_MILLIS), ...(integrity ? { integrity } : {}) });
}

const STEP_PERCENT = 5;

/**
 * Bytes of one of the package's files, held against its hash; tells how many percent are there while they come. Fails with `network.*` after a
 * minute in which nothing came.
 */
export async function loadBytes(url: string, name: string, tell: (percent: number) => void = () => {}): Promise<Uint8Array> {
  const known = INTEGRITY[name];
  const halt = new AbortController();
  const wait = () => setTimeout(() => halt.abort(new DOMException("nothing comes", "TimeoutError")), DEADLINE_MILLIS);
  let timer = wait();
  try {
    // The browser would hand over what it checks itself only once all is there.
    const response = await fetched(url, { signal: halt.signal });
    const parts: Uint8Array[] = [];
    let [length, told] = [0, 0];
    const body = response.body?.getReader();
    for (let part = await body?.read(); part?.value; part = await body?.read()) {
      clearTimeout(timer);
      timer = wait();
      parts.push(part.value);
      length += part.value.length;
      const percent = known ? Math.floor((100 * length) / known.bytes / STEP_PERCENT) * STEP_PERCENT : 0;
      if (percent > told && percent <= 100) tell((told = percent));
    }
    const bytes = new Uint8Array(await new Blob(parts as BlobPart[]).arrayBuffer());
    if (known && (await hashed(bytes)) !== known.hash) throw new CaptureError("network.unreachable", true, `another file at ${url}`);
    return bytes;
  } catch (thrown) {
    throw thrown instanceof CaptureError ? thrown : failure(thrown, url);
  } finally {
    clearTimeout(timer);
  }
}

async function fetched(url: string, init: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url, init);
  } catch (thrown) {
    throw failure(thrown, url);
  }
  if (!response.ok) throw new CaptureError("network.unreachable", true, `${response.status} for ${url}`);
  return response;
}

function failure(thrown: unknown, url: string): CaptureError {
  const late = thrown instanceof DOMException && thrown.name === "TimeoutError";
  return new CaptureError(late ? "network.timeout" : "network.unreachable", true, url);
}

async function hashed(bytes: Uint8Array): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-384", bytes as BufferSource));
  return `sha384-${btoa(String.fromCharCode(...digest))}`;
}
