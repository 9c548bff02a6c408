//! Carrying pictures to another place in the queue with the pointer. The keys for the same are in `gridKeys.ts`.

import { moveItems } from "../ipc/generated";
import { t } from "../l10n";
import { announce } from "../state/announce.svelte";
import { queue } from "../state/queue.svelte";
import { selection } from "../state/selection.svelte";
import { attempt } from "../state/water.svelte";

/** A press becomes a carry after so many pixels. */
const THRESHOLD = 6;
/** So near to an edge the grid begins to scroll, in pixels. */
const EDGE = 48;
/** Pixels a frame at the very edge. */
const FASTEST = 18;

/** The file before which the moved ones stand when they are let go beside another; null is the end. */
export function standsBefore(order: readonly number[], moving: readonly number[], over: number, behind: boolean) {
  const at = order.indexOf(over) + (behind ? 1 : 0);
  const carried = new Set(moving);
  return order.slice(at).find((id) => !carried.has(id)) ?? null;
}

/** The order after the move. */
export function arranged(order: readonly number[], moving: readonly number[], before: number | null) {
  const carried = new Set(moving);
  const staying = order.filter((id) => !carried.has(id));
  const at = before === null ? staying.length : staying.indexOf(before);
  return [...staying.slice(0, at), ...moving, ...staying.slice(at)];
}

type Press = { id: number; x: number; y: number; pointer: number };

export class Carry {
  /** What is carried; empty while nothing is. */
  ids = $state.raw<readonly number[]>([]);
  /** The file beside which a mark shows the place, and on which side of it. */
  mark = $state.raw<{ id: number; behind: boolean } | null>(null);
  #press: Press | null = null;
  #scroller: HTMLElement | null = null;
  #frame = 0;
  #at = { x: 0, y: 0 };

  press(event: PointerEvent, scroller: HTMLElement) {
    const id = Number((event.target as Element).closest<HTMLElement>(".pic")?.dataset.id);
    const plain = event.button === 0 && !event.shiftKey && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (!id || !plain || event.pointerType === "touch") return;
    this.#press = { id, x: event.clientX, y: event.clientY, pointer: event.pointerId };
    this.#scroller = scroller;
  }

  move(event: PointerEvent) {
    const press = this.#press;
    if (!press || event.pointerId !== press.pointer) return;
    this.#at = { x: event.clientX, y: event.clientY };
    if (this.ids.length === 0) {
      if (Math.hypot(event.clientX - press.x, event.clientY - press.y) < THRESHOLD) return;
      this.ids = selection.has(press.id) ? selection.inOrder(queue.order) : [press.id];
      this.#scroller?.setPointerCapture(press.pointer);
      this.#frame = requestAnimationFrame(this.#scroll);
    }
    this.#look();
  }

  /** Lets go: whatever is carried goes to the mark. */
  async drop() {
    const { ids, mark } = this;
    this.stop();
    if (ids.length === 0 || !mark) return;
    const before = standsBefore(queue.order, ids, mark.id, mark.behind);
    const order = arranged(queue.order, ids, before);
    const done = await attempt(moveItems([...ids], before).then(() => true));
    if (done) announce.say(t("upload-moved", { place: order.indexOf(ids[0] ?? 0) + 1, count: order.length }));
  }

  /** Ends without a change. */
  stop() {
    cancelAnimationFrame(this.#frame);
    if (this.#press && this.#scroller?.hasPointerCapture(this.#press.pointer))
      this.#scroller.releasePointerCapture(this.#press.pointer);
    this.#press = null;
    this.ids = [];
    this.mark = null;
  }

  #look() {
    const tile = document.elementFromPoint(this.#at.x, this.#at.y)?.closest<HTMLElement>(".tile");
    const id = Number(tile?.querySelector<HTMLElement>(".pic")?.dataset.id);
    if (!tile || !id) return;
    const box = tile.getBoundingClientRect();
    this.mark = { id, behind: this.#at.x > box.left + box.width / 2 };
  }

  #scroll = () => {
    const box = this.#scroller?.getBoundingClientRect();
    if (box && this.#scroller) {
      const above = box.top + EDGE - this.#at.y;
      const below = this.#at.y - (box.bottom - EDGE);
      const by = above > 0 ? -above : Math.max(0, below);
      if (by !== 0) {
        this.#scroller.scrollTop += Math.sign(by) * Math.min(FASTEST, (Math.abs(by) / EDGE) * FASTEST);
        this.#look();
      }
    }
    this.#frame = requestAnimationFrame(this.#scroll);
  };
}
