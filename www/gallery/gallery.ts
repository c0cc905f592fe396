// Shows one canned screen: #screen=NAME&lang=de|en&theme=light|dark. Without a name: a list of links.

import type { Action, Capture, CaptureEvent, Listener, Receipt } from "lichtbild";
import "lichtbild/element";
import { SNAPSHOTS } from "./snapshots.js";

const LOOK_MILLIS = 66;
const STILL = { width: 1280, height: 810 };

let drawing: ReturnType<typeof setInterval> | undefined;

/** Width, height and turn of the drawn document. */
function layout(width: number, height: number): [w: number, h: number, turn: number] {
  const unit = Math.min(width, height);
  return [unit * 0.84, unit * 0.53, -0.06];
}

/** Where the drawn document is, as the engine would tell it. */
function outlineOf(width: number, height: number): NonNullable<Extract<CaptureEvent, { type: "documentSeen" }>["quad"]> {
  const [w, h, turn] = layout(width, height);
  const corner = (x: number, y: number): [number, number] => [
    0.5 + (x * w * Math.cos(turn) - y * h * Math.sin(turn)) / 2 / width,
    0.5 + (x * w * Math.sin(turn) + y * h * Math.cos(turn)) / 2 / height,
  ];
  return [corner(-1, -1), corner(1, -1), corner(1, 1), corner(-1, 1)];
}

/** A drawn scene in place of a camera. */
function drawScene(width: number, height: number, face: boolean): HTMLCanvasElement {
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  const pen = canvas.getContext("2d");
  if (!pen) return canvas;
  const wall = pen.createLinearGradient(0, 0, width, height);
  wall.addColorStop(0, face ? "#c9b9a6" : "#6b5b4b");
  wall.addColorStop(1, face ? "#8e7f70" : "#3f362d");
  pen.fillStyle = wall;
  pen.fillRect(0, 0, width, height);
  pen.save();
  pen.translate(width / 2, height / 2);
  const unit = Math.min(width, height);
  if (face) {
    pen.fillStyle = "#2f4858";
    pen.beginPath();
    pen.ellipse(0, unit * 0.62, unit * 0.42, unit * 0.36, 0, 0, 7);
    pen.fill();
    pen.fillStyle = "#e2b48f";
    pen.beginPath();
    pen.ellipse(0, -unit * 0.02, unit * 0.2, unit * 0.27, 0, 0, 7);
    pen.fill();
    pen.fillStyle = "#3c2a21";
    pen.beginPath();
    pen.ellipse(0, -unit * 0.16, unit * 0.215, unit * 0.17, 0, Math.PI, 0);
    pen.fill();
  } else {
    const [w, h, turn] = layout(width, height);
    pen.rotate(turn);
    pen.fillStyle = "#dfe9ea";
    pen.beginPath();
    pen.roundRect(-w / 2, -h / 2, w, h, unit * 0.03);
    pen.fill();
    pen.fillStyle = "#a9c3c6";
    pen.fillRect(-w / 2, -h / 2 + h * 0.06, w, h * 0.14);
    pen.fillStyle = "#9aa9ab";
    pen.fillRect(-w * 0.44, -h * 0.2, w * 0.26, h * 0.6);
    pen.fillStyle = "#556";
    for (let line = 0; line < 5; line += 1) pen.fillRect(-w * 0.1, -h * 0.18 + line * h * 0.12, w * (0.5 - (line % 3) * 0.1), h * 0.035);
  }
  pen.restore();
  return canvas;
}

function canned(screenName: string): Capture {
  const picture = drawScene(STILL.width, STILL.height, false).toDataURL("image/jpeg", 0.8);
  const make = SNAPSHOTS[screenName];
  if (!make) throw new Error(`no screen ${screenName}`);
  const snapshot = make(picture, outlineOf(STILL.width, STILL.height));
  const film = () => (innerWidth < innerHeight ? { width: 720, height: 1280 } : { width: 1280, height: 720 });
  return {
    snapshot,
    start: () => new Promise<Receipt>(() => {}),
    act: (action: Action) => console.log("act", JSON.stringify(action)),
    attach(video) {
      const { width, height } = film();
      const canvas = drawScene(width, height, /selfie|word|recovering|^camera-saving/.test(screenName));
      video.srcObject = canvas.captureStream(5);
      drawing = setInterval(() => canvas.getContext("2d")?.fillRect(0, 0, 1, 1), 100);
    },
    subscribe(listener: Listener) {
      if (!screenName.includes("outlined")) return () => {};
      const { width, height } = film();
      const looking = setInterval(() => listener({ type: "documentSeen", quad: outlineOf(width, height) }), LOOK_MILLIS);
      return () => clearInterval(looking);
    },
    dispose: () => clearInterval(drawing),
  };
}

function list(): HTMLElement {
  const items = document.createElement("ul");
  for (const name of Object.keys(SNAPSHOTS)) {
    const link = Object.assign(document.createElement("a"), { href: `#screen=${name}`, textContent: name });
    const item = document.createElement("li");
    item.append(link);
    items.append(item);
  }
  return items;
}

let shown: Capture | undefined;

function show(): void {
  const wanted = new URLSearchParams(location.hash.slice(1));
  const name = wanted.get("screen");
  shown?.dispose();
  shown = name === null ? undefined : canned(name);
  if (!shown) return document.body.replaceChildren(list());
  const element = document.createElement("lichtbild-ident");
  element.lang = wanted.get("lang") ?? "de";
  element.theme = wanted.get("theme") ?? "light";
  element.capture = shown;
  document.documentElement.lang = element.lang;
  document.documentElement.dataset.theme = element.theme;
  document.body.replaceChildren(element);
}

addEventListener("hashchange", show);
show();
