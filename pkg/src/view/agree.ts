// Consents, permissions and the choice of document.

import { html, nothing } from "lit";
import type { DocumentKind, DocumentOption, Permission } from "../types.js";
import * as icons from "./icons.js";
import * as scenes from "./pictures/scenes.js";
import { handOff, howToAllow, wayButtons } from "./trouble.js";
import { errorKey, heading, lead, primary, quiet, secondary, sheet, type Content, type ScreenOf, type View } from "./view.js";

export function consents(v: View, { items, busy }: ScreenOf<"consents">): Content {
  const left = items.filter((item) => !item.ticked).length;
  return sheet(
    html`${heading(v, "consents.title")} ${lead(v, "consents.text")}
      ${tickList(
        v,
        items.map((item) => ({ ...item, title: v.t(`consent.${item.id}.title`), text: v.t(`consent.${item.id}.text`), link: v.t(`consent.${item.id}.link`) })),
        busy,
      )}`,
    html`${left > 0 ? html`<p class="soft small remaining">${v.t("consents.left", { n: left })}</p>` : nothing}
    ${primary(v, "consents.agree", () => v.act({ type: "continue" }), { busy, disabled: left > 0 })}
    ${quiet(v, "consents.refuse", () => v.act({ type: "refuse" }))}`,
  );
}

/** Something to tick, with its words. */
export interface Tickable {
  id: string;
  version: string;
  ticked: boolean;
  title: string;
  text: string;
  /** Where the whole text is, and what the way there is called. */
  url?: string;
  link?: string;
}

export function tickList(v: View, items: Tickable[], busy: boolean): Content {
  return html`<ul class="consents" part="consents">
    ${items.map(
      ({ id, version, ticked, title, text, url, link }) => html`<li class="consent ${ticked ? "ticked" : ""}">
        <label>
          <input
            type="checkbox"
            .checked=${ticked}
            aria-disabled=${busy ? "true" : nothing}
            @click=${(event: Event) => busy && event.preventDefault()}
            @change=${(event: Event) => v.act({ type: "tick", id, on: (event.target as HTMLInputElement).checked })}
          />
          <span class="box" aria-hidden="true">${icons.check}</span>
          <span><b>${title}</b><span class="soft">${text}</span></span>
        </label>
        ${url ? html`<a href=${v.address(url)} target="_blank" rel="noopener"> ${link} </a>` : nothing}
        <span class="version soft small">${v.t("consents.version", { version })}</span>
      </li>`,
    )}
  </ul>`;
}

export function consentRefused(v: View): Content {
  return sheet(
    html`${heading(v, "refused.title")} ${lead(v, "refused.text", { partner: v.s.case?.partner ?? "" })}`,
    html`${primary(v, "refused.back", () => v.act({ type: "back" }))}
    ${secondary(v, "refused.cancel", () => v.act({ type: "cancel" }))}`,
    { art: scenes.still("pause") },
  );
}

export function permissions(v: View, { camera, microphone }: ScreenOf<"permissions">): Content {
  const failed = [camera, microphone].find((one) => one.state === "failed");
  const cameraGiven = camera.state === "granted";
  const alone = microphone.state === "notNeeded";
  const [title, text] = alone ? (["permissions.alone.title", "permissions.alone.text"] as const) : (["permissions.title", "permissions.text"] as const);
  return sheet(
    html`${heading(v, title)} ${lead(v, text)}
      <ol class="rows permissions">
        ${permissionRow(v, "camera", camera, true)} ${alone ? nothing : permissionRow(v, "microphone", microphone, cameraGiven)}
      </ol>`,
    html`${failed?.state === "failed"
      ? wayButtons(v, failed.waysOn.filter((way) => way !== "retry" && way !== "settings"), { main: false })
      : cameraGiven && (alone || microphone.state === "granted")
        ? primary(v, "permissions.go", () => v.act({ type: "continue" }))
        : handOff(v)}`,
    // What to do about it needs the room more.
    failed ? {} : { art: html`<slot name="permissions.picture">${scenes.still("permission")}</slot>` },
  );
}

function permissionRow(v: View, device: "camera" | "microphone", permission: Permission, next: boolean): Content {
  const ask = () => v.act({ type: device === "camera" ? "askCamera" : "askMicrophone" });
  const { state } = permission;
  const key = state === "failed" ? "way.retry" : "permissions.allow";
  return html`<li class="row permission ${state}">
    <span class="tile" aria-hidden="true">${device === "camera" ? icons.camera : icons.microphone}</span>
    <span class="row-main">
      <b>${v.t(`permissions.${device}`)}</b>
      <span class="soft">
        ${state === "failed" ? v.t(errorKey(v, permission.code, "text")) : v.t(`permissions.${device}.${state === "granted" ? "granted" : state === "asking" ? "asking" : "why"}`)}
      </span>
    </span>
    ${state === "failed" && permission.waysOn.includes("settings") ? howToAllow(v) : nothing}
    <span class="row-end">
      ${state === "granted"
        ? html`<span class="given">${icons.check}<span class="sr">${v.t("permissions.granted")}</span></span>`
        : state === "asking"
          ? html`<span class="spinner small" role="img" aria-label=${v.t("permissions.asking")}></span>`
          : html`<button class="button compact ${next ? "primary" : "secondary"}" part="button" type="button" ?disabled=${!next} aria-label="${v.t(key)}: ${v.t(`permissions.${device}`)}" @click=${ask}>${v.t(key)}</button>`}
    </span>
  </li>`;
}

export function documentChoice(v: View, { options, refused, busy }: ScreenOf<"documentChoice">): Content {
  return sheet(
    html`${heading(v, "document.title")} ${lead(v, "document.text")}
      ${refused ? html`<p class="alert" role="alert">${icons.warning}<span>${v.t(errorKey(v, refused, "text"))}</span></p>` : nothing}
      <ul class="choices" part="choices" aria-busy=${busy ? "true" : "false"}>
        ${options.map((option) => documentRow(v, option, busy))}
      </ul>`,
    handOff(v),
  );
}

function documentRow(v: View, { kind, availability, needsBack }: DocumentOption, busy: boolean): Content {
  const open = availability === "accepted";
  return html`<li>
    <button
      class="choice ${open ? "" : "closed"}"
      part="choice"
      type="button"
      aria-disabled=${busy ? "true" : nothing}
      @click=${busy ? nothing : () => v.act({ type: "chooseDocument", kind })}
    >
      <span class="tile" aria-hidden="true">${documentIcon(kind)}</span>
      <span class="row-main">
        <b>${v.t(`document.${kind}`)}</b>
        <span class="soft">${open ? v.t(needsBack ? "document.both" : `document.${kind}.hint`) : v.t(`document.${availability}`, { partner: v.s.case?.partner ?? "" })}</span>
      </span>
      ${open ? icons.arrow : nothing}
    </button>
  </li>`;
}

const documentIcon = (kind: DocumentKind) => (kind === "passport" ? icons.passport : icons.card);
