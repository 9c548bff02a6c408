//! Small pictures of pictures.

mod avif;
mod fit;

use std::fs::File;
use std::io::{BufReader, Cursor};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use image::{DynamicImage, ImageFormat, ImageReader};

use crate::{Error, Facts, Format, Orientation, inspect, walk};

/// Good enough to look at, small enough to keep thousands.
const JPEG_QUALITY: u8 = 82;

/// What a decoder may use. A file that asks for more is refused with a reason before memory is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Longest side in pixels.
    pub max_side: u32,
    /// Width times height in pixels.
    pub max_pixels: u64,
    /// Bytes that one preview may hold at a time.
    pub max_memory: u64,
}

impl Default for Limits {
    /// 32,768 a side, 256 million pixels, 300 MB.
    fn default() -> Self {
        Self { max_side: 32_768, max_pixels: 256_000_000, max_memory: 300_000_000 }
    }
}

/// A small picture, upright, encoded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    /// The encoded picture.
    pub bytes: Vec<u8>,
    /// `image/png` when anything is transparent, else `image/jpeg`.
    pub mime: &'static str,
    /// Pixels from left to right.
    pub width: u32,
    /// Pixels from top to bottom.
    pub height: u32,
}

/// Makes a preview that fits into a square of `box_px`: upright, first frame only, never enlarged.
///
/// # Errors
/// [`Error::NoPreview`] for clips and for pictures that no decoder here reads; [`Error::TooLarge`] and
/// [`Error::TooMuchMemory`] by `limits`; [`Error::Damaged`]; and those of [`crate::inspect`]. Never panics.
pub fn preview(path: &Path, box_px: u32, limits: &Limits) -> Result<Preview, Error> {
    let facts = inspect(path)?;
    // Decoders are other people's code on bytes from anywhere. One that gives up by a panic costs this preview and
    // nothing else: it owns all that it touches, and that is dropped here.
    let made = catch_unwind(AssertUnwindSafe(|| make(path, &facts, box_px.max(1), limits)));
    made.unwrap_or_else(|_| Err(Error::damaged(facts.format, "the decoder gave up")))
}

fn make(path: &Path, facts: &Facts, box_px: u32, limits: &Limits) -> Result<Preview, Error> {
    let format = match facts.format {
        Format::Jpeg => ImageFormat::Jpeg,
        Format::Png => ImageFormat::Png,
        Format::Gif => ImageFormat::Gif,
        Format::Webp => ImageFormat::WebP,
        Format::Bmp => ImageFormat::Bmp,
        Format::Tiff => ImageFormat::Tiff,
        Format::Ico => ImageFormat::Ico,
        Format::Avif => {
            check(facts, limits)?;
            let picture = avif::decode(path, limits)?;
            return encode(facts.format, &turned(fit::into_box(picture, box_px), facts.orientation));
        }
        other => return Err(Error::NoPreview(other)),
    };
    check(facts, limits)?;
    if facts.format == Format::Jpeg {
        check_progressive(path, facts, limits)?;
    }
    let picture = decode(path, facts.format, format, limits)?;
    encode(facts.format, &turned(fit::into_box(picture, box_px), facts.orientation))
}

/// By what the header claims, before anything is decoded.
fn check(facts: &Facts, limits: &Limits) -> Result<(), Error> {
    let Some(claimed) = facts.dimensions else {
        return Err(Error::damaged(facts.format, "it does not say how large it is"));
    };
    let (width, height) = (claimed.width, claimed.height);
    let pixels = u64::from(width) * u64::from(height);
    if width > limits.max_side || height > limits.max_side || pixels > limits.max_pixels {
        return Err(Error::TooLarge { width, height });
    }
    if pixels.saturating_mul(3) > limits.max_memory {
        return Err(Error::TooMuchMemory);
    }
    Ok(())
}

/// A progressive picture keeps its coefficients, two bytes each, beside the pixels until its last scan.
fn check_progressive(path: &Path, facts: &Facts, limits: &Limits) -> Result<(), Error> {
    let inside = |error| Error::inside(Format::Jpeg, error);
    let mut file = File::open(path).map_err(Error::reading)?;
    let parts = walk::jpeg::walk(&mut file, facts.size, true).map_err(inside)?;
    let progressive =
        parts.segments.iter().any(|segment| matches!(segment.marker, 0xC2 | 0xC6 | 0xCA | 0xCE));
    let pixels = facts.dimensions.map_or(0, |d| u64::from(d.width) * u64::from(d.height));
    if progressive && pixels.saturating_mul(9) > limits.max_memory {
        Err(Error::TooMuchMemory)
    } else {
        Ok(())
    }
}

fn decode(path: &Path, format: Format, decoder: ImageFormat, limits: &Limits) -> Result<DynamicImage, Error> {
    let file = File::open(path).map_err(Error::reading)?;
    let mut reader = ImageReader::with_format(BufReader::new(file), decoder);
    let mut bounds = image::Limits::default();
    bounds.max_image_width = Some(limits.max_side);
    bounds.max_image_height = Some(limits.max_side);
    bounds.max_alloc = Some(limits.max_memory);
    reader.limits(bounds);
    reader.decode().map_err(|error| match error {
        image::ImageError::Limits(_) => Error::TooMuchMemory,
        image::ImageError::Unsupported(_) => Error::NoPreview(format),
        image::ImageError::IoError(error) => Error::inside(format, error),
        other => Error::damaged(format, other),
    })
}

/// Turned when it is small already, which costs next to nothing.
fn turned(picture: DynamicImage, orientation: Orientation) -> DynamicImage {
    match orientation {
        Orientation::Upright => picture,
        Orientation::Mirrored => picture.fliph(),
        Orientation::HalfTurn => picture.rotate180(),
        Orientation::Flipped => picture.flipv(),
        Orientation::Transposed => picture.rotate90().fliph(),
        Orientation::QuarterTurn => picture.rotate90(),
        Orientation::Transversed => picture.rotate270().fliph(),
        Orientation::ThreeQuarterTurn => picture.rotate270(),
    }
}

fn encode(format: Format, picture: &DynamicImage) -> Result<Preview, Error> {
    let (width, height) = (picture.width(), picture.height());
    let see_through =
        picture.color().has_alpha() && picture.to_rgba8().pixels().any(|pixel| pixel.0[3] < 255);
    let mut bytes = Vec::new();
    let (mime, written) = if see_through {
        ("image/png", picture.to_rgba8().write_to(&mut Cursor::new(&mut bytes), ImageFormat::Png))
    } else {
        let encoder = image::codecs::jpeg::JpegEncoder::new_with_quality(&mut bytes, JPEG_QUALITY);
        ("image/jpeg", picture.to_rgb8().write_with_encoder(encoder))
    };
    written.map_err(|error| Error::damaged(format, error))?;
    Ok(Preview { bytes, mime, width, height })
}
