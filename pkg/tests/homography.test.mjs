// Straight on: the corners of a document in a picture come to lie in the corners of its box.

import assert from "node:assert/strict";
import { test } from "node:test";
import { source } from "./support/sources.mjs";

const { enlargement, isView, straightening } = await source("view/homography.ts");
const { formatOf } = await source("view/formats.ts");

/** Where the browser puts a point of the element (CSS Transforms 2, column after column). */
function transformed(value, [x, y]) {
  const m = /^matrix3d\((.+)\)$/.exec(value)[1].split(",").map(Number);
  assert.equal(m.length, 16);
  const w = m[3] * x + m[7] * y + m[15];
  assert.ok(w > 0, "behind the eye");
  return [(m[0] * x + m[4] * y + m[12]) / w, (m[1] * x + m[5] * y + m[13]) / w];
}

const quads = {
  "the whole picture": [[0, 0], [1, 0], [1, 1], [0, 1]],
  "a card turned a little": [[0.21, 0.28], [0.78, 0.22], [0.8, 0.71], [0.23, 0.78]],
  "a card tilted away": [[0.3, 0.3], [0.7, 0.3], [0.85, 0.75], [0.15, 0.75]],
  "a card on its side": [[0.8, 0.2], [0.8, 0.8], [0.3, 0.8], [0.3, 0.2]],
  "a card upside down": [[0.8, 0.7], [0.2, 0.7], [0.2, 0.3], [0.8, 0.3]],
  "a card that runs over the edge": [[-0.1, 0.3], [0.7, 0.25], [0.72, 0.8], [-0.08, 0.85]],
};
for (const [name, quad] of Object.entries(quads)) {
  test(`${name} fills its box, corner by corner`, () => {
    const [picture, box] = [{ width: 613.5, height: 371.25 }, { width: 340, height: 214.4 }];
    const value = straightening(quad, picture, box);
    const corners = [[0, 0], [box.width, 0], [box.width, box.height], [0, box.height]];
    for (const [at, [x, y]] of quad.entries()) {
      const there = transformed(value, [x * picture.width, y * picture.height]);
      assert.ok(Math.hypot(there[0] - corners[at][0], there[1] - corners[at][1]) < 0.01, `corner ${at}: ${there}`);
    }
  });
}

const wrong = {
  "a line": [[0.1, 0.1], [0.5, 0.1], [0.9, 0.1], [0.5, 0.1]],
  "a point": [[0.5, 0.5], [0.5, 0.5], [0.5, 0.5], [0.5, 0.5]],
  "a mirrored card": [[0.8, 0.3], [0.2, 0.3], [0.2, 0.7], [0.8, 0.7]],
  "a dented one": [[0.2, 0.2], [0.8, 0.2], [0.4, 0.4], [0.2, 0.8]],
  "a bow tie": [[0.2, 0.2], [0.8, 0.8], [0.8, 0.2], [0.2, 0.8]],
  "no numbers": [[NaN, 0.2], [0.8, 0.2], [0.8, 0.8], [0.2, 0.8]],
};
for (const [name, quad] of Object.entries(wrong)) {
  test(`${name} is no view of a document, and is not straightened`, () => {
    assert.equal(isView(quad), false);
    assert.equal(straightening(quad, { width: 100, height: 100 }, { width: 100, height: 100 }), undefined);
  });
}

test("a small document is laid out larger, within bounds", () => {
  assert.equal(enlargement(quads["the whole picture"]), 1);
  assert.ok(Math.abs(enlargement([[0.25, 0.25], [0.75, 0.25], [0.75, 0.75], [0.25, 0.75]]) - 2) < 1e-9);
  assert.equal(enlargement([[0.5, 0.5], [0.6, 0.5], [0.6, 0.6], [0.5, 0.6]]), 4);
});

test("each kind of document has its format", () => {
  const rounded = (kind) => Math.round(formatOf(kind) * 1000) / 1000;
  assert.deepEqual([undefined, "germanIdCard", "germanIdCardLaminated", "passport"].map(rounded), [1.586, 1.586, 1.419, 1.42]);
});
