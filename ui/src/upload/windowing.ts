//! Which rows of a long grid are drawn.

export type Metrics = {
  /** Tiles in a row. */
  columns: number;
  /** Height of a row with the gap below it. */
  row: number;
};

export type Range = { first: number; last: number; before: number; after: number };

/** Grids up to this many tiles are drawn whole. */
const WHOLE = 200;

/** Tiles of a longer one that are drawn to be measured. */
const FIRST = 12;

/** Rows drawn above and below what is in sight: every tile that nobody sees costs each change of the queue its time. */
const SPARE = 0.5;

/** Indexes of tiles to draw (`last` exclusive), and the room to keep above and below them in pixels. */
export function visible(count: number, { columns, row }: Metrics, top: number, height: number): Range {
  if (count <= WHOLE) return { first: 0, last: count, before: 0, after: 0 };
  if (row <= 0) return { first: 0, last: FIRST, before: 0, after: 0 };
  const rows = Math.ceil(count / columns);
  const start = Math.min(rows, Math.max(0, Math.floor(top / row - SPARE)));
  const end = Math.min(rows, Math.ceil((top + height) / row + SPARE));
  return {
    first: start * columns,
    last: Math.min(count, end * columns),
    before: start * row,
    after: (rows - end) * row,
  };
}

/** The index that a key leads to from `at`; null for keys that do not move. */
export function step(
  key: string,
  at: number,
  count: number,
  { columns, row }: Metrics,
  height: number,
  ctrl: boolean,
): number | null {
  const inside = (index: number) => Math.max(0, Math.min(count - 1, index));
  const page = Math.max(1, Math.floor(height / Math.max(row, 1))) * columns;
  const start = at - (at % columns);
  switch (key) {
    case "ArrowLeft":
      return inside(at - 1);
    case "ArrowRight":
      return inside(at + 1);
    case "ArrowUp":
      return at - columns < 0 ? at : at - columns;
    case "ArrowDown":
      return at + columns >= count ? (start + columns < count ? count - 1 : at) : at + columns;
    case "Home":
      return ctrl ? 0 : start;
    case "End":
      return ctrl ? count - 1 : inside(start + columns - 1);
    case "PageUp":
      return inside(at - page);
    case "PageDown":
      return inside(at + page);
    default:
      return null;
  }
}
