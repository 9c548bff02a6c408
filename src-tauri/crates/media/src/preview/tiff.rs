//! TIFF: strip by strip or tile by tile into the box filter.

use std::fs::File;
use std::io::BufReader;

use tiff::decoder::{Decoder, DecodingResult, Limits};
use tiff::tags::Tag;
use tiff::{ColorType, TiffError};

use super::Task;
use super::picture::{Decoded, Space};
use super::shrink::Shrink;
use crate::{Error, Format};

pub(super) fn decode(task: &Task<'_>) -> Result<Decoded, Error> {
    let failed = |error: TiffError| match error {
        TiffError::IoError(error) => Error::inside(Format::Tiff, error),
        TiffError::LimitsExceeded => Error::TooMuchMemory,
        TiffError::UnsupportedError(_) => Error::NoPreview(Format::Tiff),
        other => Error::damaged(Format::Tiff, other),
    };
    let file = File::open(task.path).map_err(Error::reading)?;
    let mut decoder = Decoder::new(BufReader::with_capacity(64 * 1024, file)).map_err(failed)?;
    let mut limits = Limits::default();
    // What is unpacked, what it is unpacked from, and the row of tiles that is put together.
    let most = usize::try_from(task.limits.max_memory / 3).unwrap_or(usize::MAX);
    (limits.decoding_buffer_size, limits.intermediate_buffer_size) = (most, most);
    decoder = decoder.with_limits(limits);
    let (width, height) = decoder.dimensions().map_err(failed)?;
    task.check_size(width, height)?;
    let kind = decoder.colortype().map_err(failed)?;
    let (space, alpha) = match kind {
        ColorType::Gray(_) => (Space::Gray, false),
        ColorType::GrayA(_) => (Space::Gray, true),
        ColorType::RGB(_) | ColorType::Palette(_) => (Space::Rgb, false),
        ColorType::RGBA(_) => (Space::Rgb, true),
        ColorType::CMYK(_) => (Space::Cmyk { inverted: false }, false),
        ColorType::YCbCr(_) => (Space::YCBCR, false),
        _ => return Err(Error::NoPreview(Format::Tiff)),
    };
    let planar = decoder.find_tag_unsigned::<u16>(Tag::PlanarConfiguration).map_err(failed)?;
    if planar == Some(2) || matches!(kind, ColorType::Palette(_)) {
        return Err(Error::NoPreview(Format::Tiff));
    }
    let profile = decoder.find_tag(Tag::IccProfile).ok().flatten().and_then(|tag| tag.into_u8_vec().ok());
    let channels = space.channels() + usize::from(alpha);
    let (width, height) = (width as usize, height as usize);
    let mut shrink = Shrink::new((width, height), channels, task.factor(width, height));
    let (across, down) = decoder.chunk_dimensions();
    let (across, down) = (across as usize, down as usize);
    if across == 0 || down == 0 || (across * channels * down.min(height)) as u64 > task.limits.max_memory / 3
    {
        return Err(Error::TooMuchMemory);
    }
    let columns = width.div_ceil(across);
    let length = width * channels;
    // A row of tiles is put together. A strip is a tile as wide as the picture, and taken as it is.
    let mut band = Vec::new();
    if columns > 1 {
        if (length * down.min(height)) as u64 > task.limits.max_memory / 3 {
            return Err(Error::TooMuchMemory);
        }
        band.resize(length * down.min(height), 0);
    }
    let mut take = |row: &mut [u8]| shrink.pixels(row, alpha);
    for top in 0..height.div_ceil(down) {
        let rows = down.min(height - top * down);
        for column in 0..columns {
            task.check()?;
            let number =
                u32::try_from(top * columns + column).map_err(|error| Error::damaged(Format::Tiff, error))?;
            let (own_width, _) = decoder.chunk_data_dimensions(number);
            let mut samples = bytes(decoder.read_chunk(number).map_err(failed)?, kind)?;
            let own = own_width as usize * channels;
            if own == 0 {
                return Err(Error::damaged(Format::Tiff, "a tile without pixels"));
            }
            if columns == 1 {
                samples.chunks_exact_mut(own).take(rows).for_each(&mut take);
                continue;
            }
            let from = column * across * channels;
            for (row, samples) in samples.chunks_exact(own).take(rows).enumerate() {
                let start = row * length + from;
                if let Some(place) = band.get_mut(start..start + own) {
                    place.copy_from_slice(samples);
                }
            }
        }
        band.chunks_exact_mut(length).take(rows).for_each(&mut take);
    }
    let size = (width as u32, height as u32);
    Ok(Decoded { size, planes: vec![shrink.finish()], space, alpha, profile })
}

/// Samples of eight bits.
fn bytes(samples: DecodingResult, kind: ColorType) -> Result<Vec<u8>, Error> {
    let bits = kind.bit_depth();
    match samples {
        DecodingResult::U8(samples) if bits == 8 => Ok(samples),
        DecodingResult::U16(samples) => Ok(samples.iter().map(|sample| (sample >> 8) as u8).collect()),
        DecodingResult::U32(samples) => Ok(samples.iter().map(|sample| (sample >> 24) as u8).collect()),
        DecodingResult::F32(samples) => {
            Ok(samples.iter().map(|sample| (sample * 255.0).round().clamp(0.0, 255.0) as u8).collect())
        }
        _ => Err(Error::NoPreview(Format::Tiff)),
    }
}
