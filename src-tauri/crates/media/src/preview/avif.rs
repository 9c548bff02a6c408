//! AVIF: the container's first picture. It stays brightness and colour differences until it is small.

use std::io::Seek;

use image::{DynamicImage, Rgb, RgbImage, RgbaImage};
use re_rav1d::dav1d::{
    Decoder, Error as DecoderError, InloopFilterType, Picture, PixelLayout, PlanarImageComponent, Plane,
    Settings,
    pixel::{MatrixCoefficients, YUVRange},
};

use super::picture::{Decoded, Raster, Space};
use super::shrink::{Shrink, full_range};
use super::{Limits, Task, whole};
use crate::opened::Opened;
use crate::walk::{self, boxes};
use crate::{Error, Format};

pub(super) fn decode(task: &Task<'_>) -> Result<Decoded, Error> {
    let mut file = Opened::open(task.path)?;
    let profile = profile(&mut file);
    file.rewind().map_err(Error::reading)?;
    let parsed = avif_parse::AvifData::from_reader(&mut file).map_err(|error| match error {
        // Sequences, and pictures put together from tiles.
        avif_parse::Error::Unsupported(_) => Error::NoPreview(Format::Avif),
        error => Error::damaged(Format::Avif, error.to_string()),
    })?;
    let colour = picture(parsed.primary_item.to_vec(), task.limits)?;
    task.check_size(colour.width(), colour.height())?;
    let planes = Planes::of(&colour);
    let decoded = match parsed.alpha_item {
        Some(alpha) => {
            let alpha = picture(alpha.to_vec(), task.limits)?;
            whole::decoded(planes.with_opacity(&alpha), task)
        }
        None => planes.shrunk(task),
    };
    Ok(Decoded { profile, ..decoded })
}

/// The ICC profile, if the file has one.
fn profile(file: &mut Opened) -> Option<Vec<u8>> {
    let size = file.size;
    let properties = boxes::at_path(file, 0..size, &[b"meta", b"iprp", b"ipco"]).ok()??;
    for property in boxes::inside(file, properties).ok()? {
        if &property.kind == b"colr" {
            let content = walk::bytes(file, &property.content, 16 * 1024 * 1024).ok()?;
            if let [b'p', b'r', b'o', b'f', profile @ ..] | [b'r', b'I', b'C', b'C', profile @ ..] =
                &content[..]
            {
                return Some(profile.to_vec());
            }
        }
    }
    None
}

/// The first frame of a stream.
fn picture(stream: Vec<u8>, limits: &Limits) -> Result<Picture, Error> {
    let damaged = |error: DecoderError| Error::damaged(Format::Avif, error);
    if stream.is_empty() {
        // The decoder takes this for a mistake of ours.
        return Err(Error::damaged(Format::Avif, "no picture in it"));
    }
    let mut settings = Settings::new();
    settings.set_n_threads(1);
    settings.set_max_frame_delay(1);
    settings.set_frame_size_limit(u32::try_from(limits.max_memory / 4).unwrap_or(u32::MAX));
    // Smoothing of block edges is not seen in a picture made small.
    settings.set_inloop_filters(InloopFilterType::empty());
    let mut decoder = Decoder::with_settings(&settings).map_err(damaged)?;
    match decoder.send_data(stream.into_boxed_slice(), None, None, None) {
        Ok(()) | Err(DecoderError::Again) => {}
        Err(error) => return Err(damaged(error)),
    }
    // A still is one unit of data; a stream that asks for more than a few times has none to give.
    for _ in 0..8 {
        match decoder.get_picture() {
            Ok(picture) => return Ok(picture),
            Err(DecoderError::Again) => match decoder.send_pending_data() {
                Ok(()) | Err(DecoderError::Again) => {}
                Err(error) => return Err(damaged(error)),
            },
            Err(error) => return Err(damaged(error)),
        }
    }
    Err(Error::damaged(Format::Avif, "no picture in it"))
}

/// A decoded frame as brightness and two colour differences.
struct Planes {
    width: u32,
    height: u32,
    y: Samples,
    colour: Option<(Samples, Samples)>,
    /// Whether a colour sample stands for two pixels across and two down.
    halved: (u32, u32),
    matrix: Matrix,
    full_range: bool,
}

struct Samples {
    plane: Plane,
    stride: usize,
    depth: usize,
}

#[derive(Clone, Copy, PartialEq)]
enum Matrix {
    /// The planes are green, blue and red.
    Identity,
    /// Weights of red and blue in brightness.
    Weights { red: f32, blue: f32 },
}

impl Planes {
    fn of(picture: &Picture) -> Self {
        let samples = |component: PlanarImageComponent| Samples {
            stride: picture.stride(component) as usize,
            plane: picture.plane(component),
            depth: picture.bit_depth(),
        };
        let halved = match picture.pixel_layout() {
            PixelLayout::I400 | PixelLayout::I444 => (0, 0),
            PixelLayout::I422 => (1, 0),
            PixelLayout::I420 => (1, 1),
        };
        let grey = picture.pixel_layout() == PixelLayout::I400;
        Self {
            width: picture.width(),
            height: picture.height(),
            y: samples(PlanarImageComponent::Y),
            colour: (!grey).then(|| (samples(PlanarImageComponent::U), samples(PlanarImageComponent::V))),
            halved,
            matrix: match picture.matrix_coefficients() {
                MatrixCoefficients::Identity => Matrix::Identity,
                MatrixCoefficients::BT709 => Matrix::Weights { red: 0.2126, blue: 0.0722 },
                MatrixCoefficients::BT2020NonConstantLuminance => {
                    Matrix::Weights { red: 0.2627, blue: 0.0593 }
                }
                _ => Matrix::Weights { red: 0.299, blue: 0.114 },
            },
            full_range: picture.color_range() == YUVRange::Full,
        }
    }

    /// Each plane made small by itself.
    fn shrunk(&self, task: &Task<'_>) -> Decoded {
        let (width, height) = (self.width as usize, self.height as usize);
        let factor = task.factor(width, height);
        let mut planes = vec![self.y.shrunk((width, height), factor)];
        if !self.full_range {
            full_range(&mut planes[0].data, 219);
        }
        let mut space = Space::Gray;
        if let Some((u, v)) = &self.colour {
            let (across, down) = (1 << self.halved.0, 1 << self.halved.1);
            let sides = (width.div_ceil(across), height.div_ceil(down));
            let factor = (factor / across).max(1);
            for plane in [u, v] {
                let mut raster = plane.shrunk(sides, factor);
                let each = |length: usize, halved: usize| length as f64 / halved as f64 / factor as f64;
                raster.extent = (each(width, across), each(height, down));
                if !self.full_range {
                    full_range(&mut raster.data, if self.matrix == Matrix::Identity { 219 } else { 224 });
                }
                planes.push(raster);
            }
            space = match self.matrix {
                Matrix::Identity => {
                    // Green, blue and red.
                    planes.rotate_right(1);
                    Space::Rgb
                }
                Matrix::Weights { red, blue } => {
                    let parts = |weight: f32| (weight * 1e4).round() as u16;
                    Space::YCbCr { red: parts(red), blue: parts(blue) }
                }
            };
        }
        Decoded { size: (self.width, self.height), planes, space, alpha: false, profile: None }
    }

    /// Pixel by pixel: what cannot be seen must not colour what is beside it.
    fn with_opacity(&self, alpha: &Picture) -> DynamicImage {
        let rgb = self.rgb();
        if (alpha.width(), alpha.height()) != rgb.dimensions() {
            return DynamicImage::ImageRgb8(rgb);
        }
        let opacity = Planes::of(alpha);
        let rgba = RgbaImage::from_fn(rgb.width(), rgb.height(), |x, y| {
            let Rgb([r, g, b]) = *rgb.get_pixel(x, y);
            image::Rgba([r, g, b, opacity.opacity(x, y)])
        });
        DynamicImage::ImageRgba8(rgba)
    }

    fn rgb(&self) -> RgbImage {
        RgbImage::from_fn(self.width, self.height, |x, y| {
            let light = self.y.at(x, y);
            let Some((u, v)) = &self.colour else {
                let grey = byte(self.scaled(light, 219.0));
                return Rgb([grey, grey, grey]);
            };
            let (cx, cy) = (x >> self.halved.0, y >> self.halved.1);
            let (u, v) = (u.at(cx, cy), v.at(cx, cy));
            match self.matrix {
                Matrix::Identity => Rgb([
                    byte(self.scaled(v, 219.0)),
                    byte(self.scaled(light, 219.0)),
                    byte(self.scaled(u, 219.0)),
                ]),
                Matrix::Weights { red, blue } => {
                    let light = self.scaled(light, 219.0);
                    let (u, v) = (self.difference(u), self.difference(v));
                    let r = light + 2.0 * (1.0 - red) * v;
                    let b = light + 2.0 * (1.0 - blue) * u;
                    let g = (light - red * r - blue * b) / (1.0 - red - blue);
                    Rgb([byte(r), byte(g), byte(b)])
                }
            }
        })
    }

    fn opacity(&self, x: u32, y: u32) -> u8 {
        byte(self.scaled(self.y.at(x, y), 219.0))
    }

    /// From the range of the stream to 0 to 1.
    fn scaled(&self, sample: f32, span: f32) -> f32 {
        if self.full_range { sample } else { (sample * 255.0 - 16.0) / span }
    }

    /// From the range of the stream to -0.5 to 0.5.
    fn difference(&self, sample: f32) -> f32 {
        let centred = sample - 128.0 / 255.0;
        if self.full_range { centred } else { centred * 255.0 / 224.0 }
    }
}

impl Samples {
    fn shrunk(&self, sides: (usize, usize), factor: usize) -> Raster {
        let mut shrink = Shrink::new(sides, 1, factor);
        let mut row = Vec::with_capacity(sides.0);
        for samples in self.plane.chunks(self.stride.max(1)).take(sides.1) {
            if self.depth <= 8 {
                shrink.row(&samples[..sides.0.min(samples.len())]);
                continue;
            }
            let wide = samples.chunks_exact(2).take(sides.0);
            row.clear();
            row.extend(wide.map(|two| (u16::from_ne_bytes([two[0], two[1]]) >> (self.depth - 8)) as u8));
            shrink.row(&row);
        }
        shrink.finish()
    }

    /// From 0 to 1; what lies outside of the plane is black.
    fn at(&self, x: u32, y: u32) -> f32 {
        let (row, column) = (y as usize * self.stride, x as usize);
        if self.depth <= 8 {
            return f32::from(self.plane.get(row + column).copied().unwrap_or(0)) / 255.0;
        }
        let at = row + column * 2;
        let sample = match self.plane.get(at..at + 2) {
            Some(bytes) => u16::from_ne_bytes([bytes[0], bytes[1]]),
            None => 0,
        };
        f32::from(sample) / ((1_u32 << self.depth) - 1) as f32
    }
}

fn byte(value: f32) -> u8 {
    (value * 255.0).round().clamp(0.0, 255.0) as u8
}
