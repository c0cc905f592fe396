// What stands around every screen: who asks, the Kennung, how far the person is, what goes on beside, and the way to help.

import { html, nothing } from "lit";
import type { Snapshot, StepFacts } from "../types.js";
import * as icons from "./icons.js";
import { errorKey, type Content, type View } from "./view.js";

export function header(v: View): Content {
  const { case: facts } = v.s;
  return html`<header part="header" class="header">
    <slot name="header">
      <div class="bar">
        ${v.s.canGoBack
          ? html`<button part="back-button" class="round" type="button" aria-label=${v.t("frame.back")} title=${v.t("frame.back")} @click=${() => v.act({ type: "back" })}>
              ${icons.back}
            </button>`
          : nothing}
        <p class="partner" part="partner">
          ${facts ? html`<span class="sr">${v.t("frame.for")} </span>${facts.partner}` : v.t("frame.title")}
          ${facts?.mode === "sandbox" ? html`<span part="sandbox" class="badge">${v.t("frame.sandbox")}</span>` : nothing}
        </p>
        ${facts
          ? html`<p class="kennung" part="kennung" title=${v.t("frame.kennung.why")}>
              <span class="kennung-label">${v.t("frame.kennung")}</span> <span class="code">${facts.kennung}</span>
            </p>`
          : nothing}
        ${v.s.canHelp && v.s.screen.type !== "help"
          ? html`<button part="help-button" class="round" type="button" aria-label=${v.t("frame.help")} title=${v.t("frame.help")} @click=${() => v.act({ type: "help" })}>
              ${icons.help}
            </button>`
          : nothing}
      </div>
    </slot>
    ${progress(v)}
  </header>`;
}

/** Where the person is among the steps that count for them. */
export function position(snapshot: Snapshot): { steps: StepFacts[]; at: number } {
  const steps = snapshot.steps.filter((step) => step.state !== "skipped");
  return { steps, at: steps.findIndex((step) => step.current) };
}

/** What a step is called; some kinds of document have words of their own. */
export function stepName(v: View, step: string): string {
  const own = `step.${step}.${v.s.case?.document ?? ""}`;
  return v.t(v.m.has(own) ? own : `step.${step}`);
}

function progress(v: View): Content {
  const { steps, at } = position(v.s);
  const current = steps[at];
  if (!current || v.s.screen.type === "done") return nothing;
  const label = stepName(v, current.id);
  const of = v.t("frame.step", { number: at + 1, of: steps.length });
  return html`<div
    part="progress"
    class="progress"
    role="progressbar"
    aria-label=${v.t("frame.progress")}
    aria-valuemin="0"
    aria-valuemax=${steps.length}
    aria-valuenow=${at + 1}
    aria-valuetext="${of}: ${label}"
  >
    <div class="segments">
      ${steps.map((step) => html`<i class="segment ${step.state} ${step.current ? "current" : ""}"></i>`)}
    </div>
    <p class="progress-text" aria-hidden="true"><span>${label}</span><span class="soft">${of}</span></p>
  </div>`;
}

/** Something beside the screen: offline, a slow upload, hints that are off. Capture goes on. */
export function notice(v: View): Content {
  const { notice: code, upload } = v.s;
  const quietScreens = ["done", "failed", "evaluation", "home", "observing"];
  const offline = upload.state === "offline" && v.s.screen.type !== "evaluation";
  if (offline) return strip(icons.offline, v.t("notice.offline"), "warn");
  if (code === undefined || quietScreens.includes(v.s.screen.type)) return nothing;
  return strip(icons.info, v.t(errorKey(v, code, "title")), "calm");
}

function strip(icon: unknown, text: string, kind: string): Content {
  return html`<p part="notice" class="notice ${kind}" role="status">${icon}<span>${text}</span></p>`;
}

export function footer(v: View): Content {
  const { case: facts, screen, upload } = v.s;
  const ended = screen.type === "done" || screen.type === "home" || screen.type === "loading";
  if (screen.type === "camera") return nothing;
  const sending = upload.confirmed < upload.recorded && screen.type !== "evaluation";
  return html`<footer part="footer" class="footer">
    <slot name="footer">
      ${sending
        ? html`<p class="sending">${icons.upload}<span>${v.t("frame.sending", { done: v.m.bytes(upload.confirmed), all: v.m.bytes(upload.recorded) })}</span></p>`
        : facts && facts.attempt > 1
          ? html`<p>${v.t("frame.attempt", { number: facts.attempt, of: facts.attemptsAllowed })}</p>`
          : html`<p>${v.t("frame.trust")}</p>`}
      ${facts && !ended && screen.type !== "observing"
        ? html`<button part="cancel-button" class="textual" type="button" @click=${() => v.askCancel()}>${v.t("frame.cancel")}</button>`
        : nothing}
    </slot>
  </footer>`;
}
