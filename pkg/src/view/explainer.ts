// Short captioned pictures of what comes next. They play by themselves, can be paused, and stand still, all at once,
// for people who asked for less motion. Every caption is text that screen readers read as a list.

import { html, nothing, type ReactiveController, type ReactiveControllerHost } from "lit";
import type { DocumentKind, Topic } from "../types.js";
import { reasonList } from "./camera.js";
import * as icons from "./icons.js";
import { scene, type SceneName } from "./pictures/scenes.js";
import { heading, lead, primary, sheet, type Content, type ScreenOf, type View } from "./view.js";
import { handOff } from "./trouble.js";

const SCENE_MILLIS = 4200;

export interface ExplainerState {
  readonly scene: number;
  readonly playing: boolean;
  readonly still: boolean;
  toggle(): void;
  show(scene: number): void;
}

/** Which pictures explain a topic; captions are under `explain.<picture>`. */
export function scenesFor(topic: Topic, document?: DocumentKind): SceneName[] {
  if (topic === "whole") return ["whole-document", "whole-video", "whole-selfie", "whole-check"];
  if (topic === "back") return ["back-turn", "back-frame", "back-photo"];
  if (topic === "selfie") return ["selfie-light", "selfie-oval", "selfie-word-1", "selfie-word-2"];
  return document === "passport"
    ? ["passport-open", "passport-frame", "passport-still", "passport-glare"]
    : ["card-light", "card-frame", "card-still", "card-glare"];
}

/** Which scene is on, and whether it goes on by itself. */
export class ExplainerPlayer implements ReactiveController, ExplainerState {
  scene = 0;
  playing = true;
  still = false;
  readonly #host: ReactiveControllerHost;
  // How many scenes there are; none while no explainer is on screen.
  #count = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #motion: MediaQueryList | undefined;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    this.#motion = matchMedia("(prefers-reduced-motion: reduce)");
    this.#motion.addEventListener("change", this.#motionChanged);
    this.#motionChanged();
  }

  hostDisconnected(): void {
    this.#motion?.removeEventListener("change", this.#motionChanged);
    clearTimeout(this.#timer);
  }

  /** Begins at the first scene; called when an explainer comes on screen. */
  begin(count: number): void {
    this.#count = count;
    this.scene = 0;
    this.playing = true;
    this.#schedule();
  }

  /** No explainer is on screen any more. */
  stop(): void {
    this.#count = 0;
    clearTimeout(this.#timer);
  }

  toggle(): void {
    this.playing = !this.playing;
    if (this.playing && this.scene === this.#count - 1) this.scene = 0;
    this.#schedule();
    this.#host.requestUpdate();
  }

  show(scene: number): void {
    this.scene = scene;
    this.playing = false;
    clearTimeout(this.#timer);
    this.#host.requestUpdate();
  }

  #motionChanged = (): void => {
    this.still = this.#motion?.matches ?? false;
    this.#schedule();
    this.#host.requestUpdate();
  };

  #schedule(): void {
    clearTimeout(this.#timer);
    if (this.#count === 0 || !this.playing || this.still) return;
    this.#timer = setTimeout(() => {
      this.scene = (this.scene + 1) % this.#count;
      this.#schedule();
      this.#host.requestUpdate();
    }, SCENE_MILLIS);
  }
}

export function explainer(v: View, { topic, document = v.s.case?.document, reasons, busy }: ScreenOf<"explainer">): Content {
  const names = scenesFor(topic, document);
  const words = topic === "front" && document === "passport" ? "passport" : topic;
  const { scene: at, playing, still } = v.explainer;
  const own = v.part("instructions");
  return sheet(
    html`${heading(v, `explain.${words}.title`)} ${reasons.length > 0 ? html`<p class="lead">${v.t("explain.again")}</p>` : lead(v, `explain.${words}.text`)}
      ${reasonList(v, reasons)}`,
    html`${primary(v, `explain.${words}.go`, () => v.act({ type: "continue" }), { busy })} ${handOff(v)}`,
    { kind: "film", art: own ?? (still ? stills(v, names) : film(v, names, at, playing)) },
  );
}

function film(v: View, names: SceneName[], at: number, playing: boolean): Content {
  const name = names[at % names.length] as SceneName;
  return html`<figure class="film ${playing ? "" : "paused"}" part="film">
    <div class="film-picture" aria-hidden="true">${scene(name)}</div>
    <figcaption class="caption" aria-hidden="true">${v.t(`explain.${name}`)}</figcaption>
    <ol class="sr">
      ${names.map((one) => html`<li>${v.t(`explain.${one}`)}</li>`)}
    </ol>
    <div class="film-bar">
      <button class="round" type="button" aria-label=${v.t(playing ? "explain.pause" : "explain.play")} title=${v.t(playing ? "explain.pause" : "explain.play")} @click=${() => v.explainer.toggle()}>
        ${playing ? icons.pause : icons.play}
      </button>
      <div class="dots">
        ${names.map(
          (_, index) => html`<button class="film-dot ${index === at ? "on" : ""}" type="button" aria-label=${v.t("explain.show", { number: index + 1, of: names.length })} aria-current=${index === at ? "true" : nothing} @click=${() => v.explainer.show(index)}></button>`,
        )}
      </div>
    </div>
  </figure>`;
}

function stills(v: View, names: SceneName[]): Content {
  return html`<ol class="stills" part="film">
    ${names.map((name) => html`<li><div class="film-picture" aria-hidden="true">${scene(name)}</div><p class="caption">${v.t(`explain.${name}`)}</p></li>`)}
  </ol>`;
}
