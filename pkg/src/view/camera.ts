// The camera: picture, guide, one hint, and the few controls. Reads the screen's data only; what to hint is decided in Rust.

import { html, nothing, svg, type TemplateResult } from "lit";
import { ref } from "lit/directives/ref.js";
import type { CameraScreen, DocumentKind, ErrorCode, Hint, Purpose } from "../types.js";
import { formatOf } from "./formats.js";
import * as icons from "./icons.js";
import { outline } from "./outline.js";
import * as scenes from "./pictures/scenes.js";
import { readySound, shooting } from "./shot.js";
import { clock, errorKey, heading, lead, photographed, primary, sheet, vars, words, type Content, type View } from "./view.js";
import { handOff } from "./trouble.js";

/** Name of what the camera is for, as the message files know it. A passport has a photo page, not a front. */
export function purposeName(purpose: Purpose, document: DocumentKind | undefined): string {
  if (purpose.type === "selfieVideo") return "selfie";
  return purpose.side === "front" && document === "passport" ? "passport" : purpose.side;
}

export function camera(v: View, screen: CameraScreen): Content {
  const name = purposeName(screen.purpose, v.s.case?.document);
  return screen.stage.type === "closed" ? closed(v, screen, name) : open(v, screen, name);
}

function closed(v: View, { reasons, purpose }: CameraScreen, name: string): Content {
  return sheet(
    html`${heading(v, photographed(v, `camera.${name}.title`))} ${lead(v, `camera.${name}.text`)} ${reasonList(v, reasons)}`,
    html`${primary(v, purpose.type === "selfieVideo" ? "camera.open.front" : "camera.open", () => openCamera(v))} ${handOff(v)}`,
    { art: html`<slot name="camera.picture">${scenes.still(STILLS[name] ?? "card")}</slot>` },
  );
}

function openCamera(v: View): void {
  readySound(v.sounds);
  v.act({ type: "openCamera" });
}

/** Why a step has to be taken again, or what may be wrong with a recording, in words. */
export function reasonList(v: View, reasons: readonly ErrorCode[], icon = icons.info): Content {
  if (reasons.length === 0) return nothing;
  return html`<ul class="reasons" part="reasons">
    ${reasons.map((code) => html`<li>${icon}<span>${v.t(errorKey(v, code, "text"))}</span></li>`)}
  </ul>`;
}

/** What looks at the picture is still on its way; who waits for it long sees how far it is. */
export function engineComes(v: View): Content {
  const percent = v.s.engineLoading;
  if (percent === undefined) return nothing;
  return html`<p part="engine-loading" class="coming"><span>${v.t("engine.loading")}</span><progress max="100" value=${percent} aria-label=${v.t("engine.loading")}></progress></p>`;
}

const STILLS: Record<string, scenes.StillName> = { selfie: "selfie", back: "back", passport: "passport" };

function open(v: View, screen: CameraScreen, name: string): Content {
  const { stage } = screen;
  const recording = stage.type === "recording";
  const word = recording ? stage.word : undefined;
  const seeks = screen.purpose.type !== "selfieVideo" && (recording || stage.type === "live");
  const shot = screen.purpose.type === "documentPhoto" && stage.type === "saving";
  return html`<div part="camera" class="stage ${name} ${stage.type} ${shot ? "flashing" : ""}" ${vars({ "--_aspect": screen.aspect ?? 16 / 9 })} ${shooting(shot, v.sounds)}>
    <video
      part="video"
      class=${screen.mirrored ? "mirrored" : ""}
      playsinline
      muted
      autoplay
      .muted=${true}
      aria-label=${v.t(`camera.${name}.preview`)}
      ${ref(v.attach)}
    ></video>
    ${seeks ? outline(v, screen.mirrored, isGood(v.s.hint)) : nothing} ${guide(v, screen)}
    <div class="stage-top">
      <h2 part="heading" class="sr" tabindex="-1">${words(v, photographed(v, `camera.${name}.title`))}</h2>
      ${recording ? recordingTime(v, stage.millis, stage.limitMillis) : nothing}
      ${word ? html`<div class="word" part="word" ${vars({ "--_letters": Math.max(word.text.length, 6) })}><span>${v.t("camera.word", { number: word.number, of: word.of })}</span><strong>${word.text}</strong></div>` : nothing}
      ${hintPill(v, screen, name)} ${zonePill(v, screen)} ${stage.type === "live" || recording ? engineComes(v) : nothing}
    </div>
    ${cover(v, screen)}
    <div class="stage-bottom">${level(v, screen)} ${byHandNote(v, screen)} ${controls(v, screen)}</div>
  </div>`;
}

/** The others have the plain one. */
const HINT_ICONS: Partial<Record<Hint, unknown>> = {
  uncover: icons.camera,
  tooDark: icons.torch,
  torchOn: icons.torch,
  tooBright: icons.warning,
  glare: icons.warning,
  shadow: icons.warning,
  showDocument: icons.card,
  showDataPage: icons.passport,
  otherDocument: icons.card,
  showZone: icons.card,
  turnUpright: icons.retry,
  turnToFront: icons.swap,
  turnToBack: icons.swap,
  speakUp: icons.microphone,
  keepStill: icons.check,
  good: icons.check,
};

const isGood = (hint: Hint | undefined): boolean => hint === "good" || hint === "keepStill";

function hintPill(v: View, { stage, withoutHints }: CameraScreen, name: string): Content {
  const { hint } = v.s;
  if (stage.type !== "live" && stage.type !== "recording") return nothing;
  if (hint) return html`<p part="hint" class="hint ${isGood(hint) ? "good" : "advice"}">${HINT_ICONS[hint] ?? icons.info}<span>${v.t(`hint.${hint}`)}</span></p>`;
  if (stage.type === "recording" && stage.word) return nothing;
  return html`<p part="hint" class="hint">${v.t(withoutHints ? `camera.${name}.plain` : `camera.${name}.aim`)}</p>`;
}

/** Stays while the camera is open: whoever looks away does not miss it. */
function zonePill(v: View, { zoneRead }: CameraScreen): Content {
  return zoneRead ? html`<p part="zone-read" class="zone-read">${icons.check}<span>${v.t("camera.zoneRead")}</span></p>` : nothing;
}

function recordingTime(v: View, millis: number, limit: number): Content {
  return html`<p class="rec" part="time" ${vars({ "--_done": Math.min(1, millis / limit) })}>
    <span class="rec-dot" aria-hidden="true"></span><span class="sr">${v.t("camera.recording")}</span>
    <span>${clock(millis)}</span><span class="rec-limit"> / ${clock(limit)}</span>
  </p>`;
}

// Sound pressure is heard on a logarithmic scale: -48 dB is the meter's left end.
const loudness = (amplitude: number) => Math.max(0, Math.min(1, 1 + (20 * Math.log10(Math.max(amplitude, 1e-4))) / 48));

function level(v: View, { level: amplitude, stage, purpose }: CameraScreen): Content {
  const listens = purpose.type !== "documentPhoto" && (stage.type === "recording" || (stage.type === "live" && purpose.type === "selfieVideo"));
  if (!listens) return nothing;
  const value = loudness(amplitude);
  return html`<div class="level" part="level" role="meter" aria-label=${v.t("camera.level")} aria-valuemin="0" aria-valuemax="100" aria-valuenow=${Math.round(value * 100)}>
    ${icons.microphone}
    <svg viewBox="0 0 120 12" preserveAspectRatio="none" aria-hidden="true">
      ${Array.from({ length: 16 }, (_, bar) => svg`<rect class=${bar / 16 < value ? "lit" : ""} x=${bar * 7.5} y="1" width="5" height="10" rx="2"/>`)}
    </svg>
  </div>`;
}

/** A photograph is taken by itself, until the button is offered. */
const takesItself = ({ purpose, byHand }: CameraScreen): boolean => purpose.type === "documentPhoto" && !byHand;

/** What a listener is told of how the photograph is taken, beside the hints. */
export function takingKey(screen: CameraScreen): string | undefined {
  if (screen.stage.type !== "live" || screen.purpose.type !== "documentPhoto" || screen.withoutHints) return undefined;
  return screen.byHand ? "camera.byHand" : "camera.auto.spoken";
}

function byHandNote(v: View, screen: CameraScreen): Content {
  return takingKey(screen) === "camera.byHand" ? html`<p class="by-hand" part="by-hand">${v.t("camera.byHand")}</p>` : nothing;
}

function controls(v: View, screen: CameraScreen): Content {
  const { stage, canSwitch, torch } = screen;
  const busy = stage.type === "recording";
  return html`<div class="controls" part="controls">
    ${canSwitch && !busy
      ? html`<button class="round dark" part="switch-button" type="button" aria-label=${v.t("camera.switch")} title=${v.t("camera.switch")} @click=${() => v.act({ type: "switchCamera" })}>${icons.swap}</button>`
      : html`<span class="round-place"></span>`}
    ${takesItself(screen) ? auto(v) : shutter(v, screen)}
    ${torch === undefined
      ? html`<span class="round-place"></span>`
      : html`<button class="round dark ${torch ? "on" : ""}" part="torch-button" type="button" aria-pressed=${torch} aria-label=${v.t("camera.torch")} title=${v.t("camera.torch")} @click=${() => v.act({ type: "torch", on: !torch })}>${icons.torch}</button>`}
  </div>`;
}

function auto(v: View): Content {
  return html`<p class="auto" part="auto"><span class="auto-mark" aria-hidden="true">${icons.camera}</span><span class="shutter-label">${v.t("camera.auto")}</span></p>`;
}

function shutter(v: View, { stage, purpose }: CameraScreen): Content {
  const photo = purpose.type === "documentPhoto";
  if (stage.type === "recording") {
    return html`<button class="shutter stop" part="stop-button" type="button" aria-disabled=${stage.canStop ? nothing : "true"} @click=${stage.canStop ? () => v.act({ type: "stopRecording" }) : nothing}>
      <svg class="ring" viewBox="0 0 100 100" aria-hidden="true"><circle cx="50" cy="50" r="46" pathLength="100" stroke-dasharray="${Math.min(100, (stage.millis / stage.limitMillis) * 100)} 100"/></svg>
      <span class="shutter-core"></span><span class="shutter-label">${v.t("camera.stop")}</span>
    </button>`;
  }
  const ready = stage.type === "live";
  return html`<button class="shutter ${photo ? "photo" : "record"}" part="shutter-button" type="button" aria-disabled=${ready ? nothing : "true"} @click=${ready ? () => take(v, photo) : nothing}>
    <span class="shutter-core"></span><span class="shutter-label">${v.t(photo ? "camera.photo" : "camera.record")}</span>
  </button>`;
}

function take(v: View, photo: boolean): void {
  if (photo) readySound(v.sounds);
  v.act({ type: photo ? "takePhoto" : "record" });
}

function cover(v: View, { stage }: CameraScreen): Content {
  if (stage.type === "opening") return coverText(v.t("camera.opening"), v.t("camera.opening.text"));
  if (stage.type === "saving") return coverText(v.t("camera.saving"), "");
  if (stage.type === "recovering") return coverText(v.t("camera.recovering"), v.t(errorKey(v, stage.code, "title")));
  return nothing;
}

function coverText(title: string, text: string): TemplateResult {
  return html`<div class="cover" role="status">
    <span class="spinner" aria-hidden="true"></span><b>${title}</b>${text ? html`<span>${text}</span>` : nothing}
  </div>`;
}

function guide(v: View, { purpose, stage }: CameraScreen): Content {
  if (stage.type === "opening") return nothing;
  const state = isGood(v.s.hint) ? "good" : "";
  if (purpose.type === "selfieVideo") {
    return html`<svg part="guide" class="guide oval ${state}" viewBox="0 0 100 130" aria-hidden="true">
      <path class="dim" fill-rule="evenodd" d="M-900-900H1000V1030H-900zM50 6c-22 0-36 18-36 46 0 40 18 66 36 66s36-26 36-66C86 24 72 6 50 6z"/>
      <path class="edge" d="M50 6c-22 0-36 18-36 46 0 40 18 66 36 66s36-26 36-66C86 24 72 6 50 6z"/>
    </svg>`;
  }
  const document = v.s.case?.document;
  const height = 100 / formatOf(document);
  const hole = `M8 0H92a8 8 0 0 1 8 8V${height - 8}a8 8 0 0 1-8 8H8a8 8 0 0 1-8-8V8a8 8 0 0 1 8-8z`;
  const corner = "M0 14V8a8 8 0 0 1 8-8h6";
  return html`<svg part="guide" class="guide ${state}" viewBox="-7 -7 114 ${height + 14}" aria-hidden="true">
    <path class="dim" fill-rule="evenodd" d="M-900-900H1000V1030H-900z${hole}"/>
    <path class="edge faint" d=${hole}/>
    <path class="edge" d=${corner}/><path class="edge" d=${corner} transform="translate(100 0) scale(-1 1)"/>
    <path class="edge" d=${corner} transform="translate(0 ${height}) scale(1 -1)"/><path class="edge" d=${corner} transform="translate(100 ${height}) scale(-1 -1)"/>
    ${purpose.side === "front" ? portraitMark(document === "passport", height) : machineMark(height)}
  </svg>`;
}

const portraitMark = (passport: boolean, height: number) =>
  passport
    ? svg`<path class="mark" d="M7 ${height * 0.2}h24v${height * 0.42}H7zM7 ${height - 14}h86M7 ${height - 7}h86"/>`
    : svg`<path class="mark" d="M7 ${height * 0.28}h24v${height * 0.55}H7z"/>`;

const machineMark = (height: number) => svg`<path class="mark" d="M7 ${height - 20}h86M7 ${height - 13.5}h86M7 ${height - 7}h86"/>`;
