// What to do when something does not work: a failure with its ways on, and how to allow the camera.

import { html, nothing } from "lit";
import type { WayOn } from "../types.js";
import * as icons from "./icons.js";
import { still } from "./pictures/stills.js";
import { errorKey, heading, lead, primary, quiet, secondary, sheet, type Content, type ScreenOf, type View } from "./view.js";

export function failed(v: View, { code, waysOn, detail }: ScreenOf<"failed">): Content {
  const [area] = code.split(".");
  const shows = waysOn.includes("settings");
  const picture = area === "camera" || area === "microphone" ? "permission" : area === "network" || area === "upload" ? "offline" : "failed";
  return sheet(
    html`${heading(v, errorKey(v, code, "title"))} ${lead(v, errorKey(v, code, "text"))}
      ${shows ? howToAllow(v) : nothing}
      <p class="soft small">${v.t("failed.code")} <span class="code" part="code">${code}</span></p>
      ${detail ? html`<p class="soft small detail">${detail}</p>` : nothing}`,
    html`${wayButtons(v, waysOn.filter((way) => way !== "settings" && way !== "wait"))}
    ${waysOn.includes("wait") && !waysOn.includes("retry") ? html`<p class="soft small">${v.t("way.wait.text")}</p>` : nothing}`,
    { art: html`<slot name="failed">${still(picture)}</slot>` },
  );
}

const WAY_ICONS: Partial<Record<WayOn, unknown>> = {
  retry: icons.retry,
  retake: icons.retry,
  otherCamera: icons.swap,
  otherDevice: icons.phone,
  openInBrowser: icons.link,
};

/** A button for each way on. The first is the main one, unless the screen has a main button already. */
export function wayButtons(v: View, ways: readonly WayOn[], { main = true } = {}): Content[] {
  const open = ways.filter((way) => way !== "help" || v.s.canHelp);
  return open.map((way, index) => {
    const key = way === "openInBrowser" && v.copied === "session" ? "way.openInBrowser.copied" : `way.${way}`;
    if (main && index === 0) return primary(v, key, () => take(v, way));
    return way === "help" ? quiet(v, key, () => take(v, way)) : secondary(v, key, () => take(v, way), WAY_ICONS[way]);
  });
}

function take(v: View, way: WayOn): void {
  if (way === "openInBrowser") v.copy("session");
  if (way === "retry") v.restart();
  v.act(way === "help" ? { type: "help" } : { type: "take", way });
}

/** The offer to go on with a phone, where there is one. */
export function handOff(v: View): Content {
  return v.s.canHandOff ? secondary(v, "handoff.offer", () => v.act({ type: "handOff" }), icons.phone) : nothing;
}

/** Where this browser keeps the permission, step by step. */
export function howToAllow(v: View): Content {
  const steps = ["1", "2", "3", "4"].map((number) => `allow.${v.browser}.${number}`).filter((key) => v.m.has(key));
  return html`<details class="how" part="how" open>
    <summary>${v.t("allow.title")}</summary>
    <ol class="numbered">
      ${steps.map((key) => html`<li>${v.t(key)}</li>`)}
    </ol>
  </details>`;
}

/** Which of the described browsers this is; by features, for wording only. */
export function browserKind(): string {
  const touch = navigator.maxTouchPoints > 1;
  const brands = (navigator as { userAgentData?: { mobile?: boolean } }).userAgentData;
  if (brands) return brands.mobile ? "chromium.mobile" : "chromium";
  if (CSS.supports("-moz-appearance", "none")) return touch ? "firefox.mobile" : "firefox";
  if (CSS.supports("-webkit-touch-callout", "none")) return "ios";
  if ("GestureEvent" in window) return "safari";
  return "generic";
}
