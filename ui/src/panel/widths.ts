//! Widths that a site can make of a picture.

const PRESETS = [3840, 2560, 1920, 1600, 1280, 1024, 800, 640, 320];

/** The site's own form takes no less. */
export const MIN_WIDTH = 16;

/** Presets that are smaller than the picture. */
export const widthsBelow = (width: number): number[] => PRESETS.filter((preset) => preset < width);

/** A typed width; null when it is no number between 16 and less than the picture. */
export function readWidth(text: string, below: number): number | null {
  const width = /^\s*\d{1,5}\s*$/.test(text) ? Number(text) : Number.NaN;
  return width >= MIN_WIDTH && width < below ? width : null;
}
