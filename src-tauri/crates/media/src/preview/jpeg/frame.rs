//! What stands before the compressed data of a JPEG: sizes, components, tables, colours.

use std::io::{BufRead, Read};

use super::bits::next_marker;
use super::damaged;
use super::huffman::{Codes, Skipper};
use crate::{Error, Format};

pub(super) const EOI: u8 = 0xD9;
pub(super) const SOS: u8 = 0xDA;

/// One colour of a picture.
#[derive(Debug, Clone, Default)]
pub(super) struct Component {
    pub(super) id: u8,
    /// Blocks in a unit, across and down.
    pub(super) across: usize,
    pub(super) down: usize,
    /// Number of its table of steps.
    pub(super) steps: usize,
}

/// How the samples are compressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Process {
    /// Block by block (SOF0, SOF1).
    Sequential,
    /// In several passes, the means first (SOF2).
    Progressive,
}

/// Size and components.
#[derive(Debug, Clone)]
pub(super) struct Frame {
    pub(super) process: Process,
    pub(super) width: usize,
    pub(super) height: usize,
    pub(super) components: Vec<Component>,
}

impl Frame {
    /// The most blocks of any component in a unit.
    pub(super) fn most_across(&self) -> usize {
        self.components.iter().map(|one| one.across).max().unwrap_or(1)
    }

    pub(super) fn most_down(&self) -> usize {
        self.components.iter().map(|one| one.down).max().unwrap_or(1)
    }

    /// Units of blocks, across and down.
    pub(super) fn units(&self) -> (usize, usize) {
        (self.width.div_ceil(8 * self.most_across()), self.height.div_ceil(8 * self.most_down()))
    }
}

/// What a scan says of itself.
#[derive(Debug, Clone)]
pub(super) struct Scan {
    /// Places in [`Frame::components`], with the numbers of their tables of codes.
    pub(super) parts: Vec<(usize, usize, usize)>,
    /// First coefficient.
    pub(super) first: u8,
    /// Lowest bit known before this scan; zero in a first scan.
    pub(super) high: u8,
    /// Lowest bit known after this scan.
    pub(super) low: u8,
}

/// All that was read up to some scan.
#[derive(Default)]
pub(super) struct Headers {
    pub(super) frame: Option<Frame>,
    pub(super) means: [Option<Codes>; 4],
    pub(super) others: [Option<Skipper>; 4],
    /// Steps of the coefficients, in the order in which they are written.
    pub(super) steps: [Option<[u16; 64]>; 4],
    /// Units between two restarts; zero: none.
    pub(super) restart: usize,
    /// Adobe's word on the colours, if there is one.
    pub(super) adobe: Option<u8>,
    /// Parts of a colour profile, numbered.
    profile: Vec<(u8, Vec<u8>)>,
}

impl Headers {
    /// Reads on to the next scan. `None` at the end of the picture.
    pub(super) fn next_scan(&mut self, source: &mut impl BufRead) -> Result<Option<Scan>, Error> {
        let marker = next_marker(source)?;
        self.behind(marker, source)
    }

    /// The same, when a marker was met already.
    pub(super) fn behind(&mut self, marker: u8, source: &mut impl BufRead) -> Result<Option<Scan>, Error> {
        let mut met = marker;
        loop {
            match met {
                EOI => return Ok(None),
                0 => return Err(damaged("it ends too early")),
                // Markers without a segment.
                0x01 | 0xD0..=0xD8 => {}
                marker => {
                    let segment = segment(source)?;
                    match marker {
                        SOS => return self.scan(&segment).map(Some),
                        0xC0..=0xC2 => self.frame(marker, &segment)?,
                        0xC4 => self.codes(&segment)?,
                        // Lossless, hierarchical and arithmetic ones, which hardly anything writes.
                        0xC3 | 0xC5..=0xC7 | 0xC9..=0xCB | 0xCD..=0xCF => {
                            return Err(Error::NoPreview(Format::Jpeg));
                        }
                        0xDB => self.steps(&segment)?,
                        0xDD => self.restart = usize::from(Part(&segment).word()?),
                        0xE2 => self.profile(&segment),
                        0xEE if segment.starts_with(b"Adobe") => self.adobe = segment.get(11).copied(),
                        _ => {}
                    }
                }
            }
            met = next_marker(source)?;
        }
    }

    fn frame(&mut self, marker: u8, segment: &[u8]) -> Result<(), Error> {
        if self.frame.is_some() {
            return Err(damaged("two frames"));
        }
        let mut part = Part(segment);
        if part.byte()? != 8 {
            // Twelve bits a sample: from scanners and medicine; no browser shows them.
            return Err(Error::NoPreview(Format::Jpeg));
        }
        let (height, width) = (usize::from(part.word()?), usize::from(part.word()?));
        let count = part.byte()?;
        let mut components = Vec::new();
        for _ in 0..count {
            let (id, factors, steps) = (part.byte()?, part.byte()?, usize::from(part.byte()?));
            let (across, down) = (usize::from(factors >> 4), usize::from(factors & 15));
            if !(1..=4).contains(&across) || !(1..=4).contains(&down) || steps > 3 {
                return Err(damaged("a component that cannot be"));
            }
            components.push(Component { id, across, down, steps });
        }
        if width == 0 || height == 0 || !matches!(count, 1 | 3 | 4) {
            return Err(damaged("a frame that cannot be"));
        }
        if let [only] = &mut components[..] {
            // With one component a unit is a block, whatever it says.
            (only.across, only.down) = (1, 1);
        }
        let process = if marker == 0xC2 { Process::Progressive } else { Process::Sequential };
        self.frame = Some(Frame { process, width, height, components });
        Ok(())
    }

    fn scan(&self, segment: &[u8]) -> Result<Scan, Error> {
        let frame = self.frame.as_ref().ok_or_else(|| damaged("a scan before its frame"))?;
        let mut part = Part(segment);
        let count = part.byte()?;
        let mut parts: Vec<(usize, usize, usize)> = Vec::new();
        for _ in 0..count {
            let (id, tables) = (part.byte()?, usize::from(part.byte()?));
            let place = frame.components.iter().position(|one| one.id == id);
            let place = place.ok_or_else(|| damaged("a scan of no component"))?;
            if parts.iter().any(|(other, ..)| *other == place) || tables >> 4 > 3 || tables & 15 > 3 {
                return Err(damaged("a scan that cannot be"));
            }
            parts.push((place, tables >> 4, tables & 15));
        }
        let blocks: usize = parts
            .iter()
            .map(|(place, ..)| frame.components[*place].across * frame.components[*place].down)
            .sum();
        if parts.is_empty() || (parts.len() > 1 && blocks > 10) {
            return Err(damaged("a scan of too much at once"));
        }
        let (first, _last, bits) = (part.byte()?, part.byte()?, part.byte()?);
        if bits & 15 > 13 {
            return Err(damaged("a scan that cannot be"));
        }
        Ok(Scan { parts, first, high: bits >> 4, low: bits & 15 })
    }

    fn codes(&mut self, segment: &[u8]) -> Result<(), Error> {
        let mut part = Part(segment);
        while !part.0.is_empty() {
            let head = part.byte()?;
            let counts: [u8; 16] = part.bytes(16)?.try_into().map_err(|_| damaged("a table cut off"))?;
            let symbols = part.bytes(counts.iter().map(|count| usize::from(*count)).sum())?;
            let codes = Codes::new(&counts, symbols)?;
            let place = usize::from(head & 15);
            match head >> 4 {
                0 if place < 4 => self.means[place] = Some(codes),
                1 if place < 4 => {
                    // A progressive picture's other coefficients are never read.
                    let progressive =
                        self.frame.as_ref().is_some_and(|frame| frame.process == Process::Progressive);
                    self.others[place] = (!progressive).then(|| Skipper::new(codes));
                }
                _ => return Err(damaged("a table that cannot be")),
            }
        }
        Ok(())
    }

    fn steps(&mut self, segment: &[u8]) -> Result<(), Error> {
        let mut part = Part(segment);
        while !part.0.is_empty() {
            let head = part.byte()?;
            let mut steps = [0; 64];
            for step in &mut steps {
                *step = if head >> 4 == 0 { part.byte()?.into() } else { part.word()? };
            }
            let place = self.steps.get_mut(usize::from(head & 15));
            *place.ok_or_else(|| damaged("a table that cannot be"))? = Some(steps);
        }
        Ok(())
    }

    fn profile(&mut self, segment: &[u8]) {
        if let Some([number, _count, part @ ..]) = segment.strip_prefix(b"ICC_PROFILE\0")
            && self.profile.iter().map(|(_, part)| part.len()).sum::<usize>() < 16 * 1024 * 1024
        {
            self.profile.push((*number, part.to_vec()));
        }
    }

    /// The colour profile, put together.
    pub(super) fn take_profile(&mut self) -> Option<Vec<u8>> {
        self.profile.sort_by_key(|(number, _)| *number);
        let parts: Vec<_> = self.profile.drain(..).map(|(_, part)| part).collect();
        Some(parts.concat()).filter(|profile| !profile.is_empty())
    }
}

fn segment(source: &mut impl BufRead) -> Result<Vec<u8>, Error> {
    let inside = |error| Error::inside(Format::Jpeg, error);
    let mut length = [0; 2];
    source.read_exact(&mut length).map_err(inside)?;
    let length = usize::from(u16::from_be_bytes(length));
    let length = length.checked_sub(2).ok_or_else(|| damaged("a segment shorter than its own length"))?;
    let mut segment = Vec::with_capacity(length);
    source.by_ref().take(length as u64).read_to_end(&mut segment).map_err(inside)?;
    if segment.len() < length { Err(damaged("it ends too early")) } else { Ok(segment) }
}

/// What is left of a segment.
struct Part<'a>(&'a [u8]);

impl<'a> Part<'a> {
    fn bytes(&mut self, count: usize) -> Result<&'a [u8], Error> {
        let (bytes, rest) = self.0.split_at_checked(count).ok_or_else(|| damaged("a segment is cut off"))?;
        self.0 = rest;
        Ok(bytes)
    }

    fn byte(&mut self) -> Result<u8, Error> {
        self.bytes(1).map(|bytes| bytes[0])
    }

    fn word(&mut self) -> Result<u16, Error> {
        self.bytes(2).map(|bytes| u16::from_be_bytes([bytes[0], bytes[1]]))
    }
}
