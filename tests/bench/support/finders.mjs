// Who finds documents in pictures: ours (`inspect`, the same code as in the worker) and jscanify (in Chromium). Both see the same files.
// A seen picture is { file, truth, ours, theirs, line }; an answer is { quad, overlap, ordered } or null where nothing was found.

import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { inOrder, overlap } from "./figures.mjs";

const run = promisify(execFile);
// jscanify leaves memory behind; a fresh page every so many pictures.
const AT_ONCE = 80;

/** What both say of the pictures, held against what is true. */
export async function seen(chromium, pictures) {
  const all = [];
  for (let from = 0; from < pictures.length; from += AT_ONCE) {
    const some = pictures.slice(from, from + AT_ONCE);
    const [lines, quads] = [await inspected(some), await scanned(chromium, some)];
    all.push(...some.map((picture, at) => {
      const { truth } = picture;
      return { ...picture, line: lines[at], ours: judged(lines[at].document?.quad, truth), theirs: judged(quads[at], truth) };
    }));
  }
  return all;
}

async function inspected(pictures) {
  const { stdout } = await run(process.env.LICHTBILD_INSPECT, pictures.map(({ file }) => file), { maxBuffer: 1 << 26 });
  const lines = stdout.trimEnd().split("\n").map((line) => JSON.parse(line));
  if (lines.length !== pictures.length) throw new Error("inspect has not read every picture");
  return lines;
}

async function scanned(chromium, pictures) {
  const page = await chromium.open();
  const addresses = pictures.map(({ file }) => chromium.address(file));
  const quads = await page.evaluate(async (addresses) => (await import("/page/find.js")).finds(addresses), addresses);
  await page.close();
  return quads;
}

function judged(quad, { quad: truth }) {
  if (!quad) return null;
  return truth ? { quad, overlap: overlap(quad, truth), ordered: inOrder(quad, truth) } : { quad };
}
