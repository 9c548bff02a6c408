//! Numbers, sizes and times as people read them.

import type { Language } from "../ipc/generated";

type Unit = { name: string; bytes: number; digits: 0 | 1 };

/** The unit that a size is told in, as the program tells it elsewhere. */
function unitOf(bytes: number): Unit {
  if (bytes < 1_000) return { name: "B", bytes: 1, digits: 0 };
  if (bytes < 100_000) return { name: "kB", bytes: 1_000, digits: 0 };
  if (bytes < 999_950_000) return { name: "MB", bytes: 1_000_000, digits: 1 };
  return { name: "GB", bytes: 1_000_000_000, digits: 1 };
}

// Made once: making one takes as long as many uses of it.
const formats = new Map<string, Intl.NumberFormat>();

function formatOf(language: Language, digits: number): Intl.NumberFormat {
  const key = `${language} ${digits}`;
  const known = formats.get(key);
  if (known) return known;
  const options = { minimumFractionDigits: digits, maximumFractionDigits: digits, useGrouping: false };
  const made = new Intl.NumberFormat(language, options);
  formats.set(key, made);
  return made;
}

const amount = (bytes: number, unit: Unit, language: Language): string =>
  formatOf(language, unit.digits).format(bytes / unit.bytes);

/** "54.8 MB"; small sizes in kB or B, so that nothing is "0.0 MB". */
export function fileSize(bytes: number, language: Language): string {
  const unit = unitOf(bytes);
  return `${amount(bytes, unit, language)} ${unit.name}`;
}

/** "24.7", to be followed by "of 54.8 MB": in the unit of the whole, which is left to that. */
export const sizeWithin = (bytes: number, whole: number, language: Language): string =>
  amount(bytes, unitOf(whole), language);

/** "0:42", "1:02:05"; part seconds count as whole ones, so a countdown ends at 0:00 and not before. */
export function clock(ms: number): string {
  const whole = Math.max(0, Math.ceil(ms / 1000));
  const [hours, minutes, seconds] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const two = (n: number) => String(n).padStart(2, "0");
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds)}` : `${minutes}:${two(seconds)}`;
}
