// Every outcome a sandbox key can ask for: what the person sees, what the partner gets, and that fraud shows nothing to the person.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { browser, open, PHONE } from "../support/browser.mjs";
import { look, walk } from "../support/person.mjs";
import { receiver } from "../support/receiver.mjs";
import { Backend } from "../support/server.mjs";

let backend, chromium, hook;
before(async () => {
  [backend, chromium, hook] = await Promise.all([Backend.start(), browser(), receiver()]);
  hook.trust((await backend.hear(hook.url, backend.keys.sandbox)).secret);
});
after(async () => {
  await chromium?.close();
  await backend?.stop();
  hook?.close();
});

// Plan, document, state for the partner, outcome for the person, screens that must appear on the way.
const outcomes = [
  [{ outcome: "success" }, "passport", "verified", "success", []],
  [{ outcome: "rejected" }, "passport", "rejected", "rejected", []],
  [{ outcome: "fraud_suspected" }, "passport", "fraud_suspected", "success", []],
  [{ outcome: "document_not_supported" }, "passport", "document_not_supported", "documentNotSupported", []],
  [{ outcome: "document_not_accepted" }, "passport", "document_not_accepted", "documentNotAccepted", []],
  [{ outcome: "repeat", steps: ["selfie-video"], times: 1 }, "passport", "verified", "success", ["repeat"]],
  [{ outcome: "repeat", steps: ["front-video"], times: 1 }, "passport", "verified", "success", ["repeat"]],
  [{ outcome: "repeat", steps: ["back-photo"], times: 5 }, "germanIdCard", "attempts_exhausted", "attemptsExhausted", ["repeat"]],
];

let successScreen;
for (const [plan, document, state, outcome, screens] of outcomes) {
  const name = [plan.outcome, ...(plan.steps ?? []), plan.times].filter(Boolean).join(" ");
  test(`${name}: the partner gets ${state}, the person sees ${outcome}`, async () => {
    const made = await backend.create({ sandbox: plan, lang: "en", returnUrl: `${backend.origin}/portal/` });
    const { context, page, faults } = await open(chromium, { viewport: PHONE, lang: "en", allowed: [backend.origin] });
    await page.goto(made.session.url);
    let repeated = 0;
    const { snapshot, frame, trace } = await walk(page, {
      document,
      onScreen(screen, now) {
        if (screen !== "repeat") return;
        repeated += 1;
        assert.deepEqual(now.snapshot.screen.steps.map(({ step }) => step), plan.steps);
        assert.equal(now.snapshot.screen.attemptsLeft, 5 - repeated);
      },
    });
    assert.equal(snapshot.screen.outcome, outcome);
    for (const screen of screens) assert.ok(trace.includes(screen), `${screen} is missing: ${trace.join(" → ")}`);
    if (plan.times) assert.equal(repeated, Math.min(plan.times, 4));
    if (outcome === "success") {
      const shown = (await frame.locator("lichtbild-ident main").innerText()).replaceAll(made.case.kennung, "KENNUNG");
      successScreen ??= shown;
      assert.equal(shown, successScreen, "every success looks the same");
    }
    const event = await hook.event("case.ended", made.case.id);
    assert.deepEqual([event.data.state, event.data.mode], [state, "sandbox"]);
    const report = await backend.report(made.case.id, backend.keys.sandbox);
    assert.equal(report.state, state);
    assert.equal(report.mode, "sandbox");
    assert.deepEqual(faults(), []);
    await context.close();
  });
}

test("a live key may not choose the outcome", async () => {
  const answer = await backend.call("POST", "/v1/cases", { flow: "robo-ident", sandbox: { outcome: "success" } }, { raw: true });
  assert.equal(answer.status, 403);
  assert.equal((await answer.json()).code, "partner.forbidden");
});

test("a sandbox case is marked on the person's screen", async () => {
  const made = await backend.create({ sandbox: { outcome: "success" }, lang: "en" });
  const { context, page } = await open(chromium, { lang: "en", allowed: [backend.origin] });
  await page.goto(made.session.url);
  await walk(page, { stop: (now) => now.name === "register" });
  const { frame, snapshot } = await look(page);
  assert.equal(snapshot.case.mode, "sandbox");
  assert.match(await frame.locator("lichtbild-ident header").innerText(), /sandbox|test/i);
  await context.close();
});
