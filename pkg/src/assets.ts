// Where the package's own files are.
// Every address is a literal `new URL(…, import.meta.url)`, which bundlers understand; `assets.base` overrides all of them.
// Does not know: what is inside the files.

/** Where the files of this version lie, if not beside the module that was imported. */
export interface AssetsInput {
  /** A folder's address with the files of `lichtbild/dist`, for example `/vendor/lichtbild/0.1.0/`. */
  base?: string;
}

export interface Assets {
  pageWasmUrl: string;
  engineWasmUrl: string;
  documentModelUrl: string;
  finderModelUrl: string;
  readerModelUrl: string;
  workerUrl: string;
}

export function assetUrls(input: AssetsInput = {}): Assets {
  if (input.base !== undefined) {
    const base = new URL(input.base.endsWith("/") ? input.base : `${input.base}/`, document.baseURI);
    return {
      pageWasmUrl: new URL("wasm/page_bg.wasm", base).href,
      engineWasmUrl: new URL("wasm/engine_bg.wasm", base).href,
      documentModelUrl: new URL("models/document.onnx", base).href,
      finderModelUrl: new URL("models/finder.onnx", base).href,
      readerModelUrl: new URL("models/reader.onnx", base).href,
      workerUrl: new URL("worker.js", base).href,
    };
  }
  return {
    pageWasmUrl: new URL("./wasm/page_bg.wasm", import.meta.url).href,
    engineWasmUrl: new URL("./wasm/engine_bg.wasm", import.meta.url).href,
    documentModelUrl: new URL("./models/document.onnx", import.meta.url).href,
    finderModelUrl: new URL("./models/finder.onnx", import.meta.url).href,
    readerModelUrl: new URL("./models/reader.onnx", import.meta.url).href,
    workerUrl: new URL("./worker.js", import.meta.url).href,
  };
}
