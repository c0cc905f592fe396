// What a look costs the page's own thread: the capture page at a live camera, with a document in view that is not taken, once with the engine
// and once without it. Out: a sentence for the report. Uses the end-to-end tests' backend, browser and person.

import { DESKTOP, browser, hold, open } from "../../e2e/support/browser.mjs";
import { sleep, until } from "../../e2e/support/net.mjs";
import { MAIN, look, tap, walk } from "../../e2e/support/person.mjs";
import { Backend } from "../../e2e/support/server.mjs";
import { millis } from "../support/tables.mjs";

const MEASURED_MILLIS = 8_000;

export async function page(share) {
  const [backend, chromium] = await Promise.all([Backend.start(), browser()]);
  try {
    const looked = await measured(backend, chromium, share);
    const idle = await measured(backend, chromium, share, "**/engine_bg.wasm");
    const each = (key) => millis(Math.max(0, looked[key] / looked.seconds - idle[key] / idle.seconds) / (looked.looks / looked.seconds));
    return `The page's own thread, at a live camera of 1280 × 720 with a document in view: ${each("task")} a look more than without the engine, ${each("script")} of it in scripts and WebAssembly
(${looked.looks} looks in ${looked.seconds.toFixed(1)} s; handing over the frame, hints, outline and screen included).`;
  } finally {
    await chromium.close();
    await backend.stop();
  }
}

async function measured(backend, chromium, share, blocked) {
  const made = await backend.create({ lang: "en", reference: "bench" });
  const { context, page } = await open(chromium, { viewport: DESKTOP, allowed: [backend.origin], expected: [/./] });
  if (blocked) await context.route(blocked, (call) => call.abort());
  await page.goto(made.session.url);
  const isBack = ({ screen }) => screen.purpose?.type === "documentPhoto";
  await walk(page, { document: "germanIdCard", stop: ({ name, snapshot }) => name === "camera.closed" && isBack(snapshot) });
  // Its front, where the back is wanted: it is seen, and never taken.
  await hold(page, "front");
  await tap(await look(page), MAIN);
  await until("the camera", async () => (await look(page)).name === "camera.live", 30_000);
  await sleep(3_000);
  await page.evaluate(() => {
    globalThis.looks = 0;
    document.querySelector("lichtbild-ident").addEventListener("lichtbild-ident", ({ detail }) => (globalThis.looks += detail.type === "documentSeen" ? 1 : 0));
  });
  const control = await context.newCDPSession(page);
  await control.send("Performance.enable");
  const metrics = async () => Object.fromEntries((await control.send("Performance.getMetrics")).metrics.map(({ name, value }) => [name, value]));
  const before = await metrics();
  await sleep(MEASURED_MILLIS * Math.max(share, 0.5));
  const [after, looks] = [await metrics(), await page.evaluate(() => globalThis.looks)];
  await context.close();
  if (!blocked && looks === 0) throw new Error("the engine has not seen the document");
  const passed = (name) => after[name] - before[name];
  return { looks, seconds: passed("Timestamp"), task: 1000 * passed("TaskDuration"), script: 1000 * passed("ScriptDuration") };
}
