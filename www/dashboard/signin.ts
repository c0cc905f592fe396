// Signing in with an API key. In: why somebody has to. Out: a key that the API has accepted. A key that does not even look like
// one is not sent.

import { fill, h } from "../shared/dom.js";
import { Failure, PartnerApi, asFailure, looksLikeKey } from "./api.js";
import { icon } from "./icons.js";
import { faultBox, isBusy, whileBusy } from "./parts.js";
import type { Screen } from "./screen.js";
import { t } from "./words.js";

/** `ended`: the key that was used is refused now; `out`: signed out by hand. */
export type Why = "first" | "ended" | "out";

export function signInScreen(why: Why, failure: Failure | undefined, onKey: (key: string) => void): Screen {
  const field = h("input", { type: "password", id: "key", name: "key", autocomplete: "off", autocapitalize: "none", spellcheck: "false", class: "code", "aria-describedby": "key-hint key-fault" });
  const show = h("input", { type: "checkbox" });
  show.addEventListener("change", () => (field.type = show.checked ? "text" : "password"));
  const fault = h("div", { id: "key-fault" });
  const go = h("button", { type: "submit", class: "button" }, t("sign-in.go"));
  const title = h("h1", { tabindex: "-1" }, t("sign-in.title"));
  const form = h("form", { class: "form", novalidate: true },
    h("label", { class: "field" }, h("span", null, t("sign-in.key")), field),
    h("label", { class: "tick" }, show, h("span", null, t("sign-in.show"))),
    h("p", { id: "key-hint", class: "soft small" }, t("sign-in.hint")),
    fault, go);

  const refuse = (text: string, code?: string) => {
    fill(fault, h("div", { class: "alert fault", role: "alert" }, icon("alert"), h("div", null, h("p", null, text), code && h("p", { class: "small code" }, `${t("app.code")}: ${code}`))));
    field.setAttribute("aria-invalid", "true");
    field.focus();
  };
  const attempt = async () => {
    const key = field.value.trim();
    fill(fault);
    field.removeAttribute("aria-invalid");
    if (!key) return refuse(t("sign-in.empty"));
    if (!looksLikeKey(key)) return refuse(t("sign-in.form"));
    try {
      await new PartnerApi(key, () => undefined).cases({ limit: 1 });
      onKey(key);
    } catch (error) {
      const failure = asFailure(error);
      if (failure.status === 401) refuse(t("sign-in.refused"), failure.code);
      else fill(fault, faultBox(failure, () => form.requestSubmit()));
    }
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!isBusy(go)) void whileBusy(go, t("sign-in.busy"), t("sign-in.go"), attempt);
  });
  const note = why === "ended" ? h("p", { class: "alert", role: "alert" }, t("sign-in.ended"), failure && [" ", h("span", { class: "code small" }, failure.code)]) : why === "out" ? h("p", { class: "note", role: "status" }, icon("check"), t("sign-in.out")) : null;
  const root = h("div", { class: "screen sign-in" }, h("div", { class: "card" }, h("div", { class: "sign-in-mark" }, icon("key")), title, h("p", { class: "soft" }, t("sign-in.text")), note, form));
  return {
    root,
    title: () => t("sign-in.title"),
    shown: () => (why === "first" ? field : title).focus(),
    left: () => undefined,
    dispose: () => undefined,
  };
}
