//! PNG: chunks.

use std::io;
use std::ops::Range;

use super::{Source, array};

/// The signature's length.
pub(crate) const START: u64 = 8;

pub(crate) struct Chunk {
    pub(crate) kind: [u8; 4],
    /// Length, kind, content and checksum.
    pub(crate) whole: Range<u64>,
    pub(crate) content: Range<u64>,
}

/// Walks the chunks up to and with `IEND`, or until `stop` says so.
pub(crate) fn walk(
    source: &mut impl Source,
    length: u64,
    mut stop: impl FnMut(&Chunk) -> bool,
) -> io::Result<Vec<Chunk>> {
    let mut chunks = Vec::new();
    let mut at = START;
    while at + 12 <= length {
        let [a, b, c, d, kind @ ..]: [u8; 8] = array(source, at)?;
        let size = u64::from(u32::from_be_bytes([a, b, c, d]));
        let whole = at..at + 12 + size;
        if whole.end > length {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let chunk = Chunk { kind, content: at + 8..at + 8 + size, whole };
        at = chunk.whole.end;
        let last = &chunk.kind == b"IEND" || stop(&chunk);
        chunks.push(chunk);
        if last {
            return Ok(chunks);
        }
    }
    Err(io::ErrorKind::UnexpectedEof.into())
}

/// A whole chunk of this kind and content.
pub(crate) fn chunk(kind: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let mut sum = crc32fast::Hasher::new();
    sum.update(kind);
    sum.update(content);
    let length = u32::try_from(content.len()).expect("made by us, a few bytes long");
    let mut bytes = length.to_be_bytes().to_vec();
    bytes.extend_from_slice(kind);
    bytes.extend_from_slice(content);
    bytes.extend_from_slice(&sum.finalize().to_be_bytes());
    bytes
}
