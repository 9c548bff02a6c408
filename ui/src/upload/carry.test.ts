import { expect, test } from "vitest";
import { arranged, standsBefore } from "./carry.svelte";

const order = [1, 2, 3, 4, 5];

test("what is let go beside a picture stands before or behind it", () => {
  expect(standsBefore(order, [1], 3, false)).toBe(3);
  expect(standsBefore(order, [1], 3, true)).toBe(4);
  expect(standsBefore(order, [1], 5, true)).toBe(null);
});

test("pictures that are carried are no place to stand before", () => {
  expect(standsBefore(order, [2, 3], 2, false)).toBe(4);
  expect(standsBefore(order, [4, 5], 3, true)).toBe(null);
  expect(standsBefore(order, [1, 5], 1, false)).toBe(2);
});

test("what was carried stays together and in its order", () => {
  expect(arranged(order, [2, 4], 1)).toEqual([2, 4, 1, 3, 5]);
  expect(arranged(order, [1, 2], null)).toEqual([3, 4, 5, 1, 2]);
});
