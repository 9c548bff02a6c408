//! How a change of the queue is applied to the mirror of it.

import type { ItemView, ProgressView, QueueDelta, QueueView } from "../ipc/generated";

/** The queue, with the ids in their order and the place of each: both are the same objects until files come, go or move. */
export type Mirrored = QueueView & { order: readonly number[]; places: ReadonlyMap<number, number> };

export function mirrored({ rev, items, state }: QueueView): Mirrored {
  const order = items.map((item) => item.id);
  return { rev, items, state, order, places: new Map(order.map((id, at) => [id, at])) };
}

/** The view after the change; null when the change belongs to another line of revisions. */
export function applyDelta(view: Mirrored, delta: QueueDelta): Mirrored | null {
  if (delta.from !== view.rev) return null;
  const { rev } = delta;
  const state = delta.state ?? view.state;
  const comesOrGoes = delta.removed.length > 0 || delta.upsert.some((item) => !view.places.has(item.id));
  if (comesOrGoes || delta.order) return mirrored({ rev, items: arranged(view.items, delta), state });
  return { ...view, rev, items: changed(view, delta), state };
}

/** Files came, went or moved. */
function arranged(items: ItemView[], { upsert, removed, order, progress }: QueueDelta): ItemView[] {
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

/** Each file stays in its place, so a long queue is not gone through for one of them. */
function changed({ items, places }: Mirrored, { upsert, progress }: QueueDelta): ItemView[] {
  if (upsert.length + progress.length === 0) return items;
  const next = items.slice();
  for (const item of upsert) next[places.get(item.id) ?? next.length] = item;
  for (const step of progress) {
    const at = places.get(step.id) ?? -1;
    const item = next[at];
    if (item) next[at] = withProgress(item, step);
  }
  return next;
}

function withProgress(item: ItemView, { sent, total }: ProgressView): ItemView {
  const state: ItemView["state"] = sent >= total ? { is: "answering" } : { is: "sending", sent, total };
  return { ...item, state };
}
