//! What is sent of a file, made in one opening of it.

use std::path::Path;

use crate::opened::Opened;
use crate::{Error, Format, Hash, Orientation, Privacy, Stripped, facts, hash, strip};

/// What is sent of a file: the file itself, or a copy without what is private.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Body {
    /// Told by the bytes.
    pub format: Format,
    /// Of the file, not of the copy: what the person has is told by it.
    pub hash: Hash,
    /// How the picture lies, in the file and in the copy.
    pub orientation: Orientation,
    /// What was taken out. `changed`: the copy is to be sent.
    pub stripped: Stripped,
    /// Length of what is to be sent, in bytes.
    pub size: u64,
}

/// Tells a file, hashes it and strips it into `out`: [`crate::sniff()`], [`crate::hash()`] and [`crate::strip()`] in one.
///
/// # Errors
/// As these.
pub fn body(path: &Path, level: Privacy, out: &Path) -> Result<Body, Error> {
    let mut file = Opened::open(path)?;
    let facts = facts::of(&mut file)?;
    let hash = hash::of(&mut file)?;
    let stripped = strip::of(&mut file, facts.format, level, out)?;
    let size = match stripped.changed {
        true => std::fs::metadata(out).map_err(Error::Write)?.len(),
        false => facts.size,
    };
    Ok(Body { format: facts.format, hash, orientation: facts.orientation, stripped, size })
}
