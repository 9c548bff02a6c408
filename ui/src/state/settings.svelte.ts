//! The mirror of the settings, and of what the program said about itself.

import type { HelloView, SettingsView } from "../ipc/generated";

class Settings {
  now = $state.raw<SettingsView>({
    language: null,
    parallel: 2,
    privacy: "location",
    neutral_names: false,
    upright: false,
    link_form: { format: "links", kind: "viewer" },
    copy_when_done: false,
    on_close: "ask",
    notify: true,
  });
  /** Version, platform and tray, as said once at the start. */
  hello = $state.raw<HelloView | null>(null);
  readonly apple = $derived(this.hello?.platform === "macos");
}

export const settings = new Settings();
