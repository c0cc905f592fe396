// Words for people: one flat message file per language, each loaded only when it is needed.
// `{name}` is replaced by a parameter; a parameter `n` chooses `<key>.one` where that exists and the language asks for it.

export type Lang = "de" | "en";
export type Params = Readonly<Record<string, string | number>>;
type Table = Readonly<Record<string, string>>;

export const LANGS: readonly Lang[] = ["de", "en"];

const TABLES: Record<Lang, () => Promise<{ default: Table }>> = {
  de: () => import("./messages/de.json"),
  en: () => import("./messages/en.json"),
};

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
}

// Dates and numbers are written as in Europe.
const LOCALES: Record<Lang, string> = { de: "de-DE", en: "en-GB" };

const loaded = new Map<Lang, Promise<Messages>>();

/** The messages of a language, loaded once. */
export function loadMessages(lang: Lang): Promise<Messages> {
  let pending = loaded.get(lang);
  if (!pending) {
    pending = TABLES[lang]().then(({ default: table }) => messages(lang, table));
    pending.catch(() => loaded.delete(lang));
    loaded.set(lang, pending);
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
  };
}
