//! Both hashes of a file in one read.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use md5::{Digest, Md5};

use crate::Error;

/// Large enough that the system calls cost nothing beside the hashing.
const PIECE: usize = 256 * 1024;

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
    crate::facts::regular_file(path)?;
    let mut file = File::open(path).map_err(Error::reading)?;
    let (mut blake3, mut md5) = (blake3::Hasher::new(), Md5::new());
    let (mut piece, mut len) = (vec![0; PIECE], 0);
    loop {
        let read = file.read(&mut piece).map_err(Error::reading)?;
        if read == 0 {
            break;
        }
        blake3.update(&piece[..read]);
        md5.update(&piece[..read]);
        len += read as u64;
    }
    Ok(Hashes { blake3: blake3.finalize().into(), md5: md5.finalize().into(), len })
}
