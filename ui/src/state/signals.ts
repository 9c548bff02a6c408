//! Events that no mirror holds: whoever shows such a screen listens while it is there.

import type { Event } from "../ipc/generated";

export type Signal = Extract<Event, { is: "history" | "keyring-waits" }>;
type Listener = (signal: Signal) => void;

const listeners = new Set<Listener>();

export const signals = {
  send(signal: Signal) {
    for (const listener of listeners) listener(signal);
  },
  /** Listens until the returned function is called: `onMount(() => signals.on(…))`. */
  on(listener: Listener): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};
