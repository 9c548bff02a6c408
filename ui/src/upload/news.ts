//! What a change of the queue gives the live region to say.

import type { ItemView, QueueDelta, QueueState } from "../ipc/generated";
import { t, tProblem } from "../l10n";
import { sentText } from "./facts";

export type News = {
  polite: string[];
  /** Said only when the last such line is long enough ago. */
  progress: string | null;
  assertive: string[];
};

/** Compares the queue before a change with the change; most changes are no news. */
export function newsOf(
  before: { get: (id: number) => ItemView | undefined; state: QueueState },
  delta: QueueDelta,
  siteName: string,
): News {
  const news: News = { polite: [], progress: null, assertive: [] };
  for (const item of delta.upsert) {
    const was = before.get(item.id);
    if (was && was.state.is !== item.state.is) news.polite.push(...itemNews(item));
  }
  if (delta.state) stateNews(before.state, delta.state, siteName, news);
  return news;
}

function itemNews({ name, state }: ItemView): string[] {
  if (state.is === "failed") return [t("upload-live-failed", { name, reason: lower(tProblem(state.problem).short) })];
  if (state.is === "unknown") return [t("upload-live-unknown", { name })];
  if (state.is === "uploaded" && !state.receipt.approved) return [t("upload-live-approval", { name })];
  return [];
}

const lower = (text: string) => text.charAt(0).toLocaleLowerCase() + text.slice(1);

function stateNews(was: QueueState, now: QueueState, site: string, news: News) {
  const { batch } = now;
  if (was.activity !== now.activity) {
    if (now.activity === "paused" && batch) news.polite.push(t("upload-live-paused", { sent: sentText(batch) }));
    if (now.activity === "uploading" && was.activity === "paused") news.polite.push(t("upload-live-resumed"));
    if (now.activity === "idle" && was.batch && was.activity !== "done") {
      news.polite.push(t("upload-live-cancelled", { count: Math.max(0, was.batch.files - was.batch.ended) }));
    }
    if (now.activity === "done" && batch) endNews(batch, site, news);
  }
  if (now.site_hold && now.site_hold.problem.code !== was.site_hold?.problem.code) {
    const text = tProblem(now.site_hold.problem).detail;
    (now.site_hold.until === null ? news.assertive : news.polite).push(text);
  }
  const quarter = (state: QueueState) => Math.floor((state.batch?.percent ?? 0) / 25);
  if (now.activity === "uploading" && batch && quarter(now) > quarter(was) && batch.percent < 100) {
    news.progress = t("upload-live-progress", { count: batch.files, percent: quarter(now) * 25 });
  }
}

function endNews(batch: NonNullable<QueueState["batch"]>, site: string, news: News) {
  const { files, uploaded, failed, approval } = batch;
  if (uploaded + approval === 0) news.assertive.push(t("upload-live-none"));
  else news.polite.push(t("upload-live-done", { uploaded: uploaded + approval, files, failed, site }));
}
