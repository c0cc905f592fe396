// A picture of a document within a box, laid straight for as long as it is shown.

import { noChange } from "lit";
import { AsyncDirective } from "lit/async-directive.js";
import { directive, type ElementPart } from "lit/directive.js";
import type { Quad } from "./homography.js";
import { lay } from "./lay.js";

class Straight extends AsyncDirective {
  #picture: HTMLElement | undefined;
  #quad: Quad | undefined;
  #end: (() => void) | undefined;

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
    if (this.#picture && this.#quad) this.#end = lay(this.#picture, this.#quad);
  }

  override disconnected(): void {
    this.#end?.();
  }
}

/** On a picture within a box: the document with these corners fills the box. */
export const straight = directive(Straight);
