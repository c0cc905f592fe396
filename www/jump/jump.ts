// The hosted capture page. In: a token (`#s=`) or a hand-off secret (`#h=`) in the fragment, which is removed at once; or, in a
// partner's frame (`?embed=1`), messages from the loader. Out: the element, and in a frame its events to the partner's page.
// Where the element cannot be loaded: words and a way on, in its place.

import type { CaptureConfig, CaptureEvent, Lang } from "lichtbild";
import type { LichtbildIdent } from "lichtbild/element";
import { byId, fill, h, pageLang } from "../shared/dom.js";

const fragment = new URLSearchParams(location.hash.slice(1) || (history.state as { fragment?: string } | null)?.fragment);
const query = new URLSearchParams(location.search);
const parentOrigin = fragment.get("o");
keep(fragment);

const embedded = query.has("embed") && parent !== window;

type FromLoader = { lichtbild: 1 } & (
  | { type: "open"; session?: string; lang?: string; theme?: string; sounds?: string }
  | { type: "act"; action: Parameters<LichtbildIdent["act"]>[0] }
);

/** Said after so long; what comes later is shown all the same. */
const SLOW_MILLIS = 15_000;

const TITLES: Record<Lang, string> = { de: "Lichtbild – Online identifizieren", en: "Lichtbild – Identify online" };

const MISSING: Record<Lang, [title: string, text: string, again: string]> = {
  de: ["Die Seite lädt nicht", "Prüfen Sie Ihre Internetverbindung und versuchen Sie es dann noch einmal.", "Noch einmal versuchen"],
  en: ["This page isn’t loading", "Check your internet connection, then try again.", "Try again"],
};

// The address is free of it; until the capture has it, a reload of this tab must not lose it.
function keep(left: URLSearchParams): void {
  history.replaceState(`${left}` === "" ? null : { fragment: `${left}` }, "", location.pathname + location.search);
}

// What is secret is with the capture now; who frames the page is asked again after every reload.
function taken(): void {
  keep(new URLSearchParams(parentOrigin ? { o: parentOrigin } : {}));
}

type ChooseLang = typeof import("lichtbild").chooseLang;

function show(chooseLang: ChooseLang, config: Partial<CaptureConfig>, theme?: string, sounds?: string): LichtbildIdent {
  const element = document.createElement("lichtbild-ident");
  element.config = config;
  if (theme) element.theme = theme;
  if (sounds) element.sounds = sounds;
  let handedOver = false;
  const speak = () => {
    const lang = chooseLang(element.lang || config.lang, element.snapshot.case?.lang);
    document.documentElement.lang = lang;
    document.title = TITLES[lang];
    const { type } = element.snapshot.screen;
    if (handedOver || type === "loading" || type === "failed") return;
    handedOver = true;
    taken();
  };
  element.addEventListener("lichtbild-ident", speak);
  new MutationObserver(speak).observe(element, { attributeFilter: ["lang"] });
  speak();
  byId("place").replaceChildren(element);
  return element;
}

function topLevel(chooseLang: ChooseLang): void {
  const config: Partial<CaptureConfig> = {};
  const [session, handoff, lang] = [fragment.get("s"), fragment.get("h"), query.get("lang")];
  if (session) config.session = session;
  else if (handoff) config.handoff = handoff;
  if (lang) config.lang = lang;
  show(chooseLang, config);
}

function inFrame(chooseLang: ChooseLang, origin: string): void {
  document.documentElement.classList.add("embedded");
  let element: LichtbildIdent | undefined;
  let session: string | undefined;
  const post = (message: object) => parent.postMessage({ lichtbild: 1, ...message }, origin);

  const open = ({ session: token, lang, theme, sounds }: { session?: string; lang?: string; theme?: string; sounds?: string }) => {
    if (element && token === session) {
      if (lang) element.lang = lang;
      if (theme) element.theme = theme;
      element.sounds = sounds ?? null;
      return;
    }
    session = token;
    const one = (element = show(chooseLang, { ...(token ? { session: token } : {}), ...(lang ? { lang } : {}) }, theme, sounds));
    one.addEventListener("lichtbild-ident", (event) => {
      const { detail } = event as CustomEvent<CaptureEvent>;
      // Where to go is for the partner's page to decide, not for a frame within it.
      if (detail.type === "leave") event.preventDefault();
      post({ type: "event", event: detail });
    });
    one.start().then(
      (receipt) => post({ type: "receipt", receipt }),
      // Another session takes its place: that one answers.
      ({ code, retryable }) => typeof code === "string" && post({ type: "stuck", code, retryable }),
    );
    new ResizeObserver(() => post({ type: "resize", height: one.offsetHeight })).observe(one);
  };

  addEventListener("message", ({ source, origin: from, data }: MessageEvent<FromLoader>) => {
    if (source !== parent || from !== origin || data?.lichtbild !== 1) return;
    if (data.type === "open") open(data);
    if (data.type === "act") element?.act(data.action);
  });
  post({ type: "ready" });
}

function missing(): void {
  const lang = pageLang(query.get("lang"));
  const [title, text, again] = MISSING[lang];
  document.documentElement.lang = lang;
  const retry = h("button", { type: "button", class: "button", onclick: () => location.reload() }, again);
  fill(byId("place"), h("main", { class: "missing" }, h("h1", null, title), h("p", null, text), retry));
}

// A second link opened in the same tab changes only the fragment, which does not load the page anew.
if (!embedded) addEventListener("hashchange", () => location.reload());

const slow = setTimeout(missing, SLOW_MILLIS);
Promise.all([import("lichtbild"), import("lichtbild/element")]).then(
  ([{ chooseLang }]) => {
    clearTimeout(slow);
    if (embedded && parentOrigin) inFrame(chooseLang, parentOrigin);
    else topLevel(chooseLang);
  },
  (thrown: unknown) => {
    clearTimeout(slow);
    console.error("lichtbild: the capture page could not be loaded", thrown);
    missing();
  },
);
