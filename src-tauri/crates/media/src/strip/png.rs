//! PNG: chunks of words, times and EXIF out; pixels, colours and animation kept.

use std::fs::File;
use std::io::{self, BufReader};

use super::{Copy, Exif, Privacy, Removed, exif_block, xmp_kinds};
use crate::walk::bytes;
use crate::walk::png::{Chunk, START, chunk, walk};

/// Words and EXIF are smaller.
const MOST: u64 = 64 * 1024 * 1024;

/// What is needed to show the picture as it is.
const NEEDED: [&[u8; 4]; 20] = [
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"bKGD",
    b"hIST", b"pHYs", b"sPLT", b"cICP", b"mDCV", b"cLLI", b"acTL", b"fcTL", b"fdAT",
];

pub(super) fn lay_out(file: &mut File, length: u64, level: Privacy) -> io::Result<Copy> {
    let chunks = walk(&mut BufReader::new(&mut *file), length, |_| false)?;
    let mut copy = Copy::default();
    copy.keep(0..START);
    for chunk in &chunks {
        if NEEDED.contains(&&chunk.kind) {
            copy.keep(chunk.whole.clone());
        } else {
            ancillary(file, chunk, level, &mut copy)?;
        }
    }
    let end = chunks.last().map_or(START, |chunk| chunk.whole.end);
    if end < length {
        copy.drop(Removed::Trailer);
    }
    Ok(copy)
}

fn ancillary(file: &mut File, part: &Chunk, level: Privacy, copy: &mut Copy) -> io::Result<()> {
    match &part.kind {
        b"eXIf" => match exif_block(&bytes(file, &part.content, MOST)?, level, &mut copy.removed) {
            Exif::Keep => copy.keep(part.whole.clone()),
            Exif::Drop => {}
            Exif::Replace(tiff) => copy.make(chunk(b"eXIf", &tiff)),
        },
        b"tEXt" | b"zTXt" | b"iTXt" => {
            let content = bytes(file, &part.content, MOST)?;
            let keyword = content.split(|byte| *byte == 0).next().unwrap_or_default();
            // Some programs hide whole EXIF and XMP blocks in text.
            let hides = keyword == b"XML:com.adobe.xmp" || keyword.starts_with(b"Raw profile type");
            match (hides, level) {
                (true, _) => xmp_kinds(&content, &mut copy.removed),
                (false, Privacy::All) => copy.drop(match keyword {
                    b"Software" => Removed::Software,
                    b"Author" | b"Copyright" => Removed::Owner,
                    b"Creation Time" => Removed::Dates,
                    b"Title" | b"Description" => Removed::Captions,
                    _ => Removed::Comments,
                }),
                (false, _) => copy.keep(part.whole.clone()),
            }
        }
        b"tIME" if level == Privacy::All => copy.drop(Removed::Dates),
        // A capital letter first: no decoder may pass over it.
        [first, ..] if level == Privacy::All && first.is_ascii_lowercase() => copy.drop(Removed::Other),
        _ => copy.keep(part.whole.clone()),
    }
    Ok(())
}
