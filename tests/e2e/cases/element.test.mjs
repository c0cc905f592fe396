// The element alone, without a backend: hooks, slots, events, its life in a page, focus, movement.

import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { DESKTOP, browser, open } from "../support/browser.mjs";
import { gallery, put, snapshots } from "../support/gallery.mjs";
import { until } from "../support/net.mjs";

let chromium, place, page, faults, warnings;
const expected = [];
before(async () => {
  [chromium, place] = await Promise.all([browser(), gallery()]);
  const opened = await open(chromium, { viewport: DESKTOP, allowed: [place.origin], expected });
  ({ page } = opened);
  faults = () => opened.faults().splice(0);
  page.on("console", (message) => message.type() === "warning" && warnings.push(message.text()));
});
after(async () => {
  await chromium?.close();
  place?.close();
});
beforeEach(async () => {
  expected.length = 0;
  warnings = [];
  await page.emulateMedia({ reducedMotion: "no-preference" });
  await page.goto(place.origin);
});

const inside = (selector, options) => page.locator(`lichtbild-ident ${selector}`, options);
const text = (selector) => inside(selector).first().innerText();

test("the hook for texts replaces a text, and leaves the others", async () => {
  await put(page, snapshots.register);
  await page.evaluate(() => {
    element.hooks = { text: (key, params) => (key === "register.text" ? `Hallo von ${params.partner}` : undefined) };
  });
  await until("the hook's text", async () => (await text(".lead")) === "Hallo von Musterversicherung");
  assert.equal(await text("h2"), "Weisen Sie sich online aus");
  assert.deepEqual(faults(), []);
});

test("the hooks for instructions and review put the partner's node in place of the picture", async () => {
  await put(page, snapshots.explainer);
  await page.evaluate(() => {
    const own = (name) => (snapshot) => Object.assign(document.createElement("p"), { id: name, textContent: snapshot.screen.type });
    element.hooks = { instructions: own("mine"), review: own("mine") };
  });
  await inside("#mine").waitFor();
  assert.equal(await text("#mine"), "explainer");
  assert.equal(await inside(".film").count(), 0);
  await page.evaluate((next) => capture.show(next), snapshots.review);
  await until("the review's node", async () => (await text("#mine")) === "review");
  assert.equal(await inside("figure").count(), 0);
  assert.deepEqual(faults(), []);
});

test("the partner's node stays the same until there is something else to draw", async () => {
  await put(page, snapshots.explainer);
  await page.evaluate(() => {
    globalThis.made = 0;
    element.hooks = { instructions: () => Object.assign(document.createElement("p"), { id: "mine", textContent: String((made += 1)) }) };
  });
  await inside("#mine").waitFor();
  const first = await text("#mine");
  await page.evaluate(() => element.requestUpdate());
  await page.evaluate(() => element.updateComplete);
  assert.equal(await text("#mine"), first);
});

for (const [hook, snapshot, builtIn] of [
  ["instructions", "explainer", ".film"],
  ["review", "review", "figure"],
  ["text", "register", ".lead"],
]) {
  test(`the hook ${hook} that throws is reported, and the built-in part is shown`, async () => {
    expected.push(/mein Fehler/);
    await put(page, snapshots[snapshot]);
    const reported = page.waitForEvent("pageerror");
    await page.evaluate((name) => {
      element.hooks = { [name]: () => { throw new Error("mein Fehler"); } };
    }, hook);
    assert.match((await reported).message, /mein Fehler/);
    await inside(builtIn).first().waitFor();
    assert.match(await text("h2"), /^(Filmen Sie|Ist alles|Weisen Sie)/);
    assert.deepEqual(faults(), []);
  });
}

test("slots replace texts, states and whole screens", async () => {
  await put(page, snapshots.register);
  await page.evaluate(() => {
    element.innerHTML = `<span slot="register.title">Wer sind Sie?</span><b slot="success" id="state">Bravo</b>
      <p slot="screen-home" id="whole">Unser Anfang</p>`;
  });
  const drawn = (selector) => page.locator(selector).evaluate((node) => node.assignedSlot !== null && node.getClientRects().length > 0);
  assert.ok(await drawn("[slot='register.title']"));
  assert.ok(!(await drawn("#state")));
  await page.evaluate((next) => capture.show(next), snapshots.done);
  await until("the state's slot", () => drawn("#state"));
  assert.equal(await inside(".art svg").isVisible(), false);
  await page.evaluate((next) => capture.show(next), snapshots.home);
  await until("the screen's slot", () => drawn("#whole"));
  assert.equal(await inside("h2").first().isVisible(), false);
  assert.deepEqual(faults(), []);
});

test("a second copy of the same version is nothing; of another version, a warning, and the first stays", async () => {
  const version = () => page.evaluate(() => customElements.get("lichtbild-ident").lichtbildVersion);
  const first = await version();
  await page.evaluate(() => import("/again.js"));
  assert.deepEqual(warnings, []);
  await page.evaluate(() => import("/other.js"));
  await until("the warning", () => warnings.length === 1);
  assert.match(warnings[0], new RegExp(`${first.replaceAll(".", "\\.")} is kept, 9\\.9\\.9 is ignored`));
  assert.equal(await version(), first);
  await put(page, snapshots.register);
  assert.equal(await text("h2"), "Weisen Sie sich online aus");
  assert.deepEqual(faults(), []);
});

test("a browser without cryptography hears what is missing, and so does the page", async () => {
  await page.evaluate(() => {
    Object.defineProperty(crypto, "subtle", { value: undefined, configurable: true });
    document.body.innerHTML = `<div id="one"></div><div id="two"></div>`;
    globalThis.heard = [];
    addEventListener("lichtbild-ident-error", ({ detail }) => heard.push(detail));
    one.innerHTML = `<lichtbild-ident session="lbs_abc" lang="de"></lichtbild-ident>`;
    globalThis.element = one.firstChild;
  });
  await inside("h2").waitFor({ state: "attached" });
  await until("the screen", async () => (await text("h2")) === "Mit diesem Browser klappt es leider nicht");
  assert.deepEqual(await page.evaluate(() => heard), [{ code: "unsupported.crypto", retryable: false }]);
  assert.equal(await page.evaluate(() => element.start().catch((error) => error.code)), "unsupported.crypto");
});

test("moving the node keeps its capture; removing it lets go", async () => {
  await page.evaluate(() => {
    Object.defineProperty(crypto, "subtle", { value: undefined, configurable: true });
    document.body.innerHTML = `<div id="one"><lichtbild-ident session="lbs_abc"></lichtbild-ident></div><div id="two"></div>`;
    globalThis.element = one.firstChild;
  });
  const shown = () => page.evaluate(async () => {
    await new Promise((later) => setTimeout(later, 50));
    return element.snapshot.screen.type;
  });
  await until("its own capture", async () => (await shown()) === "requirements");
  await page.evaluate(() => {
    globalThis.before = element.snapshot;
    two.append(element);
  });
  assert.equal(await shown(), "requirements");
  assert.ok(await page.evaluate(() => element.snapshot === before), "it was begun anew");
  await page.evaluate(() => element.remove());
  assert.equal(await shown(), "loading");
  await page.evaluate(() => one.append(element));
  await until("a new capture", async () => (await shown()) === "requirements");
});

test("a session that is set later begins anew, and the same one does not", async () => {
  await page.evaluate(() => {
    Object.defineProperty(crypto, "subtle", { value: undefined, configurable: true });
    document.body.innerHTML = `<lichtbild-ident lang="de"></lichtbild-ident>`;
    globalThis.element = document.body.firstChild;
  });
  await until("the first capture", () => page.evaluate(() => element.snapshot.screen.type === "requirements"));
  const anew = (session) =>
    page.evaluate(async (session) => {
      const before = element.snapshot;
      element.session = session;
      await new Promise((later) => setTimeout(later, 100));
      return element.snapshot !== before && element.snapshot.screen.type === "requirements";
    }, session);
  assert.equal(await anew("lbs_abc"), true);
  assert.equal(await anew("lbs_abc"), false);
  assert.equal(await anew("lbs_def"), true);
});

test("a capture made elsewhere is never disposed by the element, and is followed again when the element comes back", async () => {
  await put(page, snapshots.register);
  await page.evaluate(async () => {
    element.remove();
    await new Promise((later) => setTimeout(later, 50));
    document.body.append(element);
    await new Promise((later) => setTimeout(later, 50));
  });
  assert.equal(await page.evaluate(() => capture.disposed), 0);
  await page.evaluate((next) => capture.show(next), snapshots.consents);
  await until("the next screen", async () => (await text("h2")) === "Ihr Einverständnis");
});

test("files that cannot be loaded end in words, ways on and an event", async () => {
  expected.push(/404/, /lichtbild: network\.unreachable/, /page_bg\.wasm/);
  await page.evaluate(() => {
    document.body.innerHTML = `<lichtbild-ident session="lbs_abc" lang="de"></lichtbild-ident>`;
    globalThis.element = document.body.firstChild;
    globalThis.heard = [];
    element.addEventListener("lichtbild-ident-error", ({ detail }) => heard.push(detail.code));
    element.config = { assets: { base: "/nowhere/" } };
  });
  await until("the failure", async () => (await inside("h2").count()) > 0 && (await text("h2")) === "Wir sind gerade nicht zu erreichen");
  assert.deepEqual(await page.evaluate(() => heard), ["network.unreachable"]);
  await inside("button", { hasText: "Noch einmal versuchen" }).first().click();
  await until("another try", () => page.evaluate(() => heard.length === 2));
  assert.deepEqual(faults(), []);
});

// Requests for these files get no answer: the first so many of them, or those that `which` names.
async function lose(files, which = () => true) {
  expected.push(/ERR_FAILED/, /could not be loaded/, /network\.unreachable/);
  let count = 0;
  await page.route(files, (route) => (which((count += 1), new URL(route.request().url())) ? route.abort() : route.continue()));
  return () => page.unroute(files);
}
const LATER = /\/later-[^/]*\.js/;
const WORDS = /\/(de|en)\.[^/]*\.js/;
const retry = () => inside("button", { hasText: "Noch einmal versuchen" }).first().click();
const headed = (title) => until(title, async () => (await inside("h2").count()) > 0 && (await text("h2")) === title);
const failures = () => page.evaluate(() => heard.filter(([type]) => type === "lichtbild-ident-error").map(([, { code }]) => code));

test("the later screens come by themselves if their file was lost once, also where the browser keeps what was lost", async () => {
  for (const which of [(count) => count === 1, (_, { search }) => search === ""]) {
    const found = await lose(LATER, which);
    await put(page, snapshots.register);
    await page.evaluate((next) => capture.show(next), snapshots.consents);
    await headed("Ihr Einverständnis");
    assert.deepEqual(await failures(), []);
    await found();
    await page.goto(place.origin);
  }
  assert.deepEqual(faults(), []);
});

test("the later screens come when the person tries again, if their file was lost twice", async () => {
  const found = await lose(LATER, (count) => count <= 2);
  await put(page, snapshots.register);
  await until("the failure", async () => (await failures()).length === 1);
  assert.equal(await text("h2"), "Weisen Sie sich online aus");
  await page.evaluate((next) => capture.show(next), snapshots.consents);
  await headed("Ein Teil der Seite fehlt noch");
  await retry();
  await headed("Ihr Einverständnis");
  await found();
  assert.deepEqual(faults(), []);
});

test("who tries again in vain for the later screens gets the page anew, unless that cannot be reached", async () => {
  const found = await lose(LATER);
  const back = await lose(`${place.origin}/`, (_, { pathname }) => pathname === "/");
  await put(page, snapshots.consents);
  await headed("Ein Teil der Seite fehlt noch");
  await retry();
  await until("the second failure", async () => (await failures()).length === 2);
  await headed("Ein Teil der Seite fehlt noch");
  await back();
  const anew = page.waitForEvent("load");
  await retry();
  await anew;
  await found();
  await put(page, snapshots.consents);
  await headed("Ihr Einverständnis");
  assert.deepEqual(faults(), []);
});

test("where no language's words can be loaded there is something to read, an event, and a way on", async () => {
  const found = await lose(WORDS);
  await put(page, snapshots.register);
  await headed("Ein Teil der Seite fehlt noch");
  assert.equal(await inside(".frame").getAttribute("lang"), "de");
  assert.deepEqual(await failures(), ["network.unreachable"]);
  await found();
  await retry();
  await headed("Weisen Sie sich online aus");
  assert.deepEqual(faults(), []);
});

test("where one language's words are lost the other's are shown", async () => {
  const found = await lose(/\/de\.[^/]*\.js/);
  await put(page, snapshots.register);
  await until("English", async () => (await inside(".frame").getAttribute("lang")) === "en");
  assert.notEqual(await text("h2"), "");
  await found();
  assert.deepEqual(faults(), []);
});

test("events come out whole, the last two also under their own names", async () => {
  await put(page, snapshots.register);
  await page.evaluate((shown) => {
    capture.show(shown, { type: "failed", code: "camera.in_use", retryable: true });
    capture.show(shown, { type: "done", outcome: "success", kennung: "82d82c7" });
  }, snapshots.done);
  assert.deepEqual(await page.evaluate(() => heard), [
    ["lichtbild-ident", { type: "failed", code: "camera.in_use", retryable: true }],
    ["lichtbild-ident-error", { code: "camera.in_use", retryable: true }],
    ["lichtbild-ident", { type: "done", outcome: "success", kennung: "82d82c7" }],
    ["lichtbild-ident-done", { outcome: "success", kennung: "82d82c7" }],
  ]);
});

test("a listener may act at once, within an event", async () => {
  await put(page, snapshots.register);
  await page.evaluate((next) => {
    capture.answers = ({ type }) => type === "continue" && capture.show(next, { type: "stepChanged", step: "consents" });
    element.addEventListener("lichtbild-ident", ({ detail }) => detail.type === "stepChanged" && element.act({ type: "tick", id: "terms", on: true }));
  }, snapshots.consents);
  await inside("[part~='primary-button']").click();
  await until("the next screen", async () => (await text("h2")) === "Ihr Einverständnis");
  assert.deepEqual(await page.evaluate(() => capture.acts), [{ type: "continue" }, { type: "tick", id: "terms", on: true }]);
  assert.deepEqual(faults(), []);
});

test("the way back is taken, unless a listener prevents it", async () => {
  await put(page, snapshots.done);
  const leave = { type: "leave", url: `${place.origin}/?back` };
  await page.evaluate(([shown, event]) => {
    element.addEventListener("lichtbild-ident", (heard) => heard.preventDefault(), { once: true });
    capture.show(shown, event);
  }, [snapshots.done, leave]);
  await page.evaluate(() => new Promise((later) => setTimeout(later, 100)));
  assert.equal(page.url(), `${place.origin}/`);
  await page.evaluate(([shown, event]) => capture.show(shown, event), [snapshots.done, leave]);
  await page.waitForURL(leave.url);
});
