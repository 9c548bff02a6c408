//! What a press on a tile, or Enter, opens.

import type { ItemView } from "../ipc/generated";
import { tProblem } from "../l10n";
import { announce } from "../state/announce.svelte";
import { screen } from "../state/screen.svelte";
import { water } from "../state/water.svelte";
import { isReady } from "./tile";

/** Opens the panel, the file's case or the reason; false when its menu is all there is. */
export function openItem(item: ItemView, titleFirst = false): boolean {
  const { state } = item;
  if (isReady(item)) {
    screen.customize([item.id], titleFirst);
    return true;
  }
  if (state.is === "failed" || state.is === "unknown") {
    screen.showCase(item.id);
    return true;
  }
  if (state.is === "refused") {
    const { detail } = tProblem(state.problem);
    water.say({ text: detail, icon: "cross" });
    announce.say(detail);
    return true;
  }
  return false;
}
