//! Both hashes of a file in one read.

use std::path::Path;

use crate::Error;

/// What a file's bytes hash to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Hashes {
    /// BLAKE3: our own key for "the same bytes".
    pub blake3: [u8; 32],
    /// MD5: what a site's duplicate check goes by. Never used as proof of anything.
    pub md5: [u8; 16],
    /// Bytes read.
    pub len: u64,
}

/// Hashes a file in one read, with a small fixed buffer.
///
/// # Errors
/// [`Error::Missing`], [`Error::Unreadable`].
pub fn hash(path: &Path) -> Result<Hashes, Error> {
    let _ = path;
    todo!()
}
