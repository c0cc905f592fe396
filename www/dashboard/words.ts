// Words, numbers and times in the chosen language. In: a key or a value as the API gives it. Out: text for people.
// Steps, documents, consents and rarer error codes have their words in the package's message files.

import type { ErrorCode, Messages } from "lichtbild";
import { h, pageLang } from "../shared/dom.js";
import { de } from "./texts/de.js";
import { en, type Key } from "./texts/en.js";

export type Lang = "de" | "en";
type Params = Readonly<Record<string, string | number>>;

const STORED = "lichtbild-lang";
const TABLES: Readonly<Record<Lang, Readonly<Record<string, string>>>> = { de, en };

let lang: Lang = "en";
/** How dates and numbers are written: as the browser does in this language. */
let region = "en-GB";
let shared: Messages | undefined;

/** Speaks the language chosen here before, else the browser's. */
export function speakFirst(): Promise<void> {
  return speak(pageLang(remembered()));
}

/** The other language, remembered for the next visit. */
export async function speakOther(): Promise<void> {
  const other = lang === "de" ? "en" : "de";
  try {
    localStorage.setItem(STORED, other);
  } catch {
    // A browser that stores nothing asks again next time.
  }
  await speak(other);
}

async function speak(wanted: Lang): Promise<void> {
  lang = wanted;
  document.documentElement.lang = wanted;
  region = navigator.languages.find((tag) => tag.startsWith(wanted)) ?? (wanted === "de" ? "de-DE" : "en-GB");
  // Without the package's words everything works on: codes stand in for words.
  shared = await import("lichtbild").then(({ loadMessages }) => loadMessages(wanted)).catch(() => undefined);
}

function remembered(): string | null {
  try {
    return localStorage.getItem(STORED);
  } catch {
    return null;
  }
}

/** The dashboard's own text for a key. */
export function t(key: Key, params: Params = {}): string {
  const table = TABLES[lang];
  const pattern = (params["n"] === 1 ? table[`${key}.one`] : undefined) ?? table[key] ?? key;
  return pattern.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = params[name];
    return value === undefined ? whole : typeof value === "number" ? number(value) : value;
  });
}

/** The dashboard's text under a prefix for a value of the API, or the value itself where there is none. */
export function named(prefix: string, value: string): string {
  return TABLES[lang][`${prefix}.${value}`] ?? value;
}

/** The component's text under a prefix for a value of the API, or the value itself where there is none. */
function component(key: string, value: string): string {
  return shared?.has(key) ? shared.text(key) : value;
}

export const stepName = (step: string): string => component(`step.${step}`, step);
export const documentName = (kind: string): string => component(`document.${kind}`, kind);
export const consentName = (id: string): string => component(`consent.${id}.title`, id);

/** An error code in plain words; the code itself where a newer server knows one we do not. */
export function reason(code: ErrorCode | string): string {
  return TABLES[lang][`code.${code}`] ?? component(`error.${code}.title`, code);
}

/** A number with at most so many places after the point. */
export function number(value: number, places = 0): string {
  return value.toLocaleString(region, { maximumFractionDigits: places });
}

export const percent = (share: number): string => share.toLocaleString(region, { style: "percent", maximumFractionDigits: 1 });

/** Seconds, from milliseconds. */
export const seconds = (millis: number): string => `${(millis / 1000).toLocaleString(region, { minimumFractionDigits: 1, maximumFractionDigits: 1 })} s`;

/** A length in bytes, in the unit that suits it. */
export function bytes(length: number): string {
  if (length < 1000) return `${number(length)} B`;
  if (length < 100_000) return `${number(length / 1000, 1)} kB`;
  return `${(length / 1e6).toLocaleString(region, { minimumFractionDigits: 1, maximumFractionDigits: 1 })} MB`;
}

/** A date with time. */
export const absolute = (rfc3339: string): string => new Date(rfc3339).toLocaleString(region, { dateStyle: "medium", timeStyle: "short" });

/** A time of day, to the second. */
export const clock = (at: Date): string => at.toLocaleTimeString(region, { timeStyle: "medium" });

const UNITS: readonly [Intl.RelativeTimeFormatUnit, number][] = [["day", 86_400], ["hour", 3600], ["minute", 60], ["second", 1]];

/** `5 minutes ago`. */
export function relative(rfc3339: string): string {
  const away = (Date.parse(rfc3339) - Date.now()) / 1000;
  const [unit, size] = UNITS.find(([, least]) => Math.abs(away) >= least) ?? ["second", 1];
  return new Intl.RelativeTimeFormat(region, { numeric: "auto" }).format(Math.trunc(away / size), unit);
}

/** A time, both absolute and relative; the relative one keeps up by `tick`. */
export function when(rfc3339: string): HTMLTimeElement {
  return h("time", { datetime: rfc3339, class: "when" }, h("span", { class: "absolute" }, absolute(rfc3339)), " ", h("span", { class: "relative" }, relative(rfc3339)));
}

/** Brings every relative time on the page up to date. */
export function tick(): void {
  for (const time of document.querySelectorAll<HTMLTimeElement>("time.when")) {
    const shown = time.querySelector(".relative");
    const text = relative(time.dateTime);
    if (shown && shown.textContent !== text) shown.textContent = text;
  }
}
