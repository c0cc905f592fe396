// The capture as JavaScript sees it: loads the page's wasm once, wires one `Page` to listeners, keeps the newest snapshot.
// In: configuration and actions. Out: snapshots and events. Rules of every kind are in Rust.

import { assetUrls, type AssetsInput } from "./assets.js";
import { CaptureError, asCaptureError } from "./errors.js";
import { loadWasm } from "./load.js";
import { missingRequirements } from "./probe.js";
import type { Action, CaptureEvent, ConfigInput, ErrorCode, Receipt, Screen, Snapshot, WayOn } from "./types.js";

declare const __VERSION__: string | undefined;
/** Version of this package; page, worker and assets must be of the same one. */
export const version: string = typeof __VERSION__ === "undefined" ? "0.0.0" : (__VERSION__ ?? "0.0.0");

/** Settings of a capture. Unknown keys are refused with `config.invalid`. */
export interface CaptureConfig extends ConfigInput {
  /** Where the package's files lie, if not beside the imported module. */
  assets?: AssetsInput;
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
  if (missing.length > 0) return new StillCapture({ type: "requirements", missing });
  const { assets: input, ...settings } = config;
  const assets = assetUrls(input);
  const glue = await pageGlue(assets.pageWasmUrl);
  return new PageCapture(
    (emit) =>
      new glue.Page(
        JSON.stringify(settings),
        JSON.stringify({ workerUrl: assets.workerUrl, engineWasmUrl: assets.engineWasmUrl, version }),
        emit,
      ),
  );
}

type Glue = typeof import("#page");
let instance: Promise<Glue> | undefined;

function pageGlue(url: string): Promise<Glue> {
  instance ??= (async () => {
    const [glue, module] = await Promise.all([import("#page"), loadWasm(url, "page_bg.wasm")]);
    await glue.default({ module_or_path: module });
    return glue;
  })();
  // What failed to load may load at the next try; an instance that has aborted must not be entered again.
  instance.catch(() => (instance = undefined));
  return instance;
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
  return Object.freeze({ screen, steps: [], upload, canHelp: false, canHandOff: false, history: [] });
}

/** The screen for a failure that left no capture behind. */
export function failedScreen(code: ErrorCode, waysOn: WayOn[], detail?: string): Screen {
  return { type: "failed", code, waysOn, ...(detail === undefined ? {} : { detail }) };
}

interface RawPage {
  act(action: unknown): void;
  attach(video: HTMLVideoElement): void;
  snapshot(): unknown;
  dispose(): void;
}

const disposed = () => new DOMException("the capture was disposed of", "AbortError");

class PageCapture implements Capture {
  #page: RawPage | undefined;
  #snapshot: Snapshot;
  #listeners = new Set<Listener>();
  #receipt: Receipt | undefined;
  #waiting = new Set<(reason: unknown) => void>();

  constructor(open: (emit: (event: unknown) => void) => RawPage) {
    this.#snapshot = stillSnapshot({ type: "loading" });
    try {
      this.#page = open((event) => this.#hear(event as CaptureEvent));
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
      this.#waiting.add(reject);
      this.subscribe((event) => {
        if (event.type === "done" && this.#receipt) resolve(this.#receipt);
        else if (event.type === "failed" && !event.retryable) reject(new CaptureError(event.code, false));
      });
      signal?.addEventListener("abort", () => {
        reject(signal.reason);
        this.dispose();
      });
    });
  }

  dispose(): void {
    const page = this.#page;
    this.#page = undefined;
    this.#listeners.clear();
    // Those that are settled already take no notice.
    for (const reject of this.#waiting) reject(disposed());
    this.#waiting.clear();
    page?.dispose();
  }

  #hear(event: CaptureEvent): void {
    this.#refresh();
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
      this.#abandon(thrown);
    }
  }

  // After a trap the instance's borrows stay locked: it is dropped and never entered again.
  #abandon(cause: Error): void {
    console.error("lichtbild: the page part has stopped", cause);
    this.#page = undefined;
    instance = undefined;
    this.#snapshot = stillSnapshot(failedScreen("internal.unexpected", ["retry"]));
    this.#tell({ type: "changed" });
    this.#tell({ type: "failed", code: "internal.unexpected", retryable: true });
  }
}
