// From bytes that are there to the first picture that was looked at, and memory over many frames.

import { Engine, FILES, bytes, look, picture, startEngine, startJscanify, startOrt } from "./contenders.js";

/** Milliseconds. Each in a page of its own. */
export async function firstAnswer(who, address) {
  const frame = await picture(address);
  const files = Object.fromEntries(await Promise.all(Object.entries(FILES).map(async ([name, file]) => [name, await bytes(file)])));
  const starts = {
    async engine() {
      await startEngine(files.engine);
      const engine = new Engine();
      engine.load(files.model);
      look(engine, frame);
    },
    ort: async () => (await startOrt(files.ort, files.model)).run(),
    jscanify: async () => (await startJscanify(files.opencv, files.jscanify))(frame.canvas),
  };
  const began = performance.now();
  await starts[who]();
  return performance.now() - began;
}

/** Bytes of the engine's memory after so many frames each. */
export async function memory(addresses, after) {
  const frames = await Promise.all(addresses.map(picture));
  const memory = await startEngine(await bytes(FILES.engine));
  const engine = new Engine();
  engine.load(await bytes(FILES.model));
  const sizes = [];
  for (let count = 1; count <= Math.max(...after); count++) {
    look(engine, frames[count % frames.length], count);
    if (after.includes(count)) sizes.push({ frames: count, bytes: memory.buffer.byteLength });
  }
  return sizes;
}

/** Whether the engine was built as it is shipped: then nothing in it has a name. */
export async function released() {
  const module = await WebAssembly.compile(await bytes(FILES.engine));
  return WebAssembly.Module.customSections(module, "name").length === 0;
}
