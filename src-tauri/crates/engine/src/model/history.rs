//! Questions to the history.

use serde::{Deserialize, Serialize};

use super::{Receipt, ReceiptId, SiteId, Timestamp};

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

/// Where a page begins: after (older than) this entry.
pub type HistoryCursor = (Timestamp, ReceiptId);

/// A filter, and a place to begin. [`Default`] is the newest 50 of everything.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct HistoryQuery {
    /// Every word must occur in name, title or tags, in any case (ASCII).
    pub search: Option<String>,
    /// Of this site only.
    pub site: Option<SiteId>,
    /// Older than this entry: [`Page::next`] of the page before.
    pub before: Option<HistoryCursor>,
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
            before: None,
            limit: 50,
            has_delete_link: None,
            expiring: false,
            kind: None,
        }
    }
}

/// One page, newest first; entries of one moment in the order of their ids, newest first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Page {
    /// The entries.
    pub receipts: Vec<Receipt>,
    /// Where the next page begins; `None` on the last.
    pub next: Option<HistoryCursor>,
}
