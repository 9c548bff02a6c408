//! JPEG: application data and comments out, everything that the decoder needs kept.

use std::fs::File;
use std::io;

use super::{Copy, Exif, Privacy, Removed, exif_block, xmp_kinds};
use crate::walk::jpeg::{APP0, APP15, COM, Segment, walk};
use crate::walk::{array, bytes};

/// A JFIF header without a thumbnail.
const JFIF: usize = 14;

/// A segment's length has sixteen bits.
const MOST: u64 = 65_535;

pub(super) fn lay_out(file: &mut File, length: u64, level: Privacy) -> io::Result<Copy> {
    let parts = walk(file, length, false)?;
    let mut copy = Copy::default();
    copy.keep(0..2);
    for segment in &parts.segments {
        match segment.marker {
            APP0..=APP15 => application(file, segment, level, &mut copy)?,
            COM if level == Privacy::All => copy.drop(Removed::Comments),
            _ => copy.keep(segment.whole.clone()),
        }
    }
    let picture_end = parts.segments.last().map_or(2, |segment| segment.whole.end);
    copy.keep(picture_end..parts.end);
    if parts.end < length && (level == Privacy::All || trailer_is_private(file, parts.end)?) {
        // A second picture there has its own EXIF, and its own place.
        copy.drop(Removed::Trailer);
    } else {
        copy.keep(parts.end..length);
    }
    Ok(copy)
}

fn trailer_is_private(file: &mut File, at: u64) -> io::Result<bool> {
    Ok(matches!(array::<1>(file, at)?, [first] if first != 0))
}

fn application(file: &mut File, segment: &Segment, level: Privacy, copy: &mut Copy) -> io::Result<()> {
    let content = bytes(file, &segment.content, MOST)?;
    let number = segment.marker - APP0;
    if level == Privacy::All && number == 0 && content.starts_with(b"JFIF\0") && content.len() > JFIF {
        copy.drop(Removed::Thumbnail);
        // The last two bytes are the thumbnail's width and height.
        copy.make([&[0xFF, APP0, 0, JFIF as u8 + 2], &content[..JFIF - 2], &[0, 0]].concat());
        return Ok(());
    }
    let needed = match number {
        0 => content.starts_with(b"JFIF\0"),
        2 => content.starts_with(b"ICC_PROFILE\0"),
        14 => content.starts_with(b"Adobe"),
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
        xmp_kinds(&content, &mut copy.removed);
        return Ok(());
    }
    if level == Privacy::LocationOnly && number != 13 {
        copy.keep(segment.whole.clone());
        return Ok(());
    }
    copy.drop(match number {
        0 => Removed::Thumbnail,
        13 => Removed::Captions,
        _ => Removed::Other,
    });
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
