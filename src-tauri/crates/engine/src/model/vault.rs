//! Delete links that were kept when their uploads were forgotten.

use serde::{Deserialize, Serialize};

use super::{KeptId, SiteId, Timestamp};

/// A delete link in the vault, without the link: that is a secret, given out by [`crate::Engine::vault_link`] alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// What it is told by.
    pub id: KeptId,
    /// Where the upload is.
    pub site: SiteId,
    /// The name that was sent.
    pub name: String,
    /// When the answer came.
    pub uploaded_at: Timestamp,
    /// The page that shows it.
    pub viewer: Option<String>,
}

/// A place to begin. [`Default`] is the newest 50.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VaultQuery {
    /// After this entry, the last of the page before. Nothing follows one that was forgotten meanwhile.
    pub after: Option<KeptId>,
    /// Entries on a page, 1 to 500.
    pub limit: u32,
}

impl Default for VaultQuery {
    fn default() -> Self {
        Self { after: None, limit: 50 }
    }
}

/// One page, the newest upload first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VaultPage {
    /// The entries.
    pub kept: Vec<Kept>,
    /// Whether others follow.
    pub more: bool,
    /// How many there are on all pages.
    pub total: u64,
}
