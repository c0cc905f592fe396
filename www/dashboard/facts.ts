// The quieter parts of a case: its facts, steps, consents, device and timeline. In: the report. Only what the API reports.

import type { CaseReport, HelpMessage, StepReport, TimelineItem } from "lichtbild";
import { h } from "../shared/dom.js";
import { icon, type IconName } from "./icons.js";
import { Slot, type Kept } from "./keep.js";
import { copyButton, fact } from "./parts.js";
import { lookOf } from "./states.js";
import { consentName, documentName, named, reason, stepName, t, when } from "./words.js";

/** Parts beside the recordings. */
export function caseFacts(): Kept<CaseReport> {
  const [facts, steps, consents, device] = [part(), part(), part(), part()] as const;
  return {
    root: h("aside", { class: "beside", "aria-label": t("case.facts") }, facts.root, steps.root, consents.root, device.root),
    update(report) {
      const { id, reference, flow, mode, state, document: kind, attempt, attemptsAllowed, createdAt, updatedAt, expiresAt } = report;
      facts.show([id, reference, kind, attempt, updatedAt, expiresAt, state], () => [
        h("h2", null, t("case.facts")),
        h("dl", { class: "facts stacked" },
          h("div", { class: "fact" }, h("dt", null, t("case.uuid")), h("dd", { class: "code small breakable" }, id)),
          fact(t("case.reference"), reference ?? t("case.none")),
          fact(t("case.mode"), t(mode === "sandbox" ? "app.sandbox" : "app.live")),
          fact(t("case.flow"), named("case.flow", flow)),
          fact(t("case.document"), kind ? documentName(kind) : t("case.document.none")),
          fact(t("case.attempt"), t("list.attempt.of", { number: attempt, of: attemptsAllowed })),
          fact(t("case.created"), when(createdAt)),
          fact(t("case.updated"), when(updatedAt)),
          !lookOf(state).ended && state !== "in_review" && fact(t("case.expires"), when(expiresAt))),
        h("p", { class: "row" }, copyButton(t("app.copy.uuid"), () => id)),
      ]);
      steps.show(report.steps, () => [h("h2", null, t("case.steps")), h("ol", { class: "steps" }, report.steps.map(stepLine))]);
      consents.show(report.consents, () => [
        h("h2", null, t("case.consents")),
        report.consents.length === 0
          ? h("p", { class: "soft" }, t("case.consents.none"))
          : h("ul", { class: "consents" }, report.consents.map((one) =>
              h("li", null, icon("check"), h("div", null, h("b", null, consentName(one.id)), h("p", { class: "soft small" }, t("case.consents.version", { version: one.version }), " · ", when(one.at)))))),
      ]);
      device.show(report.device, () => {
        const facts = report.device;
        const told = (text: string) => text || h("span", { class: "soft" }, t("case.device.unknown"));
        return [
          h("h2", null, t("case.device")),
          facts
            ? h("dl", { class: "facts stacked" },
                fact(t("case.device.model"), told(facts.model)), fact(t("case.device.os"), told(facts.os)),
                fact(t("case.device.browser"), told(facts.browser)), fact(t("case.device.language"), told(facts.language)),
                fact(t("case.device.viewport"), told(facts.viewport.replace("x", " × "))),
                fact(t("case.device.missing"), facts.missing.length === 0 ? t("case.device.complete") : h("ul", null, facts.missing.map((code) => h("li", null, reason(code), " ", h("span", { class: "code soft small" }, code))))))
            : h("p", { class: "soft" }, t("case.device.none")),
        ];
      });
    },
  };
}

const part = (): Slot => new Slot(h("section", { class: "card" }));

const STEP_ICONS: Readonly<Record<StepReport["state"], IconName>> = { open: "clock", done: "check", repeat: "repeat", skipped: "dash" };

function stepLine({ id, state, reasons = [] }: StepReport): HTMLElement {
  return h("li", { class: `step-line ${state}`, "data-step": id },
    icon(STEP_ICONS[state] ?? "dash"),
    h("div", null,
      h("span", { class: "step-name" }, stepName(id)), " ",
      h("span", { class: "small step-state" }, named("step.state", state)),
      reasons.length > 0 && h("ul", { class: "small" }, reasons.map((code) => h("li", null, reason(code), " ", h("span", { class: "code soft" }, code))))));
}

const EVENT_ICONS: Readonly<Record<string, IconName>> = {
  "case.created": "plus", "document.chosen": "picture", "case.ended": "check", "step.finished": "check", "step.repeat": "repeat", "handoff.claimed": "link",
  "evaluation.started": "search", "error.reported": "alert", "help.asked": "inbox",
};

/** What the person wrote to support; nothing, if nothing was written. */
export function help(): Kept<CaseReport> {
  const messages = new Slot(h("div", null));
  const root = h("section", { class: "card", "aria-labelledby": "help", hidden: true }, h("h2", { id: "help" }, t("case.help")), h("p", { class: "soft small" }, t("case.help.text")), messages.root);
  return {
    root,
    update(report) {
      root.hidden = report.help.length === 0;
      messages.show(report.help, () => h("ol", { class: "help" }, report.help.map(message)));
    },
  };
}

const message = ({ at, code, step, description }: HelpMessage): HTMLElement =>
  h("li", null,
    h("blockquote", null, description),
    h("p", { class: "soft small" }, when(at), step && [" · ", stepName(step)]),
    code && h("p", { class: "small" }, reason(code), " ", h("span", { class: "code soft" }, code)));

/** What happened, oldest first. */
export function timeline(): Kept<CaseReport> {
  const lines = new Slot(h("div", null));
  return {
    root: h("section", { class: "card", "aria-labelledby": "timeline" }, h("h2", { id: "timeline" }, t("case.timeline")), lines.root),
    update(report) {
      lines.show(report.timeline, () =>
        report.timeline.length === 0 ? h("p", { class: "soft" }, t("case.timeline.none")) : h("ol", { class: "timeline" }, report.timeline.map(eventLine)));
    },
  };
}

function eventLine({ at, event, step, code }: TimelineItem): HTMLElement {
  const trouble = event === "error.reported" || event === "help.asked" || event === "step.repeat";
  return h("li", { class: trouble ? "trouble" : "", "data-event": event },
    icon(EVENT_ICONS[event] ?? "dash"),
    h("div", null,
      h("p", null, h("b", null, named("event", event)), step && [" · ", stepName(step)]),
      code && h("p", { class: "small" }, reason(code), " ", h("span", { class: "code soft" }, code)),
      h("p", { class: "soft small" }, when(at))));
}
