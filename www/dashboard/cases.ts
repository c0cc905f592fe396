// Which cases are known: the newest pages of the list, narrowed to a state, kept up to date, and searched by Kennung.
// In: what a person asks for. Out: the cases to show and whether there are more. Does not know: the screen.

import type { CasePage, CaseState, CaseSummary } from "lichtbild";

export const PAGE = 50;
/** The most the API gives at once. */
const MOST = 100;

type Source = (wanted: { state?: CaseState | undefined; limit: number; cursor?: string | undefined }) => Promise<CasePage>;

export class CaseBook {
  items: CaseSummary[] = [];
  state: CaseState | undefined;
  /** Whether older cases are on the server than those known here. */
  more = false;
  private next: string | undefined;
  /** Grows when what was asked for no longer holds; answers to older questions are dropped. */
  private question = 0;

  constructor(private readonly source: Source) {}

  /** Begins anew with the newest cases of a state, or of all; `false`: something else was asked meanwhile. */
  async open(state: CaseState | undefined): Promise<boolean> {
    this.state = state;
    const question = (this.question += 1);
    const page = await this.source({ state, limit: PAGE });
    return question === this.question && this.take(page.items, page.next);
  }

  /** Adds the next older cases. */
  async older(limit = PAGE): Promise<void> {
    if (!this.next) return;
    const question = (this.question += 1);
    const page = await this.source({ state: this.state, limit, cursor: this.next });
    if (question === this.question) this.take([...this.items, ...page.items], page.next);
  }

  /** Reads as many of the newest cases again as are known; `false`: something else was asked meanwhile. */
  async refresh(): Promise<boolean> {
    const { question } = this;
    const wanted = Math.max(PAGE, this.items.length);
    const items: CaseSummary[] = [];
    let next: string | undefined;
    do {
      const page: CasePage = await this.source({ state: this.state, limit: Math.min(MOST, wanted - items.length), cursor: next });
      items.push(...page.items);
      next = page.next;
    } while (next && items.length < wanted);
    return question === this.question && this.take(items, next);
  }

  /** Reads on until a case with this Kennung is known or there are no more; `onPage` hears of each page and may end it. */
  async find(text: string, onPage: () => boolean): Promise<void> {
    while (this.next && matching(this.items, text).length === 0 && onPage()) await this.older(MOST);
  }

  /** A case that is no more. */
  forget(id: string): void {
    this.items = this.items.filter((item) => item.id !== id);
  }

  private take(items: CaseSummary[], next: string | undefined): true {
    const seen = new Set<string>();
    this.items = items.filter(({ id }) => !seen.has(id) && seen.add(id));
    this.next = next;
    this.more = next !== undefined;
    return true;
  }
}

/** What a person types as a Kennung or UUID, as it is compared. */
export const asKennung = (text: string): string => text.trim().toLowerCase().replace(/\s/g, "");

export const matching = (items: readonly CaseSummary[], text: string): CaseSummary[] => items.filter(({ id }) => id.startsWith(text));

/** Enough of a Kennung to search for it everywhere. */
export const isWhole = (text: string): boolean => /^[0-9a-f]{7}/.test(text);

export const isUuid = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
