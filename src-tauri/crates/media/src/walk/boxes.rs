//! The box format of MP4, MOV, HEIC and AVIF.

use std::io;
use std::ops::Range;

use super::{Source, array};

pub(crate) struct Found {
    pub(crate) kind: [u8; 4],
    /// Length, kind and content.
    pub(crate) whole: Range<u64>,
    pub(crate) content: Range<u64>,
}

/// The boxes directly inside a range. A box that claims more than there is ends the list: what was whole is kept.
pub(crate) fn inside(source: &mut impl Source, range: Range<u64>) -> io::Result<Vec<Found>> {
    let mut found = Vec::new();
    let mut at = range.start;
    // Nobody has so many boxes side by side but somebody who wants us to be busy.
    while at + 8 <= range.end && found.len() < 4096 {
        let [a, b, c, d, kind @ ..]: [u8; 8] = array(source, at)?;
        let (head, size) = match u32::from_be_bytes([a, b, c, d]) {
            0 => (8, range.end - at),
            1 if at + 16 <= range.end => (16, u64::from_be_bytes(array(source, at + 8)?)),
            size => (8, u64::from(size)),
        };
        let Some(end) = at.checked_add(size).filter(|end| size >= head && *end <= range.end) else { break };
        found.push(Found { kind, whole: at..end, content: at + head..end });
        at = end;
    }
    Ok(found)
}

/// The first box at the end of a path of kinds, each inside the one before.
pub(crate) fn at_path(
    source: &mut impl Source,
    range: Range<u64>,
    path: &[&[u8; 4]],
) -> io::Result<Option<Range<u64>>> {
    let mut range = range;
    for kind in path {
        match inside(source, range)?.into_iter().find(|found| &found.kind == *kind) {
            // `meta` of pictures begins with a version and flags; the one of QuickTime does not.
            Some(found) if *kind == b"meta" => {
                let skip = if array::<8>(source, found.content.start)?[4..] == *b"hdlr" { 0 } else { 4 };
                range = (found.content.start + skip).min(found.content.end)..found.content.end;
            }
            Some(found) => range = found.content,
            None => return Ok(None),
        }
    }
    Ok(Some(range))
}
