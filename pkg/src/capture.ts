// The capture as JavaScript sees it: loads the page's wasm once, wires one `Page` to listeners, keeps the newest snapshot.
// In: configuration and actions. Out: snapshots and events. Rules of every kind are in Rust.

import { assetUrls, type AssetsInput } from "./assets.js";
import { CaptureError, asCaptureError } from "./errors.js";
import { loadWasm } from "./load.js";
import { part } from "./part.js";
import { missingRequirements } from "./probe.js";
import type { Action, CaptureEvent, ConfigInput, ErrorCode, Receipt, Screen, Snapshot, WayOn } from "./types.js";

declare const __VERSION__: string | undefined;
/** Version of this package; page, worker and assets must be of the same one. */
export const version: string = typeof __VERSION__ === "undefined" ? "0.0.0" : (__VERSION__ ?? "0.0.0");

/** Settings of a capture. Unknown keys are refused with `config.invalid`. */
export interface CaptureConfig extends ConfigInput {
  /** Where the package's files lie, if not beside the imported module. */
  assets?: AssetsInput;
  /** Language of the element's words; `createCapture` alone has none. `de` or `en`, with or without a region (`de-AT`); any other counts
   * as not set. Default: the case's, then the browser's. */
  lang?: string;
}

export type Listener = (event: CaptureEvent) => void;

/** One person's way through one case. */
export interface Capture {
  /** What there is to draw: plain, frozen, replaced by a new one after every change. */
  readonly snapshot: Snapshot;
  /** Resolves when everything is confirmed and the case has ended for the person; rejects with an `AbortError` after `dispose`. */
  start(options?: { signal?: AbortSignal }): Promise<Receipt>;
  /** Does what the person chose: confirm, retake, switch camera, cancel … */
  act(action: Action): void;
  /** Shows the camera's picture in this element. */
  attach(video: HTMLVideoElement): void;
  /** Hears every event until the returned function is called. */
  subscribe(listener: Listener): () => void;
  /** Stops camera, worker and timers. What was recorded stays in the browser's store; `act({type: "cancel"})` clears it. */
  dispose(): void;
}

/** Makes a capture. Fails with a `CaptureError` if the configuration is wrong or a file cannot be loaded. */
export async function createCapture(config: CaptureConfig): Promise<Capture> {
  const missing = missingRequirements();
  const shown = () => new StillCapture({ type: "requirements", missing });
  // What lacks only a camera's interfaces can still show the way to a phone and to help; the page part does.
  if (missing.some((code) => !NEEDS_NO_CAMERA.includes(code))) return shown();
  // The words are the element's alone.
  const { assets: input, lang: _, ...settings } = config;
  const assets = assetUrls(input);
  let glue: Glue;
  try {
    glue = await pageGlue(assets.pageWasmUrl);
  } catch (thrown) {
    if (missing.length > 0) return shown();
    throw thrown;
  }
  return new PageCapture(
    (...listeners) =>
      new glue.Page(
        JSON.stringify(settings),
        JSON.stringify({ ...assets, version }),
        ...listeners,
      ),
  );
}

const NEEDS_NO_CAMERA: readonly ErrorCode[] = ["unsupported.get_user_media", "unsupported.media_recorder"];

type Glue = typeof import("#page");
let instance: Promise<Glue> | undefined;
/** The page part has stopped by a fault. Its glue keeps the broken instance for as long as the page lives. */
export let pageStopped = false;

async function pageGlue(url: string): Promise<Glue> {
  if (pageStopped) throw new CaptureError("internal.unexpected", false, "the page part has stopped; the page has to be loaded anew");
  instance ??= loadGlue(url).catch((thrown: unknown) => {
    // What failed to load may load at the next try.
    instance = undefined;
    throw thrown;
  });
  return instance;
}

async function loadGlue(url: string): Promise<Glue> {
  const [glue, module] = await Promise.all([part(() => import("#page"), "Page"), loadWasm(url, "page_bg.wasm")]);
  await glue.default({ module_or_path: module });
  return glue;
}

/** A screen without a capture behind it: for what stops a capture before it can begin. */
export class StillCapture implements Capture {
  readonly snapshot: Snapshot;

  constructor(screen: Screen) {
    this.snapshot = stillSnapshot(screen);
  }

  start(): Promise<Receipt> {
    const { screen } = this.snapshot;
    const code = screen.type === "requirements" ? screen.missing[0] : screen.type === "failed" ? screen.code : undefined;
    return Promise.reject(new CaptureError(code ?? "internal.unexpected", false));
  }

  act(): void {}
  attach(): void {}
  subscribe(): () => void {
    return () => {};
  }
  dispose(): void {}
}

/** A snapshot that shows one screen and nothing else. */
export function stillSnapshot(screen: Screen): Snapshot {
  const upload = { confirmed: 0, recorded: 0, state: "idle" } as const;
  return Object.freeze({ screen, steps: [], upload, canHelp: false, canGoBack: false, canHandOff: false, history: [] });
}

/** The screen for a failure that left no capture behind. */
export function failedScreen(code: ErrorCode, waysOn: WayOn[], detail?: string): Screen {
  return { type: "failed", code, waysOn, ...(detail === undefined ? {} : { detail }) };
}

/** What the page part needs of this side. */
export interface Shell {
  /** Has whatever stream is open. */
  streams: MediaStream[];
  /** Is called once, should the page part stop by a fault. */
  stopped(): void;
  record: typeof record;
}

type Heard = Uint8Array | "end" | "failed";

// The recorder of last but one resort is fetched only when it is needed.
function record(stream: MediaStream, hear: (heard: Heard, mediaType: string) => void): { stop(): void; abort(): void } {
  // Nobody hears any more after `abort`.
  let heard = true;
  const tell = (what: Heard, mediaType = "") => heard && hear(what, mediaType);
  const failed = () => tell("failed");
  const take = part(() => import("./codecs.js"), "record").then((codecs) => codecs.record(stream, { bytes: tell, failed }));
  take.catch(failed);
  return {
    stop: () => void take.then((one) => one.stop()).then(() => tell("end"), failed),
    abort() {
      heard = false;
      take.then((one) => one.abort()).catch(() => {});
    },
  };
}

interface RawPage {
  act(action: unknown): void;
  attach(video: HTMLVideoElement): void;
  snapshot(): unknown;
  dispose(): void;
}

const GOES_ON: readonly WayOn[] = ["retry", "retake", "otherCamera", "otherDocument", "settings", "wait"];

const disposed = () => new DOMException("the capture was disposed of", "AbortError");

class PageCapture implements Capture {
  #page: RawPage | undefined;
  #snapshot: Snapshot;
  #listeners = new Set<Listener>();
  #receipt: Receipt | undefined;
  #waiting = new Set<(reason: unknown) => void>();
  // What is open now, kept by the page part: to be stopped here when that has stopped itself.
  #streams: MediaStream[] = [];

  constructor(open: (emit: (event: unknown) => void, shell: Shell) => RawPage) {
    this.#snapshot = stillSnapshot({ type: "loading" });
    try {
      this.#page = open((event) => this.#hear(event as CaptureEvent), { streams: this.#streams, stopped: () => this.#abandon(), record });
    } catch (thrown) {
      throw asCaptureError(thrown);
    }
    this.#refresh();
  }

  get snapshot(): Snapshot {
    return this.#snapshot;
  }

  act(action: Action): void {
    this.#enter((page) => page.act(action));
  }

  attach(video: HTMLVideoElement): void {
    this.#enter((page) => page.attach(video));
  }

  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  start({ signal }: { signal?: AbortSignal } = {}): Promise<Receipt> {
    return new Promise((resolve, reject) => {
      if (this.#receipt) return resolve(this.#receipt);
      if (signal?.aborted) return reject(signal.reason);
      if (!this.#page) return reject(disposed());
      const leave = this.subscribe((event) => {
        if (event.type === "done" && this.#receipt) {
          settle();
          resolve(this.#receipt);
        } else if (event.type === "failed" && this.#isStuck()) fail(new CaptureError(event.code, event.retryable));
      });
      const settle = () => {
        leave();
        signal?.removeEventListener("abort", abort);
        this.#waiting.delete(fail);
      };
      const fail = (reason: unknown) => {
        settle();
        reject(reason);
      };
      const abort = () => {
        fail(signal?.reason);
        this.dispose();
      };
      this.#waiting.add(fail);
      signal?.addEventListener("abort", abort);
    });
  }

  // A notice beside the screen ends nothing, nor does a failure from which the person can go on in this page.
  #isStuck(): boolean {
    const { screen } = this.#snapshot;
    if (!this.#page) return true;
    return screen.type === "failed" && !screen.waysOn.some((way) => GOES_ON.includes(way));
  }

  dispose(): void {
    const page = this.#page;
    this.#page = undefined;
    this.#listeners.clear();
    for (const fail of this.#waiting) fail(disposed());
    page?.dispose();
  }

  #hear(event: CaptureEvent): void {
    // Comes many times a second and changes nothing else.
    if (event.type !== "documentSeen") this.#refresh();
    if (event.type === "done") {
      const id = this.#snapshot.case?.id ?? "";
      this.#receipt = Object.freeze({ case: id, kennung: event.kennung, outcome: event.outcome });
    }
    this.#tell(event);
  }

  #tell(event: CaptureEvent): void {
    for (const listener of [...this.#listeners]) {
      try {
        listener(event);
      } catch (thrown) {
        reportError(thrown);
      }
    }
  }

  #refresh(): void {
    if (this.#page) this.#snapshot = Object.freeze(this.#page.snapshot() as Snapshot);
  }

  #enter(call: (page: RawPage) => void): void {
    if (!this.#page) return;
    try {
      call(this.#page);
    } catch (thrown) {
      if (!(thrown instanceof WebAssembly.RuntimeError)) throw asCaptureError(thrown);
      this.#abandon();
    }
  }

  // After a trap the instance's borrows stay locked: it is never entered again. What it has open is closed from here.
  #abandon(): void {
    pageStopped = true;
    if (!this.#page) return;
    console.error("lichtbild: the page part has stopped");
    this.#page = undefined;
    for (const track of this.#streams.splice(0).flatMap((stream) => stream.getTracks())) track.stop();
    this.#snapshot = stillSnapshot(failedScreen("internal.unexpected", ["retry"]));
    this.#tell({ type: "changed" });
    this.#tell({ type: "failed", code: "internal.unexpected", retryable: true });
  }
}
