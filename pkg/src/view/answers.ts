// Screens that ask for an answer instead of a recording: the category of a permit, what was read on the document, and what the clerk in
// the shop attests.

import { html, nothing } from "lit";
import type { DocumentPicture, FieldFacts } from "../types.js";
import { tickList } from "./agree.js";
import * as icons from "./icons.js";
import * as scenes from "./pictures/scenes.js";
import { shotOf } from "./review.js";
import { handOff } from "./trouble.js";
import { heading, lead, primary, secondary, sheet, words, type Content, type ScreenOf, type View } from "./view.js";

export function categoryChoice(v: View, { categories, busy }: ScreenOf<"categoryChoice">): Content {
  return sheet(
    html`${heading(v, "category.title")} ${lead(v, "category.text")}
      <ul class="choices" part="choices" aria-busy=${busy ? "true" : "false"}>
        ${categories.map(
          (category) => html`<li>
            <button class="choice" part="choice" type="button" aria-disabled=${busy ? "true" : nothing} @click=${busy ? nothing : () => v.act({ type: "chooseCategory", category })}>
              <span class="tile letter">${category}</span>
              <span class="row-main"><b>${v.t(`category.${category}`)}</b></span>
              ${icons.arrow}
            </button>
          </li>`,
        )}
      </ul>`,
    handOff(v),
  );
}

export function dataConfirmation(v: View, screen: ScreenOf<"dataConfirmation">): Content {
  switch (screen.reading) {
    case "reading": return beingRead(v, screen);
    case "unreadable": return unreadable(v, screen);
    default: return read(v, screen);
  }
}

function beingRead(v: View, { slow }: ScreenOf<"dataConfirmation">): Content {
  const { upload } = v.s;
  const sending = upload.confirmed < upload.recorded;
  const text = v.t("evaluation.bytes", { done: v.m.bytes(upload.confirmed), all: v.m.bytes(upload.recorded) });
  return sheet(
    html`${heading(v, "confirm.reading.title")} ${lead(v, slow ? "confirm.reading.slow" : "confirm.reading.text")}
      ${sending
        ? html`<div class="meter-block">
            <progress part="bar" aria-label=${text} .value=${upload.confirmed} max=${upload.recorded}></progress>
            <p class="soft" aria-hidden="true">${text}</p>
          </div>`
        : html`<span class="spinner" aria-hidden="true"></span>`}`,
    slow ? retake(v) : nothing,
    { kind: "centre", art: scenes.still("evaluation") },
  );
}

function unreadable(v: View, { pictures, busy }: ScreenOf<"dataConfirmation">): Content {
  return sheet(
    html`${heading(v, "confirm.unreadable.title")} ${lead(v, "confirm.unreadable.text")}
      <ul class="points">
        ${["1", "2", "3"].map((point) => html`<li>${v.t(`confirm.unreadable.check.${point}`)}</li>`)}
      </ul>
      <p class="soft">${v.t("confirm.unreadable.else", { partner: v.s.case?.partner ?? "" })}</p>`,
    html`${primary(v, "confirm.retake", () => v.act({ type: "retake" }), { disabled: busy })}
    ${secondary(v, "confirm.unread", () => v.act({ type: "continue" }))}`,
    { art: shots(v, pictures) },
  );
}

function read(v: View, { fields, pictures, busy }: ScreenOf<"dataConfirmation">): Content {
  const wrong = fields.filter((field) => field.wrong).length;
  return sheet(
    html`${heading(v, "confirm.title")} ${lead(v, "confirm.text")}
      <ul class="read-fields" part="fields">
        ${fields.map((field) => fieldRow(v, field, busy))}
      </ul>
      <p class="soft small">${v.t("confirm.letters")}</p>`,
    html`${wrong > 0 ? html`<p class="soft small remaining" role="status">${v.t("confirm.wrong", { n: wrong })}</p>` : nothing}
    ${primary(v, wrong > 0 ? "confirm.noted" : "confirm.right", () => v.act({ type: "continue" }), { busy })} ${retake(v)}`,
    { art: shots(v, pictures) },
  );
}

function fieldRow(v: View, { name, value, plain, checked, wrong }: FieldFacts, busy: boolean): Content {
  const label = v.t(`field.${name}`);
  const doubt = v.t(wrong ? "confirm.doubted" : "confirm.doubt");
  const note = `note-${name}`;
  return html`<li class="read-field ${wrong ? "wrong-field" : ""}" part="field">
    <div class="row-main">
      <span class="soft">${label}</span>
      <b>${inWords(v, name, plain ?? value)}</b>
      ${checked && !wrong ? html`<span class="checked small">${icons.check}${v.t("confirm.checked")}</span>` : nothing}
    </div>
    <button
      class="button compact secondary"
      part="doubt-button"
      type="button"
      aria-disabled=${busy ? "true" : nothing}
      aria-label="${label}: ${doubt}"
      @click=${busy ? nothing : () => v.act({ type: "doubt", field: name, wrong: !wrong })}
    >
      ${doubt}
    </button>
    ${wrong
      ? html`<label class="field" for=${note}>
          <span>${v.t("confirm.note")}</span>
          <textarea id=${note} name=${note} part="textarea" rows="2" maxlength="500" autocomplete="off" @change=${(event: Event) => v.act({ type: "note", field: name, note: (event.target as HTMLTextAreaElement).value })}></textarea>
        </label>`
      : nothing}
  </li>`;
}

function inWords(v: View, name: FieldFacts["name"], value: string): string {
  if (name === "birthDate" || name === "expiryDate") return v.m.day(value);
  return name === "sex" ? v.t(`field.sex.${value}`) : value;
}

const retake = (v: View): Content => secondary(v, "confirm.retake", () => v.act({ type: "retake" }), icons.retry);

function shots(v: View, pictures: readonly DocumentPicture[]): Content {
  if (pictures.length === 0) return html`<figure class="shot"><div class="no-picture">${scenes.still("card")}</div></figure>`;
  return html`<div class="shots">
    ${pictures.map(
      ({ side, picture, outline }) => html`<figure class="shot" part="picture">${shotOf(v, picture, outline, v.t(`confirm.picture.${side}`))}</figure>`,
    )}
  </div>`;
}

export function attestation(v: View, { items, busy }: ScreenOf<"attestation">): Content {
  const left = items.filter((item) => !item.ticked).length;
  const send = (event: Event) => {
    event.preventDefault();
    const clerk = new FormData(event.target as HTMLFormElement).get("clerk");
    if (!busy && typeof clerk === "string" && clerk.trim() !== "") v.act({ type: "attest", clerk: clerk.trim() });
  };
  return html`<form class="form" @submit=${send}>
    <div part="content" class="sheet">
      ${heading(v, "attest.title")} ${lead(v, "attest.text")}
      ${tickList(v, items.map((item) => ({ ...item, title: v.t(`attest.${item.id}.title`), text: v.t(`attest.${item.id}.text`) })), busy)}
      <label class="field" for="clerk">
        <span>${words(v, "attest.clerk")}</span>
        <input id="clerk" name="clerk" part="input" type="text" maxlength="64" required autocomplete="off" />
      </label>
      <p class="soft small">${v.t("attest.kept", { partner: v.s.case?.partner ?? "" })}</p>
    </div>
    <div part="actions" class="actions">
      ${left > 0 ? html`<p class="soft small remaining">${v.t("attest.left", { n: left })}</p>` : nothing}
      ${primary(v, "attest.go", undefined, { busy, disabled: left > 0 })}
    </div>
  </form>`;
}
