// A clerk's part of a case: the pictures to compare, the rules with what each stands on, master data beside what was read, the readings, the
// decision, and who did what. In: the case's report and its review. What a clerk does is in `clerk.ts`.

import type { AuditEntry, CaseReport, Compared, Evidence, MediaItem, Reading, ReviewReport, Rule } from "lichtbild";
import { h } from "../shared/dom.js";
import type { PartnerApi } from "./api.js";
import { correctDialog, decideDialog, judgeDialog, putBackDialog, restartDialog } from "./clerk.js";
import { icon, type IconName } from "./icons.js";
import { KeptList, Slot, type Kept } from "./keep.js";
import type { Tone } from "./states.js";
import { Viewer } from "./viewer.js";
import { documentName, named, percent, stepName, t, when } from "./words.js";

export interface Reviewed {
  report: CaseReport;
  review: ReviewReport;
}

/** `onChange` hears that something was done and the case is to be looked at anew. */
export function reviewPart(api: PartnerApi, onChange: () => void): Kept<Reviewed | undefined> {
  const [head, rules, data, readings] = [section(), section(), section(), section()] as const;
  const pictures = picturePart(api);
  const root = h("div", { class: "review", hidden: true }, head.root, pictures.root, rules.root, data.root, readings.root);
  return {
    root,
    update(reviewed) {
      root.hidden = reviewed === undefined;
      if (!reviewed) return;
      const { report, review } = reviewed;
      const acts = { api, review, kennung: report.kennung, onChange };
      pictures.update(report);
      head.show([review.light, review.state, review.rules, review.decisions, review.fourEyes, review.steps], () => headPart(acts));
      rules.show([review.rules, review.state], () => [h("h2", null, t("review.rules")), h("ul", { class: "rules" }, review.rules.map((rule) => ruleLine(acts, rule)))]);
      data.show([review.comparison, review.confirmation, review.state], () => dataPart(acts));
      readings.show([review.readings, review.attestation], () => readingsPart(review));
    },
    dispose: () => pictures.dispose?.(),
  };
}

/** Who did what and when. */
export function auditPart(): Kept<Reviewed | undefined> {
  const audit = section();
  return {
    root: audit.root,
    update(reviewed) {
      audit.root.hidden = reviewed === undefined;
      if (!reviewed) return;
      const { review } = reviewed;
      audit.show(review.audit, () => [h("h2", null, t("review.audit")), h("p", { class: "soft small" }, t("review.audit.text")), h("ol", { class: "audit" }, review.audit.map(auditLine))]);
    },
  };
}

const COMPARED_STEPS = ["front-photo", "back-photo", "selfie-video"];

/** What was last handed in, side by side: the document's sides and the face. */
function picturePart(api: PartnerApi): Kept<CaseReport> {
  const pictures = h("div", { class: "pictures" });
  const root = h("section", { class: "card", "aria-labelledby": "pictures" }, h("h2", { id: "pictures" }, t("review.pictures")), pictures);
  let [kase, kind]: [string, CaseReport["document"]] = ["", undefined];
  const list = new KeptList<MediaItem>(pictures, ({ artifact }) => artifact, (first) => {
    const viewer = new Viewer(api, kase, first, kind);
    return { root: h("figure", null, viewer.root, h("figcaption", { class: "soft small" }, stepName(first.step))), update: (item) => viewer.update(item, kind), dispose: () => viewer.dispose() };
  });
  return {
    root,
    update(report) {
      [kase, kind] = [report.id, report.document];
      const wanted = COMPARED_STEPS.flatMap((step) => {
        const items = report.media.filter((item) => item.step === step && item.submitted && (step === "selfie-video") === (item.kind === "video"));
        const last = Math.max(...items.map(({ attempt }) => attempt));
        return items.filter(({ attempt }) => attempt === last);
      });
      root.hidden = wanted.length === 0;
      list.show(wanted);
    },
    dispose: () => list.dispose(),
  };
}

/** What a clerk acts on. */
export interface Acts {
  api: PartnerApi;
  review: ReviewReport;
  kennung: string;
  onChange(): void;
}

const section = (): Slot => new Slot(h("section", { class: "card" }));

const LIGHTS: Readonly<Record<ReviewReport["light"], Tone>> = { green: "good", amber: "warn", red: "bad" };
const RESULTS: Readonly<Record<Rule["result"], { tone: Tone | ""; icon: IconName }>> = {
  ok: { tone: "good", icon: "check" },
  not_ok: { tone: "bad", icon: "cross" },
  pending: { tone: "warn", icon: "clock" },
  not_applicable: { tone: "", icon: "dash" },
};

const isGood = ({ result }: Rule): boolean => result === "ok" || result === "not_applicable";

function headPart(acts: Acts): Node[] {
  const { review } = acts;
  const good = review.rules.filter(isGood).length;
  const open = review.state === "in_review";
  const ready = good === review.rules.length;
  const [first] = review.decisions;
  return [
    h("div", { class: "light-line" },
      h("span", { class: `light ${LIGHTS[review.light]}`, "aria-hidden": "true" }),
      h("div", null,
        h("h2", null, t("review.title"), " ", h("span", { class: `badge ${LIGHTS[review.light]}` }, t(`review.light.${review.light}`))),
        h("p", { class: "soft" }, t("review.good", { good, all: review.rules.length }), " · ", t(`review.channel.${review.channel}`)))),
    ...(open && first ? [h("p", { class: "note" }, icon("alert"), t("review.first", { clerk: first.clerk }))] : []),
    ...(open ? [] : review.decisions.map((decision) =>
      h("p", { class: "decision" }, h("b", null, t(`review.verdict.${decision.verdict}`)), " · ", decision.clerk, " · ", when(decision.at), h("br"), decision.reason))),
    ...(open
      ? [
          h("p", { class: ready ? "good-ink" : "soft", id: "approve-why" }, t(ready ? (review.fourEyes ? "review.ready.four" : "review.ready") : "review.not-ready")),
          h("div", { class: "row" },
            h("button", { type: "button", class: "button", "data-key": "approve", "aria-disabled": ready ? null : "true", "aria-describedby": "approve-why", onclick: () => ready && decideDialog(acts, "approve") }, icon("check"), t("review.approve")),
            h("button", { type: "button", class: "button danger", "data-key": "reject", onclick: () => decideDialog(acts, "reject") }, icon("cross"), t("review.reject")),
            h("button", { type: "button", class: "button secondary", "data-key": "put-back", onclick: () => putBackDialog(acts) }, icon("repeat"), t("review.put-back")),
            h("button", { type: "button", class: "button secondary", "data-key": "restart", onclick: () => restartDialog(acts) }, icon("plus"), t("review.restart"))),
        ]
      : []),
  ];
}

function ruleLine(acts: Acts, rule: Rule): HTMLElement {
  const look = RESULTS[rule.result];
  const name = named("rule", rule.kind);
  return h("li", { class: `rule ${look.tone}`, "data-rule": rule.kind, "data-result": rule.result },
    h("div", { class: "rule-head" },
      h("h3", null, name),
      h("span", { class: `badge ${look.tone}` }, icon(look.icon), t(`rule.result.${rule.result}`))),
    h("p", null, reasonOf(rule)),
    rule.evidence.length > 0 && h("ul", { class: "evidence" }, rule.evidence.map(evidenceLine)),
    rule.judgement && h("p", { class: "judgement" }, h("b", null, t(rule.judgement.good ? "rule.judged.good" : "rule.judged.bad")), " · ", rule.judgement.clerk, " · ", when(rule.judgement.at), h("br"), rule.judgement.reason),
    acts.review.state === "in_review" && rule.todo && h("p", { class: "todo" }, icon("alert"), named("rule.todo", rule.todo)),
    rule.judgeable && h("div", { class: "row" },
      judgeButton(acts, rule, true), judgeButton(acts, rule, false)));
}

/** Some reasons read otherwise for one rule. */
function reasonOf({ kind, reason }: Rule): string {
  const own = named("rule.reason", `${kind}.${reason}`);
  return own === `${kind}.${reason}` ? named("rule.reason", reason) : own;
}

function judgeButton(acts: Acts, rule: Rule, good: boolean): HTMLElement {
  const words = t(good ? "rule.judge.good" : "rule.judge.bad");
  return h("button", { type: "button", class: "button secondary small-button", "data-key": `${rule.kind}-${good}`, "aria-label": `${words}: ${named("rule", rule.kind)}`, onclick: () => judgeDialog(acts, rule.kind, good) }, icon(good ? "check" : "cross"), words);
}

function evidenceLine({ field, error, artifact, expected, found, note }: Evidence): HTMLElement {
  return h("li", null,
    field && h("b", null, fieldName(field), " "),
    error && [h("span", { class: "code" }, error), " ", h("span", null, named("output", error)), " "],
    expected !== undefined && h("span", null, t("rule.expected"), " ", h("span", { class: "value" }, valueOf(field, expected)), " "),
    found !== undefined && h("span", null, t("rule.found"), " ", h("span", { class: "value" }, valueOf(field, found)), " "),
    note !== undefined && h("q", null, note),
    artifact && h("button", { type: "button", class: "link-button", onclick: () => showRecording(artifact) }, icon("picture"), t("rule.recording")));
}

/** Leads to a recording further down, as a link would; the address is the dashboard's own. */
function showRecording(artifact: string): void {
  const card = document.querySelector<HTMLElement>(`[data-artifact="${CSS.escape(artifact)}"]`);
  card?.scrollIntoView({ block: "center", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
  card?.querySelector<HTMLElement>("button, video, a")?.focus({ preventScroll: true });
}

function dataPart(acts: Acts): Node[] {
  const { review } = acts;
  const heads = [t("data.field"), t("data.expected"), t("data.found"), t("data.same"), t("data.person")];
  const said = new Map(review.confirmation?.answers.map((answer) => [answer.name, answer]));
  return [
    h("div", { class: "card-head" }, h("h2", null, t("data.title")),
      review.state === "in_review" && h("button", { type: "button", class: "button secondary small-button", "data-key": "correct", onclick: () => correctDialog(acts) }, t("data.correct"))),
    review.comparison.length === 0
      ? h("p", { class: "soft" }, t("data.none"))
      : h("table", { role: "table", class: "compared" },
          h("caption", { class: "sr" }, t("data.title")),
          h("thead", { role: "rowgroup" }, h("tr", { role: "row" }, heads.map((text) => h("th", { role: "columnheader", scope: "col" }, text)))),
          h("tbody", { role: "rowgroup" }, review.comparison.map((line) => comparedRow(line, said.get(line.name))))),
  ];
}

function comparedRow({ name, expected, found, same }: Compared, answer: { right: boolean; note?: string } | undefined): HTMLElement {
  const cell = (label: string, value: string | undefined) =>
    h("td", { role: "cell" }, h("span", { class: "label" }, label, " "), value === undefined ? h("span", { class: "nothing" }, "–") : h("span", { class: "value" }, valueOf(name, value)));
  const badge = same === undefined ? h("span", { class: "nothing" }, "–") : h("span", { class: `badge ${same ? "good" : "bad"}` }, icon(same ? "check" : "cross"), t(same ? "data.equal" : "data.different"));
  return h("tr", { role: "row", class: same === false ? "differs" : "", "data-field": name },
    h("th", { role: "rowheader", scope: "row" }, fieldName(name)),
    cell(t("data.expected"), expected), cell(t("data.found"), found),
    h("td", { role: "cell", class: "cell-same" }, badge),
    h("td", { role: "cell", class: "cell-person" }, answer
      ? [h("span", { class: `badge ${answer.right ? "good" : "bad"}` }, icon(answer.right ? "check" : "cross"), t(answer.right ? "data.right" : "data.wrong")), answer.note !== undefined && h("q", null, answer.note)]
      : h("span", { class: "nothing" }, "–")));
}

function readingsPart({ readings, attestation }: ReviewReport): Node[] {
  return [
    h("h2", null, t("reading.title")),
    readings.length === 0 ? h("p", { class: "soft" }, t("reading.none")) : h("ol", { class: "readings" }, [...readings].reverse().map(readingLine)),
    ...(attestation
      ? [h("h3", null, t("attestation.title")), h("p", null, attestation.clerk, " · ", when(attestation.at)), h("ul", { class: "plain-list" }, attestation.statements.map(({ id }) => h("li", null, named("attestation", id))))]
      : []),
  ];
}

function readingLine({ origin, step, at, lines, valid, errors, confidence, artifact, stills = [] }: Reading): HTMLElement {
  return h("li", { class: "reading", "data-origin": origin },
    h("p", { class: "row" },
      h("b", null, t(`reading.origin.${origin}`)),
      h("span", { class: `badge ${valid ? "good" : "bad"}` }, icon(valid ? "check" : "cross"), t(valid ? "reading.valid" : lines.length > 0 ? "reading.invalid" : "reading.nothing")),
      h("span", { class: "soft small" }, stepName(step), " · ", when(at), confidence !== undefined && ` · ${t("reading.sure", { share: percent(confidence) })}`, stills.length > 0 && ` · ${t("reading.vote", { n: stills.length })}`)),
    lines.length > 0 && h("pre", { class: "mrz", tabindex: "0", "aria-label": t("reading.lines") }, lines.join("\n")),
    errors.length > 0 && h("ul", { class: "evidence" }, errors.map((error) => h("li", null, h("span", { class: "code" }, error), " ", named("output", error)))),
    artifact !== undefined && h("button", { type: "button", class: "link-button", onclick: () => showRecording(artifact) }, icon("picture"), t("rule.recording")));
}

function auditLine({ at, action, key, about = [], outcome, clerk, note }: AuditEntry): HTMLElement {
  return h("li", { "data-action": action },
    h("p", null, h("b", null, named("audit", action)), about.length > 0 && [": ", about.map(aboutName).join(", ")], outcome && [" · ", named("rule.result", outcome)]),
    note !== undefined && h("q", null, note),
    h("p", { class: "soft small" }, when(at), clerk !== undefined && ` · ${clerk}`, key && [" · ", t("audit.key"), " ", h("span", { class: "code" }, key)]));
}

/** A rule, a field, a step or a kind of document, whichever knows the name. */
function aboutName(name: string): string {
  const known = [named("rule", name), named("field", name), stepName(name), documentName(name)];
  return known.find((words) => words !== name) ?? name;
}

export const fieldName = (name: string): string => named("field", name);

const valueOf = (field: string | undefined, value: string): string => (field === "documentKind" ? documentName(value) : value);
