// What goes wrong in the field: a refused camera, a server that dies, a page that is reloaded in mid-recording, bad pictures.
// Nothing that was recorded may be lost, and no screen may be a dead end.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, before, test } from "node:test";
import { browser, open, PHONE } from "../support/browser.mjs";
import { sleep, until } from "../support/net.mjs";
import { look, say, walk, words } from "../support/person.mjs";
import { Backend } from "../support/server.mjs";

const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");

let backend, chromium;
before(async () => ([backend, chromium] = await Promise.all([Backend.start(), browser()])));
after(async () => {
  await chromium?.close();
  await backend?.stop();
});

const recording = (now) => now.name === "camera.recording" && now.snapshot.upload.confirmed > 0;

/** Every receipt's bytes are on the server as they were recorded. */
async function allArrived(kase, receipts) {
  const { media } = await backend.report(kase);
  assert.ok(receipts.length > 0);
  for (const receipt of receipts) {
    const item = media.find(({ artifact }) => artifact === receipt.artifact);
    assert.ok(item?.complete && item.submitted, `${receipt.artifact} is not complete`);
    const bytes = await backend.media(kase, receipt.artifact);
    assert.equal(bytes.length, receipt.length);
    assert.equal(sha256(bytes), receipt.sha256);
  }
}

test("a refused camera: words, ways on, no dead end", async () => {
  const refusing = await browser({ refuse: true });
  try {
    const made = await backend.create({ lang: "de" });
    const { page, faults } = await open(refusing, { viewport: PHONE, allowed: [backend.origin] });
    await page.goto(made.session.url);
    const failed = ({ snapshot }) => snapshot.screen.type === "permissions" && snapshot.screen.camera.state === "failed";
    const now = await walk(page, { stop: failed });
    const { code, waysOn } = now.snapshot.screen.camera;
    assert.match(code, /^camera\.(refused|blocked)$/);
    assert.ok(waysOn.length > 1);
    for (const way of waysOn) {
      if (way !== "settings") await now.frame.locator("lichtbild-ident").getByText(words("de")[`way.${way}`]).first().waitFor({ timeout: 5000 });
    }
    await page.screenshot({ path: new URL("../out/refused-camera.png", import.meta.url).pathname });
    await say(now, "way.help", "de");
    await until("the help form", async () => (await look(page)).name === "help");
    assert.deepEqual(faults(), []);
  } finally {
    await refusing.close();
  }
});

test("the server is killed and restarted in mid-upload: nothing is lost", async () => {
  const made = await backend.create({ lang: "en" });
  const expected = [/Failed to load resource/, /ERR_/, /network\./];
  const { context, page, faults, receipts } = await open(chromium, { lang: "en", allowed: [backend.origin], expected });
  await page.goto(made.session.url);
  await walk(page, { document: "passport", stop: recording });
  await backend.kill();
  await sleep(2000);
  await backend.resume();
  const { snapshot } = await walk(page, { document: "passport" });
  assert.equal(snapshot.screen.outcome, "success");
  await allArrived(made.case.id, receipts);
  assert.deepEqual(faults(), []);
  await context.close();
});

test("the server is killed again and again while everything is taken: nothing is lost", async () => {
  const made = await backend.create({ lang: "en" });
  const { context, page, receipts } = await open(chromium, { lang: "en", allowed: [backend.origin], expected: [/./] });
  await page.goto(made.session.url);
  let kills = 0;
  let busy = Promise.resolve();
  const { snapshot } = await walk(page, {
    document: "germanIdCard",
    onScreen(name) {
      if (kills >= 5 || !/recording|saving|review|evaluation/.test(name)) return;
      kills += 1;
      busy = busy.then(async () => {
        await backend.kill();
        await backend.resume();
      });
    },
    millis: 180_000,
  });
  await busy;
  assert.equal(snapshot.screen.outcome, "success");
  assert.ok(kills >= 3, `${kills} kills`);
  await allArrived(made.case.id, receipts);
  await context.close();
});

test("the page is reloaded in mid-recording: what was recorded arrives, the step is taken again", async () => {
  const made = await backend.create({ lang: "en" });
  const { context, page, faults, receipts } = await open(chromium, { lang: "en", allowed: [backend.origin], expected: [/ERR_ABORTED/] });
  await page.goto(made.session.url);
  await walk(page, { document: "passport", stop: recording });
  const { snapshot: before } = await look(page);
  await page.reload();
  const { snapshot } = await walk(page, { document: "passport" });
  assert.equal(snapshot.screen.outcome, "success");
  await allArrived(made.case.id, receipts);
  // The cut-off video, and the stills that were taken beside it.
  const cut = await until("all of the cut-off recording", async () => {
    const { media } = await backend.report(made.case.id);
    const left = media.filter((item) => !item.submitted);
    return left.some(({ kind }) => kind === "video") && left.every((item) => item.complete && item.sha256) && left;
  });
  const length = cut.reduce((sum, item) => sum + item.length, 0);
  assert.ok(length >= before.upload.confirmed, "bytes that were confirmed are missing");
  for (const item of cut) assert.equal(sha256(await backend.media(made.case.id, item.artifact)), item.sha256);
  assert.deepEqual(faults(), []);
  await context.close();
});

test("the page is reloaded while finished recordings are still on their way: nothing is lost", async () => {
  const made = await backend.create({ lang: "en" });
  const { context, page, receipts } = await open(chromium, { lang: "en", allowed: [backend.origin], expected: [/Failed to load resource|ERR_/] });
  await page.route(/\/v1\/uploads/, (route) => (route.request().method() === "PATCH" ? route.abort() : route.continue()));
  await page.goto(made.session.url);
  await walk(page, { document: "passport", stop: (now) => now.name === "explainer.selfie" });
  assert.ok((await look(page)).snapshot.upload.confirmed < receipts[0].length);
  await page.unroute(/\/v1\/uploads/);
  await page.reload();
  const { snapshot } = await walk(page, { document: "passport" });
  assert.equal(snapshot.screen.outcome, "success");
  await allArrived(made.case.id, receipts);
  await context.close();
});

test("a blurred picture is not accepted, and only its step is taken again", async () => {
  const blurred = await browser({ clip: "blurred" });
  try {
    const made = await backend.create({ lang: "de" });
    const { page } = await open(blurred, { viewport: PHONE, allowed: [backend.origin] });
    await page.goto(made.session.url);
    const now = await walk(page, { document: "germanIdCard", stop: ({ name }) => name === "repeat" });
    const failed = now.snapshot.screen.steps.find(({ step }) => step === "back-photo");
    assert.ok(failed?.reasons.includes("media.blurred"), JSON.stringify(now.snapshot.screen));
    const report = await backend.report(made.case.id);
    assert.equal(report.state, "repeat");
    assert.ok(report.attempts[0].checks.some((check) => check.kind === "sharpness" && check.result === "failed"));
  } finally {
    await blurred.close();
  }
});
