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

/// A marker with what belongs to it; of a scan without its compressed data, which follows.
pub(crate) struct Segment {
    pub(crate) marker: u8,
    /// Marker, length and all.
    pub(crate) whole: Range<u64>,
    /// Without marker and length.
    pub(crate) content: Range<u64>,
}

/// A walk over one picture.
pub(crate) struct Walk<'a, S> {
    pub(crate) source: &'a mut S,
    length: u64,
    /// Where it stands: behind the last segment, and at last behind the end marker or at the end of a file that was cut
    /// off.
    pub(crate) at: u64,
}

impl<'a, S: Source> Walk<'a, S> {
    pub(crate) fn new(source: &'a mut S, length: u64) -> Self {
        Self { source, length, at: 2 }
    }

    /// The next segment; `None` at the end. Behind a scan's header, [`Self::data`] comes first.
    pub(crate) fn segment(&mut self) -> io::Result<Option<Segment>> {
        let length = self.length;
        let Some((marker, start)) = next_marker(self.source, self.at, length)? else {
            self.at = length;
            return Ok(None);
        };
        self.at = start + 2;
        match marker {
            EOI => return Ok(None),
            SOI | 0x01 | 0xD0..=0xD7 => {
                return Ok(Some(Segment { marker, whole: start..self.at, content: self.at..self.at }));
            }
            _ => {}
        }
        if start + 4 > length {
            self.at = length;
            return Ok(None);
        }
        let size = u64::from(u16::from_be_bytes(array(self.source, start + 2)?));
        if size < 2 {
            return Err(io::Error::new(
                io::ErrorKind::InvalidData,
                "a segment is shorter than its own length",
            ));
        }
        let content = (start + 4).min(length)..(start + 2 + size).min(length);
        self.at = content.end;
        Ok(Some(Segment { marker, whole: start..content.end, content }))
    }

    /// Passes over the compressed data of a scan, up to a marker that is neither a stuffed zero nor a restart. `seen` is
    /// shown it piece by piece.
    pub(crate) fn data(&mut self, mut seen: impl FnMut(&[u8])) -> io::Result<Range<u64>> {
        let from = self.at;
        self.source.seek(SeekFrom::Start(from))?;
        // The last byte of a piece may begin the marker: it is held back until the next is known.
        let mut held = false;
        loop {
            let piece = self.source.fill_buf()?;
            let first = piece.first().copied();
            if held && first.is_some_and(|first| ends_scan(0xFF, first)) {
                return Ok(from..self.at);
            }
            if held {
                seen(&[0xFF]);
                self.at += 1;
            }
            if first.is_none() {
                self.at = self.length;
                return Ok(from..self.at);
            }
            let (end, read) = (first_end(piece), piece.len());
            held = end.is_none() && piece.ends_with(&[0xFF]);
            let shown = end.unwrap_or(read) - usize::from(held);
            seen(&piece[..shown]);
            self.at += shown as u64;
            if end.is_some() {
                return Ok(from..self.at);
            }
            self.source.consume(read);
        }
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
        let pairs = || firsts.iter().zip(seconds);
        // Nearly every 0xFF has a zero behind it.
        let odd = pairs().fold(false, |any, (a, b)| any | ((*a == 0xFF) & (*b != 0)));
        if odd && pairs().any(|(a, b)| ends_scan(*a, *b)) {
            break;
        }
        at += BLOCK;
    }
    let pairs = piece[at..].iter().zip(piece.get(at + 1..)?);
    pairs.into_iter().position(|(a, b)| ends_scan(*a, *b)).map(|found| at + found)
}

#[cfg(test)]
mod tests {
    use std::io::{BufReader, Cursor};

    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// However the bytes come, the data ends at the first marker, and is shown whole.
        #[test]
        fn the_data_of_a_scan_is_what_stands_before_the_next_marker(
            bytes in vec(prop_oneof![Just(0xFF), Just(0), Just(0xD3), Just(0xD9), Just(7)], 0..60),
            lead in 0..600_usize,
            at_once in 1..700_usize,
        ) {
            let bytes = [&[0xFF, 0xD8][..], &vec![1; lead], &bytes].concat();
            let ends = |pair: &[u8]| pair[0] == 0xFF && !matches!(pair[1], 0 | 0xD0..=0xD7 | 0xFF);
            let end = bytes[2..].windows(2).position(ends).map_or(bytes.len(), |end| end + 2);
            let mut source = BufReader::with_capacity(at_once, Cursor::new(&bytes));
            let mut shown = Vec::new();
            let mut walk = Walk::new(&mut source, bytes.len() as u64);
            let data = walk.data(|piece| shown.extend_from_slice(piece))?;
            prop_assert_eq!(data, 2..end as u64);
            prop_assert_eq!(&shown, &bytes[2..end]);
        }
    }
}
