//! WebP: EXIF and XMP out, the flags that announce them mended.

use std::io;

use super::{Copy, Exif, Piece, Privacy, Removed, exif_block};
use crate::walk::riff::{START, walk};
use crate::walk::{Source, bytes};
use crate::xmp;

const MOST: u64 = 64 * 1024 * 1024;
const HAS_EXIF: u8 = 0x08;
const HAS_XMP: u8 = 0x04;

pub(super) fn lay_out(source: &mut impl Source, length: u64, level: Privacy) -> io::Result<Copy> {
    let (chunks, end) = walk(source, length)?;
    let mut copy = Copy::default();
    let mut exif = false;
    for chunk in &chunks {
        match &chunk.kind {
            b"VP8X" => copy.make(bytes(source, &chunk.whole, 18)?),
            b"EXIF" => {
                let content = bytes(source, &chunk.content, MOST)?;
                let tiff = content.strip_prefix(b"Exif\0\0").unwrap_or(&content);
                match exif_block(tiff, level, &mut copy.removed) {
                    Exif::Keep => {
                        exif = true;
                        copy.keep(chunk.whole.clone());
                    }
                    Exif::Drop => {}
                    Exif::Replace(tiff) => {
                        exif = true;
                        copy.make(exif_chunk(&tiff));
                    }
                }
            }
            b"XMP " => copy.removed.extend(xmp::kinds(&bytes(source, &chunk.content, MOST)?)),
            b"VP8 " | b"VP8L" | b"ANIM" | b"ANMF" | b"ALPH" | b"ICCP" => copy.keep(chunk.whole.clone()),
            _ if level == Privacy::All => copy.drop(Removed::Other),
            _ => copy.keep(chunk.whole.clone()),
        }
    }
    if end < length {
        copy.drop(Removed::Trailer);
    }
    mend(&mut copy, exif);
    Ok(copy)
}

/// Makes the header say what the file is now.
fn mend(copy: &mut Copy, exif: bool) {
    for piece in &mut copy.pieces {
        if let Piece::Made(bytes) = piece
            && bytes.starts_with(b"VP8X")
            && let Some(flags) = bytes.get_mut(8)
        {
            *flags &= !(HAS_EXIF | HAS_XMP);
            *flags |= if exif { HAS_EXIF } else { 0 };
        }
    }
    let inside: u64 = copy
        .pieces
        .iter()
        .map(|piece| match piece {
            Piece::Kept(range) => range.end - range.start,
            Piece::Made(bytes) => bytes.len() as u64,
        })
        .sum();
    let size = u32::try_from(inside + START - 8).unwrap_or(u32::MAX);
    let mut header = b"RIFF".to_vec();
    header.extend_from_slice(&size.to_le_bytes());
    header.extend_from_slice(b"WEBP");
    copy.pieces.insert(0, Piece::Made(header));
}

fn exif_chunk(tiff: &[u8]) -> Vec<u8> {
    let length = u32::try_from(tiff.len()).unwrap_or(u32::MAX);
    let mut chunk = b"EXIF".to_vec();
    chunk.extend_from_slice(&length.to_le_bytes());
    chunk.extend_from_slice(tiff);
    chunk.resize(chunk.len() + tiff.len() % 2, 0);
    chunk
}
