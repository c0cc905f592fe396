// The sign-up: which step is shown, in which language, and what is kept. In: the portal's own server. Out: screens.
// The step is in the address's fragment, so that back and forward work; personal data is never in an address.

import { byId, pageLang } from "../shared/dom.js";
import { enter, forget, load, save, watch, type Answer, type Application, type Step } from "./api.js";
import { check } from "./check.js";
import { developer } from "./developer.js";
import { identification } from "./identification.js";
import { canBegin } from "./offer.js";
import { fill, h, heading, icon, type Draw, type Portal, type View } from "./parts.js";
import { person } from "./person.js";
import { elsewhere, result } from "./result.js";
import { summary } from "./summary.js";
import { tariff } from "./tariff.js";
import { textIn, type Key, type Lang } from "./texts.js";

const STEPS = ["tariff", "person", "summary", "identification"] as const;
const SCREENS: Record<Step, Draw> = { tariff, person, summary, identification, result };
const LANG = "musterversicherung.lang";

let lang: Lang = pageLang(localStorage.getItem(LANG));
let text = textIn(lang);
let server: Answer;
let token: string | undefined;
let step: Step | undefined;
let view: View | undefined;

const portal: Portal = {
  get application() {
    return server.application;
  },
  get endpoint() {
    return server.endpoint;
  },
  get lang() {
    return lang;
  },
  get text() {
    return text;
  },
  go(wanted) {
    if (location.hash === `#${wanted}`) show();
    else location.hash = wanted;
  },
  keep(change) {
    Object.assign(server.application, change);
  },
  async save(change = {}) {
    portal.keep(change);
    // All of it each time: a server that was restarted has it back with the next step.
    const { tariff, person, done, plan } = server.application;
    const sent = { tariff, person, done, plan };
    hear((await save(sent)).application);
  },
  async enter(again = false) {
    if (token === undefined || again) {
      const answer = await enter(lang, again);
      token = answer.token;
      hear(answer.application);
    }
    const fresh = token;
    // What "again" has fetched is for the next screen; otherwise every showing fetches its own.
    if (!again) token = undefined;
    return fresh;
  },
  async startOver() {
    server = await forget();
    location.assign(location.pathname === "/" ? `/${location.search}` : "/");
  },
};

/** Takes what the server knows. What the person is entering is newer here. */
function hear(application: Application): void {
  const { tariff, person } = server.application;
  const told = server.application.identification?.told;
  server.application = { ...application, tariff, person };
  if (application.identification?.told !== told) view?.changed?.();
}

/** How far the person has come. */
function reached({ identification: known, done, person: entered, tariff: chosen }: Application): Step {
  if (known) return known.told ? "result" : "identification";
  const today = new Date();
  const good: Partial<Record<Step, boolean>> = {
    tariff: done.includes("tariff") && canBegin(chosen.begin ?? "", today),
    person: done.includes("person") && Object.keys(check(entered, today)).length === 0,
    summary: done.includes("summary"),
  };
  return STEPS.find((one) => !good[one]) ?? "identification";
}

/** What the address asks for, where that can be shown, else how far the person has come. */
function wanted(): Step {
  const asked = location.hash.slice(1) as Step;
  const far = reached(server.application);
  if (far === "result") return far;
  if (asked === "result") return far === "identification" && server.application.identification ? asked : far;
  const place = STEPS.indexOf(asked as (typeof STEPS)[number]);
  return place >= 0 && place <= STEPS.indexOf(far) ? asked : far;
}

function show(): void {
  const first = step === undefined;
  view?.leave?.();
  step = wanted();
  if (location.hash !== `#${step}`) history.replaceState(null, "", `#${step}`);
  draw(SCREENS[step]);
  if (first) return;
  scrollTo(0, 0);
  byId("main").querySelector<HTMLElement>("h1")?.focus({ preventScroll: true });
}

function draw(screen: Draw): void {
  const drawn = screen(portal);
  view = drawn;
  fill(byId("main"), ...drawn.body);
  label();
}

/** Everything around the screen, in the language of now. */
function label(): void {
  document.documentElement.lang = lang;
  document.title = `${view ? `${text(view.title)} – ` : ""}Musterversicherung`;
  for (const place of document.querySelectorAll<HTMLElement>("[data-text]")) place.textContent = text(place.dataset.text as Key);
  byId("langs").setAttribute("aria-label", text("lang"));
  for (const button of byId("langs").querySelectorAll("button")) button.setAttribute("aria-pressed", String(button.lang === lang));
  if (!step) return;
  byId("sandbox").hidden = !server.sandbox;
  fill(byId("order"), server.application.done.length > 0 && text("footer.order", { order: server.application.order }));
  progress(step);
  // A case that is shown makes way for the new one; what is being entered stays as it is.
  const restart = () => void ((step === "identification" || step === "result") && show());
  if (server.sandbox) developer(byId("developer"), portal, restart);
}

function progress(current: Step): void {
  const place = byId("progress");
  const at = STEPS.indexOf(current as (typeof STEPS)[number]);
  place.hidden = at < 0;
  place.setAttribute("aria-label", text("progress"));
  const far = STEPS.indexOf(reached(server.application) as (typeof STEPS)[number]);
  const steps = STEPS.map((one, number) => {
    const mark = h("span", { class: "mark", "aria-hidden": "true" }, number < at ? icon("check") : number + 1);
    const words = h("span", { class: "words" }, text(`step.${one}`), number < at && h("span", { class: "sr" }, `, ${text("progress.done")}`));
    const inside = number !== at && number <= far ? h("a", { href: `#${one}` }, mark, words) : h("span", null, mark, words);
    return h("li", { class: number < at ? "done" : "", "aria-current": number === at && "step" }, inside);
  });
  fill(place, h("p", { class: "small soft" }, text("progress.of", { number: at + 1, of: STEPS.length })), h("ol", null, steps));
}

function speak(chosen: Lang): void {
  lang = chosen;
  text = textIn(lang);
  localStorage.setItem(LANG, lang);
  if (view?.relabel) {
    view.relabel();
    label();
  } else if (step) draw(SCREENS[step]);
  else label();
}

async function begin(): Promise<void> {
  for (const button of byId("langs").querySelectorAll("button")) button.addEventListener("click", () => speak(button.lang as Lang));
  label();
  try {
    server = await load();
  } catch {
    const again = () => location.reload();
    fill(byId("main"), h("div", { class: "outcome" }, heading(text("trouble.load")), h("p", { class: "lead" }, text("trouble.load.text")), h("button", { class: "button", type: "button", onclick: again }, text("trouble.reload"))));
    return;
  }
  const back = location.pathname === "/done";
  if (back && !server.application.identification) return draw(elsewhere);
  if (back) history.replaceState(null, "", "/#result");
  addEventListener("hashchange", ({ newURL }) => {
    // The link that skips to the content is no step.
    if (new URL(newURL).hash === "#main") byId("main").focus();
    else show();
  });
  show();
  watch(hear);
}

void begin();
