// Second step: personal data. What is entered is kept at once; what is missing is said at its field, in words, when the person goes on.

import type { Person } from "./api.js";
import { check, type Field, type Problems } from "./check.js";
import { busy, h, heading, ways, type Draw, type Portal } from "./parts.js";
import { priceBeside } from "./tariff.js";

type Name = keyof Person;
type Input = Record<string, string | number>;

const INPUTS: Record<Name, Input> = {
  firstName: { autocomplete: "given-name" },
  lastName: { autocomplete: "family-name" },
  birthDay: { autocomplete: "bday-day", inputmode: "numeric", maxlength: 2 },
  birthMonth: { autocomplete: "bday-month", inputmode: "numeric", maxlength: 2 },
  birthYear: { autocomplete: "bday-year", inputmode: "numeric", maxlength: 4 },
  street: { autocomplete: "address-line1" },
  houseNumber: { autocomplete: "off", maxlength: 10 },
  postcode: { autocomplete: "postal-code", inputmode: "numeric", maxlength: 5 },
  city: { autocomplete: "address-level2" },
  email: { autocomplete: "email", type: "email", inputmode: "email", autocapitalize: "off", spellcheck: "false" },
};
const BIRTH = ["birthDay", "birthMonth", "birthYear"] as const;

export const person: Draw = (portal) => {
  const { text } = portal;
  const entered: Person = { ...portal.application.person };
  const inputs = new Map<Name, HTMLInputElement>();
  let tried = false;

  const input = (name: Name, described: string) => {
    const made = h("input", { id: name, name, type: "text", required: true, maxlength: 100, ...INPUTS[name], value: entered[name] ?? "", "aria-describedby": described });
    made.addEventListener("input", () => {
      entered[name] = made.value;
      portal.keep({ person: entered });
      // Once told, a person sees at once that it is right now.
      if (tried) show(problems());
    });
    made.addEventListener("change", () => void portal.save().catch(() => {}));
    inputs.set(name, made);
    return made;
  };
  const wrong = (field: Field) => h("p", { class: "wrong", id: `${field}-wrong`, hidden: true });
  const entry = (name: Exclude<Field, "birth">, hint?: string) =>
    h("div", { class: `entry ${name}` }, h("label", { for: name }, text(`field.${name}`)), hint && h("p", { class: "hint", id: `${name}-hint` }, hint), input(name, hint ? `${name}-hint ${name}-wrong` : `${name}-wrong`), wrong(name));
  const birth = h(
    "fieldset",
    { class: "entry birth" },
    h("legend", null, text("field.birth")),
    h("p", { class: "hint", id: "birth-hint" }, text("field.birth.hint")),
    h("div", { class: "parts" }, BIRTH.map((name) => h("div", { class: name }, h("label", { for: name }, text(`field.${name}`)), input(name, "birth-hint birth-wrong")))),
    wrong("birth"),
  );
  const count = h("p", { class: "alert", role: "alert", hidden: true });
  const form = h(
    "form",
    { class: "sheet", novalidate: true },
    section(text("person.about"), entry("firstName"), entry("lastName"), birth),
    section(text("person.address"), entry("street"), entry("houseNumber"), entry("postcode"), entry("city")),
    section(text("person.contact"), entry("email", text("field.email.hint"))),
    count,
    priceBeside(portal),
    ways(portal, text("next"), "tariff"),
  );

  const problems = () => check(entered, new Date());
  const show = (found: Problems) => {
    for (const [name, made] of inputs) made.setAttribute("aria-invalid", String(fieldOf(name) in found));
    for (const place of form.querySelectorAll<HTMLElement>(".wrong")) {
      const key = found[place.id.replace("-wrong", "") as Field];
      place.hidden = !key;
      place.textContent = key ? text(key) : "";
    }
    const wrongs = Object.keys(found).length;
    count.hidden = wrongs === 0;
    const words = wrongs === 1 ? text("wrong.count.one") : text("wrong.count.many", { count: wrongs });
    if (wrongs > 0 && count.textContent !== words) count.textContent = words;
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    tried = true;
    const found = problems();
    show(found);
    const first = [...inputs].find(([name]) => fieldOf(name) in found);
    if (first) return first[1].focus();
    void busy(form, text("trouble.save"), () => goOn(portal, entered));
  });
  return { title: "person.title", body: [heading(text("person.title")), h("p", { class: "lead" }, text("person.lead")), form] };
};

async function goOn(portal: Portal, entered: Person): Promise<void> {
  const trimmed = Object.fromEntries(Object.entries(entered).map(([name, value]) => [name, value.trim()]));
  await portal.save({ person: trimmed, done: [...new Set([...portal.application.done, "person" as const])] });
  portal.go("summary");
}

const fieldOf = (name: Name): Field => (BIRTH.includes(name as (typeof BIRTH)[number]) ? "birth" : (name as Field));

function section(title: string, ...fields: Node[]): HTMLElement {
  return h("fieldset", { class: "group" }, h("legend", null, title), h("div", { class: "fields" }, fields));
}
