// Which function draws which screen, and by what name a change of screen is noticed. Screens that may be the first one are here;
// the others come with later.ts, which is fetched while the person looks at the first.

import { html, nothing } from "lit";
import type { Screen } from "../types.js";
import { still } from "./pictures/stills.js";
import { handoffClaim, home, loading, register, requirements } from "./start.js";
import { failed } from "./trouble.js";
import { heading, lead, primary, sheet, type Content, type View } from "./view.js";

function draw(v: View): Content {
  const { screen } = v.s;
  switch (screen.type) {
    case "loading": return loading(v);
    case "home": return home(v);
    case "handoffClaim": return handoffClaim(v, screen);
    case "requirements": return requirements(v, screen);
    case "register": return register(v, screen);
    case "failed": return failed(v, screen);
    default: return v.later()?.draw(v, screen) ?? coming(v);
  }
}

/** On its way, or stuck. Without a heading while it may come: the screen has its own. */
export function coming(v: View): Content {
  if (!v.stuck) return sheet(html`<span class="spinner" aria-hidden="true"></span>`, nothing, { kind: "centre" });
  return sheet(
    html`${heading(v, "loading.failed.title")} ${lead(v, "loading.failed.text")}`,
    primary(v, "way.retry", () => v.refetch()),
    { art: still("offline") },
  );
}

/** The screen, in a slot of its name: what a partner puts there replaces it whole. */
export function screen(v: View): Content {
  return html`<slot name=${`screen-${v.s.screen.type}`}>${draw(v)}</slot>`;
}

/** Two snapshots with the same name show the same screen to the person. */
export function screenName(screen: Screen): string {
  switch (screen.type) {
    case "explainer": return `explainer ${screen.topic}`;
    case "camera": return `camera ${screen.purpose.type} ${screen.stage.type === "closed" ? "closed" : "open"}`;
    case "review": return `review ${screen.purpose.type}`;
    case "dataConfirmation": return `confirm ${screen.reading}`;
    case "failed": return `failed ${screen.code}`;
    case "done": return `done ${screen.outcome}`;
    case "help": return `help ${screen.state === "sent" ? "sent" : "open"}`;
    default: return screen.type;
  }
}
