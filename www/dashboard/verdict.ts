// The verdict's panel: where the case stands, why, and what the person was told. In: the report. Suspected fraud says first of
// all that the person knows nothing of it.

import type { CaseReport, Check, ErrorCode } from "lichtbild";
import { h } from "../shared/dom.js";
import { tally } from "./checks.js";
import { icon } from "./icons.js";
import { lookOf, stateName } from "./states.js";
import { named, reason, stepName, t } from "./words.js";

export function verdict(report: CaseReport): HTMLElement {
  const look = lookOf(report.state);
  const checks = lastChecks(report);
  const asked = checks.some(({ kind }) => kind === "sandbox");
  const told = look.ended ? (report.state === "fraud_suspected" || report.state === "verified" ? "success" : report.state) : undefined;
  const failed = checks.filter(({ result, code }) => result === "failed" && code);
  const { ok, failed: bad, skipped } = tally(checks);
  return h("section", { class: `verdict ${look.tone}`, "aria-labelledby": "verdict", "data-state": report.state },
    h("div", { class: "verdict-mark" }, icon(look.icon)),
    h("div", { class: "verdict-words" },
      h("h2", { id: "verdict" }, stateName(report.state)),
      report.state === "fraud_suspected" && h("div", { class: "silence", role: "note" }, h("p", null, h("b", null, t("verdict.fraud.warning"))), h("p", null, t("verdict.fraud.warning.text"))),
      h("p", null, report.state === "verified" && asked ? t("verdict.sandbox.asked") : named("verdict", `${report.state}.text`)),
      report.state !== "verified" && asked && h("p", null, t("verdict.sandbox.asked")),
      report.mode === "sandbox" && h("p", { class: "rehearsal" }, icon("flask"), t("verdict.sandbox")),
      failed.length > 0 && report.state !== "verified" && [h("h3", null, t("verdict.reasons")), reasons(failed)],
      h("dl", { class: "verdict-facts" },
        told && h("div", null, h("dt", null, t("verdict.told")), h("dd", { class: "told" }, named("verdict.told", told))),
        checks.length > 0 && h("div", null, h("dt", null, t("attempt.title", { number: report.attempts.at(-1)?.attempt ?? report.attempt, of: report.attemptsAllowed })), h("dd", null, t("verdict.checks", { ok, failed: bad, skipped }))))));
}

const lastChecks = (report: CaseReport): Check[] => report.attempts.at(-1)?.checks ?? [];

/** Each step's reasons, each once. */
function reasons(failed: readonly Check[]): HTMLElement {
  const lines = new Map<string, { step: string; code: ErrorCode }>();
  for (const { step, code } of failed) if (code) lines.set(`${step} ${code}`, { step, code });
  return h("ul", { class: "reasons" }, [...lines.values()].map(({ step, code }) =>
    h("li", null, h("b", null, stepName(step)), ": ", reason(code), " ", h("span", { class: "code small" }, code))));
}
