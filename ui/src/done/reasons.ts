//! Why nothing arrived: each reason once, with the files that it stopped.

import type { ItemView, ProblemView } from "../ipc/generated";

export type Reason = { problem: ProblemView; names: string[] };

/** What the site as a whole said, then the reasons of files; the same code is one reason. */
export function reasons(failed: readonly ItemView[], hold: ProblemView | null): Reason[] {
  const found = new Map<string, Reason>();
  if (hold) found.set(hold.code, { problem: hold, names: [] });
  for (const { name, state } of failed) {
    if (state.is !== "failed") continue;
    const reason = found.get(state.problem.code) ?? { problem: state.problem, names: [] };
    reason.names.push(name);
    found.set(state.problem.code, reason);
  }
  return [...found.values()];
}

/** Whether another key would help. */
export const isKeyProblem = ({ code }: ProblemView) => code.startsWith("key-");
