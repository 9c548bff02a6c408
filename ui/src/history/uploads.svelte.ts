//! The uploads that match the filters, page by page, and which of them is open.

import { type HistoryKind, type HistoryQuery, history, type ProblemView, type ReceiptView } from "../ipc/generated";

const PAGE = 100;

export type Filters = {
  search: string;
  site: number | null;
  album: string | null;
  kind: HistoryKind | null;
  expiring: boolean;
  deletable: boolean;
};

export const NO_FILTERS: Filters = {
  search: "",
  site: null,
  album: null,
  kind: null,
  expiring: false,
  deletable: false,
};

export class Uploads {
  filters = $state.raw<Filters>(NO_FILTERS);
  receipts = $state.raw<ReceiptView[]>([]);
  /** All that match, also those not loaded yet. */
  total = $state(0);
  /** Delete links kept in all. */
  vault = $state(0);
  /** Those of them whose uploads are not in history any more. */
  kept = $state(0);
  /** How many there are when nothing is filtered. */
  everything = $state(0);
  problem = $state.raw<ProblemView | null>(null);
  loaded = $state(false);
  openId = $state<number | null>(null);
  #more = false;
  #busy = false;
  #asked = 0;

  readonly filtered = $derived(
    Object.entries(this.filters).some(([name, value]) => value !== NO_FILTERS[name as keyof Filters]),
  );
  readonly place = $derived(this.receipts.findIndex((receipt) => receipt.id === this.openId));
  readonly open = $derived(this.receipts[this.place] ?? null);

  /** Asks anew: other filters, or something changed. What is on screen stays until the answer is there. */
  async load(): Promise<void> {
    this.#asked += 1;
    const asked = this.#asked;
    try {
      const page = await history({ limit: Math.max(PAGE, this.receipts.length), ...this.query });
      if (asked !== this.#asked) return;
      this.receipts = page.receipts;
      this.total = page.total ?? this.total;
      this.vault = page.vault;
      this.kept = page.kept;
      if (!this.filtered) this.everything = this.total;
      this.#more = page.more;
      this.problem = null;
      if (!page.receipts.some(({ id }) => id === this.openId)) this.openId = null;
    } catch (problem) {
      if (asked === this.#asked) this.problem = problem as ProblemView;
    }
    this.loaded = true;
  }

  /** The next page, when there is one. */
  async loadMore(): Promise<void> {
    const last = this.receipts.at(-1);
    if (!this.#more || this.#busy || !last) return;
    this.#busy = true;
    const asked = this.#asked;
    try {
      const page = await history({ limit: PAGE, ...this.query, after: last.id });
      if (asked !== this.#asked) return;
      this.receipts = [...this.receipts, ...page.receipts];
      this.#more = page.more;
    } catch (problem) {
      this.problem = problem as ProblemView;
    } finally {
      this.#busy = false;
    }
  }

  filter(change: Partial<Filters>) {
    this.filters = { ...this.filters, ...change };
    this.receipts = this.receipts.slice(0, PAGE);
    void this.load();
  }

  /** The upload before or after the open one. */
  step(by: 1 | -1) {
    const next = this.receipts[this.place + by];
    if (next) this.openId = next.id;
    if (this.place > this.receipts.length - 10) void this.loadMore();
  }

  /** The filters as the program takes them. */
  get query(): HistoryQuery {
    const { search, site, album, kind, expiring, deletable } = this.filters;
    return {
      ...(search.trim() && { search: search.trim() }),
      ...(site !== null && { site }),
      ...(album !== null && { album }),
      ...(kind !== null && { kind }),
      ...(expiring && { expiring }),
      ...(deletable && { has_delete_link: true }),
    };
  }
}
