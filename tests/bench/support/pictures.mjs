// The pictures that are looked at: scenes that the generator draws (kept in target/bench, drawn anew when the generator changes),
// photographs of a folder with a labels.json, and its flat specimens pasted into scenes.
// A picture is { file, truth }; `truth` is its entry in labels.json: `quad` in pixels, `kind`, and what the generator knows.

import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const scenes = path.resolve(import.meta.dirname, "../../../target/bench");
const generator = process.env.LICHTBILD_SPECIMEN;
const real = process.env.LICHTBILD_REAL ?? "";

// Training never sees seeds from here on.
const FIRST_SEED = 9_100_000_000;
// Neighbouring seeds share documents and surfaces; scenes are taken in small lots from many neighbourhoods.
const NEIGHBOURS = 256;
const LOT = 16;
const SIZES = [["1280x720", 26], ["720x1280", 8], ["1280x960", 6], ["960x1280", 6]];
// Width ÷ height of what may be a single document lying flat.
const FLAT = [1.37, 1.65];
const PASTED_EACH = 4;
const FIRST_ZONE = 9_200_000_000;
const ZONE_LOTS = 40;
const FIRST_FILM = 9_250_000_000;
const FILM_LOTS = 20;
const [FILMS, VIEWS, FRAMES] = [4, 12, 5];
const NEGATIVES = 10_000;
// Height of the capitals of OCR-B in size 1; shares of it up to which blur (its standard deviation) and motion leave print legible.
const CAPITAL_MM = 2.5;
const [SOFT, SMEARED] = [0.12, 0.3];

/** Scenes of every class and condition. `share` of them, for a quick look. */
export async function generated(share) {
  let seed = FIRST_SEED;
  const all = [];
  for (const [size, lots] of SIZES) {
    for (let lot = 0; lot < Math.ceil(lots * share); lot++, seed += NEIGHBOURS) {
      all.push(...(await drawn(`scenes-${seed}`, ["scenes", "--seed", String(seed), "--count", String(LOT), "--size", size])));
    }
  }
  return all;
}

/** Cards' backs and passports' data pages whose machine-readable zone can be read: whole in the picture, not too small. */
export async function zones(share) {
  let seed = FIRST_ZONE;
  const all = [];
  for (const kind of ["IdBack", "PassportPage"]) {
    for (let lot = 0; lot < Math.ceil(ZONE_LOTS * share); lot++, seed += NEIGHBOURS) {
      all.push(...(await drawn(`zones-${seed}`, ["scenes", "--seed", String(seed), "--count", String(LOT), "--size", "1280x960", "--class", kind])));
    }
  }
  return all.filter(standsWhole);
}

/** The same of documents each of which is photographed several times, as while a camera is held above it: lists of up to `FRAMES` pictures. */
export async function films(share) {
  let seed = FIRST_FILM;
  const all = [];
  for (const kind of ["IdBack", "PassportPage"]) {
    for (let lot = 0; lot < Math.ceil(FILM_LOTS * share); lot++, seed += NEIGHBOURS) {
      const views = ["--views", String(VIEWS), "--count", String(FILMS * VIEWS)];
      const taken = await drawn(`films-${seed}`, ["scenes", "--seed", String(seed), "--size", "1280x960", "--class", kind, ...views]);
      for (let first = 0; first < taken.length; first += VIEWS) {
        all.push(taken.slice(first, first + VIEWS).filter(standsWhole).slice(0, FRAMES));
      }
    }
  }
  return all.filter((film) => film.length > 0);
}

function standsWhole({ truth: { mrz, mrz_quad: quad, width, height, dpi } }) {
  return mrz?.length && quad.every(([x, y]) => x >= 0 && y >= 0 && x < width && y < height) && dpi >= 150 && dpi < 400;
}

/** Whether a person could read the zone: nothing of it is hidden, it is not too far away, tilted or blurred. A specimen's zone is
    known only to lie somewhere on it. */
export function legible({ dpi, tilt_degrees: tilt, focus_blur: focus, motion_blur: motion, inside, covered, glare, mrz_visible: zone, mrz_quad: known, width, height }) {
  // Blur is in thousandths of the longer side, which `dpi` takes to have 1280 pixels.
  const capital = (CAPITAL_MM / 25.4) * dpi * (Math.max(width, height) / 1280);
  const blurred = (most) => (most * capital * 1000) / Math.max(width, height);
  const shown = known ? zone > 0.995 : inside > 0.995 && covered < 0.005 && glare < 0.005;
  return shown && dpi >= 150 && tilt <= 35 && focus <= blurred(SOFT) && motion <= blurred(SMEARED);
}

/** Scenes without a document. */
export async function empty(share) {
  const count = String(Math.ceil(NEGATIVES * share));
  return drawn("empty", ["scenes", "--seed", String(FIRST_ZONE + 900_000_000), "--count", count, "--size", "1280x960", "--class", "None"]);
}

/** What the folder of photographs has: `documents` with quads, `negatives`, `flat` specimens of so many `specimens`, those with `zones`, single `lines` of zones; nothing if there is no such folder. */
export async function photographs() {
  const listed = path.join(real, "labels.json");
  if (!existsSync(listed)) return undefined;
  const all = JSON.parse(await readFile(listed, "utf8")).map((truth) => ({ file: path.join(real, truth.path), truth }));
  const specimens = all.filter(({ truth }) => truth.mrz);
  return {
    specimens: specimens.length,
    zones: specimens,
    lines: all.filter(({ truth }) => truth.kind === "mrz-line"),
    documents: all.filter(({ truth }) => truth.quad),
    negatives: all.filter(({ truth }) => truth.kind === "none"),
    flat: specimens.filter(({ truth: { capture, width, height } }) =>
      capture !== "camera" && width / height > FLAT[0] && width / height < FLAT[1]),
  };
}

/** Flat specimens in scenes of a size. Each picture also has `flat`, the path of its specimen. */
export async function pasted(flat, size) {
  const files = flat.map(({ file }) => file);
  const count = String(PASTED_EACH * files.length);
  const pictures = await drawn(`pasted-${size}`, ["paste", ...files, "--seed", String(FIRST_SEED + 900_000_000), "--count", count, "--size", size]);
  return pictures.map((picture, at) => ({ ...picture, flat: flat[at % flat.length].truth.path }));
}

async function drawn(name, command) {
  const folder = path.join(scenes, name);
  const [stamp, labels] = ["stamp", "labels.json"].map((file) => path.join(folder, file));
  const madeBy = createHash("sha256").update(await readFile(generator)).update(command.join("\0")).digest("hex");
  if (!existsSync(stamp) || (await readFile(stamp, "utf8")) !== madeBy) {
    await mkdir(folder, { recursive: true });
    await run(generator, [...command, "--out", folder]);
    await writeFile(stamp, madeBy);
  }
  return JSON.parse(await readFile(labels, "utf8")).map((truth) => ({ file: path.join(folder, truth.path), truth }));
}
