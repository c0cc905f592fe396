// Pictures above the headings of the screens that may be seen first.

import { svg, type SVGTemplateResult, type TemplateResult } from "lit";
import { backdrop, badge, cardFront, exclaim, ground, oval, person, phoneFront, picture } from "./parts.js";

const STILLS = {
  welcome: () => svg`${backdrop}${ground}<g transform="translate(46 84)">${cardFront(0, 0)}</g>${phoneFront(186, 34, svg`${person(36, 62, 0.62)}${oval(36, 60, 0.74, "good")}`)}`,
  permission: () => svg`${backdrop}${ground}${phoneFront(118, 30, svg`<rect class="paper line slim" x="8" y="44" width="56" height="56" rx="8"/><path class="text" d="M18 58h36M18 68h24"/><rect class="button-mark" x="18" y="80" width="36" height="12" rx="6"/>`)}<g transform="translate(66 104)"><circle class="bubble line" r="26"/><path class="glyph-line" d="M-12-6h6l3-5h6l3 5h6v16h-24zM0 3m-5 0a5 5 0 1 0 10 0a5 5 0 1 0-10 0"/></g><g transform="translate(256 104)"><circle class="bubble line" r="26"/><path class="glyph-line" d="M-5-9a5 5 0 0 1 10 0v8a5 5 0 0 1-10 0zM-10-2a10 10 0 0 0 20 0M0 8v5"/></g>`,
  device: () => svg`${backdrop}${ground}${phoneFront(118, 30, svg`<path class="text" d="M22 52h28M22 64h20"/>`)}${badge(206, 64, "warn", exclaim)}`,
  handoff: () => svg`${backdrop}${ground}<path class="body line" d="M48 66a8 8 0 0 1 8-8h128a8 8 0 0 1 8 8v86H48z"/><path class="body line" d="M30 152h180l-6 16a6 6 0 0 1-6 4H42a6 6 0 0 1-6-4z"/><rect class="screen" x="58" y="68" width="124" height="74" rx="4"/><path class="qr-mark" d="M96 82h18v18H96zM126 82h18v18h-18zM96 112h18v18H96zM126 112h8v8h-8zM138 122h6v8h-6z"/>${phoneFront(210, 44, svg`<path class="glyph-line big" d="m22 70 10 10 20-22"/>`)}`,
  failed: () => svg`${backdrop}${ground}${phoneFront(118, 30, svg`<path class="text" d="M22 52h28M22 64h28M22 76h16"/>`)}${badge(206, 66, "warn", exclaim)}`,
  offline: () => svg`${backdrop}${ground}${phoneFront(118, 30, svg`<path class="glyph-line big" d="M12 60c14-12 34-12 48 0M20 72c9-8 23-8 32 0M36 86v.2"/>`)}${badge(206, 66, "warn", exclaim)}`,
} satisfies Record<string, () => SVGTemplateResult>;

export type FirstStillName = keyof typeof STILLS;

/** A picture that does not move. */
export const still = (name: FirstStillName): TemplateResult => picture(STILLS[name](), "quiet-picture");
