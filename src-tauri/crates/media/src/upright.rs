//! A photo turned upright without loss: the coefficients of a JPEG change places and signs, and nothing is decoded.
//!
//! A site that finds a photo lying on its side turns it itself and writes it anew, with loss.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use libjpeg_turbo_rs::{TransformOp, TransformOptions, transform_jpeg_with_options};

use crate::opened::Opened;
use crate::walk::jpeg::{APP0, SOS, Segment, Walk};
use crate::{Error, Format, Limits, Orientation, Removed, convert, exif, facts, preview, walk};

/// Bytes that are held of each pixel: one and a half coefficients of two bytes, as they were and as they become.
const HELD: u64 = 6;

/// A segment's length has sixteen bits.
const MOST: u64 = 65_535;

/// The first frame header of a progressive picture.
const SOF2: u8 = 0xC2;

const APP1: u8 = APP0 + 1;

/// What stands before an EXIF block in its segment.
const EXIF: &[u8] = b"Exif\0\0";

/// The square in which two pictures are compared.
const LOOK_PX: u32 = 512;

/// Makes a JPEG new at `out`, upright, and returns its size in bytes. `None`, and nothing is written, where that cannot
/// be done without losing anything: the file is upright or no JPEG, its sides leave a part of a block at an edge that
/// would move, something follows the picture, a small picture inside would lie on its side, it is too large to be held,
/// or it is damaged. `out` is made new; an `out` that exists is an error.
///
/// # Errors
/// Those of [`crate::inspect`], and [`Error::Write`]. Never panics.
pub fn upright(path: &Path, limits: &Limits, out: &Path) -> Result<Option<u64>, Error> {
    bytes(path, limits)?.map(|bytes| convert::write(&bytes, out).map(|()| bytes.len() as u64)).transpose()
}

/// The same without a file to write.
pub(crate) fn bytes(path: &Path, limits: &Limits) -> Result<Option<Vec<u8>>, Error> {
    let mut file = Opened::open(path)?;
    let facts = facts::of(&mut file)?;
    let Some(sides) = facts.dimensions.filter(|_| facts.format == Format::Jpeg) else { return Ok(None) };
    if u64::from(sides.width) * u64::from(sides.height) * HELD + facts.size > limits.max_memory {
        return Ok(None);
    }
    let jpeg = walk::bytes(&mut file, &(0..facts.size), facts.size);
    let jpeg = jpeg.map_err(|error| Error::inside(Format::Jpeg, error))?;
    // The library is young. One that gives up has turned nothing.
    let turned = catch_unwind(AssertUnwindSafe(|| turned(&jpeg, facts.orientation, limits)));
    Ok(turned.ok().flatten())
}

fn turned(jpeg: &[u8], orientation: Orientation, limits: &Limits) -> Option<Vec<u8>> {
    let op = operation(orientation)?;
    let progressive = progressive(jpeg)?;
    let options = TransformOptions { op, perfect: true, optimize: true, progressive, ..Default::default() };
    let mut turned = transform_jpeg_with_options(jpeg, &options).ok()?;
    say_upright(&mut turned)?;
    let before = preview::of_jpeg(jpeg, orientation, LOOK_PX, limits).ok()?;
    let after = preview::of_jpeg(&turned, Orientation::Upright, LOOK_PX, limits).ok()?;
    is_alike(&before, &after).then_some(turned)
}

fn operation(orientation: Orientation) -> Option<TransformOp> {
    match orientation {
        Orientation::Upright => None,
        other => TransformOp::from_exif_orientation(other.to_exif()),
    }
}

/// Whether the picture is progressive, if all that is in the file can be turned with it.
fn progressive(jpeg: &[u8]) -> Option<bool> {
    let mut progressive = false;
    let end = segments(jpeg, |segment, content| {
        progressive |= segment.marker == SOF2;
        let tiff = content.strip_prefix(EXIF).filter(|_| segment.marker == APP1);
        tiff.is_none_or(|tiff| !exif::summary(tiff).private.contains(&Removed::Thumbnail))
    })?;
    (end == jpeg.len()).then_some(progressive)
}

/// Says in the EXIF block that the picture is upright.
fn say_upright(jpeg: &mut [u8]) -> Option<()> {
    let mut blocks = Vec::new();
    segments(jpeg, |segment, content| {
        if segment.marker == APP1 && content.starts_with(EXIF) {
            blocks.push(segment.content.start as usize + EXIF.len()..segment.content.end as usize);
        }
        true
    })?;
    for block in blocks {
        exif::say_upright(jpeg.get_mut(block)?)?;
    }
    Some(())
}

/// Shows every segment with its content, as long as `goes_on`. Returns where the picture ends.
fn segments(jpeg: &[u8], mut goes_on: impl FnMut(&Segment, &[u8]) -> bool) -> Option<usize> {
    let mut source = std::io::Cursor::new(jpeg);
    let mut walk = Walk::new(&mut source, jpeg.len() as u64);
    while let Some(segment) = walk.segment().ok()? {
        let content = walk::bytes(walk.source, &segment.content, MOST).ok()?;
        if !goes_on(&segment, &content) {
            return None;
        }
        if segment.marker == SOS {
            walk.data(|_| {}).ok()?;
        }
    }
    usize::try_from(walk.at).ok()
}

/// Whether two small pictures are the same but for rounding.
fn is_alike(one: &preview::Look, other: &preview::Look) -> bool {
    let far = |(one, other): (&u8, &u8)| one.abs_diff(*other) > 12;
    one.sides == other.sides && !one.samples.iter().zip(&other.samples).any(far)
}
