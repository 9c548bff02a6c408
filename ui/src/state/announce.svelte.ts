//! The live region: one polite line, and an assertive one for the two states that stop everything.

import { untrack } from "svelte";

class Announce {
  polite = $state("");
  assertive = $state("");

  /** Says it once the screen reader is free. The same words twice are heard twice. */
  say(text: string) {
    // An effect that speaks does not depend on what was said before.
    this.polite = untrack(() => this.polite) === text ? `${text}\u00a0` : text;
  }

  /** Interrupts: a refused key, or nothing sent at all. */
  interrupt(text: string) {
    this.assertive = untrack(() => this.assertive) === text ? `${text}\u00a0` : text;
  }
}

export const announce = new Announce();
