//! WebP, made smaller while it is decoded; of an animation the first frame, as a whole.

use std::fs::File;
use std::io::{Cursor, Read};

use image::ImageFormat;
use webpx::{BitstreamFormat, Decoder, DecoderConfig};

use super::picture::{Decoded, Raster, Space};
use super::shrink::premultiply;
use super::{Task, fit, whole};
use crate::walk::riff;
use crate::{Error, Format};

pub(super) fn decode(task: &Task<'_>) -> Result<Decoded, Error> {
    let failed = |error: webpx::At<webpx::Error>| Error::damaged(Format::Webp, error);
    let file = File::open(task.path).map_err(Error::reading)?;
    let mut data = Vec::new();
    let most = task.limits.max_memory;
    file.take(most + 1).read_to_end(&mut data).map_err(Error::Unreadable)?;
    let decoder = Decoder::new(&data).map_err(failed)?;
    let info = decoder.info().clone();
    let size = (info.width, info.height);
    task.check_size(size.0, size.1)?;
    if info.has_animation {
        return whole::decode_from(Cursor::new(&data), task, ImageFormat::WebP);
    }
    // Twice what is wanted, where that is smaller.
    let wanted = fit::target(size, task.box_px);
    let (width, height) = (size.0.min(2 * wanted.0), size.1.min(2 * wanted.1));
    // What it holds of each pixel is its opacity, or all of it. What comes out is there twice for a moment.
    let inside = if info.format == BitstreamFormat::Lossy { 1 } else { 4 };
    let (all, out) = (u64::from(size.0) * u64::from(size.1), u64::from(width) * u64::from(height));
    if data.len() as u64 + inside * all + 2 * 4 * out > most {
        return Err(Error::TooMuchMemory);
    }
    let mut config = DecoderConfig::new().limits(webpx::Limits::none());
    if (width, height) != size {
        // Each pixel becomes the mean of several, so the edges of blocks are not seen.
        config = config.scale(width, height).bypass_filtering(2 * width <= size.0);
    }
    let decoder = decoder.config(config);
    let alpha = info.has_alpha;
    let (mut pixels, ..) =
        if alpha { decoder.decode_rgba_raw() } else { decoder.decode_rgb_raw() }.map_err(failed)?;
    if alpha {
        premultiply(&mut pixels, 4);
    }
    let raster = Raster {
        width: width as usize,
        height: height as usize,
        channels: if alpha { 4 } else { 3 },
        extent: (f64::from(width), f64::from(height)),
        data: pixels,
    };
    Ok(Decoded { size, planes: vec![raster], space: Space::Rgb, alpha, profile: profile(&data) })
}

/// The ICC profile. A container that cannot be followed keeps no picture from being seen.
fn profile(data: &[u8]) -> Option<Vec<u8>> {
    let (chunks, _) = riff::walk(&mut Cursor::new(data), data.len() as u64).ok()?;
    let content = chunks.into_iter().find(|chunk| chunk.kind == *b"ICCP")?.content;
    data.get(usize::try_from(content.start).ok()?..usize::try_from(content.end).ok()?).map(<[u8]>::to_vec)
}
