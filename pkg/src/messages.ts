// Words for people: one flat message file per language, each loaded only when it is needed, and in two parts: what the first screen
// may say (messages.parts.mjs, applied by the build), and the rest. What is said where neither could be loaded is built in.
// `{name}` is replaced by a parameter; a parameter `n` chooses `<key>.one` where that exists and the language asks for it.

import de from "./messages/de.json?last";
import en from "./messages/en.json?last";
import { part } from "./part.js";

export type Lang = "de" | "en";
export type Params = Readonly<Record<string, string | number>>;
type Table = Readonly<Record<string, string>>;

export const LANGS: readonly Lang[] = ["de", "en"];

type Part = () => Promise<{ default: Table }>;
const TABLES: Record<Lang, [first: Part, rest: Part]> = {
  de: [() => import("./messages/de.json?first"), () => import("./messages/de.json?rest")],
  en: [() => import("./messages/en.json?first"), () => import("./messages/en.json?rest")],
};
const LAST: Record<Lang, Table> = { de, en };

/** The first language we speak among what is wanted, then among the browser's; English if none. */
export function chooseLang(...wanted: (string | null | undefined)[]): Lang {
  const browser = typeof navigator === "undefined" ? [] : (navigator.languages ?? []);
  for (const tag of [...wanted, ...browser]) {
    const base = tag?.toLowerCase().split("-")[0];
    const lang = LANGS.find((known) => known === base);
    if (lang) return lang;
  }
  return "en";
}

export interface Messages {
  readonly lang: Lang;
  /** The text for a key; the key itself where there is none, so that a gap is seen. */
  text(key: string, params?: Params): string;
  /** Whether there is a text. */
  has(key: string): boolean;
  /** A whole number with the language's separators. */
  number(value: number): string;
  /** A length in bytes, `1,4 MB`. */
  bytes(value: number): string;
  /** A date with time. */
  time(rfc3339: string): string;
  /** A day as documents have it, `YYYY-MM-DD`, or as much of it as is known. */
  day(value: string): string;
}

// Dates and numbers are written as in Europe.
const LOCALES: Record<Lang, string> = { de: "de-DE", en: "en-GB" };

const loaded = new Map<string, Promise<Messages>>();

/** The messages of a language, loaded once. */
export const loadMessages = (lang: Lang): Promise<Messages> => load(lang, TABLES[lang]);

/** Those that the first screen may need. */
export const firstMessages = (lang: Lang): Promise<Messages> => load(lang, TABLES[lang].slice(0, 1));

/** That something could not be loaded, and the way on. */
export const lastMessages = (lang: Lang): Messages => messages(lang, LAST[lang]);

function load(lang: Lang, parts: Part[]): Promise<Messages> {
  const key = `${lang} ${parts.length}`;
  let pending = loaded.get(key);
  if (!pending) {
    pending = Promise.all(parts.map((one) => part(one, "default"))).then((tables) => messages(lang, Object.assign({}, ...tables.map((one) => one.default))));
    pending.catch(() => loaded.delete(key));
    loaded.set(key, pending);
  }
  return pending;
}

export function messages(lang: Lang, table: Table): Messages {
  const locale = LOCALES[lang];
  const plurals = new Intl.PluralRules(locale);
  const number = (value: number): string => value.toLocaleString(locale);
  return {
    lang,
    has: (key) => key in table,
    number,
    text(key, params = {}) {
      const plural = typeof params.n === "number" ? `${key}.${plurals.select(params.n)}` : key;
      const pattern = table[plural] ?? table[key] ?? key;
      return pattern.replace(/\{(\w+)\}/g, (whole, name: string) => {
        const value = params[name];
        return value === undefined ? whole : typeof value === "number" ? number(value) : value;
      });
    },
    bytes(value) {
      const megabytes = value / 1e6;
      if (megabytes < 0.1) return `${number(Math.ceil(value / 1000))} kB`;
      return `${megabytes.toLocaleString(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 })} MB`;
    },
    time: (rfc3339) =>
      new Date(rfc3339).toLocaleString(locale, { dateStyle: "medium", timeStyle: "short" }),
    day(value) {
      const known = value.split("-").length;
      const parts: Intl.DateTimeFormatOptions = { year: "numeric", timeZone: "UTC" };
      if (known > 1) parts.month = "2-digit";
      if (known > 2) parts.day = "2-digit";
      const date = new Date(value);
      return Number.isNaN(date.getTime()) ? value : date.toLocaleDateString(locale, parts);
    },
  };
}
