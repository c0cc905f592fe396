// What a clerk does to a case, each in a dialog that asks for the reason and for who it is: judging a rule, deciding, putting steps back,
// beginning anew, correcting the master data. In: the review. Who it is stays in memory until the page is left.

import type { MasterData, PermitCategory, RuleKind, SessionLink, Verdict } from "lichtbild";
import { fill, h } from "../shared/dom.js";
import { asFailure } from "./api.js";
import { showLink, tickBox } from "./newcase.js";
import { announce, faultBox, isBusy, openDialog, whileBusy, type Box } from "./parts.js";
import { fieldName, type Acts } from "./review.js";
import { named, stepName, t } from "./words.js";

const TEXTS = ["surname", "givenNames", "birthDate", "nationality", "documentNumber", "issuer", "address", "occupation"] as const;
const CATEGORIES = Object.keys({ B: 1, C: 1, Ci: 1, G: 1, L: 1, N: 1, F: 1, S: 1 } satisfies Record<PermitCategory, 1>) as PermitCategory[];
const NOTE_MAX = 500;
const CLERK_MAX = 64;

let me = "";

interface Asked {
  title: string;
  text: string;
  go: string;
  danger?: boolean;
  before?: Node[];
  /** Says what is missing, or does it. */
  act(reason: string, clerk: { clerk?: string }): Promise<string | void>;
}

/** A dialog that asks why and who. */
function ask({ review }: Acts, { title, text, go: label, danger = false, before = [], act }: Asked): Box {
  const reason = h("textarea", { required: true, rows: 3, maxlength: NOTE_MAX, autocomplete: "off" });
  const clerk = h("input", { type: "text", required: true, maxlength: CLERK_MAX, autocomplete: "off", value: me });
  const fault = h("div", null);
  const go = h("button", { type: "submit", class: `button ${danger ? "danger solid" : ""}` }, label);
  const stay = h("button", { type: "button", class: "button secondary", onclick: () => box.close() }, t("app.cancel"));
  const form = h("form", { class: "form" },
    h("p", { class: "soft" }, text), before,
    h("label", { class: "field" }, h("span", null, t("clerk.reason")), reason, h("small", { class: "soft" }, t("clerk.reason.hint"))),
    review.clerk === undefined
      ? h("label", { class: "field" }, h("span", null, t("clerk.who")), clerk, h("small", { class: "soft" }, t("clerk.who.hint")))
      : h("p", { class: "soft small" }, t("clerk.as", { clerk: review.clerk })),
    fault, h("footer", null, stay, go));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (isBusy(go)) return;
    me = clerk.value.trim();
    void whileBusy(go, t("clerk.busy"), label, async () => {
      fill(fault);
      try {
        const missing = await act(reason.value.trim(), review.clerk === undefined ? { clerk: me } : {});
        if (missing) fill(fault, h("p", { class: "alert", role: "alert" }, missing));
      } catch (error) {
        fill(fault, faultBox(asFailure(error)));
      }
    });
  });
  const box = openDialog(title, form);
  reason.focus();
  return box;
}

export function judgeDialog(acts: Acts, rule: RuleKind, good: boolean): void {
  const { api, review, onChange } = acts;
  const name = named("rule", rule);
  const box = ask(acts, {
    title: name,
    text: t(good ? "judge.good.text" : "judge.bad.text"),
    go: t(good ? "rule.judge.good" : "rule.judge.bad"),
    danger: !good,
    async act(reason, clerk) {
      await api.judge(review.case, rule, { good, reason, ...clerk });
      box.close();
      announce(t("judge.done", { rule: name }));
      onChange();
    },
  });
}

export function decideDialog(acts: Acts, verdict: Verdict): void {
  const { api, review, kennung, onChange } = acts;
  const box = ask(acts, {
    title: t(`decide.${verdict}.title`, { kennung }),
    text: t(`decide.${verdict}.text`),
    go: t(verdict === "approve" ? "review.approve" : "review.reject"),
    danger: verdict === "reject",
    async act(reason, clerk) {
      const { state } = await api.decide(review.case, { verdict, reason, ...clerk });
      box.close();
      announce(t(state === "in_review" ? "decide.first" : `decide.${verdict}.done`));
      onChange();
    },
  });
}

export function putBackDialog(acts: Acts): void {
  const { api, review, kennung } = acts;
  const steps = review.steps.map((step) => tickBox(step, stepName(step), false));
  const box: Box = ask(acts, {
    title: t("put-back.title", { kennung }),
    text: t("put-back.text"),
    go: t("review.put-back"),
    before: [h("fieldset", null, h("legend", null, t("put-back.steps")), steps.map(({ label }) => label))],
    async act(reason, clerk) {
      const chosen = steps.filter(({ box: tick }) => tick.checked).map(({ value }) => value);
      if (chosen.length === 0) return t("put-back.none");
      sent(acts, box, await api.putBack(review.case, { steps: chosen, reason, ...clerk }));
    },
  });
}

export function restartDialog(acts: Acts): void {
  const { api, review, kennung } = acts;
  const box: Box = ask(acts, {
    title: t("restart.title", { kennung }),
    text: t("restart.text"),
    go: t("review.restart"),
    async act(reason, clerk) {
      sent(acts, box, await api.restart(review.case, { reason, ...clerk }));
    },
  });
}

/** The case is with the person again: the link is for them. */
function sent({ onChange }: Acts, box: Box, session: SessionLink): void {
  announce(t("put-back.done"));
  onChange();
  showLink(box, session, [h("p", null, t("put-back.link"))], []);
}

export function correctDialog({ api, review, onChange }: Acts): void {
  const { expected } = review;
  const fields = TEXTS.map((name) => {
    const given = { maxlength: 200, autocomplete: "off", name };
    // An address has lines.
    const input = name === "address" ? h("textarea", { ...given, rows: 3 }) : h("input", { ...given, type: name === "birthDate" ? "date" : "text" });
    input.value = expected[name] ?? "";
    return { name, input, label: h("label", { class: "field" }, h("span", null, fieldName(name)), input) };
  });
  const category = h("select", { name: "permitCategory" }, h("option", { value: "" }, t("data.category.none")),
    CATEGORIES.map((name) => h("option", { value: name, selected: expected.permitCategory === name }, name)));
  const clerk = h("input", { type: "text", required: true, maxlength: CLERK_MAX, autocomplete: "off", value: me });
  const fault = h("div", null);
  const go = h("button", { type: "submit", class: "button" }, t("data.save"));
  const form = h("form", { class: "form" },
    h("p", { class: "soft" }, t("data.correct.text")),
    h("div", { class: "fields" }, fields.map(({ label }) => label), h("label", { class: "field" }, h("span", null, fieldName("permitCategory")), category)),
    review.clerk === undefined && h("label", { class: "field" }, h("span", null, t("clerk.who")), clerk, h("small", { class: "soft" }, t("clerk.who.hint"))),
    fault, h("footer", null, go));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (isBusy(go)) return;
    me = clerk.value.trim();
    const data: MasterData = expected.documentKind === undefined ? {} : { documentKind: expected.documentKind };
    for (const { name, input } of fields) if (input.value.trim()) data[name] = input.value.trim();
    const chosen = CATEGORIES.find((name) => name === category.value);
    if (chosen) data.permitCategory = chosen;
    void whileBusy(go, t("clerk.busy"), t("data.save"), async () => {
      fill(fault);
      try {
        await api.change(review.case, { expected: data, ...(review.clerk === undefined ? { clerk: me } : {}) });
        box.close();
        announce(t("data.saved"));
        onChange();
      } catch (error) {
        fill(fault, faultBox(asFailure(error)));
      }
    });
  });
  const box = openDialog(t("data.correct"), form);
}
