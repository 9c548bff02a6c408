//! What a file says about itself, read from its headers; no picture data is decoded.

use std::path::Path;

use crate::{Error, Format};

/// Width and height in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Dimensions {
    /// Pixels from left to right.
    pub width: u32,
    /// Pixels from top to bottom.
    pub height: u32,
}

/// How stored pixels are to be turned and mirrored before they are shown: the eight values of EXIF.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Orientation {
    /// 1: as stored.
    #[default]
    Upright,
    /// 2: mirrored left to right.
    Mirrored,
    /// 3: turned by 180 degrees.
    HalfTurn,
    /// 4: mirrored top to bottom.
    Flipped,
    /// 5: mirrored left to right, then turned 270 degrees clockwise.
    Transposed,
    /// 6: to be turned 90 degrees clockwise.
    QuarterTurn,
    /// 7: mirrored left to right, then turned 90 degrees clockwise.
    Transversed,
    /// 8: to be turned 270 degrees clockwise.
    ThreeQuarterTurn,
}

/// What is known of one picture or clip without decoding it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// Told by the bytes.
    pub format: Format,
    /// Length of the file in bytes.
    pub size: u64,
    /// As shown, orientation applied. `None` when the file does not say or is too damaged to tell.
    pub dimensions: Option<Dimensions>,
    /// How the stored pixels are to be turned to be shown.
    pub orientation: Orientation,
    /// More than one frame (GIF, WebP, APNG, AVIF sequence). Clips are not `animated`.
    pub animated: bool,
    /// Length of a clip in milliseconds; `None` for pictures and for clips that do not say.
    pub duration_ms: Option<u64>,
    /// The file carries a place: GPS in EXIF or XMP, or a location atom in a clip.
    pub has_location: bool,
    /// EXIF ImageDescription, trimmed; a site takes it as the title when none is given. `None` when blank.
    pub title_hint: Option<String>,
}

/// Reads the facts of one file. Reads headers only, a few kilobytes of a file of any length.
///
/// # Errors
/// [`Error::Missing`], [`Error::Unreadable`], [`Error::Empty`], [`Error::NotAPicture`]. Damage behind the first
/// bytes is no error here: what cannot be read is `None`.
pub fn inspect(path: &Path) -> Result<Facts, Error> {
    let _ = path;
    todo!()
}
