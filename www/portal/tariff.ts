// First step: who is insured, how well, from when, and what it costs. Every choice shows its price at once.

import type { Tariff } from "./api.js";
import { EXCESSES, HOUSEHOLDS, LEVELS, beginRange, canBegin, complete, dayText, euros, excessCents, millions, monthlyCents } from "./offer.js";
import { busy, drawing, fill, h, heading, icon, ways, type Draw, type Portal } from "./parts.js";
import type { Key } from "./texts.js";

export const tariff: Draw = (portal) => {
  const { text } = portal;
  const today = new Date();
  const chosen = complete(portal.application.tariff, today);
  if (!canBegin(chosen.begin, today)) chosen.begin = beginRange(today)[0];
  const price = h("div", { class: "amount" });
  const sums = new Map<Tariff["level"], HTMLElement>();

  const choose = (change: Partial<Tariff>) => {
    Object.assign(chosen, change);
    portal.keep({ tariff: chosen });
    showPrice();
  };
  const showPrice = () => {
    fill(price, ...amount(portal, chosen));
    for (const [level, place] of sums) fill(place, h("b", null, euros(monthlyCents({ ...chosen, level }), portal.lang)), " ", text("price.month"));
  };

  const group = <Name extends "household" | "level" | "excess">(name: Name, title: Key, values: Tariff[Name][], inside: (value: Tariff[Name]) => (Node | string)[]) =>
    h(
      "fieldset",
      { class: `choices ${name}` },
      h("legend", null, text(title)),
      values.map((value) =>
        h(
          "label",
          { class: "choice" },
          h("input", { type: "radio", name, value, checked: chosen[name] === value, onchange: () => choose({ [name]: value }) }),
          ...inside(value),
        ),
      ),
    );

  const level = (value: Tariff["level"]) => {
    const sum = h("span", { class: "sum" });
    sums.set(value, sum);
    return [
      h("b", null, text(`level.${value}`)),
      ...(value === "comfort" ? [h("span", { class: "badge" }, text("level.favourite"))] : []),
      sum,
      h("span", { class: "soft small" }, text("level.sum", { millions: millions(value) })),
      h("ul", { class: "points small" }, text(`level.${value}.points`).split("|").map((point) => h("li", null, icon("check"), point))),
    ];
  };

  const begin = beginField(portal, chosen, today, (day) => choose({ begin: day }));
  const form = h(
    "form",
    { class: "sheet", novalidate: true },
    group("household", "tariff.household", HOUSEHOLDS, (value) => [icon(value), h("b", null, text(`household.${value}`)), h("span", { class: "soft small" }, text(`household.${value}.text`))]),
    group("level", "tariff.level", LEVELS, level),
    group("excess", "tariff.excess", EXCESSES, (value) => [
      h("b", null, text(`excess.${value}`, { euros: euros(excessCents, portal.lang) })),
      h("span", { class: "soft small" }, text(`excess.${value}.text`)),
    ]),
    begin.field,
    priceCard(portal, price),
    ways(portal, text("next")),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!begin.valid()) return;
    void busy(form, text("trouble.save"), async () => {
      await portal.save({ tariff: chosen, done: [...new Set([...portal.application.done, "tariff" as const])] });
      portal.go("person");
    });
  });
  showPrice();
  const hero = h("div", { class: "hero" }, h("div", null, h("p", { class: "kicker" }, text("tariff.kicker")), heading(text("tariff.title")), h("p", { class: "lead" }, text("tariff.lead"))), drawing("scene"));
  return { title: "tariff.title", body: [hero, form] };
};

/** What the chosen tariff costs, beside another step. */
export function priceBeside(portal: Portal): HTMLElement {
  const card = priceCard(portal, h("div", { class: "amount" }, amount(portal, complete(portal.application.tariff, new Date()))));
  card.classList.add("beside");
  return card;
}

function priceCard(portal: Portal, price: HTMLElement): HTMLElement {
  return h("section", { class: "price", "aria-labelledby": "price-title" }, h("h2", { id: "price-title" }, portal.text("price.title")), price, assurances(portal));
}

function amount({ text, lang }: Portal, chosen: Tariff): Node[] {
  const cents = monthlyCents(chosen);
  return [
    h("p", { class: "figure", "aria-live": "polite" }, h("b", null, euros(cents, lang)), " ", text("price.month")),
    h("p", { class: "small soft" }, text("price.year", { price: euros(cents * 12, lang) })),
    h("p", { class: "small" }, text("price.start", { date: dayText(chosen.begin, lang) })),
  ];
}

function assurances({ text }: Portal): HTMLElement {
  return h("ul", { class: "points small" }, (["price.cancel", "price.pay"] as const).map((key) => h("li", null, icon("check"), text(key))));
}

function beginField({ text }: Portal, chosen: Tariff, today: Date, choose: (day: string) => void) {
  const [min, max] = beginRange(today);
  const wrong = h("p", { class: "wrong", id: "begin-wrong", hidden: true }, text("tariff.begin.wrong"));
  const input = h("input", { type: "date", id: "begin", min, max, required: true, value: chosen.begin, "aria-describedby": "begin-hint begin-wrong" });
  const valid = () => {
    const good = canBegin(input.value, today);
    wrong.hidden = good;
    input.setAttribute("aria-invalid", String(!good));
    if (!good) input.focus();
    return good;
  };
  input.addEventListener("change", () => {
    if (!canBegin(input.value, today)) return;
    valid();
    choose(input.value);
  });
  const field = h("div", { class: "entry begin" }, h("label", { for: "begin" }, text("tariff.begin")), h("p", { class: "hint", id: "begin-hint" }, text("tariff.begin.hint")), input, wrong);
  return { field, valid };
}
