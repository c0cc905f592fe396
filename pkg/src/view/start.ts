// The screens before the first step: loading, home with this device's history, a scanned code, missing requirements, registering.

import { html, nothing } from "lit";
import type { HistoryEntry } from "../types.js";
import * as icons from "./icons.js";
import { still } from "./pictures/stills.js";
import { handOff, wayButtons } from "./trouble.js";
import { errorKey, heading, lead, photographed, primary, quiet, secondary, sheet, words, type Content, type ScreenOf, type View } from "./view.js";

export function loading(v: View): Content {
  return sheet(
    html`<slot name="loading"><span class="spinner" aria-hidden="true"></span></slot>
      <h2 part="heading" class="calm" tabindex="-1">${words(v, "loading.title")}</h2>`,
    nothing,
    { kind: "centre" },
  );
}

export function home(v: View): Content {
  const { history } = v.s;
  return sheet(
    html`${heading(v, "home.title")} ${lead(v, "home.text")}
      <section class="history" part="history" aria-labelledby="history">
        <h3 id="history">${v.t("home.history")}</h3>
        ${history.length === 0
          ? html`<p class="soft">${v.t("home.history.empty")}</p>`
          : html`<ul class="rows">
              ${history.map((entry) => historyRow(v, entry))}
            </ul>`}
      </section>`,
    nothing,
    { art: html`<slot name="home.picture">${still("welcome")}</slot>` },
  );
}

function historyRow(v: View, entry: HistoryEntry): Content {
  const state = entry.outcome ?? "open";
  return html`<li class="row">
    <span class="dot ${state}" aria-hidden="true"></span>
    <span class="row-main"><b>${entry.partner}</b><span class="soft">${v.m.time(entry.at)}</span></span>
    <span class="row-end"><span class="code">${entry.kennung}</span><span class="soft">${v.t(`home.state.${state}`)}</span></span>
  </li>`;
}

export function handoffClaim(v: View, { partner, kennung, wrong, busy }: ScreenOf<"handoffClaim">): Content {
  const send = (event: Event) => {
    event.preventDefault();
    const number = new FormData(event.target as HTMLFormElement).get("number");
    if (!busy && typeof number === "string" && number.trim() !== "") v.act({ type: "acceptHandoff", number: number.trim() });
  };
  return html`<form class="form" @submit=${send}>
    ${sheet(
      html`${heading(v, "claim.title", { partner })} ${lead(v, "claim.text", { partner })}
        <p class="compare"><span>${v.t("claim.compare")}</span><b class="code large">${kennung}</b></p>
        <label class="number-field">
          <span>${words(v, "claim.number")}</span>
          <input part="number" name="number" inputmode="numeric" autocomplete="off" pattern="[0-9]{2}" maxlength="2" required aria-describedby="number-wrong" aria-invalid=${wrong ? "true" : nothing} />
        </label>
        <p id="number-wrong" class="wrong" role="alert">${wrong ? v.t("claim.wrong") : nothing}</p>
        <p class="soft small">${v.t("claim.warning")}</p>`,
      html`${primary(v, "claim.accept", undefined, { busy })}
      ${secondary(v, "claim.decline", () => v.act({ type: "refuse" }))}`,
      { art: html`<slot name="handoffClaim.picture">${still("handoff")}</slot>` },
    )}
  </form>`;
}

export function requirements(v: View, { missing }: ScreenOf<"requirements">): Content {
  const insecure = missing.includes("unsupported.insecure_context");
  return sheet(
    html`${heading(v, "requirements.title")} ${lead(v, insecure ? "requirements.text.insecure" : "requirements.text")}
      <ul class="reasons">
        ${missing.map(
          (code) => html`<li>${icons.warning}<span class="row-main"><b>${v.t(errorKey(v, code, "title"))}</b><span>${v.t(errorKey(v, code, "text"))}</span></span></li>`,
        )}
      </ul>
      <p class="soft small">${v.t("requirements.codes")} <span class="code">${missing.join(" · ")}</span></p>`,
    html`${insecure ? nothing : wayButtons(v, ["openInBrowser"])} ${handOff(v)}
    ${v.s.canHelp ? quiet(v, "way.help", () => v.act({ type: "help" })) : nothing}`,
    { art: html`<slot name="requirements.picture">${still("device")}</slot>` },
  );
}

export function register(v: View, { busy }: ScreenOf<"register">): Content {
  return sheet(
    html`${heading(v, "register.title")} ${lead(v, photographed(v, "register.text"), { partner: v.s.case?.partner ?? "" })}
      <h3>${v.t("register.need")}</h3>
      <ul class="ticks">
        ${["document", "light", "minutes"].map((point) => html`<li>${icons.check}<span>${v.t(`register.need.${point}`)}</span></li>`)}
      </ul>`,
    html`${primary(v, "register.go", () => v.act({ type: "continue" }), { busy })} ${handOff(v)}`,
    { art: html`<slot name="register.picture">${still("welcome")}</slot>` },
  );
}
