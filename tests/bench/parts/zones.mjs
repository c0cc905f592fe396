// What was read of zones, as a report. In: read pictures (support/readers.mjs) by where they come from. Out: docs/benchmarks/mrz.md.

import { readFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { percentile } from "../support/figures.mjs";
import { legible } from "../support/pictures.mjs";
import { number, share, table } from "../support/tables.mjs";

const root = path.resolve(import.meta.dirname, "../../..");

export async function report({ peer, most, part, scenes, together, folder, nothing }) {
  const card = await readFile(path.join(root, "models/mrz/card.toml"), "utf8");
  const digests = [...card.matchAll(/^sha256 = "(\w{12})/gm)].map(([, digest]) => `${digest}…`).join(", ");
  const head = ["", "pictures", "all lines right", "said to be valid", "valid but wrong", "of valid zones right"];
  const both = (name, some) => [["Lichtbild", "ours"], ["PassportEye", "theirs"]]
    .map(([who, key]) => [`${name}: ${who}`, some.filter((one) => one[key]), key])
    .filter(([, seen]) => seen.length > 0)
    .map(([label, seen, key]) => [label, seen.length, ...counts(seen, key)]);
  const clear = (some) => some.filter(({ truth }) => legible(truth));
  const binned = (name, measure, edges) => edges.slice(1).map((to, at) => {
    const some = scenes.filter(({ truth }) => measure(truth) >= edges[at] && measure(truth) < to);
    return [`${name} ${to === Infinity ? `≥ ${edges[at]}` : `${edges[at]} to ${to}`}`, some];
  }).filter(([, some]) => some.length > 0).flatMap(([label, some]) => both(label, some));
  const times = (some, key) => some.filter((one) => one[key]).map((one) => one[key].millis);
  return `# The engine: machine-readable zones

Made by \`cargo xtask bench mrz\` on ${new Date().toISOString().slice(0, 10)}: ${os.cpus()[0]?.model.trim() ?? "unknown processor"}, ${os.cpus().length} cores (a shared machine: ratios count, not times).
Engine: release build, native; the code is the worker's. Networks: sha256 ${digests}.${part < 1 ? `\n\n**Only a part of everything was measured (${part}).**` : ""}

Beside it: ${peer.name ?? `nothing, since ${peer.why}`}; it sees at most ${most} of the generated scenes. One picture is read at a time and alone, but for those below of several pictures.
Right: every line, every sign. Said to be valid: every check digit fits and no other reading is nearly as likely. "Of valid zones right" leaves out specimens
whose own check digits are wrong. Legible: nothing hides any of the zone, it stands at 150 dpi or more and at most 35° tilted, and blur leaves its strokes
apart; the others tell how far beyond that reading goes.

## Generated scenes

Cards' backs and passports' data pages by \`specimen scenes\`, seeds from 9 200 000 000, which training never sees, whose zone is whole in the picture and stands at 150 to 400 dpi.

${table(head, [...both("all", scenes), ...both("legible", clear(scenes)), ...binned("dpi", ({ dpi }) => dpi, [150, 200, 250, 400]), ...binned("tilt", ({ tilt_degrees }) => tilt_degrees, [0, 10, 20, 35, Infinity]),
    ...binned("focus blur, px,", ({ focus_blur }) => focus_blur, [0, 1, 2, Infinity]), ...binned("glare on print", ({ glare_on_print }) => glare_on_print, [0, 0.001, 1]),
    ...["IdBack", "PassportPage"].flatMap((name) => both(name, scenes.filter(({ truth }) => truth.class === name)))])}

A picture takes ${times(scenes, "ours").length ? `${number(percentile(times(scenes, "ours"), 0.5), 0)} ms (95 %: ${number(percentile(times(scenes, "ours"), 0.95), 0)} ms)` : "–"}${peer.read ? `, PassportEye ${number(percentile(times(scenes, "theirs"), 0.5), 0)} ms` : ""}.

## Several pictures of one document

Each document is photographed again and again, in other light, from elsewhere; of the pictures whose zone is whole and stands at 150 to 400 dpi up to five are read, and decide together sign by sign.

${table(head, [["all", together], ...[1, 2, 3, 4, 5].map((count) => [`${count} picture${count > 1 ? "s" : ""}`, together.filter(({ pictures }) => pictures.length === count)]),
    ["at least one of them legible", together.filter(({ pictures }) => pictures.some(({ truth }) => legible(truth)))],
    ["at least two of them legible", together.filter(({ pictures }) => pictures.filter(({ truth }) => legible(truth)).length > 1)]]
    .filter(([, some]) => some.length > 0).map(([label, some]) => [label, some.length, ...counts(some.map((one) => ({ truth: {}, ...one })), "ours")]))}

## Photographs

${folder ? `Specimens in scenes are pictures of 1920 × 1440; the specimens themselves are 270 to 1000 pixels wide.

${table(head, [...both("specimens as they are", folder.specimens), ...both("specimens in scenes", folder.pasted), ...both("legible specimens in scenes", clear(folder.pasted)), ...both("single lines", folder.lines)])}

${table(["specimen", "kind", "check digits fit", "Lichtbild", "PassportEye"], folder.specimens.map(({ truth, ours, theirs, wanted }) =>
    [path.basename(truth.path), truth.kind, truth.mrz_check_all ? "yes" : "no", verdict(ours, wanted), theirs ? verdict(theirs, wanted) : "–"]))}` : "None were there."}

## Nothing to read

Of ${nothing.length} generated pictures without a document ${nothing.filter(({ ours }) => ours.valid).length} gave a zone said to be valid${folder ? `; of ${folder.negatives.length} photographs ${folder.negatives.filter(({ ours }) => ours.valid).length}` : ""}.
`;
}

const same = (lines, wanted) => lines.length === wanted.length && lines.every((line, at) => line === wanted[at]);

function counts(some, key) {
  const right = (one) => same(one[key].lines, one.wanted);
  const good = some.filter(({ truth }) => truth.mrz_check_all !== false);
  const valid = some.filter((one) => one[key].valid);
  return [share(some.filter(right).length / some.length), valid.length, valid.filter((one) => !right(one)).length, share(good.filter(right).length / good.length)];
}

function verdict({ lines, valid }, wanted) {
  if (lines.length === 0) return "nothing";
  return `${same(lines, wanted) ? "right" : "wrong"}${valid ? ", valid" : ""}`;
}
