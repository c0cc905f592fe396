// The script tag: defines <lichtbild-ident> as an own-origin iframe of the hosted capture page, and passes its events on.
// A partner's content security policy needs `frame-src` for that origin and nothing else. Classic script, no imports.

import type { Action, CaptureEvent, ErrorCode, Receipt } from "./types.js";

declare const __VERSION__: string;

const TAG = "lichtbild-ident";
const VERSION = __VERSION__;
// The page answers once it can show something; on a slow line that takes a while.
const READY_MILLIS = 20_000;
const own = (document.currentScript as HTMLScriptElement | null)?.src;

const WORDS: Record<string, [string, string]> = {
  de: ["Die Identifizierung lässt sich hier nicht anzeigen.", "In neuem Fenster öffnen"],
  en: ["The identification cannot be shown here.", "Open in a new window"],
};

type FromPage = { lichtbild: 1 } & (
  | { type: "ready" }
  | { type: "event"; event: CaptureEvent }
  | { type: "resize"; height: number }
  | { type: "receipt"; receipt: Receipt }
  | { type: "stuck"; code: ErrorCode; retryable: boolean }
);

interface Waiting {
  resolve(receipt: Receipt): void;
  reject(reason: unknown): void;
}

class LichtbildFrame extends HTMLElement {
  static observedAttributes = ["session", "lang", "theme", "sounds"];
  static lichtbildVersion = VERSION;
  #frame?: HTMLIFrameElement;
  #ready = false;
  #mounting = false;
  #actions: Action[] = [];
  #receipt?: Receipt | undefined;
  #starts: Waiting[] = [];
  #timer?: ReturnType<typeof setTimeout>;

  get #origin(): string {
    return new URL(this.getAttribute("endpoint") ?? own ?? location.href, location.href).origin;
  }

  connectedCallback(): void {
    addEventListener("message", this.#hear);
    if (this.#mounting) return;
    this.#mounting = true;
    // Attributes set in the same task count. A frame that is moved with its element loads anew.
    queueMicrotask(() => {
      this.#mounting = false;
      if (this.isConnected) this.#mount();
    });
  }

  disconnectedCallback(): void {
    removeEventListener("message", this.#hear);
    clearTimeout(this.#timer);
    // A node that is only moved is connected again before the next task; its frame loads anew and the case goes on.
    setTimeout(() => !this.isConnected && this.#stop(new DOMException("the element was removed", "AbortError")));
  }

  attributeChangedCallback(name: string): void {
    if (name === "session") this.#receipt = undefined;
    if (this.#ready) this.#open();
  }

  /** Resolves when everything is confirmed and the case has ended for the person. */
  start({ signal }: { signal?: AbortSignal } = {}): Promise<Receipt> {
    return new Promise((resolve, reject) => {
      if (this.#receipt) return resolve(this.#receipt);
      if (signal?.aborted) return reject(signal.reason);
      this.#starts.push({ resolve, reject });
      signal?.addEventListener("abort", () => reject(signal.reason));
    });
  }

  /** What the person chose, as the buttons inside do. */
  act(action: Action): void {
    if (this.#ready) this.#post({ type: "act", action });
    else this.#actions.push(action);
  }

  #mount(): void {
    clearTimeout(this.#timer);
    if (this.getAttribute("mode") === "inline") console.warn('lichtbild: mode="inline" needs the npm package; the script tag shows a frame');
    this.#ready = false;
    const page = new URL("/jump/?embed=1", this.#origin);
    page.hash = `o=${encodeURIComponent(location.origin)}`;
    const root = this.shadowRoot ?? this.attachShadow({ mode: "open" });
    const frame = document.createElement("iframe");
    frame.src = page.href;
    frame.title = this.getAttribute("title") ?? "Lichtbild";
    frame.allow = "camera; microphone; clipboard-write; screen-wake-lock; fullscreen";
    frame.setAttribute("part", "frame");
    Object.assign(this.style, { display: this.style.display || "block" });
    Object.assign(frame.style, { display: "block", width: "100%", height: "44rem", border: "0" });
    root.replaceChildren(frame);
    this.#frame = frame;
    this.#timer = setTimeout(() => this.#giveUp(root, page), READY_MILLIS);
  }

  #open(): void {
    const [session, lang, theme, sounds] = LichtbildFrame.observedAttributes.map((name) => this.getAttribute(name) ?? undefined);
    this.#post({ type: "open", session, lang: lang || undefined, theme, sounds });
  }

  #post(message: object): void {
    this.#frame?.contentWindow?.postMessage({ lichtbild: 1, ...message }, this.#origin);
  }

  #hear = ({ source, origin, data }: MessageEvent<FromPage>): void => {
    if (source !== this.#frame?.contentWindow || origin !== this.#origin || data?.lichtbild !== 1) return;
    if (data.type === "ready") {
      clearTimeout(this.#timer);
      this.#ready = true;
      this.#open();
      for (const action of this.#actions.splice(0)) this.act(action);
    } else if (data.type === "resize" && this.#frame && data.height > 0) {
      this.#frame.style.height = `${Math.ceil(data.height)}px`;
    } else if (data.type === "receipt") {
      this.#receipt = Object.freeze(data.receipt);
      for (const { resolve } of this.#starts.splice(0)) resolve(data.receipt);
    } else if (data.type === "stuck") this.#stop(failure(data.code, data.retryable));
    else if (data.type === "event") this.#tell(data.event);
  };

  #stop(reason: unknown): void {
    for (const { reject } of this.#starts.splice(0)) reject(reason);
  }

  #tell(event: CaptureEvent): void {
    const goesOn = this.#dispatch(TAG, event);
    if (event.type === "done") this.#dispatch(`${TAG}-done`, { outcome: event.outcome, kennung: event.kennung });
    if (event.type === "failed") this.#dispatch(`${TAG}-error`, { code: event.code, retryable: event.retryable });
    if (event.type === "leave" && event.url && goesOn) location.assign(event.url);
  }

  #dispatch(name: string, detail: unknown): boolean {
    return this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true, cancelable: true }));
  }

  #giveUp(root: ShadowRoot, page: URL): void {
    const origin = this.#origin;
    console.error(
      `lichtbild: the capture page at ${origin} did not answer within ${READY_MILLIS / 1000} s. ` +
        `If this page has a Content-Security-Policy, it needs: frame-src ${origin}`,
    );
    const lang = this.lang || document.documentElement.lang || navigator.language;
    const [text, link] = WORDS[lang.slice(0, 2)] ?? (WORDS.en as [string, string]);
    const session = this.getAttribute("session");
    const paragraph = document.createElement("p");
    const anchor = document.createElement("a");
    anchor.href = session ? `${page.origin}/jump/#s=${encodeURIComponent(session)}` : `${page.origin}/jump/`;
    anchor.target = "_blank";
    anchor.textContent = link;
    paragraph.append(text, " ", anchor);
    root.replaceChildren(paragraph);
    this.#dispatch(`${TAG}-error`, { code: "network.unreachable", retryable: true });
    this.#stop(failure("network.unreachable", true));
  }
}

// As the package's `CaptureError`.
const failure = (code: ErrorCode, retryable: boolean) => Object.assign(new Error(code), { name: "CaptureError", code, retryable });

const known = customElements.get(TAG) as { lichtbildVersion?: string } | undefined;
if (!known) customElements.define(TAG, LichtbildFrame);
else if (known.lichtbildVersion !== VERSION) console.warn(`lichtbild: version ${known.lichtbildVersion} is kept, ${VERSION} is ignored`);
(globalThis as { Lichtbild?: object }).Lichtbild ??= { version: VERSION };
