//! Turns and mirrors a small picture.

use super::picture::Small;
use crate::Orientation;

/// Upright, as the orientation says.
pub(super) fn upright(picture: Small, orientation: Orientation) -> Small {
    if orientation == Orientation::Upright {
        return picture;
    }
    let (w, h) = (picture.width, picture.height);
    let (width, height) = if orientation.turns() { (h, w) } else { (w, h) };
    let channels = picture.channels();
    let mut data = Vec::with_capacity(picture.data.len());
    for y in 0..height {
        for x in 0..width {
            let (sx, sy) = match orientation {
                Orientation::Upright => (x, y),
                Orientation::Mirrored => (w - 1 - x, y),
                Orientation::HalfTurn => (w - 1 - x, h - 1 - y),
                Orientation::Flipped => (x, h - 1 - y),
                Orientation::Transposed => (y, x),
                Orientation::QuarterTurn => (y, h - 1 - x),
                Orientation::Transversed => (w - 1 - y, h - 1 - x),
                Orientation::ThreeQuarterTurn => (w - 1 - y, x),
            };
            let at = (sy * w + sx) * channels;
            data.extend_from_slice(&picture.data[at..at + channels]);
        }
    }
    Small { width, height, data, ..picture }
}
