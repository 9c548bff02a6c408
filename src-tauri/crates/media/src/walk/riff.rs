//! RIFF, as WebP uses it: chunks of even length.

use std::io;
use std::ops::Range;

use super::{Source, array};

/// Behind "RIFF", the size and "WEBP".
pub(crate) const START: u64 = 12;

pub(crate) struct Chunk {
    pub(crate) kind: [u8; 4],
    /// Kind, size, content and padding.
    pub(crate) whole: Range<u64>,
    pub(crate) content: Range<u64>,
}

/// The chunks, and where the container says that it ends.
pub(crate) fn walk(source: &mut impl Source, length: u64) -> io::Result<(Vec<Chunk>, u64)> {
    let size = u64::from(u32::from_le_bytes(array(source, 4)?));
    let end = (size + 8).min(length);
    let mut chunks = Vec::new();
    let mut at = START;
    while at + 8 <= end {
        let [a, b, c, d, size @ ..]: [u8; 8] = array(source, at)?;
        let size = u64::from(u32::from_le_bytes(size));
        let content = at + 8..at + 8 + size;
        if content.end > end {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let whole = at..(content.end + (size & 1)).min(end);
        at = whole.end;
        chunks.push(Chunk { kind: [a, b, c, d], whole, content });
    }
    Ok((chunks, end))
}
