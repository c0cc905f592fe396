// The hosted capture page. In: a token (`#s=`) or a hand-off secret (`#h=`) in the fragment, which is removed at once; or, in a
// partner's frame (`?embed=1`), messages from the loader. Out: the element, and in a frame its events to the partner's page.

import type { CaptureEvent, CaptureConfig } from "lichtbild";
import type { LichtbildIdent } from "lichtbild/element";
import { byId } from "../shared/dom.js";

const fragment = new URLSearchParams(location.hash.slice(1));
const query = new URLSearchParams(location.search);
if (location.hash !== "") history.replaceState(null, "", location.pathname + location.search);

const parentOrigin = fragment.get("o");
const embedded = query.has("embed") && parent !== window;

type FromLoader = { lichtbild: 1 } & (
  | { type: "open"; session?: string; lang?: string; theme?: string }
  | { type: "act"; action: Parameters<LichtbildIdent["act"]>[0] }
);

const loaded = import("lichtbild/element");

async function show(config: Partial<CaptureConfig>, theme?: string): Promise<LichtbildIdent> {
  await loaded;
  const element = document.createElement("lichtbild-ident");
  element.config = config;
  if (theme) element.theme = theme;
  byId("place").replaceChildren(element);
  return element;
}

function topLevel(): void {
  const config: Partial<CaptureConfig> = {};
  const [session, handoff, lang] = [fragment.get("s"), fragment.get("h"), query.get("lang")];
  if (session) config.session = session;
  else if (handoff) config.handoff = handoff;
  if (lang) config.lang = lang;
  void show(config);
  // A second link opened in the same tab changes only the fragment, which does not load the page anew.
  addEventListener("hashchange", () => location.reload());
}

function inFrame(origin: string): void {
  document.documentElement.classList.add("embedded");
  let element: Promise<LichtbildIdent> | undefined;
  let session: string | undefined;
  const post = (message: object) => parent.postMessage({ lichtbild: 1, ...message }, origin);

  const open = ({ session: token, lang, theme }: { session?: string; lang?: string; theme?: string }) => {
    if (element && token === session) {
      void element.then((one) => {
        if (lang) one.lang = lang;
        if (theme) one.theme = theme;
      });
      return;
    }
    session = token;
    element = show({ ...(token ? { session: token } : {}), ...(lang ? { lang } : {}) }, theme);
    void element.then((one) => {
      one.addEventListener("lichtbild-ident", (event) => {
        const { detail } = event as CustomEvent<CaptureEvent>;
        // Where to go is for the partner's page to decide, not for a frame within it.
        if (detail.type === "leave") event.preventDefault();
        if (detail.type !== "changed") post({ type: "event", event: detail });
      });
      new ResizeObserver(() => post({ type: "resize", height: one.offsetHeight })).observe(one);
    });
  };

  addEventListener("message", ({ source, origin: from, data }: MessageEvent<FromLoader>) => {
    if (source !== parent || from !== origin || data?.lichtbild !== 1) return;
    if (data.type === "open") open(data);
    if (data.type === "act") void element?.then((one) => one.act(data.action));
  });
  post({ type: "ready" });
}

if (embedded && parentOrigin) inFrame(parentOrigin);
else topLevel();
