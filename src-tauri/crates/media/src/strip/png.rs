//! PNG: chunks of words, times and EXIF out; pixels, colours and animation kept.

use std::io;

use super::{Copy, Exif, Privacy, Removed, exif_block};
use crate::png_text;
use crate::walk::png::{Chunk, START, chunk, walk};
use crate::walk::{Source, bytes};

/// Words and EXIF are smaller.
const MOST: u64 = 64 * 1024 * 1024;

/// What is needed to show the picture as it is.
const NEEDED: [&[u8; 4]; 20] = [
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"bKGD",
    b"hIST", b"pHYs", b"sPLT", b"cICP", b"mDCV", b"cLLI", b"acTL", b"fcTL", b"fdAT",
];

pub(super) fn lay_out(source: &mut impl Source, length: u64, level: Privacy) -> io::Result<Copy> {
    let chunks = walk(source, length, |_| false)?;
    let mut copy = Copy::default();
    copy.keep(0..START);
    for chunk in &chunks {
        if NEEDED.contains(&&chunk.kind) {
            copy.keep(chunk.whole.clone());
        } else {
            ancillary(source, chunk, level, &mut copy)?;
        }
    }
    let end = chunks.last().map_or(START, |chunk| chunk.whole.end);
    if end < length {
        copy.drop(Removed::Trailer);
    }
    Ok(copy)
}

fn ancillary(source: &mut impl Source, part: &Chunk, level: Privacy, copy: &mut Copy) -> io::Result<()> {
    match &part.kind {
        b"eXIf" => match exif_block(&bytes(source, &part.content, MOST)?, level, &mut copy.removed) {
            Exif::Keep => copy.keep(part.whole.clone()),
            Exif::Drop => {}
            Exif::Replace(tiff) => copy.make(chunk(b"eXIf", &tiff)),
        },
        b"tEXt" | b"zTXt" | b"iTXt" => {
            let text = png_text::read(&part.kind, &bytes(source, &part.content, MOST)?);
            if level == Privacy::All || text.is_block || text.kinds.contains(&Removed::Location) {
                copy.removed.extend(text.kinds);
            } else {
                copy.keep(part.whole.clone());
            }
        }
        b"tIME" if level == Privacy::All => copy.drop(Removed::Dates),
        // A capital letter first: no decoder may pass over it.
        [first, ..] if level == Privacy::All && first.is_ascii_lowercase() => copy.drop(Removed::Other),
        _ => copy.keep(part.whole.clone()),
    }
    Ok(())
}
