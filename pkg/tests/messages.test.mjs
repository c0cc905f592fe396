// The words: both languages complete and alike, everything the types know has its words, nothing is left over.

import assert from "node:assert/strict";
import { test } from "node:test";
import { drawingSources, golden, source, table, union } from "./support/sources.mjs";

const { chooseLang, messages } = await source("messages.ts");
const { scenesFor } = await source("view/player.ts");

const LANGS = ["de", "en"];
const tables = Object.fromEntries(LANGS.map((lang) => [lang, table(lang)]));
const keys = Object.keys(tables.de);
const steps = Object.values(golden("SessionSnapshot")).flatMap(({ flow }) => flow.steps);
const sides = ["front", "passport", "back", "selfie"];

// Every name that a type may take in the middle of a key, and the keys it then needs.
const kinds = [
  ["error", union("ErrorCode"), (code) => [`error.${code}.title`, `error.${code}.text`]],
  ["hint", union("Hint"), (hint) => [`hint.${hint}`, `hint.${hint}.spoken`]],
  ["way", union("WayOn"), (way) => [`way.${way}`]],
  ["step", [...new Set(steps.map(({ id }) => id))], (step) => [`step.${step}`]],
  ["outcome", union("PersonOutcome"), (outcome) => [`outcome.${outcome}.title`, `outcome.${outcome}.text`]],
  ["home.state", [...union("PersonOutcome"), "open"], (state) => [`home.state.${state}`]],
  ["document", union("DocumentKind"), (kind) => [`document.${kind}`, `document.${kind}.hint`]],
  ["document", union("Availability").filter((name) => name !== "accepted"), (name) => [`document.${name}`]],
  ["explain", [...union("Topic"), "passport"], (topic) => [`explain.${topic}.title`, `explain.${topic}.text`, `explain.${topic}.go`]],
  ["consent", steps.find(({ kind }) => kind === "consents").items.map(({ id }) => id), (id) => ["title", "text", "link"].map((part) => `consent.${id}.${part}`)],
  ["camera", sides, (side) => ["title", "text", "aim", "plain", "preview"].map((part) => `camera.${side}.${part}`)],
  ["review", sides, (side) => ["title", "text", "picture", "check.1", "check.2"].map((part) => `review.${side}.${part}`)],
  ["field", union("FieldName"), (field) => [`field.${field}`]],
  ["field.sex", ["F", "M", "X"], (sex) => [`field.sex.${sex}`]],
  ["category", union("PermitCategory"), (category) => [`category.${category}`]],
  ["category", ["title", "text"], (part) => [`category.${part}`]],
  ["attest", ["document_seen", "person_matches"], (id) => ["title", "text"].map((part) => `attest.${id}.${part}`)],
  ["allow", ["chromium", "chromium.mobile", "firefox", "firefox.mobile", "safari", "ios", "generic"], (browser) => [1, 2, 3].map((number) => `allow.${browser}.${number}`)],
];

test("both languages have the same keys", () => {
  assert.deepEqual(Object.keys(tables.en).sort(), [...keys].sort());
});

test("both languages have the same placeholders", () => {
  const places = (text) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
  for (const key of keys) assert.deepEqual(places(tables.en[key]), places(tables.de[key]), key);
});

test("no text is empty, padded, or has the typography of a typewriter", () => {
  for (const lang of LANGS) {
    for (const [key, text] of Object.entries(tables[lang])) {
      assert.match(text, /^\S(.*\S)?$/su, `${lang} ${key}`);
      assert.doesNotMatch(text, /"|'|\.\.\.| {2}| …/u, `${lang} ${key}: ${text}`);
    }
  }
});

test("German quotes „so“, English quotes “so”", () => {
  for (const [key, text] of Object.entries(tables.de)) assert.doesNotMatch(text, /”/u, key);
  for (const [key, text] of Object.entries(tables.en)) assert.doesNotMatch(text, /„/u, key);
});

test("people are addressed formally in German", () => {
  for (const [key, text] of Object.entries(tables.de)) assert.doesNotMatch(text, /\b(du|dir|dich|dein\w*)\b/iu, key);
});

for (const [area, names, needed] of kinds) {
  test(`every name in ${area} has its words: ${names.slice(0, 3).join(", ")} …`, () => {
    for (const key of names.flatMap(needed)) assert.ok(keys.includes(key), `${key} is missing`);
  });
}

const captions = union("Topic").flatMap((topic) => union("DocumentKind").flatMap((document) => scenesFor(topic, document)));

test("every moving picture has its caption", () => {
  for (const scene of captions) assert.ok(keys.includes(`explain.${scene}`), scene);
});

const areas = [...new Set(keys.map((key) => key.split(".")[0]))].join("|");

/** Keys in the sources: whole ones, and ones with a part filled in at run time. */
function used() {
  const literals = new Map();
  const patterns = new Map();
  for (const [file, commented] of drawingSources()) {
    const text = commented.replace(/^\s*(\/\/|\/\*\*|\*).*$/gm, "");
    for (const [, key] of text.matchAll(new RegExp(`(?<!name=)"((?:${areas})\\.[\\w.-]+)"`, "g"))) literals.set(key, file);
    for (const [, template] of text.matchAll(new RegExp(`\`((?:${areas})\\.(?:[^\`$]|\\$\\{[^\`}]*\\})*)[\`$]`, "g"))) {
      const filled = template.split(/\$\{[^}]*\}/).map((part) => part.replaceAll(".", "\\."));
      patterns.set(template, new RegExp(`^${filled.join("[\\w.-]+")}${template.endsWith(".") ? "[\\w.-]+" : ""}$`));
    }
  }
  return { literals, patterns };
}

test("every key in the sources has its words", () => {
  const { literals, patterns } = used();
  assert.ok(literals.size > 50 && patterns.size > 15, "the sources could not be read");
  for (const [key, file] of literals) assert.ok(keys.includes(key), `${file}: ${key}`);
  for (const [template, pattern] of patterns) assert.ok(keys.some((key) => pattern.test(key)), template);
});

test("no key is left that no source uses and no type knows", () => {
  const { literals, patterns } = used();
  const known = new Set(kinds.flatMap(([, names, needed]) => names.flatMap(needed)));
  for (const scene of captions) known.add(`explain.${scene}`);
  // Areas whose keys are filled in with a type's names are held against these names, the others against the sources.
  const filled = new Set(kinds.map(([area]) => area.split(".")[0]));
  const open = [...patterns].filter(([template]) => !filled.has(template.split(".")[0])).map(([, pattern]) => pattern);
  const special = /^step\.front-(video|photo)\.passport$/;
  const left = keys.map((key) => key.replace(/\.one$|(?<=\..+)(\.photo)?(\.shop)?(\.foreign)?$/, "")).filter((key) => !literals.has(key) && !known.has(key) && !special.test(key));
  assert.deepEqual(left.filter((key) => !open.some((pattern) => pattern.test(key))), []);
});

for (const [what, own] of [["of a photograph is also said of a film", ".photo"], ["to a clerk in the shop is also said to a customer", ".shop"], ["of a card of any state is also said of others", ".foreign"]]) {
  test(`what is said otherwise ${what}`, () => {
    const otherwise = keys.filter((key) => key.endsWith(own) && key.split(".").length > 2);
    assert.ok(otherwise.length > 0);
    for (const key of otherwise) assert.ok(keys.includes(key.slice(0, -own.length)), key);
  });
}

test("one is counted differently from many, and every such text says which it counts", () => {
  for (const key of keys.filter((one) => one.endsWith(".one"))) assert.ok(tables.de[key.slice(0, -4)]?.includes("{n}") || key.startsWith("repeat.text"), key);
  const german = messages("de", tables.de);
  assert.equal(german.text("consents.left", { n: 1 }), "Noch ein Häkchen");
  assert.equal(german.text("consents.left", { n: 2 }), "Noch 2 Häkchen");
  assert.equal(german.text("consents.left", { n: 0 }), "Noch 0 Häkchen");
  assert.equal(messages("en", tables.en).text("handoff.left", { n: 1 }), "New code in one second");
});

test("numbers, lengths and times read as in the language", () => {
  const [german, english] = LANGS.map((lang) => messages(lang, tables[lang]));
  assert.equal(german.number(1234567), "1.234.567");
  assert.equal(english.number(1234567), "1,234,567");
  assert.equal(german.bytes(1_640_000), "1,6 MB");
  assert.equal(english.bytes(4_000_000), "4.0 MB");
  assert.equal(german.bytes(0), "0 kB");
  assert.equal(english.bytes(12_001), "13 kB");
  assert.equal(german.text("evaluation.checks", { done: 9, total: 1400 }), "9 von 1.400 Prüfungen");
  assert.match(german.time("2026-11-24T12:00:00Z"), /^2[345]\.11\.2026, \d\d:\d\d$/);
  assert.match(english.time("2026-11-24T12:00:00Z"), /^2[345] Nov 2026, \d\d:\d\d$/);
});

test("days read as in the language, as far as they are known", () => {
  const [german, english] = LANGS.map((lang) => messages(lang, tables[lang]));
  assert.deepEqual(["1964-08-12", "1964-08", "1964", "?"].map(german.day), ["12.08.1964", "08/1964", "1964", "?"]);
  assert.deepEqual(["1964-08-12", "1964"].map(english.day), ["12/08/1964", "1964"]);
});

test("a gap is seen: a missing text shows its key, a missing value its name", () => {
  const german = messages("de", tables.de);
  assert.equal(german.text("no.such.key"), "no.such.key");
  assert.ok(!german.has("no.such.key"));
  assert.equal(german.text("frame.step", { number: 2 }), "Schritt 2 von {of}");
});

test("a value is put in as it is, whatever it looks like", () => {
  const german = messages("de", tables.de);
  assert.equal(german.text("done.return", { partner: "$& {of} $1" }), "Zurück zu $& {of} $1");
});

const choices = [
  [["de"], "de"],
  [["de-AT"], "de"],
  [["DE-ch"], "de"],
  [["fr", "de"], "de"],
  [[undefined, null, "", "en-GB"], "en"],
  [["fr"], "en"],
];
for (const [wanted, lang] of choices) {
  test(`of ${JSON.stringify(wanted)} we speak ${lang}`, () => {
    const browser = Object.getOwnPropertyDescriptor(globalThis, "navigator");
    Object.defineProperty(globalThis, "navigator", { value: { languages: ["fr-CH"] }, configurable: true });
    try {
      assert.equal(chooseLang(...wanted), lang);
    } finally {
      if (browser) Object.defineProperty(globalThis, "navigator", browser);
      else delete globalThis.navigator;
    }
  });
}
