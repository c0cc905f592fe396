// Whether the measures follow what is true: rank correlation of each with the generator's own figure, over the documents that were found.
// In: seen scenes. Out: a section of the report and its plot.

import { rankCorrelation } from "../support/figures.mjs";
import { clouds } from "../support/plot.mjs";
import { number, table } from "../support/tables.mjs";
import { blur } from "./accuracy.mjs";

// Measured elsewhere than on the document they would say nothing about it.
const LEAST_OVERLAP = 0.8;

// What is measured, what is true, and whether they fall together (1) or against each other (-1).
const PAIRS = [
  ["sharpness", ({ quality }) => quality.sharpness, "blur, px", blur, -1],
  ["brightness", ({ quality }) => quality.brightness, "light", (truth) => truth.brightness, 1],
  ["glare", ({ quality }) => quality.glare, "glare", (truth) => truth.glare, 1],
  ["hidden", ({ quality }) => quality.hidden, "glare on print", (truth) => truth.glare_on_print, 1],
  ["shadow", ({ quality }) => quality.shadow, "shadow", (truth) => truth.shadow, 1],
  ["tilt", ({ document }) => document.tilt, "tilt, °", (truth) => truth.tilt_degrees, 1],
  ["dpi", ({ document }) => document.dpi, "dpi", (truth) => truth.dpi, 1],
  ["covered", ({ document }) => document.covered, "covered", (truth) => truth.covered, 1],
];

export function measures(pictures) {
  const found = pictures.filter(({ ours }) => ours?.overlap >= LEAST_OVERLAP);
  const panels = PAIRS.map(([name, measured, across, true_, sense]) => {
    const points = found.map(({ line, truth }) => [true_(truth), measured(line)]).filter(([, value]) => Number.isFinite(value));
    return { name, across, sense, points, correlation: points.length > 2 ? rankCorrelation(points) : NaN };
  });
  const rows = panels.map(({ name, across, sense, points, correlation }) => [
    name, across, sense > 0 ? "+" : "−", number(correlation, 2), points.length, points.filter(([truth]) => truth > 0.001).length]);
  return {
    text: `Spearman's rank correlation, over the ${found.length} documents that were found with an IoU of ${LEAST_OVERLAP} or more. Where most documents have nothing of a thing
(glare, shadow, fingers) their ranks are shared, which bounds what can be reached.

${table(["measured", "true", "wanted", "ρ", "documents", "of these with some of it"], rows)}

![Measures against the truth](engine-measures.svg)`,
    plots: {
      "engine-measures": clouds({
        title: "Measured (up) against true (across)",
        panels: panels.map(({ name, across, points, correlation }) => ({ title: `${name}, ρ = ${number(correlation, 2)}`, across, up: name, points })),
      }),
    },
  };
}
