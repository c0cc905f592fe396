// The sign-up's words in German and English. In: a key and what fills its braces. Out: text. Both files hold the same keys.

import de from "./texts/de.json";
import en from "./texts/en.json";

export type Lang = "de" | "en";
export type Key = keyof typeof de;
export type Text = (key: Key, params?: Record<string, string | number>) => string;

const TEXTS: Record<Lang, Record<Key, string>> = { de, en };

export function textIn(lang: Lang): Text {
  return (key, params = {}) => TEXTS[lang][key].replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole));
}
