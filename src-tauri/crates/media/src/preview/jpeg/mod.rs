//! JPEG: the lowest frequencies where they are enough, all of them where they are not.

mod bits;
mod frame;
mod huffman;
mod low;

use std::fs::File;
use std::io::{BufRead, BufReader, Read, Seek};

use zune_jpeg::JpegDecoder;
use zune_jpeg::errors::DecodeErrors;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use self::frame::{Frame, Headers, Process, Scan};
use self::low::Scale;
use super::Task;
use super::picture::{Decoded, Raster, Space};
use super::shrink::Shrink;
use crate::{Error, Format};

fn damaged(detail: &str) -> Error {
    Error::damaged(Format::Jpeg, detail)
}

pub(super) fn decode(task: &Task<'_>) -> Result<Decoded, Error> {
    let file = File::open(task.path).map_err(Error::reading)?;
    decode_from(BufReader::with_capacity(64 * 1024, file), task)
}

/// Decodes from any source.
pub(super) fn decode_from(mut source: impl BufRead + Seek, task: &Task<'_>) -> Result<Decoded, Error> {
    let mut headers = Headers::default();
    let scan = headers.next_scan(&mut source)?.ok_or_else(|| damaged("no picture in it"))?;
    let frame = headers.frame.clone().ok_or_else(|| damaged("no frame"))?;
    let (width, height) = (frame.width as u32, frame.height as u32);
    task.check_size(width, height)?;
    let space = space(&frame, headers.adobe);
    let profile = headers.take_profile();
    let planes = match scale(&frame, &scan, task) {
        Some(scale) => low::decode(&mut source, &mut headers, scan, scale, task)?,
        None => vec![whole(source, &frame, task)?],
    };
    Ok(Decoded { size: (width, height), planes, space, alpha: false, profile })
}

/// The smallest scale that still has as many pixels as are wanted; `None`: all of it.
fn scale(frame: &Frame, scan: &Scan, task: &Task<'_>) -> Option<Scale> {
    let longest = frame.width.max(frame.height);
    let enough = |scale: Scale| longest / scale.divisor() >= task.box_px as usize;
    let quarter = frame.process == Process::Sequential;
    if enough(Scale::Eighth) {
        return Some(Scale::Eighth);
    }
    if quarter && enough(Scale::Quarter) {
        return Some(Scale::Quarter);
    }
    // The pixels, and of a progressive picture also all coefficients, two bytes each.
    let samples = (frame.width * frame.height * frame.components.len()) as u64;
    let needed = if frame.process == Process::Progressive { samples * 3 } else { samples };
    // zune-jpeg 0.5 puts sequential components that have a scan each into the wrong places.
    let one_by_one = quarter && scan.parts.len() < frame.components.len();
    if needed <= task.limits.max_memory && !one_by_one {
        return None;
    }
    // Smaller than asked for, and better than nothing.
    Some(if quarter { Scale::Quarter } else { Scale::Eighth })
}

/// What the samples mean. Adobe's word counts; without it three components are what JFIF says, unless they call
/// themselves R, G and B.
fn space(frame: &Frame, adobe: Option<u8>) -> Space {
    let ids: Vec<u8> = frame.components.iter().map(|component| component.id).collect();
    match (ids.len(), adobe) {
        (1, _) => Space::Gray,
        (3, Some(0)) => Space::Rgb,
        (3, None) if ids == *b"RGB" => Space::Rgb,
        (3, _) => Space::YCBCR,
        (_, Some(2)) => Space::Ycck,
        // Adobe writes inks upside down: zero is full.
        (_, Some(_)) => Space::Cmyk { inverted: true },
        (_, None) => Space::Cmyk { inverted: false },
    }
}

/// Every pixel, as stored.
fn whole(mut source: impl BufRead + Seek, frame: &Frame, task: &Task<'_>) -> Result<Raster, Error> {
    source.rewind().map_err(Error::reading)?;
    let mut bytes = Vec::new();
    // A file may be much longer than its picture; what is behind so much is not looked at.
    source.take(task.limits.max_memory / 2).read_to_end(&mut bytes).map_err(Error::reading)?;
    let failed = |error: DecodeErrors| match error {
        DecodeErrors::Unsupported(_) => Error::NoPreview(Format::Jpeg),
        other => Error::damaged(Format::Jpeg, format!("{other:?}")),
    };
    let side = task.limits.max_side as usize;
    let options = DecoderOptions::new_fast().set_max_width(side).set_max_height(side);
    let mut decoder = JpegDecoder::new_with_options(std::io::Cursor::new(&bytes), options);
    decoder.decode_headers().map_err(failed)?;
    // The same out as in: colours are converted when the picture is small.
    let stored = match frame.components.len() {
        1 => ColorSpace::Luma,
        _ => decoder.input_colorspace().unwrap_or(ColorSpace::YCbCr),
    };
    decoder.set_options(options.jpeg_set_out_colorspace(stored));
    task.check()?;
    let pixels = decoder.decode().map_err(failed)?;
    let channels = frame.components.len();
    let mut shrink =
        Shrink::new((frame.width, frame.height), channels, task.factor(frame.width, frame.height));
    for row in pixels.chunks_exact(frame.width * channels) {
        shrink.row(row);
    }
    Ok(shrink.finish())
}
