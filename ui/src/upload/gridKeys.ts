//! The keys of the grid.

import { moveItems } from "../ipc/generated";
import { copyLink, remove } from "../state/actions";
import { queue } from "../state/queue.svelte";
import { selection } from "../state/selection.svelte";
import { settings } from "../state/settings.svelte";
import { attempt } from "../state/water.svelte";
import { mayLeave, receiptOf } from "./acts";
import { openItem } from "./open";
import { type Metrics, step } from "./windowing";

/** What the grid does after a key: a tile that takes the focus, a tile whose menu opens; null when the key is not the grid's. */
export type Outcome = { focus?: number; menu?: number } | null;

export function gridKey(event: KeyboardEvent, metrics: Metrics, height: number): Outcome {
  const id = selection.focus;
  const item = id === null ? undefined : queue.get(id);
  if (id === null || !item) return null;
  const ctrl = event.ctrlKey || event.metaKey;
  const onPicture = !(event.target instanceof Element) || !event.target.closest(".tick, .drop1, .mid");

  switch (event.key) {
    case " ":
      if (!onPicture) return null;
      if (mayLeave(item)) selection.toggle(id);
      return {};
    case "Enter":
      if (!onPicture || ctrl) return null;
      return openItem(item) ? {} : { menu: id };
    case "F2":
      return openItem(item, true) ? {} : { menu: id };
    case "Delete":
    case "Backspace":
      void remove(removable(id));
      return {};
    case "ContextMenu":
      return { menu: id };
    case "F10":
      return event.shiftKey ? { menu: id } : null;
    case "c":
    case "C":
      return ctrl && !event.shiftKey ? copy(id) : null;
  }

  const at = queue.order.indexOf(id);
  const to = step(event.key, at, queue.order.length, metrics, height, ctrl);
  if (to === null) return null;
  if (ctrl && event.key.startsWith("Page")) return null;
  if (event.altKey) return event.key.startsWith("Arrow") ? move(id, at, to) : null;
  const next = queue.order[to];
  if (next === undefined) return {};
  if (event.shiftKey) selection.extend(queue.order, next);
  else selection.moveTo(next);
  return { focus: next };
}

/** The selection when the file belongs to it, else the file alone; without what is on its way. */
export function removable(id: number): number[] {
  const ids = selection.has(id) ? selection.inOrder(queue.order) : [id];
  return ids.filter((each) => {
    const item = queue.get(each);
    return item && mayLeave(item);
  });
}

function copy(id: number): Outcome {
  const item = queue.get(id);
  const receipt = item && receiptOf(item);
  if (!receipt) return null;
  void copyLink(receipt, settings.now.link_form);
  return {};
}

function move(id: number, at: number, to: number): Outcome {
  if (to === at) return {};
  const before = queue.order[to > at ? to + 1 : to] ?? null;
  void attempt(moveItems([id], before));
  return { focus: id };
}
