// Movement of our pictures, and the colour of what only moving ones and later stills have. Without movement every picture shows its
// last moment.

import { css } from "lit";

export const motion = css`
  .picture .thin { stroke: var(--_ink); stroke-width: 1.5; }
  .picture .cover-leaf { fill: var(--_accent); }
  .picture .emblem { stroke: var(--_light); stroke-width: 2.5; }
  .picture .zone { stroke: var(--_ink); stroke-width: 3.5; stroke-dasharray: 5 4; }
  .picture .chip { fill: var(--_light); stroke: var(--_ink); stroke-width: 2; }
  .picture .light { fill: var(--_light); }
  .picture .glow { fill: var(--_glow); }
  .picture .ray { stroke: var(--_light); stroke-width: 4; }
  .picture .rec-mark { fill: #e5483d; }
  .picture .still-ring { stroke: var(--_light); stroke-width: 6; stroke-dasharray: 100 100; }
  .picture .glare { fill: #fff; opacity: 0; }
  .picture .flash { fill: #fff; opacity: 0; }
  .picture .arc { stroke: var(--_accent); stroke-width: 4; }
  .picture .turn-front { opacity: 0; }
  .picture .wave { fill: var(--_accent); transform-box: fill-box; transform-origin: center; }
  .picture .number { fill: var(--_light); stroke: var(--_ink); stroke-width: 3; }
  .picture .digit { fill: #17202a; font: 700 14px var(--_font); }
  .picture .bubble { fill: var(--_surface); }
  .picture .glass { fill: color-mix(in srgb, var(--_surface) 70%, transparent); stroke-width: 4; }
  .picture .line-thick { stroke: var(--_ink); stroke-width: 8; }
  .picture .scan { stroke: var(--_accent); stroke-width: 4; }

  .picture .card, .picture .person, .picture .turn-front, .picture .turn-back, .picture .lens, .picture .badge-mark { transform-box: fill-box; transform-origin: center; }
  @media (prefers-reduced-motion: no-preference) {
    .moving .arrive { animation: arrive 4.2s cubic-bezier(0.2, 0.8, 0.2, 1) both; }
    .moving .arrive.late { animation-delay: 0.5s; }
    .moving .found { animation: found 4.2s both; }
    .moving .tilt { animation: tilt 2.1s ease-in-out infinite alternate; }
    .moving .glare { animation: glare 2.1s ease-in-out infinite alternate; }
    .moving .still-ring { animation: ring 4.2s linear both; }
    .moving .rec-mark { animation: blink 1.2s infinite; }
    .moving .turn-front { animation: turn-front 2.2s 0.4s ease-in both; }
    .moving .turn-back { animation: turn-back 2.2s 0.4s ease-out both; }
    .moving .flash { animation: flash 4.2s both; }
    .moving .wave { animation: wave 0.7s ease-in-out infinite alternate; }
    .moving .wave-1 { animation-delay: -0.25s; }
    .moving .wave-2 { animation-delay: -0.45s; }
    .moving .speaks .mouth { animation: speak 0.35s ease-in-out infinite alternate; transform-box: fill-box; transform-origin: center; }
    .moving .badge-mark { animation: pop 4.2s both; }
    .moving .glow, .quiet-picture .glow { animation: glow 2s ease-in-out infinite alternate; }
    .quiet-picture .lens { animation: look 3.6s ease-in-out infinite; }
    .quiet-picture .draw { stroke-dasharray: 100; animation: draw 0.7s 0.25s ease-out both; }
    .paused * { animation-play-state: paused !important; }
  }
  @keyframes arrive { from { transform: translateY(70px); opacity: 0; } 30%, to { transform: none; opacity: 1; } }
  @keyframes found { from, 28% { stroke: var(--_accent); } 36%, to { stroke: var(--_good); } }
  @keyframes tilt { from { transform: skewX(0); } to { transform: skewX(-7deg) scaleX(0.94); } }
  @keyframes glare { from { opacity: 0.95; } 70%, to { opacity: 0; transform: translateX(40px); } }
  @keyframes ring { from { stroke-dashoffset: 100; } 80%, to { stroke-dashoffset: 0; } }
  @keyframes turn-front { from { transform: scaleX(1); opacity: 1; } 49% { transform: scaleX(0); opacity: 1; } 50%, to { transform: scaleX(0); opacity: 0; } }
  @keyframes turn-back { from, 49% { transform: scaleX(0); opacity: 0; } 50% { transform: scaleX(0); opacity: 1; } to { transform: scaleX(1); opacity: 1; } }
  @keyframes flash { from, 38% { opacity: 0; } 41% { opacity: 0.95; } 52%, to { opacity: 0; } }
  @keyframes wave { from { transform: scaleY(0.35); } to { transform: scaleY(1.1); } }
  @keyframes speak { from { transform: scaleY(0.5); } to { transform: scaleY(1.7); } }
  @keyframes pop { from, 45% { transform: scale(0); } 55% { transform: scale(1.15); } 62%, to { transform: scale(1); } }
  @keyframes glow { from { opacity: 0.5; } }
  @keyframes look { 0%, 100% { transform: translate(0, 0); } 30% { transform: translate(-70px, -14px); } 65% { transform: translate(-40px, 16px); } }
  @keyframes draw { from { stroke-dashoffset: 100; } to { stroke-dashoffset: 0; } }
`;
