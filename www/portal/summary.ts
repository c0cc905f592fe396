// Third step: everything at a glance, each part with a way to change it, and the person's own confirmation.

import { birthDay } from "./check.js";
import { complete, dayText, euros, excessCents, millions, monthlyCents } from "./offer.js";
import type { Step } from "./api.js";
import { busy, h, heading, ways, type Draw, type Portal } from "./parts.js";

export const summary: Draw = (portal) => {
  const { text } = portal;
  const box = h("input", { type: "checkbox", id: "agree", required: true, checked: portal.application.done.includes("summary"), "aria-describedby": "agree-wrong" });
  const wrong = h("p", { class: "wrong", id: "agree-wrong", role: "alert", hidden: true }, text("summary.agree.wrong"));
  const agreed = () => {
    wrong.hidden = box.checked;
    box.setAttribute("aria-invalid", String(!box.checked));
    return box.checked;
  };
  box.addEventListener("change", agreed);
  const form = h(
    "form",
    { class: "sheet", novalidate: true },
    h("div", { class: "glance" }, cover(portal), about(portal)),
    h("section", { class: "steps" }, h("h2", null, text("summary.next.title")), h("ol", null, ([1, 2, 3] as const).map((number) => h("li", null, text(`summary.next.${number}`))))),
    h("div", { class: "entry" }, h("label", { class: "agree" }, box, h("span", null, text("summary.agree"))), wrong, h("p", { class: "small soft" }, text("summary.withdraw"))),
    ways(portal, text("summary.go"), "person"),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!agreed()) return box.focus();
    void busy(form, text("trouble.save"), async () => {
      await portal.save({ done: ["tariff", "person", "summary"] });
      portal.go("identification");
    });
  });
  return { title: "summary.title", body: [heading(text("summary.title")), h("p", { class: "lead" }, text("summary.lead")), form] };
};

function cover(portal: Portal): HTMLElement {
  const { text, lang, application } = portal;
  const tariff = complete(application.tariff, new Date());
  const excess = tariff.excess === "with" ? text("excess.with", { euros: euros(excessCents, lang) }) : text("excess.none");
  return part(portal, text("summary.cover"), "tariff", text("summary.change.tariff"), [
    ["", h("b", null, text("summary.product", { level: text(`level.${tariff.level}`) }))],
    [text("summary.insured"), text(`household.${tariff.household}`)],
    [text("summary.sum"), text("level.sum", { millions: millions(tariff.level) })],
    [text("summary.excess"), excess],
    [text("summary.begin"), dayText(tariff.begin, lang)],
    [text("summary.price"), h("b", null, text("level.monthly", { price: euros(monthlyCents(tariff), lang) }))],
  ]);
}

function about(portal: Portal): HTMLElement {
  const { text, lang, application } = portal;
  const { firstName, lastName, street, houseNumber, postcode, city, email } = application.person;
  const born = birthDay(application.person);
  return part(portal, text("summary.person"), "person", text("summary.change.person"), [
    [text("summary.name"), `${firstName} ${lastName}`],
    [text("summary.birth"), born ? dayText(born, lang) : ""],
    [text("summary.address"), h("span", null, `${street} ${houseNumber}`, h("br"), `${postcode} ${city}`)],
    [text("summary.email"), email ?? ""],
  ]);
}

function part({ go }: Portal, title: string, step: Step, change: string, rows: [string, Node | string][]): HTMLElement {
  return h(
    "section",
    null,
    h("div", { class: "title" }, h("h2", null, title), h("button", { class: "link", type: "button", onclick: () => go(step) }, change)),
    h("dl", null, rows.map(([term, value]) => (term ? h("div", null, h("dt", null, term), h("dd", null, value)) : h("div", { class: "whole" }, h("dt", { class: "sr" }, title), h("dd", null, value))))),
  );
}
