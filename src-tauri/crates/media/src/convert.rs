//! The same picture in another format: when a site would refuse it as it is, or when the person asks.

mod colour;
mod encode;

use std::fs::{self, File};
use std::io::BufReader;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use fast_image_resize::{FilterType, ResizeAlg, ResizeOptions, Resizer};
use image::metadata::Orientation as Turn;
use image::{DynamicImage, ExtendedColorType, ImageDecoder, ImageFormat, ImageReader};

use crate::heic::{self, Still};
use crate::preview::{self, fitting};
use crate::{Dimensions, Error, Facts, Format, Limits, Orientation, facts, jxl};

/// What a picture is made into.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Target {
    /// Lossy, for photos. What is transparent becomes white.
    Jpeg,
    /// Lossless, for drawings.
    Png,
    /// Lossless and smaller than PNG; not every site takes it.
    Webp,
}

impl Target {
    /// The format that the bytes are in then.
    pub fn format(self) -> Format {
        match self {
            Self::Jpeg => Format::Jpeg,
            Self::Png => Format::Png,
            Self::Webp => Format::Webp,
        }
    }
}

/// How a picture is converted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Wish {
    /// `None` goes by the content: a photo becomes a JPEG, a drawing a PNG, a photo with something transparent a WebP.
    pub target: Option<Target>,
    /// Of a JPEG, 1 to 100.
    pub quality: u8,
    /// Neither side is longer, in pixels.
    pub max_side: Option<u32>,
    /// The file is not larger, in bytes: first a JPEG's quality goes down as far as it is hardly seen, then the size.
    pub max_bytes: Option<u64>,
}

impl Default for Wish {
    /// By the content, with a quality that the eye takes for the original.
    fn default() -> Self {
        Self { target: None, quality: 90, max_side: None, max_bytes: None }
    }
}

/// What was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Converted {
    /// What the bytes are; extension and media type follow from it.
    pub format: Format,
    /// As shown.
    pub dimensions: Dimensions,
    /// In bytes.
    pub size: u64,
}

/// Below this quality one sees it.
const LEAST_QUALITY: u8 = 70;

/// Each round comes near to the size that is wanted; a picture that does not get there in so many never does.
const ROUNDS: usize = 12;

/// Whether a format can be converted here.
pub fn is_convertible(format: Format) -> bool {
    matches!(format, Format::Heic | Format::Jxl) || decoder(format).is_some()
}

/// Writes a picture to `out` in another format: upright, colours as they were (the profile goes along, or they are
/// converted to sRGB when it does not fit), nothing private in it. `out` is made new and removed again when writing
/// fails; an `out` that exists is an error.
///
/// # Errors
/// [`Error::NoPreview`] for what no decoder here reads, [`Error::Animated`], [`Error::TooLarge`] and
/// [`Error::TooMuchMemory`] by `limits`, [`Error::DoesNotFit`] when it cannot be made as small as wished,
/// [`Error::Damaged`], [`Error::Write`], and those of [`crate::inspect`]. Never panics.
pub fn convert(path: &Path, wish: &Wish, limits: &Limits, out: &Path) -> Result<Converted, Error> {
    let (bytes, made) = bytes(path, wish, limits)?;
    write(&bytes, out)?;
    Ok(made)
}

/// The same without a file to write.
pub(crate) fn bytes(path: &Path, wish: &Wish, limits: &Limits) -> Result<(Vec<u8>, Converted), Error> {
    let facts = facts::without_place(path)?;
    // Decoders are other people's code on bytes from anywhere; one that gives up costs this conversion alone.
    let made = catch_unwind(AssertUnwindSafe(|| make(path, &facts, wish, limits)));
    made.unwrap_or_else(|_| Err(Error::damaged(facts.format, "the decoder gave up")))
}

/// Makes `out` new of what was converted.
pub(crate) fn write(bytes: &[u8], out: &Path) -> Result<(), Error> {
    let mut file = File::create_new(out).map_err(Error::Write)?;
    std::io::Write::write_all(&mut file, bytes).map_err(|error| {
        // Half a picture is nothing to keep; that it could not be written is said either way.
        drop(fs::remove_file(out));
        Error::Write(error)
    })
}

fn make(path: &Path, facts: &Facts, wish: &Wish, limits: &Limits) -> Result<(Vec<u8>, Converted), Error> {
    if !is_convertible(facts.format) {
        return Err(Error::NoPreview(facts.format));
    }
    if facts.animated {
        return Err(Error::Animated);
    }
    let Picture { mut pixels, profile } = match decoder(facts.format) {
        Some(decoder) => decode(path, facts, decoder, limits)?,
        None if facts.format == Format::Jxl => decode_jxl(path, limits)?,
        None => decode_heic(path, facts.orientation, limits)?,
    };
    let target = wish.target.unwrap_or_else(|| encode::target_for(&pixels));
    if let Some(max) = wish.max_side {
        pixels = within(pixels, max);
    }
    let mut quality = wish.quality.clamp(1, 100);
    for _ in 0..ROUNDS {
        let bytes = encode::encode(&pixels, profile.as_deref(), target, quality)
            .map_err(|error| Error::damaged(facts.format, error))?;
        let size = bytes.len() as u64;
        let Some(max) = wish.max_bytes.filter(|max| size > *max) else {
            let dimensions = Dimensions { width: pixels.width(), height: pixels.height() };
            return Ok((bytes, Converted { format: target.format(), dimensions, size }));
        };
        if target == Target::Jpeg && quality > LEAST_QUALITY {
            quality = quality.saturating_sub(8).max(LEAST_QUALITY);
            continue;
        }
        // Bytes go with the area; a little less, so that the next round is likely the last.
        let scale = (max as f64 / size as f64).sqrt() * 0.95;
        let longest = pixels.width().max(pixels.height());
        let side = (f64::from(longest) * scale) as u32;
        if side == 0 {
            break;
        }
        pixels = within(pixels, side);
    }
    Err(Error::DoesNotFit)
}

struct Picture {
    /// Upright.
    pixels: DynamicImage,
    /// The colour profile of these pixels; none is sRGB.
    profile: Option<Vec<u8>>,
}

/// Those of `image`.
fn decoder(format: Format) -> Option<ImageFormat> {
    Some(match format {
        Format::Jpeg => ImageFormat::Jpeg,
        Format::Png => ImageFormat::Png,
        Format::Gif => ImageFormat::Gif,
        Format::Webp => ImageFormat::WebP,
        Format::Bmp => ImageFormat::Bmp,
        Format::Tiff => ImageFormat::Tiff,
        Format::Ico => ImageFormat::Ico,
        _ => return None,
    })
}

fn decode(path: &Path, facts: &Facts, format: ImageFormat, limits: &Limits) -> Result<Picture, Error> {
    let Some(Dimensions { width, height }) = facts.dimensions else {
        return Err(Error::damaged(facts.format, "it does not say how large it is"));
    };
    limits.check_size(width, height)?;
    let failed = |error| Error::decoding(facts.format, error);
    let file = File::open(path).map_err(Error::reading)?;
    let mut reader = ImageReader::with_format(BufReader::new(file), format);
    let mut bounds = image::Limits::default();
    bounds.max_alloc = Some(limits.max_memory);
    reader.limits(bounds);
    let mut decoder = reader.into_decoder().map_err(failed)?;
    let orientation = decoder.orientation().map_err(failed)?;
    let profile = decoder.icc_profile().map_err(failed)?;
    if decoder.original_color_type() == ExtendedColorType::Cmyk8 {
        // Colours of light by the profile of the inks, which `image` does not look at.
        let pixels = preview::whole_in_srgb(path, facts, limits)?;
        return Ok(Picture { pixels: pixels.into(), profile: None });
    }
    let mut pixels = DynamicImage::from_decoder(decoder).map_err(failed)?;
    pixels.apply_orientation(orientation);
    Ok(Picture { profile: profile.filter(|profile| colour::fits(profile, &pixels)), pixels })
}

fn decode_jxl(path: &Path, limits: &Limits) -> Result<Picture, Error> {
    let (pixels, profile) = jxl::decode(path, limits)?;
    Ok(Picture { profile: Some(profile).filter(|profile| colour::fits(profile, &pixels)), pixels })
}

fn decode_heic(path: &Path, orientation: Orientation, limits: &Limits) -> Result<Picture, Error> {
    let bytes = heic::read(path, limits)?;
    let still = Still::open(&bytes, limits)?;
    let mut pixels = still.pixels()?;
    pixels.apply_orientation(match orientation {
        Orientation::Upright => Turn::NoTransforms,
        Orientation::Mirrored => Turn::FlipHorizontal,
        Orientation::HalfTurn => Turn::Rotate180,
        Orientation::Flipped => Turn::FlipVertical,
        Orientation::Transposed => Turn::Rotate90FlipH,
        Orientation::QuarterTurn => Turn::Rotate90,
        Orientation::Transversed => Turn::Rotate270FlipH,
        Orientation::ThreeQuarterTurn => Turn::Rotate270,
    });
    Ok(Picture { profile: still.profile.filter(|profile| colour::fits(profile, &pixels)), pixels })
}

/// As large as it is, or smaller with the same shape; never enlarged.
fn within(picture: DynamicImage, side: u32) -> DynamicImage {
    let whole = (picture.width(), picture.height());
    let (width, height) = if side == 0 { whole } else { fitting(whole, side) };
    if (width, height) == whole {
        return picture;
    }
    let mut small = DynamicImage::new(width, height, picture.color());
    let options = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::Lanczos3));
    match Resizer::new().resize(&picture, &mut small, &options) {
        Ok(()) => small,
        // Kinds of pixels that it does not know.
        Err(_) => picture.resize_exact(width, height, image::imageops::FilterType::Lanczos3),
    }
}
