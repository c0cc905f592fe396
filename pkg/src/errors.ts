// What programs see of a failure: a stable code from the shared catalogue, never a payload or personal data.

import type { ErrorCode, WayOn } from "./types.js";

/** A failure with a stable code. `message` is for developers; people read the text of `error.<code>` in their language. */
export class CaptureError extends Error {
  readonly code: ErrorCode;
  /** Whether the same action may succeed when tried again. */
  readonly retryable: boolean;
  /** What exactly, for developers: a URL, a key, a limit. */
  declare readonly detail?: string;

  constructor(code: ErrorCode, retryable: boolean, detail?: string) {
    super(detail === undefined ? code : `${code}: ${detail}`);
    this.name = "CaptureError";
    this.code = code;
    this.retryable = retryable;
    if (detail !== undefined) this.detail = detail;
  }
}

// `area.reason`, as in the catalogue. Errors of the platform have codes too: numbers, or words in capitals.
const OURS = /^[a-z]+\.[a-z_]+$/;

/** Any thrown value as a `CaptureError`; what carries no code of ours becomes `internal.unexpected`. */
export function asCaptureError(thrown: unknown): CaptureError {
  if (thrown instanceof CaptureError) return thrown;
  // The page part throws what the integrator got wrong.
  if (thrown instanceof Error && "code" in thrown && typeof thrown.code === "string" && OURS.test(thrown.code)) {
    return new CaptureError(thrown.code as ErrorCode, false, thrown.message);
  }
  return new CaptureError("internal.unexpected", true, thrown instanceof Error ? thrown.name : typeof thrown);
}

/** Ways on that are open while no capture runs: its help form and its hand-off need one. */
export const WAYS_WITHOUT_CAPTURE: readonly WayOn[] = ["retry", "openInBrowser"];
