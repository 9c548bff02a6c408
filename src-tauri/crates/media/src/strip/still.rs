//! AVIF and HEIC: EXIF and XMP lie beside the picture as items of their own and are overwritten in place. How the
//! picture is turned and its colours are said elsewhere, so nothing of them is needed.

use std::io;
use std::ops::Range;

use super::{Copy, Privacy, Removed};
use crate::walk::boxes::{Found, inside};
use crate::walk::{Source, array, bytes};
use crate::{exif, xmp};

/// Words and lists are smaller.
const MOST: u64 = 64 * 1024 * 1024;

pub(crate) fn lay_out(source: &mut impl Source, length: u64, level: Privacy) -> io::Result<Copy> {
    let mut copy = Copy::default();
    copy.keep(0..length);
    for part in inside(source, 0..length)? {
        match &part.kind {
            b"meta" => items(source, &part, length, level, &mut copy)?,
            // Where it came from, as its maker signed it, and other words.
            b"uuid" | b"udta" if level == Privacy::All => blank(&part, &mut copy),
            _ => {}
        }
    }
    Ok(copy)
}

fn blank(part: &Found, copy: &mut Copy) {
    copy.drop(Removed::Other);
    copy.put(part.whole.start + 4, b"free");
    copy.wipe(part.content.clone());
}

fn items(
    source: &mut impl Source,
    meta: &Found,
    length: u64,
    level: Privacy,
    copy: &mut Copy,
) -> io::Result<()> {
    let parts = inside(source, (meta.content.start + 4).min(meta.content.end)..meta.content.end)?;
    let find = |kind: &[u8; 4]| parts.iter().find(|part| &part.kind == kind);
    let (Some(list), Some(places)) = (find(b"iinf"), find(b"iloc")) else { return Ok(()) };
    let data = find(b"idat").map_or(0, |part| part.content.start);
    let places = Places::read(&bytes(source, &places.content, MOST)?, data);
    for (item, kind) in words(source, list)? {
        let Some(extents) = places.iter().find(|(id, _)| *id == item).map(|(_, extents)| extents) else {
            continue;
        };
        if extents.iter().any(|extent| extent.end > length) {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let mut content = Vec::new();
        for extent in extents {
            content.extend(bytes(source, extent, MOST)?);
        }
        let new = match kind {
            Words::Exif => exif_item(&content, level, copy),
            Words::Xmp => xmp_item(&content, copy),
        };
        let mut new = new.as_slice();
        for extent in extents.iter().filter(|_| !new.is_empty()) {
            let (piece, rest) = new.split_at(((extent.end - extent.start) as usize).min(new.len()));
            copy.put(extent.start, piece);
            new = rest;
        }
    }
    Ok(())
}

/// What stands in the place of an EXIF item, of the same length; nothing when it can stay.
fn exif_item(content: &[u8], level: Privacy, copy: &mut Copy) -> Vec<u8> {
    /// An offset, and a TIFF block with an empty directory.
    const EMPTY: &[u8] = b"\0\0\0\0MM\0*\0\0\0\x08\0\0\0\0\0\0";
    let offset = content.first_chunk::<4>().map_or(0, |offset| u32::from_be_bytes(*offset) as usize);
    let start = offset.saturating_add(4).min(content.len());
    let tiff = &content[start..];
    let summary = exif::summary(tiff);
    let unreadable = summary.private.contains(&Removed::Other);
    let stays = match level {
        Privacy::Off => true,
        Privacy::LocationOnly => !summary.has_location && !unreadable,
        Privacy::All => summary.private.is_empty(),
    };
    if stays || content.iter().all(|byte| *byte == 0) {
        return Vec::new();
    }
    if level == Privacy::LocationOnly
        && !unreadable
        && let Some(block) = exif::without_location(tiff)
    {
        copy.drop(Removed::Location);
        return [&content[..start], &block].concat();
    }
    copy.removed.extend(summary.private);
    let mut new = EMPTY.to_vec();
    if content.len() < EMPTY.len() {
        new.fill(0);
    }
    new.resize(content.len(), 0);
    new
}

fn xmp_item(content: &[u8], copy: &mut Copy) -> Vec<u8> {
    if content.iter().all(u8::is_ascii_whitespace) {
        return Vec::new();
    }
    copy.removed.extend(xmp::kinds(content));
    vec![b' '; content.len()]
}

enum Words {
    Exif,
    Xmp,
}

/// The items that are words, by their ids.
fn words(source: &mut impl Source, list: &Found) -> io::Result<Vec<(u32, Words)>> {
    let [version] = array(source, list.content.start)?;
    let head = if version == 0 { 6 } else { 8 };
    let mut found = Vec::new();
    for entry in inside(source, (list.content.start + head).min(list.content.end)..list.content.end)? {
        let entry = bytes(source, &entry.content, MOST)?;
        // Version, flags, id, protection, kind; of MIME a name and a type.
        let (id, rest) = match entry.as_slice() {
            [2, _, _, _, a, b, _, _, rest @ ..] => (u32::from(u16::from_be_bytes([*a, *b])), rest),
            [3, _, _, _, a, b, c, d, _, _, rest @ ..] => (u32::from_be_bytes([*a, *b, *c, *d]), rest),
            _ => continue,
        };
        match rest {
            [b'E', b'x', b'i', b'f', ..] => found.push((id, Words::Exif)),
            [b'm', b'i', b'm', b'e', rest @ ..]
                if memchr::memmem::find(rest, b"application/rdf+xml").is_some() =>
            {
                found.push((id, Words::Xmp));
            }
            _ => {}
        }
    }
    Ok(found)
}

/// Reads the table that says where each item lies.
struct Places<'a> {
    rest: &'a [u8],
}

impl Places<'_> {
    /// Ids and ranges of the file. A table that ends too early ends the list.
    fn read(table: &[u8], data: u64) -> Vec<(u32, Vec<Range<u64>>)> {
        let mut items = Vec::new();
        let mut places = Places { rest: table };
        // What was read until then counts.
        let _ = places.entries(data, &mut items);
        items
    }

    fn entries(&mut self, data: u64, items: &mut Vec<(u32, Vec<Range<u64>>)>) -> Option<()> {
        let version = self.number(1)?;
        self.number(3)?;
        let sizes = self.number(2)?;
        let [offset_size, length_size, base_size, index_size] =
            [12, 8, 4, 0].map(|shift| sizes >> shift & 15);
        let wide = if version < 2 { 2 } else { 4 };
        for _ in 0..self.number(wide)? {
            let id = u32::try_from(self.number(wide)?).ok()?;
            let method = if version > 0 { self.number(2)? & 15 } else { 0 };
            self.number(2)?;
            let base = self.number(base_size)?;
            let start = if method == 1 { data } else { 0 };
            let mut extents = Vec::new();
            for _ in 0..self.number(2)? {
                if version > 0 {
                    self.number(index_size)?;
                }
                let at = start.checked_add(base)?.checked_add(self.number(offset_size)?)?;
                extents.push(at..at.checked_add(self.number(length_size)?)?);
            }
            // Made of other items: none of words is.
            if method < 2 {
                items.push((id, extents));
            }
        }
        Some(())
    }

    fn number(&mut self, size: u64) -> Option<u64> {
        let (bytes, rest) = self.rest.split_at_checked(size as usize)?;
        self.rest = rest;
        Some(bytes.iter().fold(0, |number, byte| number << 8 | u64::from(*byte)))
    }
}
