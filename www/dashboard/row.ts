// One line of the case list: Kennung, state in colour and words, reference, attempt, times. On a phone it stands as a card.

import type { CaseSummary } from "lichtbild";
import { h } from "../shared/dom.js";
import { Slot, type Kept } from "./keep.js";
import { modeBadge, stateBadge } from "./states.js";
import { t, when } from "./words.js";

// Named roles keep the table a table for screen readers where it is laid out as cards.
export function caseTable(): { table: HTMLElement; rows: HTMLElement } {
  const heads = [t("list.kennung"), t("list.state"), t("list.reference"), t("list.attempt"), t("list.created"), t("list.updated")];
  const rows = h("tbody", { role: "rowgroup" });
  const head = h("thead", { role: "rowgroup" }, h("tr", { role: "row" }, heads.map((text) => h("th", { role: "columnheader", scope: "col" }, text))));
  return { table: h("table", { role: "table", class: "cases" }, h("caption", { class: "sr" }, t("list.table")), head, rows), rows };
}

export function caseRow(first: CaseSummary): Kept<CaseSummary> {
  const link = h("a", { href: `#/cases/${first.id}`, class: "code kennung" }, first.kennung);
  const [state, reference, attempt, created, updated] = ["state", "reference", "attempt", "created", "updated"].map(
    (name) => new Slot(h("td", { role: "cell", class: `cell-${name}` })),
  ) as [Slot, Slot, Slot, Slot, Slot];
  const key = h("th", { role: "rowheader", scope: "row", class: "cell-kennung" }, link, modeBadge(first.mode));
  const root = h("tr", { role: "row", "data-case": first.id }, key, [state, reference, attempt, created, updated].map((slot) => slot.root));
  return {
    root,
    update(item) {
      state.show(item.state, () => stateBadge(item.state));
      reference.show(item.reference, () => item.reference ?? "–");
      attempt.show([item.attempt, item.attemptsAllowed], () => [h("span", { class: "label" }, t("list.attempt"), " "), t("list.attempt.of", { number: item.attempt, of: item.attemptsAllowed })]);
      created.show(item.createdAt, () => [h("span", { class: "label" }, t("list.created"), " "), when(item.createdAt)]);
      updated.show(item.updatedAt, () => [h("span", { class: "label" }, t("list.updated"), " "), when(item.updatedAt)]);
    },
  };
}
