// The box, what stands around every screen, and the small things screens are made of: buttons, badges, spinners, text.

import { css } from "lit";

export const frame = css`
  :host {
    display: block;
    container-type: inline-size;
    font: 400 1rem/1.5 var(--_font);
    color: var(--_ink);
    background: var(--_surface);
    text-align: start;
    -webkit-text-size-adjust: 100%;
  }
  :host([hidden]) { display: none; }
  *, *::before, *::after { box-sizing: border-box; }
  .frame {
    display: flex;
    flex-direction: column;
    min-block-size: var(--lichtbild-min-height, 42rem);
    position: relative;
    overflow-wrap: break-word;
  }
  h2, h3, p, ul, ol, dl, dd, figure { margin: 0; padding: 0; }
  ul, ol { list-style: none; }
  h2 { font-size: clamp(1.45rem, 1.15rem + 1.6cqi, 1.85rem); line-height: 1.2; font-weight: 680; letter-spacing: -0.015em; text-wrap: balance; }
  h2.calm { font-size: 1.1rem; font-weight: 500; }
  h2:focus { outline: none; }
  h3 { font-size: 0.95rem; font-weight: 650; }
  b, strong { font-weight: 650; }
  a { color: var(--_accent); text-underline-offset: 0.2em; }
  :focus-visible { outline: 3px solid var(--_accent); outline-offset: 2px; }
  .sr { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
  .soft { color: var(--_soft); }
  .small { font-size: 0.875rem; }
  .code { font-family: var(--_mono); font-size: 0.95em; letter-spacing: 0.02em; }
  .code.large { font-size: 1.6rem; letter-spacing: 0.08em; }
  .lead { color: var(--_soft); font-size: 1.0625rem; text-wrap: pretty; }
  .icon { inline-size: 1.5em; block-size: 1.5em; flex: none; fill: none; stroke: currentColor; stroke-width: 1.8; stroke-linecap: round; stroke-linejoin: round; }

  .header { padding: 0.75rem var(--_gutter) 0; }
  .bar { display: flex; align-items: center; gap: 0.75rem; min-block-size: 2.75rem; }
  .partner { flex: 1; min-inline-size: 0; display: flex; flex-wrap: wrap; align-items: center; gap: 0.1rem 0.6rem; font-weight: 620; font-size: 1rem; line-height: 1.25; overflow-wrap: anywhere; }
  .badge { display: inline-block; padding: 0.05rem 0.5rem; border-radius: 99px; background: var(--_warn-tint); color: var(--_warn); font-size: 0.75rem; font-weight: 650; white-space: nowrap; }
  .kennung { font-size: 0.8125rem; color: var(--_soft); white-space: nowrap; }
  .kennung .code { color: var(--_ink); font-weight: 600; font-size: 0.875rem; }
  @container (max-width: 26rem) { .bar { gap: 0.5rem; } .partner { font-size: 0.9375rem; } .kennung-label { display: block; font-size: 0.6875rem; line-height: 1; text-align: end; } }

  .progress { padding-block: 0.5rem 0; }
  .segments { display: flex; gap: 4px; }
  .segment { flex: 1; block-size: 4px; border-radius: 2px; background: var(--_line); transition: background 0.3s; }
  .segment.done { background: var(--_accent); }
  .segment.repeat { background: var(--_warn); }
  .segment.current { background: linear-gradient(90deg, var(--_accent) 55%, var(--_line) 55%); }
  .progress-text { display: flex; justify-content: space-between; gap: 1rem; margin-block-start: 0.45rem; font-size: 0.8125rem; font-weight: 550; }
  .progress-text .soft { font-weight: 400; white-space: nowrap; }

  .notice { display: flex; align-items: center; gap: 0.6rem; margin: 0.75rem var(--_gutter) 0; padding: 0.55rem 0.8rem; border-radius: 10px; font-size: 0.9rem; }
  .notice.warn { background: var(--_warn-tint); color: var(--_warn); }
  .notice.calm { background: var(--_raised); color: var(--_ink); }
  .notice .icon { inline-size: 1.25rem; block-size: 1.25rem; }

  .main { flex: 1; display: flex; flex-direction: column; min-block-size: 0; }
  .main > slot { display: contents; }
  .form { display: contents; }
  .page { flex: 1; display: flex; flex-direction: column; min-block-size: 0; }
  .art { inline-size: 100%; max-inline-size: 35rem; margin-inline: auto; padding: 1.25rem var(--_gutter) 0; order: -1; }
  .pictured > .sheet { padding-block-start: 0.75rem; }
  .page.kind-film > .art { order: 0; padding-block: 0; }
  .page.kind-film > .sheet { flex: none; padding-block-start: 1.5rem; }
  .page.kind-film > .actions { margin-block-start: auto; }
  .page.kind-centre { justify-content: center; }
  .page.kind-centre > .sheet { flex: none; align-items: center; text-align: center; }
  .page.kind-centre > .actions:not(:empty) { margin-block-start: auto; }
  .page.kind-centre > .art, .page.kind-centre:not(.pictured) > .sheet { margin-block-start: auto; }
  .page.kind-centre:has(> .actions:empty) > .sheet { margin-block-end: auto; }
  .sheet { flex: 1; display: flex; flex-direction: column; gap: 0.9rem; inline-size: 100%; max-inline-size: 35rem; margin-inline: auto; padding: 1.5rem var(--_gutter) 1rem; }
  .kind-wide > .sheet { max-inline-size: 56rem; }
  .actions { position: sticky; inset-block-end: 0; z-index: 1; display: flex; flex-direction: column; gap: 0.5rem; inline-size: 100%; max-inline-size: 35rem; margin-inline: auto; padding: 0.75rem var(--_gutter) max(0.75rem, env(safe-area-inset-bottom)); background: linear-gradient(to bottom, transparent, var(--_surface) 0.75rem); text-align: center; }
  .actions:empty { display: none; }
  @media (max-height: 30rem) { .actions { position: static; } }

  .button { display: inline-flex; align-items: center; justify-content: center; gap: 0.6rem; min-block-size: 3.25rem; padding: 0.7rem 1.25rem; border: 1.5px solid transparent; border-radius: var(--_radius); font: 620 1.0625rem/1.25 var(--_font); cursor: pointer; transition: background 0.15s, transform 0.1s; -webkit-tap-highlight-color: transparent; }
  .button:active:not([aria-disabled]) { transform: scale(0.985); }
  .primary { background: var(--_accent); color: var(--_accent-ink); }
  .primary:hover:not([aria-disabled]) { background: color-mix(in srgb, var(--_accent) 88%, var(--_ink)); }
  .secondary { background: transparent; border-color: var(--_edge); color: var(--_ink); font-weight: 560; }
  .secondary:hover { background: var(--_raised); }
  .quiet { background: transparent; color: var(--_accent); font-weight: 560; min-block-size: 2.75rem; }
  .quiet:hover { background: var(--_raised); }
  .compact { min-block-size: 2.75rem; padding: 0.4rem 1rem; font-size: 0.9375rem; }
  .button[aria-disabled], .button:disabled { cursor: default; background: var(--_line); color: var(--_soft); border-color: transparent; }
  .button[aria-busy] { background: var(--_accent); color: var(--_accent-ink); opacity: 0.85; }
  .textual { min-block-size: 2.75rem; padding: 0;  border: 0; background: none; font: inherit; color: var(--_soft); text-decoration: underline; text-underline-offset: 0.2em; cursor: pointer; }
  .textual:hover { color: var(--_ink); }
  .round { display: inline-grid; place-items: center; flex: none; inline-size: 2.75rem; block-size: 2.75rem; padding: 0; border: 0; border-radius: 50%; background: var(--_raised); color: var(--_ink); cursor: pointer; }
  .round:hover { background: var(--_line); }

  .footer { display: flex; align-items: center; justify-content: space-between; gap: 1rem; padding: 0.25rem var(--_gutter) 0.5rem; border-block-start: 1px solid var(--_line); font-size: 0.8125rem; color: var(--_soft); }
  .footer p { padding-block: 0.4rem; }
  .sending { display: flex; align-items: center; gap: 0.4rem; }
  .sending .icon { inline-size: 1.1rem; block-size: 1.1rem; }

  .spinner { inline-size: 2.5rem; block-size: 2.5rem; border-radius: 50%; border: 3px solid color-mix(in srgb, currentColor 20%, transparent); border-block-start-color: currentColor; animation: turn 0.9s linear infinite; color: var(--_accent); }
  .spinner.small { inline-size: 1.25rem; block-size: 1.25rem; border-width: 2.5px; color: inherit; }
  @keyframes turn { to { rotate: 1turn; } }
  @media (prefers-reduced-motion: reduce) { .spinner { animation-duration: 4s; } .button, .segment { transition: none; } }

  dialog { max-inline-size: min(26rem, calc(100vw - 2rem)); padding: 1.5rem; border: 0; border-radius: calc(var(--_radius) + 4px); background: var(--_surface); color: var(--_ink); box-shadow: var(--_shadow); }
  dialog::backdrop { background: rgb(8 14 18 / 55%); }
  dialog .stack { display: grid; gap: 0.75rem; }
  dialog h2 { font-size: 1.25rem; }

  @container (min-width: 44rem) {
    .header, .footer { padding-inline: 2rem; }
    .sheet { padding-block-start: 2.25rem; }
    .actions { position: static; padding-block-end: 2rem; background: none; }
    .page.kind-centre > .actions:not(:empty) { margin-block: 0 auto; }
    .page.pictured:not(.kind-centre) { display: grid; grid-template: "art sheet" auto "art actions" auto / minmax(0, 22rem) minmax(0, 27rem); justify-content: center; align-content: center; column-gap: 3.5rem; padding: 1.5rem 2rem; }
    .page.pictured.kind-film { grid-template-columns: minmax(0, 27rem) minmax(0, 23rem); }
    .page.pictured:not(.kind-centre) > .art { grid-area: art; align-self: center; padding: 0; }
    .page.pictured:not(.kind-centre) > .sheet { grid-area: sheet; align-self: end; padding: 0 0 1.25rem; }
    .page.pictured:not(.kind-centre) > .actions { grid-area: actions; align-self: start; margin-block-start: 0; padding: 0; }
    .progress-text { font-size: 0.875rem; }
  }
`;
