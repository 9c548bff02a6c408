//! JPEG's variable-length codes, laid out so that many can be read, or passed over, in one look.

use super::bits::Bits;
use super::damaged;
use crate::Error;

/// Codes up to this length are found in one look.
const SHORT: u32 = 9;
/// So many bits are looked at when coefficients are passed over.
pub(super) const WIDE: u32 = 13;

/// Of a look at [`WIDE`] bits: how many of them are used up, at most 13; none means "look one by one".
const USED: u16 = 0x000F;
/// Coefficients that are passed over, from the fifth bit on.
const ADVANCE: u32 = 4;
/// Added to the coefficients when the block ends here.
const END: usize = 64;

/// One table of codes.
pub(super) struct Codes {
    /// By the next nine bits: the code's length in the upper byte (0: it is longer), its symbol in the lower.
    short: Box<[u16; 1 << SHORT]>,
    /// By length: codes of that length are below this, with all codes filled up to 16 bits on the right.
    limit: [u32; 17],
    /// By length: what is to be added to a code to get the place of its symbol.
    offset: [i32; 17],
    symbols: Vec<u8>,
}

impl Codes {
    /// From the counts of codes by length, 1 to 16, and the symbols in order.
    pub(super) fn new(counts: &[u8; 16], symbols: &[u8]) -> Result<Self, Error> {
        let mut codes = Self {
            short: Box::new([0; 1 << SHORT]),
            limit: [0; 17],
            offset: [0; 17],
            symbols: symbols.to_vec(),
        };
        let (mut code, mut place) = (0_u32, 0_usize);
        for length in 1..=16_u32 {
            let count = u32::from(counts[length as usize - 1]);
            codes.offset[length as usize] = place as i32 - code as i32;
            if code + count > 1 << length {
                return Err(damaged("a table of codes is overfull"));
            }
            for _ in 0..count {
                let symbol = *symbols.get(place).ok_or_else(|| damaged("a table of codes is cut off"))?;
                if length <= SHORT {
                    let first = (code << (SHORT - length)) as usize;
                    let entry = (length << 8) as u16 | u16::from(symbol);
                    codes.short[first..first + (1 << (SHORT - length))].fill(entry);
                }
                code += 1;
                place += 1;
            }
            codes.limit[length as usize] = code << (16 - length);
            code <<= 1;
        }
        Ok(codes)
    }

    /// The code that begins these 16 bits: its length and symbol.
    #[inline]
    fn first_of(&self, window: u32) -> Option<(u32, u8)> {
        let entry = self.short[(window >> (16 - SHORT)) as usize];
        if entry != 0 {
            return Some((u32::from(entry >> 8), entry as u8));
        }
        (SHORT + 1..=16).find(|length| window < self.limit[*length as usize]).and_then(|length| {
            let place = (window >> (16 - length)) as i32 + self.offset[length as usize];
            Some((length, *self.symbols.get(usize::try_from(place).ok()?)?))
        })
    }

    /// Reads one symbol. Up to 16 bits have to be there.
    #[inline]
    pub(super) fn symbol(&self, bits: &mut Bits) -> Result<u8, Error> {
        let (length, symbol) =
            self.first_of(bits.peek(16)).ok_or_else(|| damaged("a code that is in no table"))?;
        bits.consume(length);
        Ok(symbol)
    }

    /// Reads the difference of a block's mean to the one before.
    #[inline]
    pub(super) fn difference(&self, bits: &mut Bits) -> Result<i32, Error> {
        bits.refill();
        let size = u32::from(self.symbol(bits)?);
        if size > 15 {
            return Err(damaged("a difference that cannot be"));
        }
        Ok(bits.signed(size))
    }
}

/// One table of codes for coefficients that are passed over.
pub(super) struct Skipper {
    pub(super) codes: Codes,
    wide: Box<[u16; 1 << WIDE]>,
}

impl Skipper {
    pub(super) fn new(codes: Codes) -> Self {
        let mut wide = Box::new([0; 1 << WIDE]);
        for (pattern, entry) in (0..).zip(wide.iter_mut()) {
            *entry = look(&codes, pattern);
        }
        Self { codes, wide }
    }

    /// Passes over the coefficients of a block from number `next` on.
    #[inline]
    pub(super) fn pass(&self, bits: &mut Bits, mut next: usize) -> Result<(), Error> {
        loop {
            bits.refill();
            // 56 bits are there now: enough for four looks, or for one symbol with its value.
            for _ in 0..4 {
                let entry = self.wide[bits.peek(WIDE) as usize];
                let used = u32::from(entry & USED);
                let after = next + usize::from(entry >> ADVANCE);
                if used == 0 {
                    break;
                }
                if after < 64 {
                    bits.consume(used);
                    next = after;
                    continue;
                }
                // Either the block ends here, by its own word or because it is full; or it ends before this look
                // does, and the rest belongs to the next block.
                if after == 64 || (END..END + 64).contains(&after) && usize::from(entry >> ADVANCE) >= END {
                    bits.consume(used);
                    return Ok(());
                }
                break;
            }
            bits.refill();
            let symbol = self.codes.symbol(bits)?;
            let (run, size) = (usize::from(symbol >> 4), u32::from(symbol & 15));
            if size == 0 && run != 15 {
                return Ok(());
            }
            bits.consume(size);
            next += run + 1;
            if next >= 64 {
                return if next == 64 {
                    Ok(())
                } else {
                    Err(damaged("a block of more than 64 coefficients"))
                };
            }
        }
    }

    /// Reads coefficient after coefficient up to number `last`, handing each over; passes over the others.
    #[inline]
    pub(super) fn read(
        &self,
        bits: &mut Bits,
        last: usize,
        mut found: impl FnMut(usize, i32),
    ) -> Result<(), Error> {
        let mut next = 1;
        while next <= last {
            bits.refill();
            let symbol = self.codes.symbol(bits)?;
            let (run, size) = (usize::from(symbol >> 4), u32::from(symbol & 15));
            if size == 0 && run != 15 {
                return Ok(());
            }
            let value = bits.signed(size);
            next += run;
            if size > 0 && next <= last {
                found(next, value);
            }
            next += 1;
            if next >= 64 {
                return if next == 64 {
                    Ok(())
                } else {
                    Err(damaged("a block of more than 64 coefficients"))
                };
            }
        }
        self.pass(bits, next)
    }
}

/// How far one look at these bits leads: whole symbols with their values only.
fn look(codes: &Codes, pattern: u32) -> u16 {
    let (mut used, mut advance) = (0, 0);
    loop {
        // What lies behind the bits that are known counts as zero; a code that needs it is too long.
        let window = (pattern << used & ((1 << WIDE) - 1)) << (16 - WIDE);
        let Some((length, symbol)) = codes.first_of(window) else { break };
        let (run, size) = (usize::from(symbol >> 4), u32::from(symbol & 15));
        if used + length + size > WIDE {
            break;
        }
        if size == 0 && run != 15 {
            used += length;
            advance += END;
            break;
        }
        if advance + run + 1 >= 63 {
            break;
        }
        used += length + size;
        advance += run + 1;
    }
    used as u16 | (advance as u16) << ADVANCE
}
