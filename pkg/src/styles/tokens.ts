// Colours, type and measures. A partner sets the `--lichtbild-*` properties on the element; everything else follows.
// Contrast: text on its ground at least 4.5 : 1, lines and icons at least 3 : 1, in both themes.

import { css } from "lit";

const light = css`
  --_page: #f4f3ef;
  --_surface: var(--lichtbild-background, #ffffff);
  --_raised: #f7f6f3;
  --_ink: var(--lichtbild-ink, #17202a);
  --_soft: #55606b;
  --_line: #dfe1e4;
  --_edge: #8b949d;
  --_accent: var(--lichtbild-accent, #0b5d66);
  --_accent-ink: var(--lichtbild-accent-ink, #ffffff);
  --_tint: #e0f0ef;
  --_good: #1b7343;
  --_good-tint: #e2f3e8;
  --_warn: #8a5000;
  --_warn-tint: #fdf1dc;
  --_bad: #b3261e;
  --_bad-tint: #fcebe9;
  --_light: #ffc84a;
  --_glow: #fff0c9;
  --_skin: #f6d7bd;
  --_hair: #4b3a33;
  --_shadow: 0 1px 2px rgb(23 32 42 / 6%), 0 12px 32px rgb(23 32 42 / 8%);
  color-scheme: light;
`;

const dark = css`
  --_page: #0b1013;
  --_surface: var(--lichtbild-background, #12191d);
  --_raised: #1a2328;
  --_ink: var(--lichtbild-ink, #edf2f4);
  --_soft: #a8b4bc;
  --_line: #2c3940;
  --_edge: #6d7d87;
  --_accent: var(--lichtbild-accent, #74d0d2);
  --_accent-ink: var(--lichtbild-accent-ink, #05282b);
  --_tint: #16343a;
  --_good: #72d69b;
  --_good-tint: #14321f;
  --_warn: #ffcb73;
  --_warn-tint: #352811;
  --_bad: #ffa098;
  --_bad-tint: #3d1b18;
  --_light: #ffcf63;
  --_glow: #4a3d1c;
  --_skin: #d8b497;
  --_hair: #15100e;
  --_shadow: 0 1px 2px rgb(0 0 0 / 40%), 0 12px 32px rgb(0 0 0 / 35%);
  color-scheme: dark;
`;

export const tokens = css`
  :host {
    ${light}
    --_radius: var(--lichtbild-radius, 14px);
    --_font: var(--lichtbild-font, system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Liberation Sans", sans-serif);
    --_mono: ui-monospace, "SF Mono", "Cascadia Mono", "Roboto Mono", "Liberation Mono", monospace;
    --_gutter: clamp(1rem, 5cqi, 2rem);
  }
  @media (prefers-color-scheme: dark) {
    :host(:not([theme="light"])) {
      ${dark}
    }
  }
  :host([theme="dark"]) {
    ${dark}
  }
`;
