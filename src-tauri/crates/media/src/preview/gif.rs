//! GIF: rows of the first frame go into the box filter as they are unpacked; only an interlaced one is held as a whole.

use std::fs::File;
use std::num::NonZeroU64;

use gif::{ColorOutput, DecodeOptions, DecodingError, Frame, MemoryLimit};

use super::Task;
use super::picture::{Decoded, Space};
use super::shrink::Shrink;
use crate::{Error, Format};

/// Pixels that are unpacked at a time.
const BLOCK: usize = 64 * 1024;

pub(super) fn decode(task: &Task<'_>) -> Result<Decoded, Error> {
    let failed = |error: DecodingError| match error {
        DecodingError::Io(error) => Error::inside(Format::Gif, error),
        DecodingError::OutOfMemory | DecodingError::MemoryLimit => Error::TooMuchMemory,
        other => Error::damaged(Format::Gif, other),
    };
    let too_short = || Error::damaged(Format::Gif, "it ends too early");
    let file = File::open(task.path).map_err(Error::reading)?;
    let mut options = DecodeOptions::new();
    options.set_color_output(ColorOutput::Indexed);
    let most = NonZeroU64::new(task.limits.max_memory).ok_or(Error::TooMuchMemory)?;
    options.set_memory_limit(MemoryLimit::Bytes(most));
    let mut reader = options.read_info(file).map_err(failed)?;
    let size = (u32::from(reader.width()), u32::from(reader.height()));
    task.check_size(size.0, size.1)?;
    let (width, height) = (size.0 as usize, size.1 as usize);

    let first = reader.next_frame_info().map_err(failed)?.ok_or_else(too_short)?;
    let &Frame { transparent, interlaced, .. } = first;
    // The frame may cover a part of the picture only; the rest of it is seen through.
    let [left, top, across, down] = [first.left, first.top, first.width, first.height].map(usize::from);
    let is_covered = (left, top) == (0, 0) && across >= width && down >= height;
    let alpha = transparent.is_some() || !is_covered;
    let colours = colours(reader.palette().map_err(failed)?, transparent);

    let channels = if alpha { 4 } else { 3 };
    let mut shrink = Shrink::new((width, height), channels, task.factor(width, height));
    // Rows come in another order than they are shown in, or as many at a time as the decoder is quick with.
    let at_once = if interlaced { down } else { (BLOCK / across.max(1)).clamp(1, down.max(1)) };
    if (at_once * across) as u64 > task.limits.max_memory {
        return Err(Error::TooMuchMemory);
    }
    let mut block = vec![0; at_once * across];
    let empty = vec![0; width * channels];
    let mut row = empty.clone();
    for y in 0..height {
        task.check()?;
        let Some(line) = y.checked_sub(top).filter(|line| *line < down && across > 0) else {
            shrink.row(&empty);
            continue;
        };
        if line % at_once == 0 {
            let block = &mut block[..at_once.min(down - line) * across];
            if interlaced {
                reader.read_into_buffer(block).map_err(failed)?;
            } else if !reader.fill_buffer(block).map_err(failed)? {
                return Err(too_short());
            }
        }
        let indexes = &block[line % at_once * across..][..across];
        let from = (left * channels).min(row.len());
        if alpha {
            paint::<4>(&mut row[from..], indexes, &colours);
        } else {
            paint::<3>(&mut row[from..], indexes, &colours);
        }
        shrink.row(&row);
    }
    let profile = reader.icc_profile().map(<[u8]>::to_vec);
    Ok(Decoded { size, planes: vec![shrink.finish()], space: Space::Rgb, alpha, profile })
}

/// What each number in the picture stands for, multiplied by its opacity. A number without a colour is black.
fn colours(palette: &[u8], transparent: Option<u8>) -> [[u8; 4]; 256] {
    let mut colours = [[0, 0, 0, 255]; 256];
    for (colour, known) in colours.iter_mut().zip(palette.chunks_exact(3)) {
        colour[..3].copy_from_slice(known);
    }
    if let Some(transparent) = transparent {
        colours[usize::from(transparent)] = [0; 4];
    }
    colours
}

fn paint<const CHANNELS: usize>(row: &mut [u8], indexes: &[u8], colours: &[[u8; 4]; 256]) {
    let (pixels, _) = row.as_chunks_mut::<CHANNELS>();
    for (pixel, index) in pixels.iter_mut().zip(indexes) {
        pixel.copy_from_slice(&colours[usize::from(*index)][..CHANNELS]);
    }
}
