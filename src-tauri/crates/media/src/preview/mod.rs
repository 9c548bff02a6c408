//! Small pictures of pictures.

use std::path::Path;

use crate::Error;

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
    let _ = (path, box_px, limits);
    todo!()
}
