//! What the site makes of a file: its measures, an upright or smaller copy, thumbnail and medium.

use std::io::Cursor;

use crate::{
    exif::{self, Exif},
    sniff::{self, Kind},
};
use image::{
    AnimationDecoder, DynamicImage, GenericImageView, ImageDecoder, ImageFormat, ImageReader, Rgb, RgbImage,
    codecs::{gif::GifDecoder, jpeg::JpegEncoder, webp::WebPDecoder},
    imageops::FilterType,
    metadata::Orientation,
};

/// Edge of the square thumbnail, pixels.
pub(crate) const THUMB: u32 = 160;
/// Width of the medium picture, pixels. Narrower pictures have none, unless they move.
pub(crate) const MEDIUM: u32 = 500;

/// What the site keeps beside the bytes it got.
#[derive(Debug, Default)]
pub(crate) struct Picture {
    pub(crate) width: u32,
    pub(crate) height: u32,
    /// Seconds; clips only.
    pub(crate) duration: u32,
    pub(crate) animated: bool,
    /// New bytes where the site changed the file, with the kind they are of now.
    pub(crate) changed: Option<(Vec<u8>, Kind)>,
    /// The change was a smaller width.
    pub(crate) resized: bool,
    /// What the file had become before it was made smaller, where it was changed before that too.
    pub(crate) before_resize: Option<Vec<u8>>,
    pub(crate) thumb: Vec<u8>,
    pub(crate) medium: Option<Vec<u8>>,
    /// First frame of a clip.
    pub(crate) frame: Option<Vec<u8>>,
    pub(crate) exif: Exif,
}

/// Why a file is refused once its kind is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Flaw {
    Unreadable,
    WiderThanPicture,
    NegativeWidth,
}

/// Looks at a file and makes its copies. `width` is the uploader's wish (0 none), `max_width` the site's (0 none).
pub(crate) fn develop(bytes: &[u8], kind: Kind, width: i64, max_width: u32) -> Result<Picture, Flaw> {
    if kind.is_clip() {
        return Ok(clip(bytes, kind));
    }
    if kind == Kind::Avif {
        let size = sniff::measure(kind, bytes);
        // A real site would decode it, and make it smaller. This one looks at the wish and leaves the picture as it
        // is, small as most AVIF files are.
        target_width(size.width, width, 0)?;
        let medium = (size.width > MEDIUM).then(|| bytes.to_vec());
        return Ok(Picture {
            width: size.width,
            height: size.height,
            thumb: bytes.to_vec(),
            medium,
            ..Picture::default()
        });
    }
    still(bytes, kind, width, max_width)
}

fn clip(bytes: &[u8], kind: Kind) -> Picture {
    let size = sniff::measure(kind, bytes);
    let (width, height) = (size.width.max(1), size.height.max(1));
    Picture {
        width,
        height,
        duration: size.duration,
        thumb: jpeg(&placeholder(THUMB, THUMB), 85),
        frame: Some(jpeg(&placeholder(width.min(640), (height * width.min(640) / width).max(1)), 85)),
        ..Picture::default()
    }
}

fn still(bytes: &[u8], kind: Kind, width: i64, max_width: u32) -> Result<Picture, Flaw> {
    let format = format(kind);
    let mut decoder =
        ImageReader::with_format(Cursor::new(bytes), format).into_decoder().map_err(|_| Flaw::Unreadable)?;
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let (full_width, full_height) = decoder.dimensions();
    let decoded = DynamicImage::from_decoder(decoder);
    let mut image = match (decoded, kind) {
        (Ok(image), _) => image,
        // A JPEG whose head is good is taken, whatever follows.
        (Err(_), Kind::Jpeg) => placeholder(full_width.clamp(1, 2_000), full_height.clamp(1, 2_000)),
        (Err(_), _) => return Err(Flaw::Unreadable),
    };
    image.apply_orientation(orientation);
    let animated = is_animated(bytes, kind);
    let mut picture = Picture { animated, exif: exif::read(bytes, kind), ..Picture::default() };
    let target = if animated { None } else { target_width(image.width(), width, max_width)? };
    let turned = kind == Kind::Jpeg && orientation != Orientation::NoTransforms;
    let converted = turned || kind == Kind::Bmp;
    if let Some(width) = target {
        picture.before_resize = converted.then(|| encode(&image, kind));
        image = shrink(&image, width);
        picture.resized = true;
    }
    if picture.resized || converted {
        let kind = if kind == Kind::Bmp { Kind::Png } else { kind };
        picture.changed = Some((encode(&image, kind), kind));
    }
    (picture.width, picture.height) = image.dimensions();
    picture.thumb = encode(&image.resize_to_fill(THUMB, THUMB, FilterType::Triangle), kind);
    if image.width() > MEDIUM || animated {
        picture.medium = Some(encode(&shrink(&image, MEDIUM), kind));
    }
    Ok(picture)
}

/// The width to shrink to, `None` to leave the picture alone.
fn target_width(actual: u32, wish: i64, max: u32) -> Result<Option<u32>, Flaw> {
    let wish = match u32::try_from(wish) {
        Ok(wish) if wish > actual => return Err(Flaw::WiderThanPicture),
        Ok(wish) => wish,
        Err(_) if wish < 0 => return Err(Flaw::NegativeWidth),
        Err(_) => return Err(Flaw::WiderThanPicture),
    };
    let width = [wish, max].into_iter().filter(|width| *width > 0).min();
    Ok(width.filter(|width| *width < actual))
}

fn shrink(image: &DynamicImage, width: u32) -> DynamicImage {
    let height = (f64::from(image.height()) * f64::from(width) / f64::from(image.width())).round() as u32;
    image.resize_exact(width, height.max(1), FilterType::Triangle)
}

fn format(kind: Kind) -> ImageFormat {
    match kind {
        Kind::Png => ImageFormat::Png,
        Kind::Gif => ImageFormat::Gif,
        Kind::Webp => ImageFormat::WebP,
        Kind::Bmp => ImageFormat::Bmp,
        _ => ImageFormat::Jpeg,
    }
}

/// Encodes in the kind's own format (BMP as PNG). What an encoder cannot take becomes a grey picture.
fn encode(image: &DynamicImage, kind: Kind) -> Vec<u8> {
    let image = match kind {
        Kind::Jpeg => return jpeg(image, 90),
        // The encoders of these take eight bits per channel.
        Kind::Gif | Kind::Webp => DynamicImage::ImageRgba8(image.to_rgba8()),
        _ => image.clone(),
    };
    let format = if kind == Kind::Bmp { ImageFormat::Png } else { format(kind) };
    let mut bytes = Vec::new();
    match image.write_to(&mut Cursor::new(&mut bytes), format) {
        Ok(()) => bytes,
        Err(_) => jpeg(&placeholder(image.width(), image.height()), 80),
    }
}

fn jpeg(image: &DynamicImage, quality: u8) -> Vec<u8> {
    let mut bytes = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut bytes, quality);
    // Writing to memory cannot fail, and RGB of any size that was decoded can be written.
    match image.to_rgb8().write_with_encoder(encoder) {
        Ok(()) => bytes,
        Err(_) => Vec::new(),
    }
}

/// A neutral grey picture.
fn placeholder(width: u32, height: u32) -> DynamicImage {
    DynamicImage::ImageRgb8(RgbImage::from_pixel(width, height, Rgb([0x9A, 0xA0, 0xA6])))
}

fn is_animated(bytes: &[u8], kind: Kind) -> bool {
    match kind {
        Kind::Gif => GifDecoder::new(Cursor::new(bytes))
            .is_ok_and(|decoder| decoder.into_frames().take(2).filter(Result::is_ok).count() > 1),
        Kind::Webp => WebPDecoder::new(Cursor::new(bytes)).is_ok_and(|decoder| decoder.has_animation()),
        _ => false,
    }
}
