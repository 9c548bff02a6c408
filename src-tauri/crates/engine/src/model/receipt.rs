//! What the site confirmed.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::{Album, BatchId, ItemId, ReceiptId, Resolved, SiteId, Timestamp};

/// Addresses of an upload, each if the site gave it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Links {
    /// The page that shows it.
    pub viewer: Option<String>,
    /// The short form of `viewer`.
    pub short: Option<String>,
    /// The file itself.
    pub direct: Option<String>,
    /// A middle size.
    pub medium: Option<String>,
    /// A small square.
    pub thumb: Option<String>,
    /// A still of a clip.
    pub frame: Option<String>,
}

/// Something that the site changed, as a code with arguments.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// For example that the title was cut.
    pub code: String,
    /// What the words need.
    #[serde(default)]
    pub args: BTreeMap<String, String>,
}

/// Whether an upload can be deleted from the site. The link itself is a secret, given out by
/// [`crate::Engine::delete_link`] alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "deletion", rename_all = "snake_case")]
pub enum Deletion {
    /// No delete link is known.
    #[default]
    Unavailable,
    /// A delete link is kept.
    Possible,
    /// It was deleted from the site.
    Deleted {
        /// When.
        at: Timestamp,
    },
}

/// One confirmed upload.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Receipt {
    /// What it is told by.
    pub id: ReceiptId,
    /// The queue's item, if the receipt was made by one.
    pub item: Option<ItemId>,
    /// Where it is.
    pub site: SiteId,
    /// The batch it was part of; one of its own when it was found on the site by hand.
    pub batch: BatchId,
    /// The name that was sent.
    pub name: String,
    /// The title as the site has it.
    pub title: Option<String>,
    /// The type as the site has it.
    pub mime: String,
    /// In bytes, as the site has it.
    pub size: u64,
    /// In pixels.
    pub width: Option<u32>,
    /// In pixels.
    pub height: Option<u32>,
    /// Of a clip or an animation.
    pub duration_ms: Option<u64>,
    /// More than one frame.
    pub animated: bool,
    /// BLAKE3 of the user's file, in hexadecimal.
    pub blake3: String,
    /// MD5 of the file as the site has it, in hexadecimal, as it told; empty if it did not.
    pub md5: String,
    /// When the answer came.
    pub uploaded_at: Timestamp,
    /// Its addresses.
    pub links: Links,
    /// Whether it can be deleted from the site.
    pub deletion: Deletion,
    /// `false`: waits for the site's moderators; links may be missing.
    pub approved: bool,
    /// When the site deletes it by itself.
    pub expires_at: Option<Timestamp>,
    /// What was asked.
    pub asked: Resolved,
    /// What the site gave, in the application's own shape. Never with a delete link.
    pub given: serde_json::Value,
    /// What the site changed.
    pub notes: Vec<Note>,
    /// The album it is in.
    pub album: Option<Album>,
    /// A small picture of it on this machine.
    pub preview_path: Option<PathBuf>,
}
