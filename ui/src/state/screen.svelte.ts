//! What the window shows: a screen, at most one dialog on it, and whose customise panel is open.

import type { Screen } from "../ipc/generated";

export type DialogName = "add-urls" | "add-site" | "ask-close" | "report" | "keys" | "defaults";
export type SettingsSection = "sites" | "uploading" | "privacy" | "links" | "desktop" | "language" | "about";

class ScreenState {
  now = $state<Screen>("upload");
  /** The section of settings to show, set when something leads there. */
  section = $state<SettingsSection>("sites");
  dialog = $state<DialogName | null>(null);
  /** The items that the customise panel is about; empty when it is closed. */
  panel = $state.raw<readonly number[]>([]);
  /** Set for the panel that opens next: the title gets the focus. */
  titleFirst = $state(false);
  /** The case in "Needs you" that something leads to; it takes the focus and clears this. */
  caseShown = $state<number | null>(null);
  /** On a narrow window the cases cover the grid while this is set. */
  railOpen = $state(false);
  /** The first run is being shown until a site is there or the person skips it. */
  onboarding = $state(false);
  /** A text that the clipboard did not take: shown to be copied by hand. */
  byHand = $state<string | null>(null);
  /** An item of unknown outcome that the person says is on the site. */
  there = $state<number | null>(null);
  /** The kept delete links are to be shown with history. */
  kept = $state(false);
  /** Files held over the window. */
  dragged = $state(0);

  go(screen: Screen, section?: SettingsSection) {
    this.now = screen;
    if (section) this.section = section;
    this.panel = [];
  }

  showCase(item: number) {
    this.panel = [];
    this.railOpen = true;
    this.caseShown = item;
  }

  customize(items: readonly number[], titleFirst = false) {
    this.titleFirst = titleFirst;
    this.panel = items;
  }
}

export const screen = new ScreenState();
