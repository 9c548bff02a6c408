//! The queue as the window shows it.

use super::{Id, ProblemView, ReceiptView, TimeMs};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// One file of the queue.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct ItemView {
    /// The item's id; the only thing that tells it.
    pub id: Id,
    /// The file's name as the person knows it.
    pub name: String,
    /// The type by its bytes, as a short label: "JPEG", "GIF", "MP4"; for a refused file its kind ("PDF").
    pub format: String,
    /// A video clip.
    pub clip: bool,
    /// Moves, so it is never resized.
    pub animated: bool,
    /// Bytes on disk.
    pub size: u64,
    /// Pixels as shown, orientation applied.
    pub width: Option<u32>,
    /// Pixels as shown, orientation applied.
    pub height: Option<u32>,
    /// A clip's length.
    pub duration_ms: Option<u64>,
    /// Whether a preview can be asked for at `preview/<id>`; of a clip there may be none.
    pub preview: bool,
    /// What the person set for this file.
    pub options: OptionsView,
    /// The title that is sent when none was typed: from the file's name.
    pub default_title: String,
    /// What will be sent, once the file is prepared.
    pub manifest: Option<ManifestView>,
    /// Where the file is on its way.
    pub state: ItemState,
}

/// Where an item is on its way; one at a time.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum ItemState {
    /// Read, hashed and made ready to send.
    Preparing,
    /// Waits for the person to press upload.
    Ready,
    /// Cannot be sent.
    Refused {
        /// Why.
        problem: ProblemView,
    },
    /// Already on this site, by our own record.
    Duplicate {
        /// The earlier upload.
        receipt: ReceiptView,
    },
    /// In the running upload, its turn has not come.
    Waiting {
        /// Tried before, and tried again by itself at this time.
        until: Option<TimeMs>,
        /// Why it waits again.
        problem: Option<ProblemView>,
    },
    /// Bytes leave.
    Sending {
        /// Bytes sent.
        sent: u64,
        /// Bytes in all.
        total: u64,
    },
    /// All bytes left; the site has not answered yet.
    Answering,
    /// Not uploaded.
    Failed {
        /// Why.
        problem: ProblemView,
    },
    /// The site may have it; only the person may decide to send it again.
    Unknown {
        /// What is known.
        problem: ProblemView,
    },
    /// Uploaded; `receipt.approved` false means that it waits for approval.
    Uploaded {
        /// The links.
        receipt: ReceiptView,
    },
}

/// What is sent for an item.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct ManifestView {
    /// The file name that the site gets.
    pub name: String,
    /// Type label.
    pub format: String,
    /// Bytes.
    pub size: u64,
    /// Pixels from left to right, when they are not as in the file.
    pub width: Option<u32>,
    /// Pixels from top to bottom, when they are not as in the file.
    pub height: Option<u32>,
    /// What was taken out: "location", "camera", "captions", "comments", "thumbnail", "serial".
    pub removed: Vec<String>,
    /// What remains in it and is private: "location" in a clip, say.
    pub remains: Vec<String>,
    /// It was turned upright without loss.
    pub upright: bool,
}

/// A wish that can be left to the defaults of the queue.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "wish", content = "value", rename_all = "kebab-case")]
pub enum Wish<T> {
    /// As the queue's defaults say.
    #[default]
    Default,
    /// None, whatever the defaults say.
    None,
    /// This one.
    Some(T),
}

/// What a person can set for one file.
#[derive(Clone, Debug, Default, PartialEq, Serialize, TS)]
pub struct OptionsView {
    /// At most 100 characters.
    pub title: Option<String>,
    /// Free text.
    pub description: Option<String>,
    /// Each at most 32 characters, without `,`, `/` and `#`.
    pub tags: Vec<String>,
    /// An album of the account.
    pub album: Wish<AlbumView>,
    /// A category of the site.
    pub category: Wish<Id>,
    /// One of the presets, as ISO 8601: `P2W`.
    pub expiration: Wish<String>,
    /// Pixels, smaller than the picture; none for animations and clips.
    pub width: Option<u32>,
    /// Not safe for work; none means as the defaults say.
    pub nsfw: Option<bool>,
    /// Send another file made of it.
    pub convert: Option<ConvertView>,
}

/// Another file that is made of a still picture and sent.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct ConvertView {
    /// None goes by the content.
    pub format: Option<ConvertFormat>,
    /// Of a JPEG, 1 to 100; none is the usual one.
    pub quality: Option<u8>,
    /// Neither side longer than so many pixels.
    pub max_side: Option<u32>,
    /// Not larger than so many bytes.
    pub max_bytes: Option<u64>,
}

/// What can be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum ConvertFormat {
    /// For photos.
    Jpeg,
    /// For drawings.
    Png,
    /// Lossless and small.
    Webp,
}

/// A change of options for one or many items; what is absent stays.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, TS)]
#[serde(default)]
#[ts(optional_fields)]
pub struct OptionsPatch {
    /// Empty text takes the title away.
    pub title: Option<String>,
    /// Empty text takes the description away.
    pub description: Option<String>,
    /// The whole list anew.
    pub tags: Option<Vec<String>>,
    /// Added to what each file has.
    pub add_tags: Option<Vec<String>>,
    /// Taken from what each file has.
    pub remove_tags: Option<Vec<String>>,
    /// Album.
    pub album: Option<Wish<AlbumView>>,
    /// Category.
    pub category: Option<Wish<Id>>,
    /// Auto-delete.
    pub expiration: Option<Wish<String>>,
    /// Resize width; `None` inside the wish means the original.
    pub width: Option<Wish<u32>>,
    /// NSFW flag; the default wish gives it back to the queue's.
    pub nsfw: Option<Wish<bool>>,
    /// Another format; the none and the default wish send the file as it is.
    pub convert: Option<Wish<ConvertView>>,
}

/// What holds for every file that does not say otherwise.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct DefaultsView {
    /// Album.
    pub album: Option<AlbumView>,
    /// Category id.
    pub category: Option<Id>,
    /// ISO 8601 preset.
    pub expiration: Option<String>,
    /// NSFW flag.
    pub nsfw: bool,
}

/// An album of the account that the person made known by its link.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct AlbumView {
    /// The id in the album's link.
    pub id: String,
    /// The name that the person knows it by.
    pub name: String,
}

/// What the whole queue does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Activity {
    /// Nothing was started, or the last upload was put away.
    #[default]
    Idle,
    /// An upload runs.
    Uploading,
    /// Stopped by the person, or found unfinished at the start of the app.
    Paused,
    /// The last upload came to its end and its links are shown.
    Done,
}

/// Everything about the queue but its items.
#[derive(Clone, Debug, Default, PartialEq, Serialize, TS)]
pub struct QueueState {
    /// What it does.
    pub activity: Activity,
    /// Defaults for files that do not say otherwise.
    pub defaults: DefaultsView,
    /// The site that files go to.
    pub site: Option<Id>,
    /// Set while the site as a whole waits: a rate limit, a refused key, no network.
    pub site_hold: Option<SiteHold>,
    /// Of the running or last upload.
    pub batch: Option<BatchView>,
    /// Whether a removal can be taken back.
    pub can_undo: bool,
}

/// The site as a whole waits.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct SiteHold {
    /// Goes on by itself at this time; none when the person has to act.
    pub until: Option<TimeMs>,
    /// Why.
    pub problem: ProblemView,
}

/// The running or last upload.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct BatchView {
    /// Its id.
    pub id: Id,
    /// Files in it.
    pub files: u32,
    /// Files that came to an end of any kind.
    pub ended: u32,
    /// With a usable link.
    pub uploaded: u32,
    /// Uploaded, waiting for approval.
    pub approval: u32,
    /// Failed.
    pub failed: u32,
    /// Outcome unknown.
    pub unknown: u32,
    /// Bytes that left so far.
    pub sent: u64,
    /// Bytes in all.
    pub total: u64,
    /// The mean over the files, 0 to 100.
    pub percent: u8,
    /// Bytes a second over the last seconds.
    pub rate: u64,
    /// When it began.
    pub started: TimeMs,
}

/// The queue whole.
#[derive(Clone, Debug, Default, PartialEq, Serialize, TS)]
pub struct QueueView {
    /// Grows with every change; a delta of another line is answered by asking for the whole.
    pub rev: u64,
    /// In queue order.
    pub items: Vec<ItemView>,
    /// The rest.
    pub state: QueueState,
}

/// A change of the queue, joined over at most 60 ms.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct QueueDelta {
    /// The revision that this applies to.
    pub from: u64,
    /// The revision after it.
    pub rev: u64,
    /// New and changed items.
    pub upsert: Vec<ItemView>,
    /// Items that are gone.
    pub removed: Vec<Id>,
    /// The whole order, when it changed.
    pub order: Option<Vec<Id>>,
    /// Bytes that left of items being sent, and nothing else of them.
    pub progress: Vec<ProgressView>,
    /// The rest, when it changed.
    pub state: Option<QueueState>,
}

/// Bytes that left of one item.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct ProgressView {
    /// The item.
    pub id: Id,
    /// Bytes sent.
    pub sent: u64,
    /// Bytes in all; `sent == total` means that the site has not answered yet.
    pub total: u64,
}

/// What came of adding files.
#[derive(Clone, Debug, Default, PartialEq, Serialize, TS)]
pub struct AddedView {
    /// Ready to be sent.
    pub added: u32,
    /// Bytes of these.
    pub bytes: u64,
    /// Already uploaded.
    pub duplicates: u32,
    /// Cannot be sent.
    pub refused: u32,
    /// Files in folders that are no pictures, left out without a word in the grid.
    pub skipped: u32,
    /// What was pasted is one frame of an animation.
    pub still: bool,
    /// The folder that all of it came from.
    pub folder: Option<FolderView>,
    /// Why nothing was added, when nothing was: an empty clipboard, say.
    pub problem: Option<ProblemView>,
}

/// A folder that was added by itself.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct FolderView {
    /// Its name, which an album may have too.
    pub name: String,
    /// What came from it.
    pub items: Vec<Id>,
}

/// One address typed into "Add image URLs".
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct FetchedView {
    /// As typed.
    pub url: String,
    /// The file name that it gets.
    pub name: String,
    /// Bytes, when the picture arrived on this computer.
    pub size: u64,
    /// What `add_fetched` takes; none when it did not arrive.
    pub token: Option<Id>,
    /// Why it did not arrive.
    pub problem: Option<ProblemView>,
}
