// The camera's screen without a camera: the outline on the preview, the photograph that is taken by itself, its sound and its flash,
// and the document straight on in the review.

import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { DESKTOP, browser, open } from "../support/browser.mjs";
import { gallery, put, snapshots } from "../support/gallery.mjs";
import { until } from "../support/net.mjs";
import { words } from "../support/person.mjs";

const texts = words("de");
const QUAD = [[0.2, 0.3], [0.8, 0.3], [0.8, 0.7], [0.2, 0.7]];
const MOVED = QUAD.map(([x, y]) => [x + 0.1, y]);

let chromium, place, page, faults;
before(async () => {
  [chromium, place] = await Promise.all([browser(), gallery()]);
  const opened = await open(chromium, { viewport: DESKTOP, allowed: [place.origin] });
  ({ page } = opened);
  faults = () => opened.faults().splice(0);
});
after(async () => {
  await chromium?.close();
  place?.close();
});
beforeEach(async () => {
  await page.emulateMedia({ reducedMotion: "no-preference" });
  await page.goto(place.origin);
});

const inside = (selector) => page.locator(`lichtbild-ident ${selector}`);
const settled = () => page.evaluate(() => element.updateComplete.then(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))));

/** The photograph's screen; what is given stands in place of the golden one's. */
const photo = (rest = {}, hint) => ({ ...snapshots["camera, live"], hint, screen: { ...snapshots["camera, live"].screen, withoutHints: false, mirrored: false, ...rest } });
const show = (next, event) => page.evaluate(([shown, told]) => capture.show(shown, told), [next, event]).then(settled);
const see = (quad) => page.evaluate((corners) => capture.show(capture.snapshot, { type: "documentSeen", ...(corners && { quad: corners }) }), quad);

/** The element with a camera whose frames are twice as wide as high. */
async function live(snapshot = photo({ byHand: false })) {
  await put(page, snapshots.register);
  await page.evaluate(() => {
    const canvas = Object.assign(document.createElement("canvas"), { width: 1280, height: 640 });
    const pen = canvas.getContext("2d");
    setInterval(() => pen.fillRect(0, 0, 1280, 640), 50);
    capture.attach = (video) => (video.srcObject = canvas.captureStream());
  });
  await show(snapshot);
  await until("a picture", () => inside("video").evaluate((video) => video.videoWidth > 0));
}

/** The outline's corners as shares of the preview's width, and what is drawn how. */
const outlined = () =>
  inside(".outline").evaluate((svg) => ({
    seen: svg.classList.contains("seen"),
    good: svg.classList.contains("good"),
    points: svg.lastElementChild.getAttribute("points")?.split(" ").map((pair) => pair.split(",").map(Number)),
    box: [svg.clientWidth, svg.clientHeight],
  }));

/** Where the first corner has to be: the frame covers the box. */
const expected = ([x, y], [width, height]) => {
  const scale = Math.max(width / 1280, height / 640);
  return [width / 2 + (x - 0.5) * 1280 * scale, height / 2 + (y - 0.5) * 640 * scale];
};
const isAt = ({ points, box }, quad) => points?.every((point, at) => Math.hypot(...point.map((value, axis) => value - expected(quad[at], box)[axis])) < 2);

test("the outline appears where the document is, follows it, and goes with it, without drawing the screen anew", async () => {
  await live();
  await page.evaluate(() => {
    globalThis.drawn = 0;
    const { update } = element;
    element.update = function (...given) {
      drawn += 1;
      return update.apply(this, given);
    };
  });
  assert.equal((await outlined()).seen, false);
  await see(QUAD);
  const first = await outlined();
  assert.ok(first.seen && isAt(first, QUAD), JSON.stringify(first));
  await see(MOVED);
  await until("the new place", async () => isAt(await outlined(), MOVED));
  await see(undefined);
  assert.equal((await outlined()).seen, false);
  assert.equal(await page.evaluate(() => drawn), 0);
  assert.equal(await inside(".outline").getAttribute("aria-hidden"), "true");
  assert.deepEqual(faults(), []);
});

test("on a mirrored preview the outline is mirrored", async () => {
  await live(photo({ byHand: false, mirrored: true }));
  await see(MOVED);
  const mirrored = MOVED.map(([x, y]) => [1 - x, y]);
  assert.ok(isAt(await outlined(), mirrored));
});

test("the outline is green while the hint is good, and the frame steps back", async () => {
  await live(photo({ byHand: false }, "moveCloser"));
  const strength = () => inside(".guide .edge").last().evaluate((edge) => Number(getComputedStyle(edge).opacity));
  assert.equal(await strength(), 1);
  await see(QUAD);
  assert.equal((await outlined()).good, false);
  await until("the frame in the background", async () => (await strength()) < 0.3);
  await show(photo({ byHand: false }, "keepStill"));
  assert.equal((await outlined()).good, true);
});

test("with reduced movement the outline is there at once", async () => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await live();
  await see(QUAD);
  const frames = await page.evaluate((quad) => {
    let asked = 0;
    const clocks = [[globalThis, "requestAnimationFrame"], [HTMLVideoElement.prototype, "requestVideoFrameCallback"]];
    const given = clocks.map(([owner, name]) => owner[name]);
    clocks.forEach(([owner, name], at) => (owner[name] = function (drawn) { asked += 1; return given[at].call(this, drawn); }));
    capture.show(capture.snapshot, { type: "documentSeen", quad });
    clocks.forEach(([owner, name], at) => (owner[name] = given[at]));
    return asked;
  }, MOVED);
  assert.equal(frames, 0);
  assert.ok(isAt(await outlined(), MOVED));
});

test("a look costs less than a millisecond, and at rest nothing is drawn", async () => {
  await live();
  await see(QUAD);
  const millis = await page.evaluate((quads) => {
    const started = performance.now();
    for (let look = 0; look < 200; look += 1) capture.show(capture.snapshot, { type: "documentSeen", quad: quads[look % 2] });
    return (performance.now() - started) / 200;
  }, [QUAD, MOVED]);
  assert.ok(millis < 1, `${millis} ms`);
  await until("rest", async () => isAt(await outlined(), MOVED));
  const changes = await page.evaluate(async () => {
    let seen = 0;
    await new Promise((later) => setTimeout(later, 300));
    const watcher = new MutationObserver((list) => (seen += list.length));
    watcher.observe(element.shadowRoot.querySelector(".outline"), { attributes: true, subtree: true });
    await new Promise((later) => setTimeout(later, 200));
    return seen;
  });
  assert.equal(changes, 0);
});

test("while a photograph is taken by itself there is no button, and it is told once; then the button comes and takes no focus", async () => {
  await live(photo({ byHand: false }, "moveCloser"));
  assert.equal(await inside(".shutter").count(), 0);
  assert.equal(await inside(".auto").innerText(), texts["camera.auto"]);
  const spoken = () => inside("[aria-live]").textContent();
  await until("the words", async () => (await spoken()) === texts["camera.auto.spoken"]);
  await until("the hint after them", async () => (await spoken()) === texts["hint.moveCloser.spoken"]);
  await inside("[part~='switch-button']").focus();
  await show(photo({ byHand: true }, "moveCloser"));
  await inside("[part~='shutter-button']").waitFor();
  assert.equal(await inside("[part~='by-hand']").innerText(), texts["camera.byHand"]);
  assert.equal(await page.evaluate(() => element.shadowRoot.activeElement.part.value), "switch-button");
  await until("the words", async () => (await spoken()) === texts["camera.byHand"]);
  await inside("[part~='shutter-button']").click();
  assert.deepEqual(await page.evaluate(() => capture.acts), [{ type: "takePhoto" }]);
  assert.deepEqual(faults(), []);
});

test("a video's button is there from the beginning", async () => {
  const { screen } = snapshots["camera, recording"];
  await live({ ...snapshots["camera, live"], screen: { ...screen, stage: { type: "live" } } });
  assert.equal(await inside("[part~='shutter-button']").innerText(), texts["camera.record"]);
  assert.equal(await inside(".auto, .by-hand").count(), 0);
});

for (const [sounds, clicks] of [[undefined, 1], ["off", 0]]) {
  test(`a photograph flashes once, and clicks ${clicks === 0 ? "not, where sounds are off" : "once"}`, async () => {
    await page.evaluate(() => {
      globalThis.tones = [];
      const { start, stop } = OscillatorNode.prototype;
      OscillatorNode.prototype.start = function () { tones.push({ from: this.context.currentTime }); start.call(this); };
      OscillatorNode.prototype.stop = function (end) { tones.at(-1).millis = (end - tones.at(-1).from) * 1000; stop.call(this, end); };
    });
    await put(page, photo({ stage: { type: "closed" } }));
    await page.evaluate((value) => value && element.setAttribute("sounds", value), sounds);
    await inside("[part~='primary-button']").click();
    await show(photo({ byHand: false }));
    const flashes = () => page.evaluate(() => element.shadowRoot.getAnimations().filter(({ animationName }) => animationName === "flashing").map(({ effect }) => effect.getTiming().duration));
    assert.deepEqual(await flashes(), []);
    const saving = photo({ byHand: false, stage: { type: "saving" } });
    assert.deepEqual(await page.evaluate(async (shown) => {
      capture.show(shown);
      await element.updateComplete;
      return element.shadowRoot.getAnimations().filter(({ animationName }) => animationName === "flashing").map(({ effect }) => effect.getTiming().duration);
    }, saving), [150]);
    await show(saving);
    await page.evaluate(() => new Promise((later) => setTimeout(later, 400)));
    const tones = await page.evaluate(() => tones);
    assert.equal(tones.length, clicks);
    assert.ok(tones.every(({ millis }) => millis <= 60));
    assert.deepEqual(await flashes(), []);
    assert.deepEqual(faults(), []);
  });
}

test("with reduced movement nothing flashes", async () => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await live();
  await show(photo({ byHand: false, stage: { type: "saving" } }));
  const names = await page.evaluate(() => element.shadowRoot.getAnimations().map(({ animationName }) => animationName));
  assert.ok(!names.includes("flashing"), names.join());
});

test("the review shows the document straight on, and the whole picture when asked", async () => {
  await put(page, snapshots.register);
  const outline = [[0.25, 0.3], [0.75, 0.25], [0.8, 0.75], [0.2, 0.7]];
  // Each corner of the document is a spot of its own colour.
  const picture = await page.evaluate((corners) => {
    const canvas = Object.assign(document.createElement("canvas"), { width: 800, height: 600 });
    const pen = canvas.getContext("2d");
    for (const [at, [x, y]] of corners.entries()) {
      pen.fillStyle = ["#f00", "#0f0", "#00f", "#ff0"][at];
      pen.fillRect(x * 800 - 60, y * 600 - 60, 120, 120);
    }
    return canvas.toDataURL();
  }, outline);
  const review = { ...snapshots.review, screen: { ...snapshots.review.screen, picture, outline, warnings: [] } };
  await show(review);
  const image = inside(".straight img");
  await until("the transform", () => image.evaluate((img) => img.complete && img.style.transform.startsWith("matrix3d(")));
  const box = await inside(".straight").boundingBox();
  assert.ok(Math.abs(box.width / box.height - 85.6 / 53.98) < 0.01, `${box.width} x ${box.height}`);
  assert.deepEqual(await cornersOf(await inside(".straight").screenshot()), ["255,0,0", "0,255,0", "0,0,255", "255,255,0"]);
  assert.equal(await image.getAttribute("alt"), texts["review.straight"].replace("{picture}", texts["review.front.picture"]));
  await inside("[part~='whole-button']").click();
  await until("the whole picture", async () => (await inside(".straight").count()) === 0);
  assert.equal(await inside("figure img").getAttribute("alt"), texts["review.front.picture"]);
  assert.equal(await inside("[part~='whole-button']").innerText(), texts["review.document"]);
  await inside("[part~='whole-button']").click();
  await until("the document again", async () => (await inside(".straight").count()) === 1);
  assert.deepEqual(faults(), []);
});

/** The colours near a picture's corners, clockwise from the top left; past the rounding. */
function cornersOf(png) {
  return page.evaluate(async (bytes) => {
    const bitmap = await createImageBitmap(new Blob([Uint8Array.from(atob(bytes), (byte) => byte.charCodeAt(0))], { type: "image/png" }));
    const { width, height } = bitmap;
    const pen = new OffscreenCanvas(width, height).getContext("2d");
    pen.drawImage(bitmap, 0, 0);
    const near = 12;
    return [[near, near], [width - near, near], [width - near, height - near], [near, height - near]].map(([x, y]) => [...pen.getImageData(x, y, 1, 1).data.slice(0, 3)].join());
  }, png.toString("base64"));
}

test("without an outline, or with one that is no view of a document, the review shows the plain picture", async () => {
  await put(page, snapshots.register);
  const picture = await page.evaluate(() => document.createElement("canvas").toDataURL());
  for (const outline of [undefined, [[0.5, 0.5], [0.5, 0.5], [0.5, 0.5], [0.5, 0.5]]]) {
    await show({ ...snapshots.review, screen: { ...snapshots.review.screen, picture, outline } });
    await inside("figure img").waitFor({ state: "attached" });
    assert.equal(await inside(".straight, .shot-bar").count(), 0);
  }
});
