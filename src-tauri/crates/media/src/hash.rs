//! What a file's bytes are told by.

use std::io::{BufRead, Seek};
use std::path::Path;

use crate::Error;
use crate::opened::Opened;

/// BLAKE3 of a file's bytes: our own key for "the same bytes".
pub type Hash = blake3::Hash;

/// Hashes a file.
///
/// # Errors
/// [`Error::Missing`], [`Error::Unreadable`].
pub fn hash(path: &Path) -> Result<Hash, Error> {
    of(&mut Opened::open(path)?)
}

pub(crate) fn of(file: &mut Opened) -> Result<Hash, Error> {
    file.rewind().map_err(Error::reading)?;
    let mut hasher = blake3::Hasher::new();
    loop {
        let piece = file.fill_buf().map_err(Error::reading)?;
        let read = piece.len();
        if read == 0 {
            return Ok(hasher.finalize());
        }
        hasher.update(piece);
        file.consume(read);
    }
}
