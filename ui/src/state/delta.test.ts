import { describe, expect, it, vi } from "vitest";
import type { ItemView, QueueDelta, QueueView } from "../ipc/generated";
import { Queue } from "./queue.svelte";

const item = (id: number, state: ItemView["state"] = { is: "ready" }): ItemView =>
  ({ id, name: `${id}.jpg`, size: 1_000_000, manifest: null, state }) as ItemView;

const view = (rev: number, ids: number[]): QueueView => ({
  rev,
  items: ids.map((id) => item(id)),
  state: {
    activity: "idle",
    defaults: { album: null, category: null, expiration: null, nsfw: false },
    site: 1,
    site_hold: null,
    batch: null,
    can_undo: false,
  },
});

const delta = (from: number, more: Partial<QueueDelta> = {}): QueueDelta => ({
  from,
  rev: from + 1,
  upsert: [],
  removed: [],
  order: null,
  progress: [],
  state: null,
  ...more,
});

describe("the mirror of the queue", () => {
  it("shows new files last, and in the order that the queue names", async () => {
    const queue = new Queue(async () => view(1, [1, 2]));
    await queue.load();
    queue.apply(delta(1, { upsert: [item(3)] }));
    expect(queue.order).toEqual([1, 2, 3]);
    queue.apply(delta(2, { removed: [1], order: [3, 2] }));
    expect(queue.order).toEqual([3, 2]);
    expect(queue.totals).toMatchObject({ ready: 2, bytes: 2_000_000 });
  });

  it("tells a file that left completely from one that is still leaving", async () => {
    const queue = new Queue(async () => view(1, [1, 2]));
    await queue.load();
    queue.apply(
      delta(1, {
        progress: [
          { id: 1, sent: 40, total: 100 },
          { id: 2, sent: 100, total: 100 },
        ],
      }),
    );
    expect(queue.get(1)?.state).toEqual({ is: "sending", sent: 40, total: 100 });
    expect(queue.get(2)?.state).toEqual({ is: "answering" });
  });

  it("asks for the whole queue when a change is missing, and keeps what comes meanwhile", async () => {
    const ask = vi.fn(async () => view(1, [1]));
    const queue = new Queue(ask);
    await queue.load();

    let answer: (whole: QueueView) => void = () => {};
    ask.mockImplementationOnce(() => new Promise((resolve) => (answer = resolve)));
    queue.apply(delta(4, { upsert: [item(9)] }));
    queue.apply(delta(5, { upsert: [item(10)] }));
    expect(queue.order).toEqual([1]);
    answer(view(5, [1, 9]));
    await vi.waitFor(() => expect(queue.order).toEqual([1, 9, 10]));
    expect(ask).toHaveBeenCalledTimes(2);
  });

  it("ignores a change that the whole queue already holds", async () => {
    const queue = new Queue(async () => view(5, [1, 2]));
    await queue.load();
    queue.apply(delta(3, { removed: [1] }));
    expect(queue.order).toEqual([1, 2]);
  });
});
