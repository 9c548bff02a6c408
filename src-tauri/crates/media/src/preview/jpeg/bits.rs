//! Compressed data as bits.

use std::io::BufRead;

use crate::Error;

/// Bytes that are kept at hand.
const ROOM: usize = 32 * 1024;
/// More than any unit of blocks takes: ten blocks of 64 codes of 16 bits with values of 15.
const UNIT: usize = 4096;

/// Bits of one scan, without the zeros that are stuffed in behind each 0xFF.
pub(super) struct Bits {
    clean: Box<[u8]>,
    at: usize,
    end: usize,
    /// The next bits, the first of them on top.
    held: u64,
    count: u32,
    after_ff: bool,
    /// The marker that ends this stretch, or zero at the end of the file.
    marker: Option<u8>,
}

impl Bits {
    pub(super) fn new() -> Self {
        Self {
            clean: vec![0; ROOM + UNIT + 8].into(),
            at: 0,
            end: 0,
            held: 0,
            count: 0,
            after_ff: false,
            marker: None,
        }
    }

    /// Forgets what was read and the marker behind it.
    pub(super) fn restart(&mut self) {
        (self.at, self.end, self.held, self.count) = (0, 0, 0, 0);
        (self.after_ff, self.marker) = (false, None);
    }

    /// Makes sure that a unit of blocks can be read.
    #[inline]
    pub(super) fn supply(&mut self, source: &mut impl BufRead) -> Result<(), Error> {
        if self.end.saturating_sub(self.at) < UNIT && self.marker.is_none() {
            self.load(source)?;
        }
        Ok(())
    }

    #[cold]
    fn load(&mut self, source: &mut impl BufRead) -> Result<(), Error> {
        self.clean.copy_within(self.at..self.end, 0);
        (self.end, self.at) = (self.end - self.at, 0);
        while self.end < ROOM && self.marker.is_none() {
            let room = &mut self.clean[self.end..ROOM];
            let piece = source.fill_buf().map_err(Error::reading)?;
            let Some(first) = piece.first() else {
                self.marker = Some(0);
                break;
            };
            let taken = if self.after_ff {
                match first {
                    0 => {
                        room[0] = 0xFF;
                        self.end += 1;
                        self.after_ff = false;
                    }
                    0xFF => {}
                    marker => self.marker = Some(*marker),
                }
                1
            } else {
                let piece = &piece[..piece.len().min(room.len())];
                let plain = memchr::memchr(0xFF, piece);
                let length = plain.unwrap_or(piece.len());
                room[..length].copy_from_slice(&piece[..length]);
                self.end += length;
                self.after_ff = plain.is_some();
                length + usize::from(self.after_ff)
            };
            source.consume(taken);
        }
        // Behind the end there are zeros: enough for what a unit reads before anybody looks how far it got.
        self.clean[self.end..].fill(0);
        Ok(())
    }

    /// Reads on to the marker that ends this stretch. Zero: the file ends first.
    pub(super) fn marker(&mut self, source: &mut impl BufRead) -> Result<u8, Error> {
        match self.marker {
            Some(marker) => Ok(marker),
            None => marker_behind(source, self.after_ff),
        }
    }

    /// More was read than there is.
    #[inline]
    pub(super) fn overrun(&self) -> bool {
        self.marker.is_some() && self.at * 8 > self.end * 8 + self.count as usize
    }

    /// 56 bits at least are there afterwards.
    #[inline(always)]
    pub(super) fn refill(&mut self) {
        if let Some(bytes) = self.clean[self.at..].first_chunk::<8>() {
            self.held |= u64::from_be_bytes(*bytes) >> self.count;
            let taken = (63 - self.count) >> 3;
            self.at += taken as usize;
            self.count += taken << 3;
        } else {
            // Nothing but zeros from here on.
            self.count = 63;
        }
    }

    /// The next bits; they have to be there.
    #[inline(always)]
    pub(super) fn peek(&self, count: u32) -> u32 {
        (self.held >> (64 - count)) as u32
    }

    #[inline(always)]
    pub(super) fn consume(&mut self, count: u32) {
        self.held <<= count;
        self.count -= count;
    }

    /// A number of so many bits, at most 15, as JPEG writes signed ones.
    #[inline(always)]
    pub(super) fn signed(&mut self, size: u32) -> i32 {
        if size == 0 {
            return 0;
        }
        let value = self.peek(size) as i32;
        self.consume(size);
        if value >> (size - 1) == 0 { value - (1 << size) + 1 } else { value }
    }

    /// One bit.
    #[inline]
    pub(super) fn bit(&mut self) -> i32 {
        self.refill();
        let bit = self.peek(1) as i32;
        self.consume(1);
        bit
    }
}

/// Reads on to the next marker; bytes that belong to nothing are passed over. Zero: the file ends first.
pub(super) fn next_marker(source: &mut impl BufRead) -> Result<u8, Error> {
    marker_behind(source, false)
}

fn marker_behind(source: &mut impl BufRead, mut after_ff: bool) -> Result<u8, Error> {
    loop {
        let piece = source.fill_buf().map_err(Error::reading)?;
        let Some(first) = piece.first() else { return Ok(0) };
        let taken = match first {
            marker if after_ff && !matches!(marker, 0 | 0xFF) => {
                let marker = *marker;
                source.consume(1);
                return Ok(marker);
            }
            first if after_ff => {
                after_ff = *first == 0xFF;
                1
            }
            _ => {
                let plain = memchr::memchr(0xFF, piece);
                after_ff = plain.is_some();
                plain.map_or(piece.len(), |length| length + 1)
            }
        };
        source.consume(taken);
    }
}
