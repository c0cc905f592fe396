// Speaks to screen readers through one polite region: at most one announcement in two seconds, the newest wins.

export const PAUSE_MILLIS = 2000;

export class Announcer {
  #region: HTMLElement | undefined;
  #last = Number.NEGATIVE_INFINITY;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #said = "";

  /** The element with `aria-live`; texts replace its content. */
  into(region: Element | undefined): void {
    this.#region = region as HTMLElement | undefined;
  }

  say(text: string): void {
    clearTimeout(this.#timer);
    if (text === this.#said) return;
    const wait = this.#last + PAUSE_MILLIS - performance.now();
    this.#timer = setTimeout(() => {
      this.#last = performance.now();
      this.#said = text;
      if (this.#region) this.#region.textContent = text;
    }, Math.max(0, wait));
  }

  /** Nothing more to say; what waits is dropped. */
  hush(): void {
    clearTimeout(this.#timer);
    this.#said = "";
  }
}
