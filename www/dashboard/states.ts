// What a case's state looks like: its colour, its drawing, whether it is over, and what the person was told. Words are elsewhere.

import type { CaseState, Mode } from "lichtbild";
import { h } from "../shared/dom.js";
import { icon, type IconName } from "./icons.js";
import { named, t } from "./words.js";

export type Tone = "good" | "warn" | "bad";

interface Look {
  tone: Tone;
  icon: IconName;
  ended: boolean;
}

const LOOKS: Readonly<Record<CaseState, Look>> = {
  created: { tone: "warn", icon: "clock", ended: false },
  started: { tone: "warn", icon: "play", ended: false },
  evaluating: { tone: "warn", icon: "search", ended: false },
  repeat: { tone: "warn", icon: "repeat", ended: false },
  in_review: { tone: "warn", icon: "search", ended: false },
  verified: { tone: "good", icon: "check", ended: true },
  rejected: { tone: "bad", icon: "cross", ended: true },
  fraud_suspected: { tone: "bad", icon: "alert", ended: true },
  attempts_exhausted: { tone: "bad", icon: "cross", ended: true },
  document_not_supported: { tone: "bad", icon: "cross", ended: true },
  document_not_accepted: { tone: "bad", icon: "cross", ended: true },
  cancelled: { tone: "bad", icon: "dash", ended: true },
  expired: { tone: "bad", icon: "dash", ended: true },
};

const UNKNOWN: Look = { tone: "warn", icon: "dash", ended: false };

export const STATES = Object.keys(LOOKS) as CaseState[];

/** A state of a newer server is shown by its own name. */
export const lookOf = (state: CaseState): Look => LOOKS[state] ?? UNKNOWN;

export const stateName = (state: CaseState): string => named("state", state);

export function stateBadge(state: CaseState): HTMLElement {
  const look = lookOf(state);
  return h("span", { class: `badge ${look.tone}`, "data-state": state }, icon(look.icon), stateName(state));
}

/** The mark of a rehearsal; nothing for a live case. */
export function modeBadge(mode: Mode): HTMLElement | null {
  return mode === "sandbox" ? h("span", { class: "badge sandbox" }, icon("flask"), t("app.sandbox")) : null;
}
