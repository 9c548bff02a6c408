//! The delete links that are kept without their uploads, page by page.

import { type KeptView, keptLinks, type ProblemView } from "../ipc/generated";

export class Kept {
  links = $state.raw<KeptView[]>([]);
  more = $state(false);
  loaded = $state(false);
  problem = $state.raw<ProblemView | null>(null);

  /** From the start, as far as was shown already. */
  async load(): Promise<void> {
    const shown = this.links.length;
    await this.#page(null);
    while (this.problem === null && this.more && this.links.length < shown) await this.loadMore();
  }

  /** The next page. */
  async loadMore(): Promise<void> {
    await this.#page(this.links.at(-1)?.id ?? null);
  }

  async #page(after: number | null) {
    try {
      const page = await keptLinks(after);
      this.links = after === null ? page.kept : [...this.links, ...page.kept];
      this.more = page.more;
      this.problem = null;
    } catch (problem) {
      this.problem = problem as ProblemView;
    }
    this.loaded = true;
  }
}
