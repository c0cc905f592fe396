// Lays a picture into its box so that the document in it fills the box, straight on; again whenever the box changes its size.

import { enlargement, straightening, type Quad, type Size } from "./homography.js";

/** The document's corners as shares of the picture's sides, its own top left first, then clockwise. The box is the picture's parent. Returns what ends it. */
export function lay(picture: HTMLElement, quad: Quad): () => void {
  const sizes = new ResizeObserver(([entry]) => entry && place(picture, quad, entry.contentRect));
  if (picture.parentElement) sizes.observe(picture.parentElement);
  return () => sizes.disconnect();
}

// Through the object model: a style attribute would need `unsafe-inline`.
function place({ style }: HTMLElement, quad: Quad, box: Size): void {
  if (box.width === 0) return;
  const by = enlargement(quad);
  const picture = { width: box.width * by, height: box.height * by };
  style.width = `${picture.width}px`;
  style.height = `${picture.height}px`;
  style.transform = straightening(quad, picture, box) ?? "";
}
