//! The mirror of the queue. It holds what the program said and nothing else.

import { queue as askQueue, type ItemView, type QueueDelta, type QueueView } from "../ipc/generated";
import { applyDelta, type Mirrored, mirrored } from "./delta";
import { attempt } from "./water.svelte";

const NOTHING = mirrored({
  rev: -1,
  items: [],
  state: {
    activity: "idle",
    defaults: { album: null, category: null, expiration: null, nsfw: false },
    site: null,
    site_hold: null,
    batch: null,
    can_undo: false,
  },
});

export class Queue {
  #view = $state.raw<Mirrored>(NOTHING);
  /** Changes that came while the whole queue was being asked for. */
  #later: QueueDelta[] | null = null;
  #loading: Promise<void> | null = null;
  #ask: () => Promise<QueueView>;

  /** Told of every change before it is applied. */
  onchange: ((delta: QueueDelta) => void) | null = null;

  constructor(ask: () => Promise<QueueView> = askQueue) {
    this.#ask = ask;
  }

  readonly items = $derived(this.#view.items);
  readonly state = $derived(this.#view.state);
  readonly order = $derived(this.#view.order);
  readonly totals = $derived(totals(this.items));

  get(id: number): ItemView | undefined {
    const { items, places } = this.#view;
    return items[places.get(id) ?? -1];
  }

  /** Asks for the whole queue; changes that arrive meanwhile follow it. */
  load(): Promise<void> {
    this.#loading ??= this.#loadWhole();
    return this.#loading;
  }

  async #loadWhole(): Promise<void> {
    const later: QueueDelta[] = [];
    this.#later = later;
    try {
      this.#view = mirrored(await this.#ask());
    } finally {
      this.#later = null;
      this.#loading = null;
    }
    for (const delta of later) this.apply(delta);
  }

  apply(delta: QueueDelta): void {
    if (this.#later) {
      this.#later.push(delta);
      return;
    }
    if (delta.rev <= this.#view.rev) return;
    const next = applyDelta(this.#view, delta);
    if (!next) {
      void attempt(this.load());
      return;
    }
    this.onchange?.(delta);
    this.#view = next;
  }
}

export type Totals = ReturnType<typeof totals>;

/** What the quay tells: files that can be sent, their bytes, and what is left out; `fresh` ones are in no upload yet. */
function totals(items: ItemView[]) {
  const sum = { fresh: 0, ready: 0, bytes: 0, preparing: 0, duplicates: 0, refused: 0, failed: 0, unknown: 0 };
  for (const { state, size, manifest } of items) {
    if (state.is === "ready" || state.is === "preparing" || state.is === "waiting") {
      sum.ready += 1;
      if (state.is !== "waiting") sum.fresh += 1;
      sum.bytes += manifest?.size ?? size;
      if (state.is === "preparing") sum.preparing += 1;
    } else if (state.is === "duplicate") sum.duplicates += 1;
    else if (state.is === "refused") sum.refused += 1;
    else if (state.is === "failed") sum.failed += 1;
    else if (state.is === "unknown") sum.unknown += 1;
  }
  return sum;
}

export const queue = new Queue();
