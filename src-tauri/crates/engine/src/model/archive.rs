//! The history and the vault on their way out of a store and into another.

use secrecy::SecretString;

use super::{Receipt, Timestamp};

/// A site as an archive names it: ids mean nothing in another store.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SiteName {
    /// Its address, as the application normalised it; empty for a site of which nothing is known.
    pub base: String,
    /// The name the user knows it by.
    pub name: String,
    /// The built-in demo host, whose address changes.
    pub demo: bool,
}

/// One entry of an archive. Its `Debug` shows no delete link.
#[derive(Clone, Debug)]
pub enum Entry {
    /// An upload of the history.
    Receipt {
        /// The site.
        site: SiteName,
        /// The receipt. On the way in, `id`, `site`, `item` and `preview_path` mean nothing, and `batch` only tells
        /// which entries of the archive belong together.
        receipt: Box<Receipt>,
        /// Its delete link, if asked for.
        delete_link: Option<SecretString>,
    },
    /// A delete link of the vault.
    Kept {
        /// The site.
        site: SiteName,
        /// The name that was sent.
        name: String,
        /// When the answer came.
        uploaded_at: Timestamp,
        /// The page that shows it.
        viewer: Option<String>,
        /// The link.
        delete_link: SecretString,
    },
}

/// What an import brought.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// Uploads that are new in the history.
    pub added: u64,
    /// Uploads that the history had already.
    pub known: u64,
    /// Delete links that were not here before.
    pub delete_links: u64,
}
