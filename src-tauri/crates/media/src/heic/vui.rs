//! What a stream of HEVC says of its colours, near the end of its sequence parameter set (H.265, 7.3.2.2 and E.2.1).

/// As H.273 numbers them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Said {
    pub(super) full_range: bool,
    pub(super) primaries: u16,
    pub(super) transfer: u16,
    pub(super) matrix: u16,
}

/// Of a sequence parameter set with the two bytes before it; `None` when it says nothing, or cannot be followed.
pub(super) fn said(unit: &[u8]) -> Option<Said> {
    let mut bits = Bits { bytes: unescaped(unit.get(2..)?), at: 0 };
    bits.skip(4)?;
    let layers = bits.take(3)?;
    bits.skip(1)?;
    profile(&mut bits, layers)?;
    bits.number()?;
    if bits.number()? == 3 {
        bits.skip(1)?;
    }
    bits.numbers(2)?;
    if bits.flag()? {
        bits.numbers(4)?;
    }
    bits.numbers(2)?;
    let count_bits = bits.number()?.checked_add(4).filter(|bits| *bits <= 16)?;
    let first = if bits.flag()? { 0 } else { layers };
    bits.numbers(3 * (layers - first + 1))?;
    bits.numbers(6)?;
    if bits.flag()? && bits.flag()? {
        scaling(&mut bits)?;
    }
    bits.skip(2)?;
    if bits.flag()? {
        bits.skip(8)?;
        bits.numbers(2)?;
        bits.skip(1)?;
    }
    references(&mut bits)?;
    if bits.flag()? {
        for _ in 0..bits.number().filter(|count| *count <= 32)? {
            bits.skip(count_bits + 1)?;
        }
    }
    bits.skip(2)?;
    if bits.flag()? { colours(&mut bits) } else { None }
}

fn colours(bits: &mut Bits) -> Option<Said> {
    const OTHER_SHAPE: u32 = 255;
    if bits.flag()? && bits.take(8)? == OTHER_SHAPE {
        bits.skip(32)?;
    }
    if bits.flag()? {
        bits.skip(1)?;
    }
    if !bits.flag()? {
        return None;
    }
    bits.skip(3)?;
    let full_range = bits.flag()?;
    let mut said = Said { full_range, primaries: 2, transfer: 2, matrix: 2 };
    if bits.flag()? {
        for number in [&mut said.primaries, &mut said.transfer, &mut said.matrix] {
            *number = bits.take(8)? as u16;
        }
    }
    Some(said)
}

/// Profile, tier and level, of the whole and of each layer.
fn profile(bits: &mut Bits, layers: u32) -> Option<()> {
    bits.skip(96)?;
    let mut present = Vec::new();
    for _ in 0..layers {
        present.push((bits.flag()?, bits.flag()?));
    }
    if layers > 0 {
        bits.skip(2 * (8 - layers))?;
    }
    for (profile, level) in present {
        bits.skip(88 * u32::from(profile) + 8 * u32::from(level))?;
    }
    Some(())
}

fn scaling(bits: &mut Bits) -> Option<()> {
    for size in 0..4_u32 {
        for _ in 0..if size == 3 { 2 } else { 6 } {
            if bits.flag()? {
                let count = 64.min(1 << (4 + 2 * size));
                bits.numbers(count + u32::from(size > 1))?;
            } else {
                bits.number()?;
            }
        }
    }
    Some(())
}

/// Which pictures a picture may be made from. A still has none, and may be of a stream that has.
fn references(bits: &mut Bits) -> Option<()> {
    let mut before = 0;
    for set in 0..bits.number().filter(|count| *count <= 64)? {
        if set > 0 && bits.flag()? {
            bits.skip(1)?;
            bits.number()?;
            let mut count = 0;
            for _ in 0..=before {
                let kept = bits.flag()? || bits.flag()?;
                count += u32::from(kept);
            }
            before = count;
        } else {
            let [earlier, later] = [bits.number()?, bits.number()?];
            before = earlier.checked_add(later).filter(|count| *count <= 32)?;
            for _ in 0..before {
                bits.number()?;
                bits.skip(1)?;
            }
        }
    }
    Some(())
}

/// Without the bytes that keep start codes out of a stream: a three after two zeros.
fn unescaped(bytes: &[u8]) -> Vec<u8> {
    let mut zeros = 0;
    let kept = bytes.iter().copied().filter(|byte| {
        let kept = *byte != 3 || zeros < 2;
        zeros = if *byte == 0 { zeros + 1 } else { 0 };
        kept
    });
    kept.collect()
}

struct Bits {
    bytes: Vec<u8>,
    at: usize,
}

impl Bits {
    fn flag(&mut self) -> Option<bool> {
        let byte = self.bytes.get(self.at / 8)?;
        let flag = byte >> (7 - self.at % 8) & 1 == 1;
        self.at += 1;
        Some(flag)
    }

    /// At most 32 bits.
    fn take(&mut self, count: u32) -> Option<u32> {
        let mut number = 0;
        for _ in 0..count {
            number = number << 1 | u32::from(self.flag()?);
        }
        Some(number)
    }

    fn skip(&mut self, count: u32) -> Option<()> {
        self.at += count as usize;
        (self.at <= self.bytes.len() * 8).then_some(())
    }

    /// A number that is as long as it is large. One with a sign takes as many bits.
    fn number(&mut self) -> Option<u32> {
        let mut zeros = 0;
        while !self.flag()? {
            zeros += 1;
            if zeros > 31 {
                return None;
            }
        }
        Some((1 << zeros) - 1 + self.take(zeros)?)
    }

    fn numbers(&mut self, count: u32) -> Option<()> {
        for _ in 0..count {
            self.number()?;
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of pictures by x265: in video range, and in full range with the weights of BT.601.
    const VIDEO: &[u8] = b"\x42\x01\x01\x03\x70\x00\x00\x03\x00\x90\x00\x00\x03\x00\x00\x03\x00\x1e\xa0\x30\x81\x05\x96\xea\x49\
\x29\xae\x68\x08\x00\x00\x03\x00\x08\x00\x00\x03\x00\x08\x40";
    const FULL: &[u8] = b"\x42\x01\x01\x03\x70\x00\x00\x03\x00\x90\x00\x00\x03\x00\x00\x03\x00\x1e\xa0\x30\x81\x05\x96\xea\x49\
\x29\xae\x6e\x04\x04\x0c\x08\x00\x00\x03\x00\x08\x00\x00\x03\x00\x08\x40";

    #[test]
    fn a_stream_tells_its_range() {
        let video = Said { full_range: false, primaries: 2, transfer: 2, matrix: 2 };
        assert_eq!(said(VIDEO), Some(video));
        assert_eq!(said(FULL), Some(Said { full_range: true, matrix: 6, ..video }));
    }

    #[test]
    fn one_that_cannot_be_followed_says_nothing() {
        for length in 0..FULL.len() - 12 {
            assert_eq!(said(&FULL[..length]), None, "{length}");
        }
        assert_eq!(said(&[0; 200]), None);
    }
}
