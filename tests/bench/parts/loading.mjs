// What a browser loads, how soon the first picture is looked at, and whether memory stays flat.

import { readFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import zlib from "node:zlib";
import { percentile } from "../support/figures.mjs";
import { kilobytes, millis, table, times } from "../support/tables.mjs";

const root = path.resolve(import.meta.dirname, "../../..");
const modules = path.resolve(import.meta.dirname, "../node_modules");
const [gzip, brotli] = [promisify(zlib.gzip), promisify(zlib.brotliCompress)];

const OURS = "Lichtbild";
const LOADED = [
  [OURS, ["wasm/engine_bg.wasm", "worker.js", "models/document.onnx", "models/finder.onnx", "models/reader.onnx"].map((file) => path.join(root, "pkg/dist", file))],
  ["onnxruntime-web + the same network", [
    ...["ort-wasm-simd-threaded.wasm", "ort.wasm.bundle.min.mjs"].map((file) => path.join(modules, "onnxruntime-web/dist", file)),
    path.join(root, "pkg/dist/models/document.onnx"),
  ]],
  ["jscanify + OpenCV.js", ["@techstark/opencv-js/dist/opencv.js", "jscanify/src/jscanify.js"].map((file) => path.join(modules, file))],
];
const STARTS = [["engine", OURS], ["ort", LOADED[1][0]], ["jscanify", LOADED[2][0]]];
const PAGES = 5;
const AFTER = [1, 10, 100, 500, 1000];

export async function loading(chromium, pictures, share) {
  const addresses = pictures.filter(({ truth }) => truth.width === 1280 && truth.height === 720).slice(0, 8).map(({ file }) => chromium.address(file));
  const after = AFTER.map((frames) => Math.ceil(frames * share));
  const [weights, starts, memory] = [await Promise.all(LOADED.map(weighed)), await started(chromium, addresses[0]), await grown(chromium, addresses, [...new Set(after)])];
  const flat = memory.at(-1).bytes === memory[Math.min(1, memory.length - 1)].bytes;
  const own = percentile(starts.engine, 0.5);
  return `${table(["loaded", "raw", "gzip -9", "brotli 11"], weights.flat())}

From bytes that are there to the first picture that was looked at, each in a fresh page, in turn, ${PAGES} times:

${table(["", "p50", "beside ours"], STARTS.map(([key, name]) => [name, millis(percentile(starts[key], 0.5)), times(percentile(starts[key], 0.5) / own)]))}

The engine's memory: ${memory.map(({ frames, bytes }) => `${kilobytes(bytes)} after ${frames}`).join(", ")} frames of 1280 × 720: ${flat ? "flat" : "not flat"} from the ${memory[Math.min(1, memory.length - 1)].frames}th on.`;
}

async function weighed([name, files]) {
  const rows = await Promise.all(files.map(async (file) => {
    const bytes = await readFile(file);
    const coded = [gzip(bytes, { level: 9 }), brotli(bytes, { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 11 } })];
    return [path.basename(file), bytes.length, ...(await Promise.all(coded)).map((one) => one.length)];
  }));
  const sum = [1, 2, 3].map((column) => rows.reduce((total, row) => total + row[column], 0));
  return [[`**${name}**`, ...sum.map((bytes) => `**${kilobytes(bytes)}**`)], ...rows.map(([file, ...sizes]) => [file, ...sizes.map(kilobytes)])];
}

async function started(chromium, address) {
  const all = Object.fromEntries(STARTS.map(([key]) => [key, []]));
  for (let turn = 0; turn < PAGES; turn++) {
    for (const [key] of STARTS) {
      const page = await chromium.open();
      all[key].push(await page.evaluate(async ([who, address]) => (await import("/page/loading.js")).firstAnswer(who, address), [key, address]));
      await page.close();
    }
  }
  return all;
}

async function grown(chromium, addresses, after) {
  const page = await chromium.open();
  const sizes = await page.evaluate(async ([addresses, after]) => (await import("/page/loading.js")).memory(addresses, after), [addresses, after]);
  await page.close();
  return sizes;
}
