// Whether the right hint comes, soon and calmly, and whether pictures are taken when they should be: drawn films with known states, played to
// engine, guidance and shutter as the page runs them (`films`, natively and in the film's own time).
// In: the share to play. Out: a section of the report and its plot.

import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { percentile } from "../support/figures.mjs";
import { OURS, bars } from "../support/plot.mjs";
import { number, share as percent, table } from "../support/tables.mjs";

const run = promisify(execFile);
const SOON_MILLIS = 400;

export async function hints(share) {
  const { stdout } = await run(process.env.LICHTBILD_FILMS, [String(share), process.env.LICHTBILD_REAL ?? ""], { maxBuffer: 1 << 24 });
  const { hints, captures, drawn, photographs } = JSON.parse(stdout);
  const states = Object.entries(hints.states).map(([name, counts]) => ({ name, ...counts, f1: f1(counts) }));
  const reactions = states.flatMap((state) => state.reactions);
  const mean = states.reduce((sum, { f1 }) => sum + f1, 0) / states.length;
  const soon = reactions.filter((millis) => millis <= SOON_MILLIS).length / (reactions.length + states.reduce((sum, { never }) => sum + never, 0));
  const rows = states.map(({ name, hints, right, missed, falseAlarms, f1, reactions, never, instead }) => [
    name, hints.join(", "), right + missed, number(f1, 3), falseAlarms, millis(reactions, 0.5), millis(reactions, 0.95), never,
    Object.entries(instead).sort(([, a], [, b]) => b - a).slice(0, 2).map(([hint, times]) => `${hint} ${times}`).join(", ") || "–"]);
  const taken = captures.millis.length + captures.missed;
  const text = `${hints.films} films, ${hints.looks} looks at ten a second, 1280 × 720: documents that lie well, and in between every way in which they can lie badly, or the
wrong thing. A hint that is on screen stays 1.2 s, so looks count from 1.6 s after a state began: *right* with one of its hints, *missed* with another, *false alarm* with a
hint of a state that does not hold. Reaction: from the state's begin until a right hint is on screen. The generator draws what the network was trained on; seeds and
documents are others.

Mean F1 ${number(mean, 3)}, ${states.filter(({ f1 }) => f1 >= 0.95).length} of ${states.length} states reach 0.95. Right hint within ${SOON_MILLIS} ms: ${percent(soon)}; median ${millis(reactions, 0.5)}. ${hints.changes} changes, never less than ${hints.shortestBetweenChanges ?? "–"} ms apart.

${table(["state", "right hints", "looks", "F1", "false alarms", "reaction p50", "p95", "never", "shown instead, looks"], rows)}

![F1 of each state](engine-hints.svg)

Taken by itself once all was well: ${captures.millis.length} of ${taken}, median ${millis(captures.millis, 0.5)}, p95 ${millis(captures.millis, 0.95)} after that moment. Taken although it was not: ${captures.wrongly.length === 0 ? "never" : [...new Set(captures.wrongly)].map((name) => `${name} (${captures.wrongly.filter((one) => one === name).length})`).join(", ")}.

Films of three seconds without an identity document, in which the front of a card is wanted: taken in ${drawn.taken} of ${drawn.clips} drawn ones (tables, hands, phones, books, other cards, sheets)${photographs.clips > 0 ? `, in ${photographs.taken} of ${photographs.clips} of photographs` : ""}.`;
  return {
    text,
    plots: {
      "engine-hints": bars({
        title: "F1 of each state", most: 1, series: [{ name: "Lichtbild", colour: OURS }],
        rows: states.map(({ name, f1 }) => ({ label: name, values: [f1] })),
      }),
    },
  };
}

const f1 = ({ right, missed, falseAlarms }) => (2 * right) / (2 * right + missed + falseAlarms);
const millis = (values, share) => (values.length > 0 ? `${percentile(values, share)} ms` : "–");
