// A photograph is taken: the shutter's sound, short, quiet, at the device's volume for media. Browsers let a page sound only after the
// person has done something in it, so it is made ready by a button and sleeps until it is needed. The flash is the style's.

import { noChange } from "lit";
import { Directive, directive, type ElementPart } from "lit/directive.js";

const MILLIS = 55;
const LOUDNESS = 0.05;
// Later it would belong to nothing the person sees.
const LATEST_MILLIS = 120;

// One for the page: browsers allow few.
let audio: AudioContext | undefined;

/** Is called by a button that leads to the camera. */
export function readySound(wanted: boolean): void {
  if (!wanted || audio || typeof AudioContext === "undefined") return;
  try {
    audio = new AudioContext({ latencyHint: "interactive" });
    const made = audio;
    // Safari counts a context as allowed once it has run within the person's act.
    made.resume().then(() => made.suspend()).catch(() => {});
  } catch {
    // No sound device, or too many contexts in this page: a picture needs no sound.
  }
}

class Shooting extends Directive {
  #shot = false;

  render(_shot: boolean, _sounds: boolean): typeof noChange {
    return noChange;
  }

  override update(_part: ElementPart, [shot, sounds]: [boolean, boolean]): typeof noChange {
    if (shot && !this.#shot && sounds && audio) void click(audio);
    this.#shot = shot;
    return noChange;
  }
}

/** On the camera's stage: clicks when a photograph begins to be taken, where that is wanted and allowed. */
export const shooting = directive(Shooting);

async function click(at: AudioContext): Promise<void> {
  const asked = performance.now();
  try {
    await at.resume();
    if (performance.now() - asked < LATEST_MILLIS) await sounded(at);
    await at.suspend();
  } catch {
    // Refused by the browser, or the device has gone.
  }
}

function sounded(at: AudioContext): Promise<unknown> {
  const [tone, loudness] = [new OscillatorNode(at, { type: "triangle", frequency: 1800 }), new GainNode(at, { gain: LOUDNESS })];
  const end = at.currentTime + MILLIS / 1000;
  tone.frequency.exponentialRampToValueAtTime(500, end);
  loudness.gain.exponentialRampToValueAtTime(0.0001, end);
  tone.connect(loudness).connect(at.destination);
  tone.start();
  tone.stop(end);
  return new Promise((over) => (tone.onended = over));
}
