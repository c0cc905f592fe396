// How long a frame takes, beside onnxruntime-web with the same network and jscanify, in turn in one run; also on a slowed processor.
// Ratios are the figures; milliseconds depend on the machine and on what else it does.

import { percentile } from "../support/figures.mjs";
import { OURS, THEIRS, bars } from "../support/plot.mjs";
import { millis, table, times } from "../support/tables.mjs";

const ROUNDS = 60;
const SLOWED = 6;
const SLOWED_ROUNDS = 20;
// A worker that the slowing reaches takes at least half as much longer as it should.
const REACHED = SLOWED / 2;
const FRAMES = 8;

// Rows of the table: name, its times from those of a race.
const STAGES = [
  ["whole frame, in the worker as it is shipped", ({ worker }) => worker],
  ["whole frame, on the page", ({ whole }) => whole],
  ["  of that: the picture's quality", ({ quality }) => quality],
  ["  of that: all about the document", ({ whole, quality }) => less(whole, quality)],
  ["  of that: the network", ({ alone, blindAlone }) => less(alone, blindAlone)],
  ["onnxruntime-web: the network", ({ ort }) => ort],
  ["jscanify + OpenCV.js: the document", ({ jscanify }) => jscanify],
];

export async function speed(chromium, pictures, share) {
  const wanted = ({ truth }) => truth.quad && truth.inside > 0.999 && truth.width === 1280 && truth.height === 720;
  const addresses = pictures.filter(wanted).slice(0, FRAMES).map(({ file }) => chromium.address(file));
  const usual = await race(chromium, addresses, { slowed: 1, rounds: Math.ceil(ROUNDS * share) });
  const slow = await race(chromium, addresses, { slowed: SLOWED, rounds: Math.ceil(SLOWED_ROUNDS * share) });
  const reached = slow.work.worker / usual.work.worker >= REACHED;
  if (!reached) delete slow.all.worker;
  const rows = STAGES.map(([name, of]) => [name, ...[usual, slow].flatMap((run) => {
    const all = of(run.all);
    return all ? [millis(percentile(all, 0.5)), millis(percentile(all, 0.95))] : ["–", "–"];
  })]);
  const ratio = (of, by) => [usual, slow].map(({ all }) => percentile(of(all), 0.5) / percentile(by(all), 0.5));
  const [network, whole, scanned] = [STAGES[4][1], STAGES[1][1], STAGES[6][1]];
  const documents = STAGES[3][1];
  const ratios = [
    ["our network ÷ onnxruntime-web's", ratio(network, ({ ort }) => ort)],
    ["jscanify ÷ all about the document", ratio(scanned, documents)],
    ["jscanify ÷ our whole frame", ratio(scanned, whole)],
  ];
  return {
    text: `${FRAMES} frames of 1280 × 720, ${usual.rounds} rounds, ${slow.rounds} with a processor slowed ${SLOWED} times (Chromium's CPU throttling). The contenders take turns within each round, on one thread each.
Slowing made a fixed loop ${times(slow.work.page / usual.work.page)} as long on the page and ${times(slow.work.worker / usual.work.worker)} in a worker: ${reached
  ? "it reaches workers."
  : "it does not reach workers, so the slowed figures are those of the engine on the page."}
The network alone is a frame of its input's size with nothing in it, less the picture's quality.

${table(["ratio of medians", "usual", `slowed ${SLOWED} times`], ratios.map(([name, both]) => [name, ...both.map(times)]))}

${table(["", "p50", "p95", `p50, slowed`, `p95, slowed`], rows)}

![Time of each stage as a share of jscanify's](engine-speed.svg)`,
    plots: {
      "engine-speed": bars({
        title: "Median time, jscanify's = 1", most: 1.2, series: [{ name: "usual", colour: OURS }, { name: `slowed ${SLOWED} times`, colour: THEIRS }],
        rows: STAGES.map(([label, of]) => ({
          label: label.trim().replace(/^of that: /, "· ").replace(", in the worker as it is shipped", ", in the worker"),
          values: [usual, slow].map(({ all }) => (of(all) ? percentile(of(all), 0.5) / percentile(scanned(all), 0.5) : null)),
        })),
      }),
    },
  };
}

async function race(chromium, addresses, { slowed, rounds }) {
  const page = await chromium.open();
  const control = await page.context().newCDPSession(page);
  await control.send("Emulation.setCPUThrottlingRate", { rate: slowed });
  const work = await page.evaluate(async () => (await import("/page/speed.js")).work());
  const all = await page.evaluate(async ([addresses, rounds]) => (await import("/page/speed.js")).race(addresses, rounds), [addresses, rounds]);
  await page.close();
  return { all, rounds, work };
}

const less = (all, part) => all.map((value, at) => value - part[at]);
