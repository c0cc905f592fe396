// What the screens say, told by the words that they ask for.

import assert from "node:assert/strict";
import { test } from "node:test";
import { source, table, union } from "./support/sources.mjs";

const { dataConfirmation } = await source("view/answers.ts");
const { repeat } = await source("view/review.ts");
const { explainer } = await source("view/explainer.ts");
const { register } = await source("view/start.ts");

/** Keys of the words on a screen. */
function said(draw, screen, steps) {
  const keys = [];
  const words = table("de");
  draw({ s: { screen, steps: steps.map((id) => ({ id })), upload: {} }, explainer: { scene: 0, playing: false, still: true }, part: () => undefined, m: { has: (key) => key in words, bytes: String }, t: (key) => keys.push(key) && key }, screen);
  return keys;
}

for (const [reasons, heading] of [
  [[["media.blurred"]], "repeat.title"],
  [[["document.other_kind"]], "repeat.title"],
  [[["document.expired"]], "repeat.title.otherDocument"],
  [[["media.blurred"], ["media.glare", "document.not_accepted"]], "repeat.title.otherDocument"],
]) {
  test(`a repeat for ${reasons.flat().join(", ")} is headed ${heading}`, () => {
    const steps = reasons.map((codes) => ({ step: "front-photo", reasons: codes }));
    assert.equal(said(repeat, { type: "repeat", steps, attemptsLeft: 3 }, [])[0], heading);
  });
}

const reading = { type: "dataConfirmation", reading: "reading", fields: [], pictures: [], slow: false, busy: false };
for (const [who, steps, own] of [["the customer", ["front-photo", "data-confirmation"], ""], ["the clerk in the shop", ["front-photo", "data-confirmation", "attestation"], ".shop"]]) {
  test(`who holds the device is spoken to: ${who}`, () => {
    const keys = [...said(dataConfirmation, reading, steps), ...said(register, { type: "register", busy: false }, steps)];
    for (const key of ["confirm.reading.title", "confirm.reading.text", "register.title", "register.text.photo"]) {
      assert.deepEqual(keys.filter((one) => one.startsWith(key)), [key + own]);
    }
  });
}

for (const [flow, steps, key] of [["an identification", ["front-video"], "register.text"], ["a SIM registration", ["front-photo", "data-confirmation"], "register.text.photo"]]) {
  test(`what will be filmed and what photographed is said before ${flow}`, () => {
    assert.deepEqual(said(register, { type: "register", busy: false }, steps).filter((one) => one.startsWith("register.text")), [key]);
  });
}

test("a passport is explained as a passport, every card as a card, on film and on photographs", () => {
  const words = table("de");
  for (const document of union("DocumentKind")) {
    for (const step of ["front-video", "front-photo"]) {
      const screen = { type: "explainer", topic: "front", document, reasons: [], busy: false };
      const keys = said(explainer, screen, [step]).filter((key) => key.startsWith("explain."));
      const text = keys.map((key) => words[key]).join(" ");
      assert.match(text, document === "passport" ? /Seite mit Ihrem Foto.*Pass/u : /Vorderseite.*Ausweis/u, document);
      assert.doesNotMatch(text, document === "passport" ? /Vorderseite|Ausweis|Karte/u : /Pass\b|Fotoseite/u, document);
      assert.doesNotMatch(text, step === "front-photo" ? /film|Video/iu : /foto(grafieren|s? gen)/iu, document);
    }
  }
});
