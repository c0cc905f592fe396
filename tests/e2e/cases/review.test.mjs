// A clerk reviews SIM registrations from a shop in the dashboard: what the rules say, wrong master data corrected, a step put back and taken
// again, a rejection, and the log of it all; a document that has expired. Phone and desktop, German and English, light and dark.

import assert from "node:assert/strict";
import path from "node:path";
import { after, before, test } from "node:test";
import { violations } from "../support/axe.mjs";
import { browser, DESKTOP, open, out, PHONE } from "../support/browser.mjs";
import { sleep, until } from "../support/net.mjs";
import { Backend } from "../support/server.mjs";
import { giveKey } from "../support/staff.mjs";
import { frame, Shop } from "../support/shop.mjs";

const CLERK = "Anna Beispiel";
const NOTE = "Unterschrift fehlt noch";
const EXPECTED = { surname: "Mustermann", givenNames: "Erika", birthDate: "1964-08-21", documentNumber: "C01X00T47", address: "Musterweg 1\n8000 Zürich" };

const WORDS = {
  de: { amber: "Offen", red: "Nicht bestätigt", approve: "Bestätigen", reject: "Ablehnen", putBack: "Schritte zurückgeben", correct: "Stammdaten berichtigen", save: "Speichern und Regeln prüfen", close: "Schließen" },
  en: { amber: "Pending", red: "Not verified", approve: "Approve", reject: "Reject", putBack: "Put steps back", correct: "Correct master data", save: "Save and run the rules", close: "Close" },
};

const looks = [
  { name: "desktop-de-light", viewport: DESKTOP, lang: "de", theme: "light" },
  { name: "phone-en-dark", viewport: PHONE, lang: "en", theme: "dark" },
];

let backend, chromium, picture;
before(async () => {
  [backend, chromium, picture] = await Promise.all([Backend.start(), browser(), frame("passport")]);
});
after(async () => {
  await chromium?.close();
  await backend?.stop();
});

for (const look of looks) {
  test(`${look.name}: master data is corrected, a step put back and taken again, the case rejected, and every act is on the log`, async () => {
    const words = WORDS[look.lang];
    const made = await backend.create({ flow: "sim-registration", channel: "shop", expected: EXPECTED, reference: `sim-${look.name}` });
    const first = await Shop.open(backend.origin, made.session.token);
    const session = await first.walk(picture);
    assert.equal(session.outcome, "inReview", JSON.stringify(session.flow.steps.filter(({ state }) => state === "repeat")));

    const { context, page, faults } = await open(chromium, { allowed: [backend.origin], ...look });
    let shots = 0;
    const proper = async (what, fullPage = false) => {
      await sleep(400);
      await page.screenshot({ fullPage, path: path.join(out, `review-${look.name}-${String((shots += 1)).padStart(2, "0")}-${what}.png`) });
      assert.deepEqual(await violations(page.mainFrame()), [], what);
      const width = await page.evaluate(() => document.documentElement.scrollWidth - screen.width);
      assert.ok(width <= 0, `${what} is ${width} px wider than the screen`);
    };
    await page.goto(`${backend.origin}/dashboard/#/cases/${made.case.id}`);
    await giveKey(page, backend.keys.live);
    await page.locator('.verdict[data-state="in_review"]').waitFor();
    const light = page.locator(".light-line .badge");
    await light.filter({ hasText: words.amber }).waitFor();
    assert.equal(await page.locator("[data-rule]").count(), 7);
    const rule = (kind) => page.locator(`[data-rule="${kind}"]`);
    assert.equal(await rule("face_match").getAttribute("data-result"), "ok");
    assert.equal(await page.getByRole("button", { name: words.approve, exact: true }).getAttribute("aria-disabled"), String((await page.locator('[data-result="pending"], [data-result="not_ok"]').count()) > 0));
    const shown = page.locator(".pictures img");
    await page.locator(".pictures").scrollIntoViewIfNeeded();
    await until("the document's photograph is shown", async () => (await shown.count()) === 1 && shown.evaluate((image) => image.complete && image.naturalWidth > 0));
    const straight = page.locator(".pictures .straight img");
    assert.match(await straight.evaluate((image) => image.style.transform), /^matrix3d/, "the document lies straight");
    await page.locator(".pictures .still button").click();
    assert.equal(await straight.count(), 0, "the whole picture");
    const told = new RegExp(`/v1/cases/${made.case.id}$`);
    let changes = 0;
    await page.route(told, async (route) => {
      const response = await route.fetch();
      const json = await response.json();
      for (const { document } of json.media) if (document) document.quad[0][0] += 1;
      await route.fulfill({ response, json });
      changes += 1;
    });
    // The first of two answers has been shown when the second one is asked for.
    await until("other corners are told", () => changes >= 2);
    await page.unroute(told);
    assert.equal(await straight.count(), 0, "it stays whole when the corners change");
    assert.ok(await page.locator(".pictures .still button").evaluate((button) => button === document.activeElement), "and the focus stays");
    await page.locator(".pictures .still button").click();
    await page.evaluate(() => scrollTo(0, 0));
    await proper("review", true);

    // With the keyboard alone: to the button, into the dialog, out again, back where it was.
    const dialog = page.locator("dialog[open]");
    await page.getByRole("button", { name: words.correct }).focus();
    await page.keyboard.press("Enter");
    await dialog.locator('[name="birthDate"]').waitFor();
    await page.keyboard.press("Escape");
    assert.equal(await page.evaluate(() => document.activeElement.dataset.key), "correct");
    await page.keyboard.press("Enter");
    assert.equal(await dialog.locator('[name="address"]').inputValue(), EXPECTED.address, "its lines stay apart");
    await dialog.locator('[name="birthDate"]').fill("1964-08-12");
    await dialog.locator('input[required]').last().fill(CLERK);
    await proper("correct");
    await dialog.getByRole("button", { name: words.save }).click();
    await until("the correction is shown", async () => (await page.locator('[data-field="birthDate"]').innerText()).includes("1964-08-12"));
    await page.locator('.audit [data-action="master_data_changed"]').filter({ hasText: CLERK }).waitFor();

    await page.getByRole("button", { name: words.putBack, exact: true }).click();
    await dialog.locator('input[value="attestation"]').check();
    await dialog.locator("textarea").fill(NOTE);
    assert.equal(await dialog.locator('input[type="text"]').inputValue(), CLERK, "who it is need not be said twice");
    await proper("put-back");
    await dialog.getByRole("button", { name: words.putBack, exact: true }).click();
    const link = await dialog.locator(".copy-field input").inputValue();
    await page.keyboard.press("Escape");
    await page.locator('.verdict[data-state="repeat"]').waitFor();
    const second = await Shop.open(backend.origin, new URL(link).hash.slice("#s=".length));
    assert.deepEqual(second.session.flow.steps.find(({ id }) => id === "attestation").reasons, ["review.put_back"]);
    assert.ok(!JSON.stringify(second.session).includes(NOTE));
    assert.equal((await second.walk(picture)).outcome, "inReview");
    await page.locator('.verdict[data-state="in_review"]').waitFor();

    await page.getByRole("button", { name: words.reject, exact: true }).click();
    await dialog.locator("textarea").fill("Nicht derselbe Mensch");
    await dialog.getByRole("button", { name: words.reject, exact: true }).click();
    await page.locator('.verdict[data-state="rejected"]').waitFor();
    await light.filter({ hasText: words.red }).waitFor();
    const actions = await page.locator(".audit [data-action]").evaluateAll((lines) => lines.map((line) => line.dataset.action));
    for (const action of ["created", "attested", "rules_ran", "master_data_changed", "put_back", "rejected"]) assert.ok(actions.includes(action), action);
    await proper("rejected", true);
    assert.deepEqual(faults(), []);
    await context.close();
  });
}

test("an expired document is told in the shop, another one is chosen, and confirmed and attested anew", async () => {
  const made = await backend.create({ flow: "sim-registration", channel: "shop" });
  const shop = await Shop.open(backend.origin, made.session.token);
  const { flow } = await shop.walk(await frame("expired"));
  const step = (id) => flow.steps.find((step) => step.id === id);
  assert.deepEqual(step("front-photo").reasons, ["document.expired"]);
  assert.deepEqual(["explain-front", "data-confirmation", "attestation"].map((id) => step(id).state), ["repeat", "open", "open"]);
  assert.equal((await shop.walk(picture)).outcome, "inReview");
});
