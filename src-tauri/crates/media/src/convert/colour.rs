//! Whether a colour profile is one for the pixels at hand.

use image::DynamicImage;

/// Where a profile says what its numbers are.
const KIND: std::ops::Range<usize> = 16..20;

/// A profile for red, green and blue fits these, one for grey fits grey; one for inks fits nothing that a screen shows.
pub(super) fn fits(profile: &[u8], pixels: &DynamicImage) -> bool {
    let grey = !pixels.color().has_color();
    match profile.get(KIND) {
        Some(b"RGB ") => !grey,
        Some(b"GRAY") => grey,
        _ => false,
    }
}
