// Shows one recording: its bytes are fetched with the key, so they come whole, with progress, into a blob of this page.
// In: which recording. Out: a player or picture, its digest compared, a download. Gives the blob's address back when it goes.

import type { DocumentKind, MediaItem } from "lichtbild";
import { fill, h } from "../shared/dom.js";
import { asFailure, isAbort, type PartnerApi } from "./api.js";
import { icon } from "./icons.js";
import { announce, faultBox } from "./parts.js";
import { Straight } from "./straight.js";
import { bytes, seconds, stepName, t } from "./words.js";

/** Stills up to this size are shown without being asked for. */
const UNASKED_BYTES = 4_000_000;
/** How long the search for a video's length may hold up its start. */
const LENGTH_MILLIS = 3000;

export class Viewer {
  readonly root = h("div", { class: "viewer" });
  /** How long the video plays, once known. */
  onDuration: ((text: string) => void) | undefined;
  private blob: Blob | undefined;
  private address: string | undefined;
  private loading: AbortController | undefined;
  private straight: Straight | undefined;
  private readonly sight: IntersectionObserver | undefined;

  constructor(
    private readonly api: PartnerApi,
    private readonly kase: string,
    private item: MediaItem,
    /** The kind of document that is shown on stills of one. */
    private kind?: DocumentKind,
  ) {
    this.offer();
    if (item.kind !== "still" || item.length > UNASKED_BYTES) return;
    this.sight = new IntersectionObserver(([entry]) => {
      if (!entry?.isIntersecting || !this.item.complete) return;
      this.sight?.disconnect();
      void this.load(false);
    });
    this.sight.observe(this.root);
  }

  /** More of it may have come, or been seen on it. */
  update(item: MediaItem, kind?: DocumentKind): void {
    const came = item.length !== this.item.length || item.complete !== this.item.complete;
    [this.item, this.kind] = [item, kind];
    this.straight?.update(item.document, kind);
    if (came && !this.blob && !this.loading) this.offer();
    if (came && item.complete && this.sight && !this.blob) {
      this.sight.unobserve(this.root);
      this.sight.observe(this.root);
    }
  }

  async download(): Promise<void> {
    if (!this.blob) await this.load(false);
    if (!this.address) return;
    const { step, attempt, kind, mediaType, artifact } = this.item;
    const ending = /^\w+\/(\w+)/.exec(mediaType)?.[1]?.replace("jpeg", "jpg") ?? kind;
    const link = h("a", { href: this.address, download: `${this.kase.slice(0, 7)}-${attempt}-${step}-${artifact.slice(0, 7)}.${ending}` });
    link.click();
  }

  dispose(): void {
    this.sight?.disconnect();
    this.loading?.abort();
    this.straight?.end();
    if (this.address) URL.revokeObjectURL(this.address);
    this.root.replaceChildren();
  }

  private get name(): string {
    return t(`media.name.${this.item.kind}`, { step: stepName(this.item.step) });
  }

  private offer(): void {
    const video = this.item.kind === "video";
    const label = t(video ? "media.load" : "media.load.still");
    const button = h("button", { type: "button", class: "button secondary", "aria-label": `${label} – ${this.name}`, onclick: () => void this.load(true) }, icon(video ? "play" : "picture"), label);
    fill(this.root, h("div", { class: "viewer-offer" }, button, h("span", { class: "soft small" }, bytes(this.item.length))));
  }

  private async load(wanted: boolean): Promise<void> {
    if (this.loading || this.item.length === 0) return;
    this.loading = new AbortController();
    const { length, sha256 } = this.item;
    const bar = h("progress", { max: Math.max(1, length), value: 0, "aria-label": this.name });
    const words = h("span", { class: "small" });
    const stop = h("button", { type: "button", class: "button secondary small-button", onclick: () => this.loading?.abort() }, t("media.stop"));
    const onProgress = (done: number) => {
      bar.value = done;
      fill(words, t("media.loading", { done: bytes(done), all: bytes(length) }));
    };
    onProgress(0);
    fill(this.root, h("div", { class: "viewer-offer" }, bar, words, stop));
    if (wanted) stop.focus({ preventScroll: true });
    try {
      const { signal } = this.loading;
      const blob = await this.api.media(this.kase, this.item.artifact, { signal, onProgress });
      if (signal.aborted) return;
      this.blob = blob;
      this.address = URL.createObjectURL(blob);
      await this.show(wanted, sha256);
    } catch (error) {
      if (isAbort(error)) this.offer();
      else fill(this.root, faultBox(asFailure(error), () => void this.load(true)));
    } finally {
      this.loading = undefined;
    }
  }

  private async show(wanted: boolean, sha256: string | undefined): Promise<void> {
    const digest = h("p", { class: "digest small" });
    const view = this.item.kind === "video" ? this.video() : h("img", { alt: this.name });
    this.straight?.end();
    this.straight = view instanceof HTMLImageElement ? new Straight(view, this.item.document, this.kind) : undefined;
    const shown = this.straight?.root ?? view;
    view.addEventListener("error", () => shown.replaceWith(h("p", { class: "viewer-offer alert", role: "alert" }, t("media.unplayable"))));
    fill(this.root, shown, digest);
    if (view instanceof HTMLVideoElement) {
      if (wanted) view.focus({ preventScroll: true });
      const known = lengthKnown(view);
      view.src = this.address ?? "";
      void known.then(() => {
        if (Number.isFinite(view.duration)) this.onDuration?.(seconds(view.duration * 1000));
        if (wanted) void view.play().catch(() => undefined);
      });
    } else view.src = this.address ?? "";
    const own = sha256 && this.blob && (await digestOf(this.blob));
    if (!own) return;
    const same = own === sha256;
    digest.classList.add(same ? "good" : "bad");
    fill(digest, icon(same ? "check" : "alert"), t(same ? "media.matches" : "media.differs"));
    if (!same) announce(t("media.differs"));
  }

  private video(): HTMLVideoElement {
    return h("video", { controls: true, playsinline: true, preload: "auto", tabindex: "0", "aria-label": this.name });
  }
}

/** What a browser records has no length in its head; a jump behind the end makes the player find it, then it returns to the start. */
function lengthKnown(video: HTMLVideoElement): Promise<void> {
  return new Promise((resolve) => {
    const late = setTimeout(resolve, LENGTH_MILLIS);
    const look = () => {
      if (!Number.isFinite(video.duration)) return;
      video.removeEventListener("durationchange", look);
      clearTimeout(late);
      if (video.currentTime === 0) return resolve();
      video.addEventListener("seeked", () => resolve(), { once: true });
      video.currentTime = 0;
    };
    video.addEventListener("durationchange", look);
    video.addEventListener("loadedmetadata", () => {
      if (!Number.isFinite(video.duration)) video.currentTime = Number.MAX_SAFE_INTEGER;
    });
  });
}

async function digestOf(blob: Blob): Promise<string | undefined> {
  // Missing where the page is not served securely; then nothing is claimed.
  const digest = await globalThis.crypto.subtle?.digest("SHA-256", await blob.arrayBuffer());
  return digest && [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
