//! MP4 and MOV: what is private is overwritten in place, so that every offset to a chunk of picture or sound stays right.
//! A box that goes becomes a `free` box of its own length, filled with zeros.

mod track;
mod words;

pub(super) use words::of_key;

use std::io::{self, SeekFrom};
use std::ops::Range;

use super::{Copy, Privacy, Removed};
use crate::walk::boxes::{Found, inside};
use crate::walk::{Source, array, bytes};
use crate::xmp;

/// No box of words is larger.
const MOST: u64 = 64 * 1024 * 1024;

/// What a file is made of and what players need.
const NEEDED: [&[u8; 4]; 12] = [
    b"ftyp", b"mdat", b"moof", b"mfra", b"sidx", b"ssix", b"styp", b"pdin", b"prft", b"emsg", b"wide",
    b"pnot",
];

/// What players need of the movie's header.
const NEEDED_OF_MOVIE: [&[u8; 4]; 5] = [b"mvex", b"iods", b"pssh", b"clip", b"ctab"];

const XMP: [u8; 16] = *b"\xBE\x7A\xCF\xCB\x97\xA9\x42\xE8\x9C\x71\x99\x94\x91\xE3\xAF\xAC";
/// How a sphere is to be shown: no picture without it.
const SPHERICAL: [u8; 16] = *b"\xFF\xCC\x82\x63\xF8\x55\x4A\x93\x88\x14\x58\x7A\x02\x52\x1F\xDD";

pub(crate) fn lay_out(source: &mut impl Source, length: u64, level: Privacy) -> io::Result<Copy> {
    let found = inside(source, 0..length)?;
    let mut movie = Movie { media: Vec::new(), fragmented: false, level, copy: Copy::default() };
    let end = found.last().map_or(0, |last| last.whole.end);
    movie.media =
        found.iter().filter(|part| &part.kind == b"mdat").map(|part| part.content.clone()).collect();
    movie.fragmented = found.iter().any(|part| &part.kind == b"moof");
    for part in &found {
        match &part.kind {
            b"moov" => movie.header(source, part)?,
            b"meta" => movie.metadata(source, part)?,
            b"uuid" => movie.named_by_number(source, part)?,
            b"free" | b"skip" => movie.padding(source, part)?,
            kind if !NEEDED.contains(&kind) => movie.unknown(part),
            _ => {}
        }
    }
    let end = movie.end(source, end, length)?;
    movie.copy.keep(0..end);
    Ok(movie.copy)
}

struct Movie {
    /// Where samples may lie.
    media: Vec<Range<u64>>,
    fragmented: bool,
    level: Privacy,
    copy: Copy,
}

impl Movie {
    /// Where the copy ends: what follows the last box and is none goes, but a box that was cut off is part of the clip.
    fn end(&mut self, source: &mut impl Source, end: u64, length: u64) -> io::Result<u64> {
        if end == length {
            return Ok(length);
        }
        let kind: [u8; 4] = if end + 8 <= length { array(source, end + 4)? } else { [0; 4] };
        match &kind {
            b"moov" | b"meta" | b"uuid" => {
                Err(io::Error::new(io::ErrorKind::InvalidData, "a box of words is cut off"))
            }
            kind if NEEDED.contains(&kind) || kind == b"free" || kind == b"skip" => Ok(length),
            _ => {
                self.copy.drop(Removed::Trailer);
                Ok(end)
            }
        }
    }

    fn header(&mut self, source: &mut impl Source, movie: &Found) -> io::Result<()> {
        let parts = inside(source, movie.content.clone())?;
        self.fragmented |= parts.iter().any(|part| &part.kind == b"mvex");
        for part in &parts {
            match &part.kind {
                b"mvhd" => self.dates(source, part)?,
                b"trak" => self.track(source, part)?,
                b"udta" => self.user_data(source, part)?,
                b"meta" => self.metadata(source, part)?,
                b"uuid" => self.named_by_number(source, part)?,
                b"free" | b"skip" => self.padding(source, part)?,
                // A header in a package: nobody makes them any more, and nobody looks in.
                b"cmov" => {
                    self.copy.left.insert(Removed::Other);
                }
                b"gps " => self.table_of_places(source, part)?,
                kind if !NEEDED_OF_MOVIE.contains(&kind) => self.unknown(part),
                _ => {}
            }
        }
        Ok(())
    }

    /// Makes a box one that every player passes over.
    fn blank(&mut self, part: &Found, what: Removed) {
        self.copy.drop(what);
        self.copy.put(part.whole.start + 4, b"free");
        self.copy.wipe(part.content.clone());
    }

    /// A box that nobody here knows.
    fn unknown(&mut self, part: &Found) {
        if self.level == Privacy::All {
            self.blank(part, Removed::Other);
        }
    }

    /// Room that was left free, in which some cameras write.
    fn padding(&mut self, source: &mut impl Source, part: &Found) -> io::Result<()> {
        if self.level == Privacy::All && !is_zero(source, part.content.clone())? {
            self.wipe(part.content.clone(), Removed::Other);
        }
        Ok(())
    }

    fn wipe(&mut self, range: Range<u64>, what: Removed) {
        self.copy.drop(what);
        self.copy.wipe(range);
    }

    /// When a movie, a track or its media were made and changed: the first two fields of their headers.
    fn dates(&mut self, source: &mut impl Source, part: &Found) -> io::Result<()> {
        if self.level != Privacy::All {
            return Ok(());
        }
        let wide = array(source, part.content.start)? == [1];
        let times = part.content.start + 4..part.content.start + if wide { 20 } else { 12 };
        if times.end <= part.content.end && !is_zero(source, times.clone())? {
            self.wipe(times, Removed::Dates);
        }
        Ok(())
    }

    fn user_data(&mut self, source: &mut impl Source, part: &Found) -> io::Result<()> {
        let mut kinds = Vec::new();
        for entry in inside(source, part.content.clone())? {
            if &entry.kind == b"meta" {
                if self.level == Privacy::LocationOnly {
                    self.metadata(source, &entry)?;
                }
                kinds.extend(words::of_metadata(source, &entry)?);
                continue;
            }
            let found = words::of_user_data(source, &entry)?;
            if self.level == Privacy::LocationOnly && found.contains(&Removed::Location) {
                self.blank(&entry, Removed::Location);
            }
            kinds.extend(found);
        }
        if self.level == Privacy::All && !kinds.is_empty() {
            self.copy.removed.extend(kinds);
            self.blank_as(part);
        }
        Ok(())
    }

    fn metadata(&mut self, source: &mut impl Source, part: &Found) -> io::Result<()> {
        if self.level == Privacy::LocationOnly {
            for place in words::places_of_metadata(source, part)? {
                self.blank(&place, Removed::Location);
            }
            return Ok(());
        }
        let kinds = words::of_metadata(source, part)?;
        if !kinds.is_empty() {
            self.copy.removed.extend(kinds);
            self.blank_as(part);
        }
        Ok(())
    }

    /// As [`Self::blank`], when it was told already what goes.
    fn blank_as(&mut self, part: &Found) {
        self.copy.put(part.whole.start + 4, b"free");
        self.copy.wipe(part.content.clone());
    }

    /// A box whose kind is a number of sixteen bytes: XMP, or somebody's own.
    fn named_by_number(&mut self, source: &mut impl Source, part: &Found) -> io::Result<()> {
        let number: [u8; 16] = if part.content.end - part.content.start < 16 {
            [0; 16]
        } else {
            array(source, part.content.start)?
        };
        if number == SPHERICAL {
            return Ok(());
        }
        let content = bytes(source, &part.content, MOST)?;
        if number == XMP {
            self.copy.removed.extend(xmp::kinds(&content));
            self.blank_as(part);
        } else if words::tell_a_place(&content) {
            self.blank(part, Removed::Location);
        } else {
            self.unknown(part);
        }
        Ok(())
    }

    /// Dashcams: where in the file the blocks of places lie, eight bytes and then an offset and a length each.
    fn table_of_places(&mut self, source: &mut impl Source, part: &Found) -> io::Result<()> {
        let table = bytes(source, &part.content, MOST)?;
        for entry in table.get(8..).unwrap_or_default().chunks_exact(8) {
            let [at, length] = [0, 4].map(|from| {
                u64::from(u32::from_be_bytes([
                    entry[from],
                    entry[from + 1],
                    entry[from + 2],
                    entry[from + 3],
                ]))
            });
            let block = at..at + length;
            if length >= 8 && array(source, at + 4).is_ok_and(|kind: [u8; 4]| &kind == b"free") {
                self.copy.wipe(block.start + 8..block.end);
            }
        }
        self.blank(part, Removed::Location);
        Ok(())
    }
}

pub(super) fn is_zero(source: &mut impl Source, range: Range<u64>) -> io::Result<bool> {
    source.seek(SeekFrom::Start(range.start))?;
    let (mut rest, mut piece) = (range.end - range.start, [0; 8192]);
    while rest > 0 {
        let wanted = rest.min(piece.len() as u64) as usize;
        source.read_exact(&mut piece[..wanted])?;
        if piece[..wanted].iter().any(|byte| *byte != 0) {
            return Ok(false);
        }
        rest -= wanted as u64;
    }
    Ok(true)
}
