//! JPEG: application data and comments out, everything that the decoder needs kept.

use std::io;
use std::ops::Range;

use super::{Copy, Exif, Privacy, Removed, exif_block};
use crate::walk::jpeg::{APP0, APP15, COM, SOS, Segment, Walk};
use crate::walk::{Source, array, bytes};
use crate::{photoshop, xmp};

/// A JFIF header without a thumbnail.
const JFIF: usize = 14;

/// Where the index of further pictures stands. It goes with what follows the picture.
const INDEX: u8 = APP0 + 2;

/// The marker of Adobe's colours with what belongs to it.
const ADOBE: usize = 12;

/// The walk goes no further in search of a marker.
const MOST_BETWEEN: u64 = 64 * 1024 * 1024;

/// A segment's length has sixteen bits.
const MOST: u64 = 65_535;

/// What is kept goes into `copy`, which may be written while the picture is read.
pub(super) fn lay_out(
    source: &mut impl Source,
    length: u64,
    level: Privacy,
    mut copy: Copy,
) -> io::Result<Copy> {
    let keeps_index = level == Privacy::LocationOnly && !private_trailer(source, length)?;
    let mut has_index = false;
    copy.keep(0..2);
    let mut picture = Walk::new(source, length);
    let mut at = picture.at;
    while let Some(segment) = picture.segment()? {
        between(picture.source, at..segment.whole.start, &mut copy)?;
        at = segment.whole.end;
        match segment.marker {
            INDEX if !keeps_index && is_index(picture.source, &segment)? => has_index = true,
            APP0..=APP15 => application(picture.source, &segment, level, &mut copy)?,
            COM if level == Privacy::All => copy.drop(Removed::Comments),
            _ => copy.keep(segment.whole.clone()),
        }
        if segment.marker == SOS {
            copy.catch_up(picture.source)?;
            at = picture.data(|data| copy.write_ahead(data))?.end;
            copy.keep_ahead(segment.whole.end..at);
        }
    }
    let end_of_picture = picture.at;
    // Two bytes end the picture.
    let end = end_of_picture.saturating_sub(2).max(at);
    between(source, at..end, &mut copy)?;
    copy.keep(end..end_of_picture);
    if end_of_picture == length {
        if has_index {
            copy.drop(Removed::Other);
        }
    } else if level == Privacy::All || trailer_is_private(source, end_of_picture)? {
        // A second picture there has its own EXIF, and its own place.
        copy.drop(Removed::Trailer);
    } else {
        copy.keep(end_of_picture..length);
    }
    Ok(copy)
}

/// Whether something private follows the picture.
fn private_trailer(source: &mut impl Source, length: u64) -> io::Result<bool> {
    let mut picture = Walk::new(source, length);
    while let Some(segment) = picture.segment()? {
        if segment.marker == SOS {
            picture.data(|_| {})?;
        }
    }
    let end = picture.at;
    Ok(end < length && trailer_is_private(source, end)?)
}

/// Bytes between segments, which decoders pass over. They are not copied; filler is nothing to speak of.
fn between(source: &mut impl Source, range: Range<u64>, copy: &mut Copy) -> io::Result<()> {
    if bytes(source, &range, MOST_BETWEEN)?.iter().any(|byte| *byte != 0xFF) {
        copy.drop(Removed::Other);
    }
    Ok(())
}

fn is_index(source: &mut impl Source, segment: &Segment) -> io::Result<bool> {
    Ok(bytes(source, &segment.content, MOST)?.starts_with(b"MPF\0"))
}

fn trailer_is_private(source: &mut impl Source, at: u64) -> io::Result<bool> {
    Ok(matches!(array::<1>(source, at)?, [first] if first != 0))
}

fn application(
    source: &mut impl Source,
    segment: &Segment,
    level: Privacy,
    copy: &mut Copy,
) -> io::Result<()> {
    let content = bytes(source, &segment.content, MOST)?;
    let number = segment.marker - APP0;
    if level == Privacy::All && number == 0 && content.starts_with(b"JFIF\0") && content.len() > JFIF {
        copy.drop(Removed::Thumbnail);
        // The last two bytes are the thumbnail's width and height.
        copy.make([&[0xFF, APP0, 0, JFIF as u8 + 2], &content[..JFIF - 2], &[0, 0]].concat());
        return Ok(());
    }
    if level == Privacy::All && number == 14 && content.starts_with(b"Adobe") && content.len() > ADOBE {
        copy.drop(Removed::Other);
        copy.make([&[0xFF, APP0 + 14, 0, ADOBE as u8 + 2], &content[..ADOBE]].concat());
        return Ok(());
    }
    let needed = match number {
        0 => content.starts_with(b"JFIF\0"),
        2 => content.starts_with(b"ICC_PROFILE\0"),
        14 => content.starts_with(b"Adobe") && content.len() <= ADOBE,
        _ => false,
    };
    if needed {
        copy.keep(segment.whole.clone());
        return Ok(());
    }
    if number == 1
        && let Some(tiff) = content.strip_prefix(b"Exif\0\0")
    {
        match exif_block(tiff, level, &mut copy.removed) {
            Exif::Keep => copy.keep(segment.whole.clone()),
            Exif::Drop => {}
            Exif::Replace(tiff) => copy.make(exif_segment(&tiff)),
        }
        return Ok(());
    }
    if content.starts_with(b"http://ns.adobe.com/") {
        // One packet, or a piece of a long one.
        copy.removed.extend(xmp::kinds(&content));
        return Ok(());
    }
    match (number, level) {
        (13, _) => copy.removed.extend(photoshop::kinds(&content)),
        (_, Privacy::LocationOnly) => copy.keep(segment.whole.clone()),
        (0, _) => copy.drop(Removed::Thumbnail),
        _ => copy.drop(Removed::Other),
    }
    Ok(())
}

fn exif_segment(tiff: &[u8]) -> Vec<u8> {
    let length = u16::try_from(tiff.len() + 8).expect("never longer than the segment that it stands for");
    let mut segment = vec![0xFF, APP0 + 1];
    segment.extend_from_slice(&length.to_be_bytes());
    segment.extend_from_slice(b"Exif\0\0");
    segment.extend_from_slice(tiff);
    segment
}
