//! Doors for the fuzz targets: what is done with a file, done with bytes. Only a fuzzer's build has them.

use std::collections::BTreeSet;
use std::io::{self, Cursor, Read};
use std::ops::Range;

use crate::{Format, Limits, Orientation, Privacy, Removed, preview, strip};

/// Bytes that were taken for a file of this format, without what `level` takes out, and what that was. `None` when
/// they do not keep to the format.
pub fn stripped(bytes: &[u8], format: Format, level: Privacy) -> Option<(Vec<u8>, BTreeSet<Removed>)> {
    let mut source = Cursor::new(bytes);
    let copy = strip::lay_out(&mut source, format, bytes.len() as u64, level).ok()?;
    if copy.removed.is_empty() {
        // Then no copy is made: the file is sent as it is.
        return Some((bytes.to_vec(), copy.removed));
    }
    let mut made = Cursor::new(Vec::new());
    let kept = |source: &mut Cursor<&[u8]>, range: Range<u64>, made: &mut Cursor<Vec<u8>>| {
        source.set_position(range.start);
        io::copy(&mut source.take(range.end - range.start), made)
    };
    copy.write_to(0, &mut source, &mut made, kept).ok()?;
    Some((made.into_inner(), copy.removed))
}

/// Strips bytes, and what comes out once more: nothing grows, and the second time there is nothing left to take out.
///
/// # Panics
/// When that is not so.
pub fn strip_twice(bytes: &[u8], format: Format) {
    for level in [Privacy::All, Privacy::LocationOnly] {
        let Some((once, _)) = stripped(bytes, format, level) else { continue };
        assert!(once.len() <= bytes.len() + ROOM, "{} bytes became {}", bytes.len(), once.len());
        if let Some((_, removed)) = stripped(&once, format, level) {
            assert!(removed.is_empty(), "{level:?}: {removed:?}");
        }
    }
}

/// A header that is made anew may be a little longer than a broken one.
const ROOM: usize = 64;

/// Makes previews of a JPEG in memory, at all scales: within the box, in all their pixels.
///
/// # Panics
/// When that is not so.
pub fn preview_jpeg(bytes: &[u8]) {
    let limits = Limits { max_pixels: 1 << 22, max_memory: 1 << 26, ..Limits::default() };
    for box_px in [4, 16, 200] {
        if let Ok(made) = preview::of_jpeg(bytes, Orientation::Upright, box_px, &limits) {
            let (width, height) = made.sides;
            assert!(width.max(height) <= box_px as usize && width.min(height) > 0);
            assert!(made.samples.len().is_multiple_of(width * height));
        }
    }
}
