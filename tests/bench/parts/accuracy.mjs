// Where the document is and what it is: on scenes by condition, on photographs one by one, on specimens in scenes; jscanify beside it.
// In: seen pictures (support/finders.mjs). Out: a section of the report and its plots. A document that is not found counts as overlap 0.

import path from "node:path";
import { longest, mean } from "../support/figures.mjs";
import { OURS, THEIRS, bars, curves } from "../support/plot.mjs";
import { number, share, table } from "../support/tables.mjs";

// As `inspect` names them, by the generator's name.
const CLASSES = { None: "none", IdFront: "id-front", IdBack: "id-back", PassportPage: "passport-page", OtherCard: "other-card", Paper: "paper" };
// Those whose corners have an order that a machine can know.
const IDENTITY = ["IdFront", "IdBack", "PassportPage"];
const SERIES = [{ name: "Lichtbild", colour: OURS }, { name: "jscanify + OpenCV.js", colour: THEIRS }];
const WHO = [["Lichtbild", "ours"], ["jscanify + OpenCV.js", "theirs"]];

// Standard deviation of all blur, in pixels of a frame with 1280 along its longer side; a motion of length l spreads by l/√12.
export const blur = ({ focus_blur, motion_blur }) => 1.28 * Math.hypot(focus_blur, motion_blur / Math.sqrt(12));
const size = ({ quad, width, height }) => longest(quad) / Math.max(width, height);

const CONDITIONS = [
  ["tilt", (truth) => truth.tilt_degrees, [0, 10, 20, 35, Infinity], "°"],
  ["blur", blur, [0, 2, 4, 8, Infinity], " px"],
  ["covered", (truth) => 100 * truth.covered, [0, 0.01, 5, 15, Infinity], " %"],
  ["cut off", (truth) => 100 * (1 - truth.inside), [0, 0.1, 10, Infinity], " %"],
  ["light", (truth) => truth.brightness, [0, 0.4, 0.7, 1, Infinity], ""],
  ["glare", (truth) => 100 * truth.glare, [0, 0.01, 5, Infinity], " %"],
  ["length in frame", (truth) => 100 * size(truth), [0, 25, 50, 75, Infinity], " %"],
];

export function onScenes(pictures) {
  const documents = pictures.filter(({ truth }) => truth.quad);
  const negatives = pictures.filter(({ truth }) => !truth.quad);
  const whole = documents.filter(({ truth }) => truth.inside > 0.999);
  const head = ["", "pictures", "mean IoU", "IoU ≥ 0.90", "IoU ≥ 0.95", "in order (ID)", "missed"];
  const rows = (name, some) => WHO.map(([who, key]) => [`${name}: ${who}`, some.length, ...summary(some, key)]);
  const conditions = groups(documents);
  const text = `${table(head, [...rows("whole in the picture", whole), ...rows("all", documents)])}

Found where there is none: Lichtbild ${found(negatives, "ours")}, jscanify ${found(negatives, "theirs")} of ${negatives.length} pictures.

By condition, every document; the last three columns are jscanify's.

${table([...head, "its mean IoU", "its ≥ 0.90", "its missed"], conditions.map(([name, some]) => {
    const theirs = summary(some, "theirs");
    return [name, some.length, ...summary(some, "ours"), theirs[0], theirs[1], theirs[4]];
  }))}

![Mean overlap by condition](engine-conditions.svg)

![Share of documents by overlap](engine-overlap.svg)

What it is, all pictures; rows are true, columns are said:

${confusion(pictures)}`;
  return {
    text,
    plots: {
      "engine-conditions": bars({
        title: "Mean IoU by condition", most: 1, series: SERIES,
        rows: conditions.map(([label, some]) => ({ label, values: WHO.map(([, key]) => mean(overlaps(some, key))) })),
      }),
      "engine-overlap": curves({
        title: "Share of whole documents found at least so well", across: "IoU", up: "share of documents",
        series: WHO.map(([name, key], at) => ({ name, colour: SERIES[at].colour, points: reached(overlaps(whole, key)) })),
      }),
    },
  };
}

export function onPhotographs(documents, negatives) {
  const summaries = WHO.map(([who, key]) => [who, documents.length, ...summary(documents, key).slice(0, 3), documents.filter((one) => !one[key]).length,
    `${found(negatives, key)} of ${negatives.length}`]);
  const rows = documents.map(({ truth, line, ours, theirs }) => [
    path.basename(truth.path), truth.kind, number(ours?.overlap), line.document?.class ?? "–", number(line.document?.score, 2), number(theirs?.overlap)]);
  const wrong = negatives.filter(({ ours }) => ours).map(({ truth, line }) => `${path.basename(truth.path)} (${line.document.class}, ${number(line.document.score, 2)})`);
  return `Overlap is taken whatever corner a quad begins with: a sheet may be read from any side.

${table(["", "documents", "mean IoU", "IoU ≥ 0.90", "IoU ≥ 0.95", "missed", "found where there is none"], summaries)}

${table(["photograph", "kind", "IoU", "class", "score", "jscanify's IoU"], rows)}

Documents that Lichtbild sees where there are none: ${wrong.join(", ") || "none"}.`;
}

export function onSpecimens(pictures, listed) {
  const rows = WHO.map(([who, key]) => [who, pictures.length, ...summary(pictures, key)]);
  const names = [...new Set(pictures.map(({ flat }) => flat))];
  const bySpecimen = names.map((name) => [name, pictures.filter(({ flat }) => flat === name)]);
  return `${names.length} of the folder's ${listed} specimens lie flat and alone; each is in ${pictures.length / names.length} scenes.

${table(["", "pictures", "mean IoU", "IoU ≥ 0.90", "IoU ≥ 0.95", "in order", "missed"], rows)}

${table(["specimen", "mean IoU", "in order", "jscanify's mean IoU"], bySpecimen.map(([flat, some]) =>
    [path.basename(flat), number(mean(overlaps(some, "ours"))), ordered(some, "ours"), number(mean(overlaps(some, "theirs")))]))}`;
}

function groups(documents) {
  const classes = Object.entries(CLASSES).filter(([name]) => name !== "None")
    .map(([name, label]) => [label, documents.filter(({ truth }) => truth.class === name)]);
  const binned = CONDITIONS.flatMap(([name, measure, edges, unit]) => edges.slice(1).map((to, at) => {
    const from = edges[at];
    const label = to === Infinity ? `${name} ≥ ${from}${unit}` : from === 0 ? `${name} < ${to}${unit}` : `${name} ${from} to ${to}${unit}`;
    return [label, documents.filter(({ truth }) => measure(truth) >= from && measure(truth) < to)];
  }));
  return [...classes, ...binned].filter(([, some]) => some.length > 0);
}

function summary(pictures, key) {
  const all = overlaps(pictures, key);
  const least = (wanted) => share(all.filter((one) => one >= wanted).length / all.length);
  return [number(mean(all)), least(0.9), least(0.95), ordered(pictures, key), share(pictures.filter((one) => !one[key]).length / pictures.length)];
}

const overlaps = (pictures, key) => pictures.map((one) => one[key]?.overlap ?? 0);

/** Of identity documents that were found. */
function ordered(pictures, key) {
  const some = pictures.filter(({ truth, ...one }) => one[key] && IDENTITY.includes(truth.class));
  return share(some.filter((one) => one[key].ordered).length / some.length);
}

const found = (pictures, key) => pictures.filter((one) => one[key]).length;

function confusion(pictures) {
  const said = Object.values(CLASSES);
  const rows = Object.entries(CLASSES).map(([name, label]) => {
    const some = pictures.filter(({ truth }) => truth.class === name);
    return [`**${label}**`, ...said.map((one) => some.filter(({ line }) => (line.document?.class ?? "none") === one).length)];
  });
  return table(["", ...said], rows);
}

function reached(all) {
  const steps = Array.from({ length: 101 }, (_, at) => at / 100);
  return steps.map((least) => [least, all.filter((one) => one >= least).length / all.length]);
}
