// The partner's dashboard: who is signed in, which screen the address's fragment asks for, and the frame around it.
// In: `#/cases`, `#/cases/<id>`, `#/webhook`. Out: one screen at a time; the list rests while another is shown.

import { byId, fill, h } from "../shared/dom.js";
import { PartnerApi, type Failure } from "./api.js";
import { caseScreen } from "./case.js";
import { icon } from "./icons.js";
import { forgetKey, storeKey, storedKey } from "./key.js";
import { listScreen } from "./list.js";
import { closeDialogs, emptyBox } from "./parts.js";
import type { Screen } from "./screen.js";
import { signInScreen, type Why } from "./signin.js";
import { speakFirst, speakOther, t, tick } from "./words.js";
import { webhookScreen } from "./webhook.js";

interface SignedIn {
  api: PartnerApi;
  list: ReturnType<typeof listScreen>;
}

let signedIn: SignedIn | undefined;
let screen: Screen | undefined;

const main = h("main", { id: "content", tabindex: "-1" });

function enter(key: string): void {
  storeKey(key);
  const api = new PartnerApi(key, (failure) => signedIn?.api === api && signOut("ended", failure));
  signedIn = { api, list: listScreen(api) };
  route();
}

function signOut(why: Why, failure?: Failure): void {
  forgetKey();
  const { list } = signedIn ?? {};
  signedIn = undefined;
  show(signInScreen(why, failure, enter));
  list?.dispose();
}

/** Shows what the address asks for. */
function route(): void {
  if (!signedIn) {
    show(signInScreen("first", undefined, enter));
    return;
  }
  const { api, list } = signedIn;
  const path = location.hash.replace(/^#\/?/, "");
  const [, id] = /^cases\/([0-9A-Za-z-]{1,64})$/.exec(path) ?? [];
  if (path === "" || path === "cases") show(list);
  else if (id) show(caseScreen(api, id.toLowerCase(), () => erased(id.toLowerCase())));
  else if (path === "webhook") show(webhookScreen(api));
  else show(nowhere());
}

function erased(id: string): void {
  signedIn?.list.forget(id);
  location.hash = "#/cases";
}

function show(next: Screen): void {
  const before = screen;
  const list = signedIn?.list;
  closeDialogs();
  before?.leaving?.();
  before?.left();
  if (before && before !== list) before.dispose();
  screen = next;
  frame();
  fill(main, next.root);
  document.title = [next.title(), signedIn?.api.mode === "sandbox" && t("app.sandbox"), "Lichtbild"].filter(Boolean).join(" – ");
  next.shown(before !== undefined && before !== next && next === list);
}

function nowhere(): Screen {
  const title = h("h1", { tabindex: "-1", class: "sr" }, t("app.not-found"));
  return {
    root: h("div", { class: "screen" }, title, emptyBox("search", t("app.not-found"), t("app.not-found.text"), h("a", { href: "#/cases", class: "button" }, t("app.to-cases")))),
    title: () => t("app.not-found"),
    shown: () => title.focus(),
    left: () => undefined,
    dispose: () => undefined,
  };
}

/** What is around the screen: brand, kind of key, ways, language, sign-out. */
function frame(): void {
  const mode = signedIn?.api.mode;
  const here = location.hash.startsWith("#/webhook") ? "webhook" : "cases";
  const way = (name: "cases" | "webhook") => h("a", { href: `#/${name}`, "aria-current": name === here ? "page" : null, class: "way" }, t(`app.${name}`));
  document.documentElement.classList.toggle("sandbox", mode === "sandbox");
  fill(byId("head"),
    h("a", { class: "brand", href: "#/cases" }, h("img", { class: "brand-mark", src: iconAddress(), alt: "" }), h("span", null, "Lichtbild", h("span", { class: "brand-what" }, t("app.name")))),
    mode && h("span", { class: `badge mode ${mode}`, id: "mode" }, icon(mode === "sandbox" ? "flask" : "check"), t(`app.${mode}`)),
    mode && h("nav", { "aria-label": t("app.nav") }, way("cases"), way("webhook"), h("a", { href: "/docs", class: "way" }, t("app.docs"))),
    h("div", { class: "head-tools" },
      h("button", { type: "button", class: "way", id: "lang", lang: t("app.lang.tag"), onclick: () => void otherLang() }, h("span", { class: "phone-only", "aria-hidden": "true" }, t("app.lang.tag").toUpperCase()), h("span", { class: "phone-sr" }, t("app.lang"))),
      mode && h("button", { type: "button", class: "way", id: "sign-out", onclick: () => signOut("out") }, icon("out"), h("span", { class: "phone-sr" }, t("app.sign-out")))));
  const why = byId("sandbox-why");
  why.hidden = mode !== "sandbox";
  fill(why, icon("flask"), h("p", null, t("app.sandbox.why")));
  fill(byId("skip"), t("app.skip"));
}

/** The page's own icon, whose address the built page knows. */
const iconAddress = (): string | undefined => document.querySelector<HTMLLinkElement>("link[rel=icon]")?.href;

/** Everything is drawn anew in the other language, with the same key and at the same place. */
async function otherLang(): Promise<void> {
  await speakOther();
  const key = storedKey();
  const scrolled = scrollY;
  const { list } = signedIn ?? {};
  signedIn = undefined;
  if (key && list) {
    enter(key);
    list.dispose();
  } else route();
  scrollTo(0, scrolled);
  byId("lang").focus({ preventScroll: true });
}

async function start(): Promise<void> {
  await speakFirst();
  fill(byId("place"),
    h("a", { class: "skip", id: "skip", href: "#content", onclick: (event) => {
      event.preventDefault();
      main.focus();
    } }),
    h("header", { class: "head" }, h("div", { class: "head-row", id: "head" })),
    h("div", { id: "sandbox-why", class: "sandbox-why", hidden: true }),
    main,
    h("div", { id: "announced", class: "announced", role: "status", "aria-live": "polite" }));
  addEventListener("hashchange", route);
  setInterval(tick, 20_000);
  const key = storedKey();
  if (key) enter(key);
  else route();
}

void start();
