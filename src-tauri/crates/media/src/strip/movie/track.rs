//! One track: when it was made and by what, and whether it is a track of places.

use std::io;
use std::ops::Range;

use super::{MOST, Movie, Privacy, Removed, is_zero};
use crate::walk::boxes::{Found, at_path, inside};
use crate::walk::{Source, array, bytes};

/// What players need of a track.
const NEEDED: [&[u8; 4]; 12] = [
    b"mdia", b"tref", b"edts", b"load", b"imap", b"matt", b"clip", b"tapt", b"kmat", b"trgr", b"txas",
    b"senc",
];

/// What is seen, heard or read, and what players need beside it. Every other track was written for machines.
const FOR_PEOPLE: [&[u8; 4]; 14] = [
    b"vide", b"auxv", b"pict", b"soun", b"text", b"sbtl", b"subt", b"subp", b"clcp", b"tmcd", b"hint",
    b"odsm", b"sdsm", b"MPEG",
];

/// How much of its first words tells whether subtitles were written by a drone.
const WORDS: u64 = 4096;

impl Movie {
    pub(super) fn track(&mut self, source: &mut impl Source, track: &Found) -> io::Result<()> {
        let parts = inside(source, track.content.clone())?;
        let about = About::read(source, track)?;
        if let Some(what) = about.telemetry(source, self.level)? {
            if let Some(samples) = self.samples(source, &about)? {
                samples.into_iter().for_each(|range| self.copy.wipe(range));
                self.blank(track, what);
                return Ok(());
            }
            // It stays, and what can go of it goes.
            self.copy.left.insert(what);
        }
        for part in &parts {
            match &part.kind {
                b"tkhd" => self.dates(source, part)?,
                b"mdia" => self.media_header(source, part)?,
                b"udta" => self.user_data(source, part)?,
                b"meta" => self.metadata(source, part)?,
                b"uuid" => self.named_by_number(source, part)?,
                b"free" | b"skip" => self.padding(source, part)?,
                kind if !NEEDED.contains(&kind) => self.unknown(part),
                _ => {}
            }
        }
        if self.level == Privacy::All {
            self.names(source, &about)?;
        }
        Ok(())
    }

    fn media_header(&mut self, source: &mut impl Source, media: &Found) -> io::Result<()> {
        for part in inside(source, media.content.clone())? {
            if &part.kind == b"mdhd" {
                self.dates(source, &part)?;
            }
        }
        Ok(())
    }

    /// Names of the camera or the program, which stand beside each track.
    fn names(&mut self, source: &mut impl Source, about: &About) -> io::Result<()> {
        let mut names = Vec::new();
        if let Some(handler) = &about.handler_box {
            let name = handler.start + 24..handler.end;
            // "VideoHandler" and its like say nothing.
            if name.start < name.end && memchr::memmem::find(&bytes(source, &name, MOST)?, b"andle").is_none()
            {
                names.push(name);
            }
        }
        for entry in &about.entries {
            // The maker of the encoder; of a picture also its name, with its length before it.
            let at = entry.whole.start;
            let places: &[(u64, u64)] = match &about.handler {
                b"vide" => &[(20, 24), (50, 82)],
                b"soun" => &[(20, 24)],
                _ => &[],
            };
            let places = places.iter().map(|(from, to)| at + from..at + to);
            names.extend(places.filter(|place| place.end <= entry.whole.end));
        }
        for name in names {
            if !is_zero(source, name.clone())? {
                self.wipe(name, Removed::Software);
            }
        }
        Ok(())
    }

    /// All that a track holds, if it can be told: in a film in fragments the samples are not listed in one place, and what
    /// a track lists outside of the films' data is not its own.
    fn samples(&self, source: &mut impl Source, about: &About) -> io::Result<Option<Vec<Range<u64>>>> {
        let ours = |range: &Range<u64>| {
            self.media.iter().any(|media| media.start <= range.start && range.end <= media.end)
        };
        let samples = if self.fragmented { None } else { about.samples(source)? };
        Ok(samples.filter(|samples| samples.iter().all(ours)))
    }
}

/// What a track says of itself.
struct About {
    handler: [u8; 4],
    handler_box: Option<Range<u64>>,
    /// How its samples are written.
    entries: Vec<Found>,
    /// The tables of its samples.
    tables: Vec<Found>,
}

impl About {
    fn read(source: &mut impl Source, track: &Found) -> io::Result<Self> {
        let content = || track.content.clone();
        let handler_box =
            at_path(source, content(), &[b"mdia", b"hdlr"])?.filter(|found| found.end - found.start >= 24);
        let handler = match &handler_box {
            Some(found) => array(source, found.start + 8)?,
            None => [0; 4],
        };
        let tables = match at_path(source, content(), &[b"mdia", b"minf", b"stbl"])? {
            Some(found) => inside(source, found)?,
            None => Vec::new(),
        };
        let described = tables.iter().find(|table| &table.kind == b"stsd").map(|table| table.content.clone());
        let entries = match described {
            Some(table) => inside(source, (table.start + 8).min(table.end)..table.end)?,
            None => Vec::new(),
        };
        Ok(Self { handler, handler_box, entries, tables })
    }

    /// What a track that was written for machines holds, if it has to go at this level.
    fn telemetry(&self, source: &mut impl Source, level: Privacy) -> io::Result<Option<Removed>> {
        if matches!(&self.handler, b"text" | b"sbtl" | b"subt") {
            return Ok(self.words_tell_a_place(source)?.then_some(Removed::Location));
        }
        if FOR_PEOPLE.contains(&&self.handler) || self.handler == [0; 4] {
            return Ok(None);
        }
        let mut harmless = !self.entries.is_empty();
        for entry in &self.entries {
            // Apple's timed metadata names its keys; of the others nobody promises anything.
            let content = bytes(source, &entry.content, MOST)?;
            let place = memchr::memmem::find(&content, b"location").is_some();
            harmless &= &entry.kind == b"mebx" && !place;
        }
        Ok(match (harmless, level) {
            (true, Privacy::All) => Some(Removed::Other),
            (true, _) => None,
            (false, _) => Some(Removed::Location),
        })
    }

    fn words_tell_a_place(&self, source: &mut impl Source) -> io::Result<bool> {
        let mut read = Vec::new();
        for range in self.samples(source)?.unwrap_or_default() {
            let room = WORDS - read.len() as u64;
            let end = range.end.min(range.start + room);
            // Samples beyond the end of a file that was cut off.
            let Ok(piece) = bytes(source, &(range.start..end), WORDS) else { break };
            read.extend(piece);
            if read.len() as u64 == WORDS {
                break;
            }
        }
        let words: [&[u8]; 3] = [b"gps", b"latitude", b"longitude"];
        let read = read.to_ascii_lowercase();
        Ok(words.iter().any(|word| memchr::memmem::find(&read, word).is_some()))
    }

    /// Where its samples lie; `None` when its tables do not say so plainly.
    fn samples(&self, source: &mut impl Source) -> io::Result<Option<Vec<Range<u64>>>> {
        let mut table = |kind: &[u8; 4]| match self.tables.iter().find(|table| &table.kind == kind) {
            Some(found) => bytes(source, &found.content, MOST).map(Some),
            None => Ok(None),
        };
        let (sizes, runs) = (table(b"stsz")?, table(b"stsc")?);
        let chunks = match table(b"stco")? {
            Some(narrow) => numbers(&narrow, 8).map(u64::from).collect(),
            None => {
                let wide = table(b"co64")?.unwrap_or_default();
                wide.get(8..)
                    .unwrap_or_default()
                    .as_chunks()
                    .0
                    .iter()
                    .map(|at| u64::from_be_bytes(*at))
                    .collect()
            }
        };
        Ok(sizes.zip(runs).and_then(|(sizes, runs)| ranges(&sizes, &runs, chunks)))
    }
}

fn numbers(table: &[u8], from: usize) -> impl Iterator<Item = u32> {
    table.get(from..).unwrap_or_default().as_chunks().0.iter().map(|number| u32::from_be_bytes(*number))
}

/// The range of each chunk.
fn ranges(sizes: &[u8], runs: &[u8], chunks: Vec<u64>) -> Option<Vec<Range<u64>>> {
    let one_size = numbers(sizes, 4).next()?;
    let mut sizes = numbers(sizes, 12);
    // First chunk, from 1, and samples in it and in those that follow.
    let runs: Vec<u32> = numbers(runs, 8).collect();
    let mut runs = runs.chunks_exact(3).peekable();
    let mut in_chunk = 0;
    let mut ranges = Vec::new();
    for (number, at) in (1_u32..).zip(chunks) {
        while let Some(run) = runs.next_if(|run| run[0] <= number) {
            in_chunk = run[1];
        }
        let length = match one_size {
            0 => sizes.by_ref().take(in_chunk as usize).map(u64::from).sum(),
            size => u64::from(size) * u64::from(in_chunk),
        };
        ranges.push(at..at.checked_add(length)?);
    }
    Some(ranges)
}
