// What the backend makes of a document's machine-readable zone, with documents that it really reads: both sides of one document, by zones and
// by what is printed; the back of another person's, an expired passport, data that the partner did not expect.

import assert from "node:assert/strict";
import path from "node:path";
import { after, before, test } from "node:test";
import { violations } from "../support/axe.mjs";
import { browser, open, out, PHONE } from "../support/browser.mjs";
import { sleep } from "../support/net.mjs";
import { tap, walk, words } from "../support/person.mjs";
import { receiver } from "../support/receiver.mjs";
import { Backend } from "../support/server.mjs";

let backend, chromium, hook;
before(async () => {
  [backend, chromium, hook] = await Promise.all([Backend.start(), browser(), receiver()]);
  hook.trust((await backend.hear(hook.url)).secret);
});
after(async () => {
  await chromium?.close();
  await backend?.stop();
  hook?.close();
});

async function person(settings = {}) {
  const made = await backend.create({ lang: "de", ...settings });
  const opened = await open(chromium, { viewport: PHONE, allowed: [backend.origin] });
  await opened.page.goto(made.session.url);
  return { id: made.case.id, ...opened };
}

const document = (id) => backend.call("GET", `/v1/cases/${id}/document`);
const value = (read, name) => read.fields.find((field) => field.name === name)?.value;
const check = (report, kind) => {
  const { result, code } = report.attempts.at(-1).checks.find((check) => check.kind === kind);
  return [result, code];
};

// Films for longer than has to be, so that there are stills of the front also on a busy machine.
const patient = {
  async "camera.recording"(now) {
    const { stage, purpose } = now.snapshot.screen;
    if (purpose.type === "documentVideo" && stage.canStop && stage.millis > 9000) await tap(now, `[part~="stop-button"]`);
  },
};

/**
 * Films this as the front, then a back, to the end. On a busy machine a video may come without a still that can be read, and there would be
 * nothing to compare: then once more.
 */
async function both(front, settings) {
  for (let tries = 1; ; tries += 1) {
    const visit = await person(settings);
    const now = await walk(visit.page, { document: "germanIdCard", shows: { front }, instead: patient });
    const report = await backend.report(visit.id);
    const [, why] = check(report, "sides_match");
    if (why !== "document.not_comparable") return { ...visit, now, report };
    if (tries === 4) throw new Error(`the front is never read: ${JSON.stringify(report.attempts)}`);
    await visit.context.close();
  }
}

test("front and back of one document: the partner gets what was read, and hears of the evaluation", async () => {
  const { id, now, report, context, faults } = await both("matching", { expected: { surname: "Grünwald", nationality: "D" } });
  assert.equal(now.snapshot.screen.outcome, "success");
  assert.equal(report.state, "verified", JSON.stringify(report.attempts));
  for (const kind of ["mrz_readable", "document_kind", "document_accepted", "document_unexpired", "sides_match", "data_expected"]) {
    assert.deepEqual(check(report, kind), ["ok", undefined], kind);
  }
  const read = await document(id);
  assert.deepEqual([read.kind, value(read, "surname"), value(read, "nationality"), value(read, "issuer")], ["germanIdCard", "Gruenwald", "D", "D"]);
  assert.ok(read.confidence > 0.5, String(read.confidence));
  assert.deepEqual(read.comparison.filter(({ same }) => same === false), []);
  const number = value(read, "documentNumber");
  assert.ok(number.length >= 8);
  for (const secret of [number, "Gruenwald", "GRUENWALD", "Grünwald"]) {
    assert.ok(!JSON.stringify(report).includes(secret) && !backend.log.includes(secret), "personal data where nobody asked for it");
  }
  const told = await hook.event("case.evaluated", id);
  assert.deepEqual(Object.keys(told.data).sort(), ["case", "kennung", "mode", "state"]);
  await hook.event("case.ended", id);
  assert.deepEqual(faults(), []);
  await context.close();
});

test("the back of another person's document: the person sees success, the partner hears of suspected fraud", async () => {
  const screen = async ({ id, now }) => (await now.frame.locator("lichtbild-ident main").innerText()).replaceAll(id.slice(0, 7), "KENNUNG");
  // A front of today's format has no zone: what is printed there is held against the back.
  const good = await both("front");
  assert.equal(good.report.state, "verified");
  assert.deepEqual(check(good.report, "sides_match"), ["ok", undefined]);

  for (const front of ["foreign", "stranger"]) {
    const visit = await both(front);
    assert.equal(visit.now.snapshot.screen.outcome, "success", front);
    assert.equal(await screen(visit), await screen(good), "every success looks the same");
    assert.doesNotMatch(JSON.stringify(visit.now.snapshot), /foreign|fraud/);
    assert.equal(visit.report.state, "fraud_suspected", front);
    assert.deepEqual(check(visit.report, "sides_match"), ["failed", "document.foreign_back"], front);
    assert.equal((await hook.event("case.ended", visit.id)).data.state, "fraud_suspected");
    assert.deepEqual(visit.faults(), []);
    await visit.context.close();
  }
  assert.deepEqual(good.faults(), []);
  await good.context.close();
});

test("a card of another state, of a partner who takes such: its own words, and its zone is read", async () => {
  const { id, page, context, faults } = await person({ lang: "en", acceptedDocuments: ["foreignIdCard"] });
  const seen = [];
  const onScreen = async (_name, { frame }) => seen.push(await frame.locator("lichtbild-ident main").innerText());
  const now = await walk(page, { document: "foreignIdCard", shows: { back: "austrian" }, instead: patient, onScreen });
  assert.equal(now.snapshot.screen.outcome, "success", now.trace.join(" → "));
  for (const words of [/Everything printed must be readable/, /Everything printed is easy to read/]) {
    assert.ok(seen.some((text) => words.test(text)), String(words));
  }
  assert.ok(!seen.some((text) => /three lines/.test(text)));
  const report = await backend.report(id);
  assert.deepEqual([report.state, report.document], ["verified", "foreignIdCard"], JSON.stringify(report.attempts));
  for (const kind of ["mrz_readable", "document_kind", "document_accepted", "document_unexpired"]) {
    assert.deepEqual(check(report, kind), ["ok", undefined], kind);
  }
  const read = await document(id);
  assert.deepEqual([read.kind, value(read, "issuer")], ["foreignIdCard", "AUT"]);
  assert.deepEqual(faults(), []);
  await context.close();
});

test("an expired document is told in its own words, and another one can be chosen and goes through", async () => {
  const { id, page, context, faults } = await person();
  const said = words("de");
  // Without a still of it, the same document is asked for once more first.
  const told = ({ name, snapshot }) => name === "repeat" && !snapshot.screen.steps[0].reasons.includes("media.mrz_missing");
  const now = await walk(page, { document: "passport", shows: { passport: "expired" }, instead: patient, stop: told });
  assert.deepEqual(now.snapshot.screen.steps, [{ step: "front-video", reasons: ["document.expired"] }]);
  const shown = await now.frame.locator("lichtbild-ident main").innerText();
  assert.ok(shown.includes(said["error.document.expired.text"]), shown);
  await sleep(400);
  await page.screenshot({ path: path.join(out, "zone-expired.png") });
  assert.deepEqual(await violations(now.frame), []);
  const first = await backend.report(id);
  assert.deepEqual([first.state, check(first, "document_unexpired")], ["repeat", ["failed", "document.expired"]]);

  const { snapshot, trace } = await walk(page, { document: "germanIdCard" });
  assert.equal(snapshot.screen.outcome, "success");
  assert.ok(trace.includes("documentChoice"), trace.join(" → "));
  assert.equal(trace.filter((name) => name.startsWith("explainer.selfie")).length, 0, "the face need not be filmed again");
  const report = await backend.report(id);
  assert.deepEqual([report.state, report.document], ["verified", "germanIdCard"]);
  assert.deepEqual(faults(), []);
  await context.close();
});

test("data that the partner did not expect: the case is refused, and the partner sees which", async () => {
  const { id, page, context, faults } = await person({ expected: { surname: "Grünwald", birthDate: "1950-01-01" } });
  const { snapshot } = await walk(page, { document: "passport" });
  assert.equal(snapshot.screen.outcome, "rejected");
  const report = await backend.report(id);
  assert.deepEqual([report.state, check(report, "data_expected")], ["rejected", ["failed", "document.data_mismatch"]]);
  const { comparison } = await document(id);
  assert.deepEqual(comparison.filter(({ same }) => same === false).map(({ name }) => name), ["birthDate"]);
  assert.deepEqual(faults(), []);
  await context.close();
});
