//! Small pictures of pictures.
//!
//! A decoder hands over its picture at some size that is at least the one wanted, best without ever holding more of
//! it; [`fit`] brings it there, [`turn`] sets it upright, [`colour`] converts it to sRGB, [`encode`] writes it.

mod avif;
mod bmp;
mod colour;
mod encode;
mod fit;
mod gif;
mod heic;
mod jpeg;
mod jxl;
mod picture;
mod png;
mod shrink;
mod tiff;
mod turn;
mod webp;
mod whole;

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::time::{Duration, Instant};

use image::{ImageFormat, RgbImage};

use crate::{Error, Facts, Format, Orientation, facts};

use self::picture::Decoded;

pub(crate) use self::fit::target as fitting;

/// What a decoder may use. A file that asks for more is refused with a reason before memory is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Longest side in pixels.
    pub max_side: u32,
    /// Width times height in pixels.
    pub max_pixels: u64,
    /// Bytes that one preview may hold at a time.
    pub max_memory: u64,
    /// Time for one preview. Decoders that work row by row keep to it; the others are bounded by what they may hold.
    pub max_time: Duration,
}

impl Default for Limits {
    /// 32,768 a side, 256 million pixels, 300 MB, 20 seconds.
    fn default() -> Self {
        Self {
            max_side: 32_768,
            max_pixels: 256_000_000,
            max_memory: 300_000_000,
            max_time: Duration::from_secs(20),
        }
    }
}

impl Limits {
    /// Whether a picture may have these sides.
    pub(crate) fn check_size(&self, width: u32, height: u32) -> Result<(), Error> {
        let pixels = u64::from(width) * u64::from(height);
        if width > self.max_side || height > self.max_side || pixels > self.max_pixels {
            return Err(Error::TooLarge { width, height });
        }
        Ok(())
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

/// Makes a preview that fits into a square of `box_px`: upright, first frame only, in sRGB, never enlarged.
///
/// A picture that is too large to be decoded within the limits may come out smaller than asked for.
///
/// # Errors
/// [`Error::NoPreview`] for clips (see [`crate::Decoder`]) and for pictures that no decoder here reads; [`Error::TooLarge`],
/// [`Error::TooMuchMemory`] and [`Error::TooSlow`] by `limits`; [`Error::Damaged`]; and those of [`crate::inspect`].
/// Never panics.
pub fn preview(path: &Path, box_px: u32, limits: &Limits) -> Result<Preview, Error> {
    let facts = facts::without_place(path)?;
    let task = Task {
        path,
        format: facts.format,
        box_px: box_px.clamp(1, MOST_PX),
        limits,
        until: Instant::now().checked_add(limits.max_time),
    };
    guarded(facts.format, || {
        if let Some(claimed) = facts.dimensions {
            task.check_size(claimed.width, claimed.height)?;
        }
        finish(decode(&task)?, &task, facts.orientation)
    })
}

/// A preview of a frame of a clip, which another program has made: a bitmap, upright.
pub(crate) fn of_frame(format: Format, bmp: &[u8], box_px: u32, limits: &Limits) -> Result<Preview, Error> {
    let task = Task { path: Path::new(""), format, box_px: box_px.clamp(1, MOST_PX), limits, until: None };
    guarded(format, || {
        let decoded = bmp::decode_from(Cursor::new(bmp), &task)?;
        finish(decoded, &task, Orientation::Upright)
    })
}

/// Decoders are other people's code on bytes from anywhere. One that gives up by a panic costs this preview and
/// nothing else: it owns all that it touches, and that is dropped here.
fn guarded(format: Format, make: impl FnOnce() -> Result<Preview, Error>) -> Result<Preview, Error> {
    let made = catch_unwind(AssertUnwindSafe(make));
    made.unwrap_or_else(|_| Err(Error::damaged(format, "the decoder gave up")))
}

/// From a decoded picture to a preview.
fn finish(mut decoded: Decoded, task: &Task<'_>, orientation: Orientation) -> Result<Preview, Error> {
    let profile = decoded.profile.take();
    let small = fit::into_box(task.format, decoded, task.box_px)?;
    let small = colour::into_srgb(turn::upright(small, orientation), profile.as_deref());
    encode::encode(task.format, small)
}

/// A picture as large as it is, upright and without anything transparent, in sRGB.
pub(crate) fn whole_in_srgb(path: &Path, facts: &Facts, limits: &Limits) -> Result<RgbImage, Error> {
    let until = Instant::now().checked_add(limits.max_time);
    let task = Task { path, format: facts.format, box_px: limits.max_side, limits, until };
    let mut decoded = decode(&task)?;
    let profile = decoded.profile.take();
    let picture = turn::upright(fit::into_box(task.format, decoded, task.box_px)?, facts.orientation);
    let picture = colour::into_srgb(picture, profile.as_deref());
    let sides = (picture.width as u32, picture.height as u32);
    RgbImage::from_raw(sides.0, sides.1, picture.data)
        .ok_or_else(|| Error::damaged(task.format, "its colours are of another kind"))
}

/// How a small picture looks, before it is written.
pub(crate) struct Look {
    pub(crate) sides: (usize, usize),
    pub(crate) samples: Vec<u8>,
}

/// A JPEG that is not in a file, upright.
pub(crate) fn of_jpeg(
    bytes: &[u8],
    orientation: Orientation,
    box_px: u32,
    limits: &Limits,
) -> Result<Look, Error> {
    let path = Path::new("");
    let task = Task { path, format: Format::Jpeg, box_px, limits, until: None };
    let decoded = jpeg::decode_from(Cursor::new(bytes), &task)?;
    let small = turn::upright(fit::into_box(task.format, decoded, task.box_px)?, orientation);
    Ok(Look { sides: (small.width, small.height), samples: small.data })
}

/// No screen has more.
const MOST_PX: u32 = 16_384;

/// One preview to be made.
struct Task<'a> {
    path: &'a Path,
    format: Format,
    box_px: u32,
    limits: &'a Limits,
    until: Option<Instant>,
}

impl Task<'_> {
    /// Whether there is time left.
    fn check(&self) -> Result<(), Error> {
        if self.until.is_some_and(|until| Instant::now() > until) { Err(Error::TooSlow) } else { Ok(()) }
    }

    /// Whether a picture may have these sides. A decoder asks before it takes memory.
    fn check_size(&self, width: u32, height: u32) -> Result<(), Error> {
        if width == 0 || height == 0 {
            return Err(Error::damaged(self.format, "it has no pixels"));
        }
        self.limits.check_size(width, height)
    }

    /// By how much a picture of these sides is made smaller while it is decoded.
    fn factor(&self, width: usize, height: usize) -> usize {
        let (to_width, to_height) = fit::target((width as u32, height as u32), self.box_px);
        fit::factor(width, to_width as usize).min(fit::factor(height, to_height as usize))
    }
}

fn decode(task: &Task<'_>) -> Result<Decoded, Error> {
    match task.format {
        Format::Jpeg => jpeg::decode(task),
        Format::Png => png::decode(task),
        Format::Tiff => match tiff::decode(task) {
            Err(Error::NoPreview(_)) => whole::decode(task, ImageFormat::Tiff),
            decoded => decoded,
        },
        Format::Gif => gif::decode(task),
        Format::Webp => webp::decode(task),
        Format::Bmp => bmp::decode(task),
        Format::Ico => whole::decode(task, ImageFormat::Ico),
        Format::Avif => avif::decode(task),
        Format::Jxl => jxl::decode(task),
        Format::Heic => heic::decode(task),
        other => Err(Error::NoPreview(other)),
    }
}
