//! Which files the panel opens for.

import { queue } from "../state/queue.svelte";
import { screen } from "../state/screen.svelte";
import { selection } from "../state/selection.svelte";
import { isReady } from "./tile";

/** Of these, the files whose options can be changed. */
export function customizable(ids: readonly number[]): number[] {
  return ids.filter((id) => {
    const item = queue.get(id);
    return item && isReady(item);
  });
}

export function customizeSelection() {
  const ids = customizable(selection.inOrder(queue.order));
  if (ids.length > 0) screen.customize(ids);
}
