// Upload tail and wire overhead on two slow lines, ours beside tus-js-client (256 KiB pieces) with @tus/server, in one run.
// Tail: from the recorder's `stop` event, when its last bytes are out, until the server's answer that everything is there.
// Writes docs/benchmarks/upload.md.

import { readFileSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { browser, open } from "./support/browser.mjs";
import { Backend } from "./support/server.mjs";
import { line } from "./support/line.mjs";
import { freePort, serve, sleep, until } from "./support/net.mjs";
import { look, walk } from "./support/person.mjs";
import { foreignServer } from "./support/tus.mjs";

const LINES = [
  { name: "5 Mbit/s, 80 ms", rate: 625_000, delay: 40 },
  { name: "2 Mbit/s, 120 ms", rate: 250_000, delay: 60 },
];
const RUNS = Number(process.env.LICHTBILD_BENCH_RUNS ?? 3);
const root = path.resolve(import.meta.dirname, "../..");
const tusScript = readFileSync(path.join(import.meta.dirname, "node_modules/tus-js-client/dist/tus.min.js"));

const chromium = await browser();
const rows = [];
try {
  for (const { name, ...slow } of LINES) {
    const [ours, theirs] = [[], []];
    for (let run = 0; run < RUNS; run++) {
      ours.push(await component(slow));
      theirs.push(await peer(slow, ours.at(-1)));
    }
    for (const [who, runs] of [["lichtbild", ours], ["tus-js-client + @tus/server", theirs]]) {
      const row = { name, who, tail: median(runs.map((run) => run.tail)), worst: Math.max(...runs.map((run) => run.tail)),
        overhead: median(runs.map((run) => run.up / run.bytes - 1)), bytes: median(runs.map((run) => run.bytes)), seconds: median(runs.map((run) => run.seconds)) };
      rows.push(row);
      console.log(`${name} · ${who}: tail ${row.tail.toFixed(0)} ms (worst ${row.worst.toFixed(0)}), overhead ${(row.overhead * 100).toFixed(2)} %, ${row.bytes} bytes in ${row.seconds.toFixed(1)} s`);
    }
  }
} finally {
  await chromium.close();
}
await report();

/** One recording by the component, to its own limit of time, over a slow line. */
async function component(slow) {
  const port = await freePort();
  const backend = await Backend.start({ publicUrl: `http://localhost:${port}` });
  const between = await line(backend.port, slow, port);
  try {
    const made = await backend.create({ lang: "en" });
    const { context, page } = await open(chromium, { lang: "en", allowed: [backend.origin] });
    const answers = [];
    page.on("requestfinished", (request) => {
      if (!/\/v1\/uploads/.test(request.url())) return;
      const { startTime, responseEnd } = request.timing();
      answers.push({ at: startTime + responseEnd });
    });
    await page.goto(made.session.url);
    let before;
    const stayed = { "camera.recording": () => (before ??= between.counted.up) };
    await walk(page, { document: "passport", instead: stayed, stop: ({ name }) => name === "review" });
    const { frame } = await look(page);
    // The video, and the stills that were taken beside it.
    const sent = await until("everything confirmed", async () => {
      const { upload } = (await look(page)).snapshot;
      return upload.recorded > 0 && upload.confirmed === upload.recorded && upload.recorded;
    });
    await sleep(300);
    const [recorded] = await frame.evaluate(() => recordedHere);
    const result = { tail: Math.max(...answers.map(({ at }) => at)) - recorded.stoppedAt, bytes: sent, up: between.counted.up - before, seconds: recorded.seconds };
    await context.close();
    return result;
  } finally {
    between.close();
    await backend.stop();
  }
}

/** The same length of recording by tus-js-client reading the recorder's stream. */
async function peer(slow, { seconds }) {
  const folder = await mkdtemp(path.join(os.tmpdir(), "lichtbild-"));
  const tus = foreignServer(folder, "/files");
  const server = await serve((request, response) => {
    if (request.url.startsWith("/files")) return tus(request, response);
    const script = request.url === "/tus.js";
    response.writeHead(200, { "content-type": script ? "text/javascript" : "text/html" }).end(script ? tusScript : "<!doctype html><script src=/tus.js></script>");
  });
  const between = await line(server.port, slow);
  const origin = `http://localhost:${between.port}`;
  try {
    const { context, page } = await open(chromium, { allowed: [origin] });
    await page.goto(origin);
    await page.waitForFunction(() => globalThis.tus);
    const before = between.counted.up;
    const { finishedAt } = await page.evaluate(recordWithPeer, { seconds, chunk: 256 * 1024 });
    const [recorded] = await until("the digest", async () => { const list = await page.evaluate(() => recordedHere); return list.length > 0 && list; });
    const result = { tail: finishedAt - recorded.stoppedAt, bytes: recorded.length, up: between.counted.up - before, seconds: recorded.seconds };
    await context.close();
    return result;
  } finally {
    between.close();
    server.close();
    await rm(folder, { recursive: true });
  }
}

// Runs in the page: the same constraints, coding and bit rate as the component asks for.
async function recordWithPeer({ seconds, chunk }) {
  const video = { width: { ideal: 1920 }, height: { ideal: 1080 }, frameRate: { ideal: 30 } };
  const stream = await navigator.mediaDevices.getUserMedia({ video, audio: true });
  const recorder = new MediaRecorder(stream, { mimeType: "video/webm;codecs=vp8,opus", videoBitsPerSecond: 1_200_000, audioBitsPerSecond: 64_000 });
  const bytes = new ReadableStream({
    start(controller) {
      let read = Promise.resolve();
      const give = async (data) => data.size > 0 && controller.enqueue(new Uint8Array(await data.arrayBuffer()));
      recorder.addEventListener("dataavailable", ({ data }) => (read = read.then(() => give(data))));
      recorder.addEventListener("stop", () => read.then(() => controller.close()));
    },
  });
  const finished = new Promise((resolve, reject) => {
    const upload = new tus.Upload(bytes.getReader(), {
      endpoint: "/files", chunkSize: chunk, uploadLengthDeferred: true, retryDelays: [0, 1000],
      onSuccess: () => resolve(performance.timeOrigin + performance.now()), onError: reject,
    });
    upload.start();
  });
  recorder.start(500);
  setTimeout(() => recorder.stop(), seconds * 1000);
  return { finishedAt: await finished };
}

function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}

async function report() {
  const version = chromium.version();
  const lines = rows.map(({ name, who, tail, worst, overhead, bytes, seconds }) =>
    `| ${name} | ${who} | ${(tail / 1000).toFixed(2)} s | ${(worst / 1000).toFixed(2)} s | ${(overhead * 100).toFixed(2)} % | ${(bytes / 1e6).toFixed(2)} MB in ${seconds.toFixed(1)} s |`);
  const text = `# Upload tail

Made by \`cargo xtask bench\` on ${new Date().toISOString().slice(0, 10)}: Chromium ${version}, ${os.cpus().length} cores, ${RUNS} runs each, both sides in turn in one run.

Tail: from the recorder's \`stop\` event, when its last bytes are out, until the server's answer that everything is there. Ours keeps the bytes in the
browser's encrypted store, sends SHA-256 checksums and signed requests, and the server syncs each piece to disk; the peer does none of these. The line is a TCP
proxy with a token bucket and a delay each way. Overhead: bytes that went up the line while recording and sending, over the bytes recorded (with ours: the video
and the stills beside it), minus one; ours includes the session's own requests.

| line (round trip) | who | tail, median | tail, worst | overhead | recorded |
| --- | --- | --- | --- | --- | --- |
${lines.join("\n")}
`;
  await mkdir(path.join(root, "docs/benchmarks"), { recursive: true });
  await writeFile(path.join(root, "docs/benchmarks/upload.md"), text);
  console.log("docs/benchmarks/upload.md written");
}
