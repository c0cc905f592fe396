// Says what is missing or wrong in the personal data, as a text's key for each field. Pure: the day is given.

import type { Person } from "./api.js";
import type { Key } from "./texts.js";

/** The three parts of the birth date are judged together. */
export type Field = "firstName" | "lastName" | "birth" | "street" | "houseNumber" | "postcode" | "city" | "email";
export type Problems = Partial<Record<Field, Key>>;

const ADULT_YEARS = 18;
const OLDEST_YEAR = 1900;

export function check(person: Person, today: Date): Problems {
  const problems: Problems = {};
  const note = (field: Field, key: Key | undefined) => key && (problems[field] = key);
  for (const field of ["firstName", "lastName", "street", "city"] as const) note(field, filled(person[field]) ? undefined : `wrong.${field}`);
  note("birth", birth(person, today));
  note("houseNumber", /\d/.test(person.houseNumber ?? "") ? undefined : "wrong.houseNumber");
  note("postcode", /^\d{5}$/.test(person.postcode?.trim() ?? "") ? undefined : "wrong.postcode");
  note("email", email(person.email));
  return problems;
}

/** The birth date as a day of the calendar, if there is such a day. */
export function birthDay({ birthDay: day, birthMonth: month, birthYear: year }: Person): string | undefined {
  if (![day, month, year].every((part) => /^\d+$/.test(part?.trim() ?? "")) || Number(year) < OLDEST_YEAR) return undefined;
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  const same = date.getUTCDate() === Number(day) && date.getUTCMonth() === Number(month) - 1;
  return same ? date.toISOString().slice(0, 10) : undefined;
}

function birth(person: Person, today: Date): Key | undefined {
  if (![person.birthDay, person.birthMonth, person.birthYear].every(filled)) return "wrong.birth";
  const day = birthDay(person);
  if (!day) return "wrong.birth.date";
  const latest = new Date(Date.UTC(today.getFullYear() - ADULT_YEARS, today.getMonth(), today.getDate()));
  return day > latest.toISOString().slice(0, 10) ? "wrong.birth.young" : undefined;
}

function email(text: string | undefined): Key | undefined {
  if (!filled(text)) return "wrong.email";
  return /^[^\s@]+@[^\s@]+\.[^\s@.]{2,}$/.test(text?.trim() ?? "") ? undefined : "wrong.email.form";
}

const filled = (text: string | undefined): boolean => (text?.trim() ?? "") !== "";
