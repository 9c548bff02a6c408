//! How far an upload is, in words.

import type { BatchView } from "../ipc/generated";
import { fileSize, sizeWithin, t } from "../l10n";

/** "24.7 of 54.8 MB sent" */
export const sentText = ({ sent, total }: BatchView): string =>
  t("upload-facts-sent", { sent: sizeWithin(sent, total), total: fileSize(total) });

/** "24.7 of 54.8 MB, 2.4 MB/s, about 1 min left"; speed and time only once they are known. */
export function factsText({ sent, total, rate }: BatchView): string {
  const facts = [t("upload-facts-of", { sent: sizeWithin(sent, total), total: fileSize(total) })];
  if (rate > 0) {
    facts.push(t("upload-facts-rate", { rate: fileSize(rate) }));
    if (total > sent) facts.push(leftText(((total - sent) / rate) * 1000));
  }
  return facts.join(", ");
}

/** "about 1 min left" */
export function leftText(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  if (ms < 10_000) return t("upload-left-moments");
  if (ms < 45_000) return t("upload-left-seconds", { count: Math.round(ms / 10_000) * 10 });
  if (minutes < 60) return t("upload-left-minutes", { count: Math.max(1, minutes) });
  return t("upload-left-hours", { count: Math.max(1, Math.round(minutes / 60)) });
}
