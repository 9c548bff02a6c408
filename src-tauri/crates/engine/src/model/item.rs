//! An entry of the queue, from the drop to the body that is sent.

use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{BatchId, ItemId, Options, Phase, Problem, Resolved, SiteId, Timestamp};

/// The way by which an item came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// Dropped on the window.
    Drop,
    /// Chosen in a file dialog.
    Dialog,
    /// Pasted into the window.
    Paste,
    /// Read from the clipboard by the tray or a shortcut.
    Clipboard,
    /// Fetched from an address.
    Url,
    /// Chosen from the tray menu.
    Tray,
    /// An argument of a second launch.
    Launch,
    /// Given to the command line tool.
    CommandLine,
}

/// What is known of the user's file without preparing it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// Told by its bytes, for example `image/png`.
    pub mime: Cow<'static, str>,
    /// In bytes.
    pub size: u64,
    /// When the file was last changed. A file with another size or time is not the file that was added.
    pub modified: Timestamp,
    /// In pixels, as shown (after orientation).
    pub width: Option<u32>,
    /// In pixels, as shown (after orientation).
    pub height: Option<u32>,
    /// Of a clip or an animation.
    pub duration_ms: Option<u64>,
    /// More than one frame.
    pub animated: bool,
}

/// A file to be queued.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NewItem {
    /// The file itself. The engine reads its size and time, nothing else.
    pub path: PathBuf,
    /// Spooled by us (a pasted picture, a fetched address): deleted when the item is gone for good.
    pub owned: bool,
    /// The file's name as shown and sent.
    pub name: String,
    /// The way by which it came in.
    pub origin: Origin,
    /// What is known of it.
    pub facts: Facts,
    /// A title to begin with.
    pub title: Option<String>,
    /// Set when it cannot be uploaded: it is queued all the same, to be seen with its reason.
    pub refused: Option<Problem>,
}

/// The body that will be sent, and the hashes that tell it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prepared {
    /// The file to send; the user's own when nothing had to be changed. Not part of the JSON: it need not be text.
    #[serde(skip, default = "nowhere")]
    pub body: Arc<Path>,
    /// Made by us: deleted once it is not needed.
    pub body_owned: bool,
    /// The name to send.
    pub name: String,
    /// The type to send.
    pub mime: Cow<'static, str>,
    /// The body's length in bytes.
    pub size: u64,
    /// BLAKE3 of the **user's file**, in hexadecimal: what duplicates are found by.
    pub blake3: String,
    /// Codes of what was changed on the way, for example that the location was removed.
    pub notes: Vec<Cow<'static, str>>,
}

fn nowhere() -> Arc<Path> {
    Path::new("").into()
}

/// An entry of the queue. There may be tens of thousands: what several have in common is shared.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// What it is told by.
    pub id: ItemId,
    /// Where it goes.
    pub site: SiteId,
    /// What set it going last; `None` before that and after a cancel.
    pub batch: Option<BatchId>,
    /// The user's file.
    pub path: Arc<Path>,
    /// Spooled by us.
    pub owned: bool,
    /// The file's name.
    pub name: String,
    /// The way by which it came in.
    pub origin: Origin,
    /// What is known of the file.
    pub facts: Facts,
    /// What the user asked for this item.
    pub options: Arc<Options>,
    /// `options` over the defaults of the moment when it was set going: exactly what is asked of the site.
    pub asked: Option<Box<Resolved>>,
    /// The body to send, once there is one.
    pub prepared: Option<Prepared>,
    /// Where it stands.
    pub phase: Phase,
    /// When it was added.
    pub added_at: Timestamp,
}

impl Item {
    /// The batch that waits for this item.
    pub(crate) fn pending_in(&self) -> Option<BatchId> {
        self.batch.filter(|_| self.phase.is_pending())
    }
}
