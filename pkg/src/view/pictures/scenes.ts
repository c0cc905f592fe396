// Our pictures by name: moving scenes of the explainers, and stills that stand above a screen's heading.

import { svg, type SVGTemplateResult, type TemplateResult } from "lit";
import {
  again, backdrop, badge, cardBack, cardFront, corners, crossed, exclaim, ground, halt, lamp, oval, passportOpen, person,
  phoneFront, phoneWide, picture, speech, tick,
} from "./parts.js";

const inPhone = (thing: SVGTemplateResult, marks: SVGTemplateResult): SVGTemplateResult =>
  svg`${ground}${phoneWide(70, 62, svg`<g transform="translate(22 15) scale(.72)">${thing}</g>${marks}`)}`;

const cardFrame = corners(16, 9, 120, 80, "found");
const passportThing = svg`<g transform="translate(18 -48) scale(.8)">${passportOpen(0, 0, "arrive")}</g>`;

const recDot = svg`<circle class="rec-mark" cx="140" cy="12" r="5"/>`;
const timer = svg`<path class="still-ring" pathLength="100" d="M76 22a27 27 0 1 1-.1 0"/>`;
const glare = svg`<ellipse class="glare" cx="86" cy="40" rx="30" ry="14" transform="rotate(-24 86 40)"/>`;

const SCENES = {
  "whole-document": () => svg`${backdrop}${ground}${cardFront(60, 74, "arrive")}<g transform="translate(196 62) scale(.82)">${passportOpen(0, 0, "arrive late")}</g>`,
  "whole-video": () => svg`${backdrop}${inPhone(cardFront(0, 0), svg`${cardFrame}${recDot}`)}`,
  "whole-selfie": () => svg`${backdrop}${ground}${phoneFront(118, 30, svg`${person(36, 62, 0.62)}${oval(36, 60, 0.74, "found")}`)}${speech(206, 34, 1)}`,
  "whole-check": () => svg`${backdrop}${ground}${cardFront(70, 76)}${badge(220, 82, "good", tick)}`,

  "card-light": () => svg`${backdrop}<path class="table line" d="M30 180h260"/>${lamp(252, 52)}${cardFront(82, 80, "arrive")}`,
  "card-frame": () => svg`${backdrop}${inPhone(cardFront(0, 0, "arrive"), cardFrame)}`,
  "card-still": () => svg`${backdrop}${inPhone(cardFront(0, 0), svg`${cardFrame}${timer}${recDot}`)}`,
  "card-glare": () => svg`${backdrop}${lamp(58, 44)}${inPhone(cardFront(0, 0, "tilt"), svg`${glare}${cardFrame}${recDot}`)}`,

  "passport-open": () => svg`${backdrop}${lamp(258, 50)}<path class="table line" d="M30 192h260"/><g transform="translate(84 44)">${passportOpen(0, 0, "arrive")}</g>`,
  "passport-frame": () => svg`${backdrop}${inPhone(passportThing, cardFrame)}`,
  "passport-still": () => svg`${backdrop}${inPhone(passportThing, svg`${cardFrame}${timer}${recDot}`)}`,
  "passport-glare": () => svg`${backdrop}${lamp(58, 44)}${inPhone(svg`<g transform="translate(18 -48) scale(.8)">${passportOpen(0, 0, "tilt")}</g>`, svg`${glare}${cardFrame}${recDot}`)}`,

  "back-turn": () => svg`${backdrop}${ground}<g class="turning"><g class="turn-front">${cardFront(85, 68)}</g><g class="turn-back">${cardBack(85, 68)}</g></g><path class="arc" d="M100 50c34-26 86-26 120 0m2-16-2 16-16-2"/>`,
  "back-frame": () => svg`${backdrop}${inPhone(cardBack(0, 0, "arrive"), cardFrame)}`,
  "back-photo": () => svg`${backdrop}${inPhone(cardBack(0, 0), svg`${cardFrame}<rect class="flash" width="152" height="98"/>`)}${badge(262, 66, "good", tick)}`,

  "selfie-light": () => svg`${backdrop}${ground}${lamp(66, 56)}${person(206, 86, 0.92)}<g transform="translate(96 70) scale(.62)">${phoneFront(0, 0, svg`${person(36, 66, 0.62)}`)}</g>`,
  "selfie-oval": () => svg`${backdrop}${ground}${phoneFront(118, 28, svg`${person(36, 64, 0.62, "arrive")}${oval(36, 62, 0.76, "found")}`)}`,
  "selfie-word-1": () => svg`${backdrop}${ground}${phoneFront(78, 28, svg`${person(36, 64, 0.62, "speaks")}${oval(36, 62, 0.76, "good")}`)}${speech(176, 44, 1)}`,
  "selfie-word-2": () => svg`${backdrop}${ground}${phoneFront(78, 28, svg`${person(36, 64, 0.62, "speaks")}${oval(36, 62, 0.76, "good")}`)}${speech(176, 44, 2)}`,
} satisfies Record<string, () => SVGTemplateResult>;

export type SceneName = keyof typeof SCENES;

/** A moving picture. */
export const scene = (name: SceneName): TemplateResult => picture(SCENES[name](), "moving");

const STILLS = {
  welcome: () => svg`${backdrop}${ground}<g transform="translate(46 84)">${cardFront(0, 0)}</g>${phoneFront(186, 34, svg`${person(36, 62, 0.62)}${oval(36, 60, 0.74, "good")}`)}`,
  card: () => svg`${backdrop}${inPhone(cardFront(0, 0), cardFrame)}`,
  back: () => svg`${backdrop}${inPhone(cardBack(0, 0), cardFrame)}`,
  passport: () => svg`${backdrop}${inPhone(passportThing, cardFrame)}`,
  selfie: () => svg`${backdrop}${ground}${phoneFront(118, 28, svg`${person(36, 64, 0.62)}${oval(36, 62, 0.76, "good")}`)}`,
  permission: () => svg`${backdrop}${ground}${phoneFront(118, 30, svg`<rect class="paper line slim" x="8" y="44" width="56" height="56" rx="8"/><path class="text" d="M18 58h36M18 68h24"/><rect class="button-mark" x="18" y="80" width="36" height="12" rx="6"/>`)}<g transform="translate(66 104)"><circle class="bubble line" r="26"/><path class="glyph-line" d="M-12-6h6l3-5h6l3 5h6v16h-24zM0 3m-5 0a5 5 0 1 0 10 0a5 5 0 1 0-10 0"/></g><g transform="translate(256 104)"><circle class="bubble line" r="26"/><path class="glyph-line" d="M-5-9a5 5 0 0 1 10 0v8a5 5 0 0 1-10 0zM-10-2a10 10 0 0 0 20 0M0 8v5"/></g>`,
  device: () => svg`${backdrop}${ground}${phoneFront(118, 30, svg`<path class="text" d="M22 52h28M22 64h20"/>`)}${badge(206, 64, "warn", exclaim)}`,
  handoff: () => svg`${backdrop}${ground}<path class="body line" d="M48 66a8 8 0 0 1 8-8h128a8 8 0 0 1 8 8v86H48z"/><path class="body line" d="M30 152h180l-6 16a6 6 0 0 1-6 4H42a6 6 0 0 1-6-4z"/><rect class="screen" x="58" y="68" width="124" height="74" rx="4"/><path class="qr-mark" d="M96 82h18v18H96zM126 82h18v18h-18zM96 112h18v18H96zM126 112h8v8h-8zM138 122h6v8h-6z"/>${phoneFront(210, 44, svg`<path class="glyph-line big" d="m22 70 10 10 20-22"/>`)}`,
  evaluation: () => svg`${backdrop}${ground}${cardFront(60, 70)}<g class="lens"><circle class="glass line" cx="214" cy="112" r="38"/><path class="line-thick" d="m242 140 24 24"/><path class="scan" d="M192 112h44"/></g>`,
  repeat: () => svg`${backdrop}${ground}${cardFront(70, 72)}${badge(222, 80, "warn", again)}`,
  success: () => svg`${backdrop}${ground}${person(160, 84, 0.92)}${badge(222, 150, "good", tick)}`,
  rejected: () => svg`${backdrop}${ground}${cardFront(75, 70)}${badge(224, 78, "bad", crossed)}`,
  pause: () => svg`${backdrop}${ground}${cardFront(75, 70)}${badge(224, 78, "calm", halt)}`,
  failed: () => svg`${backdrop}${ground}${phoneFront(118, 30, svg`<path class="text" d="M22 52h28M22 64h28M22 76h16"/>`)}${badge(206, 66, "warn", exclaim)}`,
  offline: () => svg`${backdrop}${ground}${phoneFront(118, 30, svg`<path class="glyph-line big" d="M12 60c14-12 34-12 48 0M20 72c9-8 23-8 32 0M36 86v.2"/>`)}${badge(206, 66, "warn", exclaim)}`,
} satisfies Record<string, () => SVGTemplateResult>;

export type StillName = keyof typeof STILLS;

/** A picture that does not move. */
export const still = (name: StillName): TemplateResult => picture(STILLS[name](), "quiet-picture");
