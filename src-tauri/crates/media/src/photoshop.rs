//! Photoshop's resources in a JPEG: IPTC captions, small pictures, and more of EXIF and XMP.

use std::collections::BTreeSet;

use crate::{Removed, exif, xmp};

/// The kinds of private things in the content of an APP13 segment. Never empty: what cannot be followed may be anything.
pub(crate) fn kinds(content: &[u8]) -> BTreeSet<Removed> {
    let mut kinds = BTreeSet::new();
    let mut rest = content.strip_prefix(b"Photoshop 3.0\0").unwrap_or_default();
    while let Some((number, inside, behind)) = resource(rest) {
        match number {
            0x0404 => kinds.extend(iptc(inside)),
            0x0409 | 0x040C => {
                kinds.insert(Removed::Thumbnail);
            }
            0x0422 | 0x0423 => kinds.extend(exif::summary(inside).private),
            0x0424 => kinds.extend(xmp::kinds(inside)),
            _ => {}
        }
        rest = behind;
    }
    if kinds.is_empty() {
        kinds.insert(Removed::Other);
    }
    kinds
}

/// Number, content, and what follows.
fn resource(bytes: &[u8]) -> Option<(u16, &[u8], &[u8])> {
    let behind = bytes.strip_prefix(b"8BIM")?;
    let (number, behind) = behind.split_first_chunk::<2>()?;
    // A name with its length before it, and then the content with its own; both are filled up to an even length.
    let name = usize::from(*behind.first()?) + 1;
    let behind = behind.get(name + name % 2..)?;
    let (length, behind) = behind.split_first_chunk::<4>()?;
    let length = u32::from_be_bytes(*length) as usize;
    let inside = behind.get(..length)?;
    Some((u16::from_be_bytes(*number), inside, behind.get(length + length % 2..).unwrap_or_default()))
}

fn iptc(mut records: &[u8]) -> BTreeSet<Removed> {
    let mut kinds = BTreeSet::new();
    while let [0x1C, record, set, high, low, rest @ ..] = records {
        let length = usize::from(u16::from_be_bytes([*high, *low]));
        kinds.insert(match (record, set) {
            // Place in words and by code, of the picture and of what it is about.
            (2, 26 | 27 | 90 | 92 | 95 | 100 | 101) => Removed::Location,
            (2, 80 | 85 | 110 | 115 | 116 | 118 | 122) => Removed::Owner,
            (2, 30..=63) => Removed::Dates,
            (2, 65 | 70) => Removed::Software,
            // Which edition of the standard, and in which letters.
            (1, _) | (2, 0) => {
                records = rest.get(length..).unwrap_or_default();
                continue;
            }
            _ => Removed::Captions,
        });
        records = rest.get(length..).unwrap_or_default();
    }
    kinds
}
