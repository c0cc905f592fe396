// A page for the loader, as small as it can be: custom elements, one iframe, messages, timers that the test moves.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import vm from "node:vm";
import { pkg } from "./sources.mjs";

export const loaderSource = readFileSync(join(pkg, "dist/loader.js"), "utf8");
export const PARTNER = "https://portal.example";
export const BACKEND = "https://ident.example";

/** A page at the partner's that has run the loader from the backend. */
export function page({ lang = "de" } = {}) {
  const listeners = new Set();
  const timers = [];
  const said = { warn: [], error: [], sent: [], left: [] };

  class Node {
    children = [];
    style = {};
    attributes = new Map();
    append(...nodes) {
      this.children.push(...nodes);
    }
    replaceChildren(...nodes) {
      for (const child of this.children) if (typeof child === "object") child.isConnected = false;
      this.children = nodes;
      for (const node of nodes) if (typeof node === "object") node.isConnected = true;
    }
    getAttribute(name) {
      return this.attributes.get(name) ?? null;
    }
    setAttribute(name, value) {
      this.attributes.set(name, value);
      if (this.constructor.observedAttributes?.includes(name)) this.attributeChangedCallback?.();
    }
  }

  class HTMLElement extends Node {
    isConnected = false;
    lang = "";
    heard = [];
    prevents = new Set();
    attachShadow() {
      return (this.shadowRoot = new Node());
    }
    dispatchEvent(event) {
      this.heard.push(event);
      return !this.prevents.has(event.type);
    }
  }

  const element = (tag) => {
    const node = new Node();
    node.tag = tag;
    if (tag === "iframe") {
      node.contentWindow = { postMessage: (message, origin) => said.sent.push({ message: structuredClone(message), origin }) };
    }
    return node;
  };
  const defined = new Map();
  const customElements = {
    get: (name) => defined.get(name),
    define(name, type) {
      if (defined.has(name)) throw new Error(`${name} is defined twice`);
      defined.set(name, type);
    },
  };
  const scope = vm.createContext({
    HTMLElement,
    customElements,
    URL,
    CustomEvent: class {
      constructor(type, { detail, cancelable }) {
        Object.assign(this, { type, detail, cancelable });
      }
    },
    document: { currentScript: { src: `${BACKEND}/assets/0.1.0/loader.js` }, documentElement: { lang }, createElement: element },
    navigator: { language: "fr-CH" },
    DOMException,
    location: { href: `${PARTNER}/antrag`, origin: PARTNER, assign: (url) => said.left.push(url) },
    console: { warn: (text) => said.warn.push(text), error: (text) => said.error.push(text) },
    addEventListener: (type, listener) => type === "message" && listeners.add(listener),
    removeEventListener: (type, listener) => listeners.delete(listener),
    queueMicrotask: (task) => timers.push({ at: 0, task }),
    setTimeout: (task, millis) => timers.push({ at: millis, task }),
    clearTimeout: (id) => id && (timers[id - 1].task = undefined),
  });

  /** Lets time pass up to `millis` after the beginning. */
  const pass = (millis = 0) => {
    for (const timer of timers) {
      if (timer.at > millis) continue;
      const { task } = timer;
      timer.task = undefined;
      task?.();
    }
  };
  const run = (source) => vm.runInContext(source, scope);

  /** Puts the element into the page. */
  const mount = (attributes = {}) => {
    const node = new (defined.get("lichtbild-ident"))();
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    node.isConnected = true;
    node.connectedCallback();
    pass();
    const frame = node.shadowRoot.children[0];
    const hear = (data, { source = frame.contentWindow, origin = BACKEND } = {}) => {
      for (const listener of listeners) listener({ source, origin, data });
    };
    return { node, frame, hear, ready: () => hear({ lichtbild: 1, type: "ready" }) };
  };
  run(loaderSource);
  return { mount, pass, run, said, scope, listeners };
}
