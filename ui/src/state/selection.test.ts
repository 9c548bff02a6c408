import { expect, it } from "vitest";
import { Selection } from "./selection.svelte";

const order = [1, 2, 3, 4, 5];

it("extends from where the keyboard was, both ways", () => {
  const selection = new Selection();
  selection.moveTo(3);
  selection.extend(order, 4);
  selection.extend(order, 5);
  expect(selection.inOrder(order)).toEqual([3, 4, 5]);
  selection.extend(order, 2);
  expect(selection.inOrder(order)).toEqual([2, 3]);
});

it("adds and takes single files, in queue order whatever the order of the clicks", () => {
  const selection = new Selection();
  selection.toggle(4);
  selection.toggle(1);
  selection.toggle(3);
  selection.toggle(4);
  expect(selection.inOrder(order)).toEqual([1, 3]);
});

it("moves the tab stop to the next file when its own is removed, and to the last one at the end", () => {
  const selection = new Selection();
  selection.all([2, 3]);
  selection.moveTo(3);
  selection.follow(order, [1, 2, 4, 5]);
  expect(selection.focus).toBe(4);
  expect(selection.inOrder(order)).toEqual([2]);
  selection.moveTo(5);
  selection.follow([1, 2, 4, 5], [1, 2]);
  expect(selection.focus).toBe(2);
});
