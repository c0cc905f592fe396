// What the screens after the first one need beyond the common things.

import { css } from "lit";

export const steps = css`
  .points { display: grid; gap: 0.35rem; padding-inline-start: 1.2rem; list-style: disc; }
  .points li::marker { color: var(--_accent); }
  .alert { display: flex; gap: 0.7rem; padding: 0.75rem 0.9rem; border-radius: 12px; background: var(--_bad-tint); color: var(--_bad); }

  .consents { display: grid; gap: 0.75rem; }
  .consent { border: 1.5px solid var(--_line); border-radius: var(--_radius); transition: border-color 0.15s; }
  .consent.ticked { border-color: var(--_accent); }
  .consent label { display: flex; gap: 0.9rem; padding: 1rem 1rem 0.35rem; cursor: pointer; }
  .consent label > span:last-child { display: grid; gap: 0.15rem; }
  .consent input { position: absolute; opacity: 0; inline-size: 1px; block-size: 1px; }
  .box { display: grid; place-items: center; flex: none; inline-size: 1.625rem; block-size: 1.625rem; border: 2px solid var(--_edge); border-radius: 7px; color: transparent; }
  .box .icon { inline-size: 1.2rem; block-size: 1.2rem; stroke-width: 3; }
  input:checked + .box { background: var(--_accent); border-color: var(--_accent); color: var(--_accent-ink); }
  input:focus-visible + .box { outline: 3px solid var(--_accent); outline-offset: 2px; }
  .consent a, .version { display: block; margin-inline: calc(1rem + 1.625rem + 0.9rem) 1rem; }
  .consent a { inline-size: fit-content; padding-block: 0.65rem 0.3rem; font-size: 0.9375rem; }
  .version { padding-block-end: 0.9rem; }
  .remaining { margin-block-end: 0.1rem; }

  .permission.granted .tile { background: var(--_good-tint); color: var(--_good); }
  .permission.failed .tile { background: var(--_warn-tint); color: var(--_warn); }
  .permission.failed { flex-wrap: wrap; }
  .permission.failed .row-end, .permission .how { inline-size: 100%; justify-items: stretch; }
  .given { color: var(--_good); }
  .given .icon { inline-size: 1.75rem; block-size: 1.75rem; stroke-width: 2.4; }

  .choices { display: grid; grid-template-columns: minmax(0, 1fr); gap: 0.6rem; }
  .choice b { overflow-wrap: anywhere; hyphens: auto; }
  .choice { display: flex; align-items: center; gap: 0.9rem; inline-size: 100%; min-block-size: 4.25rem; padding: 0.7rem 1rem; border: 1.5px solid var(--_line); border-radius: var(--_radius); background: var(--_surface); color: inherit; font: inherit; text-align: start; cursor: pointer; }
  .choice:hover { border-color: var(--_accent); background: var(--_raised); }
  .choice.closed { border-style: dashed; }
  .choice.closed .tile { background: var(--_raised); color: var(--_soft); }
  .choice.closed b { color: var(--_soft); font-weight: 550; }

  .shot { position: relative; overflow: hidden; border-radius: var(--_radius); background: #0c1114; }
  .shot img { display: block; inline-size: 100%; max-block-size: 26rem; object-fit: contain; }
  .shot figcaption { position: absolute; inset-inline-start: 0.75rem; inset-block-end: 0.75rem; padding: 0.25rem 0.65rem; border-radius: 99px; background: rgb(8 14 18 / 75%); color: #fff; font-size: 0.875rem; }
  .length { display: flex; align-items: center; gap: 0.4rem; }
  .length .icon { inline-size: 1.1rem; block-size: 1.1rem; }
  .straight { position: relative; overflow: hidden; aspect-ratio: var(--_format); }
  .shot .straight img { position: absolute; inset: 0 auto auto 0; max-block-size: none; max-inline-size: none; object-fit: fill; transform-origin: 0 0; }
  .shot-bar { display: flex; align-items: center; justify-content: space-between; gap: 1rem; padding-block-start: 0.35rem; font-size: 0.9375rem; color: var(--_soft); }
  .shot-bar .textual:only-child { margin-inline-start: auto; }
  .shots { display: grid; grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); gap: 0.6rem; inline-size: 100%; }
  @container (min-width: 44rem) { .shots { grid-template-columns: 1fr; gap: 1rem; } }
  .no-picture { padding: 1rem; background: var(--_raised); }

  .meter-block { inline-size: min(100%, 24rem); display: grid; gap: 0.5rem; font-variant-numeric: tabular-nums; }
  progress { appearance: none; inline-size: 100%; block-size: 10px; border: 0; border-radius: 5px; overflow: hidden; background: var(--_line); color: var(--_accent); }
  progress::-webkit-progress-bar { background: var(--_line); }
  progress::-webkit-progress-value { background: var(--_accent); border-radius: 5px; transition: inline-size 0.4s; }
  progress::-moz-progress-bar { background: var(--_accent); border-radius: 5px; }

  .coming { display: grid; grid-template-columns: auto 5.5rem; align-items: center; justify-content: start; gap: 0.75rem; font-size: 0.875rem; color: var(--_soft); animation: come 0.4s 1.5s backwards; }
  .coming progress { block-size: 4px; }
  .stage-top .coming { padding: 0.3rem 0.9rem; border-radius: 99px; background: rgb(8 14 18 / 60%); color: #fff; }
  @keyframes come { from { opacity: 0; } }

  .repeats { display: grid; gap: 0.75rem; }
  .repeats > li { display: grid; gap: 0.6rem; padding: 1rem; border: 1.5px solid var(--_line); border-radius: var(--_radius); }

  .two { display: grid; gap: 1.75rem; align-items: center; }
  .two > div { display: grid; gap: 0.9rem; min-inline-size: 0; }
  .two > .qr-box, .two > .follow { justify-self: center; justify-items: center; text-align: center; }
  .qr { inline-size: min(17rem, 72cqi); border-radius: 16px; display: block; box-shadow: 0 0 0 1px var(--_line); }
  .qr-box { min-block-size: 12rem; align-content: center; }
  .countdown { font-variant-numeric: tabular-nums; }
  @container (min-width: 44rem) { .two { grid-template-columns: auto 1fr; gap: 3rem; } .kind-wide > .sheet { justify-content: center; } }

  .follow { position: relative; inline-size: 9rem; block-size: 9rem; align-content: center; border-radius: 50%; background: var(--_tint); color: var(--_accent); }
  .follow .icon { inline-size: 4.5rem; block-size: 4.5rem; stroke-width: 1.3; }
  .ripple { position: absolute; inset: 0; border-radius: 50%; border: 2px solid var(--_accent); animation: ripple 2.4s ease-out infinite; }
  @keyframes ripple { from { opacity: 0.5; scale: 1; } to { opacity: 0; scale: 1.35; } }
  @media (prefers-reduced-motion: reduce) { .ripple { animation: none; opacity: 0.25; } }
  .steps { display: grid; gap: 0.1rem; }
  .steps li { display: flex; align-items: center; gap: 0.75rem; min-block-size: 2rem; color: var(--_soft); }
  .steps li.current { color: var(--_ink); font-weight: 620; }
  .step-mark { display: grid; place-items: center; flex: none; inline-size: 1.375rem; block-size: 1.375rem; border: 2px solid var(--_line); border-radius: 50%; }
  .steps .done .step-mark { background: var(--_good); border-color: var(--_good); color: var(--_surface); }
  .steps .step-mark .icon { inline-size: 0.9rem; block-size: 0.9rem; stroke-width: 3.5; }
  .steps .current .step-mark { border-color: var(--_accent); border-width: 5px; }
  .steps .repeat .step-mark { border-color: var(--_warn); }

  .tile.letter { font-size: 1.25rem; font-weight: 700; }
  .read-fields { display: grid; gap: 0.6rem; }
  .read-field { display: flex; flex-wrap: wrap; align-items: center; gap: 0.5rem 0.9rem; padding: 0.7rem 1rem; border: 1.5px solid var(--_line); border-radius: var(--_radius); }
  .read-field b { font-size: 1.125rem; overflow-wrap: anywhere; }
  .read-field .field { inline-size: 100%; }
  .wrong-field { border-color: var(--_warn); background: var(--_warn-tint); }
  .checked { display: flex; align-items: center; gap: 0.3rem; color: var(--_good); }
  .checked .icon { inline-size: 1rem; block-size: 1rem; stroke-width: 2.6; }

  .field { display: grid; gap: 0.4rem; font-weight: 600; }
  .field input, textarea { inline-size: 100%; padding: 0.8rem 0.9rem; border: 1.5px solid var(--_edge); border-radius: 12px; background: var(--_surface); color: inherit; font: 400 1rem/1.45 var(--_font); resize: vertical; }
  .facts { display: grid; border-block-start: 1px solid var(--_line); font-size: 0.9rem; }
  .facts div { display: flex; justify-content: space-between; gap: 1.5rem; padding-block: 0.5rem; border-block-end: 1px solid var(--_line); }
  .facts dt { color: var(--_soft); }
  .facts dd { text-align: end; min-inline-size: 0; }

  .film { display: grid; gap: 0.75rem; padding: 1rem; border-radius: calc(var(--_radius) + 4px); background: var(--_raised); }
  .film .caption { min-block-size: 3.1em; font-size: 1.0625rem; font-weight: 560; text-align: center; text-wrap: balance; }
  .film-bar { display: flex; align-items: center; gap: 0.5rem; }
  .film-bar .round { background: var(--_surface); }
  .dots { display: flex; flex: 1; justify-content: center; margin-inline-end: 2.75rem; }
  .film-dot { position: relative; inline-size: 2.75rem; block-size: 2.75rem; padding: 0; border: 0; background: none; cursor: pointer; }
  .film-dot::after { content: ""; position: absolute; inset: calc(50% - 4px) calc(50% - 4px); border-radius: 4px; background: var(--_edge); transition: inset 0.25s; }
  .film-dot.on::after { inset: calc(50% - 4px) calc(50% - 12px); background: var(--_accent); }
  .stills { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 13rem), 1fr)); }
  .stills li { padding: 0.75rem; border-radius: var(--_radius); background: var(--_raised); text-align: center; }
`;
