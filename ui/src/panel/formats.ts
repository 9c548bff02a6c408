//! What a still picture can be made into, and when that helps.

import type { ConvertView, ItemView, OptionsPatch, ProblemView } from "../ipc/generated";

/** Of a JPEG: from "nobody sees it" to "small". */
export const QUALITIES = [95, 90, 80, 70];

/** Longest sides that screens and pages have. */
export const SIDES = [3840, 2560, 1920, 1600, 1280, 1024, 800];

/** Made by its content, as large as it is. */
export const made: ConvertView = { format: null, quality: null, max_side: null, max_bytes: null };

/** What the program takes when nothing was chosen. */
export const USUAL_QUALITY = 90;

/** What the program can read well enough to write it anew. */
const READ = ["JPEG", "PNG", "WebP", "BMP", "TIFF", "HEIC", "JPEG XL", "ICO", "GIF"];

/** Only still pictures are made into something else. */
export const convertible = (item: ItemView): boolean => !item.animated && !item.clip && READ.includes(item.format);

const TOO_BIG = ["too-big-max", "too-big-before"];

/** How large a file may be for the site that found this one too big; null when that is not why, or not known. */
function limitOf({ code, args }: ProblemView): number | null {
  if (!TOO_BIG.includes(code)) return null;
  const bytes = Number(args.max_bytes ?? args.refused_bytes);
  // What was turned away before tells only that it has to be less.
  const most = args.max_bytes ? bytes : Math.floor(bytes * 0.9);
  return most > 0 ? most : null;
}

/** The change that makes a picture small enough for the site; null when there is none to offer. */
export function madeToFit(item: ItemView): OptionsPatch | null {
  const { state, options } = item;
  const problem = state.is === "refused" || state.is === "failed" ? state.problem : null;
  const max_bytes = problem && convertible(item) ? limitOf(problem) : null;
  if (max_bytes === null) return null;
  return {
    convert: { wish: "some", value: { ...made, ...options.convert, max_bytes } },
  };
}
