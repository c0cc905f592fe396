// Speaks to screen readers through one polite region: at most one announcement in two seconds, the newest wins; what is told is
// heard in any case, before it.

export const PAUSE_MILLIS = 2000;

export class Announcer {
  #region: HTMLElement | undefined;
  #last = Number.NEGATIVE_INFINITY;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #said = "";
  #told: string[] = [];
  #newest: string | undefined;

  /** The element with `aria-live`; texts replace its content. */
  into(region: Element | undefined): void {
    this.#region = region as HTMLElement | undefined;
  }

  /** Is heard unless something newer is said within the pause. */
  say(text: string): void {
    this.#newest = text === this.#said ? undefined : text;
    this.#wait();
  }

  /** Is heard whatever is said meanwhile. */
  tell(text: string): void {
    this.#told.push(text);
    this.#wait();
  }

  /** Nothing more to say; what waits is dropped. */
  hush(): void {
    clearTimeout(this.#timer);
    this.#told = [];
    this.#newest = undefined;
    this.#said = "";
  }

  #wait(): void {
    clearTimeout(this.#timer);
    const text = this.#told[0] ?? this.#newest;
    if (text === undefined) return;
    const wait = this.#last + PAUSE_MILLIS - performance.now();
    this.#timer = setTimeout(() => this.#speak(text), Math.max(0, wait));
  }

  #speak(text: string): void {
    if (this.#told.shift() === undefined) this.#newest = undefined;
    this.#last = performance.now();
    this.#said = text;
    if (this.#region) this.#region.textContent = text;
    this.#wait();
  }
}
