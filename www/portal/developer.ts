// For developers with a sandbox key: which end the next identification takes, and how it is embedded. Nothing of it is there with a live key.

import type { Application } from "./api.js";
import { inline } from "./identification.js";
import { fill, h, type Portal } from "./parts.js";
import type { Key } from "./texts.js";

const PLANS = ["success", "repeat-front-video", "repeat-back-photo", "repeat-selfie-video", "attempts-exhausted", "rejected", "fraud-suspected", "document-not-supported", "document-not-accepted"] as const;

/** Draws the panel; `restart` shows what comes after a change of the plan. */
export function developer(place: HTMLElement, portal: Portal, restart: () => void): void {
  const { text } = portal;
  const open = place.querySelector("details")?.open ?? false;
  const plan = select("plan", PLANS.map((one) => [one, text(`plan.${one}`)]), portal.application.plan);
  const mode = select("mode", (["iframe", "inline"] as const).map((one) => [one, text(`developer.mode.${one}`)]), inline() ? "inline" : "iframe");
  const said = h("p", { role: "status", class: "small" });
  const form = h(
    "form",
    null,
    h("p", { class: "small soft" }, text("developer.text")),
    labelled(text, "developer.plan", plan),
    labelled(text, "developer.mode", mode),
    h(
      "div",
      { class: "ways" },
      h("button", { class: "button secondary", type: "submit" }, text("developer.apply")),
      h("button", { class: "button plain", type: "button", onclick: () => void portal.startOver() }, text("developer.reset")),
    ),
    said,
  );
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      await portal.save({ plan: plan.value } satisfies Partial<Application>);
    } catch {
      said.textContent = text("trouble.save");
      return;
    }
    if (mode.value !== (inline() ? "inline" : "iframe")) {
      // The policy of the page differs, so that it has to be loaded anew.
      location.assign(`/${mode.value === "inline" ? "?mode=inline" : ""}`);
      return;
    }
    said.textContent = text("developer.applied");
    restart();
  });
  fill(place, h("details", { class: "developer", open }, h("summary", null, text("developer.title")), form));
}

function select(id: string, options: (readonly [string, string])[], chosen: string): HTMLSelectElement {
  return h("select", { id: `developer-${id}` }, options.map(([value, words]) => h("option", { value, selected: value === chosen }, words)));
}

function labelled(text: (key: Key) => string, key: Key, control: HTMLElement): HTMLElement {
  return h("div", { class: "entry" }, h("label", { for: control.id }, text(key)), control);
}
