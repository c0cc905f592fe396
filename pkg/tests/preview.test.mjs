// Where the outline lies on the preview, and how it follows the document.

import assert from "node:assert/strict";
import { test } from "node:test";
import { source } from "./support/sources.mjs";

const { Follower, begunNear, onStage } = await source("view/preview.ts");

const FRAME = [[0, 0], [1, 0], [1, 1], [0, 1]];
const CARD = [[0.2, 0.3], [0.8, 0.3], [0.8, 0.7], [0.2, 0.7]];
const moved = (quad, by) => quad.map(([x, y]) => [x + by, y]);
const near = (actual, expected, within = 1e-9) =>
  actual.flat().forEach((value, at) => assert.ok(Math.abs(value - expected.flat()[at]) <= within, `${JSON.stringify(actual)} is not ${JSON.stringify(expected)}`));

const frames = [
  ["a frame of the box's shape fills it", [1280, 720], [640, 360], [[0, 0], [640, 0], [640, 360], [0, 360]]],
  ["a wide frame hangs over at the sides", [1280, 720], [360, 720], [[-460, 0], [820, 0], [820, 720], [-460, 720]]],
  ["a tall frame hangs over above and below", [720, 1280], [720, 405], [[0, -437.5], [720, -437.5], [720, 842.5], [0, 842.5]]],
];
for (const [name, [fw, fh], [bw, bh], expected] of frames) {
  test(`${name}, mirrored or not`, () => {
    const [frame, box] = [{ width: fw, height: fh }, { width: bw, height: bh }];
    near(onStage(FRAME, frame, box, false), expected);
    near(onStage(FRAME, frame, box, true), expected.map(([x, y]) => [bw - x, y]));
  });
}

test("mirrored, what is at the frame's left is at the stage's right", () => {
  const [[x, y]] = onStage([[0.1, 0.25], ...CARD.slice(1)], { width: 100, height: 100 }, { width: 200, height: 200 }, true);
  near([[x, y]], [[180, 50]]);
});

test("a document that is read the other way round is begun at the same corner", () => {
  for (const by of [0, 1, 2, 3]) {
    const turned = [...CARD.slice(by), ...CARD.slice(0, by)];
    near(begunNear(moved(turned, 0.02), CARD), moved(CARD, 0.02));
  }
});

const cameras = [["60 Hz", 1000 / 60], ["120 Hz", 1000 / 120], ["a camera's 30 Hz", 1000 / 30], ["15 Hz in the dark", 1000 / 15]];
for (const [name, millis] of cameras) {
  test(`at ${name} the outline is there after 80 to 120 ms, without overshooting, and comes to rest`, () => {
    const follower = new Follower(CARD);
    follower.aim(moved(CARD, 0.1));
    let [passed, arrived] = [0, undefined];
    while (!follower.resting) {
      follower.pass(millis);
      passed += millis;
      const way = (follower.at[0][0] - CARD[0][0]) / 0.1;
      assert.ok(way <= 1 + 1e-9, `overshot: ${way}`);
      if (way >= 0.95) arrived ??= passed;
      assert.ok(passed < 400, "it does not come to rest");
    }
    assert.ok(arrived >= 80 && arrived <= 120 + millis, `after ${arrived} ms`);
    near(follower.at, moved(CARD, 0.1));
  });
}

test("a new look on the way is followed without a jump", () => {
  const follower = new Follower(CARD);
  follower.aim(moved(CARD, 0.1));
  let last = follower.at[0][0];
  for (let step = 0; step < 30; step += 1) {
    if (step === 4) follower.aim(moved(CARD, 0.15));
    follower.pass(1000 / 60);
    assert.ok(Math.abs(follower.at[0][0] - last) < 0.04, `step ${step}`);
    last = follower.at[0][0];
  }
  near(follower.at, moved(CARD, 0.15), 0.001);
});

test("an outline at rest stays while the detection trembles, and follows a document that drifts", () => {
  const follower = new Follower(CARD);
  for (const by of [0.001, -0.001, 0.0015]) {
    follower.aim(moved(CARD, by));
    assert.ok(follower.resting, `${by}`);
  }
  const drift = [0.001, 0.002, 0.003, 0.004, 0.005, 0.006];
  for (const by of drift) {
    follower.aim(moved(CARD, by));
    while (!follower.resting) follower.pass(16);
    near(follower.at, moved(CARD, by), 0.0016);
  }
});

test("a jump is there at once, and rests", () => {
  const follower = new Follower(CARD);
  follower.aim(moved(CARD, 0.3));
  assert.ok(!follower.resting);
  follower.jump();
  assert.ok(follower.resting);
  near(follower.at, moved(CARD, 0.3));
});
