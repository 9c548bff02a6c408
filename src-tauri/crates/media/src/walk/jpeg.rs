//! JPEG: segments between markers, and the compressed data behind each scan header.

use std::io::{self, SeekFrom};
use std::ops::Range;

use super::{Source, array};

/// Start of frame, start of scan, application data 0, comment.
pub(crate) const SOS: u8 = 0xDA;
pub(crate) const APP0: u8 = 0xE0;
pub(crate) const APP15: u8 = 0xEF;
pub(crate) const COM: u8 = 0xFE;

const SOI: u8 = 0xD8;
const EOI: u8 = 0xD9;

/// A marker with what belongs to it; of a scan also its compressed data.
pub(crate) struct Segment {
    pub(crate) marker: u8,
    /// Marker, length and all.
    pub(crate) whole: Range<u64>,
    /// Without marker and length.
    pub(crate) content: Range<u64>,
}

/// A picture's segments in order, and where the picture ends.
pub(crate) struct Parts {
    pub(crate) segments: Vec<Segment>,
    /// Behind the end marker, or the end of a file that was cut off.
    pub(crate) end: u64,
}

/// Walks one picture. With `headers_only` it stops at the first scan.
pub(crate) fn walk(source: &mut impl Source, length: u64, headers_only: bool) -> io::Result<Parts> {
    let mut segments = Vec::new();
    let mut at = 2;
    loop {
        let Some((marker, start)) = next_marker(source, at, length)? else {
            return Ok(Parts { segments, end: length });
        };
        if marker == EOI {
            return Ok(Parts { segments, end: start + 2 });
        }
        if marker == SOI || marker == 0x01 || (0xD0..=0xD7).contains(&marker) {
            segments.push(Segment { marker, whole: start..start + 2, content: start + 2..start + 2 });
            at = start + 2;
            continue;
        }
        if start + 4 > length {
            return Ok(Parts { segments, end: length });
        }
        let size = u64::from(u16::from_be_bytes(array(source, start + 2)?));
        if size < 2 {
            return Err(io::Error::new(
                io::ErrorKind::InvalidData,
                "a segment is shorter than its own length",
            ));
        }
        let content = (start + 4).min(length)..(start + 2 + size).min(length);
        let mut end = content.end;
        if marker == SOS {
            if headers_only {
                segments.push(Segment { marker, whole: start..end, content });
                return Ok(Parts { segments, end });
            }
            end = end_of_scan(source, end, length)?;
        }
        segments.push(Segment { marker, whole: start..end, content });
        at = end;
    }
}

/// The next marker at or behind `at`; bytes before it that belong to nothing are passed over.
fn next_marker(source: &mut impl Source, at: u64, length: u64) -> io::Result<Option<(u8, u64)>> {
    let mut at = at;
    while at + 1 < length {
        match array(source, at)? {
            [0xFF, marker] if marker != 0xFF && marker != 0 => return Ok(Some((marker, at))),
            _ => at += 1,
        }
        if at > 64 * 1024 && at.is_multiple_of(1024 * 1024) {
            // Nothing but filler for so long is no picture.
            return Err(io::Error::new(io::ErrorKind::InvalidData, "no marker where one belongs"));
        }
    }
    Ok(None)
}

/// Where compressed data ends: at a marker that is neither a stuffed zero nor a restart.
fn end_of_scan(source: &mut impl Source, from: u64, length: u64) -> io::Result<u64> {
    source.seek(SeekFrom::Start(from))?;
    let mut at = from;
    let mut before = 0;
    loop {
        let piece = source.fill_buf()?;
        let (Some(first), Some(last)) = (piece.first(), piece.last()) else { return Ok(length) };
        if ends_scan(before, *first) {
            return Ok(at - 1);
        }
        if let Some(found) = first_end(piece) {
            return Ok(at + found as u64);
        }
        before = *last;
        let read = piece.len();
        at += read as u64;
        source.consume(read);
    }
}

/// Whether two bytes side by side are a marker that ends compressed data. Of several 0xFF the last begins the marker.
fn ends_scan(first: u8, second: u8) -> bool {
    first == 0xFF && second != 0xFF && second != 0 && second & 0xF8 != 0xD0
}

/// The first place of two such bytes in a piece. Nearly always there is none, so most of it is looked at in blocks in
/// which nothing depends on what was seen before: the compiler makes that many bytes at a time.
fn first_end(piece: &[u8]) -> Option<usize> {
    const BLOCK: usize = 256;
    let mut at = 0;
    while let (Some(firsts), Some(seconds)) =
        (piece[at..].first_chunk::<BLOCK>(), piece.get(at + 1..).and_then(|rest| rest.first_chunk::<BLOCK>()))
    {
        let ends = firsts.iter().zip(seconds).fold(false, |any, (a, b)| any | ends_scan(*a, *b));
        if ends {
            break;
        }
        at += BLOCK;
    }
    let pairs = piece[at..].iter().zip(piece.get(at + 1..)?);
    pairs.into_iter().position(|(a, b)| ends_scan(*a, *b)).map(|found| at + found)
}
