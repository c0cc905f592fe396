// Last screen: what the webhook said, as far as the person may know, and always a way on. Success has one wording only:
// a verified case and one that a clerk must look at cannot be told apart here, since the server has told nothing else.

import type { Told } from "./api.js";
import { busy, callUs, h, heading, icon, waiting, type Draw, type Portal, type View } from "./parts.js";

const OTHER_DOCUMENT: Told[] = ["documentNotSupported", "documentNotAccepted"];

export const result: Draw = (portal) => {
  const told = portal.application.identification?.told;
  if (told === undefined) return pending(portal);
  return told === "identified" ? identified(portal) : failed(portal, told);
};

function pending(portal: Portal): View {
  const { text } = portal;
  return {
    title: "waiting.title",
    body: [
      card("clock", "", heading(text("waiting.title")), h("p", { class: "lead" }, text("waiting.text")), waiting(text("waiting.now")), h("button", { class: "button secondary", type: "button", onclick: () => portal.go("identification") }, text("waiting.back"))),
    ],
    changed: () => portal.go("result"),
  };
}

function identified(portal: Portal): View {
  const { text, application } = portal;
  const { firstName = "", lastName = "", email = "" } = application.person;
  const steps = ([1, 2, 3] as const).map((number) =>
    h("li", { class: number === 1 ? "done" : "" }, h("span", { class: "mark" }, number === 1 ? icon("check") : number), h("span", null, h("b", null, text(`identified.${number}`)), h("span", { class: "small soft" }, text(`identified.${number}.text`)))),
  );
  return {
    title: "identified.title",
    body: [
      card(
        "check",
        "good",
        heading(text("identified.title")),
        h("p", { class: "lead" }, text("identified.text", { name: `${firstName} ${lastName}`.trim(), email })),
        h("h2", null, text("identified.list")),
        h("ol", { class: "marks" }, steps),
        h("p", { class: "small soft" }, text("footer.order", { order: application.order }), " · ", text("identified.close")),
        h("button", { class: "button secondary", type: "button", onclick: () => void portal.startOver() }, text("identified.new")),
      ),
    ],
  };
}

function failed(portal: Portal, told: Exclude<Told, "identified">): View {
  const { text } = portal;
  const form = h("form", null, h("button", { class: "button", type: "submit" }, text(OTHER_DOCUMENT.includes(told) ? "again.document" : "again")));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void busy(form, text("identification.trouble"), async () => {
      await portal.enter(true);
      portal.go("identification");
    });
  });
  const [picture, tone] = OTHER_DOCUMENT.includes(told) ? ["document", "warn"] : told === "cancelled" || told === "expired" ? ["clock", ""] : ["attention", "warn"];
  return { title: `${told}.title`, body: [card(picture, tone, heading(text(`${told}.title`)), h("p", { class: "lead" }, text(`${told}.text`)), form, callUs(portal))] };
}

/** For a phone, or another window, that has finished what another browser began. */
export const elsewhere: Draw = ({ text }) => ({
  title: "elsewhere.title",
  body: [card("check", "good", heading(text("elsewhere.title")), h("p", { class: "lead" }, text("elsewhere.text")), h("a", { class: "button secondary", href: "/" }, text("elsewhere.home")))],
});

function card(picture: string, tone: string, ...inside: Node[]): HTMLElement {
  return h("div", { class: "outcome" }, h("div", { class: `medal ${tone}` }, icon(picture)), ...inside);
}
