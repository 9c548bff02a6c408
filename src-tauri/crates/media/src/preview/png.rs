//! PNG: rows go into the box filter as they are unpacked; only an interlaced picture is held as a whole.

use std::fs::File;
use std::io::BufReader;

use png::{ColorType, Decoder, DecodingError, Transformations};

use super::Task;
use super::picture::{Decoded, Space};
use super::shrink::Shrink;
use crate::{Error, Format};

/// What chunks beside the picture may take, a colour profile above all.
const MOST_BESIDE: usize = 32 * 1024 * 1024;

pub(super) fn decode(task: &Task<'_>) -> Result<Decoded, Error> {
    let failed = |error: DecodingError| match error {
        DecodingError::IoError(error) => Error::inside(Format::Png, error),
        DecodingError::LimitsExceeded => Error::TooMuchMemory,
        other => Error::damaged(Format::Png, other),
    };
    let file = File::open(task.path).map_err(Error::reading)?;
    let mut decoder = Decoder::new_with_limits(
        BufReader::with_capacity(64 * 1024, file),
        png::Limits { bytes: MOST_BESIDE },
    );
    // Palettes, few bits and a transparent colour become plain channels of eight bits.
    decoder.set_transformations(Transformations::EXPAND | Transformations::STRIP_16);
    decoder.set_ignore_text_chunk(true);
    let mut reader = decoder.read_info().map_err(failed)?;
    let (width, height) = (reader.info().width, reader.info().height);
    task.check_size(width, height)?;
    let (space, alpha) = match reader.output_color_type().0 {
        ColorType::Grayscale => (Space::Gray, false),
        ColorType::GrayscaleAlpha => (Space::Gray, true),
        ColorType::Rgba => (Space::Rgb, true),
        _ => (Space::Rgb, false),
    };
    let channels = space.channels() + usize::from(alpha);
    let profile = reader.info().icc_profile.as_ref().map(|profile| profile.to_vec());
    let sides = (width as usize, height as usize);
    let mut shrink = Shrink::new(sides, channels, task.factor(sides.0, sides.1));
    let length = sides.0 * channels;
    let mut take = |row: &mut [u8]| shrink.pixels(row, alpha);
    if reader.info().interlaced {
        let size = reader.output_buffer_size().filter(|size| *size as u64 <= task.limits.max_memory);
        let mut pixels = vec![0; size.ok_or(Error::TooMuchMemory)?];
        reader.next_frame(&mut pixels).map_err(failed)?;
        pixels.chunks_exact_mut(length).for_each(&mut take);
    } else {
        // APNG: what comes first is the picture that others see, be it part of the animation or not.
        let mut row = vec![0; reader.output_line_size(width).ok_or(Error::TooMuchMemory)?];
        for _ in 0..height {
            task.check()?;
            reader.read_row(&mut row).map_err(failed)?;
            take(&mut row);
        }
    }
    Ok(Decoded { size: (width, height), planes: vec![shrink.finish()], space, alpha, profile })
}
