// Lays a picture into its box so that the document in it fills the box, straight on; again whenever the box changes its size.

import { noChange } from "lit";
import { AsyncDirective } from "lit/async-directive.js";
import { directive, type ElementPart } from "lit/directive.js";
import { enlargement, straightening, type Quad, type Size } from "./homography.js";

class Straight extends AsyncDirective {
  #picture: HTMLElement | undefined;
  #quad: Quad | undefined;
  readonly #sizes = new ResizeObserver(([entry]) => entry && this.#lay(entry.contentRect));

  render(_quad: Quad): typeof noChange {
    return noChange;
  }

  override update(part: ElementPart, [quad]: [Quad]): typeof noChange {
    if (quad === this.#quad) return noChange;
    this.#quad = quad;
    this.#picture = part.element as HTMLElement;
    this.disconnected();
    if (this.isConnected) this.reconnected();
    return noChange;
  }

  override reconnected(): void {
    const box = this.#picture?.parentElement;
    if (box) this.#sizes.observe(box);
  }

  override disconnected(): void {
    this.#sizes.disconnect();
  }

  // Through the object model: a style attribute would need `unsafe-inline`.
  #lay(box: Size): void {
    if (!this.#picture || !this.#quad || box.width === 0) return;
    const by = enlargement(this.#quad);
    const picture = { width: box.width * by, height: box.height * by };
    const { style } = this.#picture;
    style.width = `${picture.width}px`;
    style.height = `${picture.height}px`;
    style.transform = straightening(this.#quad, picture, box) ?? "";
  }
}

/** On a picture within a box: the document with these corners fills the box. */
export const straight = directive(Straight);
