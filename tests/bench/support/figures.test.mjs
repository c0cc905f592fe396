import assert from "node:assert/strict";
import { test } from "node:test";
import { inOrder, overlap, percentile, rankCorrelation } from "./figures.mjs";

const SQUARE = [[0, 0], [10, 0], [10, 10], [0, 10]];
const moved = (quad, right) => quad.map(([x, y]) => [x + right, y]);
const turned = (quad) => [...quad.slice(1), quad[0]];
const near = (value, wanted) => assert.ok(Math.abs(value - wanted) < 1e-9, `${value} is not ${wanted}`);

test("a quad overlaps itself wholly, whatever corner it begins with and however it turns", () => {
  for (const same of [SQUARE, turned(SQUARE), SQUARE.toReversed()]) near(overlap(same, SQUARE), 1);
});

test("overlap is what is common over what is covered", () => {
  near(overlap(moved(SQUARE, 5), SQUARE), 50 / 150);
  near(overlap([[2, 2], [8, 2], [8, 8], [2, 8]], SQUARE), 36 / 100);
  near(overlap([[5, 0], [10, 5], [5, 10], [0, 5]], SQUARE), 1 / 2);
  near(overlap(moved(SQUARE, 20), SQUARE), 0);
});

test("corners are in order if no turn and no mirror image fits better", () => {
  assert.ok(inOrder(moved(SQUARE, 2), SQUARE));
  assert.ok(!inOrder(turned(SQUARE), SQUARE));
  assert.ok(!inOrder(turned(turned(SQUARE)), SQUARE));
  assert.ok(!inOrder(SQUARE.toReversed(), SQUARE));
});

test("ranks correlate wholly in any growing relation, and not at all where there is none", () => {
  near(rankCorrelation([1, 2, 3, 4].map((x) => [x, x ** 3])), 1);
  near(rankCorrelation([1, 2, 3, 4].map((x) => [x, -Math.exp(x)])), -1);
  near(rankCorrelation([[0, 1], [0, 2], [1, 1], [1, 2]]), 0);
});

test("half of all lies below the median", () => {
  assert.equal(percentile([5, 1, 4, 2, 3], 0.5), 3);
  assert.equal(percentile([5, 1, 4, 2, 3], 0.95), 5);
});
