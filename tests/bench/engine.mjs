// How well, how fast and how lightly the engine sees documents, beside jscanify with OpenCV.js and onnxruntime-web, in one run.
// Writes docs/benchmarks/engine.md and its plots. LICHTBILD_BENCH_SHARE (0 to 1) takes only a part of everything, for a quick look.

import { mkdir, readFile, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { onPhotographs, onScenes, onSpecimens } from "./parts/accuracy.mjs";
import { hints } from "./parts/hints.mjs";
import { loading } from "./parts/loading.mjs";
import { measures } from "./parts/measures.mjs";
import { page as ofPage } from "./parts/page.mjs";
import { speed } from "./parts/speed.mjs";
import { browser } from "./support/browser.mjs";
import { seen } from "./support/finders.mjs";
import { generated, pasted, photographs } from "./support/pictures.mjs";

const root = path.resolve(import.meta.dirname, "../..");
const docs = path.join(root, "docs/benchmarks");
const share = Number(process.env.LICHTBILD_BENCH_SHARE ?? 1);
const began = Date.now();
const say = (what) => console.log(`${((Date.now() - began) / 1000).toFixed(0).padStart(5)} s  ${what}`);

const chromium = await browser();
try {
  say("drawing scenes");
  const drawn = await generated(share);
  const real = await photographs();
  // Times first: nothing else of ours runs meanwhile.
  say("speed");
  const fast = await speed(chromium, drawn, share);
  say("the page's thread");
  const thread = await ofPage(share);
  say("loading and memory");
  const light = await loading(chromium, drawn, share);
  say(`${drawn.length} scenes`);
  const scenes = await seen(chromium, drawn);
  const [accuracy, quality] = [onScenes(scenes), measures(scenes)];
  say(real ? "photographs and specimens" : "no folder of photographs");
  const folder = real && (await ofPhotographs(real));
  say("films");
  const led = await hints(share);
  await mkdir(docs, { recursive: true });
  for (const [name, svg] of Object.entries({ ...accuracy.plots, ...quality.plots, ...led.plots, ...fast.plots })) {
    await writeFile(path.join(docs, `${name}.svg`), svg);
  }
  await writeFile(path.join(docs, "engine.md"), await report({ scenes, real, accuracy, quality, led, fast, thread, light, folder }));
  say("docs/benchmarks/engine.md written");
} finally {
  await chromium.close();
}

async function ofPhotographs({ documents, negatives, flat, specimens }) {
  const [shown, empty] = [await seen(chromium, documents), await seen(chromium, negatives)];
  return { photographs: onPhotographs(shown, empty), specimens: onSpecimens(await seen(chromium, await pasted(flat, "1280x720")), specimens) };
}

async function report({ scenes, real, accuracy, quality, led, fast, thread, light, folder }) {
  const card = await readFile(path.join(root, "models/document/card.toml"), "utf8");
  const said = (name) => new RegExp(`^${name} = "?([^"\\n]+)`, "m").exec(card)?.[1] ?? "?";
  const page = await chromium.open();
  const released = await page.evaluate(async () => (await import("/page/loading.js")).released());
  await page.close();
  const photographs = real
    ? `${real.documents.length} photographs of documents, ${real.negatives.length} without, ${real.flat.length} flat specimens, from a folder that is not part of the project.`
    : "none: there was no folder of photographs (`LICHTBILD_REAL`), so only generated pictures were looked at.";
  return `# The engine: documents

Made by \`cargo xtask bench engine\` on ${new Date().toISOString().slice(0, 10)}: Chromium ${chromium.version}, ${os.cpus()[0]?.model.trim() ?? "unknown processor"}, ${os.cpus().length} cores (a shared
machine: ratios count, not times), load ${os.loadavg()[0].toFixed(1)} at the end. Engine: ${released ? "release build" : "development build, not as it is shipped"}. Network: ${said("parameters")} parameters, sha256 ${said("sha256").slice(0, 12)}…${share < 1 ? `\n\n**Only a part of everything was measured (${share}).**` : ""}

Photographs: ${photographs}

Beside it: jscanify 1.4.0 with OpenCV.js 4.5.2, and onnxruntime-web 1.30.0 (wasm, one thread), on the same pictures in the same run. jscanify takes the largest
outline for a sheet and cannot say that there is none: what gives four corners counts as found. IoU: area in common over area of both together, corners beyond the
picture's edge included; a document that is not found counts as 0. In order: of the identity documents and passports that were found, those whose first corner is their own
top left.

## Generated scenes

${scenes.length} scenes by \`specimen scenes\`, seeds from 9 100 000 000, which training never sees; 1280 × 720, 720 × 1280, 1280 × 960 and 960 × 1280.

${accuracy.text}

## Measures

${quality.text}

## Hints and pictures taken by themselves

${led.text}

## Photographs

${folder?.photographs ?? "None were there."}

## Specimens in scenes

${folder?.specimens ?? "None were there."}

## Speed

${fast.text}

${thread}

## What is loaded

${light}
`;
}
