//! Connects the mirrors with the program: events first, then the whole, so that no change falls between.

import { type Event, hello, type QueueDelta } from "../ipc/generated";
import { listen } from "../ipc/transport";
import { setLanguage, t } from "../l10n";
import { newsOf } from "../upload/news";
import { announce } from "./announce.svelte";
import { intake } from "./intake";
import { queue } from "./queue.svelte";
import { screen } from "./screen.svelte";
import { settings } from "./settings.svelte";
import { signals } from "./signals";
import { sites } from "./sites.svelte";
import { water } from "./water.svelte";

export async function start(): Promise<void> {
  queue.onchange = tell;
  await listen(receive);
  // A long queue is being read while the rest is drawn up.
  const whole = queue.load();
  const said = await hello();
  setLanguage(said.language);
  settings.hello = said;
  settings.now = said.settings;
  sites.all = said.sites;
  screen.onboarding = said.first_run;
  await whole;
}

/** Progress is told at most this often. */
const PROGRESS_MS = 10_000;
let toldAt = 0;

function tell(delta: QueueDelta): void {
  const { polite, progress, assertive } = newsOf(queue, delta, sites.get(queue.state.site)?.name ?? "");
  if (progress && Date.now() - toldAt >= PROGRESS_MS) {
    toldAt = Date.now();
    polite.push(progress);
  }
  if (polite.length > 0) announce.say(polite.slice(0, 3).join(" "));
  if (assertive.length > 0) announce.interrupt(assertive.join(" "));
}

function keyringWaits(): void {
  const text = t("common-keyring-waits");
  water.say({ text, icon: "lock" });
  announce.say(text);
}

function receive(event: Event): void {
  switch (event.is) {
    case "queue":
      queue.apply(event.with);
      return;
    case "sites":
      sites.all = event.with;
      return;
    case "settings":
      settings.now = event.with;
      // The program knows the system's language: it is asked again when the choice changed to that.
      if (event.with.language) setLanguage(event.with.language);
      else void hello().then((said) => setLanguage(said.language));
      return;
    case "drag":
      screen.dragged = event.with.files;
      return;
    case "intake":
      intake(event.with);
      return;
    case "show":
      screen.go(event.with);
      return;
    case "notice":
      water.problem(event.with);
      return;
    case "ask-close":
      screen.dialog = "ask-close";
      return;
    case "keyring-waits":
      if (event.with) keyringWaits();
      signals.send(event);
      return;
    case "history":
      signals.send(event);
  }
}
