// What every screen is given: the snapshot, words, and ways to act. Screens are functions from this to a template;
// they hold no state and reach nothing else.

import { html, noChange, nothing, type TemplateResult } from "lit";
import { Directive, directive, PartType, type ElementPart, type PartInfo } from "lit/directive.js";
import type { Messages, Params } from "../messages.js";
import type { Action, CaptureEvent, ErrorCode, Screen, Snapshot } from "../types.js";
import type { ExplainerState } from "./player.js";

export type Later = typeof import("./later.js");
export type Content = TemplateResult | typeof nothing;

export type See = (quad: Extract<CaptureEvent, { type: "documentSeen" }>["quad"]) => void;

export interface View {
  readonly s: Snapshot;
  readonly m: Messages;
  /** The text of a key, or what the partner's hook makes of it. */
  t(key: string, params?: Params): string;
  act(action: Action): void;
  /** Ways on that need no capture: copy a link, start again. */
  copy(what: "session" | "handoff"): void;
  restart(): void;
  /** The address of a page of the backend, which is not the partner's when the element runs in their page. */
  address(url: string): string;
  askCancel(): void;
  /** What was copied just now, for a moment. */
  readonly copied: string | undefined;
  /** Which of the built-in pictures of how to allow the camera fits this browser. */
  readonly browser: string;
  readonly explainer: ExplainerState;
  /** The screens after the first one, once they are there; asking for them fetches them. */
  later(): Later | undefined;
  /** They could not be fetched; `refetch` tries again. */
  readonly stuck: boolean;
  refetch(): void;
  /** Shows the camera's picture in an element, once it exists. */
  attach(video: Element | undefined): void;
  /** Calls with where the document is in the camera's frame, and with nothing when it is gone, until the returned function is called. */
  watch(see: See): () => void;
  /** The shutter may be heard. */
  readonly sounds: boolean;
  /** The review shows the whole picture, not only the document. */
  readonly whole: boolean;
  showWhole(whole: boolean): void;
  /** What the partner draws in place of a part, if anything. */
  part(name: "instructions" | "review"): Node | undefined;
}

export type ScreenOf<T extends Screen["type"]> = Extract<Screen, { type: T }>;

/** Key of a code's words. A code from a newer server has none here; the person is told that something went wrong. */
export function errorKey(v: View, code: ErrorCode, part: "title" | "text"): string {
  const key = `error.${code}.${part}`;
  return v.m.has(key) ? key : `error.internal.unexpected.${part}`;
}

/** Key of words for where the document is photographed and not filmed, if there are such. */
export function photographed(v: View, key: string): string {
  const own = `${key}.photo`;
  return v.m.has(own) && v.s.steps.some(({ id }) => id === "front-photo") ? own : key;
}

/** Key of words for a card whose zone may be on either side, if there are such. */
export function eitherSide(v: View, key: string): string {
  const own = `${key}.foreign`;
  return v.m.has(own) && v.s.case?.document === "foreignIdCard" ? own : key;
}

/** Key of words for the clerk who holds the device in the shop, if there are such: the customer is somebody else there. */
function toClerk(v: View, key: string): string {
  const own = `${key}.shop`;
  return v.m.has(own) && v.s.steps.some(({ id }) => id === "attestation") ? own : key;
}

/** Words that a partner can replace by a slot of the key's name. */
export function words(v: View, key: string, params?: Params): TemplateResult {
  const own = toClerk(v, key);
  return html`<slot name=${own}>${v.t(own, params)}</slot>`;
}

/** The screen's heading; focus moves here when the screen changes. */
export function heading(v: View, key: string, params?: Params): TemplateResult {
  return html`<h2 part="heading" tabindex="-1">${words(v, key, params)}</h2>`;
}

export function lead(v: View, key: string, params?: Params): TemplateResult {
  return html`<p part="lead" class="lead">${words(v, key, params)}</p>`;
}

export interface ButtonOptions {
  busy?: boolean;
  disabled?: boolean;
  params?: Params;
}

/** The screen's main button; without `run` it sends the form around it. A busy one stays focusable and says so. */
export function primary(v: View, key: string, run: (() => void) | undefined, { busy, disabled, params }: ButtonOptions = {}): TemplateResult {
  return html`<button
    part="button primary-button"
    class="button primary"
    type=${run ? "button" : "submit"}
    aria-disabled=${busy || disabled ? "true" : nothing}
    aria-busy=${busy ? "true" : nothing}
    @click=${busy || disabled || !run ? nothing : run}
  >
    ${busy ? html`<span class="spinner small" aria-hidden="true"></span>` : nothing}<span>${v.t(key, params)}</span>
  </button>`;
}

export function secondary(v: View, key: string, run: () => void, icon?: unknown): TemplateResult {
  return html`<button part="button secondary-button" class="button secondary" type="button" @click=${run}>
    ${icon ?? nothing}<span>${v.t(key)}</span>
  </button>`;
}

export function quiet(v: View, key: string, run: () => void): TemplateResult {
  return html`<button part="button quiet-button" class="button quiet" type="button" @click=${run}>${v.t(key)}</button>`;
}

export interface SheetOptions {
  /** `centre`: a short message in the middle. `wide`: columns of its own. `film`: the picture is what the screen is about. */
  kind?: "centre" | "wide" | "film";
  /** A picture: above the text, or beside it where there is room. */
  art?: unknown;
}

/** A screen's usual shape: a picture, what it says, and below it what can be done. */
export function sheet(body: unknown, actions: unknown, { kind, art }: SheetOptions = {}): TemplateResult {
  return html`<div class="page kind-${kind ?? "plain"} ${art ? "pictured" : ""}">
    <div part="content" class="sheet">${body}</div>
    ${art ? html`<div class="art">${art}</div>` : nothing}
    <div part="actions" class="actions">${actions}</div>
  </div>`;
}

class Vars extends Directive {
  constructor(info: PartInfo) {
    super(info);
    if (info.type !== PartType.ELEMENT) throw new Error("vars() belongs on an element");
  }

  render(_values: Record<string, string | number>): typeof noChange {
    return noChange;
  }

  // Through the object model: a style attribute would need `unsafe-inline`.
  override update(part: ElementPart, [values]: [Record<string, string | number>]): typeof noChange {
    for (const [name, value] of Object.entries(values)) {
      (part.element as HTMLElement).style.setProperty(name, String(value));
    }
    return noChange;
  }
}

/** CSS custom properties on an element. */
export const vars = directive(Vars);

/** `1:07` */
export function clock(millis: number): string {
  const seconds = Math.floor(millis / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
