//! Rows of a justified wall: pictures keep one height, and a full row reaches both edges.

export type Box = { width: number; row: number };

/** How far a picture may be widened, and so cropped, to fill its row. */
export const STRETCH = 1.68;

/** The proportion a picture is shown at: extremes are cropped, or one panorama would fill a row. */
export function ratio(width: number | null, height: number | null): number {
  if (!width || !height) return 4 / 3;
  return Math.min(2.4, Math.max(0.62, width / height));
}

/** The row of each picture and its width, for a wall of `width` with rows of `height`. The last row stays ragged. */
export function justify(ratios: readonly number[], width: number, height: number, gap: number): Box[] {
  const boxes: Box[] = [];
  let row: number[] = [];
  let number = 0;
  const close = (full: boolean) => {
    const natural = row.reduce((sum, ratio) => sum + ratio * height, 0);
    const free = width - gap * (row.length - 1);
    const factor = full ? Math.min(STRETCH, free / natural) : Math.min(1, free / natural);
    for (const ratio of row) boxes.push({ width: ratio * height * factor, row: number });
    number += 1;
    row = [];
  };
  for (const one of ratios) {
    const taken = row.reduce((sum, ratio) => sum + ratio * height + gap, 0);
    if (row.length > 0 && taken + one * height > width) close(true);
    row.push(one);
  }
  if (row.length > 0) close(false);
  return boxes;
}

/** The picture above or below another: the one whose middle is nearest. Its own index when there is no such row. */
export function vertical(boxes: readonly Box[], gap: number, from: number, step: 1 | -1): number {
  const here = boxes[from];
  if (!here) return from;
  const middles = middlesOf(boxes, gap);
  const x = middles[from] ?? 0;
  let best = from;
  for (const [index, box] of boxes.entries()) {
    if (box.row !== here.row + step) continue;
    if (best === from || Math.abs((middles[index] ?? 0) - x) < Math.abs((middles[best] ?? 0) - x)) best = index;
  }
  return best;
}

function middlesOf(boxes: readonly Box[], gap: number): number[] {
  let [row, x] = [-1, 0];
  return boxes.map((box) => {
    if (box.row !== row) [row, x] = [box.row, 0];
    const middle = x + box.width / 2;
    x += box.width + gap;
    return middle;
  });
}
