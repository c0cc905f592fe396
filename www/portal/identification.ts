// Fourth step: shows <lichtbild-ident>. The element's word is not what counts: the page moves on when the server, by webhook,
// knows how the case ended, or when the person presses the element's last button. Does not know: what the element does inside.

import type { CaptureEvent } from "lichtbild";
import { callUs, fill, h, heading, waiting, type Draw, type Portal } from "./parts.js";

const TAG = "lichtbild-ident";
/** Time to read the element's own last screen before the page moves on by itself. */
const READ_MILLIS = 5000;
const PATIENCE_MILLIS = 10_000;

export const inline = (): boolean => new URLSearchParams(location.search).get("mode") === "inline";

export const identification: Draw = (portal) => {
  const intro = h("div", { class: "intro" });
  const stage = h("div", { class: "stage" });
  const ended = h("div", { class: "ended", role: "status" });
  let element: HTMLElement | undefined;
  let shown = true;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const label = () => {
    const { text } = portal;
    fill(intro, heading(text("identification.title")), h("p", { class: "lead" }, text("identification.lead")));
    element?.setAttribute("lang", portal.lang);
    changed();
  };

  const changed = () => {
    const told = portal.application.identification?.told;
    if (!told) return;
    const { text } = portal;
    // Only what says no more than the element's own screen goes on unasked; a reason takes time to read, and help may be open.
    if (told === "identified") timer ??= setTimeout(() => portal.go("result"), READ_MILLIS);
    fill(
      ended,
      h("p", null, text("identification.ended"), told === "identified" && ` ${text("identification.moves")}`),
      h("button", { class: "button", type: "button", onclick: () => portal.go("result") }, text("identification.go")),
    );
  };

  const open = async () => {
    fill(stage, waiting(portal.text("identification.opening")));
    try {
      const [token] = await Promise.all([portal.enter(), defined()]);
      if (!shown) return;
      element = place(portal, token);
      fill(stage, element);
    } catch (thrown) {
      console.error("portal:", thrown);
      if (shown) fill(stage, trouble(portal, () => void open()));
    }
  };

  label();
  void open();
  return {
    title: "identification.title",
    body: [intro, stage, ended],
    changed,
    relabel: label,
    leave() {
      shown = false;
      clearTimeout(timer);
    },
  };
};

/** From the script tag, as a frame; inline, from the package that this server serves itself. */
async function defined(): Promise<void> {
  if (inline()) {
    const version = document.querySelector<HTMLMetaElement>("meta[name=lichtbild-version]")?.content;
    const address = `/vendor/lichtbild/${version}/element.js`;
    await import(address);
  }
  const late = new Promise((_, refuse) => setTimeout(() => refuse(new Error(`<${TAG}> is not defined: was its script blocked?`)), PATIENCE_MILLIS));
  await Promise.race([customElements.whenDefined(TAG), late]);
}

function place(portal: Portal, token: string): HTMLElement {
  const element = document.createElement(TAG);
  element.setAttribute("session", token);
  element.setAttribute("lang", portal.lang);
  if (inline()) {
    element.setAttribute("mode", "inline");
    element.setAttribute("endpoint", portal.endpoint);
  } else element.setAttribute("title", portal.text("identification.frame"));
  element.addEventListener(TAG, (event) => {
    if ((event as CustomEvent<CaptureEvent>).detail.type !== "leave") return;
    // The return address is for a phone or another window; this page is already here.
    event.preventDefault();
    portal.go("result");
  });
  return element;
}

function trouble(portal: Portal, retry: () => void): HTMLElement {
  const { text } = portal;
  return h(
    "div",
    { class: "trouble", role: "alert" },
    h("h2", null, text("identification.trouble")),
    h("p", null, text("identification.trouble.text")),
    h("button", { class: "button", type: "button", onclick: retry }, text("retry")),
    callUs(portal),
  );
}
