//! What is said between the application and its decoder: one request, one answer, in turn.
//!
//! Numbers are little-endian. A request is a path (length, bytes), the square's side and the limits; an answer begins
//! with a byte that tells a preview from an error.

use std::ffi::{OsStr, OsString};
use std::io::{self, Read, Write};
use std::path::PathBuf;
use std::time::Duration;

use crate::{Error, Format, Limits, Preview};

/// No path and no preview is longer.
const MOST: u32 = 256 * 1024 * 1024;

pub(super) struct Request {
    pub(super) path: PathBuf,
    pub(super) box_px: u32,
    pub(super) limits: Limits,
}

impl Request {
    pub(super) fn write(&self, to: &mut impl Write) -> io::Result<()> {
        let Limits { max_side, max_pixels, max_memory, max_time } = self.limits;
        put(to, &path_bytes(self.path.as_os_str()))?;
        to.write_all(&self.box_px.to_le_bytes())?;
        to.write_all(&max_side.to_le_bytes())?;
        let time = u64::try_from(max_time.as_millis()).unwrap_or(u64::MAX);
        for number in [max_pixels, max_memory, time] {
            to.write_all(&number.to_le_bytes())?;
        }
        to.flush()
    }

    /// `None` when nobody asks any more.
    pub(super) fn read(from: &mut impl Read) -> io::Result<Option<Self>> {
        let path = match take(from) {
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
            path => path_of(path?)?.into(),
        };
        let (box_px, max_side) = (u32::from_le_bytes(array(from)?), u32::from_le_bytes(array(from)?));
        let [max_pixels, max_memory, time] =
            [array(from)?, array(from)?, array(from)?].map(u64::from_le_bytes);
        let limits = Limits { max_side, max_pixels, max_memory, max_time: Duration::from_millis(time) };
        Ok(Some(Self { path, box_px, limits }))
    }
}

const PREVIEW: u8 = 0;

/// Writes an answer.
pub(super) fn answer(to: &mut impl Write, made: &Result<Preview, Error>) -> io::Result<()> {
    match made {
        Ok(preview) => {
            to.write_all(&[PREVIEW, u8::from(preview.mime == "image/png")])?;
            to.write_all(&preview.width.to_le_bytes())?;
            to.write_all(&preview.height.to_le_bytes())?;
            put(to, &preview.bytes)?;
        }
        Err(error) => {
            let (code, numbers, text) = match error {
                Error::Missing => (1, [0; 2], String::new()),
                Error::Unreadable(error) => (2, [0; 2], error.to_string()),
                Error::Empty => (3, [0; 2], String::new()),
                Error::NotAPicture => (4, [0; 2], String::new()),
                Error::NoPreview(_) => (5, [0; 2], String::new()),
                Error::TooLarge { width, height } => (6, [*width, *height], String::new()),
                Error::TooMuchMemory => (7, [0; 2], String::new()),
                Error::TooSlow => (8, [0; 2], String::new()),
                Error::Damaged { detail, .. } => (9, [0; 2], detail.clone()),
                Error::Write(error) => (10, [0; 2], error.to_string()),
                Error::Animated => (11, [0; 2], String::new()),
                Error::DoesNotFit => (12, [0; 2], String::new()),
            };
            to.write_all(&[code])?;
            for number in numbers {
                to.write_all(&number.to_le_bytes())?;
            }
            put(to, text.as_bytes())?;
        }
    }
    to.flush()
}

/// Reads an answer about a file of this format.
pub(super) fn read_answer(from: &mut impl Read, format: Format) -> io::Result<Result<Preview, Error>> {
    let [code] = array(from)?;
    if code == PREVIEW {
        let [png] = array(from)?;
        let mime = if png == 1 { "image/png" } else { "image/jpeg" };
        let (width, height) = (u32::from_le_bytes(array(from)?), u32::from_le_bytes(array(from)?));
        return Ok(Ok(Preview { bytes: take(from)?, mime, width, height }));
    }
    let [width, height] = [array(from)?, array(from)?].map(u32::from_le_bytes);
    let text = String::from_utf8_lossy(&take(from)?).into_owned();
    Ok(Err(match code {
        1 => Error::Missing,
        2 => Error::Unreadable(io::Error::other(text)),
        3 => Error::Empty,
        4 => Error::NotAPicture,
        5 => Error::NoPreview(format),
        6 => Error::TooLarge { width, height },
        7 => Error::TooMuchMemory,
        8 => Error::TooSlow,
        9 => Error::damaged(format, text),
        10 => Error::Write(io::Error::other(text)),
        11 => Error::Animated,
        12 => Error::DoesNotFit,
        _ => return Err(io::ErrorKind::InvalidData.into()),
    }))
}

fn put(to: &mut impl Write, bytes: &[u8]) -> io::Result<()> {
    let length = u32::try_from(bytes.len()).map_err(io::Error::other)?;
    to.write_all(&length.to_le_bytes())?;
    to.write_all(bytes)
}

fn take(from: &mut impl Read) -> io::Result<Vec<u8>> {
    let length = u32::from_le_bytes(array(from)?);
    if length > MOST {
        return Err(io::ErrorKind::InvalidData.into());
    }
    let mut bytes = Vec::new();
    from.take(length.into()).read_to_end(&mut bytes)?;
    if bytes.len() < length as usize { Err(io::ErrorKind::UnexpectedEof.into()) } else { Ok(bytes) }
}

fn array<const N: usize>(from: &mut impl Read) -> io::Result<[u8; N]> {
    let mut bytes = [0; N];
    from.read_exact(&mut bytes)?;
    Ok(bytes)
}

#[cfg(unix)]
fn path_bytes(path: &OsStr) -> Vec<u8> {
    std::os::unix::ffi::OsStrExt::as_bytes(path).to_vec()
}

#[cfg(unix)]
fn path_of(bytes: Vec<u8>) -> io::Result<OsString> {
    Ok(std::os::unix::ffi::OsStringExt::from_vec(bytes))
}

#[cfg(windows)]
fn path_bytes(path: &OsStr) -> Vec<u8> {
    std::os::windows::ffi::OsStrExt::encode_wide(path).flat_map(u16::to_le_bytes).collect()
}

#[cfg(windows)]
fn path_of(bytes: Vec<u8>) -> io::Result<OsString> {
    let wide: Vec<u16> = bytes.chunks_exact(2).map(|two| u16::from_le_bytes([two[0], two[1]])).collect();
    Ok(std::os::windows::ffi::OsStringExt::from_wide(&wide))
}
