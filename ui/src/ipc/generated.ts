// Made by `cargo xtask types` from src-tauri/crates/ipc. Do not edit: a test compares it.

import { call } from "./transport";

export type ProblemView = { 
/**
 * A code of the closed list in `app::problem`.
 */
code: string, 
/**
 * What the message needs: names, sizes in bytes, times in milliseconds; and `said`, the site's own sentence.
 */
args: { [key in string]: string }, };

export type ItemView = { 
/**
 * The item's id; the only thing that tells it.
 */
id: number, 
/**
 * The file's name as the person knows it.
 */
name: string, 
/**
 * The type by its bytes, as a short label: "JPEG", "GIF", "MP4"; for a refused file its kind ("PDF").
 */
format: string, 
/**
 * A video clip.
 */
clip: boolean, 
/**
 * Moves, so it is never resized.
 */
animated: boolean, 
/**
 * Bytes on disk.
 */
size: number, 
/**
 * Pixels as shown, orientation applied.
 */
width: number | null, 
/**
 * Pixels as shown, orientation applied.
 */
height: number | null, 
/**
 * A clip's length.
 */
duration_ms: number | null, 
/**
 * Whether a preview can be asked for at `preview/<id>`; of a clip there may be none.
 */
preview: boolean, 
/**
 * What the person set for this file.
 */
options: OptionsView, 
/**
 * The title that is sent when none was typed: from the file's name.
 */
default_title: string, 
/**
 * What will be sent, once the file is prepared.
 */
manifest: ManifestView | null, 
/**
 * Where the file is on its way.
 */
state: ItemState, };

export type ItemState = { "is": "preparing" } | { "is": "ready" } | { "is": "refused", 
/**
 * Why.
 */
problem: ProblemView, } | { "is": "duplicate", 
/**
 * The earlier upload.
 */
receipt: ReceiptView, } | { "is": "waiting", 
/**
 * Tried before, and tried again by itself at this time.
 */
until: number | null, 
/**
 * Why it waits again.
 */
problem: ProblemView | null, } | { "is": "sending", 
/**
 * Bytes sent.
 */
sent: number, 
/**
 * Bytes in all.
 */
total: number, } | { "is": "answering" } | { "is": "failed", 
/**
 * Why.
 */
problem: ProblemView, } | { "is": "unknown", 
/**
 * What is known.
 */
problem: ProblemView, } | { "is": "uploaded", 
/**
 * The links.
 */
receipt: ReceiptView, };

export type ManifestView = { 
/**
 * The file name that the site gets.
 */
name: string, 
/**
 * Type label.
 */
format: string, 
/**
 * Bytes.
 */
size: number, 
/**
 * Pixels from left to right, when they are not as in the file.
 */
width: number | null, 
/**
 * Pixels from top to bottom, when they are not as in the file.
 */
height: number | null, 
/**
 * What was taken out: "location", "camera", "captions", "comments", "thumbnail", "serial".
 */
removed: Array<string>, 
/**
 * What remains in it and is private: "location" in a clip, say.
 */
remains: Array<string>, 
/**
 * It was turned upright without loss.
 */
upright: boolean, };

export type OptionsView = { 
/**
 * At most 100 characters.
 */
title: string | null, 
/**
 * Free text.
 */
description: string | null, 
/**
 * Each at most 32 characters, without `,`, `/` and `#`.
 */
tags: Array<string>, 
/**
 * An album of the account.
 */
album: Wish<AlbumView>, 
/**
 * A category of the site.
 */
category: Wish<number>, 
/**
 * One of the presets, as ISO 8601: `P2W`.
 */
expiration: Wish<string>, 
/**
 * Pixels, smaller than the picture; none for animations and clips.
 */
width: number | null, 
/**
 * Not safe for work; none means as the defaults say.
 */
nsfw: boolean | null, 
/**
 * Send another file made of it.
 */
convert: ConvertView | null, };

export type ConvertView = { 
/**
 * None goes by the content.
 */
format: ConvertFormat | null, 
/**
 * Of a JPEG, 1 to 100; none is the usual one.
 */
quality: number | null, 
/**
 * Neither side longer than so many pixels.
 */
max_side: number | null, 
/**
 * Not larger than so many bytes.
 */
max_bytes: number | null, };

export type ConvertFormat = "jpeg" | "png" | "webp";

export type OptionsPatch = { 
/**
 * Empty text takes the title away.
 */
title?: string, 
/**
 * Empty text takes the description away.
 */
description?: string, 
/**
 * The whole list anew.
 */
tags?: Array<string>, 
/**
 * Added to what each file has.
 */
add_tags?: Array<string>, 
/**
 * Taken from what each file has.
 */
remove_tags?: Array<string>, 
/**
 * Album.
 */
album?: Wish<AlbumView>, 
/**
 * Category.
 */
category?: Wish<number>, 
/**
 * Auto-delete.
 */
expiration?: Wish<string>, 
/**
 * Resize width; `None` inside the wish means the original.
 */
width?: Wish<number>, 
/**
 * NSFW flag; the default wish gives it back to the queue's.
 */
nsfw?: Wish<boolean>, 
/**
 * Another format; the none and the default wish send the file as it is.
 */
convert?: Wish<ConvertView>, };

export type DefaultsView = { 
/**
 * Album.
 */
album: AlbumView | null, 
/**
 * Category id.
 */
category: number | null, 
/**
 * ISO 8601 preset.
 */
expiration: string | null, 
/**
 * NSFW flag.
 */
nsfw: boolean, };

export type AlbumView = { 
/**
 * The id in the album's link.
 */
id: string, 
/**
 * The name that the person knows it by.
 */
name: string, };

export type Activity = "idle" | "uploading" | "paused" | "done";

export type QueueState = { 
/**
 * What it does.
 */
activity: Activity, 
/**
 * Defaults for files that do not say otherwise.
 */
defaults: DefaultsView, 
/**
 * The site that files go to.
 */
site: number | null, 
/**
 * Set while the site as a whole waits: a rate limit, a refused key, no network.
 */
site_hold: SiteHold | null, 
/**
 * Of the running or last upload.
 */
batch: BatchView | null, 
/**
 * Whether a removal can be taken back.
 */
can_undo: boolean, };

export type SiteHold = { 
/**
 * Goes on by itself at this time; none when the person has to act.
 */
until: number | null, 
/**
 * Why.
 */
problem: ProblemView, };

export type BatchView = { 
/**
 * Its id.
 */
id: number, 
/**
 * Files in it.
 */
files: number, 
/**
 * Files that came to an end of any kind.
 */
ended: number, 
/**
 * With a usable link.
 */
uploaded: number, 
/**
 * Uploaded, waiting for approval.
 */
approval: number, 
/**
 * Failed.
 */
failed: number, 
/**
 * Outcome unknown.
 */
unknown: number, 
/**
 * Bytes that left so far.
 */
sent: number, 
/**
 * Bytes in all.
 */
total: number, 
/**
 * The mean over the files, 0 to 100.
 */
percent: number, 
/**
 * Bytes a second over the last seconds.
 */
rate: number, 
/**
 * When it began.
 */
started: number, };

export type QueueView = { 
/**
 * Grows with every change; a delta of another line is answered by asking for the whole.
 */
rev: number, 
/**
 * In queue order.
 */
items: Array<ItemView>, 
/**
 * The rest.
 */
state: QueueState, };

export type QueueDelta = { 
/**
 * The revision that this applies to.
 */
from: number, 
/**
 * The revision after it.
 */
rev: number, 
/**
 * New and changed items.
 */
upsert: Array<ItemView>, 
/**
 * Items that are gone.
 */
removed: Array<number>, 
/**
 * The whole order, when it changed.
 */
order: Array<number> | null, 
/**
 * Bytes that left of items being sent, and nothing else of them.
 */
progress: Array<ProgressView>, 
/**
 * The rest, when it changed.
 */
state: QueueState | null, };

export type ProgressView = { 
/**
 * The item.
 */
id: number, 
/**
 * Bytes sent.
 */
sent: number, 
/**
 * Bytes in all; `sent == total` means that the site has not answered yet.
 */
total: number, };

export type AddedView = { 
/**
 * Ready to be sent.
 */
added: number, 
/**
 * Bytes of these.
 */
bytes: number, 
/**
 * Already uploaded.
 */
duplicates: number, 
/**
 * Cannot be sent.
 */
refused: number, 
/**
 * Files in folders that are no pictures, left out without a word in the grid.
 */
skipped: number, 
/**
 * What was pasted is one frame of an animation.
 */
still: boolean, 
/**
 * The folder that all of it came from.
 */
folder: FolderView | null, 
/**
 * Why nothing was added, when nothing was: an empty clipboard, say.
 */
problem: ProblemView | null, };

export type FolderView = { 
/**
 * Its name, which an album may have too.
 */
name: string, 
/**
 * What came from it.
 */
items: Array<number>, };

export type FetchedView = { 
/**
 * As typed.
 */
url: string, 
/**
 * The file name that it gets.
 */
name: string, 
/**
 * Bytes, when the picture arrived on this computer.
 */
size: number, 
/**
 * What `add_fetched` takes; none when it did not arrive.
 */
token: number | null, 
/**
 * Why it did not arrive.
 */
problem: ProblemView | null, };

export type ReceiptView = { 
/**
 * The receipt's id.
 */
id: number, 
/**
 * The site.
 */
site: number, 
/**
 * The site's name at the time.
 */
site_name: string, 
/**
 * The file's name.
 */
name: string, 
/**
 * The title that the site gave back.
 */
title: string, 
/**
 * Type label.
 */
format: string, 
/**
 * A video clip.
 */
clip: boolean, 
/**
 * Moves.
 */
animated: boolean, 
/**
 * Bytes as the site stored it.
 */
size: number, 
/**
 * Pixels as the site stored it.
 */
width: number | null, 
/**
 * Pixels as the site stored it.
 */
height: number | null, 
/**
 * A clip's length.
 */
duration_ms: number | null, 
/**
 * When the site confirmed it.
 */
uploaded_at: number, 
/**
 * When the site deletes it.
 */
expires_at: number | null, 
/**
 * Links that the site gave.
 */
links: LinksView, 
/**
 * False while it waits for approval.
 */
approved: boolean, 
/**
 * The album it was sent to; the site never confirms it.
 */
album: AlbumView | null, 
/**
 * A delete link is kept.
 */
has_delete_link: boolean, 
/**
 * What the site changed, as messages.
 */
notes: Array<ProblemView>, 
/**
 * Whether a preview can be asked for at `receipt/<id>`; of a clip there may be none.
 */
preview: boolean, };

export type LinksView = { 
/**
 * The page that shows it.
 */
viewer: string | null, 
/**
 * The page's short address.
 */
short: string | null, 
/**
 * The file.
 */
direct: string | null, 
/**
 * A smaller picture.
 */
medium: string | null, 
/**
 * The smallest picture.
 */
thumb: string | null, };

export type LinkFormat = "links" | "html" | "markdown" | "bbcode";

export type LinkKind = "viewer" | "direct" | "thumbnail" | "full" | "medium" | "thumbnail-linked";

export type LinkForm = { 
/**
 * Text form.
 */
format: LinkFormat, 
/**
 * Which link.
 */
kind: LinkKind, };

export type LinkRow = { 
/**
 * The receipt.
 */
receipt: number, 
/**
 * The text; none when there is no usable link yet.
 */
text: string | null, 
/**
 * The kind that stands in for the one asked for, when the site did not return that one.
 */
instead: LinkKind | null, };

export type CopiedView = { 
/**
 * Links on the clipboard.
 */
copied: number, 
/**
 * Left out because they have no usable link yet.
 */
left_out: number, 
/**
 * Set when the clipboard did not take them; the text is shown to copy by hand.
 */
text: string | null, };

export type HistoryQuery = { 
/**
 * Part of a name, title or tag.
 */
search?: string, 
/**
 * One site only.
 */
site?: number, 
/**
 * One album only.
 */
album?: string, 
/**
 * Only this kind.
 */
kind?: HistoryKind, 
/**
 * Only what the site will delete by itself.
 */
expiring?: boolean, 
/**
 * Only with a kept delete link.
 */
has_delete_link?: boolean, 
/**
 * The last receipt of the page before.
 */
after?: number, 
/**
 * At most this many; 100 when absent.
 */
limit?: number, };

export type HistoryKind = "picture" | "animation" | "clip";

export type HistoryPage = { 
/**
 * The receipts.
 */
receipts: Array<ReceiptView>, 
/**
 * More follow.
 */
more: boolean, 
/**
 * All that match: told with the first page.
 */
total: number | null, 
/**
 * Delete links kept in all.
 */
vault: number, 
/**
 * Those of them whose uploads are not in history any more.
 */
kept: number, };

export type DeletionView = { "is": "deleted" } | { "is": "gone-already" } | { "is": "failed", 
/**
 * Why.
 */
problem: ProblemView, };

export type KeptView = { 
/**
 * What it is told by.
 */
id: number, 
/**
 * The site's name.
 */
site_name: string, 
/**
 * The file's name.
 */
name: string, 
/**
 * When the site confirmed the upload.
 */
uploaded_at: number, 
/**
 * The page that shows it.
 */
viewer: string | null, };

export type KeptPage = { 
/**
 * The links.
 */
kept: Array<KeptView>, 
/**
 * More follow.
 */
more: boolean, };

export type ArchiveForm = "json" | "csv";

export type ExportedView = { 
/**
 * The file's name.
 */
name: string, 
/**
 * Uploads in it.
 */
uploads: number, 
/**
 * Delete links in it.
 */
delete_links: number, };

export type ImportedView = { 
/**
 * Uploads that are new here.
 */
added: number, 
/**
 * Uploads that were here already.
 */
known: number, 
/**
 * Delete links that are new here.
 */
delete_links: number, };

export type SiteView = { 
/**
 * Its id.
 */
id: number, 
/**
 * Name for people: "imgximg.com".
 */
name: string, 
/**
 * Canonical base address.
 */
base: string, 
/**
 * The built-in demo host.
 */
demo: boolean, 
/**
 * The key goes as a form field.
 */
old_api: boolean, 
/**
 * Files go here now.
 */
current: boolean, 
/**
 * Where its key is.
 */
key: KeyPlace, 
/**
 * What it was seen to turn away, and how fast it takes files.
 */
limits: LimitsView, 
/**
 * Albums that the person made known.
 */
albums: Array<AlbumView>, 
/**
 * Categories that the site lists.
 */
categories: Array<CategoryView>, 
/**
 * Tags used before on this site, latest first.
 */
tags: Array<string>, };

export type LimitsView = { 
/**
 * The largest file that it takes, in bytes, as it said.
 */
max_size: number | null, 
/**
 * The same as the person set it.
 */
own_max_size: number | null, 
/**
 * The smallest file that it turned away as too big without naming a limit, in bytes.
 */
refused_size: number | null, 
/**
 * Formats that it turned away, or that the person does not want to go there: "WebP".
 */
refused_formats: Array<string>, 
/**
 * All other formats that can be sent.
 */
other_formats: Array<string>, 
/**
 * How many uploads it takes in which time, the shortest time first; times without a limit are left out.
 */
rates: Array<RateView>, 
/**
 * Uploads side by side on this site, 1 to 8; none: as everywhere.
 */
parallel: number | null, };

export type RateView = { 
/**
 * In so long a time.
 */
period: PeriodView, 
/**
 * So many, as the site said.
 */
learned: number | null, 
/**
 * So many, as the person set it.
 */
own: number | null, };

export type PeriodView = "minute" | "hour" | "day" | "week" | "month";

export type SetLimit = { "is": "largest", 
/**
 * As typed.
 */
amount: string, 
/**
 * What it counts.
 */
unit: SizeUnit, } | { "is": "rate", 
/**
 * In so long a time.
 */
period: PeriodView, 
/**
 * As typed.
 */
uploads: string, } | { "is": "format", 
/**
 * Its name: "WebP".
 */
label: string, 
/**
 * Not taken.
 */
refused: boolean, };

export type SizeUnit = "kb" | "mb" | "gb";

export type CategoryView = { 
/**
 * Its number.
 */
id: number, 
/**
 * Its name.
 */
name: string, };

export type KeyPlace = "missing" | "keyring" | "session" | "demo";

export type SiteChoice = { "is": "imgximg" } | { "is": "address", 
/**
 * As typed.
 */
address: string, 
/**
 * The key goes as a form field.
 */
old_api: boolean, } | { "is": "demo" } | { "is": "known", 
/**
 * Its id.
 */
id: number, };

export type AddressView = { 
/**
 * Canonical base, when the text is an address.
 */
base: string | null, 
/**
 * Name for people.
 */
name: string | null, 
/**
 * Where a key is to be had: `<base>/settings/api`.
 */
key_page: string | null, 
/**
 * `http://`: the key could be read on the way.
 */
insecure: boolean, 
/**
 * Why it is no address.
 */
problem: ProblemView | null, };

export type KeyTest = { "is": "accepted" } | { "is": "not-accepted", 
/**
 * With the site's sentence.
 */
problem: ProblemView, } | { "is": "moved", 
/**
 * Where to, as a base address that can be set up instead.
 */
to: string, 
/**
 * In words.
 */
problem: ProblemView, } | { "is": "failed", 
/**
 * In words.
 */
problem: ProblemView, };

export type KeepKey = "keyring" | "session";

export type SavedSite = { "is": "saved", 
/**
 * The site.
 */
site: SiteView, } | { "is": "no-keyring", 
/**
 * Why.
 */
problem: ProblemView, } | { "is": "failed", 
/**
 * Why.
 */
problem: ProblemView, };

export type Language = "en" | "lt";

export type LanguageChoice = "system" | "en" | "lt";

export type OnClose = "ask" | "keep-running" | "quit";

export type PrivacyLevel = "all" | "location" | "keep";

export type SettingsView = { 
/**
 * The chosen language; none follows the system.
 */
language: Language | null, 
/**
 * Files at the same time, 1 to 8.
 */
parallel: number, 
/**
 * What is taken out before sending.
 */
privacy: PrivacyLevel, 
/**
 * Send a neutral file name instead of the file's own.
 */
neutral_names: boolean, 
/**
 * Turn photos upright before sending, where that loses nothing.
 */
upright: boolean, 
/**
 * The link form that was chosen last.
 */
link_form: LinkForm, 
/**
 * Copy all links once an upload ends.
 */
copy_when_done: boolean, 
/**
 * What closing the window does.
 */
on_close: OnClose, 
/**
 * Notify when an upload ends.
 */
notify: boolean, };

export type SettingsPatch = { 
/**
 * `"system"` follows the system again.
 */
language?: LanguageChoice, 
/**
 * 1 to 8.
 */
parallel?: number, 
/**
 * Privacy level.
 */
privacy?: PrivacyLevel, 
/**
 * Neutral file names.
 */
neutral_names?: boolean, 
/**
 * Photos upright.
 */
upright?: boolean, 
/**
 * Link form.
 */
link_form?: LinkForm, 
/**
 * Copy when done.
 */
copy_when_done?: boolean, 
/**
 * On close.
 */
on_close?: OnClose, 
/**
 * Notifications.
 */
notify?: boolean, };

export type HelloView = { 
/**
 * The app's version.
 */
version: string, 
/**
 * The language to show.
 */
language: Language, 
/**
 * "linux", "macos" or "windows".
 */
platform: string, 
/**
 * A tray is there, so that the window may be closed and the app keeps running.
 */
tray: boolean, 
/**
 * No site is set up yet.
 */
first_run: boolean, 
/**
 * All sites.
 */
sites: Array<SiteView>, 
/**
 * Settings.
 */
settings: SettingsView, };

export type SitePage = "home" | "api-key" | "albums";

export type Event = { "is": "queue", "with": QueueDelta } | { "is": "sites", "with": Array<SiteView> } | { "is": "settings", "with": SettingsView } | { "is": "drag", "with": { 
/**
 * How many.
 */
files: number, } } | { "is": "intake", "with": { 
/**
 * Files looked at so far.
 */
seen: number, 
/**
 * Over.
 */
done: AddedView | null, } } | { "is": "history" } | { "is": "keyring-waits", "with": boolean } | { "is": "show", "with": Screen } | { "is": "notice", "with": ProblemView } | { "is": "ask-close" };

export type Screen = "upload" | "history" | "settings";

export type Wish<T> = { "wish": "default" } | { "wish": "none" } | { "wish": "some", "value": T };

/** What the window needs before it can draw. */
export const hello = () => call<HelloView>("hello", {});

/** The queue whole. */
export const queue = () => call<QueueView>("queue", {});

/** Opens the system's file dialog and adds what was chosen. */
export const chooseFiles = () => call<AddedView>("choose_files", {});

/** Adds what is on the clipboard: files, else a picture, else addresses in its text. */
export const paste = () => call<AddedView>("paste", {});

/** Adds files and folders by path. */
export const addPaths = (paths: Array<string>) => call<AddedView>("add_paths", { paths });

/** Why an item has no preview, once one was asked for and could not be made. */
export const whyNoPreview = (item: number) => call<ProblemView | null>("why_no_preview", { item });

/** Stops the walk through folders that is under way; what was found stays. */
export const stopIntake = () => call<void>("stop_intake", {});

/** Downloads pictures to this computer, so that they can be shown and then added. */
export const fetchUrls = (urls: Array<string>) => call<Array<FetchedView>>("fetch_urls", { urls });

/** Adds fetched pictures to the queue. */
export const addFetched = (tokens: Array<number>) => call<AddedView>("add_fetched", { tokens });

/** Throws fetched pictures away. */
export const dropFetched = (tokens: Array<number>) => call<void>("drop_fetched", { tokens });

/** Changes options of one or many items; refused for items that are being sent. */
export const setOptions = (items: Array<number>, patch: OptionsPatch) => call<void>("set_options", { items, patch });

/** Sets the defaults for all files that do not say otherwise. */
export const setDefaults = (defaults: DefaultsView) => call<void>("set_defaults", { defaults });

/** Takes items out of the queue; the files themselves are never touched. */
export const removeItems = (items: Array<number>) => call<void>("remove_items", { items });

/** Takes the last removal back. */
export const restoreItems = () => call<void>("restore_items", {});

/** Moves items before another one, or to the end. */
export const moveItems = (items: Array<number>, before: number | null) => call<void>("move_items", { items, before });

/** Uploads the items, or all that are ready. */
export const upload = (items: Array<number> | null) => call<void>("upload", { items });

/** Starts nothing new. */
export const pause = () => call<void>("pause", {});

/** Starts nothing new, and takes what is on its way back to waiting. */
export const pauseNow = () => call<void>("pause_now", {});

/** Goes on. */
export const resume = () => call<void>("resume", {});

/** Ends the upload; files that have not left stay in the queue. */
export const cancel = () => call<void>("cancel", {});

/** Tries failed items again; all of them when none is named. */
export const retry = (items: Array<number> | null) => call<void>("retry", { items });

/** Sends an item whose outcome is unknown again, because the person says so. */
export const sendAgain = (item: number) => call<void>("send_again", { item });

/** The person found it on the site; with its link, if they have one. */
export const markArrived = (item: number, link: string | null) => call<void>("mark_arrived", { item, link });

/** Sends a file that is already on the site. */
export const sendAnyway = (item: number) => call<void>("send_anyway", { item });

/** Puts the ended upload away: a new one can begin. */
export const newUpload = () => call<void>("new_upload", {});

/** The error report of the queue, with key and folders blacked out. */
export const report = () => call<string>("report", {});

/** Links of receipts in their order, as text. */
export const renderLinks = (receipts: Array<number>, form: LinkForm) => call<Array<LinkRow>>("render_links", { receipts, form });

/** Copies links of receipts in their order. */
export const copyLinks = (receipts: Array<number>, form: LinkForm) => call<CopiedView>("copy_links", { receipts, form });

/** Copies a text of the window: the error report, a command. */
export const copyText = (text: string) => call<CopiedView>("copy_text", { text });

/** Opens an upload's page in the browser. */
export const openReceipt = (receipt: number) => call<void>("open_receipt", { receipt });

/** Opens a page of a site in the browser. */
export const openSite = (site: number, page: SitePage) => call<void>("open_site", { site, page });

/** Opens the page where a key of a typed address is to be had. */
export const openKeyPage = (choice: SiteChoice) => call<void>("open_key_page", { choice });

/** A page of history. */
export const history = (query: HistoryQuery) => call<HistoryPage>("history", { query });

/** Takes uploads out of history; the pictures stay on the site. */
export const removeFromHistory = (receipts: Array<number>, keepDeleteLinks: boolean) => call<void>("remove_from_history", { receipts, keep_delete_links: keepDeleteLinks });

/** Empties history; the pictures stay on their sites. */
export const clearHistory = (keepDeleteLinks: boolean) => call<void>("clear_history", { keep_delete_links: keepDeleteLinks });

/** Asks the site to delete an upload. The person confirmed it. */
export const deleteFromSite = (receipt: number) => call<DeletionView>("delete_from_site", { receipt });

/** A page of the delete links that are kept of uploads which are not in history any more. */
export const keptLinks = (after: number | null) => call<KeptPage>("kept_links", { after });

/** Copies a kept delete link: the person asks for it. */
export const copyKeptLink = (kept: number) => call<CopiedView>("copy_kept_link", { kept });

/** Opens the page of an upload whose delete link is kept. */
export const openKept = (kept: number) => call<void>("open_kept", { kept });

/** Asks the site to delete an upload by its kept link. The person confirmed it. */
export const deleteKeptFromSite = (kept: number) => call<DeletionView>("delete_kept_from_site", { kept });

/** Throws a kept delete link away. The person confirmed it. */
export const forgetKept = (kept: number) => call<void>("forget_kept", { kept });

/** Asks where, and writes what the filters let through to a file; nothing when the person cancels. */
export const exportHistory = (query: HistoryQuery, form: ArchiveForm, deleteLinks: boolean) => call<ExportedView | null>("export_history", { query, form, delete_links: deleteLinks });

/** Asks for an exported history and takes it in, all or nothing; nothing when the person cancels. */
export const importHistory = () => call<ImportedView | null>("import_history", {});

/** What a typed address comes to; asks no site. */
export const checkAddress = (address: string) => call<AddressView>("check_address", { address });

/** Tests a key without uploading; an empty key means the kept one of a known site. */
export const testKey = (choice: SiteChoice, key: string) => call<KeyTest>("test_key", { choice, key });

/** Sets a site up, or gives a known one a new key, and makes it current; an empty key keeps what is there. */
export const saveSite = (choice: SiteChoice, key: string, keep: KeepKey) => call<SavedSite>("save_site", { choice, key, keep });

/** Makes a site current; waiting files are checked against it. */
export const useSite = (site: number) => call<void>("use_site", { site });

/** Takes a site and its key away; history stays. */
export const removeSite = (site: number) => call<void>("remove_site", { site });

/** Sets how many uploads run side by side on one site; none: as everywhere. */
export const setSiteParallel = (site: number, parallel: number | null) => call<void>("set_site_parallel", { site, parallel });

/** Sets what a site takes; no later answer of the site loosens it. */
export const setLimit = (site: number, limit: SetLimit) => call<void>("set_limit", { site, limit });

/** Forgets what a site takes, and how fast, whoever said so. */
export const forgetLimits = (site: number) => call<void>("forget_limits", { site });

/** Remembers an album by its id or link. */
export const saveAlbum = (site: number, link: string, name: string) => call<AlbumView>("save_album", { site, link, name });

/** Forgets an album. */
export const removeAlbum = (site: number, album: string) => call<void>("remove_album", { site, album });

/** Changes settings. */
export const setSettings = (patch: SettingsPatch) => call<void>("set_settings", { patch });

/** Hides the window and keeps running. */
export const hideWindow = () => call<void>("hide_window", {});

/** Quits; what waits is there at the next start. */
export const quit = () => call<void>("quit", {});

