//! What is decoded as a whole: the first frame of a moving WebP, icons, bitmaps and TIFF of unusual make.

use std::fs::File;
use std::io::{BufRead, BufReader, Seek};

use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader};

use super::Task;
use super::picture::{Decoded, Space};
use super::shrink::Shrink;
use crate::Error;

pub(super) fn decode(task: &Task<'_>, decoder: ImageFormat) -> Result<Decoded, Error> {
    let file = File::open(task.path).map_err(Error::reading)?;
    decode_from(BufReader::with_capacity(64 * 1024, file), task, decoder)
}

/// The same of what is not in a file.
pub(super) fn decode_from(
    bytes: impl BufRead + Seek,
    task: &Task<'_>,
    decoder: ImageFormat,
) -> Result<Decoded, Error> {
    let failed = |error| Error::decoding(task.format, error);
    let mut reader = ImageReader::with_format(bytes, decoder);
    let mut bounds = image::Limits::default();
    bounds.max_image_width = Some(task.limits.max_side);
    bounds.max_image_height = Some(task.limits.max_side);
    bounds.max_alloc = Some(task.limits.max_memory);
    reader.limits(bounds);
    let mut decoder = reader.into_decoder().map_err(failed)?;
    let (width, height) = decoder.dimensions();
    task.check_size(width, height)?;
    if decoder.total_bytes() > task.limits.max_memory {
        return Err(Error::TooMuchMemory);
    }
    // A profile that cannot be read keeps no picture from being seen.
    let profile = decoder.icc_profile().unwrap_or_default();
    let picture = DynamicImage::from_decoder(decoder).map_err(failed)?;
    Ok(Decoded { profile, ..decoded(picture, task) })
}

/// A picture that is held as a whole, made smaller.
pub(super) fn decoded(picture: DynamicImage, task: &Task<'_>) -> Decoded {
    let size = (picture.width(), picture.height());
    let (space, alpha, mut pixels) = match picture {
        DynamicImage::ImageLuma8(image) => (Space::Gray, false, image.into_raw()),
        DynamicImage::ImageLumaA8(image) => (Space::Gray, true, image.into_raw()),
        DynamicImage::ImageRgb8(image) => (Space::Rgb, false, image.into_raw()),
        picture if picture.color().has_alpha() => (Space::Rgb, true, picture.into_rgba8().into_raw()),
        picture => (Space::Rgb, false, picture.into_rgb8().into_raw()),
    };
    let channels = space.channels() + usize::from(alpha);
    let sides = (size.0 as usize, size.1 as usize);
    let mut shrink = Shrink::new(sides, channels, task.factor(sides.0, sides.1));
    for row in pixels.chunks_exact_mut((sides.0 * channels).max(1)) {
        shrink.pixels(row, alpha);
    }
    Decoded { size, planes: vec![shrink.finish()], space, alpha, profile: None }
}
