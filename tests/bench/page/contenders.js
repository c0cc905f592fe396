// The contenders as a page uses them: our engine, onnxruntime-web with the same network, jscanify on OpenCV.js.

import init, { Engine } from "/pkg/wasm/engine.js";
import * as ort from "/modules/onnxruntime-web/dist/ort.wasm.bundle.min.mjs";

export { Engine };
export const FILES = {
  engine: "/pkg/wasm/engine_bg.wasm",
  worker: "/pkg/worker.js",
  model: "/pkg/models/document.onnx",
  finder: "/pkg/models/finder.onnx",
  reader: "/pkg/models/reader.onnx",
  ort: "/modules/onnxruntime-web/dist/ort-wasm-simd-threaded.wasm",
  opencv: "/modules/@techstark/opencv-js/dist/opencv.js",
  jscanify: "/modules/jscanify/src/jscanify.js",
};
// `Layout` of src/engine.rs.
const LUMA = 0;

export async function bytes(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

/** Compiles the engine; gives its memory. */
export async function startEngine(wasm) {
  const exported = await init({ module_or_path: wasm });
  return Object.values(exported).find((one) => one instanceof WebAssembly.Memory);
}

export function look(engine, { luma, width, height }, number = 0) {
  return engine.frame(luma, LUMA, width, height, width, number, number * 33, false, "none");
}

/** The same network in onnxruntime, on one thread; also the side of its input, in pixels. */
export async function startOrt(wasm, model) {
  ort.env.wasm.numThreads = 1;
  ort.env.wasm.wasmBinary = wasm;
  const session = await ort.InferenceSession.create(model, { executionProviders: ["wasm"] });
  const { name, shape } = session.inputMetadata[0];
  const side = shape[3];
  const input = new ort.Tensor("float32", new Float32Array(side * side), shape);
  return { side, run: () => session.run({ [name]: input }) };
}

/** jscanify on OpenCV.js, from their sources; gives what finds a document in a canvas. */
export async function startJscanify(opencv, jscanify) {
  await script(opencv);
  // The module has a `then`, so it must not be awaited itself.
  if (!cv.Mat) await new Promise((ready) => (cv.onRuntimeInitialized = ready));
  await script(jscanify);
  const scanner = new globalThis.jscanify();
  return (canvas) => {
    const picture = cv.imread(canvas);
    const contour = scanner.findPaperContour(picture);
    const corners = contour && scanner.getCornerPoints(contour);
    contour?.delete();
    picture.delete();
    if (!corners) return null;
    const { topLeftCorner, topRightCorner, bottomRightCorner, bottomLeftCorner } = corners;
    const quad = [topLeftCorner, topRightCorner, bottomRightCorner, bottomLeftCorner];
    return quad.every(Boolean) ? quad.map(({ x, y }) => [x, y]) : null;
  };
}

/** A picture in its own size: the canvas, and its luminance (BT.601). */
export async function picture(address) {
  const bitmap = await createImageBitmap(new Blob([await bytes(address)]));
  const canvas = Object.assign(document.createElement("canvas"), { width: bitmap.width, height: bitmap.height });
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context.drawImage(bitmap, 0, 0);
  const { data, width, height } = context.getImageData(0, 0, canvas.width, canvas.height);
  const luma = new Uint8Array(width * height);
  for (let at = 0; at < luma.length; at++) luma[at] = 0.299 * data[4 * at] + 0.587 * data[4 * at + 1] + 0.114 * data[4 * at + 2] + 0.5;
  return { canvas, luma, width, height };
}

function script(source) {
  const element = document.createElement("script");
  element.src = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  return new Promise((loaded, failed) => {
    element.onload = loaded;
    element.onerror = failed;
    document.head.append(element);
  });
}
