//! The time now, ticking once a second while something on screen counts down.

import { createSubscriber } from "svelte/reactivity";

const subscribe = createSubscriber((update) => {
  const ticks = setInterval(update, 1000);
  return () => clearInterval(ticks);
});

/** Milliseconds since the epoch; whoever reads it is drawn again each second. */
export function now(): number {
  subscribe();
  return Date.now();
}
