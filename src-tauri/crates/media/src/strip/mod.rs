//! The same picture without what is private in it.

use std::path::Path;

use crate::Error;

/// What the user wants to keep to themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Privacy {
    /// Everything that is not needed to show the picture as it is.
    #[default]
    All,
    /// Only where it was taken. An XMP packet goes as a whole, as it may hold the place in many ways.
    LocationOnly,
    /// Nothing: the file is sent as it is.
    Off,
}

/// A kind of thing that was taken out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Removed {
    /// Where it was taken.
    Location,
    /// Make, model, lens, exposure, maker notes.
    Camera,
    /// Serial numbers and unique ids.
    Serial,
    /// Names of people: artist, owner, copyright.
    Owner,
    /// Descriptions, titles, keywords (EXIF, IPTC, XMP).
    Captions,
    /// Comments and text chunks.
    Comments,
    /// When it was taken or changed.
    Dates,
    /// The program that wrote it and its history.
    Software,
    /// Small pictures inside, which may show more than the picture itself.
    Thumbnail,
    /// Whatever follows the end of the picture: second pictures, short clips, leftovers of a crop.
    Trailer,
    /// Anything else that is not part of the picture.
    Other,
}

/// What stripping came to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Stripped {
    /// `false`: nothing private was inside and nothing was written; the original can be sent as it is.
    pub changed: bool,
    /// What was taken out, each kind once, in the order of [`Removed`].
    pub removed: Vec<Removed>,
}

/// Writes a copy of `path` to `out` without what `level` takes out. Lossless: the compressed picture data is the
/// same byte for byte, colour profile and orientation stay. JPEG, PNG (APNG), GIF and WebP; every other format
/// is left alone (`changed: false`). `out` is made new and removed again when writing fails; an `out` that
/// exists is an error, so it can never be the user's file.
///
/// # Errors
/// [`Error::Damaged`] when the file does not keep to its format so that nothing can be promised,
/// [`Error::Write`], and those of [`crate::inspect`]. Never panics.
pub fn strip(path: &Path, level: Privacy, out: &Path) -> Result<Stripped, Error> {
    let _ = (path, level, out);
    todo!()
}
