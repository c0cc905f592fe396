// Which picture of an explainer is on, and whether it goes on by itself; which pictures explain what.

import type { ReactiveController, ReactiveControllerHost } from "lit";
import type { DocumentKind, Topic } from "../types.js";
import type { SceneName } from "./pictures/scenes.js";

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
