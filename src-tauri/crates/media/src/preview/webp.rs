//! WebP: the first frame. A lossy picture stays brightness and colour differences until it is small.

use std::fs::File;
use std::io::BufReader;

use rusty_webp::{DecodingError, WebPDecoder, Yuv420Frame};

use super::Task;
use super::picture::{Decoded, Raster, Space};
use super::shrink::{Shrink, full_range};
use crate::{Error, Format};

pub(super) fn decode(task: &Task<'_>) -> Result<Decoded, Error> {
    let failed = |error: DecodingError| match error {
        DecodingError::IoError(error) => Error::inside(Format::Webp, error),
        DecodingError::MemoryLimitExceeded => Error::TooMuchMemory,
        other => Error::damaged(Format::Webp, other),
    };
    let file = File::open(task.path).map_err(Error::reading)?;
    let source = BufReader::with_capacity(64 * 1024, file);
    let mut decoder = WebPDecoder::new(source).map_err(failed)?;
    let size = decoder.dimensions();
    task.check_size(size.0, size.1)?;
    let pixels = u64::from(size.0) * u64::from(size.1);
    // What was decoded, a copy of it with opacity, and the frame before.
    if pixels * 8 > task.limits.max_memory {
        return Err(Error::TooMuchMemory);
    }
    decoder.set_memory_limit(usize::try_from(task.limits.max_memory).unwrap_or(usize::MAX));
    let profile = decoder.icc_profile().ok().flatten();
    if let Some(frame) = decoder.read_yuv420().map_err(failed)? {
        return Ok(Decoded {
            size,
            planes: planes(&frame, task),
            space: Space::YCBCR,
            alpha: false,
            profile,
        });
    }
    let alpha = decoder.has_alpha();
    let channels = if alpha { 4 } else { 3 };
    let (width, height) = (size.0 as usize, size.1 as usize);
    let mut pixels = vec![0; width * height * channels];
    decoder.read_image(&mut pixels).map_err(failed)?;
    let mut shrink = Shrink::new((width, height), channels, task.factor(width, height));
    for row in pixels.chunks_exact_mut(width * channels) {
        if alpha {
            shrink.row_with_alpha(row);
        } else {
            shrink.row(row);
        }
    }
    Ok(Decoded { size, planes: vec![shrink.finish()], space: Space::Rgb, alpha, profile })
}

fn planes(frame: &Yuv420Frame, task: &Task<'_>) -> Vec<Raster> {
    let (width, height) = (frame.width as usize, frame.height as usize);
    let factor = task.factor(width, height);
    // A colour sample stands for two pixels across and down, so half the factor leaves it as large.
    let colour = (width.div_ceil(2), height.div_ceil(2));
    [
        (&frame.y, frame.y_stride, (width, height), factor, 219),
        (&frame.u, frame.uv_stride, colour, (factor / 2).max(1), 224),
        (&frame.v, frame.uv_stride, colour, (factor / 2).max(1), 224),
    ]
    .into_iter()
    .map(|(samples, stride, sides, factor, span)| {
        let mut shrink = Shrink::new(sides, 1, factor);
        for row in samples.chunks(stride.max(1)).take(sides.1) {
            shrink.row(&row[..sides.0.min(row.len())]);
        }
        let mut raster = shrink.finish();
        full_range(&mut raster.data, span);
        // Where the picture's sides are odd the last colour sample stands for one pixel only.
        let half = 2.0 * factor as f64;
        if span == 224 {
            raster.extent = (width as f64 / half, height as f64 / half);
        }
        raster
    })
    .collect()
}
