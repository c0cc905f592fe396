// The help form: everything is filled in but what the person writes.

import { html, nothing } from "lit";
import { stepName } from "./frame.js";
import * as scenes from "./pictures/scenes.js";
import { heading, lead, primary, quiet, sheet, words, type Content, type ScreenOf, type View } from "./view.js";

export function helpForm(v: View, { form, state }: ScreenOf<"help">): Content {
  if (state === "sent") {
    return sheet(
      html`${heading(v, "help.sent.title")} ${lead(v, "help.sent.text")}`,
      primary(v, "help.back", () => v.act({ type: "back" })),
      { kind: "centre", art: scenes.still("success") },
    );
  }
  const { facts } = form;
  const rows: [string, string | undefined][] = [
    ["case", form.case],
    ["code", form.code],
    ["step", form.step && stepName(v, form.step)],
    ["device", [facts.model, facts.os].filter(Boolean).join(", ")],
    ["browser", facts.browser],
    ["time", v.m.time(form.at)],
  ];
  const send = (event: Event) => {
    event.preventDefault();
    const text = new FormData(event.target as HTMLFormElement).get("description");
    if (state === "open" && typeof text === "string" && text.trim() !== "") v.act({ type: "sendHelp", description: text.trim() });
  };
  return html`<form class="form" @submit=${send}>
    <div part="content" class="sheet">
      ${heading(v, "help.title")} ${lead(v, "help.text")}
      <label class="field" for="description">
        <span>${words(v, "help.description")}</span>
        <textarea id="description" name="description" part="textarea" rows="5" maxlength="2000" required placeholder=${v.t("help.placeholder")}></textarea>
      </label>
      <p class="soft small">${v.t("help.private")}</p>
      <h3>${v.t("help.sent-along")}</h3>
      <dl class="facts">
        ${rows.map(([key, value]) => (value ? html`<div><dt>${v.t(`help.fact.${key}`)}</dt><dd class=${key === "case" || key === "code" ? "code" : ""}>${value}</dd></div>` : nothing))}
      </dl>
    </div>
    <div part="actions" class="actions">
      <button part="button primary-button" class="button primary" type="submit" aria-disabled=${state === "busy" ? "true" : nothing}>
        ${state === "busy" ? html`<span class="spinner small" aria-hidden="true"></span>` : nothing}<span>${v.t("help.send")}</span>
      </button>
      ${quiet(v, "help.back", () => v.act({ type: "back" }))}
    </div>
  </form>`;
}
