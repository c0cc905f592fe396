// Recordings and checks, by attempt (newest first) and step: each recording with its player, facts and table of checks.
// In: the report. A recording that stays on the screen plays on while others come.

import type { AttemptReport, CaseReport, Check, MediaItem } from "lichtbild";
import { h } from "../shared/dom.js";
import type { PartnerApi } from "./api.js";
import { checkTable, tally } from "./checks.js";
import { icon } from "./icons.js";
import { KeptList, Slot, type Kept } from "./keep.js";
import { copyButton, fact, workButton } from "./parts.js";
import { stateBadge } from "./states.js";
import { Viewer } from "./viewer.js";
import { bytes, named, seconds, stepName, t, when } from "./words.js";

interface Attempt {
  number: number;
  of: number;
  report: AttemptReport | undefined;
  steps: Step[];
}

interface Step {
  id: string;
  whole: Check[];
  recordings: Recording[];
}

interface Recording {
  item: MediaItem;
  /** The chosen kind of document. */
  document: CaseReport["document"];
  checks: Check[];
  /** Whether the attempt it belongs to has been judged. */
  judged: boolean;
}

export function recordings(api: PartnerApi, kase: string): Kept<CaseReport> {
  const none = h("p", { class: "soft" }, t("case.recordings.none"));
  const attempts = h("div", { class: "attempts" });
  const list = new KeptList<Attempt>(attempts, ({ number }) => String(number), () => attemptPart(api, kase));
  return {
    root: h("section", { "aria-labelledby": "recordings" }, h("h2", { id: "recordings" }, t("case.recordings")), none, attempts),
    update(report) {
      const all = attemptsOf(report);
      none.hidden = all.length > 0;
      list.show(all);
    },
    dispose: () => list.dispose(),
  };
}

function attemptsOf(report: CaseReport): Attempt[] {
  const numbers = [...new Set([...report.media, ...report.attempts].map(({ attempt }) => attempt))].sort((a, b) => b - a);
  const order = report.steps.map(({ id }) => id);
  return numbers.map((number) => {
    const judged = report.attempts.find(({ attempt }) => attempt === number);
    const checks = judged?.checks ?? [];
    const media = report.media.filter(({ attempt }) => attempt === number);
    const known = new Set(media.map(({ artifact }) => artifact));
    const ids = [...new Set([...media, ...checks].map(({ step }) => step))].sort((a, b) => order.indexOf(a) - order.indexOf(b));
    const steps = ids.map((id) => ({
      id,
      whole: checks.filter(({ step, artifact }) => step === id && !(artifact && known.has(artifact))),
      recordings: media.filter(({ step }) => step === id).map((item) => ({ item, document: report.document, judged: judged !== undefined, checks: checks.filter(({ artifact }) => artifact === item.artifact) })),
    }));
    return { number, of: report.attemptsAllowed, report: judged, steps };
  });
}

function attemptPart(api: PartnerApi, kase: string): Kept<Attempt> {
  const head = new Slot(h("header", { class: "attempt-head" }));
  const steps = h("div", { class: "steps-of-attempt" });
  const list = new KeptList<Step>(steps, ({ id }) => id, () => stepPart(api, kase));
  return {
    root: h("section", { class: "attempt" }, head.root, steps),
    update(attempt) {
      head.show([attempt.number, attempt.report?.evaluatedAt, attempt.report?.state], () => [
        h("h3", null, t("attempt.title", { number: attempt.number, of: attempt.of })),
        attempt.report
          ? [stateBadge(attempt.report.state), h("span", { class: "soft small" }, t("attempt.evaluated", { time: "" }), when(attempt.report.evaluatedAt))]
          : h("span", { class: "badge" }, t("attempt.open")),
      ]);
      list.show(attempt.steps);
    },
    dispose: () => list.dispose(),
  };
}

function stepPart(api: PartnerApi, kase: string): Kept<Step> {
  const head = new Slot(h("header", { class: "step-head" }));
  const whole = new Slot(h("div", null));
  const cards = h("div", { class: "recordings" });
  const list = new KeptList<Recording>(cards, ({ item }) => item.artifact, ({ item, document }) => recordingPart(api, kase, item, document));
  return {
    root: h("article", { class: "card step" }, head.root, cards, whole.root),
    update(step) {
      const checks = [...step.whole, ...step.recordings.flatMap((recording) => recording.checks)];
      const { ok, failed, skipped } = tally(checks);
      const all = ok + failed + skipped;
      head.show([step.id, ok, failed, all], () => [
        h("h4", null, stepName(step.id)),
        all > 0 && h("span", { class: `small ${failed > 0 ? "bad-ink" : "soft"}` }, t("checks.summary", { ok, all })),
      ]);
      list.show(step.recordings);
      whole.show(step.whole, () => step.whole.length > 0 && [h("h5", null, t("attempt.whole")), checkTable(`${stepName(step.id)}, ${t("attempt.whole")}`, step.whole)]);
    },
    dispose: () => list.dispose(),
  };
}

function recordingPart(api: PartnerApi, kase: string, first: MediaItem, kind: CaseReport["document"]): Kept<Recording> {
  const viewer = new Viewer(api, kase, first, kind);
  const head = new Slot(h("div", { class: "recording-head" }));
  const facts = new Slot(h("dl", { class: "facts lines" }));
  const checks = new Slot(h("div", null));
  const played = h("span", null);
  viewer.onDuration = (text) => {
    if (!measured) played.textContent = text;
    facts.root.querySelector(".duration")?.removeAttribute("hidden");
  };
  let measured = false;
  const name = () => t(`media.${first.kind}`);
  const download = workButton(t("media.download"), t("app.loading"), "secondary small-button", () => viewer.download());
  return {
    root: h("div", { class: "recording", "data-artifact": first.artifact }, viewer.root, h("div", { class: "recording-facts" }, head.root, facts.root, download), checks.root),
    update({ item, document, checks: made, judged }) {
      viewer.update(item, document);
      head.show([item.complete, item.submitted, item.complete || item.length], () => [
        h("h5", null, name(), " ", h("span", { class: "code soft small" }, item.artifact.slice(0, 7))),
        !item.complete && h("p", { class: "row" }, h("span", { class: "badge warn" }, icon("alert"), t("media.incomplete")), h("span", { class: "small soft" }, t("media.incomplete.text", { length: bytes(item.length) }))),
        !item.submitted && h("p", { class: "row" }, h("span", { class: "badge" }, icon("dash"), t("media.not-submitted")), h("span", { class: "small soft" }, t("media.not-submitted.text"))),
      ]);
      const duration = made.find(({ kind }) => kind === "duration")?.measured;
      measured = duration !== undefined;
      if (duration !== undefined) played.textContent = seconds(duration);
      facts.show([item, duration], () => [
        item.kind === "video" && h("div", { class: "fact duration", hidden: played.textContent === "" }, h("dt", null, t("media.duration")), h("dd", null, played)),
        fact(t("media.length"), bytes(item.length)),
        fact(t("media.type"), h("span", { class: "code" }, item.mediaType)),
        fact(t("media.received"), when(item.createdAt)),
        item.captureOrigin && fact(t("media.origin"), named("origin", item.captureOrigin)),
        h("div", { class: "fact" }, h("dt", null, t("media.sha256")),
          item.sha256 ? h("dd", { class: "row tight" }, h("span", { class: "code hash" }, item.sha256), copyButton(t("app.copy.sha256"), () => item.sha256 ?? "", { compact: true })) : h("dd", { class: "soft" }, t("media.sha256.none"))),
      ]);
      download.hidden = item.length === 0;
      checks.show([made, judged], () => (made.length > 0 ? checkTable(`${stepName(item.step)}, ${name()} ${item.artifact.slice(0, 7)}`, made) : judged && h("p", { class: "soft small" }, t("checks.none"))));
    },
    dispose: () => viewer.dispose(),
  };
}
