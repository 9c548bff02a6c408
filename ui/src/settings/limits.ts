//! What is known of a site's limits, in words and as something to edit.

import type { LimitsView, PeriodView, RateView, SizeUnit } from "../ipc/generated";
import { currentLanguage, fileSize, t } from "../l10n";

export const PERIODS: readonly PeriodView[] = ["minute", "hour", "day", "week", "month"];

const UNITS: Record<SizeUnit, number> = { kb: 1_000, mb: 1_000_000, gb: 1_000_000_000 };

export const UNIT_NAMES: Record<SizeUnit, string> = { kb: "kB", mb: "MB", gb: "GB" };

/** The largest file that is sent there. */
export function largest({ max_size, own_max_size }: LimitsView): number | null {
  return max_size !== null && own_max_size !== null ? Math.min(max_size, own_max_size) : (own_max_size ?? max_size);
}

/** A size to edit: "2.5" and its unit. */
export function sizeToEdit(bytes: number | null): { amount: string; unit: SizeUnit } {
  if (bytes === null) return { amount: "", unit: "mb" };
  const unit = bytes < UNITS.mb ? "kb" : bytes < UNITS.gb ? "mb" : "gb";
  const digits = { maximumFractionDigits: 3, useGrouping: false };
  return { amount: new Intl.NumberFormat(currentLanguage(), digits).format(bytes / UNITS[unit]), unit };
}

/** Whose word the largest file is, and what the site said besides. */
export function sizeHint({ max_size, own_max_size, refused_size }: LimitsView): string {
  const refused = refused_size === null ? [] : [t("settings-limits-refused-size", { size: fileSize(refused_size) })];
  if (own_max_size === null) {
    if (max_size === null && refused_size !== null) return refused[0] ?? "";
    return [t(max_size === null ? "settings-limits-none" : "settings-limits-learned"), ...refused].join(" ");
  }
  const lower = max_size !== null && max_size < own_max_size;
  const own = lower ? t("settings-limits-size-lower", { size: fileSize(max_size) }) : t("settings-limits-own");
  return [own, ...refused].join(" ");
}

/** Whose word a rate is. */
export function rateHint(rate: RateView | undefined): string | undefined {
  if (!rate) return undefined;
  const { own, learned } = rate;
  if (own === null) return t("settings-limits-learned");
  if (learned !== null && learned < own) return t("settings-limits-rate-lower", { count: learned });
  return t("settings-limits-own");
}

export function isAnyKnown(limits: LimitsView): boolean {
  return (
    largest(limits) !== null || limits.refused_size !== null || limits.refused_formats.length + limits.rates.length > 0
  );
}
