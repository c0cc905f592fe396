// A SIM card is registered in a real browser, at the customer's and in the shop: the document is photographed and read, what was read is
// confirmed or doubted, and a clerk works the rules until the case is green: master data corrected, a step put back. At the end of the
// contract's time nothing is left.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { after, before, test } from "node:test";
import { violations } from "../support/axe.mjs";
import { browser, DESKTOP, open, out, PHONE } from "../support/browser.mjs";
import { sleep, until } from "../support/net.mjs";
import { look, MAIN, SECOND, tap, walk } from "../support/person.mjs";
import { Backend } from "../support/server.mjs";
import { giveKey } from "../support/staff.mjs";

const CLERK = "Anna Beispiel";
const NOTE = "Mein zweiter Vorname fehlt.";

let backend, chromium;
before(async () => {
  [backend, chromium] = await Promise.all([Backend.start(), browser()]);
});
after(async () => {
  await chromium?.close();
  await backend?.stop();
});

test("at the customer's: read, confirmed, corrected at the partner, approved, and erased when the contract's time is over", async () => {
  const made = await backend.create({ flow: "sim-registration", channel: "customer", lang: "de", expected: { birthDate: "1900-01-01", address: "Musterweg 1" } });
  const kase = made.case.id;
  const { context, page, faults } = await open(chromium, { viewport: PHONE, lang: "de", allowed: [backend.origin] });
  await page.goto(made.session.url);
  const at = await walk(page, { document: "passport", stop: ready });
  const { fields, pictures } = at.snapshot.screen;
  assert.equal(pictures.length, 1);
  await proper("registration-customer", at);
  const value = (name) => fields.find((field) => field.name === name)?.value;
  assert.deepEqual(fields.filter(({ checked }) => checked).map(({ name }) => name), ["birthDate", "documentNumber", "expiryDate"]);
  assert.equal(fields.find(({ name }) => name === "issuer").plain, "Deutschland");
  assert.ok(value("surname") && value("givenNames"));

  // Photographing again is one press away, and so is the way back.
  await tap(at, SECOND);
  await until("the camera", async () => (await look(page)).name === "camera.closed");
  await at.frame.locator("lichtbild-ident [part~=back-button]").click();
  await until("what was read", async () => (await look(page)).name === "dataConfirmation");

  const { snapshot } = await walk(page, { document: "passport" });
  assert.equal(snapshot.screen.outcome, "inReview");
  assert.deepEqual(faults(), []);
  await context.close();

  const clerk = await atTheDesk(kase, { viewport: DESKTOP, lang: "de", theme: "light" });
  assert.deepEqual(await clerk.results(), { face_match: "pending", birth_date: "not_ok", document_number: "ok", output_errors: "ok", data_confirmed: "ok", mrz_readable: "ok", permit_category: "not_applicable" });
  await clerk.press("Stammdaten berichtigen");
  await clerk.dialog.locator('[name="birthDate"]').fill(value("birthDate"));
  await clerk.sign();
  await clerk.dialog.getByRole("button", { name: "Speichern und Regeln prüfen" }).click();
  await clerk.rule("birth_date", "ok");
  await clerk.page.locator('[data-key="face_match-true"]').click();
  await clerk.answer("Gesicht und Foto verglichen");
  await clerk.rule("face_match", "ok");
  await clerk.approve("Bestätigen");
  await clerk.close();

  const report = await backend.report(kase);
  assert.equal(report.state, "verified");
  assert.ok((await backend.files()).some((file) => file.includes(kase)));
  await backend.call("PATCH", `/v1/cases/${kase}`, { contractEnd: "2025-01-31" });
  await backend.kill();
  await backend.resume();
  await until("the retention run", async () => (await backend.call("GET", `/v1/cases/${kase}`, undefined, { raw: true })).status === 404);
  const artifacts = report.media.map(({ artifact }) => artifact);
  await until("no file is left", async () => (await backend.files()).every((file) => ![kase, ...artifacts].some((name) => file.includes(name))));
  for (const file of await backend.files()) assert.ok(!(await readFile(file)).includes(value("documentNumber")), `${path.basename(file)} still knows the document`);
});

test("in the shop: a doubt with its note, attested, a side put back and photographed again, approved", async () => {
  const made = await backend.create({ flow: "sim-registration", channel: "shop", lang: "en" });
  const kase = made.case.id;
  const person = await open(chromium, { viewport: DESKTOP, lang: "en", theme: "dark", allowed: [backend.origin] });
  await person.page.goto(made.session.url);
  const at = await walk(person.page, { stop: ready });
  assert.deepEqual(at.snapshot.screen.pictures.map(({ side }) => side), ["front", "back"]);
  const row = at.frame.locator("lichtbild-ident [part~=field]").filter({ hasText: "Given names" });
  await row.locator("[part~=doubt-button]").click();
  await row.locator("textarea").fill(NOTE);
  await proper("registration-shop-doubt", at);
  await tap(at, MAIN);
  const attest = await walk(person.page, { stop: ({ name }) => name === "attestation" });
  await proper("registration-shop-attest", attest);
  const { snapshot } = await walk(person.page, {});
  assert.equal(snapshot.screen.outcome, "inReview");

  const clerk = await atTheDesk(kase, { viewport: DESKTOP, lang: "en", theme: "dark" });
  const before = await clerk.results();
  assert.deepEqual([before.face_match, before.data_confirmed, before.mrz_readable], ["ok", "not_ok", "ok"]);
  await clerk.page.locator("q").filter({ hasText: NOTE }).first().waitFor();
  await clerk.press("Put steps back");
  await clerk.dialog.locator('input[value="back-photo"]').check();
  await clerk.answer("Please photograph the back again", { keep: true });
  const link = await clerk.dialog.locator(".copy-field input").inputValue();
  await clerk.page.keyboard.press("Escape");

  await person.page.goto("about:blank");
  await person.page.goto(link);
  const again = await walk(person.page, {});
  assert.equal(again.snapshot.screen.outcome, "inReview");
  assert.ok(again.trace.includes("repeat") && again.trace.includes("dataConfirmation"), again.trace.join(" → "));
  assert.deepEqual(person.faults(), []);
  await person.context.close();

  await clerk.page.locator('.verdict[data-state="in_review"]').waitFor();
  await clerk.rule("data_confirmed", "ok");
  await clerk.approve("Approve");
  await clerk.close();
  assert.equal((await backend.report(kase)).state, "verified");
});

const ready = ({ snapshot }) => snapshot.screen.type === "dataConfirmation" && snapshot.screen.reading === "ready";

async function proper(name, { frame }) {
  await sleep(400);
  await frame.page().screenshot({ fullPage: true, path: path.join(out, `${name}.png`) });
  assert.deepEqual(await violations(frame), [], name);
}

/** A clerk signs in and opens a case. */
async function atTheDesk(kase, appearance) {
  const { context, page, faults } = await open(chromium, { allowed: [backend.origin], ...appearance });
  await page.goto(`${backend.origin}/dashboard/#/cases/${kase}`);
  await giveKey(page, backend.keys.live);
  await page.locator('.verdict[data-state="in_review"]').waitFor();
  await page.locator("[data-rule]").first().waitFor();
  const dialog = page.locator("dialog[open]");
  const clerk = {
    page,
    dialog,
    press: (name) => page.getByRole("button", { name, exact: true }).click(),
    rule: (kind, result) => page.locator(`[data-rule="${kind}"][data-result="${result}"]`).waitFor(),
    results: () => page.locator("[data-rule]").evaluateAll((lines) => Object.fromEntries(lines.map(({ dataset }) => [dataset.rule, dataset.result]))),
    async sign() {
      const who = dialog.locator("input[required][type=text]").last();
      if (!(await who.inputValue())) await who.fill(CLERK);
    },
    async answer(reason, { keep = false } = {}) {
      await dialog.locator("textarea").last().fill(reason);
      await clerk.sign();
      await dialog.locator("button[type=submit]").click();
      if (!keep) await dialog.waitFor({ state: "detached" });
    },
    async approve(name) {
      await page.locator('[data-key="approve"]:not([aria-disabled])').waitFor();
      await clerk.press(name);
      await clerk.answer("Alle Regeln erfüllt");
      await page.locator('.verdict[data-state="verified"]').waitFor();
      await page.locator(".light.good").waitFor();
      await proper(`registration-approved-${appearance.lang}`, { frame: page.mainFrame() });
    },
    async close() {
      assert.deepEqual(faults(), []);
      await context.close();
    },
  };
  return clerk;
}
