//! BMP: plain pixels go into the box filter as they are read; what is packed, has a palette or masks is decoded as a whole.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};

use image::ImageFormat;

use super::picture::{Decoded, Raster, Space};
use super::shrink::Shrink;
use super::{Task, whole};
use crate::Error;

/// What is read at a time. Most bitmaps begin with their last row, so it is read block by block from the end.
const BLOCK: usize = 256 * 1024;

pub(super) fn decode(task: &Task<'_>) -> Result<Decoded, Error> {
    let file = File::open(task.path).map_err(Error::reading)?;
    decode_from(BufReader::new(file), task)
}

/// The same of what is not in a file.
pub(super) fn decode_from(mut source: impl BufRead + Seek, task: &Task<'_>) -> Result<Decoded, Error> {
    let failed = |error| Error::inside(task.format, error);
    let plain = Plain::read(&mut source).map_err(failed)?;
    let Some(Plain { at, width, height, from_top, channels }) = plain else {
        source.rewind().map_err(failed)?;
        return whole::decode_from(source, task, ImageFormat::Bmp);
    };
    task.check_size(width, height)?;
    let sides = (width as usize, height as usize);
    let row_length = sides.0 * channels;
    let stride = row_length.next_multiple_of(4);
    let mut block = vec![0; stride * (BLOCK / stride).clamp(1, sides.1)];
    let mut shrink = Shrink::new(sides, channels, task.factor(sides.0, sides.1));
    let mut top = 0;
    while top < sides.1 {
        task.check()?;
        let rows = (block.len() / stride).min(sides.1 - top);
        let first = if from_top { top } else { sides.1 - top - rows };
        let block = &mut block[..rows * stride];
        source.seek(SeekFrom::Start(at + (first * stride) as u64)).map_err(failed)?;
        source.read_exact(block).map_err(failed)?;
        for row in 0..rows {
            let row = if from_top { row } else { rows - 1 - row };
            shrink.row(&block[row * stride..][..row_length]);
        }
        top += rows;
    }
    let planes = vec![in_order(&shrink.finish())];
    Ok(Decoded { size: (width, height), planes, space: Space::Rgb, alpha: false, profile: None })
}

/// Blue, green and red, and perhaps a byte that means nothing, as red, green and blue.
fn in_order(raster: &Raster) -> Raster {
    let pixels = raster.data.chunks_exact(raster.channels);
    let data = pixels.flat_map(|pixel| [pixel[2], pixel[1], pixel[0]]).collect();
    Raster { channels: 3, data, ..*raster }
}

/// A bitmap of plain pixels.
struct Plain {
    /// Where the pixels begin.
    at: u64,
    width: u32,
    height: u32,
    from_top: bool,
    /// Bytes a pixel.
    channels: usize,
}

impl Plain {
    /// `None` for every other bitmap.
    fn read(source: &mut impl Read) -> io::Result<Option<Self>> {
        let mut head = [0; 34];
        source.read_exact(&mut head)?;
        let number = |at: usize| u32::from_le_bytes([head[at], head[at + 1], head[at + 2], head[at + 3]]);
        // The oldest kind of header has sides of two bytes.
        let is_known = number(14) >= 40;
        // Planes and bits a pixel, each of two bytes, and how the pixels are packed.
        let channels = match (number(26) & 0xffff, number(26) >> 16, number(30)) {
            (1, bits @ (24 | 32), 0) if is_known => bits as usize / 8,
            _ => return Ok(None),
        };
        let (width, height) = (number(18), number(22).cast_signed());
        let from_top = height < 0;
        Ok(Some(Self { at: number(10).into(), width, height: height.unsigned_abs(), from_top, channels }))
    }
}
