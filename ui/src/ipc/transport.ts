//! The one door to the program behind the window: inside Tauri its bridge, in a plain browser HTTP.

import { convertFileSrc, invoke } from "@tauri-apps/api/core";
import { listen as listenTauri } from "@tauri-apps/api/event";
import type { Event, ProblemView } from "./generated";

const inTauri = "__TAURI_INTERNALS__" in window;

/** Calls a command; rejects with a `ProblemView`. */
export async function call<T>(name: string, args: object): Promise<T> {
  if (inTauri) return invoke<T>("call", { name, args });
  const answer = await fetch(`/ipc/${name}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(args),
  });
  if (answer.ok) return answer.json();
  if (answer.status === 422) throw await answer.json();
  throw { code: "ipc-arguments", args: { detail: `${name}: ${answer.status}` } } satisfies ProblemView;
}

/** Hands every event to `handler`; resolves once events are flowing, so that nothing is missed after it. */
export async function listen(handler: (event: Event) => void): Promise<void> {
  if (inTauri) {
    await listenTauri<Event>("keltas", ({ payload }) => handler(payload));
    return;
  }
  const source = new EventSource("/events");
  source.onmessage = ({ data }) => handler(JSON.parse(data));
  await new Promise<void>((flowing) => {
    source.onopen = () => flowing();
  });
}

/** The box of a tile. Smaller pictures use it too, so that one preview serves them all. */
export const TILE_PX = 240;

/** Address of a preview that fits a box of `px` layout pixels, sharp on this display. */
export function previewUrl(kind: "item" | "receipt", id: number, px: number): string {
  const box = Math.round(px * Math.min(window.devicePixelRatio, 3));
  const base = inTauri ? convertFileSrc("", "preview") : "/preview/";
  return `${base}${kind}/${id}?px=${box}`;
}
