//! Everything that can be done with one item, as its menu and its case offer it.

import * as ipc from "../ipc/generated";
import { t } from "../l10n";
import { madeToFit } from "../panel/formats";
import { save } from "../panel/saving";
import type { MenuEntry } from "../parts/menu";
import { copyLink, remove } from "../state/actions";
import { screen } from "../state/screen.svelte";
import { selection } from "../state/selection.svelte";
import { settings } from "../state/settings.svelte";
import { attempt } from "../state/water.svelte";
import { isOpen } from "./tile";

export const retry = (item: ipc.ItemView) => attempt(ipc.retry([item.id]));
export const sendAgain = (item: ipc.ItemView) => attempt(ipc.sendAgain(item.id));
export const isThere = (item: ipc.ItemView) => {
  screen.there = item.id;
};
export const checkSite = (site: number | null) => (site === null ? null : attempt(ipc.openSite(site, "home")));

/** The receipt of an item that is on the site, now or from before. */
export function receiptOf({ state }: ipc.ItemView): ipc.ReceiptView | null {
  return state.is === "uploaded" || state.is === "duplicate" ? state.receipt : null;
}

export function menuOf(item: ipc.ItemView, site: number | null): MenuEntry[] {
  const entries: MenuEntry[] = [];
  const { id, state } = item;
  const receipt = receiptOf(item);
  if (isOpen(item)) {
    entries.push({
      label: t("upload-customize"),
      icon: "tune",
      key: t("upload-key-enter"),
      run: () => screen.customize([id]),
    });
    entries.push({ label: t("upload-edit-title"), key: "F2", run: () => screen.customize([id], true) });
  }
  const fit = madeToFit(item);
  if (fit) entries.push({ label: t("upload-make-fit"), icon: "tune", run: () => void save([id], fit) });
  if (state.is === "failed") entries.push({ label: t("upload-retry"), icon: "retry", run: () => void retry(item) });
  if (state.is === "unknown") {
    entries.push({ label: t("upload-check-site"), icon: "open", run: () => void checkSite(site) });
    entries.push({ label: t("upload-it-is-there"), icon: "check", run: () => isThere(item) });
    entries.push({ label: t("upload-send-again"), icon: "retry", run: () => void sendAgain(item) });
  }
  if (receipt) {
    entries.push({
      label: t("common-copy-link"),
      icon: "copy",
      run: () => void copyLink(receipt, settings.now.link_form),
    });
    entries.push({ label: t("upload-open-page"), icon: "open", run: () => void attempt(ipc.openReceipt(receipt.id)) });
  }
  if (state.is === "duplicate") {
    entries.push({ label: t("upload-send-anyway"), icon: "retry", run: () => void attempt(ipc.sendAnyway(id)) });
  }
  if (mayLeave(item)) {
    const label = selection.has(id) ? t("upload-unselect") : t("upload-select");
    entries.push({ label, icon: "check", key: t("upload-key-space"), run: () => selection.toggle(id) });
    entries.push({
      label: t("common-remove"),
      icon: "close",
      key: t("upload-key-delete"),
      run: () => void remove([id]),
    });
  }
  return entries;
}

/** Whether it can be taken out of the queue: not while it is on its way. */
export function mayLeave({ state }: ipc.ItemView): boolean {
  return state.is !== "sending" && state.is !== "answering" && state.is !== "uploaded";
}
