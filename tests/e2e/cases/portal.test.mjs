// A person signs up at the demo's partner and identifies: in a frame and inline, at a desk and on a phone, in German and English.
// The portal believes its signed webhook and nothing else, tells nobody of suspected fraud, and has a way on after every end. What the
// backend then holds is byte for byte what the browser recorded.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import path from "node:path";
import { after, before, test } from "node:test";
import { violations } from "../support/axe.mjs";
import { browser, DESKTOP, open, out, PHONE } from "../support/browser.mjs";
import { sleep, until } from "../support/net.mjs";
import { look, MAIN, tap, walk } from "../support/person.mjs";
import { ANNA, choosePlan, heading, hearingPortal, portalWords, signUp } from "../support/portal.mjs";
import { Backend } from "../support/server.mjs";

let live, sandbox, chromium;
before(async () => {
  chromium = await browser();
  const [first, second] = await Promise.all([Backend.start(), Backend.start()]);
  live = { backend: first, portal: await hearingPortal(first, first.keys.live), key: first.keys.live };
  sandbox = { backend: second, portal: await hearingPortal(second, second.keys.sandbox), key: second.keys.sandbox };
});
after(async () => {
  await chromium?.close();
  for (const side of [live, sandbox]) {
    await side?.portal.stop();
    await side?.backend.stop();
  }
});

async function visit({ backend, portal }, { where = "/", ...how } = {}) {
  const opened = await open(chromium, { ...how, allowed: [backend.origin, portal.origin] });
  await opened.page.goto(portal.origin + where);
  return opened;
}

/** Looks at each of the portal's screens: a photograph, and axe. */
function inspector(page, name) {
  const blemishes = [];
  let shots = 0;
  const inspect = async (screen) => {
    await sleep(300);
    await page.screenshot({ path: path.join(out, `portal-${name}-${(shots += 1)}-${screen}.png`), fullPage: true });
    blemishes.push(...(await violations(page.mainFrame())).map((line) => `${screen}: ${line}`));
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (over > 0) blemishes.push(`${screen}: ${over} px too wide`);
    const cut = await page.evaluate(() => [...document.querySelectorAll("dt:not(.sr), dd")].filter((node) => node.scrollWidth > node.clientWidth + 1).map((node) => node.textContent));
    blemishes.push(...cut.map((text) => `${screen}: beyond its column: ${text}`));
  };
  return { inspect, blemishes };
}

const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");

/** What was handed in is on the server as promised, and videos as the browser's recorder gave them out. */
async function sameBytes({ backend, key }, kase, recorded, receipts) {
  assert.equal(receipts.filter(({ kind }) => kind === "video").length, 2);
  assert.ok(receipts.some(({ kind }) => kind === "still"));
  for (const receipt of receipts) {
    const bytes = await backend.media(kase, receipt.artifact, key);
    assert.deepEqual([bytes.length, sha256(bytes)], [receipt.length, receipt.sha256], receipt.artifact);
    if (receipt.kind === "video") assert.ok(recorded.some((it) => it.sha256 === receipt.sha256), "the recorder gave out other bytes");
  }
}

const told = (page) => page.evaluate(async () => (await (await fetch("/api/application")).json()).application.identification?.told);
const kennung = async (page) => (await look(page)).snapshot?.case?.kennung;

async function ended({ backend, key }, known) {
  const { items } = await backend.call("GET", "/v1/cases", undefined, { key });
  return items.find((one) => one.kennung === known);
}

const journeys = [
  { name: "desktop-de-frame", side: () => live, viewport: DESKTOP, lang: "de", theme: "light", document: "germanIdCard" },
  { name: "phone-en-frame", side: () => sandbox, viewport: PHONE, lang: "en", theme: "dark", document: "passport" },
  { name: "phone-de-inline", side: () => live, viewport: PHONE, lang: "de", theme: "light", document: "passport", where: "/?mode=inline" },
  { name: "desktop-en-inline", side: () => sandbox, viewport: DESKTOP, lang: "en", theme: "dark", document: "germanIdCard", where: "/?mode=inline" },
];

for (const { name, side, viewport, lang, theme, document, where } of journeys) {
  test(`${name}: from the tariff to the success that the signed webhook brings`, async () => {
    const { backend, portal, key } = side();
    const words = portalWords(lang);
    const { context, page, faults, receipts } = await visit(side(), { viewport, lang, theme, where });
    const { inspect, blemishes } = inspector(page, name);
    const heard = [];
    page.on("request", (request) => heard.push(request.url()));
    await signUp(page, lang, { onScreen: inspect });
    await walk(page, { stop: (now) => now.name === "register" });
    await inspect("identification");
    const known = await kennung(page);
    const isFrame = await page.evaluate(() => Boolean(globalThis.document.querySelector("lichtbild-ident").shadowRoot.querySelector("iframe")));
    assert.equal(isFrame, !where, "frame or inline, as the address says");

    const agree = await walk(page, { stop: (now) => now.name === "consents" });
    const texts = await agree.frame.locator("lichtbild-ident a[target=_blank]").evaluateAll((links) => links.map(({ href }) => href));
    assert.ok(texts.length === 3 && texts.every((text) => text.startsWith(`${backend.origin}/legal/`)), texts.join(" "));
    let recorded = [];
    const { snapshot } = await walk(page, { document, onScreen: async (_, now) => (recorded = await now.frame.evaluate(() => globalThis.recordedHere)) });
    assert.equal(snapshot.screen.outcome, "success");
    await sameBytes(side(), (await ended(side(), known)).id, recorded, receipts);
    // On a phone the person presses the last button; at a desk the page goes on by itself.
    if (viewport === PHONE) await tap(await look(page), MAIN);
    await heading(page, words["identified.title"]).waitFor({ timeout: 20_000 });
    await inspect("identified");
    const text = await page.locator("main").innerText();
    assert.ok(text.includes(`${ANNA.firstName} ${ANNA.lastName}`) && text.includes(ANNA.email));

    assert.equal((await ended(side(), known)).state, "verified");
    const deliveries = await backend.call("GET", "/v1/webhook/deliveries", undefined, { key });
    const { id } = await ended(side(), known);
    assert.equal(deliveries.find((one) => one.event === "case.ended" && one.case === id).status, 204);
    assert.match(portal.log(), new RegExp(`case\\.ended ${known} .*verified`));

    for (const secret of [ANNA.lastName, ANNA.street, ANNA.email, encodeURIComponent(ANNA.email)]) {
      assert.ok(!heard.some((url) => url.includes(secret)), "personal data in an address");
      assert.ok(!portal.log().includes(secret) && !backend.log.includes(secret), "personal data in a log");
    }
    assert.deepEqual(blemishes, []);
    assert.deepEqual(faults(), []);
    await context.close();
  });
}

test("only a sandbox key has the developers' panel", async () => {
  for (const side of [live, sandbox]) {
    const { context, page } = await visit(side, { lang: "en" });
    await heading(page, portalWords("en")["tariff.title"]).waitFor();
    assert.equal(await page.locator("#developer details").count(), side === sandbox ? 1 : 0);
    assert.equal(await page.locator("#sandbox").isVisible(), side === sandbox);
    await context.close();
  }
});

test("suspected fraud looks to the person exactly as success does", async () => {
  const seen = [];
  for (const plan of ["success", "fraud-suspected"]) {
    const { context, page, faults } = await visit(sandbox, { viewport: PHONE, lang: "de" });
    await heading(page, portalWords("de")["tariff.title"]).waitFor();
    if (plan !== "success") await choosePlan(page, "de", plan);
    await signUp(page, "de");
    await walk(page, { document: "passport" });
    const known = await kennung(page);
    await tap(await look(page), MAIN);
    await heading(page, portalWords("de")["identified.title"]).waitFor();
    const { order } = await page.evaluate(async () => (await (await fetch("/api/application")).json()).application);
    const screen = await page.locator("main").innerHTML();
    seen.push({ screen: screen.replaceAll(order, "ORDER"), title: await page.title(), told: await told(page) });
    assert.equal((await ended(sandbox, known)).state, plan === "success" ? "verified" : "fraud_suspected");
    assert.deepEqual(faults(), []);
    await context.close();
  }
  assert.deepEqual(seen[0], seen[1]);
  assert.match(sandbox.portal.log(), /fraud_suspected: a clerk looks at it/);
});

test("after a refusal the page says so and leads to a new identification, or to the phone", async () => {
  const words = portalWords("en");
  const { context, page, faults } = await visit(sandbox, { viewport: PHONE, lang: "en" });
  const { inspect, blemishes } = inspector(page, "rejected");
  await heading(page, words["tariff.title"]).waitFor();
  await choosePlan(page, "en", "rejected");
  await inspect("developer");
  await signUp(page, "en");
  await walk(page, { document: "passport" });
  const first = await kennung(page);
  await page.locator(".ended button").waitFor();
  await inspect("ended");
  await page.locator(".ended button").click();
  await heading(page, words["rejected.title"]).waitFor();
  await inspect("rejected");
  assert.ok((await page.locator("main").innerText()).includes(first), "the person has the reference at hand when calling");
  assert.equal(await page.locator("main a[href^='tel:']").count(), 1);

  await page.reload();
  await heading(page, words["rejected.title"]).waitFor();
  await page.getByRole("button", { name: words.again, exact: true }).click();
  await walk(page, { stop: (now) => now.name === "register" });
  assert.notEqual(await kennung(page), first);
  assert.deepEqual(blemishes, []);
  assert.deepEqual(faults(), []);
  await context.close();
});

test("what the person entered survives a reload, and the identification goes on where it was", async () => {
  const words = portalWords("de");
  const { context, page, faults } = await visit(sandbox, { lang: "de" });
  await heading(page, words["tariff.title"]).waitFor();
  await page.getByRole("button", { name: words.next, exact: true }).click();
  await page.locator("#firstName").fill(ANNA.firstName);
  await page.locator("#lastName").focus();
  await until("the portal has it", () => page.evaluate(async () => (await (await fetch("/api/application")).json()).application.person.firstName));
  await page.reload();
  assert.equal(await page.locator("#firstName").inputValue(), ANNA.firstName);

  await page.goto(`${sandbox.portal.origin}/`);
  await heading(page, words["person.title"]).waitFor();
  await page.getByRole("button", { name: words.back, exact: true }).click();
  await signUp(page, "de");
  await walk(page, { document: "passport", stop: (now) => now.name === "camera.live" });
  const known = await kennung(page);
  await page.reload();
  await heading(page, words["identification.title"]).waitFor();
  const { snapshot, trace } = await walk(page, { document: "passport" });
  assert.equal(snapshot.case.kennung, known);
  assert.ok(!trace.includes("consents"), trace.join(" → "));
  await heading(page, words["identified.title"]).waitFor();
  assert.deepEqual(faults(), []);
  await context.close();
});

test("another language can be chosen at any time, also in the middle of the identification", async () => {
  const { context, page, faults } = await visit(sandbox, { lang: "de" });
  await signUp(page, "de");
  await walk(page, { stop: (now) => now.name === "consents" });
  await page.locator("#langs button[lang=en]").click();
  await heading(page, portalWords("en")["identification.title"]).waitFor();
  await until("the component speaks it too", async () => (await look(page)).frame.evaluate(() => document.querySelector("lichtbild-ident").lang === "en"));
  assert.equal((await look(page)).name, "consents");
  assert.equal(await page.evaluate(() => document.documentElement.lang), "en");
  assert.deepEqual(faults(), []);
  await context.close();
});

test("a forged webhook and a page of another origin change nothing", async () => {
  const { origin } = sandbox.portal;
  const { context, page } = await visit(sandbox, { lang: "de" });
  await signUp(page, "de");
  await walk(page, { stop: (now) => now.name === "register" });
  const { id } = await ended(sandbox, await kennung(page));
  const event = JSON.stringify({ type: "case.ended", timestamp: new Date().toISOString(), data: { case: id, kennung: id.slice(0, 7), state: "verified" } });
  const headers = { "content-type": "application/json", "webhook-id": "msg_1", "webhook-timestamp": String(Math.floor(Date.now() / 1000)), "webhook-signature": "v1,AAAA" };
  assert.equal((await fetch(`${origin}/webhook`, { method: "POST", headers, body: event })).status, 400);
  assert.equal(await told(page), undefined);
  const cookie = (await context.cookies(origin)).find(({ name }) => name === "musterversicherung");
  assert.deepEqual([cookie.httpOnly, cookie.sameSite], [true, "Lax"]);
  const foreign = { "content-type": "application/json", origin: "https://elsewhere.example", cookie: `${cookie.name}=${cookie.value}` };
  assert.equal((await fetch(`${origin}/api/application`, { method: "DELETE", headers: foreign })).status, 403);
  await context.close();
});

test("a browser that comes back without an application is told that it may be closed", async () => {
  const { context, page, faults } = await visit(sandbox, { viewport: PHONE, lang: "de", where: "/done" });
  const { inspect, blemishes } = inspector(page, "elsewhere");
  await heading(page, portalWords("de")["elsewhere.title"]).waitFor();
  await inspect("elsewhere");
  assert.deepEqual([...blemishes, ...faults()], []);
  await context.close();
});
