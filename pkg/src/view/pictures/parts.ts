// The things our pictures are made of, all in one hand: a line 3 wide, round ends, three tints. 320 × 220 picture space.
// Classes carry colour and movement (styles/pictures.ts); without movement every picture shows its last moment.

import { html, svg, type SVGTemplateResult, type TemplateResult } from "lit";

export function picture(content: SVGTemplateResult, kind = ""): TemplateResult {
  return html`<svg class="picture ${kind}" part="picture" viewBox="0 0 320 220" aria-hidden="true" focusable="false">${content}</svg>`;
}

/** Soft ground under everything, so that things do not float. */
export const ground = svg`<ellipse class="shade" cx="160" cy="196" rx="120" ry="9"/>`;

export const backdrop = svg`<path class="blob" d="M52 120c-6-52 38-92 98-96 66-4 124 30 122 88-2 52-44 84-108 84-62 0-106-24-112-76z"/>`;

/** Head and shoulders within 40 × 48, for the portrait on a document. */
export const portrait = (x: number, y: number, size: number): SVGTemplateResult => svg`<g transform="translate(${x} ${y}) scale(${size})">
  <rect class="tint" width="40" height="48" rx="4"/>
  <circle class="skin" cx="20" cy="18" r="8.5"/><path class="cloth" d="M5 48c1-12 7-17 15-17s14 5 15 17z"/>
</g>`;

/** A card of ID-1 shape, 150 × 95, front. */
export const cardFront = (x: number, y: number, cls = ""): SVGTemplateResult => svg`<g transform="translate(${x} ${y})"><g class="card ${cls}">
  <rect class="paper line" width="150" height="95" rx="9"/>
  <path class="band" d="M1.5 10.5a9 9 0 0 1 9-9h129a9 9 0 0 1 9 9v10h-147z"/>
  ${portrait(12, 32, 1.05)}
  <path class="text" d="M66 40h58M66 53h40M66 66h50M66 79h28"/>
  <circle class="seal" cx="130" cy="73" r="10"/>
</g></g>`;

/** A phone seen from its screen, 84 × 168; `inside` is drawn on the screen's 72 × 140. */
export const phoneFront = (x: number, y: number, inside: SVGTemplateResult, cls = ""): SVGTemplateResult => svg`<g transform="translate(${x} ${y})"><g class="phone ${cls}">
  <rect class="body line" width="84" height="168" rx="14"/>
  <rect class="screen" x="6" y="14" width="72" height="140" rx="6"/>
  <path class="text" d="M35 8h14"/>
  <svg x="6" y="14" width="72" height="140" viewBox="0 0 72 140">${inside}</svg>
</g></g>`;

/** A person from the front; `mouth` is a path around (0, 0). */
export const person = (x: number, y: number, scale: number, cls = ""): SVGTemplateResult => svg`<g transform="translate(${x} ${y}) scale(${scale})"><g class="person ${cls}">
  <path class="cloth line" d="M-52 112c2-36 20-50 52-50s50 14 52 50z"/>
  <path class="skin line" d="M-12 44v16c0 8 5 12 12 12s12-4 12-12V44"/>
  <path class="hair line" d="M-33 6c-3-30 12-46 33-46s37 15 33 46z"/>
  <path class="skin line" d="M-30 4c0 30 12 48 30 48S30 34 30 4c0-8-3-14-6-18-12 4-34 2-42-6-7 6-12 14-12 24z"/>
  <path class="feature" d="M-14 6v4M14 6v4M0 12v9l-4 2"/>
  <path class="feature mouth" d="M-9 34c5 4 13 4 18 0"/>
</g></g>`;

/** The oval that a face is brought into, around (0, 0). */
export const oval = (x: number, y: number, scale: number, cls = ""): SVGTemplateResult =>
  svg`<path class="corners ${cls}" transform="translate(${x} ${y}) scale(${scale})" d="M0-52c-28 0-44 22-44 56C-44 44-22 70 0 70s44-26 44-66C44-30 28-52 0-52z"/>`;

export const badge = (x: number, y: number, kind: "good" | "bad" | "warn" | "calm", glyph: SVGTemplateResult): SVGTemplateResult =>
  svg`<g transform="translate(${x} ${y})"><g class="badge-mark ${kind}"><circle r="24"/>${glyph}</g></g>`;

export const exclaim = svg`<path class="glyph" d="M0-11V3M0 10v.2"/>`;
