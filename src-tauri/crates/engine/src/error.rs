//! Why a request to the engine was not carried out.

use std::path::PathBuf;

use crate::{ItemId, KeptId, ReceiptId, SiteId};

/// A result of the engine.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a request was not carried out. Nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The database cannot be opened, read or written here.
    #[error("the database {path} cannot be used: {detail}")]
    StoreUnreadable {
        /// The database.
        path: PathBuf,
        /// SQLite's words.
        detail: String,
    },
    /// The database was written by a newer version of the program. It was left as it is.
    #[error("the database has version {found}, this program knows {known}")]
    NewerDatabase {
        /// Its version.
        found: i64,
        /// The newest that is known here.
        known: i64,
    },
    /// The database is damaged.
    #[error("the database is damaged: {0}")]
    Damaged(String),
    /// No room to save.
    #[error("the disk is full")]
    DiskFull,
    /// Another program holds the database.
    #[error("the database is in use")]
    Busy,
    /// Any other fault of the store.
    #[error("the store failed: {0}")]
    Store(String),
    /// No such item (any more).
    #[error("no item {0}")]
    UnknownItem(ItemId),
    /// No such receipt (any more).
    #[error("no receipt {0}")]
    UnknownReceipt(ReceiptId),
    /// No such delete link in the vault (any more).
    #[error("no kept delete link {0}")]
    UnknownKept(KeptId),
    /// No such site (any more).
    #[error("no site {0}")]
    UnknownSite(SiteId),
    /// The queue still holds items for the site.
    #[error("site {0} has items in the queue")]
    SiteInUse(SiteId),
    /// None of the items stands where this can be done.
    #[error("not possible in this phase")]
    WrongPhase,
    /// The engine has ended.
    #[error("the engine has ended")]
    Closed,
}

impl Error {
    /// A stable name for it, for [`crate::Problem::code`].
    pub fn code(&self) -> &'static str {
        match self {
            Self::StoreUnreadable { .. } => "store-unreadable",
            Self::NewerDatabase { .. } => "newer-database",
            Self::Damaged(_) => "store-damaged",
            Self::DiskFull => "disk-full",
            Self::Busy => "store-busy",
            Self::Store(_) => "store-failed",
            Self::UnknownItem(_) => "unknown-item",
            Self::UnknownReceipt(_) => "unknown-receipt",
            Self::UnknownKept(_) => "unknown-kept",
            Self::UnknownSite(_) => "unknown-site",
            Self::SiteInUse(_) => "site-in-use",
            Self::WrongPhase => "wrong-phase",
            Self::Closed => "engine-closed",
        }
    }
}
