// From desktop to phone by QR code, with two browser contexts: the phone takes the steps, the desktop follows and moves on.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import jsQR from "jsqr";
import { browser, DESKTOP, open, PHONE } from "../support/browser.mjs";
import { until } from "../support/net.mjs";
import { look, say, walk } from "../support/person.mjs";
import { Backend } from "../support/server.mjs";

let backend, chromium;
before(async () => ([backend, chromium] = await Promise.all([Backend.start(), browser()])));
after(async () => {
  await chromium?.close();
  await backend?.stop();
});

/** Reads a matrix as a phone's camera would: drawn with its quiet zone, decoded from the pixels. */
function scan({ size, rows }) {
  const [scale, quiet] = [4, 4];
  const side = (size + 2 * quiet) * scale;
  const pixels = new Uint8ClampedArray(side * side * 4).fill(255);
  for (let y = 0; y < size * scale; y++) {
    for (let x = 0; x < size * scale; x++) {
      if (rows[Math.floor(y / scale)][Math.floor(x / scale)] === "1") {
        pixels.fill(0, ((y + quiet * scale) * side + x + quiet * scale) * 4, ((y + quiet * scale) * side + x + quiet * scale) * 4 + 3);
      }
    }
  }
  return jsQR(pixels, side, side)?.data;
}

async function offered() {
  const made = await backend.create({ lang: "en" });
  const desktop = await open(chromium, { viewport: DESKTOP, lang: "en", allowed: [backend.origin] });
  await desktop.page.goto(made.session.url);
  const now = await walk(desktop.page, { stop: ({ name }) => name === "register" });
  await say(now, "handoff.offer", "en");
  const shown = await walk(desktop.page, { stop: ({ snapshot }) => snapshot.screen.type === "handoff" && snapshot.screen.qr });
  const { qr, link, number } = shown.snapshot.screen;
  return { made, desktop, qr, link, number };
}

test("the phone scans the code and finishes; the desktop follows and moves on; both may be reloaded", async () => {
  const { made, desktop, qr, link, number } = await offered();
  const scanned = scan(qr);
  assert.equal(scanned, link);
  assert.ok(new URL(scanned).hash.length > 20 && !new URL(scanned).search, "the secret is in the fragment");

  const phone = await open(chromium, { viewport: PHONE, lang: "en", allowed: [backend.origin], expected: [/status of 403/] });
  await phone.page.goto(scanned);
  const claim = await walk(phone.page, { stop: ({ name }) => name === "handoffClaim" });
  assert.equal(claim.snapshot.screen.kennung, made.case.kennung);
  const wrong = number === "10" ? "11" : "10";
  await walk(phone.page, { number: wrong, stop: ({ snapshot }) => snapshot.screen.wrong });
  assert.equal((await look(desktop.page)).name, "handoff", "a wrong number claims nothing");
  await walk(phone.page, { number, document: "passport", stop: ({ name }) => name === "consents" });
  await until("the desktop follows", async () => (await look(desktop.page)).name === "observing");
  assert.ok((await look(desktop.page)).snapshot.screen.phone.os, "the desktop says which device it is");

  await desktop.page.reload();
  await phone.page.reload();
  const { snapshot } = await walk(phone.page, { document: "passport" });
  assert.equal(snapshot.screen.outcome, "success");
  const moved = await until("the desktop moves on", async () => {
    const now = await look(desktop.page);
    return now.name === "done" && now;
  });
  assert.equal(moved.snapshot.screen.outcome, "success");
  assert.deepEqual([...phone.faults(), ...desktop.faults()], []);
  await phone.context.close();
  await desktop.context.close();
});

test("a code that was claimed cannot be claimed by a second phone", async () => {
  const { desktop, link, number } = await offered();
  const first = await open(chromium, { viewport: PHONE, lang: "en", allowed: [backend.origin] });
  await first.page.goto(link);
  await walk(first.page, { number, stop: ({ name }) => name === "consents" });
  const second = await open(chromium, { viewport: PHONE, lang: "en", allowed: [backend.origin], expected: [/status of 40[49]/] });
  await second.page.goto(link);
  const now = await walk(second.page, { number, stop: ({ name }) => name === "failed" });
  assert.match(now.snapshot.screen.code, /^handoff\.(claimed|unknown)$/);
  for (const { context } of [first, second, desktop]) await context.close();
});

test("the code changes every 20 seconds; the old one lives on for a moment, and longer once a phone has opened it", async () => {
  const { desktop, link, number } = await offered();
  const shown = async () => (await look(desktop.page)).snapshot.screen;
  const second = await until("the next code", async () => {
    const screen = await shown();
    return screen.link !== link && screen;
  }, 30_000);
  assert.equal(second.number, number);
  const phone = await open(chromium, { viewport: PHONE, lang: "en", allowed: [backend.origin] });
  await phone.page.goto(link);
  await walk(phone.page, { stop: ({ name }) => name === "handoffClaim" });
  await until("the one after it", async () => ![link, second.link].includes((await shown()).link), 30_000);
  await walk(phone.page, { number, stop: ({ name }) => name === "register" });
  await until("the desktop follows", async () => (await look(desktop.page)).name === "observing");
  for (const { context } of [phone, desktop]) await context.close();
});
