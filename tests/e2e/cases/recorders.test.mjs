// Browsers whose recorder yields nothing: their encoders make the video, or what is left says that it is none.

import assert from "node:assert/strict";
import path from "node:path";
import { after, before, test } from "node:test";
import { browser, open, out, PHONE } from "../support/browser.mjs";
import { until } from "../support/net.mjs";
import { walk } from "../support/person.mjs";
import { Backend } from "../support/server.mjs";
import { giveKey } from "../support/staff.mjs";

let backend, chromium;
before(async () => ([backend, chromium] = await Promise.all([Backend.start(), browser()])));
after(async () => {
  await chromium?.close();
  await backend?.stop();
});

// As Safari 26 does it: the recorder runs, and every piece is empty. `sound`: sound alone is recorded all the same.
function mute({ sound }) {
  globalThis.MediaRecorder = class extends MediaRecorder {
    constructor(stream, options) {
      super(stream, options);
      if (sound && stream.getVideoTracks().length === 0) return;
      this.addEventListener("dataavailable", (event) => {
        if (event.data.size === 0) return;
        event.stopImmediatePropagation();
        this.dispatchEvent(new BlobEvent("dataavailable", { data: new Blob([]), timecode: event.timecode }));
      });
    }
  };
}

async function person(...scripts) {
  const made = await backend.create({ lang: "de" });
  const opened = await open(chromium, { viewport: PHONE, allowed: [backend.origin] });
  for (const [script, argument] of scripts) await opened.context.addInitScript(script, argument);
  const fetched = [];
  opened.page.on("request", (request) => fetched.push(new URL(request.url()).pathname));
  await opened.page.goto(made.session.url);
  return { made, fetched, ...opened };
}

/** The checks of a step's newest recordings. */
async function checks(id, step) {
  const { attempts } = await backend.report(id);
  const recorded = ({ checks }) => checks.some((check) => check.step === step && check.kind === "container");
  return attempts.findLast(recorded).checks.filter((check) => check.step === step);
}

test("the browser's encoders record where its recorder gives only empty pieces, and the backend can look at it", async () => {
  const { made, page, context, receipts, fetched, faults } = await person([mute, { sound: false }]);
  const review = await walk(page, { document: "passport", stop: ({ name }) => name === "review" });
  assert.ok(!review.snapshot.screen.warnings.includes("media.stills_only"));
  assert.ok(fetched.some((path) => /\/codecs-\w+\.js$/.test(path)), "the encoders' code was fetched");
  const { snapshot } = await walk(page, { document: "passport" });
  assert.equal(snapshot.screen.outcome, "success");
  const videos = receipts.filter(({ kind }) => kind === "video");
  // A machine that is busy encoding may have no still of the front, which is then taken again.
  assert.ok(videos.length >= 2);
  assert.deepEqual([...new Set(videos.map(({ mediaType }) => mediaType))], ["video/webm;codecs=vp8,opus"]);
  for (const step of ["front-video", "selfie-video"]) {
    const seen = await checks(made.case.id, step);
    for (const kind of ["container", "duration", "sound_present", "picture_size", "picture_not_black", "picture_not_frozen"]) {
      assert.equal(seen.find((check) => check.kind === kind)?.result, "ok", `${step} ${kind}`);
    }
  }
  assert.deepEqual(faults(), []);
  await context.close();
});

test("the encoders' code is never fetched where the recorder works", async () => {
  const { page, context, fetched } = await person();
  await walk(page, { document: "passport", stop: ({ name }) => name === "review" });
  assert.deepEqual(fetched.filter((path) => path.includes("codecs")), []);
  await context.close();
});

test("sound with stills is handed in as what it is, the backend says why it does not do, and the staff can hear it", async () => {
  const { made, page, context, receipts } = await person([mute, { sound: true }], [() => delete globalThis.VideoEncoder]);
  const review = await walk(page, { document: "passport", stop: ({ name }) => name === "review" });
  assert.ok(review.snapshot.screen.warnings.includes("media.stills_only"));
  const { snapshot } = await walk(page, { document: "passport", stop: ({ name }) => name === "repeat" });
  assert.deepEqual(snapshot.screen.steps.map(({ step }) => step), ["front-video", "selfie-video"]);
  assert.ok(snapshot.screen.steps.every(({ reasons }) => reasons.includes("media.stills_only")), JSON.stringify(snapshot.screen.steps));
  const [sound, ...stills] = receipts.slice(0, receipts.findLastIndex(({ kind }) => kind === "video"));
  assert.match(sound.mediaType, /^audio\/webm/);
  assert.ok(stills.length >= 1 && stills.every(({ kind }) => kind === "still"), `${stills.length} stills`);
  const seen = await checks(made.case.id, "front-video");
  const codes = seen.filter(({ result }) => result === "failed").map(({ kind, code }) => [kind, code]);
  assert.deepEqual(codes, [["picture_size", "media.stills_only"]]);
  await context.close();

  const desk = await open(chromium, { allowed: [backend.origin] });
  await desk.page.goto(`${backend.origin}/dashboard/#/cases/${made.case.id}`);
  await giveKey(desk.page, backend.keys.live);
  const card = desk.page.locator(`[data-artifact="${sound.artifact}"]`);
  await card.locator(".viewer button").click();
  const player = card.locator("video");
  await until("the sound plays", () => player.evaluate((element) => element.currentTime > 0.3 && element.videoWidth === 0));
  await card.locator(".digest.good").waitFor();
  await desk.page.screenshot({ path: path.join(out, "dashboard-sound-alone.png"), fullPage: true });
  assert.deepEqual(desk.faults(), []);
  await desk.context.close();
});
