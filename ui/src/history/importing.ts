//! Taking an exported history in, from the menu.

import { type ImportedView, importHistory } from "../ipc/generated";
import { t } from "../l10n";
import { announce } from "../state/announce.svelte";
import { attempt, water } from "../state/water.svelte";

/** What came, in one line. */
export const said = ({ added, known, delete_links }: ImportedView) =>
  [
    t("history-imported", { count: added }),
    added > 0 && known > 0 ? t("history-imported-known", { count: known }) : null,
    delete_links > 0 ? t("history-imported-links", { count: delete_links }) : null,
  ]
    .filter(Boolean)
    .join(" ");

/** Asks which file, and says what came of it. */
export async function takeIn() {
  const imported = await attempt(importHistory());
  if (!imported) return;
  water.say({ text: said(imported), icon: "check" });
  announce.say(said(imported));
}
