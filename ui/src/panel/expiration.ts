//! When a site deletes a file by itself: the presets of its own form, and an own time inside its bounds.

import { t } from "../l10n";

export type Unit = "minutes" | "hours" | "days" | "weeks" | "months";

export const UNITS: readonly Unit[] = ["minutes", "hours", "days", "weeks", "months"];

/** Shortest first, as ISO 8601; every Chevereto site since 4.0 knows these. */
export const PRESETS = [
  ...["PT5M", "PT15M", "PT30M", "PT1H", "PT3H", "PT6H", "PT12H"],
  ...["P1D", "P2D", "P3D", "P1W", "P2W", "P1M", "P2M", "P3M", "P6M", "P1Y"],
] as const;

const LETTER: Record<Unit, string> = { minutes: "M", hours: "H", days: "D", weeks: "W", months: "M" };
const MINUTES: Record<Unit, number> = { minutes: 1, hours: 60, days: 1440, weeks: 10_080, months: 44_640 };
const SHORTEST = 5;
const LONGEST = 365 * 1440;

/** An own time as ISO 8601; null when it is no whole number, or outside five minutes to one year. */
export function toIso(text: string, unit: Unit): string | null {
  if (!/^\s*\d{1,6}\s*$/.test(text)) return null;
  const count = Number(text);
  if (unit === "months" && count === 12) return "P1Y";
  const minutes = count * MINUTES[unit];
  if (minutes < SHORTEST || minutes > LONGEST) return null;
  return `P${unit === "minutes" || unit === "hours" ? "T" : ""}${count}${LETTER[unit]}`;
}

/** "2 weeks" of "P2W"; what is not one number and one unit is shown as it is. */
export function expirationLabel(iso: string): string {
  const [, time, count, letter] = iso.match(/^P(T?)(\d+)([MHDWY])$/) ?? [];
  if (!count || !letter) return iso;
  if (letter === "Y") return t("upload-years", { count: Number(count) });
  const unit = UNITS.find(
    (each) => LETTER[each] === letter && (each === "minutes" || each === "hours") === (time === "T"),
  );
  return unit ? t(`upload-${unit}`, { count: Number(count) }) : iso;
}
