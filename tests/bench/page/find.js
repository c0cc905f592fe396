// Where jscanify finds a document, picture by picture.

import { FILES, bytes, picture, startJscanify } from "./contenders.js";

let find;

/** Corners from the top left as seen in the picture, or null. */
export async function finds(addresses) {
  find ??= await startJscanify(await bytes(FILES.opencv), await bytes(FILES.jscanify));
  const quads = [];
  for (const address of addresses) quads.push(find((await picture(address)).canvas));
  return quads;
}
