import { expect, test } from "vitest";
import type { ReceiptView } from "../ipc/generated";
import { groupByDay } from "./days";

const at = (text: string) => new Date(text).getTime();
const uploaded = (text: string) => ({ uploaded_at: at(text) }) as ReceiptView;
const headings = (now: string, ...times: string[]) =>
  groupByDay(times.map(uploaded), at(now)).map(({ span, key, receipts }) => `${span} ${key} ${receipts.length}`);

test("today and yesterday by name, then days, then months", () => {
  expect(
    headings(
      "2026-09-14T15:00",
      "2026-09-14T14:06",
      "2026-09-14T00:00",
      "2026-09-13T23:59",
      "2026-09-11T10:00",
      "2026-08-30T10:00",
      "2026-08-02T10:00",
      "2025-08-02T10:00",
    ),
  ).toEqual(["today 2026-09-14 2", "yesterday 2026-09-13 1", "day 2026-09-11 1", "month 2026-08 2", "month 2025-08 1"]);
});

test("at the start of a month the last week still has its days", () => {
  expect(headings("2026-09-02T09:00", "2026-08-30T09:00", "2026-08-20T09:00")).toEqual([
    "day 2026-08-30 1",
    "month 2026-08 1",
  ]);
});

test("a day before the clock change is yesterday, though 25 hours ago", () => {
  expect(headings("2026-10-26T00:30", "2026-10-25T00:10")).toEqual(["yesterday 2026-10-25 1"]);
});
