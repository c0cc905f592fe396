// What follows a recording: looking at it, waiting for the evaluation, repeating some steps, and the end.

import { html, nothing } from "lit";
import type { DocumentPicture } from "../types.js";
import { formatOf } from "./formats.js";
import { isView } from "./homography.js";
import * as icons from "./icons.js";
import * as scenes from "./pictures/scenes.js";
import { position, stepName } from "./frame.js";
import { purposeName, reasonList } from "./camera.js";
import { readySound } from "./shot.js";
import { straight } from "./straight.js";
import { clock, eitherSide, heading, lead, photographed, primary, quiet, secondary, sheet, vars, type Content, type ScreenOf, type View } from "./view.js";

export function review(v: View, screen: ScreenOf<"review">): Content {
  const { purpose, warnings, busy } = screen;
  const name = purposeName(purpose, v.s.case?.document);
  return sheet(
    html`${heading(v, `review.${name}.title`)} ${lead(v, photographed(v, `review.${name}.text`))}
      <ul class="points">
        ${["1", "2"].map((point) => html`<li>${v.t(eitherSide(v, `review.${name}.check.${point}`))}</li>`)}
      </ul>
      ${reasonList(v, warnings, icons.warning)}`,
    html`${primary(v, "review.confirm", () => v.act({ type: "confirm" }), { busy })}
    ${secondary(v, "review.retake", () => retake(v), icons.retry)}`,
    { kind: "film", art: html`${v.part("review") ?? picture(v, screen, name)}` },
  );
}

function retake(v: View): void {
  readySound(v.sounds);
  v.act({ type: "retake" });
}

function picture(v: View, { picture: url, outline, millis }: ScreenOf<"review">, name: string): Content {
  const alt = v.t(photographed(v, `review.${name}.picture`));
  const length = millis > 0 ? html`<span class="length">${icons.clockFace}${v.t("review.length", { time: clock(millis) })}</span>` : nothing;
  if (!url || !outline || !isView(outline)) {
    return html`<figure class="shot ${name}" part="picture">
      ${url ? html`<img src=${url} alt=${alt} />` : html`<div class="no-picture">${scenes.still(name === "selfie" ? "selfie" : "card")}</div>`}
      ${millis > 0 ? html`<figcaption>${length}</figcaption>` : nothing}
    </figure>`;
  }
  return html`<figure class="shot ${name}" part="picture">
      ${shotOf(v, url, v.whole ? undefined : outline, alt)}
    </figure>
    <div class="shot-bar">
      ${length}
      <button class="textual" part="whole-button" type="button" @click=${() => v.showWhole(!v.whole)}>${v.t(v.whole ? "review.document" : "review.whole")}</button>
    </div>`;
}

/** A picture of the document: straight on where its corners are known. */
export function shotOf(v: View, url: string, outline: DocumentPicture["outline"], alt: string): Content {
  if (!outline || !isView(outline)) return html`<img src=${url} alt=${alt} />`;
  return html`<div class="straight" ${vars({ "--_format": formatOf(v.s.case?.document) })}>
    <img src=${url} alt=${v.t("review.straight", { picture: alt })} ${straight(outline)} />
  </div>`;
}

export function evaluation(v: View, { progress }: ScreenOf<"evaluation">): Content {
  const { upload } = v.s;
  const sending = !progress && upload.confirmed < upload.recorded;
  const offline = upload.state === "offline";
  const value = progress ? progress.done : upload.confirmed;
  const max = progress ? progress.total : upload.recorded;
  const text = progress
    ? v.t("evaluation.checks", { done: progress.done, total: progress.total })
    : sending
      ? v.t("evaluation.bytes", { done: v.m.bytes(upload.confirmed), all: v.m.bytes(upload.recorded) })
      : v.t("evaluation.start");
  return sheet(
    html`${heading(v, sending ? (offline ? "evaluation.title.offline" : "evaluation.title.sending") : "evaluation.title")}
    ${lead(v, sending ? (offline ? "evaluation.text.offline" : "evaluation.text.sending") : "evaluation.text")}
    <div class="meter-block">
      <progress part="bar" aria-label=${text} .value=${value} max=${Math.max(max, 1)}></progress>
      <p class="soft" aria-hidden="true">${text}</p>
    </div>
    ${upload.state === "waiting" ? html`<p class="soft small">${v.t("evaluation.waiting")}</p>` : nothing}`,
    nothing,
    { kind: "centre", art: html`<slot name="evaluation.picture">${scenes.still(offline ? "offline" : "evaluation")}</slot>` },
  );
}

// The same one will not do, however well it is recorded.
const OTHER_DOCUMENT = /^document\.(expired|not_accepted|not_supported)$/;

export function repeat(v: View, { steps, attemptsLeft }: ScreenOf<"repeat">): Content {
  const other = steps.some(({ reasons }) => reasons.some((code) => OTHER_DOCUMENT.test(code)));
  return sheet(
    html`${heading(v, other ? "repeat.title.otherDocument" : "repeat.title", { n: steps.length })} ${lead(v, "repeat.text", { n: steps.length })}
      <ul class="repeats" part="repeats">
        ${steps.map(
          ({ step, reasons }) => html`<li>
            <b>${stepName(v, step)}</b>
            ${reasonList(v, reasons)}
          </li>`,
        )}
      </ul>
      <p class="soft small">${v.t("repeat.left", { n: attemptsLeft })}</p>`,
    primary(v, "repeat.go", () => v.act({ type: "continue" })),
    { art: html`<slot name="repeat.picture">${scenes.still("repeat")}</slot>` },
  );
}

export function done(v: View, { outcome }: ScreenOf<"done">): Content {
  const { case: facts } = v.s;
  const good = outcome === "success";
  const slot = good ? "success" : "failure";
  return sheet(
    html`${heading(v, `outcome.${outcome}.title`)} ${lead(v, `outcome.${outcome}.text`, { partner: facts?.partner ?? "" })}
      ${facts
        ? html`<p class="compare"><span>${v.t("frame.kennung")}</span><b class="code large">${facts.kennung}</b></p>
            <p class="soft small">${v.t("done.keep")}</p>`
        : nothing}`,
    html`${facts?.returnUrl
      ? primary(v, "done.return", () => v.act({ type: "continue" }), { params: { partner: facts.partner } })
      : html`<p class="soft">${v.t("done.close")}</p>`}
    ${!good && v.s.canHelp ? quiet(v, "way.help", () => v.act({ type: "help" })) : nothing}`,
    { kind: "centre", art: html`<slot name=${slot}>${scenes.still(good ? "success" : outcome === "inReview" || outcome === "cancelled" || outcome === "expired" ? "pause" : "rejected")}</slot>` },
  );
}

/** The steps still to come, for the desktop that follows a phone. */
export function stepList(v: View): Content {
  const { steps } = position(v.s);
  return html`<ol class="steps" part="steps">
    ${steps.map(
      (step) => html`<li class="${step.state} ${step.current ? "current" : ""}" aria-current=${step.current ? "step" : nothing}>
        <span class="step-mark" aria-hidden="true">${step.state === "done" ? icons.check : nothing}</span>
        <span>${stepName(v, step.id)}</span>
      </li>`,
    )}
  </ol>`;
}
