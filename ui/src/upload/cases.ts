//! What needs the person, and what waits for the site.

import type { Activity, ItemView, SiteHold } from "../ipc/generated";

export type Cases = {
  /** Failed, or outcome unknown: a decision is wanted. */
  needs: ItemView[];
  /** Uploaded, waiting for approval. */
  approval: ItemView[];
  /** Tried again by itself; files that wait for the same reason are one case, told by when the first goes on. */
  later: { until: number; items: ItemView[] }[];
  /** The whole site waits until the person acts. */
  stopped: SiteHold | null;
};

export function casesOf(items: ItemView[], hold: SiteHold | null, activity: Activity): Cases {
  const cases: Cases = { needs: [], approval: [], later: [], stopped: null };
  const later = new Map<string, { until: number; items: ItemView[] }>();
  for (const item of items) {
    const { state } = item;
    if (state.is === "failed" || state.is === "unknown") cases.needs.push(item);
    else if (state.is === "uploaded" && !state.receipt.approved) cases.approval.push(item);
    else if (state.is === "waiting" && activity !== "paused") {
      const until = state.until ?? hold?.until ?? null;
      if (until === null) continue;
      const reason = (state.problem ?? hold?.problem)?.code ?? "";
      const group = later.get(reason) ?? { until, items: [] };
      later.set(reason, group);
      group.until = Math.min(until, group.until);
      group.items.push(item);
    }
  }
  cases.later = [...later.values()].sort((a, b) => a.until - b.until);
  if (hold && hold.until === null) cases.stopped = hold;
  return cases;
}

/** Files that wait for the site without the person. */
export const waitingCount = ({ approval, later }: Cases): number =>
  approval.length + later.reduce((sum, { items }) => sum + items.length, 0);

export const isQuiet = (cases: Cases): boolean =>
  cases.needs.length === 0 && !cases.stopped && waitingCount(cases) === 0;
