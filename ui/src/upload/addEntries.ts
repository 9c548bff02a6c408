//! The ways to add files, for the menu of the toolbar.

import { t } from "../l10n";
import type { MenuEntry } from "../parts/menu";
import { chooseFiles, paste } from "../state/actions";
import { keyName } from "../state/keyName";
import { screen } from "../state/screen.svelte";

export const addEntries = (): MenuEntry[] => [
  { label: t("upload-choose-files"), icon: "files", key: keyName("O"), run: chooseFiles },
  { label: t("upload-add-urls"), icon: "link", key: keyName("L"), run: () => (screen.dialog = "add-urls") },
  { label: t("upload-clipboard"), icon: "clip", key: keyName("V"), run: paste },
];
