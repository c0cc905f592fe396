// What only moving pictures and later stills are made of; see parts.ts.

import { svg, type SVGTemplateResult } from "lit";
import { portrait } from "./parts.js";

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
export const tick = svg`<path class="glyph draw" pathLength="100" d="m-10 1 7 7 13-15"/>`;
export const crossed = svg`<path class="glyph" d="m-8-8 16 16m0-16L-8 8"/>`;
export const again = svg`<path class="glyph" d="M11 0A11 11 0 1 1 7-8.5M11-12v7H4"/>`;
export const halt = svg`<path class="glyph" d="M-5-9V9M5-9V9"/>`;
