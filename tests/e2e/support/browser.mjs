// Chromium with a fake camera and microphone, and watchers that note everything a clean page must not do.

import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { chromium } from "playwright-core";

const clips = path.resolve(import.meta.dirname, "../../../target/clips");
export const out = path.resolve(import.meta.dirname, "../out");

export const PHONE = { width: 390, height: 844 };
export const DESKTOP = { width: 1280, height: 800 };

const films = new WeakMap();

/** `clip`: the film that the camera sees all the time; without it the person shows what is asked for (`hold`). `refuse`: the person says
 * no to the camera. */
export async function browser({ clip, refuse = false } = {}) {
  // Chromium opens this file anew with every camera, so that another film may lie there each time.
  const film = path.join(await mkdtemp(path.join(tmpdir(), "lichtbild-film-")), "camera.mjpeg");
  await lay(film, clip ?? "front");
  const fake = ["--use-fake-device-for-media-stream", `--use-file-for-fake-video-capture=${film}`,
    `--use-file-for-fake-audio-capture=${path.join(clips, "speech.wav")}`];
  const launched = await chromium.launch({
    executablePath: process.env.LICHTBILD_CHROMIUM,
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
      "--disable-component-update", "--disable-sync", "--autoplay-policy=no-user-gesture-required",
      refuse ? "--deny-permission-prompts" : "--use-fake-ui-for-media-stream", ...fake],
  });
  await mkdir(out, { recursive: true });
  if (!clip) films.set(launched, film);
  return launched;
}

/** Before the camera opens: what the person holds into it, a film that `cargo xtask clip` makes: `front`, `back`, `passport`, `face` … */
export async function hold(page, clip) {
  const film = films.get(page.context().browser());
  if (film) await lay(film, clip);
}

async function lay(film, clip) {
  const source = path.join(clips, `${clip}.mjpeg`);
  if (!existsSync(source)) throw new Error(`${source} is missing: run \`cargo xtask test e2e\`, which makes it`);
  await rm(film, { force: true });
  await symlink(source, film);
}

/** A context with a page. `allowed`: origins it may speak to. `faults()` lists what it should not have done. */
export async function open(browser, { viewport = DESKTOP, lang = "de", theme = "light", allowed = [], expected = [] } = {}) {
  const phone = viewport.width < 600;
  const context = await browser.newContext({
    viewport, locale: lang === "de" ? "de-DE" : "en-GB", colorScheme: theme, isMobile: phone, hasTouch: phone,
    permissions: [],
  });
  const faults = [];
  const note = (text) => expected.some((pattern) => pattern.test(text)) || faults.push(text);
  await context.addInitScript(watch);
  context.on("request", (request) => {
    const { origin, protocol } = new URL(request.url());
    if (protocol.startsWith("http") && !allowed.includes(origin)) note(`request to a foreign origin: ${request.url()}`);
    if (/[?&](token|session|s|h)=/.test(request.url())) note(`a secret in a URL: ${request.url()}`);
  });
  context.on("console", (message) => message.type() === "error" && note(`console: ${message.text()} (${message.location().url})`));
  context.on("weberror", (error) => note(`uncaught: ${error.error()}`));
  const receipts = [];
  context.on("request", (request) => {
    if (request.method() === "POST" && /\/v1\/capture\/steps\//.test(request.url())) {
      receipts.push(...(request.postDataJSON()?.artifacts ?? []));
    }
  });
  return { context, page: await context.newPage(), faults: () => faults, receipts };
}

// Runs in every frame before anything else. Counts open devices, hashes what MediaRecorder gives out, beside the component and
// without it, and reports violations of the content security policy.
function watch() {
  document.addEventListener("securitypolicyviolation", (event) => {
    console.error(`csp: ${event.violatedDirective} blocks ${event.blockedURI}`);
  });
  const opened = [];
  const devices = navigator.mediaDevices;
  const ask = devices?.getUserMedia.bind(devices);
  if (ask) {
    devices.getUserMedia = async (wanted) => {
      const stream = await ask(wanted);
      opened.push(...stream.getTracks());
      return stream;
    };
    for (const kind of [MediaStream, MediaStreamTrack]) {
      const clone = kind.prototype.clone;
      kind.prototype.clone = function () {
        const copy = clone.call(this);
        opened.push(...(copy instanceof MediaStream ? copy.getTracks() : [copy]));
        return copy;
      };
    }
  }
  globalThis.devicesInUse = () => opened.filter((track) => track.readyState === "live").length;
  const recordings = [];
  Object.defineProperty(globalThis, "recordedHere", { value: recordings });
  const Recorder = globalThis.MediaRecorder;
  if (!Recorder) return;
  globalThis.MediaRecorder = class extends Recorder {
    constructor(...given) {
      super(...given);
      const parts = [];
      let startedAt;
      const now = () => performance.timeOrigin + performance.now();
      this.addEventListener("start", () => (startedAt = now()));
      this.addEventListener("dataavailable", ({ data }) => parts.push(data));
      this.addEventListener("stop", async () => {
        const stoppedAt = now();
        const bytes = await new Blob(parts).arrayBuffer();
        const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
        const sha256 = [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
        recordings.push({ length: bytes.byteLength, sha256, stoppedAt, seconds: (stoppedAt - startedAt) / 1000 });
      });
    }
  };
}
