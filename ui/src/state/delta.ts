//! How a change of the queue is applied to the mirror of it.

import type { ItemView, ProgressView, QueueDelta, QueueView } from "../ipc/generated";

/** The view after the change; null when the change belongs to another line of revisions. */
export function applyDelta(view: QueueView, delta: QueueDelta): QueueView | null {
  if (delta.from !== view.rev) return null;
  return { rev: delta.rev, items: changedItems(view.items, delta), state: delta.state ?? view.state };
}

function changedItems(items: ItemView[], delta: QueueDelta): ItemView[] {
  const { upsert, removed, order, progress } = delta;
  if (!upsert.length && !removed.length && !order && !progress.length) return items;

  const known = new Map(items.map((item) => [item.id, item]));
  for (const item of upsert) known.set(item.id, item);
  for (const id of removed) known.delete(id);
  for (const step of progress) {
    const item = known.get(step.id);
    if (item) known.set(step.id, withProgress(item, step));
  }
  // A map keeps the place of what was there and puts new items last, which is the queue's own rule.
  if (!order) return [...known.values()];
  return order.flatMap((id) => known.get(id) ?? []);
}

function withProgress(item: ItemView, { sent, total }: ProgressView): ItemView {
  const state: ItemView["state"] = sent >= total ? { is: "answering" } : { is: "sending", sent, total };
  return { ...item, state };
}
