// Our pictures by name: moving scenes of the explainers, and stills that stand above a later screen's heading.

import { svg, type SVGTemplateResult, type TemplateResult } from "lit";
import { backdrop, badge, cardFront, ground, oval, person, phoneFront, picture } from "./parts.js";
import { again, cardBack, corners, crossed, halt, lamp, passportOpen, phoneWide, speech, tick } from "./props.js";
import { still as firstStill, type FirstStillName } from "./stills.js";


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
  card: () => svg`${backdrop}${inPhone(cardFront(0, 0), cardFrame)}`,
  back: () => svg`${backdrop}${inPhone(cardBack(0, 0), cardFrame)}`,
  passport: () => svg`${backdrop}${inPhone(passportThing, cardFrame)}`,
  selfie: () => svg`${backdrop}${ground}${phoneFront(118, 28, svg`${person(36, 64, 0.62)}${oval(36, 62, 0.76, "good")}`)}`,
  evaluation: () => svg`${backdrop}${ground}${cardFront(60, 70)}<g class="lens"><circle class="glass line" cx="214" cy="112" r="38"/><path class="line-thick" d="m242 140 24 24"/><path class="scan" d="M192 112h44"/></g>`,
  repeat: () => svg`${backdrop}${ground}${cardFront(70, 72)}${badge(222, 80, "warn", again)}`,
  success: () => svg`${backdrop}${ground}${person(160, 84, 0.92)}${badge(222, 150, "good", tick)}`,
  rejected: () => svg`${backdrop}${ground}${cardFront(75, 70)}${badge(224, 78, "bad", crossed)}`,
  pause: () => svg`${backdrop}${ground}${cardFront(75, 70)}${badge(224, 78, "calm", halt)}`,
} satisfies Record<string, () => SVGTemplateResult>;

type LaterStillName = keyof typeof STILLS;
export type StillName = FirstStillName | LaterStillName;

/** A picture that does not move. */
export const still = (name: StillName): TemplateResult =>
  name in STILLS ? picture(STILLS[name as LaterStillName](), "quiet-picture") : firstStill(name as FirstStillName);
