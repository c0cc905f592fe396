// Colour of our pictures.

import { css } from "lit";

export const pictures = css`
  .picture { display: block; inline-size: 100%; max-inline-size: 22rem; margin-inline: auto; overflow: visible; fill: none; stroke-linecap: round; stroke-linejoin: round; }
  .quiet-picture { max-inline-size: 15.5rem; }
  @container (min-width: 44rem) { .quiet-picture { max-inline-size: 22rem; } .kind-centre .quiet-picture { max-inline-size: 18rem; } }
  .picture svg { overflow: hidden; }
  .picture .line { stroke: var(--_ink); stroke-width: 3; }
  .picture .slim { stroke-width: 2; }
  .picture .blob { fill: var(--_tint); }
  .picture .shade { fill: color-mix(in srgb, var(--_ink) 12%, transparent); }
  .picture .paper { fill: var(--_surface); }
  .picture .tint { fill: var(--_tint); }
  .picture .band { fill: color-mix(in srgb, var(--_accent) 22%, var(--_surface)); }
  .picture .skin { fill: var(--_skin); }
  .picture .hair { fill: var(--_hair); }
  .picture .cloth { fill: var(--_accent); }
  .picture .body { fill: var(--_surface); }
  .picture .screen { fill: color-mix(in srgb, var(--_accent) 12%, var(--_raised)); }
  .picture .text { stroke: var(--_edge); stroke-width: 4; }
  .picture .seal { stroke: var(--_light); stroke-width: 4; }
  .picture .feature { stroke: var(--_ink); stroke-width: 3; }
  .picture .corners { stroke: var(--_accent); stroke-width: 4.5; }
  .picture .corners.good, .picture .corners.found { stroke: var(--_good); }
  .picture .badge-mark circle { stroke: var(--_surface); stroke-width: 5; }
  .picture .badge-mark.good circle { fill: var(--_good); }
  .picture .badge-mark.bad circle { fill: var(--_bad); }
  .picture .badge-mark.warn circle { fill: var(--_light); }
  .picture .badge-mark.calm circle { fill: var(--_soft); }
  .picture .glyph { stroke: var(--_surface); stroke-width: 5; }
  .picture .badge-mark.warn .glyph { stroke: #17202a; }
  .picture .glyph-line { stroke: var(--_ink); stroke-width: 2.6; }
  .picture .glyph-line.big { stroke: var(--_accent); stroke-width: 5; }
  .picture .button-mark { fill: var(--_accent); }
  .picture .qr-mark { stroke: var(--_ink); stroke-width: 4; }
`;
