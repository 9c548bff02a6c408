//! Writes a picture as JPEG, PNG or WebP.

use std::collections::HashSet;

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::codecs::webp::WebPEncoder;
use image::{DynamicImage, GenericImageView, ImageEncoder, ImageResult};

use super::Target;

/// So many places of a picture are looked at.
const PLACES: u32 = 64;

/// A drawing has few colours: of 4,096 places of a photo nearly each has its own.
const FEW: usize = 512;

/// By the content: a photo as JPEG, a drawing as PNG, a photo with something transparent as WebP.
pub(super) fn target_for(picture: &DynamicImage) -> Target {
    let is_drawing = colours(picture) <= FEW;
    match (is_drawing, is_see_through(picture)) {
        (true, _) => Target::Png,
        (false, true) => Target::Webp,
        (false, false) => Target::Jpeg,
    }
}

/// How many colours are found on a grid laid over the picture.
fn colours(picture: &DynamicImage) -> usize {
    let (width, height) = (picture.width(), picture.height());
    let (across, down) = (width.min(PLACES), height.min(PLACES));
    let places = (0..down).flat_map(|y| (0..across).map(move |x| (x, y)));
    let at = |x: u32, y: u32| picture.get_pixel(x * width / across, y * height / down).0;
    places.map(|(x, y)| at(x, y)).collect::<HashSet<_>>().len()
}

fn is_see_through(picture: &DynamicImage) -> bool {
    picture.color().has_alpha() && picture.to_rgba8().pixels().any(|pixel| pixel.0[3] < 255)
}

pub(super) fn encode(
    picture: &DynamicImage,
    profile: Option<&[u8]>,
    target: Target,
    quality: u8,
) -> ImageResult<Vec<u8>> {
    let mut bytes = Vec::new();
    match target {
        Target::Jpeg => {
            write(&for_jpeg(picture), JpegEncoder::new_with_quality(&mut bytes, quality), profile)?;
        }
        Target::Png => {
            let encoder =
                PngEncoder::new_with_quality(&mut bytes, CompressionType::Default, FilterType::Adaptive);
            write(picture, encoder, profile)?;
        }
        Target::Webp => {
            let pixels: DynamicImage =
                if is_see_through(picture) { picture.to_rgba8().into() } else { picture.to_rgb8().into() };
            // Its pixels are never grey, so a profile for grey would not fit them.
            let profile = profile.filter(|_| picture.color().has_color());
            write(&pixels, WebPEncoder::new_lossless(&mut bytes), profile)?;
        }
    }
    Ok(bytes)
}

fn write(picture: &DynamicImage, mut encoder: impl ImageEncoder, profile: Option<&[u8]>) -> ImageResult<()> {
    if let Some(profile) = profile {
        encoder.set_icc_profile(profile.to_vec()).map_err(image::ImageError::Unsupported)?;
    }
    picture.write_with_encoder(encoder)
}

/// Eight bits, and white where it is transparent: JPEG knows neither more nor less.
fn for_jpeg(picture: &DynamicImage) -> DynamicImage {
    if !is_see_through(picture) {
        return if picture.color().has_color() {
            picture.to_rgb8().into()
        } else {
            picture.to_luma8().into()
        };
    }
    let mut pixels = picture.to_rgba8();
    for pixel in pixels.pixels_mut() {
        let [.., alpha] = pixel.0;
        let over_white = |part: u8| {
            let alpha = u32::from(alpha);
            ((u32::from(part) * alpha + 255 * (255 - alpha) + 127) / 255) as u8
        };
        pixel.0 = [over_white(pixel.0[0]), over_white(pixel.0[1]), over_white(pixel.0[2]), 255];
    }
    DynamicImage::from(pixels).into_rgb8().into()
}
