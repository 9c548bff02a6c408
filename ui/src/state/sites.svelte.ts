//! The mirror of the sites.

import type { SiteView } from "../ipc/generated";

class Sites {
  all = $state.raw<SiteView[]>([]);
  readonly current = $derived(this.all.find((site) => site.current) ?? null);

  get(id: number | null): SiteView | null {
    return this.all.find((site) => site.id === id) ?? null;
  }
}

export const sites = new Sites();
