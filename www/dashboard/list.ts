// The case list's screen: newest first, filter by state, search by Kennung, more by cursor, up to date by itself.
// An update changes rows where they are: focus stays, and what is being read stays where it is on the screen.

import type { CaseState, CaseSummary } from "lichtbild";
import { fill, h } from "../shared/dom.js";
import { asFailure, isAbort, type PartnerApi } from "./api.js";
import { CaseBook, asKennung, isUuid, isWhole, matching } from "./cases.js";
import { icon } from "./icons.js";
import { KeptList, Poll, Slot } from "./keep.js";
import { newCase } from "./newcase.js";
import { announce, emptyBox, faultBox, isBusy, skeleton } from "./parts.js";
import type { Screen } from "./screen.js";
import { caseRow, caseTable } from "./row.js";
import { STATES, lookOf, stateName } from "./states.js";
import { clock, t } from "./words.js";

const FEW_MILLIS = 4000;
const MANY_MILLIS = 15_000;

export function listScreen(api: PartnerApi): Screen & { forget(id: string): void } {
  const book = new CaseBook((wanted) => api.cases(wanted));
  let text = "";
  let live = true;
  let searching = false;
  let loaded = false;
  let readAt = new Date();

  const title = h("h1", { tabindex: "-1" }, t("list.title"));
  const make = () => newCase(api, () => void poll.now());
  const makeButton = () => h("button", { type: "button", class: "button", onclick: make }, icon("plus"), t(api.mode === "sandbox" ? "list.new.sandbox" : "list.new"));
  const search = h("input", { type: "search", id: "search", autocomplete: "off", spellcheck: "false", autocapitalize: "none", maxlength: 36, class: "code", "aria-describedby": "search-hint" });
  const filter = stateSelect();
  const counted = h("p", { class: "soft small", role: "status" });
  const updates = h("button", { type: "button", class: "button secondary small-button", onclick: () => pause() });
  const stand = h("span", { class: "soft small" });
  const fault = new Slot(h("div", null));
  const { table, rows } = caseTable();
  const list = new KeptList<CaseSummary>(rows, ({ id }) => id, caseRow);
  const place = new Slot(h("div", { class: "list-place" }));
  const older = h("button", { type: "button", class: "button secondary", onclick: () => void showOlder() });
  const root = h("div", { class: "screen" },
    h("header", { class: "screen-head" }, title, makeButton()),
    h("div", { class: "tools" },
      h("label", { class: "field search-field" }, h("span", null, t("list.search")), search, h("small", { id: "search-hint", class: "soft" }, t("list.search.hint"))),
      h("label", { class: "field" }, h("span", null, t("list.state")), filter)),
    h("div", { class: "list-line" }, counted, h("div", { class: "row" }, stand, updates)),
    fault.root, table, place.root, h("p", { class: "more" }, older));

  const poll = new Poll(look, () => (live ? (book.items.length > 100 ? MANY_MILLIS : FEW_MILLIS) : undefined));

  async function look(): Promise<void> {
    const before = new Map(book.items.map((item) => [item.id, item]));
    const state = book.state;
    try {
      if (!(await (loaded ? book.refresh() : book.open(state)))) return;
      const first = !loaded;
      loaded = true;
      readAt = new Date();
      show();
      if (!first) tell(before);
    } catch (error) {
      if (isAbort(error)) return;
      const failure = asFailure(error);
      fault.show([failure.code, failure.requestId, loaded && clock(readAt)], () => [
        loaded && h("p", { class: "alert stale", role: "status" }, t("app.offline", { time: clock(readAt) })),
        faultBox(failure, () => void again()),
      ]);
      if (!loaded) place.show("failed", () => null);
      throw error;
    }
  }

  async function again(): Promise<void> {
    await poll.now();
    if (!fault.root.hasChildNodes()) title.focus();
  }

  /** What changed while somebody was watching, for ears; eyes see it. */
  function tell(before: ReadonlyMap<string, CaseSummary>): void {
    if (before.size === 0) return;
    const fresh = book.items.filter(({ id, createdAt }) => !before.has(id) && createdAt > ([...before.values()][0]?.createdAt ?? ""));
    const changed = book.items.filter(({ id, state }) => before.has(id) && before.get(id)?.state !== state);
    const only = changed.length === 1 ? changed[0] : undefined;
    if (fresh.length > 0) announce(t("list.news", { n: fresh.length }));
    else if (only) announce(t("list.changed", { kennung: only.kennung, state: stateName(only.state) }));
  }

  function show(): void {
    fault.show("", () => null);
    const items = text ? matching(book.items, text) : book.items;
    steady(rows, () => list.show(items));
    table.hidden = items.length === 0;
    place.show([items.length === 0, text, book.state, book.items.length, book.more, searching, loaded], () => (items.length > 0 ? null : nothing()));
    older.hidden = !book.more || searching || items.length === 0;
    fill(older, t(text ? "list.older" : "list.more"));
    const key = text ? "list.found" : book.more ? "list.count.more" : "list.count";
    const words = searching ? t("list.searching", { n: book.items.length }) : items.length > 0 ? t(key, { n: items.length }) : "";
    if (counted.textContent !== words) fill(counted, words);
    fill(stand, t("list.updates", { time: clock(readAt) }));
    fill(updates, icon(live ? "pause" : "play"), h("span", { class: "phone-sr" }, t(live ? "list.updates.on" : "list.updates.off")));
    updates.title = t(live ? "list.updates.on" : "list.updates.off");
    updates.hidden = stand.hidden = !loaded;
  }

  function nothing(): Node {
    const clear = h("button", { type: "button", class: "button secondary", onclick: () => void reset() }, t("list.clear"));
    if (!loaded || searching) return skeleton(6);
    if (text) {
      const onward = h("button", { type: "button", class: "button secondary", onclick: () => void findOlder() }, t("list.older"));
      const why = t(book.more ? "list.unknown.part" : "list.unknown.text", { n: book.items.length });
      return emptyBox("search", t("list.unknown", { text }), why, ...(book.more ? [onward] : []), clear);
    }
    if (book.state) return emptyBox("inbox", t("list.none"), t("list.none.text", { state: stateName(book.state) }), clear);
    return emptyBox("inbox", t("list.empty"), t("list.empty.text"), makeButton(), h("a", { href: "/docs", class: "button secondary" }, t("list.empty.docs")));
  }

  async function choose(state: CaseState | undefined): Promise<void> {
    book.state = state;
    book.items = [];
    book.more = false;
    loaded = false;
    show();
    // Paused or not: who chooses something wants to see it.
    await look().catch(() => undefined);
    poll.later();
  }

  async function reset(): Promise<void> {
    search.value = text = "";
    filter.value = "";
    await choose(undefined);
    search.focus();
  }

  async function showOlder(): Promise<void> {
    const last = rows.lastElementChild;
    if (isBusy(older)) return;
    older.setAttribute("aria-disabled", "true");
    fill(older, t("list.more.busy"));
    await guarded(() => (text ? findPage() : book.older()));
    older.removeAttribute("aria-disabled");
    show();
    // Goes on reading where the new rows begin; the button itself may be gone.
    if (!text || older.hidden) last?.nextElementSibling?.querySelector("a")?.focus();
  }

  const findPage = () => book.older(100);

  /** Through everything older, as far as the Kennung is not changed meanwhile. */
  async function findOlder(): Promise<void> {
    const wanted = text;
    searching = true;
    show();
    await guarded(() => book.find(wanted, () => {
      show();
      return text === wanted;
    }));
    searching = false;
    show();
  }

  async function guarded(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      const failure = asFailure(error);
      fault.show([failure.code, failure.requestId, "once"], () => faultBox(failure, () => void again()));
    }
  }

  function pause(): void {
    live = !live;
    show();
    if (live) void poll.now();
    else poll.later();
  }

  search.addEventListener("input", () => {
    text = asKennung(search.value);
    show();
    if (isWhole(text) && matching(book.items, text).length === 0 && book.more && !searching) void findOlder();
  });
  search.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    const found = matching(book.items, text);
    const id = isUuid(text) ? text : text && found.length === 1 ? found[0]?.id : undefined;
    if (id) location.hash = `#/cases/${id}`;
  });
  filter.addEventListener("change", () => void choose((filter.value || undefined) as CaseState | undefined));

  let scrolled = 0;
  let opened: string | undefined;
  root.addEventListener("click", (event) => {
    opened = (event.target as Element).closest<HTMLElement>("tr[data-case]")?.dataset["case"] ?? opened;
  });
  show();

  return {
    root,
    title: () => t("list.title"),
    shown(returning) {
      void poll.now();
      const row = returning && opened ? rows.querySelector<HTMLElement>(`tr[data-case="${CSS.escape(opened)}"] a`) : null;
      scrollTo(0, row ? scrolled : 0);
      (row ?? title).focus({ preventScroll: true });
    },
    leaving() {
      scrolled = scrollY;
    },
    left: () => poll.pause(),
    dispose: () => poll.stop(),
    forget(id) {
      book.forget(id);
      show();
    },
  };
}

function stateSelect(): HTMLSelectElement {
  const group = (label: string, ended: boolean) =>
    h("optgroup", { label }, STATES.filter((state) => lookOf(state).ended === ended).map((state) => h("option", { value: state }, stateName(state))));
  return h("select", { id: "state" }, h("option", { value: "" }, t("list.state.all")), group(t("list.group.open"), false), group(t("list.group.ended"), true));
}

/** Changes rows; the topmost one in sight stays where it is, and the focus moves on if its row goes. */
function steady(rows: HTMLElement, change: () => void): void {
  const focused = rows.contains(document.activeElement) ? document.activeElement?.closest("tr") : undefined;
  const neighbour = focused?.nextElementSibling ?? focused?.previousElementSibling;
  const seen = scrollY > 0 ? [...rows.children].find((row) => row.getBoundingClientRect().bottom > 0) : undefined;
  const before = seen?.getBoundingClientRect().top ?? 0;
  change();
  if (seen?.isConnected) scrollBy(0, seen.getBoundingClientRect().top - before);
  if (focused && !focused.isConnected && neighbour?.isConnected) neighbour.querySelector("a")?.focus({ preventScroll: true });
}
