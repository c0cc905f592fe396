// Brings what is on the screen up to date without making it anew, so that focus, scroll and players stay as they are.

import { fill } from "../shared/dom.js";

type Content = Parameters<typeof fill>[1];

/** A part of the screen that shows one item. */
export interface Kept<T> {
  root: HTMLElement;
  update(item: T): void;
  dispose?(): void;
}

/** Shows a list of items by key below `parent`; who stays is neither moved nor made anew. */
export class KeptList<T> {
  private readonly known = new Map<string, Kept<T>>();

  constructor(
    private readonly parent: HTMLElement,
    private readonly keyOf: (item: T) => string,
    private readonly make: (item: T) => Kept<T>,
  ) {}

  show(items: readonly T[]): void {
    const wanted = new Set(items.map(this.keyOf));
    for (const [key, kept] of this.known) {
      if (wanted.has(key)) continue;
      kept.dispose?.();
      kept.root.remove();
      this.known.delete(key);
    }
    let place = this.parent.firstElementChild;
    for (const item of items) {
      const key = this.keyOf(item);
      let kept = this.known.get(key);
      if (!kept) this.known.set(key, (kept = this.make(item)));
      kept.update(item);
      if (kept.root === place) place = place.nextElementSibling;
      else this.parent.insertBefore(kept.root, place);
    }
  }

  dispose(): void {
    this.show([]);
  }
}

/** A place that is filled anew only when what it shows has changed. The focus returns to the element with the same `data-key`. */
export class Slot {
  private shown: string | undefined;

  constructor(readonly root: HTMLElement) {}

  show(data: unknown, build: () => Content): void {
    const text = JSON.stringify(data) ?? "";
    if (text === this.shown) return;
    this.shown = text;
    const focused = this.root.contains(document.activeElement) ? (document.activeElement as HTMLElement).dataset["key"] : undefined;
    fill(this.root, build());
    if (focused) this.root.querySelector<HTMLElement>(`[data-key="${CSS.escape(focused)}"]`)?.focus();
  }
}

/** Looks again and again: never twice at once, not while the page is hidden, less often while looking fails. */
export class Poll {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private looking: Promise<void> | undefined;
  private failures = 0;
  private resting = true;
  private readonly seen = () => {
    if (document.visibilityState === "hidden") clearTimeout(this.timer);
    else if (!this.resting && this.rest() !== undefined) void this.now();
  };

  /** `look` throws when it fails; `rest` says how long to wait after it, `undefined`: no more. */
  constructor(
    private readonly look: () => Promise<void>,
    private readonly rest: () => number | undefined,
  ) {
    document.addEventListener("visibilitychange", this.seen);
    addEventListener("online", this.seen);
  }

  /** Looks at once, or shares the look that runs; goes on from there. */
  now(): Promise<void> {
    this.resting = false;
    clearTimeout(this.timer);
    this.looking ??= this.run();
    return this.looking;
  }

  /** Waits for the next time, if there is to be one. */
  later(): void {
    clearTimeout(this.timer);
    const rest = this.rest();
    if (this.resting || rest === undefined || document.visibilityState === "hidden") return;
    this.timer = setTimeout(() => void this.now(), rest * Math.min(2 ** this.failures, 8));
  }

  /** Looks no more until `now`. */
  pause(): void {
    this.resting = true;
    clearTimeout(this.timer);
  }

  stop(): void {
    this.pause();
    document.removeEventListener("visibilitychange", this.seen);
    removeEventListener("online", this.seen);
  }

  private async run(): Promise<void> {
    try {
      await this.look();
      this.failures = 0;
    } catch {
      this.failures += 1;
    } finally {
      this.looking = undefined;
      this.later();
    }
  }
}
