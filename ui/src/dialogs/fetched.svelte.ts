//! Pictures fetched by address while the dialog is open. What is not added is thrown away when it closes.

import type { FetchedView } from "../ipc/generated";

/** The addresses in a text, one a line, each once. */
export const lines = (text: string): string[] => [
  ...new Set(
    text
      .split("\n")
      .map((line) => line.trim())
      .filter(Boolean),
  ),
];

export class Fetched {
  #all = $state.raw<ReadonlyMap<string, FetchedView>>(new Map());
  #ask: (urls: string[]) => Promise<FetchedView[]>;
  #drop: (tokens: number[]) => void;
  #taken = new Set<number>();
  #closed = false;
  busy = $state(false);

  constructor(ask: (urls: string[]) => Promise<FetchedView[]>, drop: (tokens: number[]) => void) {
    this.#ask = ask;
    this.#drop = drop;
  }

  /** The addresses that nothing is known of yet. */
  missing = (urls: string[]) => urls.filter((url) => !this.#all.has(url));
  /** What came of these addresses, in their order. */
  of = (urls: string[]) => urls.flatMap((url) => this.#all.get(url) ?? []);

  async get(urls: string[]): Promise<void> {
    this.busy = true;
    try {
      const views = await this.#ask(urls);
      // The dialog may have closed meanwhile: then nobody wants them.
      if (this.#closed) this.#drop(tokensOf(views));
      else this.#all = new Map([...this.#all, ...views.map((view) => [view.url, view] as const)]);
    } finally {
      this.busy = false;
    }
  }

  /** These go to the queue and are not thrown away. */
  taken(tokens: number[]) {
    for (const token of tokens) this.#taken.add(token);
  }

  close() {
    this.#closed = true;
    const left = tokensOf([...this.#all.values()]).filter((token) => !this.#taken.has(token));
    if (left.length > 0) this.#drop(left);
  }
}

const tokensOf = (views: FetchedView[]) => views.flatMap(({ token }) => token ?? []);
