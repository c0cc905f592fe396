// Outlines the document on the camera's preview, at the camera's rate. Draws by itself, between the drawings of the screen: the
// engine's looks come many times a second, and the outline moves on between them. At rest it does nothing.

import { html, noChange, type TemplateResult } from "lit";
import { AsyncDirective } from "lit/async-directive.js";
import { directive, type ElementPart } from "lit/directive.js";
import type { Quad, Size } from "./homography.js";
import { Follower, onStage } from "./preview.js";
import type { View } from "./view.js";

/** The outline, over the video beside it. */
export function outline(v: View, mirrored: boolean, good: boolean): TemplateResult {
  return html`<svg part="outline" class="outline" aria-hidden="true" ${outlining(v.watch, mirrored, good)}><polygon class="halo"/><polygon/></svg>`;
}

// A camera's slowest frame: after a pause the outline goes on from where it was.
const LONGEST_MILLIS = 150;

class Outlining extends AsyncDirective {
  #svg: SVGSVGElement | undefined;
  #leave: (() => void) | undefined;
  #watch: View["watch"] | undefined;
  #mirrored = false;
  #follower: Follower | undefined;
  // Takes back the drawing that is to come, if one is.
  #stop: (() => void) | undefined;
  #drawnAt = 0;
  #box: Size = { width: 0, height: 0 };
  readonly #sizes = new ResizeObserver(([entry]) => {
    if (entry) this.#box = entry.contentRect;
    this.#draw();
  });
  readonly #motion = matchMedia("(prefers-reduced-motion: reduce)");

  render(_watch: View["watch"], _mirrored: boolean, _good: boolean): typeof noChange {
    return noChange;
  }

  override update(part: ElementPart, [watch, mirrored, good]: [View["watch"], boolean, boolean]): typeof noChange {
    this.#svg ??= part.element as SVGSVGElement;
    this.#watch = watch;
    if (!this.#leave && this.isConnected) this.reconnected();
    this.#svg.classList.toggle("good", good);
    if (mirrored !== this.#mirrored) {
      this.#mirrored = mirrored;
      this.#draw();
    }
    return noChange;
  }

  override reconnected(): void {
    if (!this.#svg) return;
    this.#leave = this.#watch?.((quad) => this.#see(quad));
    this.#sizes.observe(this.#svg);
  }

  override disconnected(): void {
    this.#leave?.();
    this.#leave = undefined;
    this.#sizes.disconnect();
    this.#rest();
    this.#see(undefined);
  }

  #see(quad: Quad | undefined): void {
    this.#svg?.classList.toggle("seen", quad !== undefined);
    if (!quad) {
      this.#follower = undefined;
      return this.#rest();
    }
    if (!this.#follower) {
      this.#follower = new Follower(quad);
      return this.#draw();
    }
    this.#follower.aim(quad);
    if (this.#follower.resting) return;
    if (this.#motion.matches) {
      this.#follower.jump();
      this.#rest();
      this.#draw();
    } else if (!this.#stop) {
      this.#drawnAt = performance.now();
      this.#go();
    }
  }

  #move = (now: number): void => {
    this.#stop = undefined;
    if (!this.#follower) return;
    this.#follower.pass(Math.min(LONGEST_MILLIS, Math.max(0, now - this.#drawnAt)));
    this.#drawnAt = now;
    this.#draw();
    if (!this.#follower.resting) this.#go();
  };

  /** Moves with the video's next frame: between two of them the outline would move over a still picture. */
  #go(): void {
    const video = this.#video;
    if (video && "requestVideoFrameCallback" in video) {
      const frame = video.requestVideoFrameCallback(this.#move);
      this.#stop = () => video.cancelVideoFrameCallback(frame);
    } else {
      const frame = requestAnimationFrame(this.#move);
      this.#stop = () => cancelAnimationFrame(frame);
    }
  }

  #rest(): void {
    this.#stop?.();
    this.#stop = undefined;
  }

  get #video(): HTMLVideoElement | undefined {
    return this.#svg?.parentElement?.querySelector("video") ?? undefined;
  }

  #draw(): void {
    const video = this.#video;
    if (!this.#svg || !this.#follower || !video?.videoWidth) return;
    const frame = { width: video.videoWidth, height: video.videoHeight };
    const points = onStage(this.#follower.at, frame, this.#box, this.#mirrored).map((corner) => corner.map((pixel) => pixel.toFixed(1)).join()).join(" ");
    for (const polygon of this.#svg.children) polygon.setAttribute("points", points);
  }
}

const outlining = directive(Outlining);
