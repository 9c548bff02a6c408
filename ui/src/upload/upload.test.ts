import { describe, expect, it } from "vitest";
import type { ItemView, QueueDelta, QueueState } from "../ipc/generated";
import { casesOf, isQuiet } from "./cases";
import { newsOf } from "./news";
import { tileOf } from "./tile";
import { step, visible } from "./windowing";

const item = (id: number, state: ItemView["state"]): ItemView =>
  ({ id, name: `${id}.jpg`, format: "JPEG", size: 3_400_000, manifest: null, state }) as ItemView;

const problem = { code: "rate-limited", args: {} };

describe("a tile", () => {
  const now = () => 1_000_000;

  it("counts down to when the site goes on, and waits plainly after it", () => {
    const waiting = item(1, { is: "waiting", until: 1_042_000, problem });
    expect(tileOf(waiting, "uploading", null, now)).toMatchObject({
      line: "Goes on in 0:42",
      countdown: "0:42",
      fog: true,
    });
    expect(tileOf(waiting, "uploading", null, () => 1_050_000)).toEqual({ line: "Waiting", fog: true });
    expect(tileOf(waiting, "paused", null, now).line).toBe("Paused");
  });

  it("clears its fog as far as the file was sent", () => {
    const tile = tileOf(item(1, { is: "sending", sent: 8_900_000, total: 24_600_000 }), "uploading", null, now);
    expect(tile.line).toBe("36%, 8.9 MB");
    expect(tile.sent).toBeCloseTo(0.36, 2);
  });

  it("never calls an unknown outcome a failure", () => {
    expect(tileOf(item(1, { is: "unknown", problem }), "uploading", null, now)).toMatchObject({
      line: "Outcome unknown",
      tone: "warn",
    });
  });
});

it("files that wait for the same reason are one case, told by the first that goes on", () => {
  const wait = (id: number, until: number) => item(id, { is: "waiting", until, problem });
  const { later } = casesOf([wait(1, 900), wait(2, 500), wait(3, 700)], null, "uploading");
  expect(later.map(({ until, items }) => [until, items.length])).toEqual([[500, 3]]);
  expect(isQuiet(casesOf([wait(1, 900)], null, "paused"))).toBe(true);
});

describe("a long grid", () => {
  const metrics = { columns: 5, row: 100 };

  it("draws the rows in sight and keeps the room of the others", () => {
    const range = visible(10_000, metrics, 50_000, 400);
    expect(range.first).toBeLessThanOrEqual(2500);
    expect(range.last).toBeGreaterThanOrEqual(2520);
    expect(range.last - range.first).toBeLessThanOrEqual(6 * metrics.columns);
    expect(range.before + ((range.last - range.first) / 5) * 100 + range.after).toBe(2000 * 100);
  });

  it("draws a few tiles to be measured, and a short grid whole", () => {
    expect(visible(10_000, { columns: 1, row: 0 }, 0, 0)).toMatchObject({ first: 0, last: 12 });
    expect(visible(100, { columns: 1, row: 0 }, 0, 0)).toMatchObject({ first: 0, last: 100 });
    expect(visible(100, metrics, 500, 400)).toMatchObject({ first: 0, last: 100, before: 0, after: 0 });
  });

  it("moves by the keys, and stays inside", () => {
    const press = (key: string, at: number, ctrl = false) => step(key, at, 12, metrics, 400, ctrl);
    expect(press("ArrowDown", 3)).toBe(8);
    expect(press("ArrowDown", 8)).toBe(11);
    expect(press("ArrowDown", 11)).toBe(11);
    expect(press("ArrowUp", 3)).toBe(3);
    expect(press("End", 6)).toBe(9);
    expect(press("End", 6, true)).toBe(11);
    expect(press("x", 6)).toBeNull();
  });
});

describe("the live region", () => {
  const batch = { id: 1, files: 12, ended: 7, sent: 24_700_000, total: 54_800_000, percent: 45 } as NonNullable<
    QueueState["batch"]
  >;
  const state = { activity: "uploading", batch, site_hold: null } as unknown as QueueState;
  const sending = item(1, { is: "sending", sent: 1, total: 2 });
  const before = { get: (id: number) => (id === 1 ? sending : undefined), state };
  const hear = (upsert: ItemView[], next: Partial<QueueState> = {}) =>
    newsOf(before, { upsert, state: { ...state, ...next } } as QueueDelta, "imgximg.com");

  it("tells what became of a file once, and not how each one is going", () => {
    const lost = { code: "connection-lost", args: { site: "imgximg.com", percent: "61" } };
    expect(hear([item(1, { is: "failed", problem: lost })]).polite).toEqual(["1.jpg failed: connection lost at 61%."]);
    expect(hear([item(1, { is: "unknown", problem })]).polite).toEqual(["Outcome of 1.jpg is unknown. It needs you."]);
    expect(hear([item(1, { is: "answering" })]).polite).toEqual([]);
  });

  it("tells quarters, pauses, and interrupts for a key that is refused", () => {
    expect(hear([], { batch: { ...batch, percent: 50 } }).progress).toBe("Uploading 12 files, 50% complete.");
    expect(hear([], { batch: { ...batch, percent: 49 } }).progress).toBeNull();
    expect(hear([], { activity: "paused" }).polite).toEqual(["Paused, 24.7 of 54.8 MB sent."]);
    const refused = { code: "key-refused", args: { site: "imgximg.com" } };
    expect(hear([], { site_hold: { until: null, problem: refused } }).assertive[0]).toContain("did not accept the key");
  });
});
