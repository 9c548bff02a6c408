//! What a person does to the queue, from wherever: a key, a button, a menu. Each says what came of it.

import * as ipc from "../ipc/generated";
import { fileSize, t } from "../l10n";
import { save, saved } from "../panel/saving";
import { announce } from "./announce.svelte";
import { folder } from "./folder";
import { ctrlName } from "./keyName";
import { queue } from "./queue.svelte";
import { screen } from "./screen.svelte";
import { sites } from "./sites.svelte";
import { attempt, water } from "./water.svelte";

/** Words for what an intake came to: "12 files added, 54.8 MB. 1 already uploaded, 1 cannot be sent." */
export function addedText(view: ipc.AddedView): string {
  const out = leftOutText(view.duplicates, view.refused);
  const added =
    view.added > 0 ? t("upload-added", { count: view.added, size: fileSize(view.bytes) }) : t("upload-added-none");
  const told = out ? `${added} ${out}.` : added;
  return view.still ? `${told} ${t("upload-added-still")}` : told;
}

/** "1 already uploaded, 1 cannot be sent", or nothing. */
export function leftOutText(duplicates: number, refused: number): string {
  const parts: string[] = [];
  if (duplicates > 0) parts.push(t("upload-quay-duplicates", { count: duplicates }));
  if (refused > 0) parts.push(t("upload-quay-refused", { count: refused }));
  return parts.join(", ");
}

/** Says what an intake came to. */
export function tellAdded(view: ipc.AddedView) {
  if (view.problem) return water.problem(view.problem);
  if (view.added + view.duplicates + view.refused === 0) return;
  const text = addedText(view);
  const action = view.folder ? intoAlbum(view.folder) : undefined;
  water.say({ text, icon: "plus", ...(action && { action }) });
  announce.say(text);
}

/** Offers the album that is called like the folder. */
function intoAlbum({ name, items }: ipc.FolderView) {
  folder.name = name;
  const same = (other: string) => other.trim().localeCompare(name.trim(), undefined, { sensitivity: "accent" }) === 0;
  const album = sites.current?.albums.find((album) => same(album.name));
  if (!album || album.id === queue.state.defaults.album?.id) return undefined;
  const run = async () => {
    water.clear();
    if (!(await save(items, { album: { wish: "some", value: album } }))) return;
    const text = t("upload-applied", { count: items.length });
    water.say({ text, icon: "check" });
    announce.say(text);
  };
  return { label: t("upload-into-album", { album: album.name }), run: () => void run() };
}

// What was added is told by the event that every intake ends with; only a problem may have no event.
export const chooseFiles = async () => tellProblem(await attempt(ipc.chooseFiles()));
export const paste = async () => tellProblem(await attempt(ipc.paste()));

function tellProblem(view: ipc.AddedView | null) {
  if (view?.problem) water.problem(view.problem);
}

/** Takes items out of the queue; the water offers to bring them back. */
export async function remove(ids: number[]) {
  if (ids.length === 0) return;
  const name = queue.get(ids[0] ?? -1)?.name ?? "";
  if ((await attempt(ipc.removeItems(ids).then(() => true))) === null) return;
  const text = t("upload-removed", { count: ids.length, name });
  water.say({ text, icon: "trash", action: { label: t("upload-bring-back"), run: restore } });
  announce.say(t("upload-removed-live", { count: ids.length, name, key: ctrlName() }));
}

export async function restore() {
  if (!queue.state.can_undo) return;
  water.clear();
  await attempt(ipc.restoreItems());
}

/** Uploads what is ready, once everything that was typed is saved. */
export async function upload() {
  if (queue.totals.ready === 0) return;
  await saved();
  await attempt(ipc.upload(null));
}

export async function pauseOrResume() {
  const { activity } = queue.state;
  if (activity === "uploading") await attempt(ipc.pause());
  else if (activity === "paused") await attempt(ipc.resume());
}

/** Ctrl+Enter: the one next step of the upload screen. */
export async function nextStep() {
  const { activity } = queue.state;
  if (activity === "idle" || activity === "uploading") await upload();
  else if (activity === "paused") await attempt(ipc.resume());
  else if (activity === "done") await attempt(ipc.newUpload());
}

/** Copies one link; what the clipboard does not take is shown to be copied by hand. */
export async function copyLink(receipt: ipc.ReceiptView, form: ipc.LinkForm) {
  const copied = await attempt(ipc.copyLinks([receipt.id], form));
  if (!copied) return;
  if (copied.text !== null) {
    screen.byHand = copied.text;
    return;
  }
  const text = copied.copied > 0 ? t("common-link-copied") : t("common-link-none");
  water.say({ text, icon: copied.copied > 0 ? "check" : "warn" });
  announce.say(text);
}
