//! Changing a setting: the mirror follows once the program has kept it.

import { type SettingsPatch, setSettings } from "../ipc/generated";
import { attempt } from "../state/water.svelte";

export const change = (patch: SettingsPatch) => void attempt(setSettings(patch));
