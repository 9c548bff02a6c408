//! AVIF: the container's first picture, decoded and turned into RGB.

use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use image::{DynamicImage, Rgb, RgbImage, RgbaImage};
use re_rav1d::dav1d::{
    Decoder, Error as DecoderError, InloopFilterType, Picture, PixelLayout, PlanarImageComponent, Plane,
    Settings,
    pixel::{MatrixCoefficients, YUVRange},
};

use super::Limits;
use crate::{Error, Format};

pub(super) fn decode(path: &Path, limits: &Limits) -> Result<DynamicImage, Error> {
    let damaged = |detail: String| Error::damaged(Format::Avif, detail);
    let file = File::open(path).map_err(Error::reading)?;
    let parsed =
        avif_parse::AvifData::from_reader(&mut BufReader::new(file)).map_err(|error| match error {
            // Sequences, and pictures put together from tiles.
            avif_parse::Error::Unsupported(_) => Error::NoPreview(Format::Avif),
            error => damaged(error.to_string()),
        })?;
    let colour = picture(parsed.primary_item.to_vec(), limits)?;
    let rgb = Planes::of(&colour).rgb();
    let Some(alpha) = parsed.alpha_item else { return Ok(DynamicImage::ImageRgb8(rgb)) };
    let alpha = picture(alpha.to_vec(), limits)?;
    if (alpha.width(), alpha.height()) != rgb.dimensions() {
        return Ok(DynamicImage::ImageRgb8(rgb));
    }
    let opacity = Planes::of(&alpha);
    let rgba = RgbaImage::from_fn(rgb.width(), rgb.height(), |x, y| {
        let Rgb([r, g, b]) = *rgb.get_pixel(x, y);
        image::Rgba([r, g, b, opacity.opacity(x, y)])
    });
    Ok(DynamicImage::ImageRgba8(rgba))
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

#[derive(Clone, Copy)]
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
