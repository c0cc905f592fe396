// What several screens share: the interface between the sign-up and its screens, headings, buttons, the phone, pictures.

import { fill, h } from "../shared/dom.js";
import type { Application, Change, Step } from "./api.js";
import type { Key, Lang, Text } from "./texts.js";

/** The sign-up as its screens see it. */
export interface Portal {
  readonly application: Application;
  readonly endpoint: string;
  readonly lang: Lang;
  readonly text: Text;
  /** Shows a step that can be shown. */
  go(step: Step): void;
  /** Keeps on this page what is being entered. */
  keep(change: Change): void;
  /** Keeps it on the server too. */
  save(change?: Change): Promise<void>;
  /** A token for the case; `again` makes a new one after an end without success. */
  enter(again?: boolean): Promise<string>;
  /** Throws the application away and begins anew. */
  startOver(): Promise<void>;
}

/** A screen as it stands. */
export interface View {
  title: Key;
  body: Node[];
  /** The application has changed by itself. */
  changed?(): void;
  /** Another language; a screen without this is drawn anew. */
  relabel?(): void;
  leave?(): void;
}

export type Draw = (portal: Portal) => View;

export function heading(text: string): HTMLElement {
  return h("h1", { tabindex: -1 }, text);
}

/** The way on and the way back below a form. */
export function ways({ text, go }: Portal, onward: string, back?: Step): HTMLElement {
  return h(
    "div",
    { class: "ways" },
    h("button", { class: "button", type: "submit" }, onward),
    back && h("button", { class: "button plain", type: "button", onclick: () => go(back) }, icon("back"), text("back")),
  );
}

/** Runs what waits for the server; the form says so, and what went wrong is said beside the button. */
export async function busy(form: HTMLElement, message: string, work: () => Promise<void>): Promise<void> {
  const button = form.querySelector<HTMLButtonElement>("button[type=submit]");
  form.querySelector(".alert.server")?.remove();
  form.setAttribute("aria-busy", "true");
  if (button) button.disabled = true;
  try {
    await work();
  } catch {
    if (button) button.disabled = false;
    (button?.parentElement ?? form).before(h("p", { class: "alert server", role: "alert" }, message));
    button?.focus();
  } finally {
    form.removeAttribute("aria-busy");
  }
}

/** The numbers a person reads out when calling, and where to call. */
export function callUs({ text, application }: Portal): HTMLElement {
  const { order, identification } = application;
  return h(
    "section",
    { class: "callus" },
    h("p", { class: "soft" }, text("call.text")),
    h(
      "dl",
      null,
      h("div", null, h("dt", null, text("call.order")), h("dd", { class: "code" }, order)),
      identification && h("div", null, h("dt", null, text("call.kennung")), h("dd", { class: "code" }, identification.kennung)),
    ),
    h("a", { class: "button secondary", href: "tel:+492214710123" }, icon("phone"), "0221 4710-123"),
    h("p", { class: "small soft" }, text("phone.hours")),
  );
}

export function waiting(words: string): HTMLElement {
  return h("p", { class: "waiting", role: "status" }, h("span", { class: "spinner" }), words);
}

/** A picture of the page's sprite. */
export function icon(name: string): SVGSVGElement {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `#icon-${name}`);
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  svg.append(use);
  return svg;
}

/** A picture that the page's markup holds as a template. */
export function drawing(id: string): Node {
  const template = document.getElementById(id) as HTMLTemplateElement;
  return template.content.cloneNode(true);
}

export { fill, h };
