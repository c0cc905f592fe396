// A photograph that is taken by itself: the film of a card leads through the hints, one after the other, and what was taken is the card; and
// the same by hand where the engine cannot run.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import { DESKTOP, browser, hold, open } from "../support/browser.mjs";
import { sleep, until } from "../support/net.mjs";
import { MAIN, look, tap, walk } from "../support/person.mjs";
import { Backend } from "../support/server.mjs";

let backend, chromium;
before(async () => {
  [backend, chromium] = await Promise.all([Backend.start(), browser()]);
});
after(async () => {
  await chromium?.close();
  await backend?.stop();
});

/** Where the card lies at the end of the film, as shares of the frame. */
const truth = JSON.parse(readFileSync(path.resolve(import.meta.dirname, "../../../target/clips/approach.json"), "utf8"));

/** A person whose camera for the back is still off. */
async function beforeTheBack({ route } = {}) {
  const made = await backend.create({ lang: "de", reference: "capture" });
  const { context, page } = await open(chromium, { viewport: DESKTOP, allowed: [backend.origin], expected: [/engine_bg/, /Failed to load/] });
  if (route) await context.route(route, (call) => call.abort());
  await page.goto(made.session.url);
  const isBack = ({ screen }) => screen.purpose?.type === "documentPhoto";
  await walk(page, { document: "germanIdCard", stop: ({ name, snapshot }) => name === "camera.closed" && isBack(snapshot) });
  return { context, page };
}

test("a card that is brought before the camera is led to the right place and taken by itself", async () => {
  const { context, page } = await beforeTheBack();
  await hold(page, "approach");
  await tap(await look(page), MAIN);
  const hints = [];
  let now;
  const end = Date.now() + 40_000;
  do {
    now = await look(page);
    const { hint, screen } = now.snapshot;
    if (screen.type === "camera" && hint && hint !== hints.at(-1)) hints.push(hint);
    assert.ok(Date.now() < end, `nothing was taken; hints: ${hints.join(", ")}`);
    await sleep(40);
  } while (now.snapshot.screen.type !== "review");
  // On a machine that is busy the card may lie still before the next frame is seen: that it moved is then never said.
  const order = [["showDocument"], ["moveCloser"], ["keepStill", "good"]];
  const places = order.map((alike, at) => hints.findIndex((hint, place) => alike.includes(hint) && (at === 0 || place > 0)));
  assert.ok(places.every((place, at) => place >= 0 && (at === 0 || place > places[at - 1])), `hints in their order: ${hints.join(", ")}`);
  const { outline } = now.snapshot.screen;
  assert.ok(outline, "the engine saw the card in what was taken");
  const farthest = Math.max(...outline.map(([x, y], corner) => Math.hypot(x - truth[corner][0], y - truth[corner][1])));
  assert.ok(farthest < 0.04, `corner off by ${farthest} of the frame: ${JSON.stringify(outline)}`);
  await context.close();
});

test("the zone of a passport is read while it is filmed: a tick on screen, and the backend is told what the document says", async () => {
  const zones = JSON.parse(readFileSync(path.resolve(import.meta.dirname, "../../../target/clips/zones.json"), "utf8"));
  const made = await backend.create({ flow: "sim-registration", channel: "customer", lang: "de" });
  const { context, page, faults } = await open(chromium, { viewport: DESKTOP, allowed: [backend.origin] });
  await page.goto(made.session.url);
  await walk(page, { document: "passport", stop: ({ name }) => name === "camera.closed" });
  await hold(page, "passport");
  await tap(await look(page), MAIN);
  await until("the tick", async () => (await look(page)).snapshot?.screen.zoneRead, 20_000);
  const now = await look(page);
  assert.match(await now.frame.locator(`lichtbild-ident [part~="zone-read"]`).innerText(), /Maschinenlesbare Zone gelesen/);
  assert.ok(!zones.passport.some((line) => JSON.stringify(now.snapshot).includes(line)), "what was read is on no screen before it is to be confirmed");
  await walk(page, { document: "passport", stop: ({ name }) => name === "dataConfirmation" });
  const told = async () => (await backend.call("GET", `/v1/cases/${made.case.id}/review`)).readings.filter(({ origin }) => origin === "browser");
  await until("the browser's reading", async () => (await told()).length > 0);
  const [reading, ...more] = await told();
  assert.deepEqual([reading.lines, reading.valid, reading.side, more.length], [zones.passport, true, "front", 0]);
  assert.ok(reading.artifact && reading.confidence > 0.5, JSON.stringify([reading.artifact, reading.confidence]));
  assert.ok(!zones.passport.some((line) => backend.log.includes(line)), "no line in the log");
  assert.deepEqual(faults(), []);
  await context.close();
});

test("where the engine cannot run, the person takes the photograph, and goes on", async () => {
  const { context, page } = await beforeTheBack({ route: "**/engine_bg.wasm" });
  await hold(page, "back");
  await tap(await look(page), MAIN);
  await until("the button", async () => (await look(page)).snapshot.screen.byHand === true, 20_000);
  await tap(await look(page), `[part~="shutter-button"]`);
  await until("the photograph", async () => (await look(page)).name === "review", 20_000);
  assert.equal((await look(page)).snapshot.screen.outline, undefined);
  await walk(page, { stop: ({ name }) => name === "explainer.selfie" });
  await context.close();
});
