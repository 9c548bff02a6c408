//! Messages on the water: each takes the place of the usual line for six seconds.

import type { ProblemView } from "../ipc/generated";
import { tProblem } from "../l10n";
import type { IconName } from "../parts/icons";
import { announce } from "./announce.svelte";

export type WaterMessage = {
  text: string;
  icon: IconName;
  action?: { label: string; run: () => void };
};

const SHOWN_MS = 6000;

class Water {
  message = $state.raw<WaterMessage | null>(null);
  #ends: ReturnType<typeof setTimeout> | undefined;

  say(message: WaterMessage) {
    clearTimeout(this.#ends);
    this.message = message;
    this.#ends = setTimeout(() => this.clear(), SHOWN_MS);
  }

  clear() {
    clearTimeout(this.#ends);
    this.message = null;
  }

  /** A problem, said on the water and to the screen reader; once, when it comes from two sides. */
  problem(problem: ProblemView) {
    const text = tProblem(problem).detail;
    if (this.message?.text === text) return;
    this.say({ text, icon: "warn" });
    announce.say(text);
  }
}

export const water = new Water();

/** Runs a command; what goes wrong is said on the water. Answers null then. */
export async function attempt<T>(command: Promise<T>): Promise<T | null> {
  try {
    return await command;
  } catch (problem) {
    water.problem(problem as ProblemView);
    return null;
  }
}
