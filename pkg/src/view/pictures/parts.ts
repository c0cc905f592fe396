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
const portrait = (x: number, y: number, size: number): SVGTemplateResult => svg`<g transform="translate(${x} ${y}) scale(${size})">
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

/** The same card's back, with the machine-readable zone. */
export const cardBack = (x: number, y: number, cls = ""): SVGTemplateResult => svg`<g transform="translate(${x} ${y})"><g class="card ${cls}">
  <rect class="paper line" width="150" height="95" rx="9"/>
  <rect class="chip" x="14" y="14" width="24" height="19" rx="4"/><path class="thin" d="M14 23.5h24M26 14v19"/>
  <path class="text" d="M52 18h50M52 30h70"/>
  <path class="band" d="M1.5 50h147v33.5a10 10 0 0 1-10 10h-127a10 10 0 0 1-10-10z"/>
  <path class="zone" d="M12 60h126M12 71h126M12 82h126"/>
</g></g>`;

/** An open passport, 150 × 150: cover leaf above, data page below. */
export const passportOpen = (x: number, y: number, cls = ""): SVGTemplateResult => svg`<g transform="translate(${x} ${y})"><g class="card ${cls}">
  <path class="cover-leaf line" d="M0 10a8 8 0 0 1 8-8h124a8 8 0 0 1 8 8v56H0z"/>
  <circle class="emblem" cx="70" cy="34" r="14"/><path class="emblem" d="M56 34h28M70 20c-9 9-9 19 0 28 9-9 9-19 0-28"/>
  <path class="paper line" d="M0 66h140v64a8 8 0 0 1-8 8H8a8 8 0 0 1-8-8z"/>
  ${portrait(10, 74, 0.9)}
  <path class="text" d="M58 82h60M58 94h44M58 106h52"/>
  <path class="zone" d="M10 123h120M10 131h120"/>
</g></g>`;

/** A phone seen from its screen, 84 × 168; `inside` is drawn on the screen's 72 × 140. */
export const phoneFront = (x: number, y: number, inside: SVGTemplateResult, cls = ""): SVGTemplateResult => svg`<g transform="translate(${x} ${y})"><g class="phone ${cls}">
  <rect class="body line" width="84" height="168" rx="14"/>
  <rect class="screen" x="6" y="14" width="72" height="140" rx="6"/>
  <path class="text" d="M35 8h14"/>
  <svg x="6" y="14" width="72" height="140" viewBox="0 0 72 140">${inside}</svg>
</g></g>`;

/** A phone lying across, 168 × 98, looking at something; `inside` is its screen's 140 × 86. */
export const phoneWide = (x: number, y: number, inside: SVGTemplateResult, cls = ""): SVGTemplateResult => svg`<g transform="translate(${x} ${y})"><g class="phone ${cls}">
  <rect class="body line" width="180" height="112" rx="14"/>
  <rect class="screen" x="14" y="7" width="152" height="98" rx="6"/>
  <svg x="14" y="7" width="152" height="98" viewBox="0 0 152 98">${inside}</svg>
</g></g>`;

/** The four corners of a frame around a box. */
export const corners = (x: number, y: number, w: number, h: number, cls = ""): SVGTemplateResult => {
  const [r, b] = [x + w, y + h];
  return svg`<path class="corners ${cls}" d="M${x} ${y + 16}V${y + 6}a6 6 0 0 1 6-6h10M${r - 16} ${y}h10a6 6 0 0 1 6 6v10M${r} ${b - 16}v10a6 6 0 0 1-6 6h-10M${x + 16} ${b}h-10a6 6 0 0 1-6-6v-10"/>`;
};

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

export const lamp = (x: number, y: number): SVGTemplateResult => svg`<g transform="translate(${x} ${y})" class="lamp">
  <circle class="glow" r="30"/><circle class="light line" r="15"/>
  <path class="ray" d="M0-26v-8M0 26v8M-26 0h-8M26 0h8M-18.5-18.5l-5.5-5.5M18.5 18.5l5.5 5.5M18.5-18.5l5.5-5.5M-18.5 18.5l-5.5 5.5"/>
</g>`;

/** A speech bubble with bars of sound, 92 × 54. */
export const speech = (x: number, y: number, number: number): SVGTemplateResult => svg`<g transform="translate(${x} ${y})" class="speech">
  <path class="paper line" d="M10 0h72a10 10 0 0 1 10 10v30a10 10 0 0 1-10 10H34l-20 14 3-14h-7A10 10 0 0 1 0 40V10A10 10 0 0 1 10 0z"/>
  ${[14, 26, 36, 22, 30, 16].map((height, bar) => svg`<rect class="wave wave-${bar % 3}" x=${14 + bar * 11.5} y=${25 - height / 2} width="6" height=${height} rx="3"/>`)}
  <circle class="number" cx="88" cy="2" r="12"/><text class="digit" x="88" y="7" text-anchor="middle">${number}</text>
</g>`;

export const badge = (x: number, y: number, kind: "good" | "bad" | "warn" | "calm", glyph: SVGTemplateResult): SVGTemplateResult =>
  svg`<g transform="translate(${x} ${y})"><g class="badge-mark ${kind}"><circle r="24"/>${glyph}</g></g>`;

export const tick = svg`<path class="glyph draw" pathLength="100" d="m-10 1 7 7 13-15"/>`;
export const exclaim = svg`<path class="glyph" d="M0-11V3M0 10v.2"/>`;
export const crossed = svg`<path class="glyph" d="m-8-8 16 16m0-16L-8 8"/>`;
export const again = svg`<path class="glyph" d="M11 0A11 11 0 1 1 7-8.5M11-12v7H4"/>`;
export const halt = svg`<path class="glyph" d="M-5-9V9M5-9V9"/>`;
