//! WebM and Matroska: what is private is overwritten in place; an element that goes becomes a void one of its length.

use std::io;
use std::ops::Range;

use super::movie::{is_zero, of_key};
use super::{Copy, Privacy, Removed};
use crate::walk::ebml::{ATTACHMENTS, CRC, Element, HEADER, INFO, SEGMENT, TAGS, TRACKS, VOID, inside};
use crate::walk::{Source, bytes};

/// Names and titles are smaller.
const MOST: u64 = 1024 * 1024;

const TAG: u32 = 0x7373;
const SIMPLE_TAG: u32 = 0x67C8;
const TAG_NAME: u32 = 0x45A3;
const TRACK: u32 = 0xAE;
const TRACK_NAME: u32 = 0x536E;
const MUXING_APP: u32 = 0x4D80;
const WRITING_APP: u32 = 0x5741;

pub(crate) fn lay_out(source: &mut impl Source, length: u64, level: Privacy) -> io::Result<Copy> {
    let mut clip = Clip { level, copy: Copy::default() };
    let mut end = 0;
    for part in inside(source, 0..length)? {
        match part.id {
            SEGMENT => clip.segment(source, &part)?,
            HEADER | VOID => {}
            _ => break,
        }
        end = part.whole.end;
    }
    if end < length {
        clip.copy.drop(Removed::Trailer);
    }
    clip.copy.keep(0..end);
    Ok(clip.copy)
}

struct Clip {
    level: Privacy,
    copy: Copy,
}

impl Clip {
    fn segment(&mut self, source: &mut impl Source, segment: &Element) -> io::Result<()> {
        let all = self.level == Privacy::All;
        for part in inside(source, segment.content.clone())? {
            match part.id {
                TAGS => self.tags(source, &part)?,
                ATTACHMENTS if all => self.void(&part, Removed::Other),
                INFO if all => self.info(source, &part)?,
                TRACKS if all => self.tracks(source, &part)?,
                VOID if all && !is_zero(source, part.content.clone())? => {
                    self.copy.drop(Removed::Other);
                    self.copy.wipe(part.content.clone());
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Makes an element one that every player passes over.
    fn void(&mut self, part: &Element, what: Removed) {
        self.copy.drop(what);
        let whole = part.whole.end - part.whole.start;
        // As long as the head that it stands for, but never longer than a head can be.
        let head = (part.content.start - part.whole.start).min(9);
        let marked = (whole - head) | 1 << (7 * (head - 1));
        let length = marked.to_be_bytes();
        self.copy.put(part.whole.start, &[&[0xEC], &length[9 - head as usize..]].concat());
        self.copy.wipe(part.whole.start + head..part.whole.end);
    }

    fn tags(&mut self, source: &mut impl Source, tags: &Element) -> io::Result<()> {
        let mut found = Vec::new();
        let mut sums = Vec::new();
        for part in inside(source, tags.content.clone())? {
            match part.id {
                TAG => simple_tags(source, part.content, &mut found, 0)?,
                CRC => sums.push(part),
                _ => {}
            }
        }
        if self.level == Privacy::All {
            let kinds = found.iter().map(|(_, kind)| *kind);
            self.copy.removed.extend(kinds);
            self.void(tags, found.first().map_or(Removed::Other, |(_, kind)| *kind));
            return Ok(());
        }
        let places: Vec<_> = found.into_iter().filter(|(_, kind)| *kind == Removed::Location).collect();
        for part in places.iter().map(|(part, _)| part).chain(sums.iter().filter(|_| !places.is_empty())) {
            self.void(part, Removed::Location);
        }
        Ok(())
    }

    fn info(&mut self, source: &mut impl Source, info: &Element) -> io::Result<()> {
        let parts = inside(source, info.content.clone())?;
        let mut changed = false;
        for part in &parts {
            let what = match part.id {
                0x7BA9 => Removed::Captions,
                0x4461 => Removed::Dates,
                // This file's name, and those of its neighbours; then their numbers.
                0x7384 | 0x3C_83AB | 0x3E_83BB => Removed::Captions,
                0x73A4 | 0x4444 | 0x3C_B923 | 0x3E_B923 => Removed::Serial,
                // These two have to be there.
                MUXING_APP | WRITING_APP if !is_zero(source, part.content.clone())? => {
                    self.copy.drop(Removed::Software);
                    self.copy.wipe(part.content.clone());
                    changed = true;
                    continue;
                }
                _ => continue,
            };
            self.void(part, what);
            changed = true;
        }
        self.without_sum(&parts, changed);
        Ok(())
    }

    fn tracks(&mut self, source: &mut impl Source, tracks: &Element) -> io::Result<()> {
        let parts = inside(source, tracks.content.clone())?;
        let mut changed = false;
        for track in parts.iter().filter(|part| part.id == TRACK) {
            for part in inside(source, track.content.clone())? {
                if part.id == TRACK_NAME {
                    self.void(&part, Removed::Captions);
                    changed = true;
                }
            }
        }
        self.without_sum(&parts, changed);
        Ok(())
    }

    /// A checksum of what was changed is none any more.
    fn without_sum(&mut self, parts: &[Element], changed: bool) {
        for sum in parts.iter().filter(|part| changed && part.id == CRC) {
            self.copy.put(sum.whole.start, &[0xEC]);
            self.copy.wipe(sum.content.clone());
        }
    }
}

/// Tags by their names, those inside others too.
fn simple_tags(
    source: &mut impl Source,
    range: Range<u64>,
    found: &mut Vec<(Element, Removed)>,
    depth: u8,
) -> io::Result<()> {
    for part in inside(source, range)? {
        if part.id != SIMPLE_TAG {
            continue;
        }
        for child in inside(source, part.content.clone())? {
            if child.id == TAG_NAME {
                let kind = of_key(&bytes(source, &child.content, MOST)?);
                found.push((
                    Element { id: part.id, whole: part.whole.clone(), content: part.content.clone() },
                    kind,
                ));
            }
        }
        if depth < 8 {
            simple_tags(source, part.content, found, depth + 1)?;
        }
    }
    Ok(())
}
