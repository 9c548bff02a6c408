//! Numbers, sizes and times as people read them.

import type { Language } from "../ipc/generated";

const decimals = (language: Language, digits: number) =>
  new Intl.NumberFormat(language, { minimumFractionDigits: digits, maximumFractionDigits: digits, useGrouping: false });

/** "54.8" for 54,800,000 bytes; the unit is left to the caller. */
export function megabytes(bytes: number, language: Language): string {
  return decimals(language, 1).format(bytes / 1e6);
}

/** "54.8 MB"; a file too small for that is told in kB. */
export function fileSize(bytes: number, language: Language): string {
  if (bytes > 0 && bytes < 50_000) return `${Math.max(1, Math.round(bytes / 1000))} kB`;
  return `${megabytes(bytes, language)} MB`;
}

/** "0:42", "1:02:05"; part seconds count as whole ones, so a countdown ends at 0:00 and not before. */
export function clock(ms: number): string {
  const whole = Math.max(0, Math.ceil(ms / 1000));
  const [hours, minutes, seconds] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const two = (n: number) => String(n).padStart(2, "0");
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds)}` : `${minutes}:${two(seconds)}`;
}
