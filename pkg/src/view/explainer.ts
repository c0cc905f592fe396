// Short captioned pictures of what comes next. They play by themselves, can be paused, and stand still, all at once,
// for people who asked for less motion. Every caption is text that screen readers read as a list.

import { html, nothing } from "lit";
import { engineComes, reasonList } from "./camera.js";
import * as icons from "./icons.js";
import { scene, type SceneName } from "./pictures/scenes.js";
import { scenesFor } from "./player.js";
import { eitherSide, heading, lead, photographed, primary, sheet, type Content, type ScreenOf, type View } from "./view.js";
import { handOff } from "./trouble.js";

export function explainer(v: View, { topic, document = v.s.case?.document, reasons, busy }: ScreenOf<"explainer">): Content {
  const names = scenesFor(topic, document);
  const words = topic === "front" && document === "passport" ? "passport" : topic;
  const { scene: at, playing, still } = v.explainer;
  const own = v.part("instructions");
  return sheet(
    html`${heading(v, photographed(v, `explain.${words}.title`))} ${reasons.length > 0 ? html`<p class="lead">${v.t("explain.again")}</p>` : lead(v, photographed(v, `explain.${words}.text`))}
      ${reasonList(v, reasons)} ${engineComes(v)}`,
    html`${primary(v, `explain.${words}.go`, () => v.act({ type: "continue" }), { busy })} ${handOff(v)}`,
    { kind: "film", art: own ?? (still ? stills(v, names) : film(v, names, at, playing)) },
  );
}

const caption = (v: View, name: SceneName) => v.t(eitherSide(v, photographed(v, `explain.${name}`)));

function film(v: View, names: SceneName[], at: number, playing: boolean): Content {
  const name = names[at % names.length] as SceneName;
  return html`<figure class="film ${playing ? "" : "paused"}" part="film">
    <div class="film-picture" aria-hidden="true">${scene(name)}</div>
    <figcaption class="caption" aria-hidden="true">${caption(v, name)}</figcaption>
    <ol class="sr">
      ${names.map((one) => html`<li>${caption(v, one)}</li>`)}
    </ol>
    <div class="film-bar">
      <button class="round" type="button" aria-label=${v.t(playing ? "explain.pause" : "explain.play")} title=${v.t(playing ? "explain.pause" : "explain.play")} @click=${() => v.explainer.toggle()}>
        ${playing ? icons.pause : icons.play}
      </button>
      <div class="dots">
        ${names.map(
          (_, index) => html`<button class="film-dot ${index === at ? "on" : ""}" type="button" aria-label=${v.t("explain.show", { number: index + 1, of: names.length })} aria-current=${index === at ? "true" : nothing} @click=${() => v.explainer.show(index)}></button>`,
        )}
      </div>
    </div>
  </figure>`;
}

function stills(v: View, names: SceneName[]): Content {
  return html`<ol class="stills" part="film">
    ${names.map((name) => html`<li><div class="film-picture" aria-hidden="true">${scene(name)}</div><p class="caption">${caption(v, name)}</p></li>`)}
  </ol>`;
}
