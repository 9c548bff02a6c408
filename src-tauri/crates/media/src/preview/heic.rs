//! HEIC: brightness and colour differences, each made smaller as its tiles are decoded.

use heic_rs::hevc::ChromaFormat;
use heic_rs::{MatrixCoefficients, Range};

use super::picture::{Decoded, Space};
use super::shrink::{Shrink, full_range};
use super::{Task, whole};
use crate::Error;
use crate::heic::{self, Extent, Still};

pub(super) fn decode(task: &Task<'_>) -> Result<Decoded, Error> {
    let bytes = heic::read(task.path, task.limits)?;
    let still = Still::open(&bytes, task.limits)?;
    if still.has_opacity() {
        let decoded = whole::decoded(still.pixels()?, task);
        return Ok(Decoded { profile: still.profile, ..decoded });
    }
    let Extent { left, top, width, height } = still.extent;
    let factor = task.factor(width, height);
    let sampling = still.sampling();
    let halved = (sampling.x_shift(), sampling.y_shift());
    let (across, down) = (1 << halved.0, 1 << halved.1);
    let sides = (width.div_ceil(across), height.div_ceil(down));
    let colour_factor = (factor / across).max(1);

    let mut brightness = Shrink::new((width, height), 1, factor);
    let mut differences = [0, 1].map(|_| Shrink::new(sides, 1, colour_factor));
    let mut row = Vec::new();
    still.strips(|at, strip| {
        // Rows of the strip that lie in the picture, each from the left edge of the picture on.
        let mut pour = |into: &mut Shrink, samples: &[u16], stride: u32, depth: u8, part: Part| {
            for (y, samples) in samples.chunks(stride.max(1) as usize).enumerate() {
                if (part.top..part.top + part.height).contains(&(part.at + y)) {
                    let seen = samples.iter().skip(part.left).take(part.width);
                    row.clear();
                    row.extend(seen.map(|sample| (sample >> depth.saturating_sub(8)) as u8));
                    into.row(&row);
                }
            }
        };
        let depth = strip.bit_depth;
        let whole = Part { at, left, top, width, height };
        pour(&mut brightness, &strip.y, strip.y_stride, depth, whole);
        let part = Part {
            at: at >> halved.1,
            left: left >> halved.0,
            top: top >> halved.1,
            width: sides.0,
            height: sides.1,
        };
        pour(&mut differences[0], &strip.cb, strip.c_stride, depth, part);
        pour(&mut differences[1], &strip.cr, strip.c_stride, depth, part);
        Ok(())
    })?;

    let mut planes = vec![brightness.finish()];
    let matrix = still.colours.matrix;
    if sampling != ChromaFormat::Monochrome {
        planes.extend(differences.map(|plane| {
            let mut raster = plane.finish();
            let each = |length: usize, halved: usize| length as f64 / halved as f64 / colour_factor as f64;
            raster.extent = (each(width, across), each(height, down));
            raster
        }));
    }
    if still.colours.range == Range::Limited {
        for (at, plane) in planes.iter_mut().enumerate() {
            full_range(&mut plane.data, if at == 0 || matrix.is_identity() { 219 } else { 224 });
        }
    }
    let space = match matrix {
        _ if sampling == ChromaFormat::Monochrome => Space::Gray,
        MatrixCoefficients::Identity => {
            // Green, blue and red.
            planes.rotate_right(1);
            Space::Rgb
        }
        matrix => {
            let (red, blue) = matrix.luma_weights();
            let parts = |weight: f32| (weight * 1e4).round() as u16;
            Space::YCbCr { red: parts(red), blue: parts(blue) }
        }
    };
    let size = (width as u32, height as u32);
    Ok(Decoded { size, planes, space, alpha: false, profile: still.profile.filter(|_| space != Space::Gray) })
}

/// What of a plane is picture, and where the rows at hand begin, in samples.
#[derive(Clone, Copy)]
struct Part {
    at: usize,
    left: usize,
    top: usize,
    width: usize,
    height: usize,
}
