// The camera's stage: always dark, whatever the theme, since it surrounds a picture.

import { css } from "lit";

export const camera = css`
  .stage { position: relative; flex: 1; display: flex; flex-direction: column; justify-content: space-between; min-block-size: 30rem; margin-block-start: 0.75rem; overflow: hidden; background: #0a0f12; color: #fff; isolation: isolate; }
  .stage :focus-visible { outline-color: #fff; outline-offset: 3px; }
  .stage video { position: absolute; inset: 0; inline-size: 100%; block-size: 100%; object-fit: cover; z-index: -3; background: #0a0f12; }
  .stage video.mirrored { transform: scaleX(-1); }
  .guide { position: absolute; z-index: -2; inset-block: 7rem 10rem; inset-inline: 0; inline-size: 100%; block-size: calc(100% - 17rem); overflow: visible; fill: none; }
  .guide.oval { inset-block: 9rem 10.5rem; block-size: calc(100% - 19.5rem); }
  .guide .dim { fill: rgb(6 11 14 / 52%); }
  .guide .edge { stroke: #fff; stroke-width: 1.6; stroke-linecap: round; }
  .guide .faint { stroke: rgb(255 255 255 / 35%); stroke-width: 0.6; }
  .guide .mark { stroke: rgb(255 255 255 / 45%); stroke-width: 0.7; stroke-dasharray: 2 1.6; }
  .guide.oval .edge { stroke-width: 1.2; }
  .guide.good .edge { stroke: #6fe3a1; }
  .outline { position: absolute; z-index: -1; inset: 0; inline-size: 100%; block-size: 100%; fill: none; opacity: 0; transition: opacity 0.2s; }
  .outline.seen { opacity: 1; }
  .outline polygon { stroke: #fff; stroke-width: 3; stroke-linejoin: round; transition: stroke 0.2s; }
  .outline .halo { stroke: rgb(6 11 14 / 45%); stroke-width: 7; }
  .outline.good polygon:not(.halo) { stroke: #6fe3a1; fill: rgb(111 227 161 / 10%); }
  .guide .dim, .guide .edge, .guide .mark { transition: stroke 0.25s, opacity 0.25s; }
  .outline.seen ~ .guide .dim { opacity: 0.3; }
  .outline.seen ~ .guide .edge { opacity: 0.18; stroke: #fff; }
  .outline.seen ~ .guide .mark { opacity: 0; }
  .stage.flashing::after { content: ""; position: absolute; inset: 0; background: #fff; opacity: 0; pointer-events: none; animation: flashing 0.15s ease-out; }
  @keyframes flashing { from { opacity: 0.85; } }
  .stage-top { display: grid; justify-items: center; gap: 0.6rem; padding: 0.9rem var(--_gutter) 2rem; background: linear-gradient(to bottom, rgb(6 11 14 / 78%), rgb(6 11 14 / 45%) 65%, transparent); }
  .rec { position: relative; display: flex; align-items: center; gap: 0.2rem; padding: 0.15rem 0.75rem; border-radius: 99px; background: rgb(0 0 0 / 55%); font-size: 0.9375rem; font-variant-numeric: tabular-nums; }
  .rec-dot { inline-size: 0.65rem; block-size: 0.65rem; margin-inline-end: 0.4rem; border-radius: 50%; background: #ff5b50; animation: blink 1.2s ease-in-out infinite; }
  .rec-limit { opacity: 0.7; }
  @keyframes blink { 50% { opacity: 0.25; } }
  .hint { display: flex; align-items: center; gap: 0.55rem; max-inline-size: 100%; padding: 0.55rem 1.1rem; border-radius: 1.4rem; background: rgb(8 14 18 / 78%); font-size: 1.0625rem; font-weight: 600; line-height: 1.3; text-align: center; text-wrap: balance; }
  .hint.advice { background: #fff; color: #17202a; }
  .hint.good { background: #1b7343; }
  .hint .icon { inline-size: 1.3rem; block-size: 1.3rem; }
  .zone-read { display: flex; align-items: center; gap: 0.4rem; padding: 0.2rem 0.85rem; border-radius: 99px; background: rgb(8 14 18 / 78%); color: #6fe3a1; font-size: 0.9375rem; font-weight: 600; animation: word 0.25s ease-out; }
  .zone-read .icon { inline-size: 1.1rem; block-size: 1.1rem; }
  .word { display: grid; justify-items: center; padding: 0.6rem 1.75rem 0.8rem; border-radius: 18px; background: #fff; color: #17202a; text-align: center; animation: word 0.25s ease-out; }
  .word span { font-size: 0.875rem; color: #55606b; }
  .word strong { font-size: min(3.5rem, calc(92cqi / var(--_letters))); line-height: 1.1; font-weight: 750; letter-spacing: -0.01em; overflow-wrap: anywhere; }
  @keyframes word { from { opacity: 0; scale: 0.94; } }
  .stage-bottom { display: grid; gap: 0.75rem; justify-items: center; padding: 2rem var(--_gutter) max(1rem, env(safe-area-inset-bottom)); background: linear-gradient(to top, rgb(6 11 14 / 78%), rgb(6 11 14 / 45%) 65%, transparent); }
  .level { display: flex; align-items: center; gap: 0.5rem; inline-size: min(100%, 15rem); padding: 0.35rem 0.75rem; border-radius: 99px; background: rgb(0 0 0 / 50%); }
  .level svg:not(.icon) { flex: 1; block-size: 12px; }
  .level .icon { inline-size: 1.2rem; block-size: 1.2rem; }
  .level rect { fill: rgb(255 255 255 / 25%); }
  .level rect.lit { fill: #6fe3a1; }
  .controls { display: flex; align-items: center; justify-content: space-between; inline-size: min(100%, 22rem); }
  .round.dark { inline-size: 3.25rem; block-size: 3.25rem; background: rgb(8 14 18 / 70%); color: #fff; }
  .round.dark.on { background: #ffcf63; color: #17202a; }
  .round-place { inline-size: 3.25rem; }
  .shutter { position: relative; display: grid; justify-items: center; gap: 0.45rem; padding: 0; border: 0; background: none; color: #fff; font: 600 0.9375rem/1.2 var(--_font); cursor: pointer; text-shadow: 0 1px 3px rgb(0 0 0 / 70%); -webkit-tap-highlight-color: transparent; }
  .shutter-core { display: block; inline-size: 4.75rem; block-size: 4.75rem; border-radius: 50%; border: 4px solid #fff; background: content-box currentColor; padding: 4px; transition: scale 0.1s; }
  .shutter:active .shutter-core { scale: 0.94; }
  .shutter.record .shutter-core { color: #f0443a; }
  .shutter.stop .shutter-core { border-color: rgb(255 255 255 / 35%); background: none; position: relative; }
  .shutter.stop .shutter-core::after { content: ""; position: absolute; inset: 1.35rem; border-radius: 6px; background: #f0443a; }
  .shutter[aria-disabled] { cursor: default; }
  .shutter[aria-disabled] .shutter-core { opacity: 0.45; }
  .shutter[aria-disabled] .shutter-label { opacity: 0.75; }
  .shutter .ring { position: absolute; z-index: 1; inset-block-start: 0; inline-size: 4.75rem; block-size: 4.75rem; rotate: -90deg; fill: none; stroke: #fff; stroke-width: 6; stroke-linecap: round; pointer-events: none; }
  .auto { display: grid; justify-items: center; gap: 0.45rem; max-inline-size: 11rem; font: 600 0.9375rem/1.2 var(--_font); text-align: center; text-wrap: balance; text-shadow: 0 1px 3px rgb(0 0 0 / 70%); }
  .auto-mark { position: relative; display: grid; place-items: center; inline-size: 4.75rem; block-size: 4.75rem; border: 4px solid rgb(255 255 255 / 25%); border-radius: 50%; }
  .auto-mark::before { content: ""; position: absolute; inset: -4px; border: 4px solid transparent; border-block-start-color: #fff; border-radius: 50%; animation: turn 2.4s linear infinite; }
  .auto-mark .icon { inline-size: 1.9rem; block-size: 1.9rem; }
  .by-hand { padding: 0.35rem 0.9rem; border-radius: 99px; background: rgb(8 14 18 / 70%); font-size: 0.9375rem; text-align: center; text-wrap: balance; animation: word 0.25s ease-out; }
  .cover { position: absolute; inset: 0; display: grid; align-content: center; justify-items: center; gap: 0.6rem; padding: 2rem; background: rgb(6 11 14 / 72%); text-align: center; }
  .cover .spinner { color: #fff; margin-block-end: 0.5rem; }
  .cover b { font-size: 1.125rem; }
  .stage.saving .stage-bottom, .stage.recovering .stage-bottom, .stage.opening .stage-bottom, .stage.opening .hint { visibility: hidden; }

  @container (min-width: 44rem) {
    .stage { flex: none; inline-size: calc(100% - 4rem); max-inline-size: 60rem; min-block-size: 0; aspect-ratio: var(--_aspect, 1.777); max-block-size: 44rem; margin: auto; border-radius: calc(var(--_radius) + 4px); }
    .guide { inset-block: 3.75rem 7.25rem; block-size: calc(100% - 11rem); }
    .guide.oval { inset-block: 3.75rem 7.25rem; block-size: calc(100% - 11rem); }
    .word { position: absolute; inset-inline-start: 1.5rem; inset-block-start: 38%; max-inline-size: calc(50% - 11rem); padding-inline: 1.25rem; }
    .word strong { font-size: min(2.75rem, calc(30cqi / var(--_letters))); }
    .stage-top { gap: 0.4rem; padding-block: 0.75rem 1.5rem; }
    .zone-read { position: absolute; inset-block-start: 0.75rem; inset-inline-end: 1.25rem; }
    .stage-bottom { grid-template-columns: 1fr auto 1fr; align-items: end; padding-block: 1.5rem 0.9rem; }
    .stage-bottom .level { grid-area: 1 / 1; justify-self: start; align-self: center; inline-size: min(100%, 13rem); }
    .auto { max-inline-size: none; }
    .stage-bottom .by-hand { grid-area: 1 / 1; justify-self: start; align-self: center; max-inline-size: min(100%, 15rem); border-radius: 1.1rem; text-align: start; }
    .stage-bottom .controls { grid-column: 2; grid-row: 1; gap: 2.5rem; }
  }
  @media (prefers-reduced-motion: reduce) {
    .rec-dot, .word, .zone-read, .by-hand, .auto-mark::before, .stage.flashing::after { animation: none; }
    .outline, .outline polygon, .guide .dim, .guide .edge, .guide .mark { transition: none; }
  }
`;
