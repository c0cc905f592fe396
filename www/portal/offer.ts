// What the insurance costs and from when it can begin. In: a tariff and today's date. Out: amounts in cents, days, words for both.

import type { Tariff } from "./api.js";
import offer from "./offer.json";
import type { Lang } from "./texts.js";

export const HOUSEHOLDS = Object.keys(offer.households) as Tariff["household"][];
export const LEVELS = Object.keys(offer.levels) as Tariff["level"][];
export const EXCESSES = Object.keys(offer.excesses) as Tariff["excess"][];

/** A whole tariff: what was not chosen yet is what most people take. */
export function complete(chosen: Partial<Tariff>, today: Date): Tariff {
  return { household: "single", level: "comfort", excess: "none", begin: dayAfter(today, 1), ...chosen };
}

/** Cents a month, in steps of five. */
export function monthlyCents({ household, level, excess }: Tariff): number {
  const exact = offer.levels[level].cents * offer.households[household] * offer.excesses[excess];
  return Math.round(exact / 5) * 5;
}

/** Million euros that are paid at most. */
export const millions = (level: Tariff["level"]): number => offer.levels[level].millions;

export const excessCents = offer.excessEuros * 100;

/** First and last day on which cover can begin. */
export const beginRange = (today: Date): [string, string] => [dayAfter(today, 1), dayAfter(today, 365)];

export function canBegin(begin: string, today: Date): boolean {
  const [first, last] = beginRange(today);
  return begin >= first && begin <= last;
}

export function euros(cents: number, lang: Lang): string {
  const digits = cents % 100 === 0 ? 0 : 2;
  return new Intl.NumberFormat(locale(lang), { style: "currency", currency: "EUR", minimumFractionDigits: digits }).format(cents / 100);
}

/** A day of the calendar (`2026-11-24`) as people write it. */
export function dayText(day: string, lang: Lang): string {
  return new Intl.DateTimeFormat(locale(lang), { dateStyle: "long", timeZone: "UTC" }).format(new Date(`${day}T00:00:00Z`));
}

const locale = (lang: Lang): string => (lang === "de" ? "de-DE" : "en-IE");

function dayAfter(today: Date, days: number): string {
  return new Date(Date.UTC(today.getFullYear(), today.getMonth(), today.getDate() + days)).toISOString().slice(0, 10);
}
