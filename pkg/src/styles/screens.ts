// What single screens need beyond the common things, of those that may be seen first.

import { css } from "lit";

export const screens = css`
  .rows { border-block-start: 1px solid var(--_line); }
  .row { display: flex; align-items: center; gap: 0.9rem; padding-block: 0.9rem; border-block-end: 1px solid var(--_line); }
  .row-main { flex: 1; min-inline-size: 0; display: grid; gap: 0.1rem; }
  .row-main .soft { font-size: 0.9rem; line-height: 1.4; }
  .row-end { display: grid; justify-items: end; gap: 0.1rem; font-size: 0.875rem; }
  .tile { display: grid; place-items: center; flex: none; inline-size: 2.75rem; block-size: 2.75rem; border-radius: 12px; background: var(--_tint); color: var(--_accent); }
  .dot { inline-size: 0.6rem; block-size: 0.6rem; border-radius: 50%; background: var(--_edge); }
  .dot.success { background: var(--_good); }
  .dot.open { background: var(--_light); box-shadow: inset 0 0 0 1px var(--_warn); }
  .dot.rejected, .dot.attemptsExhausted { background: var(--_bad); }
  .history { margin-block-start: 0.75rem; display: grid; gap: 0.75rem; }
  .ticks { display: grid; gap: 0.6rem; }
  .ticks li, .reasons li { display: flex; gap: 0.7rem; }
  .ticks .icon { color: var(--_good); stroke-width: 2.4; }
  .reasons { display: grid; gap: 0.6rem; }
  .reasons li { padding: 0.75rem 0.9rem; border-radius: 12px; background: var(--_warn-tint); }
  .reasons .icon { color: var(--_warn); }
  .compare { display: grid; gap: 0.15rem; justify-items: center; padding: 1rem; border-radius: var(--_radius); background: var(--_raised); font-size: 0.875rem; color: var(--_soft); }
  .compare b { color: var(--_ink); }
  .number-field { display: flex; align-items: center; justify-content: space-between; gap: 1rem; font-weight: 600; }
  .number-field input { inline-size: 4.5rem; padding: 0.5rem 0.6rem; border: 1.5px solid var(--_edge); border-radius: 12px; background: var(--_surface); color: inherit; font: 600 1.5rem/1.2 var(--_mono); text-align: center; }
  .wrong { color: var(--_bad); }
  .wrong:empty { display: none; }
  .detail { font-family: var(--_mono); font-size: 0.8125rem; }
  .numbered { counter-reset: n; display: grid; gap: 0.55rem; }
  .numbered li { counter-increment: n; display: flex; gap: 0.7rem; }
  .numbered li::before { content: counter(n); display: grid; place-items: center; flex: none; inline-size: 1.6rem; block-size: 1.6rem; border-radius: 50%; background: var(--_tint); color: var(--_accent); font-size: 0.8125rem; font-weight: 700; }
  .how { padding: 0.9rem 1rem; border-radius: var(--_radius); background: var(--_raised); }
  .how summary { font-weight: 620; cursor: pointer; }
  .how[open] summary { margin-block-end: 0.75rem; }
`;
