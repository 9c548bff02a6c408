//! The parts that containers are made of, as ranges of the file: what is read and what is copied go by them.

pub(crate) mod boxes;
pub(crate) mod ebml;
pub(crate) mod gif;
pub(crate) mod jpeg;
pub(crate) mod png;
pub(crate) mod riff;

use std::io::{self, BufRead, Read, Seek, SeekFrom};
use std::ops::Range;

/// What a walk reads from.
pub(crate) trait Source: BufRead + Seek {}

impl<T: BufRead + Seek> Source for T {}

/// Reads a range into memory; `most` bounds it.
pub(crate) fn bytes(source: &mut impl Source, range: &Range<u64>, most: u64) -> io::Result<Vec<u8>> {
    let length = range.end.saturating_sub(range.start);
    if length > most {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "a part is larger than it can be"));
    }
    source.seek(SeekFrom::Start(range.start))?;
    let mut bytes = Vec::new();
    source.take(length).read_to_end(&mut bytes)?;
    if (bytes.len() as u64) < length {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(bytes)
}

/// Reads so many bytes at a place.
pub(crate) fn array<const N: usize>(source: &mut impl Source, at: u64) -> io::Result<[u8; N]> {
    let mut bytes = [0; N];
    source.seek(SeekFrom::Start(at))?;
    source.read_exact(&mut bytes)?;
    Ok(bytes)
}
