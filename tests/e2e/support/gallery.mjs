// The gallery of canned screens behind a server of its own, and a capture that a test plays on: the element without a backend.

import { readFileSync } from "node:fs";
import path from "node:path";
import { POLICY, galleryFiles } from "../../../www/gallery/bundle.mjs";
import { serve } from "./net.mjs";

const TYPES = { ".js": "text/javascript", ".css": "text/css", "": "text/html; charset=utf-8" };

/** Serves the gallery under a strict policy; what is not there is not found. */
export async function gallery() {
  const files = await galleryFiles();
  return serve((request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    const file = files.get(pathname);
    if (!file) return response.writeHead(pathname === "/favicon.ico" ? 204 : 404).end();
    response.writeHead(200, { "content-type": TYPES[path.extname(pathname)], "content-security-policy": POLICY }).end(file);
  });
}

/** The golden snapshots, which the Rust types write, at rest: nothing on its way, no picture that only another page has. */
export const snapshots = JSON.parse(readFileSync(new URL("../../fixtures/wire/Snapshot.json", import.meta.url), "utf8"), (key, value) =>
  key === "busy" ? false : key === "picture" ? undefined : value,
);

/** The element on a blank page, with a capture that shows what it is told and notes what it is asked. */
export async function put(page, snapshot) {
  await page.evaluate(install);
  await page.evaluate((shown) => globalThis.put(shown), snapshot);
  await page.locator("lichtbild-ident h2").first().waitFor({ state: "attached" });
}

function install() {
  globalThis.put = (snapshot) => {
    const listeners = new Set();
    const capture = {
      snapshot,
      acts: [],
      disposed: 0,
      start: () => new Promise(() => {}),
      attach() {},
      act(action) {
        capture.acts.push(action);
        capture.answers?.(action);
      },
      subscribe(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      dispose: () => (capture.disposed += 1),
      show(next, event = { type: "changed" }) {
        capture.snapshot = next;
        for (const listener of [...listeners]) listener(event);
      },
    };
    const element = document.createElement("lichtbild-ident");
    element.lang = "de";
    globalThis.element = element;
    globalThis.capture = capture;
    globalThis.heard = [];
    for (const type of ["lichtbild-ident", "lichtbild-ident-done", "lichtbild-ident-error"]) {
      element.addEventListener(type, ({ detail }) => globalThis.heard.push([type, detail]));
    }
    element.capture = capture;
    document.body.replaceChildren(element);
  };
}
