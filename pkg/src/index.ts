// The package's front door. Importing it does nothing and works without a browser; everything starts with `createCapture`.

export { createCapture, version, type Capture, type CaptureConfig, type Listener } from "./capture.js";
export { CaptureError } from "./errors.js";
export { chooseLang, loadMessages, type Lang, type Messages, type Params } from "./messages.js";
export type { AssetsInput } from "./assets.js";
export type * from "./types.js";
