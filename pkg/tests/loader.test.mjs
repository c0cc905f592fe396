// The script tag: small, alone, and careful about whom it listens and speaks to.

import assert from "node:assert/strict";
import { test } from "node:test";
import { version } from "./support/sources.mjs";
import { BACKEND, PARTNER, loaderSource, page } from "./support/page.mjs";

const event = (detail) => ({ lichtbild: 1, type: "event", event: detail });

test("the loader has at most 5 kB, imports nothing and asks for nothing", () => {
  assert.ok(Buffer.byteLength(loaderSource) <= 5000, `${Buffer.byteLength(loaderSource)} bytes`);
  assert.doesNotMatch(loaderSource, /\bimport\b|\bexport\b|\bfetch\(|XMLHttpRequest|\beval\b|innerHTML|new Function/);
});

test("it mounts the backend's capture page and tells it the partner's origin", () => {
  const { frame } = page().mount({ session: "lbs_abc" });
  const address = new URL(frame.src);
  assert.equal(address.origin + address.pathname, `${BACKEND}/jump/`);
  assert.equal(address.hash, `#o=${encodeURIComponent(PARTNER)}`);
  assert.match(frame.allow, /^camera; microphone/);
  assert.ok(frame.title);
});

test("the token is in no address", () => {
  assert.ok(!page().mount({ session: "lbs_secret" }).frame.src.includes("lbs_secret"));
});

test("an endpoint of its own is where the page comes from, and the only one it speaks to", () => {
  const here = page();
  const { frame, hear } = here.mount({ endpoint: "https://other.example/path", session: "lbs_abc" });
  assert.ok(frame.src.startsWith("https://other.example/jump/"));
  hear({ lichtbild: 1, type: "ready" }, { origin: "https://other.example" });
  assert.deepEqual(here.said.sent.map(({ origin }) => origin), ["https://other.example"]);
});

test("every message names its target and its version", () => {
  const here = page();
  const { node, ready } = here.mount({ session: "lbs_abc", lang: "de", theme: "dark", sounds: "off" });
  ready();
  node.act({ type: "cancel" });
  node.setAttribute("theme", "light");
  assert.deepEqual(here.said.sent, [
    { message: { lichtbild: 1, type: "open", session: "lbs_abc", lang: "de", theme: "dark", sounds: "off" }, origin: BACKEND },
    { message: { lichtbild: 1, type: "act", action: { type: "cancel" } }, origin: BACKEND },
    { message: { lichtbild: 1, type: "open", session: "lbs_abc", lang: "de", theme: "light", sounds: "off" }, origin: BACKEND },
  ]);
});

test("nothing is said before the page is ready; actions wait", () => {
  const here = page();
  const { node, ready } = here.mount({ session: "lbs_abc" });
  node.act({ type: "help" });
  node.setAttribute("lang", "en");
  assert.deepEqual(here.said.sent, []);
  ready();
  assert.deepEqual(here.said.sent.map(({ message }) => message.type), ["open", "act"]);
});

test("an element that is moved twice in one task shows one page, and its link once if none answers", () => {
  const here = page();
  const { node } = here.mount({ session: "lbs_abc" });
  const shown = [];
  const { shadowRoot } = node;
  const replace = shadowRoot.replaceChildren.bind(shadowRoot);
  shadowRoot.replaceChildren = (...nodes) => replace(...(shown.push(nodes[0].tag), nodes));
  for (let moves = 0; moves < 2; moves++) {
    node.disconnectedCallback();
    node.connectedCallback();
  }
  here.pass();
  assert.deepEqual(shown, ["iframe"]);
  here.pass(20_000);
  assert.deepEqual(shown, ["iframe", "p"]);
  assert.equal(node.heard.length, 1);
});

const strangers = [
  ["another origin", event({ type: "changed" }), { origin: "https://evil.example" }],
  ["another window", event({ type: "changed" }), { source: { postMessage() {} } }],
  ["no window at all", event({ type: "changed" }), { source: null }],
  ["another version", { lichtbild: 2, type: "event", event: { type: "changed" } }, {}],
  ["another script", { type: "event", event: { type: "changed" } }, {}],
  ["somebody who sends text", "hello", {}],
  ["somebody who sends nothing", null, {}],
];
for (const [who, data, from] of strangers) {
  test(`a message of ${who} is ignored`, () => {
    const here = page();
    const { node, hear } = here.mount({ session: "lbs_abc" });
    hear(data, from);
    hear({ ...(typeof data === "object" ? data : {}), type: "ready" }, from);
    assert.deepEqual(node.heard, []);
    assert.deepEqual(here.said.sent, []);
  });
}

test("events come out under the element's name; the last two also under their own", () => {
  const { node, ready, hear } = page().mount({ session: "lbs_abc" });
  ready();
  hear(event({ type: "stepChanged", step: "front-video" }));
  hear(event({ type: "failed", code: "camera.in_use", retryable: true }));
  hear(event({ type: "done", outcome: "success", kennung: "82d82c7" }));
  assert.deepEqual(node.heard.map(({ type, detail }) => [type, detail.type ?? { ...detail }]), [
    ["lichtbild-ident", "stepChanged"],
    ["lichtbild-ident", "failed"],
    ["lichtbild-ident-error", { code: "camera.in_use", retryable: true }],
    ["lichtbild-ident", "done"],
    ["lichtbild-ident-done", { outcome: "success", kennung: "82d82c7" }],
  ]);
});

test("the way back is taken unless the partner's page prevents it", () => {
  const leave = event({ type: "leave", url: `${PARTNER}/fertig` });
  const here = page();
  const { node, ready, hear } = here.mount({ session: "lbs_abc" });
  ready();
  node.prevents.add("lichtbild-ident");
  hear(leave);
  hear(event({ type: "leave" }));
  assert.deepEqual(here.said.left, []);
  node.prevents.clear();
  hear(leave);
  assert.deepEqual(here.said.left, [`${PARTNER}/fertig`]);
});

test("the frame is as high as its page says, and never without height", () => {
  const { frame, ready, hear } = page().mount({ session: "lbs_abc" });
  ready();
  hear({ lichtbild: 1, type: "resize", height: 640.2 });
  assert.equal(frame.style.height, "641px");
  for (const height of [0, -5, undefined, "20em"]) hear({ lichtbild: 1, type: "resize", height });
  assert.equal(frame.style.height, "641px");
});

test("when no page answers, people get a link, the partner an error, and developers the policy they need", () => {
  const here = page();
  const { node } = here.mount({ session: "lbs/abc" });
  here.pass(20_000);
  const [paragraph] = node.shadowRoot.children;
  const link = paragraph.children.find((child) => child.tag === "a");
  assert.equal(link.href, `${BACKEND}/jump/#s=lbs%2Fabc`);
  assert.match(paragraph.children[0], /anzeigen/);
  assert.deepEqual(node.heard.map(({ type, detail }) => [type, detail.code]), [["lichtbild-ident-error", "network.unreachable"]]);
  assert.match(here.said.error[0], /frame-src https:\/\/ident\.example/);
});

test("a page that answered in time is left alone", () => {
  const here = page({ lang: "en" });
  const { node, ready, frame } = here.mount({ session: "lbs_abc" });
  ready();
  here.pass(20_000);
  assert.deepEqual(node.shadowRoot.children, [frame]);
  assert.deepEqual(here.said.error, []);
});

test("an element that left the page hears nothing more", () => {
  const here = page();
  const { node, hear, ready } = here.mount({ session: "lbs_abc" });
  ready();
  node.isConnected = false;
  node.disconnectedCallback();
  hear(event({ type: "changed" }));
  assert.deepEqual(node.heard, []);
  assert.equal(here.listeners.size, 0);
});

test("the same script twice is one element; another version is ignored with a warning", () => {
  const here = page();
  here.run(loaderSource);
  assert.deepEqual(here.said.warn, []);
  here.run(loaderSource.replaceAll(version, "9.9.9"));
  assert.equal(here.said.warn.length, 1);
  assert.ok(here.said.warn[0].includes(version) && here.said.warn[0].includes("9.9.9"));
  assert.equal(here.scope.Lichtbild.version, version);
});

const receipt = { case: "82d82c7e-51f0-4c43-9a55-3f0c6d0e4b11", kennung: "82d82c7", outcome: "success" };
const stuck = { lichtbild: 1, type: "stuck", code: "session.expired", retryable: false };

test("start resolves with the receipt, for everyone who asked and who asks later", async () => {
  const { node, hear, ready } = page().mount({ session: "lbs_abc" });
  const first = node.start();
  ready();
  const second = node.start();
  hear({ lichtbild: 1, type: "receipt", receipt });
  assert.deepEqual(await Promise.all([first, second, node.start()]), [receipt, receipt, receipt]);
  node.setAttribute("session", "lbs_other");
  assert.equal(await Promise.race([node.start(), "another case"]), "another case");
});

test("a failure from which the person goes on ends no start; one from which nobody can does", async () => {
  const { node, hear, ready } = page().mount({ session: "lbs_abc" });
  ready();
  const start = node.start();
  hear(event({ type: "failed", code: "engine.unavailable", retryable: false }));
  assert.equal(await Promise.race([start, "goes on"]), "goes on");
  hear(stuck);
  await assert.rejects(start, { name: "CaptureError", code: "session.expired", retryable: false });
});

test("start ends with the element, with the page's signal, and where no page answers", async () => {
  const here = page();
  const { node } = here.mount({ session: "lbs_abc" });
  const aborts = new AbortController();
  const aborted = node.start({ signal: aborts.signal });
  aborts.abort(new Error("changed my mind"));
  await assert.rejects(aborted, /changed my mind/);
  await assert.rejects(node.start({ signal: aborts.signal }), /changed my mind/);
  const unanswered = node.start();
  here.pass(20_000);
  await assert.rejects(unanswered, { code: "network.unreachable" });
  const removed = node.start();
  node.isConnected = false;
  node.disconnectedCallback();
  here.pass();
  await assert.rejects(removed, { name: "AbortError" });
});
