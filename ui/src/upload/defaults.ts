//! The defaults for all files, in words and in choices.

import type { SiteView } from "../ipc/generated";
import { setDefaults } from "../ipc/generated";
import { t } from "../l10n";
import { expirationLabel } from "../panel/expiration";
import { queue } from "../state/queue.svelte";
import { attempt } from "../state/water.svelte";

/** "Defaults for all: Curonian Spit, never deleted" */
export function defaultsLabel(site: SiteView | null): string {
  const { album, expiration } = queue.state.defaults;
  const where = album?.name ?? t("upload-no-album");
  const when = expiration ? expirationLabel(expiration) : t("upload-never-deleted");
  return site ? t("upload-defaults-label", { album: where, expiration: when }) : t("upload-defaults");
}

type Change = Partial<typeof queue.state.defaults>;

/** Changes one of the defaults. */
export const changeDefaults = (change: Change) => attempt(setDefaults({ ...queue.state.defaults, ...change }));
