//! Moments of an upload in the person's language.

import type { ReceiptView } from "../ipc/generated";
import { currentLanguage, t } from "../l10n";
import { type Group, place } from "./days";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const format = (at: number, options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat(currentLanguage() === "lt" ? "lt" : "en-GB", options).format(at);

const capital = (text: string) => text.charAt(0).toLocaleUpperCase(currentLanguage()) + text.slice(1);
const clockTime = (at: number) => format(at, { hour: "2-digit", minute: "2-digit" });
const sameYear = (at: number, now: number) => new Date(at).getFullYear() === new Date(now).getFullYear();

/** The heading of a group: "Today", "Friday 11 September", "August". */
export function heading({ span, at }: Group, now: number): string {
  if (span === "today") return t("history-today");
  if (span === "yesterday") return t("history-yesterday");
  const year = sameYear(at, now) ? {} : ({ year: "numeric" } as const);
  if (span === "month") return capital(format(at, { month: "long", ...year }));
  return capital(format(at, { weekday: "long", day: "numeric", month: "long", ...year }).replace(",", ""));
}

/** "Today 14:06", "11 Sep 14:06". */
export function moment(at: number, now: number): string {
  const { span } = place(at, now);
  if (span === "today") return t("history-time-today", { time: clockTime(at) });
  if (span === "yesterday") return t("history-time-yesterday", { time: clockTime(at) });
  return day(at, now);
}

/** "20 Sep 14:06", with the year when it is another one. */
export function day(at: number, now: number): string {
  const year = sameYear(at, now) ? {} : ({ year: "numeric" } as const);
  // A short month is a number in Lithuanian, and "12-01" is read as a time.
  const month = currentLanguage() === "lt" ? "long" : "short";
  return `${format(at, { day: "numeric", month, ...year })} ${clockTime(at)}`;
}

/** How long until the site deletes it, in the largest unit that fits: "6 days". None when it is over or never. */
export function timeLeft({ expires_at }: ReceiptView, now: number): string | null {
  if (expires_at === null || expires_at <= now) return null;
  const left = expires_at - now;
  if (left >= DAY) return t("history-days-left", { count: Math.round(left / DAY) });
  if (left >= HOUR) return t("history-hours-left", { count: Math.round(left / HOUR) });
  return t("history-minutes-left", { count: Math.max(1, Math.round(left / MINUTE)) });
}
