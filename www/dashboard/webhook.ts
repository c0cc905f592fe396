// The webhook's screen: where events go, setting, replacing and deleting it, its secret shown once, and what was delivered.

import type { Webhook } from "lichtbild";
import { fill, h } from "../shared/dom.js";
import { asFailure, type PartnerApi } from "./api.js";
import { deliveryList } from "./deliveries.js";
import { icon } from "./icons.js";
import { Slot } from "./keep.js";
import { announce, copyField, emptyBox, faultBox, isBusy, openDialog, skeleton, whileBusy, workButton } from "./parts.js";
import type { Screen } from "./screen.js";
import { Watch } from "./watch.js";
import { t } from "./words.js";

const REST_MILLIS = 5000;

export function webhookScreen(api: PartnerApi): Screen {
  const leaving = new AbortController();
  const title = h("h1", { tabindex: "-1" }, t("webhook.title"));
  const target = new Slot(h("section", { class: "card webhook", "aria-label": t("webhook.title") }));
  target.show("loading", () => skeleton(4));
  const watch = new Watch(look, () => REST_MILLIS, { title, empty: (why) => target.show(why, () => (why === "loading" ? skeleton(4) : null)) });
  const deliveries = deliveryList(api, () => void watch.now());
  deliveries.root.hidden = true;
  const root = h("div", { class: "screen" },
    h("header", { class: "screen-head" }, h("div", null, title, h("p", { class: "soft" }, t("webhook.text")))),
    h("p", { class: "note" }, icon("alert"), t(`webhook.of.${api.mode}`)),
    watch.fault.root, target.root, deliveries.root);

  async function look(): Promise<void> {
    const [webhook, sent] = await Promise.all([api.webhook(leaving.signal), api.deliveries(leaving.signal)]);
    target.show(webhook ?? "none", () => (webhook ? present(webhook) : absent()));
    deliveries.root.hidden = false;
    deliveries.update(sent);
  }

  const absent = () => [emptyBox("send", t("webhook.none"), t("webhook.none.text")), targetForm("", t("webhook.set"), "form inline-form", saved)];

  const present = (webhook: Webhook) => [
    h("div", { class: "webhook-head" },
      h("div", null, h("p", { class: "soft small" }, t("webhook.url")), h("p", { class: "code breakable url" }, webhook.url)),
      webhook.enabled ? h("span", { class: "badge good" }, icon("check"), t("webhook.on")) : h("span", { class: "badge bad" }, icon("pause"), t("webhook.off"))),
    !webhook.enabled && h("p", { class: "alert" }, t("webhook.off.text")),
    h("div", { class: "row" },
      h("button", { type: "button", class: "button secondary", "data-key": "replace", onclick: () => replaceDialog(webhook) }, icon("repeat"), t("webhook.replace")),
      h("button", { type: "button", class: "button danger", "data-key": "delete", onclick: () => deleteDialog(webhook) }, icon("bin"), t("webhook.delete"))),
  ];

  /** Asks the API for the address; the answer's secret is shown in its own dialog, this once. */
  function targetForm(url: string, label: string, look: string, onSaved: (webhook: Webhook) => void): HTMLFormElement {
    const field = h("input", { type: "url", required: true, value: url, placeholder: "https://", maxlength: 2000, autocomplete: "off", class: "code", spellcheck: "false" });
    const fault = h("div", null);
    const go = h("button", { type: "submit", class: "button" }, label);
    const form = h("form", { class: look }, h("label", { class: "field" }, h("span", null, t("webhook.url")), field, h("small", { class: "soft" }, t("webhook.url.hint"))), fault, h("footer", null, go));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (isBusy(go)) return;
      void whileBusy(go, t("webhook.set.busy"), label, async () => {
        fill(fault);
        try {
          onSaved(await api.setWebhook(field.value.trim()));
        } catch (error) {
          fill(fault, faultBox(asFailure(error)));
          field.focus();
        }
      });
    });
    return form;
  }

  function saved(webhook: Webhook): void {
    void watch.now();
    announce(t("webhook.saved"));
    if (!webhook.secret) return;
    const done = h("button", { type: "button", class: "button", onclick: () => box.close() }, t("webhook.secret.done"));
    const box = openDialog(t("webhook.secret"), [h("p", { class: "note" }, icon("key"), t("webhook.secret.text")), copyField(t("webhook.secret.label"), webhook.secret), h("footer", null, done)], () => title.focus());
  }

  function replaceDialog(webhook: Webhook): void {
    const form = targetForm(webhook.url, t("webhook.replace.go"), "form", (fresh) => {
      box.close();
      saved(fresh);
    });
    const box = openDialog(t("webhook.replace.title"), [h("p", null, t("webhook.replace.text")), form]);
  }

  function deleteDialog(webhook: Webhook): void {
    const fault = h("div", null);
    const stay = h("button", { type: "button", class: "button secondary", onclick: () => box.close() }, t("app.cancel"));
    const go = workButton(t("webhook.delete.go"), t("app.loading"), "danger solid", async () => {
      fill(fault);
      try {
        await api.removeWebhook();
      } catch (error) {
        fill(fault, faultBox(asFailure(error)));
        return;
      }
      box.close();
      announce(t("webhook.deleted"));
      title.focus();
      await watch.now();
    });
    const box = openDialog(t("webhook.delete.title"), [h("p", { class: "breakable" }, t("webhook.delete.text", { url: webhook.url })), fault, h("footer", null, stay, go)]);
    stay.focus();
  }

  return {
    root,
    title: () => t("webhook.title"),
    shown() {
      scrollTo(0, 0);
      title.focus({ preventScroll: true });
      void watch.now();
    },
    left: () => watch.pause(),
    dispose() {
      watch.stop();
      leaving.abort();
      deliveries.dispose?.();
    },
  };
}
