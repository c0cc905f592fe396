// The partner's dashboard against the real backend, with cases that a person took in the component: signing in, list, detail with
// recordings that play, sandbox marks, suspected fraud, new cases, erasure and the webhook. Phone and desktop, German and English.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { after, before, test } from "node:test";
import { violations } from "../support/axe.mjs";
import { browser, DESKTOP, open, out, PHONE } from "../support/browser.mjs";
import { sleep, until } from "../support/net.mjs";
import { walk } from "../support/person.mjs";
import { receiver } from "../support/receiver.mjs";
import { Backend } from "../support/server.mjs";
import { giveKey } from "../support/staff.mjs";

const WORDS = {
  de: {
    verified: "Bestätigt", fraud: "Betrugsverdacht", created: "Noch nicht geöffnet", passed: "Bestanden", refused: /nicht bekannt oder wurde widerrufen/, form: /beginnen/, ended: /gilt nicht mehr/,
    silence: /Erfolgsbildschirm gesehen\. Sagen Sie ihr nichts davon/, rehearsal: /Probe/, erased: /wurde gelöscht/, once: /nur dieses eine Mal/,
    erase: "Löschen", eraseGo: "Endgültig löschen", delivered: "Zugestellt", replay: /^Noch einmal senden/, replace: "Ersetzen", remove: "Löschen", removeGo: "Webhook löschen",
    setHook: "Webhook einrichten", none: "Kein Webhook eingerichtet", gone: "Diesen Vorgang gibt es nicht", retry: "Noch einmal versuchen", matches: /haben diesen SHA-256/, make: "Vorgang anlegen", pause: "Aktualisierung anhalten",
  },
  en: {
    verified: "Verified", fraud: "Suspected fraud", created: "Not opened yet", passed: "Passed", refused: /not known or was revoked/, form: /has to begin/, ended: /no longer valid/,
    silence: /saw the ordinary success screen\. Do not tell them/, rehearsal: /[Rr]ehearsal/, erased: /was erased/, once: /shown this once/,
    erase: "Erase", eraseGo: "Erase for good", delivered: "Delivered", replay: /^Send again/, replace: "Replace", remove: "Delete", removeGo: "Delete webhook",
    setHook: "Set webhook", none: "No webhook is set", gone: "This case does not exist", retry: "Try again", matches: /have this SHA-256/, make: "Make case", pause: "Pause updates",
  },
};

const looks = [
  { name: "desktop-de-light", viewport: DESKTOP, lang: "de", theme: "light" },
  { name: "phone-en-dark", viewport: PHONE, lang: "en", theme: "dark" },
];

let backend, chromium, hook;
const cases = {};
before(async () => {
  [backend, chromium, hook] = await Promise.all([Backend.start(), browser(), receiver()]);
  hook.trust((await backend.hear(hook.url)).secret);
  const wishes = { live: {}, success: { sandbox: { outcome: "success" } }, fraud: { sandbox: { outcome: "fraud_suspected" } } };
  for (const [name, wish] of Object.entries(wishes)) cases[name] = await taken({ reference: `order-${name}`, ...wish });
});
after(async () => {
  await chromium?.close();
  await backend?.stop();
  hook?.close();
});

/** A case that a person took to its end. */
async function taken(wish) {
  const made = await backend.create({ lang: "en", ...wish });
  const { context, page } = await open(chromium, { viewport: PHONE, lang: "en", allowed: [backend.origin] });
  await page.goto(made.session.url);
  await walk(page, { document: "passport" });
  await context.close();
  return made.case;
}

/** A dashboard in front of a member of staff; with a key: signed in. */
async function staff({ key, where = "", name, ...look }, expected = []) {
  const opened = await open(chromium, { allowed: [backend.origin], expected, ...look });
  const { page } = opened;
  const words = WORDS[look.lang ?? "de"];
  await page.goto(`${backend.origin}/dashboard/${where}`);
  if (key) await signIn(page, key);
  let shots = 0;
  /** Photographs the screen and asks axe about it. */
  const proper = async (what) => {
    await sleep(400);
    await page.screenshot({ path: path.join(out, `dashboard-${name}-${String((shots += 1)).padStart(2, "0")}-${what}.png`) });
    assert.deepEqual(await violations(page.mainFrame()), [], what);
    const width = await page.evaluate(() => document.documentElement.scrollWidth - screen.width);
    assert.ok(width <= 0, `${what} is ${width} px wider than the screen`);
  };
  return { ...opened, words, proper };
}

async function signIn(page, key) {
  await giveKey(page, key);
  await page.locator("#mode").waitFor();
}

const row = (page, kase) => page.locator(`tr[data-case="${kase.id}"]`);

// A recording that was begun and given up may lie beside it.
const handedIn = (report, wanted) => report.media.find(({ kind, submitted }) => kind === wanted && submitted);

/** Every check of the report stands in a table, with its words. */
async function checksShown(page, report, words) {
  const checks = report.attempts.flatMap((attempt) => attempt.checks);
  assert.ok(checks.length > 10);
  assert.equal(await page.locator("tr[data-check]").count(), checks.length);
  for (const item of report.media) {
    const card = page.locator(`[data-artifact="${item.artifact}"]`);
    const own = checks.filter(({ artifact }) => artifact === item.artifact);
    assert.equal(await card.locator("tr[data-check]").count(), own.length);
    if (item.submitted) assert.match(item.sha256 ?? "", /^[0-9a-f]{64}$/, item.artifact);
    if (item.sha256) assert.match(await card.innerText(), new RegExp(item.sha256));
  }
  // Steps without a picture have checks that could not be made.
  const sharp = checks.find(({ kind, artifact, result }) => kind === "sharpness" && artifact && result === "ok");
  const line = page.locator(`[data-artifact="${sharp.artifact}"] tr[data-check="sharpness"]`);
  assert.match(await line.innerText(), new RegExp(words.passed));
  assert.match((await line.innerText()).replace(",", "."), new RegExp(String(Math.round(sharp.measured * 100) / 100)));
}

/** The video's bytes come with progress, are those of the server, and play. */
async function videoPlays(page, report, words) {
  const { artifact } = handedIn(report, "video");
  const card = page.locator(`[data-artifact="${artifact}"]`);
  await card.locator(".viewer button").click();
  const video = card.locator("video");
  await video.waitFor();
  const time = () => video.evaluate((element) => element.currentTime);
  await until("the video plays", async () => (await time()) > 0.3);
  const digest = card.locator(".digest:not(:empty)");
  await digest.waitFor();
  assert.match(await digest.innerText(), words.matches);
  assert.ok(await video.evaluate((element) => element.videoWidth > 0 && element.src.startsWith("blob:")));
  await video.evaluate((element) => element.pause());
  await video.scrollIntoViewIfNeeded();
}

/** The downloaded file is byte for byte what the report says. */
async function downloads(page, report) {
  const item = handedIn(report, "video");
  const [download] = await Promise.all([page.waitForEvent("download"), page.locator(`[data-artifact="${item.artifact}"] .recording-facts > .button`).click()]);
  assert.match(download.suggestedFilename(), new RegExp(`^${report.kennung}-1-${item.step}-\\w+\\.(webm|mp4)$`));
  assert.equal(createHash("sha256").update(await readFile(await download.path())).digest("hex"), item.sha256);
}

async function stillShows(page, report) {
  const { artifact } = handedIn(report, "still");
  const still = page.locator(`[data-artifact="${artifact}"] .viewer img`);
  // It is fetched when it comes into view; the card around it may be taller than a phone.
  await page.locator(`[data-artifact="${artifact}"] .viewer`).scrollIntoViewIfNeeded();
  await still.waitFor();
  await until("the still is shown", () => still.evaluate((element) => element.complete && element.naturalWidth > 0));
}

for (const look of looks) {
  test(`${look.name}: a wrong key says so in words, and nothing is kept`, async () => {
    const { context, page, words, proper, faults } = await staff({ ...look, name: `${look.name}-sign-in` }, [/status of 401/]);
    await proper("sign-in");
    const asked = [];
    page.on("request", (request) => asked.push(request.url()));
    const alert = page.getByRole("alert");
    for (const [key, said] of [["hello", words.form], ["lbk_live_0000000000000000", words.refused]]) {
      await giveKey(page, key);
      await alert.filter({ hasText: said }).waitFor();
    }
    assert.equal(asked.filter((url) => url.includes("/v1/")).length, 1, "what is no key is not sent");
    assert.match(await alert.innerText(), /partner\.unauthorised/);
    assert.equal(await page.evaluate(() => document.activeElement.id), "key");
    assert.equal(await page.evaluate(() => sessionStorage.length), 0);
    await proper("wrong-key");
    assert.deepEqual(faults(), []);
    await context.close();
  });

  test(`${look.name}: list and detail of a live case, with every check, a video that plays and a still`, async () => {
    const kase = cases.live;
    const { context, page, words, proper, faults } = await staff({ ...look, name: `${look.name}-live`, key: backend.keys.live });
    await row(page, kase).waitFor();
    assert.match(await row(page, kase).innerText(), new RegExp(`${kase.kennung}[^]*${words.verified}[^]*order-live`));
    assert.equal(await page.locator("main .badge.sandbox").count(), 0);
    assert.equal(await page.locator("#mode").innerText(), "Live");
    await proper("list");

    await page.locator("#search").fill(kase.kennung.toUpperCase());
    await until("one row", async () => (await page.locator("tr[data-case]").count()) === 1);
    await page.locator("#search").fill("0000000");
    await page.locator(".empty").waitFor();
    await proper("nothing-found");
    await page.locator("#search").fill("");
    await page.locator("#state").selectOption("expired");
    await page.locator(".empty").waitFor();
    await page.locator("#state").selectOption("verified");
    await row(page, kase).getByRole("link").click();

    await page.locator('.verdict[data-state="verified"]').waitFor();
    assert.equal(new URL(page.url()).hash, `#/cases/${kase.id}`);
    assert.equal(await page.evaluate(() => document.activeElement.tagName), "H1");
    await proper("case");
    const report = await backend.report(kase.id);
    await checksShown(page, report, words);
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await page.locator(".case-head + .row .button").first().click();
    await until("the Kennung is copied", async () => (await page.evaluate(() => navigator.clipboard.readText())) === kase.kennung);
    await videoPlays(page, report, words);
    await proper("case-video");
    await downloads(page, report);
    await stillShows(page, report);
    await proper("case-still");
    assert.equal(await page.locator(".step-line").count(), 12);
    assert.equal(await page.locator(".consents li").count(), 3);
    assert.match(await page.locator(".beside").innerText(), new RegExp(report.device.browser));
    assert.equal(await page.locator(".timeline li").count(), report.timeline.length);
    await page.locator(".timeline").scrollIntoViewIfNeeded();
    await proper("case-timeline");

    await page.goBack();
    await row(page, kase).waitFor();
    assert.equal(await page.evaluate(() => document.activeElement.textContent), kase.kennung, "the focus returns to the case");
    assert.deepEqual(await page.evaluate(() => Object.values(localStorage).filter((text) => text.includes("lbk_"))), []);
    assert.ok(!page.url().includes("lbk_"));
    assert.deepEqual(faults(), []);
    await context.close();
  });

  test(`${look.name}: sandbox cases are marked everywhere, and suspected fraud says to keep silent`, async () => {
    const key = backend.keys.sandbox;
    const { context, page, words, proper, faults } = await staff({ ...look, name: `${look.name}-sandbox`, key });
    await row(page, cases.fraud).waitFor();
    assert.equal(await row(page, cases.live).count(), 0);
    for (const line of await page.locator("tr[data-case]").all()) assert.match(await line.innerText(), /Sandbox/);
    assert.match(await page.locator("#sandbox-why").innerText(), words.rehearsal);
    assert.match(await page.title(), /Sandbox/);
    await proper("list");

    await row(page, cases.fraud).getByRole("link").click();
    const verdict = page.locator('.verdict[data-state="fraud_suspected"]');
    await verdict.waitFor();
    assert.match(await verdict.innerText(), words.silence);
    assert.match(await verdict.innerText(), new RegExp(words.fraud));
    assert.equal(await page.locator(".case-head .badge.sandbox").count(), 1);
    await checksShown(page, await backend.report(cases.fraud.id, key), words);
    await proper("fraud");

    await page.goto(`${backend.origin}/dashboard/#/cases/${cases.success.id}`);
    await page.locator('.verdict[data-state="verified"]').waitFor();
    assert.match(await page.locator(".verdict").innerText(), words.rehearsal);
    assert.doesNotMatch(await page.locator(".verdict").innerText(), words.silence);
    await videoPlays(page, await backend.report(cases.success.id, key), words);
    await proper("success");
    assert.deepEqual(faults(), []);
    await context.close();
  });

  test(`${look.name}: a new sandbox case has a link that opens; erased, it is gone`, async () => {
    const key = backend.keys.sandbox;
    const { context, page, words, proper, faults } = await staff({ ...look, name: `${look.name}-new`, key }, [/status of 40[04]/]);
    await page.locator(".screen-head .button").click();
    const dialog = page.locator("dialog[open]");
    await dialog.locator("select").first().selectOption("repeat");
    await proper("new");
    await dialog.locator("select").first().selectOption("rejected");
    const [reference, passports] = [0, 1].map((at) => dialog.locator('input[type="text"]').nth(at));
    await reference.fill(`made-${look.name}`);
    await passports.fill("Utopia");
    await dialog.getByRole("button", { name: words.make }).click();
    await dialog.getByRole("alert").filter({ hasText: "acceptedPassports" }).waitFor();
    await passports.fill("d, che");
    const wish = page.waitForRequest((request) => request.method() === "POST" && request.url().endsWith("/v1/cases"));
    await dialog.getByRole("button", { name: words.make }).click();
    assert.deepEqual((await wish).postDataJSON().acceptedPassports, ["D", "CHE"]);
    const link = await dialog.locator(".copy-field input").inputValue();
    assert.match(link, new RegExp(`^${backend.origin}/jump/#s=lbt_`));
    await proper("link");
    const person = await context.newPage();
    await person.goto(link);
    await walk(person, { stop: ({ name }) => name === "register" });
    await person.close();

    await page.keyboard.press("Escape");
    const made = page.locator("tr[data-case]", { hasText: `made-${look.name}` });
    await made.filter({ hasText: words.created }).waitFor();
    const id = await made.getAttribute("data-case");
    await made.getByRole("link").click();
    await page.getByRole("button", { name: words.erase, exact: true }).click();
    await proper("erase");
    await dialog.getByRole("button", { name: words.eraseGo }).click();
    await page.locator("#announced").filter({ hasText: words.erased }).waitFor();
    await page.locator("#search").waitFor();
    await until("the row is gone", async () => (await page.locator(`tr[data-case="${id}"]`).count()) === 0);
    assert.equal((await backend.call("GET", `/v1/cases/${id}`, undefined, { key, raw: true })).status, 404);
    await page.goto(`${backend.origin}/dashboard/#/cases/${id}`);
    await page.getByText(words.gone).waitFor();
    await proper("gone");
    assert.deepEqual(faults(), []);
    await context.close();
  });

  test(`${look.name}: the webhook is set, its secret shown once, its deliveries listed and replayed; then it is deleted`, async () => {
    const { context, page, words, proper, faults } = await staff({ ...look, name: `${look.name}-webhook`, key: backend.keys.live, where: "#/webhook" }, [/status of 404/]);
    const dialog = page.locator("dialog[open]");
    await page.getByText(hook.url).waitFor();
    const delivery = page.locator("tr[data-delivery]", { hasText: cases.live.kennung }).first();
    await delivery.filter({ hasText: words.delivered }).waitFor();
    await proper("webhook");

    await page.getByRole("button", { name: words.replace, exact: true }).click();
    await proper("replace");
    await dialog.getByRole("button", { name: new RegExp(words.replace) }).click();
    await dialog.getByText(words.once).waitFor();
    const secret = await dialog.locator(".copy-field input").inputValue();
    assert.match(secret, /^whsec_/);
    await proper("secret");
    await page.keyboard.press("Escape");
    await page.reload();
    await page.getByText(hook.url).waitFor();
    assert.ok(!(await page.content()).includes(secret), "the secret is not shown again");

    hook.trust(secret);
    const heard = hook.events.length;
    await delivery.getByRole("button", { name: words.replay }).click();
    await until("the replayed event, signed by the new secret", () => hook.events.length > heard);
    await delivery.filter({ hasText: words.delivered }).waitFor();

    await page.getByRole("button", { name: words.remove, exact: true }).click();
    await proper("delete");
    await dialog.getByRole("button", { name: words.removeGo }).click();
    await page.getByText(words.none).waitFor();
    await proper("none");
    await page.locator("main form input").fill(hook.url);
    await page.getByRole("button", { name: words.setHook }).click();
    hook.trust(await dialog.locator(".copy-field input").inputValue());
    await page.keyboard.press("Escape");
    assert.deepEqual(faults(), []);
    await context.close();
  });
}

test("a new case appears by itself; focus and scroll stay; updates can be paused", async () => {
  for (let made = 0; made < 30; made++) await backend.create({ reference: `filling-${made}` });
  const { context, page, words, faults } = await staff({ lang: "en", name: "live", viewport: DESKTOP, key: backend.keys.live });
  const link = page.locator("tr[data-case]").nth(15).getByRole("link");
  const kennung = await link.innerText();
  await link.focus();
  const top = () => page.getByRole("link", { name: kennung }).evaluate((element) => Math.round(element.getBoundingClientRect().top));
  await page.evaluate(() => scrollTo(0, 500));
  const before = await top();
  const { case: fresh } = await backend.create({ reference: "fresh" });
  await row(page, fresh).waitFor({ timeout: 15_000 });
  assert.equal(await page.evaluate(() => document.activeElement.textContent), kennung);
  assert.ok(Math.abs((await top()) - before) <= 1, "what is being read moved");

  await page.getByRole("button", { name: words.pause }).click();
  const { case: later } = await backend.create({ reference: "later" });
  await sleep(6000);
  assert.equal(await row(page, later).count(), 0);
  assert.deepEqual(faults(), []);
  await context.close();
});

test("older cases come by pages, and a whole Kennung is found among them", async () => {
  const oldest = (await backend.create({ reference: "oldest" })).case;
  for (let made = 0; made < 130; made++) await backend.create({});
  const { context, page, faults } = await staff({ lang: "en", name: "pages", viewport: DESKTOP, key: backend.keys.live });
  await row(page, oldest).waitFor({ state: "detached" });
  await until("the first page", async () => (await page.locator("tr[data-case]").count()) === 50);
  await page.locator(".more button").click();
  await until("the second page", async () => (await page.locator("tr[data-case]").count()) === 100);
  await page.locator("#search").fill(oldest.kennung);
  await row(page, oldest).waitFor();
  await page.keyboard.press("Enter");
  await page.locator('.verdict[data-state="created"]').waitFor();
  assert.equal(new URL(page.url()).hash, `#/cases/${oldest.id}`);
  assert.deepEqual(faults(), []);
  await context.close();
});

test("a link to a case asks for the key first; a key that ends and a lost connection say so and have a way on", async () => {
  const expected = [/status of 401/, /ERR_INTERNET_DISCONNECTED/];
  const where = `#/cases/${cases.live.id}`;
  const { context, page, words, proper, faults } = await staff({ lang: "de", name: "trouble", viewport: PHONE, where }, expected);
  await signIn(page, backend.keys.live);
  await page.locator('.verdict[data-state="verified"]').waitFor();

  await page.locator("#lang").click();
  await page.locator(".verdict").filter({ hasText: WORDS.en.verified }).waitFor();
  assert.equal(await page.evaluate(() => document.documentElement.lang), "en");
  await page.locator("#lang").click();
  await page.locator(".verdict").filter({ hasText: words.verified }).waitFor();

  await context.setOffline(true);
  await page.locator("nav .way").first().click();
  await page.getByRole("alert").filter({ hasText: /network\.(offline|unreachable)/ }).waitFor();
  await proper("offline");
  await context.setOffline(false);
  // Back online it goes on by itself, so the button may be gone before it is pressed.
  await page.getByRole("button", { name: words.retry }).click({ timeout: 3000 }).catch(() => undefined);
  await page.locator("tr[data-case]").first().waitFor();

  await page.evaluate(() => sessionStorage.setItem("lichtbild-dashboard-key", "lbk_live_revoked"));
  await page.reload();
  await page.getByRole("alert").filter({ hasText: words.ended }).waitFor();
  assert.equal(await page.evaluate(() => sessionStorage.length), 0);
  await proper("key-ended");
  await signIn(page, backend.keys.live);
  await page.locator("#sign-out").click();
  await page.locator("#key").waitFor();
  assert.equal(await page.evaluate(() => sessionStorage.length), 0);
  assert.deepEqual(faults(), []);
  await context.close();
});
