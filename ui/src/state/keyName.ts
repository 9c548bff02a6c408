//! Key names as the system writes them.

import { t } from "../l10n";
import { settings } from "./settings.svelte";

/** "Ctrl O"; "Cmd O" on macOS. */
export const keyName = (key: string): string => `${ctrlName()} ${key}`;

export const ctrlName = (): string => t(settings.apple ? "upload-key-cmd" : "upload-key-ctrl");
