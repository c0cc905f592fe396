// How well machine-readable zones are read, beside PassportEye with tesseract, in one run: on generated scenes, also several of one document,
// photographs, specimens in scenes, single lines, and pictures without a zone. Writes docs/benchmarks/mrz.md. LICHTBILD_BENCH_SHARE (0 to 1) takes only a part.

import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { report } from "./parts/zones.mjs";
import { empty, films, pasted, photographs, zones } from "./support/pictures.mjs";
import { passportEye, read, readTogether } from "./support/readers.mjs";

const docs = path.resolve(import.meta.dirname, "../../docs/benchmarks");
const share = Number(process.env.LICHTBILD_BENCH_SHARE ?? 1);
// The peer needs a second or more for a picture.
const PEER_MOST = 120;
// What the camera of a phone gives at least, where it is asked for a still.
const STILL = "1920x1440";
const began = Date.now();
const say = (what) => console.log(`${((Date.now() - began) / 1000).toFixed(0).padStart(5)} s  ${what}`);

const peer = await passportEye();
say(peer.name ?? `PassportEye is left out: ${peer.why}`);
const real = await photographs();
say("generated scenes");
const scenes = await beside(await zones(share));
say("several pictures of one document");
const together = await readTogether(await films(share));
say(real ? "photographs, specimens in scenes, lines" : "no folder of photographs");
const folder = real && {
  specimens: await read(real.zones, peer),
  pasted: await read(await pasted(real.flat, STILL), peer, ({ flat }) => real.zones.find(({ truth }) => truth.path === flat).truth.mrz),
  // A line alone is no zone: PassportEye looks for zones.
  lines: await read(real.lines, {}, ({ truth }) => [truth.text]),
  negatives: await read(real.negatives, peer),
};
say("pictures without a zone");
const nothing = await read(await empty(share), {});
await mkdir(docs, { recursive: true });
await writeFile(path.join(docs, "mrz.md"), await report({ peer, most: PEER_MOST, part: share, scenes, together, folder, nothing }));
say("docs/benchmarks/mrz.md written");

async function beside(pictures) {
  const [both, alone] = [pictures.slice(0, PEER_MOST), pictures.slice(PEER_MOST)];
  return [...(await read(both, peer)), ...(await read(alone, {}))];
}
