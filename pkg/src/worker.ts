// The engine's worker: loads the wasm, takes frames by transfer, posts what the engine saw. Copies as little of a frame as the browser
// allows: its luminance plane, else its RGBA, else a small drawing of it. Every failure is one `error` message with a stable code.
// Does not know: guidance, the session; the page sends one frame at a time.

import init, { Engine } from "#engine";
import { loadBytes, loadWasm } from "./load.js";

type ToWorker =
  | { kind: "load"; wasmUrl: string; modelUrl: string; finderUrl: string; readerUrl: string; version: string }
  | { kind: "frame" | "still"; frame: number; at: number; zone: "none" | "wanted" | "elsewhere"; source: VideoFrame | ImageBitmap };

type Code = "engine.unavailable" | "engine.crashed" | "engine.version_mismatch";

type FromWorker =
  | { kind: "progress"; percent: number }
  | { kind: "ready"; version: string; documents: boolean; reads: boolean }
  | { kind: "observation"; observation: object }
  | { kind: "error"; code: Code };

// As `Layout` in src/engine.rs.
const LUMA = 0;
const RGBA = 1;
const STUDIO_LUMA = 2;

interface Pixels {
  bytes: Uint8Array | Uint8ClampedArray;
  layout: number;
  width: number;
  height: number;
  stride: number;
}

const COPY_MILLIS = 5_000;
// Frames that can only be drawn: their edges are to be found to a pixel or so, at a bearable cost.
const DRAWN_SIDE = 960;
// A still is judged once, so it may cost more.
const STILL_SIDE = 1920;
// Their first plane is luminance, a byte each.
const PLANAR = ["I420", "I420A", "I422", "I444", "NV12"];

let engine: Engine | undefined;
let buffer = new Uint8Array(0);
let canvas: OffscreenCanvasRenderingContext2D | undefined;
let rgbaCopies = true;

const post = (message: FromWorker): void => self.postMessage(message);

self.addEventListener("message", ({ data }: MessageEvent<ToWorker>) => {
  if (data.kind === "load") void load(data);
  else void look(data);
});

async function load({ wasmUrl, modelUrl, finderUrl, readerUrl, version }: Extract<ToWorker, { kind: "load" }>): Promise<void> {
  try {
    // All at once: they come over the same connection.
    const network = loadBytes(modelUrl, "document.onnx", (percent) => post({ kind: "progress", percent }));
    const reader = Promise.all([loadBytes(finderUrl, "finder.onnx"), loadBytes(readerUrl, "reader.onnx")]);
    network.catch(() => {});
    reader.catch(() => {});
    await init({ module_or_path: await loadWasm(wasmUrl, "engine_bg.wasm") });
    const own = Engine.version();
    if (own !== version) return post({ kind: "error", code: "engine.version_mismatch" });
    const started = (engine = new Engine());
    // Without its network the engine still judges the picture, and without its reader it sees documents: nobody waits for that.
    const documents = await works(async () => started.load(await network));
    post({ kind: "ready", version: own, documents, reads: false });
    const reads = await works(async () => started.loadReader(...(await reader)));
    if (reads) post({ kind: "ready", version: own, documents, reads });
  } catch {
    post({ kind: "error", code: "engine.unavailable" });
  }
}

async function works(work: () => Promise<void>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch {
    return false;
  }
}

async function look({ kind, frame, at, zone, source }: Extract<ToWorker, { frame: number }>): Promise<void> {
  const still = kind === "still";
  try {
    if (!engine) return post({ kind: "error", code: "engine.unavailable" });
    const begin = performance.now();
    const { bytes, layout, width, height, stride } = still ? drawn(source, STILL_SIDE) : await pixels(source);
    const plain = bytes instanceof Uint8Array ? bytes : new Uint8Array(bytes.buffer);
    const observation = engine.frame(plain, layout, width, height, stride, frame, at, still, zone);
    post({ kind: "observation", observation: { ...observation, millis: performance.now() - begin - (observation.zone?.millis ?? 0) } });
  } catch {
    post({ kind: "error", code: "engine.crashed" });
  } finally {
    source.close();
  }
}

async function pixels(source: VideoFrame | ImageBitmap): Promise<Pixels> {
  if (typeof VideoFrame === "undefined" || !(source instanceof VideoFrame)) return drawn(source);
  if (source.format && PLANAR.includes(source.format)) {
    // All planes are copied, the call knows no less; only the first is read.
    const { plane, width, height } = await copied(source);
    const full = source.colorSpace.fullRange === true;
    return { bytes: buffer.subarray(plane.offset), layout: full ? LUMA : STUDIO_LUMA, width, height, stride: plane.stride };
  }
  if (rgbaCopies) {
    try {
      const { plane, width, height } = await copied(source, "RGBA");
      return { bytes: buffer.subarray(plane.offset), layout: RGBA, width, height, stride: plane.stride };
    } catch {
      // A browser that does not convert says so every time.
      rgbaCopies = false;
    }
  }
  return drawn(source);
}

async function copied(source: VideoFrame, format?: "RGBA"): Promise<{ plane: PlaneLayout; width: number; height: number }> {
  const rect = source.visibleRect;
  if (!rect) throw new Error("the frame is closed");
  const options = { rect, ...(format ? { format } : {}) };
  const size = source.allocationSize(options);
  if (buffer.byteLength < size) buffer = new Uint8Array(size);
  let timer: number | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("the copy takes too long")), COPY_MILLIS);
  });
  try {
    const [plane] = await Promise.race([source.copyTo(buffer, options), late]);
    if (!plane) throw new Error("the frame has no planes");
    return { plane, width: rect.width, height: rect.height };
  } finally {
    clearTimeout(timer);
  }
}

function drawn(source: VideoFrame | ImageBitmap, side = DRAWN_SIDE): Pixels {
  const [across, down] = "displayWidth" in source ? [source.displayWidth, source.displayHeight] : [source.width, source.height];
  const scale = Math.min(1, side / Math.max(across, down));
  const width = Math.max(1, Math.round(across * scale));
  const height = Math.max(1, Math.round(down * scale));
  if (!canvas || canvas.canvas.width !== width || canvas.canvas.height !== height) {
    canvas = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true }) ?? undefined;
  }
  if (!canvas) throw new Error("there is no canvas");
  canvas.drawImage(source, 0, 0, width, height);
  return { bytes: canvas.getImageData(0, 0, width, height).data, layout: RGBA, width, height, stride: width * 4 };
}
