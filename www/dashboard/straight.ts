// A still: of a document straight on, as the server saw its corners, in a box of the document's format, and the whole picture a click away;
// else as it is.

import type { DocumentInStill, DocumentKind } from "lichtbild";
import { formatOf, isView, lay, type Point, type Quad } from "lichtbild/straight";
import { fill, h } from "../shared/dom.js";
import { t } from "./words.js";

type View = { quad: Quad; format: number };

export class Straight {
  readonly root: HTMLElement;
  private readonly name: string;
  private readonly frame = h("div", { class: "straight-frame" });
  private readonly swap = h("button", { type: "button", class: "link-button", onclick: () => this.show(!this.whole) });
  private whole = false;
  private view: View | undefined;
  private lies: (() => void) | undefined;

  constructor(
    private readonly picture: HTMLImageElement,
    seen: DocumentInStill | undefined,
    kind: DocumentKind | undefined,
  ) {
    this.name = picture.alt;
    this.root = h("div", { class: "still" }, this.frame, this.swap);
    this.view = viewOf(seen, kind);
    this.show(false);
  }

  /** More was seen on it, or another kind chosen; who looks at the whole picture goes on doing so. */
  update(seen: DocumentInStill | undefined, kind: DocumentKind | undefined): void {
    const view = viewOf(seen, kind);
    if (JSON.stringify(view) === JSON.stringify(this.view)) return;
    this.view = view;
    this.show(this.whole);
  }

  end(): void {
    this.lies?.();
  }

  private show(whole: boolean): void {
    this.end();
    const { picture, view } = this;
    this.whole = whole;
    this.swap.hidden = !view;
    const label = t(whole ? "media.document" : "media.whole");
    this.swap.textContent = label;
    this.swap.setAttribute("aria-label", `${label} – ${this.name}`);
    if (whole || !view) {
      picture.alt = this.name;
      for (const name of ["width", "height", "transform"]) picture.style.removeProperty(name);
      fill(this.frame, picture);
      return;
    }
    picture.alt = t("media.straight", { picture: this.name });
    const box = h("div", { class: "straight" }, picture);
    box.style.aspectRatio = String(view.format);
    fill(this.frame, box);
    this.lies = lay(picture, view.quad);
  }
}

/** Nothing where nobody saw a document, or no view of one. */
function viewOf(seen: DocumentInStill | undefined, kind: DocumentKind | undefined): View | undefined {
  if (!seen || seen.class === "paper") return undefined;
  const share = ([x, y]: readonly [number, number]): Point => [x / seen.width, y / seen.height];
  const [a, b, c, d] = seen.quad;
  const quad: Quad = [share(a), share(b), share(c), share(d)];
  return isView(quad) ? { quad, format: formatOf(seen.class === "passportPage" ? "passport" : kind === "passport" ? undefined : kind) } : undefined;
}
