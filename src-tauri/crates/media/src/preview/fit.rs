//! Brings a decoded picture to the size that is wanted.

use fast_image_resize::images::{Image, ImageRef};
use fast_image_resize::{FilterType, MulDiv, PixelType, ResizeAlg, ResizeOptions, Resizer};

use super::picture::{Decoded, Raster, Small};
use super::shrink::smaller;
use crate::{Error, Format};

/// Width and height of a picture that is made smaller: it fits into a square, keeps its shape, is never enlarged and never
/// thinner than one pixel.
pub(crate) fn target((width, height): (u32, u32), box_px: u32) -> (u32, u32) {
    let longest = width.max(height);
    if longest <= box_px {
        return (width, height);
    }
    let side = |side: u32| {
        let scaled = (u64::from(side) * u64::from(box_px) + u64::from(longest) / 2) / u64::from(longest);
        u32::try_from(scaled).unwrap_or(box_px).max(1)
    };
    (side(width), side(height))
}

/// By how much a side may be made smaller by means, so that twice of what is wanted is left for the last step.
pub(super) fn factor(from: usize, to: usize) -> usize {
    (from / (2 * to).max(1)).max(1)
}

/// The last step: Lanczos, with three lobes.
pub(super) fn into_box(format: Format, picture: Decoded, box_px: u32) -> Result<Small, Error> {
    let failed = |error: &dyn std::fmt::Display| Error::damaged(format, error);
    // What a decoder gave may be smaller than what was asked for.
    let longest = picture.planes.iter().map(|plane| plane.extent.0.max(plane.extent.1).ceil() as u32).max();
    let (width, height) = target(picture.size, box_px.min(longest.unwrap_or(1).max(1)));
    let mut resizer = Resizer::new();
    let mut planes = Vec::new();
    for plane in picture.planes {
        let factor = factor(plane.width, width as usize).min(factor(plane.height, height as usize));
        let plane = smaller(plane, factor);
        planes.push(resized(&mut resizer, plane, (width, height)).map_err(|error| failed(&error))?);
    }
    let mut data = if planes.len() == 1 { planes.swap_remove(0) } else { woven(&planes) };
    let channels = picture.space.channels() + usize::from(picture.alpha);
    if picture.alpha {
        let kind = kind(channels);
        let mut image =
            Image::from_slice_u8(width, height, &mut data, kind).map_err(|error| failed(&error))?;
        MulDiv::new().divide_alpha_inplace(&mut image).map_err(|error| failed(&error))?;
    }
    let (width, height) = (width as usize, height as usize);
    if data.len() != width * height * channels {
        return Err(failed(&"it has another number of channels than it says"));
    }
    Ok(Small { width, height, space: picture.space, alpha: picture.alpha, data })
}

fn resized(
    resizer: &mut Resizer,
    plane: Raster,
    (width, height): (u32, u32),
) -> Result<Vec<u8>, Box<dyn std::error::Error>> {
    if (plane.width, plane.height) == (width as usize, height as usize)
        && plane.extent == (f64::from(width), f64::from(height))
    {
        return Ok(plane.data);
    }
    let kind = kind(plane.channels);
    let source = ImageRef::new(plane.width as u32, plane.height as u32, &plane.data, kind)?;
    let mut small = Image::new(width, height, kind);
    let extent = (plane.extent.0.min(plane.width as f64), plane.extent.1.min(plane.height as f64));
    let options = ResizeOptions::new()
        .resize_alg(ResizeAlg::Convolution(FilterType::Lanczos3))
        .crop(0.0, 0.0, extent.0, extent.1)
        .use_alpha(false);
    resizer.resize(&source, &mut small, &options)?;
    Ok(small.into_vec())
}

fn kind(channels: usize) -> PixelType {
    match channels {
        1 => PixelType::U8,
        2 => PixelType::U8x2,
        3 => PixelType::U8x3,
        _ => PixelType::U8x4,
    }
}

/// Planes of the same size, as one with their samples side by side.
fn woven(planes: &[Vec<u8>]) -> Vec<u8> {
    let count = planes.len();
    let mut woven = vec![0; planes.iter().map(Vec::len).sum()];
    for (at, plane) in planes.iter().enumerate() {
        for (out, sample) in woven[at.min(count - 1)..].iter_mut().step_by(count).zip(plane) {
            *out = *sample;
        }
    }
    woven
}
