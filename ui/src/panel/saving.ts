//! Saves of options, one after the other: a later one is never overtaken by an earlier one, and an upload waits for all.

import { type OptionsPatch, setOptions } from "../ipc/generated";
import { attempt } from "../state/water.svelte";

let last: Promise<unknown> = Promise.resolve();

/** Saves a change; answers false when the program refused it, which was said then. */
export function save(items: number[], patch: OptionsPatch): Promise<boolean> {
  const done = last.then(() => attempt(setOptions(items, patch).then(() => true))).then((done) => done === true);
  last = done;
  return done;
}

/** Resolves once everything that was typed is with the program. */
export async function saved(): Promise<void> {
  const field = document.activeElement;
  // Leaving a field saves what is in it.
  if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) field.blur();
  await last;
}
