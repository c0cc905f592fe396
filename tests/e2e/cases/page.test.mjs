// The capture page in odd browsers and at its ends: what is missing, what hangs, what breaks, what is left behind; and the element of
// the script tag around it.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { browser, DESKTOP, open, PHONE } from "../support/browser.mjs";
import { serve, until } from "../support/net.mjs";
import { look, say, walk } from "../support/person.mjs";
import { Backend } from "../support/server.mjs";

let backend, chromium;
before(async () => ([backend, chromium] = await Promise.all([Backend.start(), browser()])));
after(async () => {
  await chromium?.close();
  await backend?.stop();
});

async function person({ lang = "de", expected = [], viewport = PHONE, script = () => {} } = {}) {
  const made = await backend.create({ lang });
  const opened = await open(chromium, { viewport, allowed: [backend.origin], expected });
  await opened.context.addInitScript(script);
  const fetched = [];
  opened.page.on("request", (request) => fetched.push(new URL(request.url()).pathname));
  await opened.page.goto(made.session.url);
  return { made, fetched, ...opened };
}

/** A partner's page with the script tag. */
const embedding = () =>
  serve((request, response) => {
    if (request.url !== "/") return response.writeHead(204).end();
    response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(`<!doctype html><script src="${backend.origin}/loader.js"></script><body></body>`);
  });

const lacking = [
  ["no camera interfaces", "unsupported.get_user_media", () => Object.defineProperty(Navigator.prototype, "mediaDevices", { get: () => undefined })],
  ["no camera", "camera.missing", () => {
    const list = MediaDevices.prototype.enumerateDevices;
    MediaDevices.prototype.enumerateDevices = async function () {
      return (await list.call(this)).filter(({ kind }) => kind !== "videoinput");
    };
  }],
];
for (const [name, code, script] of lacking) {
  test(`a device with ${name} is told first, and led to a phone and to help`, async () => {
    const { page, fetched, context } = await person({ script, viewport: DESKTOP });
    const now = await walk(page, { stop: ({ name: seen }) => seen === "requirements" });
    assert.deepEqual(now.snapshot.screen.missing, [code]);
    await say(now, "way.help");
    await walk(page, { stop: ({ name: seen }) => seen === "help" });
    await say(await look(page), "help.back");
    await walk(page, { stop: ({ name: seen }) => seen === "requirements" });
    await say(await look(page), "handoff.offer");
    await walk(page, { stop: ({ snapshot }) => snapshot.screen.type === "handoff" && snapshot.screen.qr });
    assert.deepEqual(fetched.filter((path) => /engine|worker\.js/.test(path)), []);
    await context.close();
  });
}

test("what stops the page part in mid-picture stops the camera, and the person can begin anew", async () => {
  const { page, context } = await person({ expected: [/panicked/, /unreachable/, /the page part has stopped/, /performance clock/, /Cannot read/] });
  await walk(page, { document: "passport", stop: ({ name }) => name === "camera.live" });
  // The next frame asks for the time, and there is none: a fault inside, outside of everything the person does.
  await page.evaluate(() => Object.defineProperty(globalThis, "performance", { value: undefined, configurable: true }));
  await until("the fatal screen", async () => (await look(page)).snapshot?.screen.code === "internal.unexpected");
  assert.equal(await page.evaluate(() => globalThis.devicesInUse()), 0);
  await page.evaluate(() => delete globalThis.performance);
  const anew = page.waitForEvent("domcontentloaded");
  await say(await look(page), "way.retry");
  await anew;
  await walk(page, { document: "passport", stop: ({ name }) => name === "camera.closed" });
  await context.close();
});

test("the worker reads the luminance plane of a frame, and neither converts nor draws it", async () => {
  const { page, context, faults } = await person();
  await page.route(/\/worker\.js/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `(${tellHowFramesAreRead})();${await response.text()}` });
  });
  await page.evaluate(() => {
    globalThis.frames = [];
    new BroadcastChannel("how").addEventListener("message", ({ data }) => globalThis.frames.push(data));
  });
  await walk(page, { document: "passport", stop: ({ name }) => name === "camera.live" });
  const read = await until("frames", async () => {
    const frames = await page.evaluate(() => globalThis.frames);
    return frames.length >= 3 && frames;
  });
  assert.deepEqual([...new Set(read)], ["I420 as it is"]);
  assert.deepEqual(faults(), []);
  await context.close();
});

// Runs in the worker before its own script.
function tellHowFramesAreRead() {
  const channel = new BroadcastChannel("how");
  const { copyTo } = VideoFrame.prototype;
  VideoFrame.prototype.copyTo = function (into, options) {
    channel.postMessage(`${this.format} ${options?.format ? `as ${options.format}` : "as it is"}`);
    return copyTo.call(this, into, options);
  };
  const { drawImage } = OffscreenCanvasRenderingContext2D.prototype;
  OffscreenCanvasRenderingContext2D.prototype.drawImage = function (...given) {
    channel.postMessage("drawn");
    return drawImage.apply(this, given);
  };
}

test("the page speaks the case's language, whatever the browser's is", async () => {
  const { page, context } = await person({ lang: "en" });
  assert.match(await page.title(), /^Lichtbild – /);
  await walk(page, { stop: ({ name }) => name === "register" });
  assert.equal(await page.title(), "Lichtbild – Identify online");
  assert.equal(await page.evaluate(() => document.documentElement.lang), "en");
  await page.evaluate(() => (document.querySelector("lichtbild-ident").lang = "de"));
  await until("the other title", async () => (await page.title()) === "Lichtbild – Online identifizieren");
  await context.close();
});

test("a database that hangs holds nobody up, and nothing of an ended case is left in the tab", async () => {
  const { page, context, receipts, fetched } = await person({
    script: () => {
      IDBFactory.prototype.open = () => new EventTarget();
    },
  });
  const { snapshot } = await walk(page, { document: "passport" });
  assert.equal(snapshot.screen.outcome, "success");
  // The first kind of recording has not been given up for want of bytes.
  assert.match(receipts.find(({ kind }) => kind === "video").mediaType, /^video\/webm;codecs=vp8/);
  assert.deepEqual(fetched.filter((path) => path.includes("codecs")), []);
  assert.deepEqual(await page.evaluate(() => Object.keys(sessionStorage)), []);
  await context.close();
});

test("an ended case leaves its place in the history, and neither its key nor its token", async () => {
  const { made, page, context } = await person();
  const keys = () => page.evaluate(async () => {
    const opened = indexedDB.open("lichtbild");
    await new Promise((ready) => (opened.onsuccess = ready));
    const asked = opened.result.transaction("meta").objectStore("meta").getAllKeys();
    await new Promise((ready) => (asked.onsuccess = ready));
    opened.result.close();
    return asked.result;
  });
  await walk(page, { document: "passport", stop: ({ name }) => name === "review" });
  assert.ok((await keys()).includes(`cipher/${made.case.id}`));
  await walk(page, { document: "passport" });
  await until("the key is gone", async () => !(await keys()).includes(`cipher/${made.case.id}`));
  await page.reload();
  const { snapshot } = await walk(page, { stop: ({ name }) => name === "home" });
  assert.deepEqual(snapshot.history.map(({ case: id, outcome }) => [id, outcome]), [[made.case.id, "success"]]);
  await context.close();
});

test("back leads from the camera to its explainer and to the choice of document", async () => {
  const { page, context } = await person();
  await walk(page, { document: "passport", stop: ({ name }) => name === "camera.closed" });
  for (const screen of ["explainer.front", "documentChoice"]) {
    await say(await look(page), "frame.back");
    await until(screen, async () => (await look(page)).name === screen);
  }
  const { snapshot } = await walk(page, { document: "germanIdCard", stop: ({ name }) => name === "camera.closed" });
  assert.equal(snapshot.case.document, "germanIdCard");
  await context.close();
});

const lost = [/ERR_FAILED/, /could not be loaded/];
const again = (frame) => frame.getByRole("button", { name: "Noch einmal versuchen" }).click();

/** The first so many times that the capture page is opened, its element's file does not come. */
async function loseElement(page, times) {
  let opened = 0;
  page.on("request", (request) => request.isNavigationRequest() && new URL(request.url()).pathname === "/jump/" && (opened += 1));
  await page.route(/\/element\.js/, (route) => (opened <= times ? route.abort() : route.continue()));
}

for (const times of [1, 2]) {
  test(`a capture page whose element is lost ${times === 1 ? "once" : "twice"} says so, and goes on with the case when the person tries again`, async () => {
    const { session } = await backend.create({ lang: "de" });
    const { page, context, faults } = await open(chromium, { viewport: PHONE, allowed: [backend.origin], expected: lost });
    await loseElement(page, times);
    await page.goto(session.url);
    for (let tries = 0; tries < times; tries += 1) {
      await page.getByRole("heading", { name: "Die Seite lädt nicht" }).waitFor();
      assert.equal(await page.evaluate(() => location.hash), "");
      const anew = page.waitForEvent("load");
      await again(page);
      await anew;
    }
    await walk(page, { stop: ({ name }) => name === "register" });
    assert.equal(await page.evaluate(() => JSON.stringify(history.state)), "null");
    assert.deepEqual(faults(), []);
    await context.close();
  });
}

test("a capture page that cannot run its script says so by itself", async () => {
  const { session } = await backend.create({ lang: "de" });
  const { page, context } = await open(chromium, { viewport: PHONE, allowed: [backend.origin], expected: lost });
  await page.route(/\/jump\.js/, (route) => route.abort());
  await page.goto(session.url);
  const words = page.getByText("Die Seite lädt nicht.");
  assert.equal(await words.isVisible(), false);
  await page.evaluate(() => document.getAnimations().forEach((animation) => animation.finish()));
  assert.equal(await words.isVisible(), true);
  await context.close();
});

test("a frame whose element is lost says so, and goes on with the partner's session when the person tries again", async () => {
  const { session } = await backend.create({ lang: "de" });
  const site = await embedding();
  const { page, context, faults } = await open(chromium, { viewport: DESKTOP, allowed: [backend.origin, site.origin], expected: lost });
  await loseElement(page, 2);
  await page.goto(site.origin);
  await page.evaluate((token) => {
    const element = document.createElement("lichtbild-ident");
    element.setAttribute("session", token);
    addEventListener("lichtbild-ident", ({ detail }) => (globalThis.heard = detail.type));
    document.body.append(element);
  }, session.token);
  const frame = page.frameLocator("lichtbild-ident >> iframe");
  for (let tries = 0; tries < 2; tries += 1) {
    const anew = page.waitForEvent("framenavigated");
    await again(frame);
    await anew;
  }
  await walk(page, { stop: ({ name }) => name === "register" });
  assert.ok(await page.evaluate(() => globalThis.heard), "the partner's page hears events");
  assert.deepEqual(faults(), []);
  await context.close();
  site.close();
});

for (const [at, document] of [["camera.live", "passport"], ["camera.recording", "germanIdCard"]]) {
  test(`an element that is removed at ${at} lets go of camera and microphone`, async () => {
    const { page, context, faults } = await person();
    await walk(page, { document, stop: ({ name }) => name === at });
    assert.ok((await page.evaluate(() => globalThis.devicesInUse())) > 0);
    await page.evaluate(() => globalThis.document.querySelector("lichtbild-ident").remove());
    await until("every device is off", async () => (await page.evaluate(() => globalThis.devicesInUse())) === 0, 3000);
    await page.evaluate(() => new Promise((later) => setTimeout(later, 1500)));
    assert.equal(await page.evaluate(() => globalThis.devicesInUse()), 0);
    assert.deepEqual(faults(), []);
    await context.close();
  });
}

test("the script tag's element starts, acts and tells as the npm package's does", async () => {
  const { session } = await backend.create({ lang: "de" });
  const site = await embedding();
  const { page, context, faults } = await open(chromium, { viewport: DESKTOP, allowed: [backend.origin, site.origin] });
  await page.goto(site.origin);
  await page.evaluate((token) => {
    globalThis.heard = [];
    const element = document.createElement("lichtbild-ident");
    element.setAttribute("session", token);
    addEventListener("lichtbild-ident", ({ detail }) => heard.push(detail.type));
    addEventListener("lichtbild-ident-done", ({ detail }) => (globalThis.done = detail));
    element.start().then((receipt) => (globalThis.receipt = receipt), (error) => (globalThis.receipt = { error: String(error) }));
    document.body.append(element);
  }, session.token);
  await walk(page, { stop: ({ name }) => name === "register" });
  await page.evaluate(() => document.querySelector("lichtbild-ident").act({ type: "help" }));
  await walk(page, { stop: ({ name }) => name === "help" });
  await page.evaluate(() => document.querySelector("lichtbild-ident").act({ type: "back" }));
  const { snapshot } = await walk(page, { document: "passport" });
  const receipt = await until("the receipt", () => page.evaluate(() => globalThis.receipt));
  assert.deepEqual(receipt, { case: snapshot.case.id, kennung: snapshot.case.kennung, outcome: "success" });
  const { heard, done } = await page.evaluate(() => ({ heard, done }));
  for (const type of ["changed", "stepChanged", "hintChanged", "done"]) assert.ok(heard.includes(type), `${type} was not told`);
  assert.deepEqual(done, { outcome: "success", kennung: snapshot.case.kennung });
  assert.deepEqual(faults(), []);
  await context.close();
  site.close();
});

