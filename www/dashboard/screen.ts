// What the dashboard's shell expects of a screen.

export interface Screen {
  root: HTMLElement;
  /** For the window's title. */
  title(): string;
  /** It has been put on the page: takes the focus and begins to look. `returning`: it was there before. */
  shown(returning: boolean): void;
  /** It is about to be taken off the page, while it still is in its place. */
  leaving?(): void;
  /** It is off the page and rests. */
  left(): void;
  /** It will not come back: gives everything back. */
  dispose(): void;
}
