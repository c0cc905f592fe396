// Takes the package's later parts by `import()`. What fails is asked for once more under another address: some browsers (Firefox 153)
// keep a module that could not be fetched for as long as the page lives. In: how a part is taken, a name that it exports.
// Out: the part, or a failure with `network.*`. Does not know: what is inside a part.

import { CaptureError } from "./errors.js";

const DEADLINE_MILLIS = 60_000;
const REACH_MILLIS = 8_000;

/** A part that could not be fetched, also not under another address. */
export class PartMissing extends CaptureError {}

// The browser's own `import()`, which no bundler resolves. Absent when the sources run unbuilt.
declare const __import__: ((address: string) => Promise<object>) | undefined;

let tries = 0;

/** `has`: what the part exports; what is found under another address is held against it. */
export async function part<T extends object>(take: () => Promise<T>, has: keyof T): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new PartMissing("network.timeout", true)), DEADLINE_MILLIS);
  });
  try {
    return await Promise.race([take().catch((thrown: unknown) => again(thrown, has)), late]);
  } finally {
    clearTimeout(timer);
  }
}

async function again<T extends object>(thrown: unknown, has: keyof T): Promise<T> {
  const said = thrown instanceof Error ? thrown.message : "";
  // Chromium and Firefox name what they could not fetch.
  const address = /https?:\/\/\S+?\.js\b/.exec(said)?.[0];
  if (address && typeof __import__ === "function") {
    const found = await __import__(`${address}?again=${++tries}`).catch(() => undefined);
    if (found && has in found) return found as T;
  }
  throw new PartMissing("network.unreachable", true, said);
}

/** The last way on: the page anew, if it can be reached; no browser keeps a failed part beyond that. */
export async function reloadIfReachable(): Promise<void> {
  try {
    await fetch(location.href, { method: "HEAD", cache: "no-store", signal: AbortSignal.timeout(REACH_MILLIS) });
  } catch {
    return;
  }
  location.reload();
}
