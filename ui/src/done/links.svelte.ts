//! The links of an upload in the chosen form, and copying them.

import {
  type CopiedView,
  copyLinks,
  type LinkForm,
  type LinkRow,
  type ReceiptView,
  renderLinks,
} from "../ipc/generated";
import { t } from "../l10n";
import { announce } from "../state/announce.svelte";
import { attempt, water } from "../state/water.svelte";

export class Links {
  /** By receipt; empty until the program has answered. */
  rows = $state.raw<ReadonlyMap<number, LinkRow>>(new Map());
  /** The text that the clipboard did not take. */
  byHand = $state<string | null>(null);
  #asked = 0;

  /** The rows that have a link, in order. */
  readonly usable = $derived([...this.rows.values()].filter((row) => row.text !== null));
  readonly text = $derived(this.usable.map((row) => row.text).join("\n"));

  async render(receipts: readonly ReceiptView[], form: LinkForm) {
    this.#asked += 1;
    const asked = this.#asked;
    const rows = await attempt(
      renderLinks(
        receipts.map(({ id }) => id),
        form,
      ),
    );
    if (rows && asked === this.#asked) this.rows = new Map(rows.map((row) => [row.receipt, row]));
  }

  /** Copies the links of these receipts in their order, and says what came of it. */
  async copy(receipts: readonly number[], form: LinkForm) {
    const copied = await attempt(copyLinks([...receipts], form));
    if (copied) this.#said(copied);
  }

  #said({ copied, left_out, text }: CopiedView) {
    if (text !== null) {
      this.byHand = text;
      return;
    }
    if (copied === 0) {
      const nothing = t("done-nothing-copied");
      water.say({ text: nothing, icon: "info" });
      announce.say(nothing);
      return;
    }
    const left = left_out > 0 ? ` ${t("done-copied-left-out", { count: left_out })}` : "";
    water.say({
      text: left ? t("done-copied-said", { count: copied }) + left : t("done-copied", { count: copied }),
      icon: "check",
    });
    announce.say(t("done-copied-said", { count: copied }) + left);
  }
}
