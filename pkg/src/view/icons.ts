// Small line icons, 24 × 24, drawn with the text's colour. Decorative: the words stand beside them.

import { svg, html, type SVGTemplateResult, type TemplateResult } from "lit";

function icon(paths: SVGTemplateResult): TemplateResult {
  return html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">${paths}</svg>`;
}

export const camera = icon(svg`<path d="M3 8.5A1.5 1.5 0 0 1 4.5 7h2.6l1.4-2h7l1.4 2h2.6A1.5 1.5 0 0 1 21 8.5v9a1.5 1.5 0 0 1-1.5 1.5h-15A1.5 1.5 0 0 1 3 17.5z"/><circle cx="12" cy="13" r="3.5"/>`);
export const microphone = icon(svg`<rect x="9" y="3" width="6" height="11" rx="3"/><path d="M5.5 11.5a6.5 6.5 0 0 0 13 0M12 18v3"/>`);
export const phone = icon(svg`<rect x="7" y="2.5" width="10" height="19" rx="2.5"/><path d="M11 18.5h2"/>`);
export const help = icon(svg`<circle cx="12" cy="12" r="9"/><path d="M9.7 9.5a2.4 2.4 0 1 1 3.4 2.3c-.7.4-1.1.9-1.1 1.7v.3"/><path d="M12 16.9v.1"/>`);
export const check = icon(svg`<path d="m5 12.5 4.5 4.5L19 7.5"/>`);
export const cross = icon(svg`<path d="M6.5 6.5l11 11m0-11-11 11"/>`);
export const warning = icon(svg`<path d="M12 4 2.8 19.5h18.4z"/><path d="M12 10v4.5M12 17v.1"/>`);
export const info = icon(svg`<circle cx="12" cy="12" r="9"/><path d="M12 11v5.5M12 7.7v.1"/>`);
export const offline = icon(svg`<path d="M3 3l18 18M8.5 16.2a5 5 0 0 1 7 0M5 12.6a10 10 0 0 1 5-2.6m4.5.2a10 10 0 0 1 4.5 2.4M12 19.6v.1"/>`);
export const upload = icon(svg`<path d="M12 16V5m-4.5 4L12 4.5 16.5 9M4.5 15.5v3a1 1 0 0 0 1 1h13a1 1 0 0 0 1-1v-3"/>`);
export const swap = icon(svg`<path d="M4 10.5A8 8 0 0 1 18.5 7M20 13.5A8 8 0 0 1 5.5 17M18.5 3v4h-4M5.5 21v-4h4"/>`);
export const torch = icon(svg`<path d="M13 2.5 5.5 13.5H11L10 21.5l8-11.5h-5.5z"/>`);
export const link = icon(svg`<path d="M10 14a4 4 0 0 0 5.7 0l3-3A4 4 0 0 0 13 5.3l-1 1M14 10a4 4 0 0 0-5.7 0l-3 3A4 4 0 0 0 11 18.7l1-1"/>`);
export const play = icon(svg`<path d="M8 5.5v13l10.5-6.5z"/>`);
export const pause = icon(svg`<path d="M8.5 5.5v13M15.5 5.5v13"/>`);
export const retry = icon(svg`<path d="M19.5 12A7.5 7.5 0 1 1 17 6.4M19.5 3.5v4.2h-4.2"/>`);
export const clockFace = icon(svg`<circle cx="12" cy="12" r="9"/><path d="M12 7v5l3.5 2"/>`);
export const back = icon(svg`<path d="M15 5.5 8.5 12l6.5 6.5"/>`);
export const arrow = icon(svg`<path d="M9 5.5 15.5 12 9 18.5"/>`);
export const card = icon(svg`<rect x="3" y="5.5" width="18" height="13" rx="2"/><circle cx="8.3" cy="11" r="1.8"/><path d="M5.8 15.5c.5-1.3 1.3-1.9 2.5-1.9s2 .6 2.5 1.9M14 10h4M14 14h4"/>`);
export const passport = icon(svg`<rect x="5" y="3" width="14" height="18" rx="2"/><circle cx="12" cy="10.5" r="3.5"/><path d="M8.5 10.5h7M12 7c-2.2 2.3-2.2 4.7 0 7 2.2-2.3 2.2-4.7 0-7M9 17.5h6"/>`);
