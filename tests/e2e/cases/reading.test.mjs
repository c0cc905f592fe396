// The element for people who do not use it with eyes and mouse alone: focus, announcements, keyboard, movement, language.

import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { PHONE, browser, open } from "../support/browser.mjs";
import { gallery, put, snapshots } from "../support/gallery.mjs";
import { until } from "../support/net.mjs";

let chromium, place, context, page, faults;
before(async () => {
  [chromium, place] = await Promise.all([browser(), gallery()]);
});
after(async () => {
  await chromium?.close();
  place?.close();
});
beforeEach(async () => {
  await context?.close();
  ({ context, page, faults } = await open(chromium, { viewport: PHONE, allowed: [place.origin] }));
  await page.goto(place.origin);
});

const inside = (selector) => page.locator(`lichtbild-ident ${selector}`);
const text = (selector) => inside(selector).first().innerText();
const show = (snapshot) => page.evaluate((next) => capture.show(next), snapshot);
const focused = () => page.evaluate(() => element.shadowRoot.activeElement?.textContent.trim());
const running = () => page.evaluate(() => element.shadowRoot.getAnimations().filter(({ playState, effect }) => playState === "running" && effect.target.closest(".film-picture")).length);

test("the page's focus is left alone until the person has acted, then it follows the heading", async () => {
  await put(page, snapshots.register);
  await show(snapshots.consents);
  await until("the next screen", async () => (await text("h2")) === "Ihr Einverständnis");
  assert.equal(await focused(), undefined);
  await inside("label").first().click();
  await show(snapshots["permissions"]);
  await until("the focus", async () => (await focused()) === "Kamera und Mikrofon freigeben");
});

test("a screen that only changes within keeps the focus where it is", async () => {
  await put(page, snapshots.consents);
  await inside("input").first().focus();
  await page.keyboard.press("Space");
  await show({ ...snapshots.consents, screen: { ...snapshots.consents.screen, busy: true } });
  await page.evaluate(() => element.updateComplete);
  assert.equal(await page.evaluate(() => element.shadowRoot.activeElement?.localName), "input");
});

test("when what had the focus goes from the screen, the heading gets it", async () => {
  const asking = { type: "permissions", camera: { state: "asking" }, microphone: { state: "open" } };
  await put(page, { ...snapshots.permissions, screen: { ...asking, camera: { state: "open" } } });
  await inside("button.compact").first().click();
  assert.deepEqual(await page.evaluate(() => capture.acts), [{ type: "askCamera" }]);
  await show({ ...snapshots.permissions, screen: asking });
  await until("the focus", async () => (await focused()) === "Kamera und Mikrofon freigeben");
});

test("who started a recording by keyboard can stop it by keyboard", async () => {
  const recording = snapshots["camera, recording"];
  const at = (stage) => ({ ...recording, screen: { ...recording.screen, stage } });
  await put(page, at({ type: "live" }));
  await inside(".shutter").focus();
  await page.keyboard.press("Enter");
  await show(at({ ...recording.screen.stage, canStop: true }));
  await until("the focus", async () => (await focused()) === "Stopp");
  await page.keyboard.press("Enter");
  assert.deepEqual(await page.evaluate(() => capture.acts), [{ type: "record" }, { type: "stopRecording" }]);
});

test("everything that can be pressed can be reached and pressed by keyboard", async () => {
  await put(page, snapshots.documentChoice);
  await inside("[part~='choice']").first().focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Space");
  assert.deepEqual(await page.evaluate(() => capture.acts), [
    { type: "chooseDocument", kind: "germanIdCard" },
    { type: "chooseDocument", kind: "germanIdCardLaminated" },
  ]);
});

test("cancelling asks first; the safe answer has the focus", async () => {
  await put(page, snapshots.consents);
  await inside("[part~='cancel-button']").click();
  await inside("dialog[open]").waitFor();
  assert.equal(await focused(), "Weitermachen");
  await page.keyboard.press("Escape");
  assert.deepEqual(await page.evaluate(() => capture.acts), []);
  await inside("[part~='cancel-button']").click();
  await inside("dialog .secondary").click();
  assert.deepEqual(await page.evaluate(() => capture.acts), [{ type: "cancel" }]);
  assert.equal(await inside("dialog[open]").count(), 0);
});

test("a busy button can be pressed without anything happening twice", async () => {
  await put(page, { ...snapshots.register, screen: { type: "register", busy: true } });
  await inside("[part~='primary-button']").click({ force: true });
  assert.deepEqual(await page.evaluate(() => capture.acts), []);
  assert.equal(await inside("[part~='primary-button']").getAttribute("aria-busy"), "true");
});

test("hints and words are spoken, hints in their spoken form", async () => {
  await put(page, snapshots["camera, recording"]);
  const live = inside("[aria-live='polite']");
  await until("the hint", async () => (await live.textContent()) === "Bitte halten Sie still.");
  await show(snapshots["camera, word"]);
  await until("the word", async () => (await live.textContent()) === "Sprechen Sie jetzt laut: Sommer");
});

test("an explainer plays by itself and can be paused, shown picture by picture, and played again", async () => {
  await page.clock.install();
  await put(page, snapshots.explainer);
  const caption = () => text(".caption");
  const first = await caption();
  assert.ok((await running()) > 0, "nothing moves");
  await page.clock.runFor(4300);
  const second = await caption();
  assert.notEqual(second, first);
  await inside("[aria-label='Anhalten']").click();
  await page.clock.runFor(20_000);
  assert.equal(await caption(), second);
  assert.equal(await running(), 0);
  await inside(".film-dot").first().click();
  assert.equal(await caption(), first);
  await inside("[aria-label='Abspielen']").click();
  await page.clock.runFor(4300);
  assert.equal(await caption(), second);
});

test("with less motion wanted an explainer stands still, all pictures at once", async () => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.clock.install();
  await put(page, snapshots.explainer);
  assert.equal(await inside(".stills li").count(), 4);
  assert.equal(await inside(".film").count(), 0);
  assert.equal(await running(), 0);
  await page.clock.runFor(20_000);
  assert.equal(await inside(".stills li").count(), 4);
  await page.emulateMedia({ reducedMotion: "no-preference" });
  await inside(".film").waitFor();
});

test("every caption is there for screen readers, whatever picture is on", async () => {
  await put(page, snapshots.explainer);
  assert.equal(await inside(".film ol li").count(), 4);
});

test("the language follows the attribute, then the case, and marks itself", async () => {
  await put(page, snapshots.register);
  assert.equal(await inside(".frame").getAttribute("lang"), "de");
  await page.evaluate(() => (element.lang = "en-GB"));
  await until("English", async () => (await text("h2")) === "Verify your identity online");
  assert.equal(await inside(".frame").getAttribute("lang"), "en");
  await page.evaluate(() => (element.lang = ""));
  await until("the case's language", async () => (await text("h2")) === "Weisen Sie sich online aus");
});

test("a passport has a photo page, not a front", async () => {
  const passport = (snapshot) => ({ ...snapshot, case: { ...snapshot.case, document: "passport" } });
  for (const name of ["explainer", "camera, closed", "camera, opening", "review"]) {
    await put(page, passport(snapshots[name]));
    const words = await page.evaluate(() => element.shadowRoot.querySelector(".frame").textContent);
    assert.doesNotMatch(words, /Vorderseite/, name);
  }
});

test("a code that this version does not know still ends in words and ways on", async () => {
  await put(page, { ...snapshots.failed, screen: { type: "failed", code: "camera.on_fire", waysOn: ["retry", "help"] } });
  assert.equal(await text("h2"), "Da ist bei uns etwas schiefgegangen");
  assert.equal(await text(".code[part='code']"), "camera.on_fire");
  assert.equal(await inside("[part='actions'] button").count(), 2);
});

test("every way on that a screen offers can be seen, and taken", async () => {
  const waysOn = ["retake", "retry", "otherCamera", "otherDevice", "otherDocument", "openInBrowser", "backToPartner", "help"];
  await put(page, { ...snapshots.failed, screen: { type: "failed", code: "camera.failed", waysOn } });
  const buttons = inside("[part='actions'] button");
  assert.equal(await buttons.count(), waysOn.length);
  for (let index = 0; index < waysOn.length; index += 1) if (waysOn[index] !== "openInBrowser") await buttons.nth(index).click();
  const taken = await page.evaluate(() => capture.acts);
  assert.deepEqual(taken, waysOn.filter((way) => way !== "openInBrowser").map((way) => (way === "help" ? { type: "help" } : { type: "take", way })));
  assert.deepEqual(faults(), []);
});
