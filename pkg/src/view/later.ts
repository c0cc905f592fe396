// The screens that are never the first one, with what they wear: fetched once the first screen can be used.

import { nothing } from "lit";
import { laterStyles } from "../styles/later.js";
import type { Screen } from "../types.js";
import { consentRefused, consents, documentChoice, permissions } from "./agree.js";
import { attestation, categoryChoice, dataConfirmation } from "./answers.js";
import { camera, takingKey } from "./camera.js";
import { explainer } from "./explainer.js";
import { handoff, observing } from "./handoff.js";
import { helpForm } from "./help.js";
import { done, evaluation, repeat, review } from "./review.js";
import type { Content, View } from "./view.js";

export type LaterScreen = Exclude<Screen, { type: "loading" | "home" | "handoffClaim" | "requirements" | "register" | "failed" }>;

export const styles = laterStyles;
export { takingKey };

export function draw(v: View, screen: LaterScreen): Content {
  switch (screen.type) {
    case "explainer": return explainer(v, screen);
    case "consents": return consents(v, screen);
    case "consentRefused": return consentRefused(v);
    case "permissions": return permissions(v, screen);
    case "documentChoice": return documentChoice(v, screen);
    case "categoryChoice": return categoryChoice(v, screen);
    case "camera": return camera(v, screen);
    case "review": return review(v, screen);
    case "dataConfirmation": return dataConfirmation(v, screen);
    case "attestation": return attestation(v, screen);
    case "evaluation": return evaluation(v, screen);
    case "repeat": return repeat(v, screen);
    case "done": return done(v, screen);
    case "handoff": return handoff(v, screen);
    case "observing": return observing(v, screen);
    case "help": return helpForm(v, screen);
    default: return unknown(screen);
  }
}

// A newer engine part may know screens that this element does not.
const unknown = (_screen: never): Content => nothing;
