//! A long walk through folders, told as it goes.

import type { AddedView } from "../ipc/generated";
import { stopIntake } from "../ipc/generated";
import { t } from "../l10n";
import { tellAdded } from "./actions";
import { water } from "./water.svelte";

/** Files seen before the walk is worth a word; a drop of a few files is over before it. */
const WORTH_TELLING = 50;

export function intake({ seen, done }: { seen: number; done: AddedView | null }) {
  if (done) return tellAdded(done);
  if (seen < WORTH_TELLING) return;
  const stop = { label: t("upload-intake-stop"), run: () => void stopIntake() };
  water.say({ text: t("upload-intake", { count: seen }), icon: "files", action: stop });
}
