//! What a tile says of its item: one line, an icon, and how much fog lies on the picture.

import type { Activity, ItemView } from "../ipc/generated";
import { clock, fileSize, t, tProblem } from "../l10n";
import type { IconName } from "../parts/icons";

export type Tile = {
  /** The line of state. */
  line: string;
  icon?: IconName;
  tone?: "good" | "warn" | "bad";
  /** Fog lies on what has not arrived. */
  fog?: boolean;
  /** The part that was sent, 0 to 1. */
  sent?: number;
  /** Pale: it will not be sent. */
  off?: boolean;
  /** A countdown over the picture. */
  countdown?: string;
};

/** Answers for an item; `holdUntil` is when the site as a whole goes on, `now` is only read while it counts down. */
export function tileOf(item: ItemView, activity: Activity, holdUntil: number | null, now: () => number): Tile {
  const { state } = item;
  switch (state.is) {
    case "preparing":
      return { line: t("upload-preparing"), icon: "retry", fog: true };
    case "ready":
      return { line: readyLine(item) };
    case "refused":
      return { line: tProblem(state.problem).short, icon: "cross", off: true };
    case "duplicate":
      return { line: t("upload-duplicate"), icon: "twice", off: true };
    case "waiting": {
      if (activity === "paused") return { line: t("upload-paused"), icon: "pause", fog: true };
      const until = state.until ?? holdUntil;
      const left = until === null ? 0 : until - now();
      if (left <= 0) return { line: t("upload-waiting"), fog: true };
      const countdown = clock(left);
      return { line: t("upload-goes-on", { time: countdown }), icon: "clock", fog: true, countdown };
    }
    case "sending": {
      const sent = state.total > 0 ? state.sent / state.total : 0;
      const percent = Math.floor(sent * 100);
      return { line: t("upload-sending", { percent, size: fileSize(state.sent) }), fog: true, sent };
    }
    case "answering":
      return { line: t("upload-answering"), icon: "hour" };
    case "failed":
      return { line: tProblem(state.problem).short, icon: "cross", tone: "bad", fog: true };
    case "unknown":
      return { line: t("upload-unknown"), icon: "ask", tone: "warn" };
    case "uploaded": {
      const { approved, notes } = state.receipt;
      if (!approved) return { line: t("upload-approval"), icon: "hour", tone: "warn" };
      if (notes[0]) return { line: tProblem(notes[0]).short, icon: "info" };
      return { line: t("upload-uploaded"), icon: "done", tone: "good" };
    }
  }
}

function readyLine({ size, format, manifest }: ItemView): string {
  if (!manifest) return fileSize(size);
  if (manifest.format !== format) return t("upload-becomes", { size: fileSize(size), format: manifest.format });
  if (manifest.remains.includes("location")) return t("upload-place-stays", { size: fileSize(manifest.size) });
  if (manifest.removed.includes("location")) return t("upload-place-removed", { size: fileSize(manifest.size) });
  return fileSize(manifest.size);
}

/** Whether it can still be shaped and taken out without stopping anything. */
export function isOpen({ state }: ItemView): boolean {
  return state.is === "preparing" || state.is === "ready" || state.is === "waiting" || state.is === "failed";
}

/** Whether it would go with the next upload. */
export function isReady({ state }: ItemView): boolean {
  return state.is === "preparing" || state.is === "ready" || state.is === "waiting";
}
