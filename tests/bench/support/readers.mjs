// Who reads machine-readable zones in pictures: ours (`inspect`, the same code as in the worker and on the server) and PassportEye with
// tesseract, where Python and tesseract are at hand. Both see the same files.
// A read picture is { file, truth, wanted, ours, theirs }; an answer is { lines, valid, millis }.

import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const peers = path.resolve(import.meta.dirname, "../peers");
const AT_ONCE = 200;

/** PassportEye in a virtual environment of the user's cache; undefined, and why, where it is not to be had. */
export async function passportEye() {
  const folder = path.join(process.env.LICHTBILD_CACHE, "passporteye");
  const [python, stamp] = [path.join(folder, "bin/python"), path.join(folder, "stamp")];
  const listed = path.join(peers, "requirements.txt");
  const wanted = createHash("sha256").update(await readFile(listed)).digest("hex");
  try {
    const tesseract = (await run("tesseract", ["--version"])).stdout.split("\n")[0];
    if (!existsSync(stamp) || (await readFile(stamp, "utf8")) !== wanted) {
      await run("python3", ["-m", "venv", folder]);
      await run(path.join(folder, "bin/pip"), ["install", "--quiet", "-r", listed], { timeout: 600_000 });
      await writeFile(stamp, wanted);
    }
    return { read: (files) => lines(python, [path.join(peers, "passporteye_lines.py"), ...files]), name: `PassportEye 2.2.2 with ${tesseract}` };
  } catch (error) {
    return { why: error.code === "ENOENT" ? `${error.path} is not installed` : error.message.split("\n")[0] };
  }
}

/** What both read in the pictures, and the lines that are wanted. */
export async function read(pictures, peer, wanted = ({ truth }) => truth.mrz) {
  const all = [];
  for (let from = 0; from < pictures.length; from += AT_ONCE) {
    const some = pictures.slice(from, from + AT_ONCE);
    const files = some.map(({ file }) => file);
    const [ours, theirs] = [await lines(process.env.LICHTBILD_INSPECT, files), peer.read ? await peer.read(files) : []];
    all.push(...some.map((picture, at) => ({ ...picture, wanted: wanted(picture), ours: answer(ours[at]), theirs: theirs[at] })));
  }
  return all;
}

/** What ours makes of several pictures of one document: { wanted, pictures, ours }. */
export async function readTogether(films) {
  const all = [];
  for (const film of films) {
    const told = await lines(process.env.LICHTBILD_INSPECT, ["--together", ...film.map(({ file }) => file)]);
    const { mrz } = told.at(-1);
    all.push({ wanted: film[0].truth.mrz, pictures: film, ours: answer({ mrz, millis: {} }) });
  }
  return all;
}

const answer = ({ mrz, millis }) => ({ lines: mrz?.lines ?? [], valid: mrz?.valid ?? false, millis: millis.mrz });

async function lines(program, words) {
  const { stdout } = await run(program, words, { maxBuffer: 1 << 28 });
  return stdout.trimEnd().split("\n").map((line) => JSON.parse(line));
}
