import { expect, test } from "vitest";
import { justify, ratio, STRETCH, vertical } from "./rows";

const rowsOf = (boxes: { row: number }[]) => boxes.map(({ row }) => row);

test("full rows reach the edge, the last one does not", () => {
  const boxes = justify([1.5, 1.5, 1.5, 1.5, 1.5], 536, 104, 8);
  expect(rowsOf(boxes)).toEqual([0, 0, 0, 1, 1]);
  const first = boxes.filter(({ row }) => row === 0);
  expect(first.reduce((sum, { width }) => sum + width, 0) + 2 * 8).toBeCloseTo(536);
  for (const { width } of boxes.filter(({ row }) => row === 1)) expect(width).toBe(156);
});

test("a lone picture in a row is not stretched beyond measure", () => {
  const [lone] = justify([0.8, 2.4], 300, 104, 8);
  expect(lone?.width).toBeCloseTo(0.8 * 104 * STRETCH);
});

test("nothing is wider than the wall", () => {
  for (const { width } of justify([2.4, 2.4, 2.4], 200, 104, 8)) expect(width).toBeLessThanOrEqual(200);
});

test("panoramas and strips are cropped, unknown sizes get the usual shape", () => {
  expect(ratio(9000, 1000)).toBe(2.4);
  expect(ratio(100, 5000)).toBe(0.62);
  expect(ratio(null, null)).toBeCloseTo(1.333);
  expect(ratio(3024, 2016)).toBe(1.5);
});

test("up and down go to the nearest picture of the next row", () => {
  const boxes = justify([1.5, 1.5, 1.5, 0.8, 2.2, 1.5], 536, 104, 8);
  expect(rowsOf(boxes)).toEqual([0, 0, 0, 1, 1, 1]);
  expect(vertical(boxes, 8, 2, 1)).toBe(5);
  expect(vertical(boxes, 8, 3, -1)).toBe(0);
  expect(vertical(boxes, 8, 0, -1)).toBe(0);
  expect(vertical(boxes, 8, 5, 1)).toBe(5);
});
