// Making a case by hand, and fresh links into one. In: what a person chooses in the dialog. Out: the link for the person who identifies.
// A sandbox key chooses the outcome; a live key makes a real case. The link's token stays in the dialog and goes with it.

import type { CreateCase, DocumentKind, SandboxPlan, SessionLink } from "lichtbild";
import { fill, h } from "../shared/dom.js";
import { asFailure, type PartnerApi } from "./api.js";
import { icon } from "./icons.js";
import { copyField, faultBox, isBusy, openDialog, whileBusy, type Box } from "./parts.js";
import { stateBadge, modeBadge } from "./states.js";
import { absolute, documentName, stepName, t } from "./words.js";

const OUTCOMES = ["success", "repeat", "rejected", "fraud_suspected", "document_not_supported", "document_not_accepted", "none"] as const;
const CAPTURING = ["front-video", "back-photo", "selfie-video"];
// What `robo-ident`, the flow of the cases made here, can take.
const DOCUMENTS = {
  germanIdCard: true,
  germanIdCardLaminated: true,
  passport: true,
  germanResidencePermit: true,
  swissIdCard: false,
  swissPermit: false,
  foreignIdCard: true,
  drivingLicence: false,
} satisfies Record<DocumentKind, boolean>;

/** The dialog for a new case; `onMade` hears of each. */
export function newCase(api: PartnerApi, onMade: () => void): void {
  const sandbox = api.mode === "sandbox";
  const outcome = h("select", null, OUTCOMES.map((name) => h("option", { value: name }, t(`new.outcome.${name}`))));
  const steps = CAPTURING.map((step) => tickBox(step, stepName(step), step === "selfie-video"));
  const times = h("input", { type: "number", min: 1, max: 9, value: 1, inputmode: "numeric" });
  const repeat = h("div", { class: "sub-form" },
    h("fieldset", null, h("legend", null, t("new.steps")), steps.map(({ label }) => label)),
    h("label", { class: "field" }, h("span", null, t("new.times")), times, h("small", { class: "soft" }, t("new.times.hint"))));
  const reference = h("input", { type: "text", maxlength: 64, autocomplete: "off" });
  const lang = h("select", null, h("option", { value: "" }, t("new.lang.browser")), h("option", { value: "de", lang: "de" }, "Deutsch"), h("option", { value: "en", lang: "en" }, "English"));
  const documents = Object.entries(DOCUMENTS).filter(([, taken]) => taken).map(([kind]) => tickBox(kind, documentName(kind), false));
  const passports = h("input", { type: "text", placeholder: "D, CHE", autocomplete: "off", autocapitalize: "characters", spellcheck: "false", class: "code" });
  const returnUrl = h("input", { type: "url", placeholder: "https://", autocomplete: "off", maxlength: 2000 });
  const fault = h("div", null);
  const go = h("button", { type: "submit", class: "button" }, t("new.go"));
  const showRepeat = () => (repeat.hidden = outcome.value !== "repeat");
  outcome.addEventListener("change", showRepeat);
  showRepeat();

  const form = h("form", { class: "form" },
    sandbox
      ? [h("label", { class: "field" }, h("span", null, t("new.outcome")), outcome), repeat]
      : h("p", { class: "note" }, icon("alert"), t("new.live")),
    h("label", { class: "field" }, h("span", null, t("new.reference")), reference, h("small", { class: "soft" }, t("new.reference.hint"))),
    h("label", { class: "field" }, h("span", null, t("new.lang")), lang),
    h("fieldset", null, h("legend", null, t("new.documents")), h("p", { class: "soft small" }, t("new.documents.hint")), documents.map(({ label }) => label)),
    h("label", { class: "field" }, h("span", null, t("new.passports")), passports, h("small", { class: "soft" }, t("new.passports.hint"))),
    h("label", { class: "field" }, h("span", null, t("new.return")), returnUrl, h("small", { class: "soft" }, t("new.return.hint"))),
    fault, h("footer", null, go));
  const box = openDialog(t(sandbox ? "new.title.sandbox" : "new.title"), form);

  // One key per wish: the same form sent twice, after a lost answer say, makes one case.
  let idempotency = crypto.randomUUID();
  form.addEventListener("change", () => (idempotency = crypto.randomUUID()));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (isBusy(go)) return;
    const chosen = steps.filter(({ box: tick }) => tick.checked).map(({ value }) => value);
    if (sandbox && outcome.value === "repeat" && chosen.length === 0) {
      fill(fault, h("p", { class: "alert", role: "alert" }, t("new.steps.none")));
      return;
    }
    const wish: CreateCase = { flow: "robo-ident" };
    const accepted = documents.filter(({ box: tick }) => tick.checked).map(({ value }) => value as DocumentKind);
    if (sandbox && outcome.value !== "none") wish.sandbox = plan(outcome.value as SandboxPlan["outcome"], chosen, Number(times.value) || 1);
    if (reference.value.trim()) wish.reference = reference.value.trim();
    if (lang.value) wish.lang = lang.value;
    if (returnUrl.value) wish.returnUrl = returnUrl.value;
    if (accepted.length > 0) wish.acceptedDocuments = accepted;
    const states = passports.value.toUpperCase().match(/[^\s,;]+/g);
    if (states) wish.acceptedPassports = states;
    void whileBusy(go, t("new.busy"), t("new.go"), async () => {
      fill(fault);
      try {
        const { case: made, session } = await api.create(wish, idempotency);
        onMade();
        const again = () => {
          box.close();
          newCase(api, onMade);
        };
        const head = h("p", { class: "row" }, h("b", { class: "made" }, t("new.made", { kennung: made.kennung })), stateBadge(made.state), modeBadge(made.mode));
        showLink(box, session, [head], [
          h("a", { class: "button secondary", href: `#/cases/${made.id}`, onclick: () => box.close() }, t("new.details")),
          h("button", { type: "button", class: "button secondary", onclick: again }, t("new.another")),
        ]);
      } catch (error) {
        const failure = asFailure(error);
        fill(fault, faultBox(failure, failure.status === 0 ? () => form.requestSubmit() : undefined));
      }
    });
  });
}

/** The dialog for a fresh link into a case. */
export function newLink(api: PartnerApi, id: string, kennung: string, bound: boolean): void {
  const box = openDialog(t("link.title", { kennung }), h("p", { class: "soft" }, t("app.loading")));
  const ask = async () => {
    try {
      const session = await api.link(id);
      showLink(box, session, [h("p", null, t("link.text")), bound && h("p", { class: "soft" }, t("link.bound"))], []);
    } catch (error) {
      fill(box.body, faultBox(asFailure(error), () => void ask()));
    }
  };
  void ask();
}

export function showLink(box: Box, session: SessionLink, before: (Node | false)[], ways: Node[]): void {
  const open = h("a", { class: "button", href: session.url, target: "_blank", rel: "noopener noreferrer" }, icon("link"), t("link.open"));
  fill(box.body, before, copyField(t("link.label"), session.url),
    h("p", { class: "soft small" }, t("link.until", { time: absolute(session.expiresAt) }), " ", t("link.secret")),
    h("footer", null, ways, open));
  open.focus();
}

export function tickBox(value: string, text: string, checked: boolean): { value: string; box: HTMLInputElement; label: HTMLLabelElement } {
  const box = h("input", { type: "checkbox", value, checked });
  return { value, box, label: h("label", { class: "tick" }, box, h("span", null, text)) };
}

function plan(outcome: SandboxPlan["outcome"], steps: string[], times: number): SandboxPlan {
  return outcome === "repeat" ? { outcome, steps, times } : { outcome };
}
