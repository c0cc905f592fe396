// Times of the contenders, taken in turn, round by round, so that what else the machine does falls on all of them alike.

import { Engine, FILES, bytes, look, picture, startEngine, startJscanify, startOrt } from "./contenders.js";

/** Milliseconds of each stage in each round. */
export async function race(addresses, rounds) {
  const frames = await Promise.all(addresses.map(picture));
  const model = await bytes(FILES.model);
  await startEngine(await bytes(FILES.engine));
  const [whole, blind, alone, blindAlone] = [new Engine(), new Engine(), new Engine(), new Engine()];
  whole.load(model);
  alone.load(model);
  const { side, run } = await startOrt(await bytes(FILES.ort), model);
  const empty = { luma: new Uint8Array(side * side).fill(128), width: side, height: side };
  if (look(alone, empty).document) throw new Error("the engine sees a document in plain grey");
  const find = await startJscanify(await bytes(FILES.opencv), await bytes(FILES.jscanify));
  const contenders = {
    whole: (frame, round) => look(whole, frame, round),
    quality: (frame, round) => look(blind, frame, round),
    alone: (frame, round) => look(alone, empty, round),
    blindAlone: (frame, round) => look(blindAlone, empty, round),
    ort: () => run(),
    jscanify: ({ canvas }) => find(canvas),
    worker: await startWorker(),
  };
  const times = Object.fromEntries(Object.keys(contenders).map((name) => [name, []]));
  const WARM_UP = frames.length;
  for (let round = -WARM_UP; round < rounds; round++) {
    const frame = frames[(round + WARM_UP) % frames.length];
    for (const [name, once] of Object.entries(contenders)) {
      const began = performance.now();
      await once(frame, round + WARM_UP);
      if (round >= 0) times[name].push(performance.now() - began);
    }
  }
  return times;
}

/** The worker as it is shipped, fed with camera frames as Chromium has them (I420). */
async function startWorker() {
  const worker = new Worker(FILES.worker);
  const answer = () => new Promise((resolve) => (worker.onmessage = ({ data }) => resolve(data)));
  const absolute = (address) => new URL(address, location.href).href;
  const { engine, model, finder, reader } = Object.fromEntries(Object.entries(FILES).map(([name, address]) => [name, absolute(address)]));
  worker.postMessage({ kind: "load", wasmUrl: engine, modelUrl: model, finderUrl: finder, readerUrl: reader, version: Engine.version() });
  let answered = await answer();
  // It is ready once more when it can read.
  while (answered.kind === "progress" || (answered.kind === "ready" && answered.documents && !answered.reads)) answered = await answer();
  if (answered.kind !== "ready" || !answered.documents) throw new Error("the worker is not ready");
  return async ({ luma, width, height }, round) => {
    const planes = new Uint8Array(luma.length * 1.5).fill(128);
    planes.set(luma);
    const source = new VideoFrame(planes, { format: "I420", codedWidth: width, codedHeight: height, timestamp: round });
    worker.postMessage({ kind: "frame", frame: round, at: round * 33, zone: "none", source }, [source]);
    const { kind } = await answer();
    if (kind !== "observation") throw new Error(`the worker says ${kind}`);
  };
}

/** Milliseconds for a fixed piece of work, on the page and in a worker: what a slowed processor does to each. */
export async function work() {
  const loop = () => {
    const began = performance.now();
    let sum = 0;
    for (let at = 0; at < 60_000_000; at++) sum = (sum * 31 + at) | 0;
    return [performance.now() - began, sum];
  };
  const worker = new Worker(URL.createObjectURL(new Blob([`const loop = ${loop}; onmessage = () => postMessage(loop()[0]);`])));
  const inWorker = () => new Promise((resolve) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.postMessage("");
  });
  loop();
  await inWorker();
  return { page: loop()[0], worker: await inWorker() };
}
