//! Keys that work anywhere in the window.

import { closePanel, step } from "./panel/steps";
import { chooseFiles, nextStep, paste, pauseOrResume, restore } from "./state/actions";
import { queue } from "./state/queue.svelte";
import { screen } from "./state/screen.svelte";
import { selection } from "./state/selection.svelte";
import { settings } from "./state/settings.svelte";
import { isReady } from "./upload/tile";

const inText = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.matches("input:not([type=checkbox], [type=radio]), textarea, select"));

/** A menu or a dialog that is open takes every key but its own. */
const covered = () => document.querySelector("dialog[open], :popover-open") !== null;

export function keys(event: KeyboardEvent) {
  if (event.defaultPrevented || event.isComposing || covered()) return;
  const ctrl = settings.apple ? event.metaKey : event.ctrlKey;
  const act = ctrl && !event.altKey ? ctrlKey(event) : plainKey(event);
  if (!act) return;
  event.preventDefault();
  act();
}

type Act = (() => unknown) | null;

function ctrlKey({ key, shiftKey, target }: KeyboardEvent): Act {
  const upload = screen.now === "upload" && !screen.onboarding;
  if (screen.onboarding || shiftKey) return null;
  switch (key.toLowerCase()) {
    case "o":
      return chooseFiles;
    case "l":
      return () => (screen.dialog = "add-urls");
    case "v":
      return inText(target) ? null : paste;
    case "enter":
      return upload ? nextStep : null;
    case "p":
      return pauseOrResume;
    case "1":
      return () => screen.go("upload");
    case "2":
      return () => screen.go("history");
    case ",":
      return () => screen.go("settings");
    case "z":
      return inText(target) || !queue.state.can_undo ? null : restore;
    case "a":
      return upload && !inText(target) ? () => selection.all(queue.items.filter(isReady).map((item) => item.id)) : null;
    case "pageup":
      return upload ? () => step(-1) : null;
    case "pagedown":
      return upload ? () => step(1) : null;
    default:
      return null;
  }
}

function plainKey({ key, shiftKey }: KeyboardEvent): Act {
  if (key === "F1") return () => (screen.dialog = "keys");
  if (key === "F6") return () => nextRegion(shiftKey ? -1 : 1);
  if (key === "Escape" && screen.now === "upload") return closeTopmost();
  return null;
}

/** Esc: the panel, then the list of cases, then the selection. */
function closeTopmost(): Act {
  if (screen.panel.length > 0) return closePanel;
  if (screen.railOpen) return () => (screen.railOpen = false);
  if (selection.count > 0) return () => selection.clear();
  return null;
}

/** F6: header, pictures, panel or rail, water. */
function nextRegion(by: 1 | -1) {
  const visible = (element: HTMLElement) => element.offsetParent !== null;
  const regions = [...document.querySelectorAll<HTMLElement>("[data-region]")].filter(visible);
  const at = regions.findIndex((region) => region.contains(document.activeElement));
  const next = regions[(at + by + regions.length) % regions.length];
  const stops = next?.querySelectorAll<HTMLElement>(STOPS) ?? [];
  ([...stops].find(visible) ?? next)?.focus();
}

const STOPS = ".pic[tabindex='0'], input, textarea, button:not([tabindex='-1']):not(:disabled)";
