// A person at the component: looks at the screen, presses the button a person would press, until the end or a wanted screen.
// Presses real buttons; reads the element's snapshot only to know what is shown.

import { readFileSync } from "node:fs";
import { hold } from "./browser.mjs";
import { sleep } from "./net.mjs";

/** What is on the screen: `camera.live`, `explainer.front`, `permissions`, … and the whole snapshot. */
export async function look(page) {
  for (const frame of page.frames()) {
    const snapshot = await frame.evaluate(readSnapshot).catch(() => undefined);
    if (snapshot) return { frame, snapshot, name: nameOf(snapshot.screen) };
  }
  return { frame: page.mainFrame(), snapshot: undefined, name: "absent" };
}

// The element that draws: in iframe mode the outer one has no snapshot of its own.
function readSnapshot() {
  const element = document.querySelector("lichtbild-ident");
  return element?.shadowRoot?.querySelector("iframe") ? undefined : element?.snapshot;
}

export function nameOf(screen) {
  const part = screen.stage?.type ?? screen.topic;
  return part ? `${screen.type}.${part}` : screen.type;
}

/**
 * Walks on until `stop(now)` is true; returns what is on the screen then.
 * `shows`: other films than those of the chosen document, by what is asked for: `front`, `back`, `passport`, `face`.
 * `onScreen(name, now)` is called once at each new screen, `instead[name](now)` acts in place of the usual button.
 */
export async function walk(page, { document = "germanIdCard", shows = {}, number, stop = (now) => now.name === "done", onScreen, instead = {}, millis = 240_000, trace = [] } = {}) {
  const end = Date.now() + millis;
  const done = new Set();
  let last;
  for (;;) {
    const now = await look(page);
    if (now.name !== last && now.snapshot) {
      last = now.name;
      trace.push(now.name);
      await onScreen?.(now.name, now);
    }
    if (now.snapshot && (await stop(now))) return { ...now, trace };
    if (Date.now() > end) throw new Error(`stuck at ${now.name}: ${JSON.stringify(now.snapshot?.screen)}; ${trace.join(" → ")}`);
    const bearable = () => BUSY.includes(now.snapshot.screen.code) && trace.filter((name) => name === "failed").length <= 3;
    if (now.name === "failed" && !instead.failed && !bearable()) throw new Error(`failed: ${JSON.stringify(now.snapshot.screen)}; ${trace.join(" → ")}`);
    if (now.snapshot) {
      // One press for one state of the screen; asked again after a while, should it have gone unheard.
      const state = `${JSON.stringify(withoutMeters(now.snapshot.screen))} ${Math.floor(Date.now() / 4000)}`;
      if (!done.has(state)) {
        done.add(state);
        await (instead[now.name] ?? press[now.snapshot.screen.type])?.(now, { document, shows, number });
      }
    }
    await sleep(120);
  }
}

// A machine with too much to do holds the fake camera up for seconds. A person would try again, some times.
const BUSY = ["camera.frozen", "recorder.still_failed", "recorder.no_data"];

const press = {
  failed: (now) => tap(now, MAIN),
  register: (now) => tap(now, MAIN),
  explainer: (now) => tap(now, MAIN),
  repeat: (now) => tap(now, MAIN),
  async handoffClaim(now, { number }) {
    await now.frame.locator("lichtbild-ident input[name=number]").fill(number, { timeout: 2500 });
    await tap(now, MAIN);
  },
  review: (now) => tap(now, MAIN),
  async consents(now) {
    if (now.snapshot.screen.items.every((item) => item.ticked)) return tap(now, MAIN);
    for (const box of await now.frame.locator("lichtbild-ident input[type=checkbox]").all()) await box.check({ timeout: 3000 });
  },
  async permissions(now) {
    const { camera, microphone } = now.snapshot.screen;
    if (camera.state === "granted" && ["granted", "notNeeded"].includes(microphone.state)) await tap(now, MAIN);
    else if (camera.state === "open" || (camera.state === "granted" && microphone.state === "open")) await tap(now, `button.compact:not([disabled])`);
  },
  documentChoice(now, { document }) {
    const place = now.snapshot.screen.options.findIndex(({ kind }) => kind === document);
    return tap(now, `[part~="choice"] >> nth=${place}`);
  },
  categoryChoice: (now) => tap(now, `[part~="choice"]`),
  async dataConfirmation(now) {
    const { reading, slow } = now.snapshot.screen;
    if (reading === "ready") await tap(now, MAIN);
    // A person would photograph the document again, as the button says; the last word is the clerk's.
    else if (reading === "unreadable") await tap(now, SECOND);
    else if (slow) await tap(now, SECOND);
  },
  async attestation(now) {
    if (now.snapshot.screen.items.some((item) => !item.ticked)) {
      for (const box of await now.frame.locator("lichtbild-ident input[type=checkbox]").all()) await box.check({ timeout: 3000 });
      return;
    }
    await now.frame.locator("lichtbild-ident input[name=clerk]").fill("Verkauf 12", { timeout: 2500 });
    await tap(now, MAIN);
  },
  async camera(now, { shows }) {
    const { purpose, stage, byHand } = now.snapshot.screen;
    if (stage.type === "closed") {
      const film = filmOf(purpose, now.snapshot.case?.document);
      await hold(now.frame.page(), shows[film] ?? film);
      await tap(now, MAIN);
    }
    // Else it is taken by itself, and there is no button yet.
    else if (stage.type === "live" && byHand) await tap(now, `[part~="shutter-button"]`);
    else if (stage.type === "recording" && stage.canStop && purpose.type === "documentVideo") await tap(now, `[part~="stop-button"]`);
  },
};

/** The film of what is asked for. */
export function filmOf(purpose, document) {
  if (purpose.type === "selfieVideo") return "face";
  return purpose.side === "front" && document === "passport" ? "passport" : purpose.side;
}

/** The screen's main button. */
export const MAIN = `[part~="primary-button"]:not([aria-disabled="true"])`;
export const SECOND = `[part~="secondary-button"]`;

/** Presses a button of the component; what has gone from the screen meanwhile needs no press. */
export async function tap({ frame }, selector) {
  const button = frame.locator(`lichtbild-ident ${selector}`).first();
  await button.click({ timeout: 2500 }).catch((error) => {
    if (error.name !== "TimeoutError") throw error;
  });
}

/** The button with the words of a key, as a person reads it. */
export async function say({ frame, snapshot }, key, lang = snapshot.case?.lang ?? "de") {
  await frame.locator("lichtbild-ident").getByRole("button", { name: words(lang)[key], exact: true }).first().click({ timeout: 5000 });
}

/** The component's words. */
export const words = (lang) => JSON.parse(readFileSync(new URL(`../../../pkg/src/messages/${lang}.json`, import.meta.url), "utf8"));

// Levels and times change all the time and mean no new state.
function withoutMeters(screen) {
  return JSON.parse(JSON.stringify(screen, (key, value) => (["level", "millis", "millisLeft", "aspect"].includes(key) ? undefined : value)));
}
