// What screen readers hear: one polite region, not more often than every two seconds, the newest wins.

import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import { source } from "./support/sources.mjs";

const { Announcer, PAUSE_MILLIS } = await source("announcer.ts");

let announcer, region, heard;
beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout"] });
  let now = 0;
  mock.method(performance, "now", () => now);
  heard = [];
  region = { set textContent(text) { heard.push(text); } };
  announcer = new Announcer();
  announcer.into(region);
  announcer.pass = (millis) => {
    now += millis;
    mock.timers.tick(millis);
  };
});

test("the first announcement is heard at once", () => {
  announcer.say("Still halten");
  announcer.pass(0);
  assert.deepEqual(heard, ["Still halten"]);
});

test("what is said again and again is heard once", () => {
  for (let round = 0; round < 5; round += 1) {
    announcer.say("Still halten");
    announcer.pass(PAUSE_MILLIS);
  }
  assert.deepEqual(heard, ["Still halten"]);
});

test("of several announcements within the pause only the newest is heard", () => {
  announcer.say("eins");
  announcer.pass(100);
  announcer.say("zwei");
  announcer.pass(100);
  announcer.say("drei");
  announcer.pass(PAUSE_MILLIS);
  assert.deepEqual(heard, ["eins", "drei"]);
});

test("an announcement that no longer holds is not heard after the one that does", () => {
  announcer.say("Still halten");
  announcer.pass(100);
  announcer.say("Mehr Licht");
  announcer.pass(100);
  announcer.say("Still halten");
  announcer.pass(PAUSE_MILLIS);
  assert.deepEqual(heard, ["Still halten"]);
});

test("after a hush nothing that waited is heard, and the same may be said anew", () => {
  announcer.say("eins");
  announcer.pass(0);
  announcer.say("zwei");
  announcer.hush();
  announcer.pass(2 * PAUSE_MILLIS);
  announcer.say("eins");
  announcer.pass(0);
  assert.deepEqual(heard, ["eins", "eins"]);
});

test("what is told is heard whatever is said meanwhile, and before it", () => {
  announcer.say("Näher heran");
  announcer.pass(0);
  announcer.say("Still halten");
  announcer.tell("Wird von selbst aufgenommen");
  announcer.say("Mehr Licht");
  announcer.pass(PAUSE_MILLIS);
  announcer.pass(PAUSE_MILLIS);
  announcer.pass(PAUSE_MILLIS);
  assert.deepEqual(heard, ["Näher heran", "Wird von selbst aufgenommen", "Mehr Licht"]);
});

test("of several things told in one breath each is heard, in their order", () => {
  announcer.tell("Wird von selbst aufgenommen");
  announcer.tell("Zone gelesen");
  announcer.say("Mehr Licht");
  for (let pause = 0; pause < 4; pause += 1) announcer.pass(PAUSE_MILLIS);
  assert.deepEqual(heard, ["Wird von selbst aufgenommen", "Zone gelesen", "Mehr Licht"]);
});

test("after a hush nothing that was told is heard", () => {
  announcer.say("eins");
  announcer.pass(0);
  announcer.tell("zwei");
  announcer.hush();
  announcer.pass(2 * PAUSE_MILLIS);
  assert.deepEqual(heard, ["eins"]);
});
