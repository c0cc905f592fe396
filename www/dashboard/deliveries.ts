// The list of webhook deliveries: what was sent about which case, how it went, and sending it again.

import type { Delivery } from "lichtbild";
import { fill, h } from "../shared/dom.js";
import { asFailure, type PartnerApi } from "./api.js";
import { icon, type IconName } from "./icons.js";
import { KeptList, Slot, type Kept } from "./keep.js";
import { announce, emptyBox, faultBox, workButton } from "./parts.js";
import { named, number, t, when } from "./words.js";

/** `onReplayed`: something is on its way again. */
export function deliveryList(api: PartnerApi, onReplayed: () => void): Kept<Delivery[]> {
  const heads = [t("deliveries.event"), t("deliveries.case"), t("deliveries.status"), t("deliveries.attempts"), t("deliveries.time"), t("deliveries.action")];
  const rows = h("tbody", { role: "rowgroup" });
  const table = h("table", { role: "table", class: "deliveries" }, h("caption", { class: "sr" }, t("deliveries.title")),
    h("thead", { role: "rowgroup" }, h("tr", { role: "row" }, heads.map((text) => h("th", { role: "columnheader", scope: "col" }, text)))), rows);
  const fault = h("div", null);
  const none = new Slot(h("div", null));
  const list = new KeptList<Delivery>(rows, ({ id }) => id, (delivery) => deliveryRow(delivery, replay));

  async function replay(id: string): Promise<void> {
    fill(fault);
    try {
      await api.replay(id);
      announce(t("deliveries.replayed"));
      onReplayed();
    } catch (error) {
      fill(fault, faultBox(asFailure(error)));
    }
  }

  return {
    root: h("section", { class: "card", "aria-labelledby": "deliveries" }, h("h2", { id: "deliveries" }, t("deliveries.title")), h("p", { class: "soft" }, t("deliveries.text")), fault, table, none.root),
    update(deliveries) {
      list.show(deliveries);
      table.hidden = deliveries.length === 0;
      none.show(deliveries.length === 0, () => deliveries.length === 0 && emptyBox("send", t("deliveries.none"), t("deliveries.none.text")));
    },
    dispose: () => list.dispose(),
  };
}

function deliveryRow(first: Delivery, replay: (id: string) => Promise<void>): Kept<Delivery> {
  const cell = (name: string) => new Slot(h("td", { role: "cell", class: `cell-${name}` }));
  const [status, attempts, time] = [cell("status"), cell("attempts"), cell("time")] as const;
  const kennung = first.case.slice(0, 7);
  const again = workButton(t("deliveries.replay"), t("app.loading"), "secondary small-button", () => replay(first.id));
  again.setAttribute("aria-label", t("deliveries.replay.label", { event: first.event, kennung }));
  const root = h("tr", { role: "row", "data-delivery": first.id },
    h("th", { role: "rowheader", scope: "row", class: "cell-event" }, named("event", first.event), " ", h("span", { class: "code soft small" }, first.event)),
    h("td", { role: "cell", class: "cell-case" }, h("a", { href: `#/cases/${first.case}`, class: "code" }, kennung)),
    status.root, attempts.root, time.root, h("td", { role: "cell", class: "cell-action" }, again));
  return {
    root,
    update(delivery) {
      status.show([delivery.status, delivery.deliveredAt, delivery.nextAt, delivery.attempts], () => statusOf(delivery));
      attempts.show(delivery.attempts, () => [h("span", { class: "label" }, t("deliveries.attempts"), " "), number(delivery.attempts)]);
      time.show([delivery.deliveredAt, delivery.nextAt], () =>
        delivery.deliveredAt ? when(delivery.deliveredAt) : delivery.nextAt ? [h("span", { class: "soft" }, t("deliveries.next", { time: "" })), when(delivery.nextAt)] : "–");
    },
  };
}

function statusOf({ deliveredAt, nextAt, attempts, status }: Delivery): Node[] {
  const [tone, drawing, text]: [string, IconName, string] = deliveredAt
    ? ["good", "check", t("deliveries.delivered")]
    : nextAt
      ? attempts > 0 ? ["warn", "repeat", t("deliveries.failing")] : ["warn", "clock", t("deliveries.waiting")]
      : ["bad", "cross", t("deliveries.given-up")];
  const answer = status !== undefined ? t("deliveries.answer", { status: String(status) }) : attempts > 0 ? t("deliveries.unreached") : "";
  return [h("span", { class: `badge ${tone}` }, icon(drawing), text), h("span", { class: "soft small" }, " ", answer)];
}
