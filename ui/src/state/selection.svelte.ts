//! Which files are selected, and which tile holds the grid's one tab stop.

export class Selection {
  ids = $state.raw<ReadonlySet<number>>(new Set());
  /** The tile that the keyboard is on. */
  focus = $state<number | null>(null);
  /** Where an extended selection starts. */
  #anchor: number | null = null;

  readonly count = $derived(this.ids.size);

  has(id: number): boolean {
    return this.ids.has(id);
  }

  /** A click on the tick, Space, or Ctrl and a click. */
  toggle(id: number) {
    const next = new Set(this.ids);
    if (!next.delete(id)) next.add(id);
    this.ids = next;
    this.focus = id;
    this.#anchor = id;
  }

  /** Shift with a click or an arrow: everything from the anchor to `id` in queue order. */
  extend(order: readonly number[], id: number) {
    const from = order.indexOf(this.#anchor ?? this.focus ?? id);
    const to = order.indexOf(id);
    if (to < 0) return;
    this.#anchor ??= this.focus ?? id;
    const [first, last] = from < 0 ? [to, to] : [Math.min(from, to), Math.max(from, to)];
    this.ids = new Set(order.slice(first, last + 1));
    this.focus = id;
  }

  all(ids: Iterable<number>) {
    this.ids = new Set(ids);
  }

  clear() {
    this.ids = new Set();
    this.#anchor = null;
  }

  /** The keyboard moved without selecting. */
  moveTo(id: number) {
    this.focus = id;
    this.#anchor = null;
  }

  /** Selected items in queue order. */
  inOrder(order: readonly number[]): number[] {
    return order.filter((id) => this.ids.has(id));
  }

  /** Forgets items that left the queue; a lost focus goes to the tile that took the place. */
  follow(before: readonly number[], now: readonly number[]) {
    const there = new Set(now);
    if ([...this.ids].some((id) => !there.has(id))) this.ids = new Set([...this.ids].filter((id) => there.has(id)));
    if (this.#anchor !== null && !there.has(this.#anchor)) this.#anchor = null;
    if (this.focus === null || there.has(this.focus)) return;
    const place = before.indexOf(this.focus);
    this.focus = before.slice(place).find((id) => there.has(id)) ?? now.at(-1) ?? null;
  }
}

export const selection = new Selection();
