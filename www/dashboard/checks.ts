// The checks of one recording, or of a step as a whole, as a table: what was looked at, measured, held against, and how it went.
// Only what the API reports; units are those of the server's checks.

import type { Check, CheckKind } from "lichtbild";
import { h } from "../shared/dom.js";
import { icon } from "./icons.js";
import { named, number, percent, reason, seconds, t } from "./words.js";

/** How a check's numbers read, and whether more is better. Brightness is held against either end. */
const MEASURES: Readonly<Partial<Record<CheckKind, { unit: (value: number) => string; better: "more" | "less" | "between" }>>> = {
  duration: { unit: seconds, better: "more" },
  picture_size: { unit: (pixels) => `${number(pixels)} px`, better: "more" },
  sound_audible: { unit: (level) => `${number(level, 1)} dBFS`, better: "more" },
  picture_not_black: { unit: percent, better: "less" },
  picture_not_frozen: { unit: percent, better: "less" },
  sharpness: { unit: (value) => number(value, 2), better: "more" },
  brightness: { unit: (value) => number(value, 2), better: "between" },
  glare: { unit: percent, better: "less" },
  document_present: { unit: percent, better: "more" },
  document_side: { unit: percent, better: "less" },
  document_whole: { unit: percent, better: "less" },
  document_corners: { unit: (corners) => number(corners), better: "less" },
  mrz_readable: { unit: percent, better: "more" },
  data_expected: { unit: (fields) => number(fields), better: "less" },
  document_resolution: { unit: (dots) => `${number(dots)} dpi`, better: "more" },
};

export function checkTable(name: string, checks: readonly Check[]): HTMLElement {
  const heads = [t("checks.kind"), t("checks.measured"), t("checks.limit"), t("checks.result"), t("checks.reason")];
  return h("table", { role: "table", class: "checks" },
    h("caption", { class: "sr" }, t("checks.caption", { name })),
    h("thead", { role: "rowgroup" }, h("tr", { role: "row" }, heads.map((text) => h("th", { role: "columnheader", scope: "col" }, text)))),
    h("tbody", { role: "rowgroup" }, checks.map(checkRow)));
}

function checkRow(check: Check): HTMLElement {
  const cell = (kind: string, label: string, value: string | undefined) =>
    h("td", { role: "cell", class: `cell-${kind}` }, value !== undefined && h("span", { class: "label" }, label, " "), value ?? h("span", { class: "nothing" }, "–"));
  return h("tr", { role: "row", "data-check": check.kind, "data-result": check.result },
    h("th", { role: "rowheader", scope: "row" }, named("check", check.kind)),
    cell("measured", t("checks.measured"), valueOf(check.kind, check.measured)),
    cell("limit", t("checks.limit"), limitOf(check)),
    h("td", { role: "cell", class: "cell-result" }, resultBadge(check)),
    h("td", { role: "cell", class: "cell-reason" }, check.code ? [reason(check.code), " ", h("span", { class: "code soft small" }, check.code)] : h("span", { class: "nothing" }, "–")));
}

function resultBadge({ result }: Check): HTMLElement {
  const look = { ok: ["good", "check"], failed: ["bad", "cross"], not_applicable: ["", "dash"] } as const;
  const [tone, drawing] = look[result] ?? look.not_applicable;
  return h("span", { class: `badge ${tone}` }, icon(drawing), named("result", result));
}

function valueOf(kind: CheckKind, value: number | undefined): string | undefined {
  return value === undefined ? undefined : (MEASURES[kind]?.unit ?? ((plain) => number(plain, 3)))(value);
}

function limitOf({ kind, limit, measured, result }: Check): string | undefined {
  const value = valueOf(kind, limit);
  if (value === undefined || limit === undefined || measured === undefined) return value;
  const better = MEASURES[kind]?.better;
  const above = measured > limit;
  // Which end of a range was meant shows in how it went: what passed lies below the upper end, what failed beyond its own.
  const least = better === "more" || (better === "between" && (result === "ok" ? above : !above));
  return better ? t(least ? "limit.least" : "limit.most", { value }) : value;
}

/** How many went how. A rehearsal's own line is no check of anything. */
export function tally(checks: readonly Check[]): { ok: number; failed: number; skipped: number } {
  const count = (result: Check["result"]) => checks.filter((check) => check.kind !== "sandbox" && check.result === result).length;
  return { ok: count("ok"), failed: count("failed"), skipped: count("not_applicable") };
}
