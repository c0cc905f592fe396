// One case's screen: verdict, recordings with their checks, facts, timeline; a new link, and erasure. An open case is looked at
// again and again; what plays or has the focus stays.

import type { CaseReport } from "lichtbild";
import { fill, h } from "../shared/dom.js";
import { asFailure, type Failure, type PartnerApi } from "./api.js";
import { caseFacts, help, timeline } from "./facts.js";
import { icon } from "./icons.js";
import { Slot } from "./keep.js";
import { newLink } from "./newcase.js";
import { announce, copyButton, emptyBox, faultBox, openDialog, skeleton, workButton } from "./parts.js";
import { recordings } from "./recordings.js";
import { auditPart, reviewPart } from "./review.js";
import type { Screen } from "./screen.js";
import { lookOf, modeBadge, stateBadge, stateName } from "./states.js";
import { verdict } from "./verdict.js";
import { Watch } from "./watch.js";
import { bytes, t } from "./words.js";

const OPEN_MILLIS = 3000;

/** `onErased` hears that the case is no more. */
export function caseScreen(api: PartnerApi, id: string, onErased: () => void): Screen {
  const kennung = id.slice(0, 7);
  const leaving = new AbortController();
  let report: CaseReport | undefined;

  const title = h("h1", { tabindex: "-1" }, t("case.title", { kennung: "" }), h("span", { class: "code" }, kennung));
  const badges = new Slot(h("p", { class: "row" }));
  const reference = new Slot(h("p", { class: "soft" }));
  const link = h("button", { type: "button", class: "button secondary", hidden: true, onclick: () => newLink(api, id, kennung, report?.device !== undefined) }, icon("link"), t("case.link"));
  const erase = h("button", { type: "button", class: "button danger", hidden: true, onclick: () => report && eraseDialog(api, report, onErased) }, icon("bin"), t("case.erase"));
  const copy = copyButton(t("app.copy.kennung"), () => kennung);
  const judged = new Slot(h("div", null));
  const clerks = reviewPart(api, () => void watch.now());
  const log = auditPart();
  const [taken, facts, asked, events] = [recordings(api, id), caseFacts(), help(), timeline()] as const;
  const content = h("div", { class: "case-content", hidden: true }, h("div", { class: "case-main" }, judged.root, clerks.root, asked.root, taken.root, log.root, events.root), facts.root);
  const place = new Slot(h("div", null));
  place.show("loading", () => skeleton(8));
  const watch = new Watch(look, () => (report && lookOf(report.state).ended ? undefined : OPEN_MILLIS), {
    title,
    empty: (why) => place.show(why, () => (why === "loading" ? skeleton(8) : null)),
    taken(failure) {
      const unknown = failure.status === 404 || failure.code === "request.invalid";
      if (unknown) gone(failure);
      return unknown;
    },
  });
  const root = h("div", { class: "screen" },
    h("p", null, h("a", { href: "#/cases", class: "back" }, icon("back"), t("case.back"))),
    h("header", { class: "screen-head" },
      h("div", { class: "case-head" }, title, badges.root, reference.root),
      h("div", { class: "row" }, copy, link, erase)),
    watch.fault.root, place.root, content);

  async function look(): Promise<void> {
    const fresh = await api.report(id, leaving.signal);
    const review = fresh.flow === "sim-registration" ? await api.review(id, leaving.signal) : undefined;
    if (report && report.state !== fresh.state) announce(t("case.changed", { kennung, state: stateName(fresh.state) }));
    report = fresh;
    show(fresh);
    for (const part of [clerks, log]) part.update(review && { report: fresh, review });
  }

  function show(fresh: CaseReport): void {
    place.show("", () => null);
    content.hidden = false;
    badges.show([fresh.state, fresh.mode], () => [stateBadge(fresh.state), modeBadge(fresh.mode)]);
    reference.show(fresh.reference, () => fresh.reference && [t("case.reference"), ": ", fresh.reference]);
    judged.show([fresh.state, fresh.attempts, fresh.mode], () => verdict(fresh));
    for (const part of [taken, facts, asked, events]) part.update(fresh);
    // While a clerk decides there is nothing for the person to do; putting steps back gives its own link.
    link.hidden = lookOf(fresh.state).ended || fresh.state === "in_review";
    erase.hidden = false;
  }

  function gone(failure: Failure): void {
    watch.pause();
    report = undefined;
    clerks.dispose?.();
    taken.dispose?.();
    content.hidden = copy.hidden = link.hidden = erase.hidden = true;
    badges.show("", () => null);
    reference.show("", () => null);
    place.show("gone", () => [
      emptyBox("search", t("case.gone"), t("case.gone.text"), h("a", { href: "#/cases", class: "button" }, t("app.to-cases"))),
      h("p", { class: "soft small code center" }, failure.code),
    ]);
  }

  return {
    root,
    title: () => t("case.title", { kennung }),
    shown() {
      scrollTo(0, 0);
      title.focus({ preventScroll: true });
      void watch.now();
    },
    left: () => watch.pause(),
    dispose() {
      watch.stop();
      leaving.abort();
      clerks.dispose?.();
      taken.dispose?.();
    },
  };
}

function eraseDialog(api: PartnerApi, report: CaseReport, onErased: () => void): void {
  const { id, kennung, media } = report;
  const length = bytes(media.reduce((sum, item) => sum + item.length, 0));
  const fault = h("div", null);
  const stay = h("button", { type: "button", class: "button secondary", onclick: () => box.close() }, t("app.cancel"));
  const go = workButton(t("erase.go"), t("erase.busy"), "danger solid", async () => {
    fill(fault);
    try {
      await api.erase(id);
    } catch (error) {
      const failure = asFailure(error);
      // Somebody was quicker: it is gone either way.
      if (failure.code !== "case.not_found") {
        fill(fault, faultBox(failure));
        return;
      }
    }
    box.close();
    announce(t("erase.done", { kennung }));
    onErased();
  });
  const box = openDialog(t("erase.title", { kennung }), [
    h("p", null, modeBadge(report.mode), " ", t("erase.text")),
    h("ul", { class: "plain-list" },
      h("li", null, media.length === 0 ? t("erase.media.none") : t("erase.media", { n: media.length, bytes: length })),
      h("li", null, t("erase.checks")), h("li", null, t("erase.consents")), h("li", null, t("erase.device")), h("li", null, t("erase.webhooks"))),
    !lookOf(report.state).ended && h("p", { class: "note" }, icon("alert"), t("erase.open")),
    h("p", { class: "soft" }, t("erase.stays")),
    fault, h("footer", null, stay, go),
  ]);
  stay.focus();
}
