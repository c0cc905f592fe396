// <lichtbild-ident>: draws the snapshot of a capture and turns what the person does into actions.
// Decides nothing about the case. Attributes: session, endpoint, lang, theme, sounds. Property: config, hooks, capture (injected).
// Events: `lichtbild-ident` (every CaptureEvent), `lichtbild-ident-done`, `lichtbild-ident-error`.

import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { ref } from "lit/directives/ref.js";
import { Announcer } from "./announcer.js";
import { StillCapture, createCapture, failedScreen, pageStopped, stillSnapshot, version, type Capture, type CaptureConfig } from "./capture.js";
import { WAYS_WITHOUT_CAPTURE, asCaptureError } from "./errors.js";
import { chooseLang, firstMessages, lastMessages, loadMessages, type Lang, type Messages, type Params } from "./messages.js";
import { PartMissing, part, reloadIfReachable } from "./part.js";
import { styles } from "./styles/index.js";
import type { Action, CaptureEvent, ErrorCode, Receipt, Snapshot } from "./types.js";
import { footer, header, notice } from "./view/frame.js";
import { ExplainerPlayer, scenesFor } from "./view/player.js";
import { coming, screen, screenName } from "./view/screens.js";
import { browserKind } from "./view/trouble.js";
import type { Later, See, View } from "./view/view.js";

export const TAG = "lichtbild-ident";

/** What a partner may draw or word otherwise. A hook that throws is reported, and the built-in part is shown. */
export interface Hooks {
  /** In place of the moving picture of an explainer. */
  instructions?(snapshot: Snapshot): Node;
  /** Another text for a key; `undefined` keeps ours. */
  text?(key: string, params: Params): string | undefined;
  /** In place of the picture on the review screen. */
  review?(snapshot: Snapshot): Node;
}

const COPIED_MILLIS = 3000;

export class LichtbildIdent extends LitElement {
  static override styles = styles;
  static override properties = {
    session: { type: String },
    endpoint: { type: String },
    lang: { type: String, reflect: true },
    theme: { type: String, reflect: true },
    sounds: { type: String },
    config: { attribute: false },
    hooks: { attribute: false },
    capture: { attribute: false },
    _messages: { state: true },
    _copied: { state: true },
    _later: { state: true },
    _stuck: { state: true },
    _whole: { state: true },
  };

  declare session: string | null;
  declare endpoint: string | null;
  /** `light`, `dark` or `auto`. */
  declare theme: string | null;
  /** `off`: the shutter makes no sound. */
  declare sounds: string | null;
  declare config: Partial<CaptureConfig> | undefined;
  declare hooks: Hooks | undefined;
  /** A capture made elsewhere; without one the element makes its own when it is connected. */
  declare capture: Capture | undefined;
  declare _messages: Messages | undefined;
  declare _copied: string | undefined;
  declare _later: Later | undefined;
  declare _stuck: boolean | undefined;
  declare _whole: boolean | undefined;

  #own: Capture | undefined;
  #opening: Promise<Capture> | undefined;
  // Counts openings and closings: what an older one still brings is not wanted any more.
  #generation = 0;
  // What the capture was opened with.
  #openedWith: string | undefined;
  #leave: (() => void) | undefined;
  #explainer = new ExplainerPlayer(this);
  #announcer = new Announcer();
  #screen = "";
  // What was told of how the photograph is taken.
  #taking: string | undefined;
  // Whether it was told that the machine-readable zone has been read.
  #zoneRead = false;
  #engaged = false;
  #hadFocus = false;
  #video: Element | undefined;
  #watching = new Set<See>();
  #copyTimer: ReturnType<typeof setTimeout> | undefined;
  #fetching = false;
  // The language that was asked for last, and how often one was.
  #lang: Lang | undefined;
  #asked = 0;
  // The person tries again to have a part of the package fetched.
  #retried = false;
  #parts = new Map<string, { snapshot: Snapshot; hooks: Hooks | undefined; node: Node | undefined }>();

  /** What there is to draw now. */
  get snapshot(): Snapshot {
    return this.#current?.snapshot ?? stillSnapshot({ type: "loading" });
  }

  /** Begins, if that has not happened, and resolves when everything is confirmed and the case has ended for the person. */
  async start(options?: { signal?: AbortSignal }): Promise<Receipt> {
    return (await this.#open()).start(options);
  }

  /** Does what the person chose, as the buttons do. */
  act(action: Action): void {
    this.#current?.act(action);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    for (const event of ["pointerdown", "keydown"]) this.shadowRoot?.addEventListener(event, this.#engage);
    // Attributes and properties set in the same task count: frameworks set them after the element is connected.
    queueMicrotask(() => this.isConnected && void this.#open());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // A node that is only moved is connected again before the next task; its capture goes on.
    setTimeout(() => {
      if (!this.isConnected) this.#close();
    });
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has("capture") && this.capture) this.#follow(this.capture);
    if (changed.has("session") && this.#opening && (this.session || undefined) !== this.#openedWith) this.#reopen();
    const lang = chooseLang(this.lang || this.config?.lang, this.snapshot.case?.lang);
    if (lang !== this.#lang) void this.#speak((this.#lang = lang));
    this.#hadFocus = this.shadowRoot?.activeElement != null;
    this.#noticeScreen();
  }

  protected override updated(): void {
    const { hint, screen } = this.snapshot;
    if (!this._messages) return;
    // The first screen stands: what comes after it is fetched now.
    if (screen.type !== "loading") this.#fetchLater();
    if (this.#hadFocus && this.shadowRoot?.activeElement == null) this.#keepFocus();
    if (screen.type !== "camera") this.#zoneRead = false;
    // Its words come with the later screens.
    if (screen.type !== "camera" || !this._later) return;
    const word = screen.stage.type === "recording" ? screen.stage.word : undefined;
    const taking = this._later.takingKey(screen);
    if (taking && taking !== this.#taking) this.#announcer.tell(this.#text(taking));
    this.#taking = taking ?? this.#taking;
    if (screen.zoneRead && !this.#zoneRead) this.#announcer.tell(this.#text("camera.zoneRead"));
    this.#zoneRead ||= screen.zoneRead;
    if (word) this.#announcer.say(this.#text("camera.word.spoken", { word: word.text }));
    else if (hint) this.#announcer.say(this.#text(`hint.${hint}.spoken`));
  }

  protected override render(): TemplateResult {
    if (!this._messages) return this.#wordless();
    const v = this.#view(this._messages);
    return html`<div class="frame" part="frame" lang=${this._messages.lang}>
      ${header(v)} ${notice(v)}
      <main class="main" part="main">${screen(v)}</main>
      ${footer(v)}
      <div class="sr" aria-live="polite" ${ref((region) => this.#announcer.into(region))}></div>
      ${this.#cancelDialog(v)}
    </div>`;
  }

  get #current(): Capture | undefined {
    return this.capture ?? this.#own;
  }

  #open(): Promise<Capture> {
    if (this.capture) {
      if (!this.#leave) this.#follow(this.capture);
      return Promise.resolve(this.capture);
    }
    this.#opening ??= this.#create();
    return this.#opening;
  }

  async #create(): Promise<Capture> {
    const generation = ++this.#generation;
    const config: CaptureConfig = { ...this.config };
    this.#openedWith = this.session || undefined;
    if (this.session) config.session = this.session;
    if (this.endpoint) config.endpoint = this.endpoint;
    let capture: Capture;
    try {
      capture = await createCapture(config);
    } catch (thrown) {
      if (generation !== this.#generation && this.#opening) return this.#opening;
      const { code, detail, retryable } = asCaptureError(thrown);
      console.error(`lichtbild: ${code}${detail ? ` (${detail})` : ""}`);
      const wrong = code === "config.invalid";
      capture = new StillCapture(failedScreen(code, wrong ? ["retry"] : [...WAYS_WITHOUT_CAPTURE], wrong ? detail : undefined));
      if (generation === this.#generation) this.#emit({ type: "failed", code, retryable });
      if (thrown instanceof PartMissing) this.#missed();
    }
    if (generation !== this.#generation) {
      capture.dispose();
      return this.#opening ?? capture;
    }
    this.#own = capture;
    this.#follow(capture);
    const { screen } = capture.snapshot;
    if (screen.type === "requirements") {
      for (const code of screen.missing) this.#emit({ type: "failed", code, retryable: false });
    }
    if (!this.isConnected) this.#close();
    return capture;
  }

  #follow(capture: Capture): void {
    this.#leave?.();
    this.#leave = capture.subscribe((event) => {
      // Comes many times a second, and is drawn without drawing the screen anew.
      if (event.type === "documentSeen") for (const see of this.#watching) see(event.quad);
      else this.requestUpdate();
      this.#emit(event);
    });
    if (this.#video instanceof HTMLVideoElement && this.#video.isConnected) capture.attach(this.#video);
    this.requestUpdate();
  }

  #close(): void {
    this.#generation++;
    this.#leave?.();
    this.#leave = undefined;
    this.#announcer.hush();
    this.#own?.dispose();
    this.#own = undefined;
    this.#opening = undefined;
  }

  #reopen(): void {
    this.#close();
    void this.#open();
  }

  #emit(event: CaptureEvent): void {
    if (event.type === "changed") return void this.#dispatch(TAG, event);
    const goesOn = this.#dispatch(TAG, event);
    if (event.type === "done") this.#dispatch(`${TAG}-done`, { outcome: event.outcome, kennung: event.kennung });
    if (event.type === "failed") this.#dispatch(`${TAG}-error`, { code: event.code, retryable: event.retryable });
    if (event.type === "leave" && event.url && goesOn) location.assign(event.url);
  }

  #dispatch(name: string, detail: unknown): boolean {
    return this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true, cancelable: true }));
  }

  async #speak(lang: Lang): Promise<void> {
    const asked = ++this.#asked;
    try {
      const messages = await (this._later ? loadMessages : firstMessages)(lang);
      if (asked !== this.#asked) return;
      this._messages = messages;
      this._stuck = this.#retried = false;
    } catch (thrown) {
      if (asked !== this.#asked) return;
      console.error("lichtbild: the texts could not be loaded", thrown);
      if (this._messages) return;
      if (lang !== "en") return void this.#speak("en");
      this.#stick();
    }
  }

  // Something to read and a way on, also where no words came.
  #wordless(): TemplateResult {
    const v = this.#view(lastMessages(this.#lang ?? "en"));
    return html`<div class="frame" part="frame" lang=${v.m.lang} aria-busy=${!v.stuck}>
      ${v.stuck ? html`<main class="main" part="main">${coming(v)}</main>` : nothing}
    </div>`;
  }

  #stick(): void {
    this._stuck = true;
    this.#emit({ type: "failed", code: "network.unreachable", retryable: true });
    this.#missed();
  }

  // A browser may keep a failed part for as long as the page lives: who tries again in vain gets the page anew.
  #missed(): void {
    if (this.#retried) void reloadIfReachable();
    this.#retried = false;
  }

  #refetch(): void {
    this.#retried = true;
    this._stuck = false;
    if (this._messages) this.#fetchLater();
    else void this.#speak(this.#lang ?? "en");
  }

  #fetchLater(): void {
    if (this._later || this.#fetching || this._stuck) return;
    this.#fetching = true;
    void this.#takeLater().finally(() => (this.#fetching = false));
  }

  async #takeLater(): Promise<void> {
    const lang = this._messages?.lang ?? "en";
    try {
      const [later, messages] = await Promise.all([part(() => import("./view/later.js"), "draw"), loadMessages(lang)]);
      const root = this.renderRoot as ShadowRoot;
      root.adoptedStyleSheets = [...root.adoptedStyleSheets, ...later.styles.flatMap(({ styleSheet }) => styleSheet ?? [])];
      this._later = later;
      // Another language may have been chosen meanwhile.
      if (this._messages?.lang === lang) this._messages = messages;
      else void this.#speak(this._messages?.lang ?? lang);
    } catch (thrown) {
      console.error("lichtbild: the screens could not be loaded", thrown);
      this.#stick();
    }
  }

  #text(key: string, params: Params = {}): string {
    const own = this.#hook("text", () => this.hooks?.text?.(key, params));
    return own ?? (this._messages ?? lastMessages(this.#lang ?? "en")).text(key, params);
  }

  #hook<T>(name: keyof Hooks, call: () => T | undefined): T | undefined {
    if (!this.hooks?.[name]) return undefined;
    try {
      return call();
    } catch (thrown) {
      reportError(thrown);
      return undefined;
    }
  }

  // The same node until there is something else to draw: what moves within it goes on.
  #part(name: "instructions" | "review"): Node | undefined {
    const { snapshot, hooks } = this;
    const kept = this.#parts.get(name);
    if (kept?.snapshot === snapshot && kept.hooks === hooks) return kept.node;
    const node = this.#hook(name, () => hooks?.[name]?.(snapshot));
    this.#parts.set(name, { snapshot, hooks, node });
    return node;
  }

  #view(m: Messages): View {
    return {
      s: this.snapshot,
      m,
      t: (key, params) => this.#text(key, params),
      act: (action) => this.act(action),
      copy: (what) => void this.#copy(what),
      restart: () => this.#restart(),
      address: (url) => new URL(url, this.endpoint ?? this.config?.endpoint ?? location.href).href,
      askCancel: () => this.renderRoot.querySelector<HTMLDialogElement>("dialog")?.showModal(),
      copied: this._copied,
      browser: browserKind(),
      explainer: this.#explainer,
      later: () => {
        this.#fetchLater();
        return this._later;
      },
      stuck: this._stuck === true,
      refetch: () => this.#refetch(),
      attach: (video) => this.#attach(video),
      watch: this.#watch,
      sounds: this.sounds !== "off",
      whole: this._whole === true,
      showWhole: (whole) => (this._whole = whole),
      part: (name) => this.#part(name),
    };
  }

  #attach = (video: Element | undefined): void => {
    if (video === this.#video) return;
    this.#video = video;
    if (video instanceof HTMLVideoElement) this.#current?.attach(video);
  };

  #watch = (see: See): (() => void) => {
    this.#watching.add(see);
    return () => this.#watching.delete(see);
  };

  // Only what has no capture behind it starts anew; a living capture knows its own ways on.
  #restart(): void {
    if (pageStopped) return void reloadIfReachable();
    const { screen } = this.snapshot;
    const fatal = screen.type === "failed" && screen.code === "internal.unexpected";
    if (this.capture || !(this.#own instanceof StillCapture || fatal)) return;
    this.#retried = true;
    this.#reopen();
  }

  async #copy(what: "session" | "handoff"): Promise<void> {
    const { screen } = this.snapshot;
    const link = what === "handoff" ? screen.type === "handoff" && screen.link : this.#ownLink();
    if (!link) return;
    try {
      await navigator.clipboard.writeText(link);
      this._copied = what;
      this.#announcer.say(this.#text("handoff.copied"));
      clearTimeout(this.#copyTimer);
      this.#copyTimer = setTimeout(() => (this._copied = undefined), COPIED_MILLIS);
    } catch {
      // No clipboard in this browser or frame: the person can still copy from a prompt.
      prompt(this.#text("handoff.copy"), link);
    }
  }

  // The secret stays in the fragment, which no server sees.
  #ownLink(): string {
    const session = this.session ?? this.config?.session;
    if (!session) return location.href;
    const origin = this.endpoint ?? this.config?.endpoint ?? location.origin;
    return `${new URL("/jump/", origin).href}#s=${encodeURIComponent(session)}`;
  }

  #noticeScreen(): void {
    const { screen, case: facts } = this.snapshot;
    const name = screenName(screen);
    if (name === this.#screen || !this._messages) return;
    const first = this.#screen === "";
    this.#screen = name;
    this.#taking = undefined;
    this._whole = false;
    if (screen.type === "explainer") this.#explainer.begin(scenesFor(screen.topic, screen.document ?? facts?.document).length);
    else this.#explainer.stop();
    this.#announcer.hush();
    if (!first) void this.updateComplete.then(() => this.#showHeading());
  }

  // The page's own focus is left alone until the person has done something in here.
  #showHeading(): void {
    if (!this.#engaged) return;
    const heading = this.renderRoot.querySelector<HTMLElement>("h2");
    heading?.focus({ preventScroll: true });
    this.renderRoot.querySelector(".frame")?.scrollIntoView({ block: "nearest" });
  }

  // What had the focus has gone from the screen: the person goes on here, not at the page's top.
  #keepFocus(): void {
    this.renderRoot.querySelector<HTMLElement>(".shutter")?.focus({ preventScroll: true });
    if (this.shadowRoot?.activeElement == null) this.#showHeading();
  }

  #engage = (): void => {
    this.#engaged = true;
  };

  #cancelDialog(v: View): TemplateResult | typeof nothing {
    if (!v.s.case) return nothing;
    const close = (event: Event) => (event.target as HTMLElement).closest("dialog")?.close();
    const cancel = (event: Event) => {
      close(event);
      this.act({ type: "cancel" });
    };
    return html`<dialog part="dialog" aria-labelledby="cancel-title">
      <div class="stack">
        <h2 id="cancel-title">${v.t("cancel.title")}</h2>
        <p class="soft">${v.t("cancel.text")}</p>
        <button part="button" class="button primary" type="button" @click=${close}>${v.t("cancel.stay")}</button>
        <button part="button" class="button secondary" type="button" @click=${cancel}>${v.t("cancel.go")}</button>
      </div>
    </dialog>`;
  }
}

/** Registers the element once. A second copy of the package keeps the first and says so if it is of another version. */
export function defineElement(): void {
  if (typeof customElements === "undefined") return;
  const known = customElements.get(TAG) as { lichtbildVersion?: string } | undefined;
  if (!known) customElements.define(TAG, Object.assign(LichtbildIdent, { lichtbildVersion: version }));
  else if (known.lichtbildVersion !== version) {
    console.warn(`lichtbild: <${TAG}> of version ${known.lichtbildVersion ?? "unknown"} is kept, ${version} is ignored`);
  }
}

defineElement();

declare global {
  interface HTMLElementTagNameMap {
    "lichtbild-ident": LichtbildIdent;
  }
}

export type { ErrorCode };
