// Which function draws which screen, and by what name a change of screen is noticed.

import { html, nothing } from "lit";
import type { Screen } from "../types.js";
import { consentRefused, consents, documentChoice, permissions } from "./agree.js";
import { camera } from "./camera.js";
import { explainer } from "./explainer.js";
import { handoff, observing } from "./handoff.js";
import { done, evaluation, repeat, review } from "./review.js";
import { handoffClaim, home, loading, register, requirements } from "./start.js";
import { failed, helpForm } from "./trouble.js";
import type { Content, View } from "./view.js";

function draw(v: View): Content {
  const { screen } = v.s;
  switch (screen.type) {
    case "loading": return loading(v);
    case "home": return home(v);
    case "handoffClaim": return handoffClaim(v, screen);
    case "requirements": return requirements(v, screen);
    case "register": return register(v, screen);
    case "explainer": return explainer(v, screen);
    case "consents": return consents(v, screen);
    case "consentRefused": return consentRefused(v);
    case "permissions": return permissions(v, screen);
    case "documentChoice": return documentChoice(v, screen);
    case "camera": return camera(v, screen);
    case "review": return review(v, screen);
    case "evaluation": return evaluation(v, screen);
    case "repeat": return repeat(v, screen);
    case "done": return done(v, screen);
    case "handoff": return handoff(v, screen);
    case "observing": return observing(v);
    case "help": return helpForm(v, screen);
    case "failed": return failed(v, screen);
    default: return unknown(screen);
  }
}

// A newer engine part may know screens that this element does not.
const unknown = (_screen: never): Content => nothing;

/** The screen, in a slot of its name: what a partner puts there replaces it whole. */
export function screen(v: View): Content {
  return html`<slot name=${`screen-${v.s.screen.type}`}>${draw(v)}</slot>`;
}

/** Two snapshots with the same name show the same screen to the person. */
export function screenName(screen: Screen): string {
  switch (screen.type) {
    case "explainer": return `explainer ${screen.topic}`;
    case "camera": return `camera ${screen.purpose.type} ${screen.stage.type === "closed" ? "closed" : "open"}`;
    case "review": return `review ${screen.purpose.type}`;
    case "failed": return `failed ${screen.code}`;
    case "done": return `done ${screen.outcome}`;
    case "help": return `help ${screen.state === "sent" ? "sent" : "open"}`;
    default: return screen.type;
  }
}
