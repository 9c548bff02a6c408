//! Makes a decoded picture small.

use fast_image_resize::{FilterType, ResizeAlg, ResizeOptions, Resizer};
use image::{DynamicImage, RgbImage, RgbaImage};

/// Fits a picture into a square, keeping its shape; never enlarged, never thinner than one pixel.
pub(super) fn into_box(picture: DynamicImage, box_px: u32) -> DynamicImage {
    let (width, height) = (picture.width(), picture.height());
    let longest = width.max(height);
    if longest <= box_px {
        return picture;
    }
    let side = |side: u32| {
        let scaled = (u64::from(side) * u64::from(box_px) + u64::from(longest) / 2) / u64::from(longest);
        u32::try_from(scaled).unwrap_or(box_px).max(1)
    };
    let (small_width, small_height) = (side(width), side(height));
    let source = if picture.color().has_alpha() {
        DynamicImage::ImageRgba8(picture.into_rgba8())
    } else {
        DynamicImage::ImageRgb8(picture.into_rgb8())
    };
    let mut small = if source.color().has_alpha() {
        DynamicImage::ImageRgba8(RgbaImage::new(small_width, small_height))
    } else {
        DynamicImage::ImageRgb8(RgbImage::new(small_width, small_height))
    };
    let options = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::Lanczos3));
    match Resizer::new().resize(&source, &mut small, &options) {
        Ok(()) => small,
        // Only for kinds of pixels that were ruled out above.
        Err(_) => source.thumbnail(small_width, small_height),
    }
}
