//! Opening another file in the panel, and closing it.

import { queue } from "../state/queue.svelte";
import { screen } from "../state/screen.svelte";
import { selection } from "../state/selection.svelte";
import { isReady } from "../upload/tile";

/** Closes the panel; the focus goes back to its tile. */
export function closePanel() {
  const [id] = screen.panel;
  screen.panel = [];
  if (id !== undefined) selection.focus = id;
  requestAnimationFrame(() => document.querySelector<HTMLElement>(`.pic[data-id="${id}"]`)?.focus());
}

/** The previous or next file in the panel. */
export function step(by: 1 | -1) {
  const [id] = screen.panel;
  if (id === undefined || screen.panel.length > 1) return;
  const order = queue.items.filter(isReady).map((item) => item.id);
  const next = order[order.indexOf(id) + by];
  if (next === undefined) return;
  screen.panel = [next];
  selection.moveTo(next);
  document.querySelector(`.pic[data-id="${next}"]`)?.scrollIntoView({ block: "nearest" });
}
