//! What needs the person, and what waits for the site.

import type { ItemView, SiteHold } from "../ipc/generated";

export type Cases = {
  /** Failed, or outcome unknown: a decision is wanted. */
  needs: ItemView[];
  /** Uploaded, waiting for approval. */
  approval: ItemView[];
  /** Tried again by itself, by when; files of the same time are one case. */
  later: { until: number; items: ItemView[] }[];
  /** The whole site waits until the person acts. */
  stopped: SiteHold | null;
};

export function casesOf(items: ItemView[], hold: SiteHold | null): Cases {
  const cases: Cases = { needs: [], approval: [], later: [], stopped: null };
  const later = new Map<number, ItemView[]>();
  for (const item of items) {
    const { state } = item;
    if (state.is === "failed" || state.is === "unknown") cases.needs.push(item);
    else if (state.is === "uploaded" && !state.receipt.approved) cases.approval.push(item);
    else if (state.is === "waiting") {
      const until = state.until ?? hold?.until ?? null;
      if (until !== null) later.set(until, [...(later.get(until) ?? []), item]);
    }
  }
  cases.later = [...later].sort(([a], [b]) => a - b).map(([until, waiting]) => ({ until, items: waiting }));
  if (hold && hold.until === null) cases.stopped = hold;
  return cases;
}

/** Files that wait for the site without the person. */
export const waitingCount = ({ approval, later }: Cases): number =>
  approval.length + later.reduce((sum, { items }) => sum + items.length, 0);

export const isQuiet = (cases: Cases): boolean =>
  cases.needs.length === 0 && !cases.stopped && waitingCount(cases) === 0;
