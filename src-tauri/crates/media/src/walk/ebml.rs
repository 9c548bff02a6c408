//! EBML, as Matroska and WebM use it: elements inside elements, each with an id and a length.

use std::io;
use std::ops::Range;

use super::{Source, array};

/// What a Matroska file is made of, by its ids.
pub(crate) const HEADER: u32 = 0x1A45_DFA3;
pub(crate) const SEGMENT: u32 = 0x1853_8067;
pub(crate) const INFO: u32 = 0x1549_A966;
pub(crate) const TRACKS: u32 = 0x1654_AE6B;
pub(crate) const TAGS: u32 = 0x1254_C367;
pub(crate) const ATTACHMENTS: u32 = 0x1941_A469;
pub(crate) const VOID: u32 = 0xEC;
pub(crate) const CRC: u32 = 0xBF;
const CLUSTER: u32 = 0x1F43_B675;

/// What may stand beside a cluster and so ends one that does not know its length: the above, and cues, chapters, and
/// where to find all of it.
const BESIDE_CLUSTERS: [u32; 8] =
    [CLUSTER, INFO, TRACKS, TAGS, ATTACHMENTS, 0x1C53_BB6B, 0x1043_A770, 0x114D_9B74];

/// Nobody has more elements side by side but somebody who wants us to be busy.
const MOST: usize = 1 << 20;

pub(crate) struct Element {
    pub(crate) id: u32,
    /// Id, length and content; of a file that was cut off, what is there.
    pub(crate) whole: Range<u64>,
    pub(crate) content: Range<u64>,
}

/// The elements directly inside a range. What does not look like one ends the list.
pub(crate) fn inside(source: &mut impl Source, range: Range<u64>) -> io::Result<Vec<Element>> {
    let mut found = Vec::new();
    let mut at = range.start;
    while let Some((id, content, length)) = head(source, at, range.end)? {
        let end = match length {
            Some(length) => content.saturating_add(length).min(range.end),
            None if id == CLUSTER => end_of_cluster(source, content, range.end)?,
            None => range.end,
        };
        found.push(Element { id, whole: at..end, content: content..end });
        if found.len() > MOST {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "more elements than there can be"));
        }
        at = end;
    }
    Ok(found)
}

fn end_of_cluster(source: &mut impl Source, from: u64, end: u64) -> io::Result<u64> {
    let mut at = from;
    while let Some((id, content, length)) = head(source, at, end)? {
        if BESIDE_CLUSTERS.contains(&id) {
            return Ok(at);
        }
        at = content.saturating_add(length.unwrap_or(0)).min(end);
    }
    Ok(end)
}

/// The id, where the content begins, and its length unless it is unknown.
fn head(source: &mut impl Source, at: u64, end: u64) -> io::Result<Option<(u32, u64, Option<u64>)>> {
    let Some((id, id_length)) = number::<4>(source, at, end)? else { return Ok(None) };
    let Some((length, length_length)) = number::<8>(source, at + id_length, end)? else { return Ok(None) };
    // The mark that tells how many bytes there are is part of an id, but not of a length.
    let mark = 1_u64 << (7 * length_length);
    let (length, unknown) = (length & (mark - 1), mark - 1);
    let id = u32::try_from(id).unwrap_or(0);
    Ok(Some((id, at + id_length + length_length, (length != unknown).then_some(length))))
}

/// A number whose first byte tells how many there are, and how many those are.
fn number<const N: usize>(source: &mut impl Source, at: u64, end: u64) -> io::Result<Option<(u64, u64)>> {
    if at >= end {
        return Ok(None);
    }
    let [first] = array(source, at)?;
    let length = first.leading_zeros() as usize + 1;
    if length > N || at + length as u64 > end {
        return Ok(None);
    }
    let mut number = u64::from(first);
    for index in 1..length as u64 {
        let [byte] = array(source, at + index)?;
        number = number << 8 | u64::from(byte);
    }
    Ok(Some((number, length as u64)))
}
