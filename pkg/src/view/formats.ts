// How wide documents are for their height.

import type { DocumentKind } from "../types.js";

// ISO/IEC 7810 ID-1 and ID-2, the data page of a TD3 passport (ICAO 9303-4 §2).
const CARD = 85.6 / 53.98;
const LAMINATED = 105 / 74;
const PASSPORT = 125 / 88;

/** Width over height of what is held into the camera. */
export function formatOf(document: DocumentKind | undefined): number {
  if (document === "passport") return PASSPORT;
  return document === "germanIdCardLaminated" ? LAMINATED : CARD;
}
