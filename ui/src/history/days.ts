//! Uploads by day while they are recent, by month later.

import type { ReceiptView } from "../ipc/generated";

export type Group = {
  /** Sorts and tells groups apart: "2026-09-14" or "2026-08". */
  key: string;
  /** What its heading names. */
  span: "today" | "yesterday" | "day" | "month";
  /** Some moment of the day or month. */
  at: number;
  receipts: ReceiptView[];
};

const RECENT_DAYS = 7;

const two = (n: number) => String(n).padStart(2, "0");
const monthKey = (date: Date) => `${date.getFullYear()}-${two(date.getMonth() + 1)}`;
const dayKey = (date: Date) => `${monthKey(date)}-${two(date.getDate())}`;

/** The day `days` before another, by the calendar and not by 24 hours: summer time does not shift it. */
const daysBefore = (date: Date, days: number) => new Date(date.getFullYear(), date.getMonth(), date.getDate() - days);

/** Receipts, latest first, in groups of the local calendar. An upload that ran over midnight is in the order of its
 * queue, so a day may come up again: it stays one group. */
export function groupByDay(receipts: readonly ReceiptView[], now: number): Group[] {
  const groups = new Map<string, Group>();
  for (const receipt of receipts) {
    const { key, span } = place(receipt.uploaded_at, now);
    const group = groups.get(key);
    if (group) group.receipts.push(receipt);
    else groups.set(key, { key, span, at: receipt.uploaded_at, receipts: [receipt] });
  }
  return [...groups.values()];
}

/** Where a moment stands as seen from now: the group's key and what it names. */
export function place(at: number, now: number): Pick<Group, "key" | "span"> {
  const [date, today] = [new Date(at), new Date(now)];
  const key = dayKey(date);
  if (key === dayKey(today)) return { key, span: "today" };
  if (key === dayKey(daysBefore(today, 1))) return { key, span: "yesterday" };
  const recent = date >= daysBefore(today, RECENT_DAYS - 1) || monthKey(date) === monthKey(today);
  return recent ? { key, span: "day" } : { key: monthKey(date), span: "month" };
}
