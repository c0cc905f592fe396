// A still of a document: straight on, as the server saw its corners, in a box of the document's format; the whole picture is a click away.

import type { DocumentInStill, DocumentKind } from "lichtbild";
import { formatOf, isView, lay, type Point, type Quad } from "lichtbild/straight";
import { fill, h } from "../shared/dom.js";
import { t } from "./words.js";

export class Straight {
  readonly root: HTMLElement;
  private readonly name: string;
  private readonly frame = h("div", { class: "straight-frame" });
  private readonly swap = h("button", { type: "button", class: "link-button", onclick: () => this.show(!this.whole) });
  private whole = false;
  private lies: (() => void) | undefined;

  /** Nothing where nobody saw a document, or no view of one. */
  static of(picture: HTMLImageElement, seen: DocumentInStill | undefined, kind: DocumentKind | undefined): Straight | undefined {
    if (!seen || seen.class === "paper") return undefined;
    const share = ([x, y]: readonly [number, number]): Point => [x / seen.width, y / seen.height];
    const [a, b, c, d] = seen.quad;
    const quad: Quad = [share(a), share(b), share(c), share(d)];
    return isView(quad) ? new Straight(picture, quad, formatOf(seen.class === "passportPage" ? "passport" : kind === "passport" ? undefined : kind)) : undefined;
  }

  private constructor(
    private readonly picture: HTMLImageElement,
    private readonly quad: Quad,
    private readonly format: number,
  ) {
    this.name = picture.alt;
    this.root = h("div", { class: "still" }, this.frame, this.swap);
    this.show(false);
  }

  end(): void {
    this.lies?.();
  }

  private show(whole: boolean): void {
    this.end();
    const { picture } = this;
    this.whole = whole;
    const label = t(whole ? "media.document" : "media.whole");
    this.swap.textContent = label;
    this.swap.setAttribute("aria-label", `${label} – ${this.name}`);
    picture.alt = whole ? this.name : t("media.straight", { picture: this.name });
    if (whole) {
      for (const name of ["width", "height", "transform"]) picture.style.removeProperty(name);
      fill(this.frame, picture);
      return;
    }
    const box = h("div", { class: "straight" }, picture);
    box.style.aspectRatio = String(this.format);
    fill(this.frame, box);
    this.lies = lay(picture, this.quad);
  }
}
