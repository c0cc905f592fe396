// Going on with a phone: the QR code, and the screen that follows along.

import { html, nothing, svg } from "lit";
import type { QrMatrix } from "../types.js";
import * as icons from "./icons.js";
import { stepList } from "./review.js";
import { heading, lead, quiet, secondary, sheet, type Content, type ScreenOf, type View } from "./view.js";

export function handoff(v: View, { qr, link, number, millisLeft }: ScreenOf<"handoff">): Content {
  const seconds = Math.ceil(millisLeft / 1000);
  return sheet(
    html`<div class="two">
      <div class="qr-box" part="qr">
        ${qr ? code(v, qr) : html`<span class="spinner" role="img" aria-label=${v.t("handoff.making")}></span>`}
        <p class="soft small countdown" aria-live="off">${qr ? v.t("handoff.left", { n: seconds }) : v.t("handoff.making")}</p>
      </div>
      <div>
        ${heading(v, "handoff.title")} ${lead(v, "handoff.text")}
        <ol class="numbered">
          ${["1", "2", "3"].map((step) => html`<li>${v.t(`handoff.how.${step}`)}</li>`)}
        </ol>
        ${number ? html`<p class="compare" part="number"><span>${v.t("handoff.number")}</span><b class="code large">${number}</b></p>` : nothing}
        <p class="soft small">${v.t("handoff.private")}</p>
      </div>
    </div>`,
    html`${link ? secondary(v, v.copied === "handoff" ? "handoff.copied" : "handoff.copy", () => v.copy("handoff"), v.copied === "handoff" ? icons.check : icons.link) : nothing}
    ${quiet(v, "handoff.stay", () => v.act({ type: "back" }))}`,
    { kind: "wide" },
  );
}

// Dark on white in every theme, with the quiet zone of four modules: scanners need both.
function code(v: View, { size, rows }: QrMatrix): Content {
  const path = rows
    .flatMap((row, y) => [...row.matchAll(/1+/g)].map((run) => `M${run.index} ${y}h${run[0].length}v1h-${run[0].length}z`))
    .join("");
  return html`<svg class="qr" viewBox="-4 -4 ${size + 8} ${size + 8}" role="img" aria-label=${v.t("handoff.code")} shape-rendering="crispEdges">
    ${svg`<rect x="-4" y="-4" width=${size + 8} height=${size + 8} fill="#fff"/><path d=${path} fill="#000"/>`}
  </svg>`;
}

export function observing(v: View, { phone }: ScreenOf<"observing">): Content {
  const device = phone && [phone.model, phone.os, phone.browser].filter(Boolean).join(", ");
  return sheet(
    html`<div class="two">
      <div class="follow" aria-hidden="true">${icons.phone}<span class="ripple"></span></div>
      <div>
        ${heading(v, "observing.title")} ${lead(v, "observing.text")}
        ${device ? html`<p class="compare" part="device"><span>${v.t("observing.device")}</span><b>${device}</b></p>` : nothing}
        ${stepList(v)}
      </div>
    </div>`,
    html`<p class="soft small">${v.t("observing.keep")}</p>`,
    { kind: "wide" },
  );
}
