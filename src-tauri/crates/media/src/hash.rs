//! What a file's bytes are told by.

use std::io::{Read, Seek};
use std::path::Path;

use crate::Error;
use crate::opened::{Opened, WHOLE};

/// As much as is kept of an open file: a large file then comes from the system as it is, without a copy in between.
#[allow(clippy::cast_possible_truncation, reason = "far less than any address")]
const PIECE: usize = WHOLE as usize;

/// BLAKE3 of a file's bytes: our own key for "the same bytes".
pub type Hash = blake3::Hash;

/// Hashes a file, with a small fixed buffer.
///
/// # Errors
/// [`Error::Missing`], [`Error::Unreadable`].
pub fn hash(path: &Path) -> Result<Hash, Error> {
    of(&mut Opened::open(path)?)
}

pub(crate) fn of(file: &mut Opened) -> Result<Hash, Error> {
    file.rewind().map_err(Error::reading)?;
    let mut hasher = blake3::Hasher::new();
    let mut piece = vec![0; usize::try_from(file.size).unwrap_or(PIECE).clamp(1, PIECE)];
    loop {
        match file.read(&mut piece).map_err(Error::reading)? {
            0 => return Ok(hasher.finalize()),
            read => drop(hasher.update(&piece[..read])),
        }
    }
}
