// A capture over a page part that does as it is told: what a start leaves behind, and what follows a fault inside.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { source } from "./support/sources.mjs";

let instances = 0;

/** A capture in an instance of its own, and its page. */
async function capture() {
  let page;
  globalThis.openPage = (emit, shell, settings) =>
    (page = { settings: JSON.parse(settings), screen: { type: "loading" }, emit, shell, disposed: false, act() {}, attach() {}, snapshot: () => ({ screen: page.screen, case: { id: "a1" } }), dispose: () => (page.disposed = true) });
  const module = await source("capture.ts", {
    "#page": `export const instance = ${++instances}; export default async () => {}; export class Page { constructor(settings, assets, emit, shell) { return globalThis.openPage(emit, shell, settings); } }`,
    "./probe.js": "export const missingRequirements = () => [];",
    "./load.js": "export const loadWasm = async () => ({});",
    "./assets.js": "export const assetUrls = () => ({});",
    "./codecs.js": "export const record = () => {};",
  });
  const made = await module.createCapture({ session: "lbs_abc", lang: "fr", assets: {} });
  return { ...module, made, page };
}

test("the page part is told the session and no language: it refuses what it does not know", async () => {
  const { page } = await capture();
  assert.deepEqual(page.settings, { session: "lbs_abc" });
});

const done = { type: "done", kennung: "abc", outcome: "success" };
const failure = (page, waysOn) => {
  page.screen = { type: "failed", code: "session.expired", waysOn };
  page.emit({ type: "failed", code: "session.expired", retryable: false });
};

let listening, signal, halt;
beforeEach(() => {
  halt = new AbortController();
  ({ signal } = halt);
  listening = 0;
  const { addEventListener, removeEventListener } = EventTarget.prototype;
  signal.addEventListener = (...given) => ((listening += 1), addEventListener.apply(signal, given));
  signal.removeEventListener = (...given) => ((listening -= 1), removeEventListener.apply(signal, given));
});

const ends = [
  ["is done", (page) => page.emit(done), (start) => start],
  ["has failed", (page) => failure(page, ["backToPartner"]), (start) => assert.rejects(start, { code: "session.expired" })],
];
for (const [what, end, settled] of ends) {
  test(`a start that ${what} listens no more, and a late abort disposes of nothing`, async () => {
    const { made, page } = await capture();
    const start = made.start({ signal });
    assert.equal(listening, 1);
    end(page);
    await settled(start);
    assert.equal(listening, 0);
    halt.abort();
    assert.equal(page.disposed, false);
  });
}

test("a failure with a way on leaves the start open; an abort ends it and the capture", async () => {
  const { made, page } = await capture();
  const start = made.start({ signal });
  failure(page, ["retry"]);
  halt.abort();
  await assert.rejects(start, { name: "AbortError" });
  assert.equal(page.disposed, true);
});

test("after a fault inside no other capture enters the broken instance", async (t) => {
  t.mock.method(console, "error", () => {});
  const { made, page, createCapture } = await capture();
  page.act = () => {
    throw new WebAssembly.RuntimeError("unreachable");
  };
  made.act({ type: "continue" });
  assert.deepEqual([made.snapshot.screen.code, made.snapshot.screen.waysOn], ["internal.unexpected", ["retry"]]);
  for (let tries = 0; tries < 2; tries++) await assert.rejects(createCapture({}), { name: "CaptureError", code: "internal.unexpected", retryable: false });
});

test("a fault inside after the last capture was disposed of closes the instance, too", async () => {
  const { made, page, createCapture } = await capture();
  made.dispose();
  page.shell.stopped();
  await assert.rejects(createCapture({}), { code: "internal.unexpected" });
});
