//! Questions to the history.

use serde::{Deserialize, Serialize};

use super::{Receipt, ReceiptId, SiteId};

/// Kinds of uploads to filter by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Still pictures.
    Picture,
    /// Pictures with more than one frame.
    Animation,
    /// Clips.
    Video,
}

/// A filter, and a place to begin. [`Default`] is the newest 50 of everything.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct HistoryQuery {
    /// Every word must occur in name, title or tags, in any case; words of three letters and more with or without
    /// accents.
    pub search: Option<String>,
    /// Of this site only.
    pub site: Option<SiteId>,
    /// In this album only, by its id.
    pub album: Option<String>,
    /// After this entry, the last of the page before. Nothing follows one that was forgotten meanwhile.
    pub after: Option<ReceiptId>,
    /// Entries on a page, 1 to 500.
    pub limit: u32,
    /// With (or without) a delete link that is still of use.
    pub has_delete_link: Option<bool>,
    /// `true`: only what the site deletes by itself.
    pub expiring: bool,
    /// Of this kind only.
    pub kind: Option<Kind>,
}

impl Default for HistoryQuery {
    fn default() -> Self {
        Self {
            search: None,
            site: None,
            album: None,
            after: None,
            limit: 50,
            has_delete_link: None,
            expiring: false,
            kind: None,
        }
    }
}

/// One page: the newest batch first, and within a batch the order of the queue.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Page {
    /// The entries.
    pub receipts: Vec<Receipt>,
    /// Whether others follow.
    pub more: bool,
    /// How many match, on all pages: told with the first.
    pub total: Option<u64>,
}
