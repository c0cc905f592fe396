// A recording without `MediaRecorder` that cannot begin lets go of the microphone.

import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { source } from "./support/sources.mjs";

const { record } = await source("codecs.ts");
const listener = { bytes() {}, failed() {} };

let clones, played, video;
const track = {
  clone() {
    const clone = { stopped: false, stop: () => (clone.stopped = true) };
    clones.push(clone);
    return clone;
  },
};
const stream = { getVideoTracks: () => [], getAudioTracks: () => [track] };

beforeEach(() => {
  clones = [];
  played = Promise.resolve();
  video = { play: () => played };
  globalThis.document = { createElement: () => video };
  globalThis.MediaStream = class {};
});
afterEach(() => {
  for (const name of ["document", "MediaStream", "MediaStreamTrackProcessor", "AudioContext"]) delete globalThis[name];
});

for (const [what, read] of [
  ["gives nothing", async () => ({ value: undefined, done: true })],
  ["fails", () => Promise.reject(new Error("the microphone is gone"))],
]) {
  test(`a microphone that ${what} is stopped`, async () => {
    globalThis.MediaStreamTrackProcessor = class {
      readable = { getReader: () => ({ read }) };
    };
    await assert.rejects(record(stream, listener));
    assert.deepEqual(clones.map(({ stopped }) => stopped), [true]);
    assert.equal(video.srcObject, null);
  });
}

test("a context that does not begin is closed", async () => {
  let closed = 0;
  globalThis.AudioContext = class {
    resume = () => Promise.reject(new Error("not allowed"));
    close = async () => void (closed += 1);
  };
  await assert.rejects(record(stream, listener));
  assert.equal(closed, 1);
});

test("a picture that does not play is let go of, and no microphone is listened to", async () => {
  played = Promise.reject(new Error("not allowed"));
  await assert.rejects(record(stream, listener));
  assert.deepEqual(clones, []);
  assert.equal(video.srcObject, null);
});
