//! What the screen reader hears when an upload has ended: once a batch, not on every visit.

import { t, tProblem } from "../l10n";
import { announce } from "../state/announce.svelte";
import { queue } from "../state/queue.svelte";
import { sites } from "../state/sites.svelte";

let said: number | null = null;

/** Says how the batch ended, unless that was said already. */
export function sayEnded() {
  const { batch, site, site_hold } = queue.state;
  if (!batch || batch.id === said) return;
  said = batch.id;
  const arrived = queue.items.filter(({ state }) => state.is === "uploaded").length;
  if (arrived === 0 && batch.unknown === 0) {
    const failure = queue.items.map(({ state }) => (state.is === "failed" ? state.problem : null)).find(Boolean);
    const reason = site_hold?.problem ?? failure;
    announce.interrupt([`${t("done-none-title")}.`, reason ? tProblem(reason).detail : ""].join(" ").trim());
    return;
  }
  const name = sites.get(site)?.name ?? "";
  const parts = [t("done-ended", { uploaded: arrived, count: batch.files, site: name })];
  if (batch.failed > 0) parts.push(t("done-ended-failed", { count: batch.failed }));
  if (batch.unknown > 0) parts.push(t("done-ended-unknown", { count: batch.unknown }));
  announce.say(parts.join(" "));
}
