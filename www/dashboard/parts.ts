// Pieces that every screen uses: copying, announcing, dialogs, faults, empty places, skeletons. They know no case and no API.

import { byId, fill, h } from "../shared/dom.js";
import { Failure } from "./api.js";
import { icon, type IconName } from "./icons.js";
import { reason, t } from "./words.js";

type Content = Parameters<typeof fill>[1];

/** Says something to screen readers, and to eyes for a moment. */
export function announce(text: string): void {
  // What lies behind a dialog is hidden from screen readers, so a dialog has its own place for it.
  const place = document.querySelector("dialog[open] .announced") ?? byId("announced");
  fill(place, text);
  place.classList.add("shown");
  clearTimeout(quiet);
  quiet = setTimeout(() => place.classList.remove("shown"), 5000);
}
let quiet: ReturnType<typeof setTimeout> | undefined;

/** Puts text on the clipboard; its words change for a moment. */
export function copyButton(label: string, text: () => string, { compact = false } = {}): HTMLButtonElement {
  const words = h("span", { class: compact ? "sr" : "" }, label);
  const button = h("button", { type: "button", class: compact ? "icon-button" : "button secondary small-button", title: compact ? label : null, onclick: () => void copy() }, icon("copy"), words);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text());
      button.replaceChildren(icon("check"), words);
      if (!compact) fill(words, t("app.copied"));
      announce(t("app.copied"));
    } catch {
      announce(t("app.copy.failed"));
    }
    setTimeout(() => {
      button.replaceChildren(icon("copy"), words);
      fill(words, label);
    }, 2500);
  };
  return button;
}

/** Text to be copied as a whole: a read-only field with its button. */
export function copyField(label: string, text: string): HTMLElement {
  const field = h("input", { type: "text", readonly: true, value: text, class: "code", spellcheck: "false" });
  field.addEventListener("focus", () => field.select());
  return h("div", { class: "copy-field" }, h("label", { class: "field" }, h("span", null, label), field), copyButton(t("app.copy"), () => text));
}

export interface Box {
  root: HTMLDialogElement;
  body: HTMLElement;
  close(): void;
}

/** A modal dialog with a title. It gives the focus back where it came from and leaves nothing behind. */
export function openDialog(title: string, content: Content, onClose?: () => void): Box {
  const id = `dialog-${(dialogs += 1)}`;
  const body = h("div", { class: "dialog-body" });
  const close = h("button", { type: "button", class: "icon-button", title: t("app.close"), onclick: () => root.close() }, icon("cross"), h("span", { class: "sr" }, t("app.close")));
  const root = h("dialog", { class: "dialog", "aria-labelledby": id }, h("header", null, h("h2", { id, tabindex: "-1" }, title), close), body, h("div", { class: "announced", role: "status" }));
  fill(body, content);
  const before = document.activeElement;
  root.addEventListener("close", () => {
    root.remove();
    if (before instanceof HTMLElement && before.isConnected) before.focus();
    onClose?.();
  });
  byId("place").append(root);
  root.showModal();
  return { root, body, close: () => root.close() };
}
let dialogs = 0;

/** Closes whatever dialog is open: what it was about has left the screen. */
export function closeDialogs(): void {
  for (const open of document.querySelectorAll("dialog")) open.close();
}

/** A button that is busy while its work runs, so that nothing is done twice. */
export function workButton(label: string, busy: string, look: string, work: () => Promise<void>): HTMLButtonElement {
  const button = h("button", { type: "button", class: `button ${look}` }, label);
  button.addEventListener("click", async () => {
    if (!isBusy(button)) await whileBusy(button, busy, label, work);
  });
  return button;
}

export const isBusy = (button: HTMLButtonElement): boolean => button.getAttribute("aria-disabled") === "true";

/** Stays focusable while busy: a disabled button would drop the focus. */
export async function whileBusy(button: HTMLButtonElement, busy: string, label: string, work: () => Promise<void>): Promise<void> {
  button.setAttribute("aria-disabled", "true");
  fill(button, busy);
  try {
    await work();
  } finally {
    button.removeAttribute("aria-disabled");
    fill(button, label);
  }
}

/** What went wrong, in words and with its code, and a way on. */
export function faultBox(failure: Failure, retry?: () => void): HTMLElement {
  const facts = [`${t("app.code")}: ${failure.code}`, failure.detail, failure.requestId && `${t("app.request")}: ${failure.requestId}`];
  return h("div", { class: "alert fault", role: "alert" }, icon("alert"),
    h("div", null,
      h("p", null, h("b", null, reason(failure.code))),
      h("p", { class: "small code" }, facts.filter(Boolean).join(" · ")),
      retry && h("button", { type: "button", class: "button secondary small-button", onclick: retry }, icon("repeat"), t("app.retry"))));
}

/** A place where nothing is, why, and what can be done. */
export function emptyBox(drawing: IconName, title: string, text: string, ...ways: Node[]): HTMLElement {
  return h("div", { class: "empty" }, icon(drawing), h("p", { class: "empty-title" }, title), h("p", { class: "soft" }, text), ways.length > 0 && h("div", { class: "row" }, ways));
}

/** Grey bars where content will be. */
export function skeleton(lines: number): HTMLElement {
  const bars = Array.from({ length: lines }, () => h("span", { class: "bar" }));
  return h("div", { class: "skeleton", role: "status" }, h("span", { class: "sr" }, t("app.loading")), bars);
}

/** One line of a list of facts. */
export function fact(name: string, ...value: Content[]): HTMLElement {
  return h("div", { class: "fact" }, h("dt", null, name), h("dd", null, ...value));
}
