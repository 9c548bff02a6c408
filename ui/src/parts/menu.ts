import type { IconName } from "./icons";

/** One act of a menu; `key` is the key that does the same. */
export type MenuEntry = { label: string; icon?: IconName; key?: string; risk?: boolean; run: () => void };
