//! What is said between the application and its decoder: one request, one answer, in turn.
//!
//! Numbers are little-endian. A request is a path (length, bytes), the limits, and what is asked: a byte that tells
//! a preview, a conversion and a turning apart, with the square's side or the wish. An answer begins with a byte that tells what
//! was made, or that there is an error.

use std::ffi::{OsStr, OsString};
use std::io::{self, Read, Write};
use std::path::PathBuf;
use std::time::Duration;

use crate::convert::{Converted, Target, Wish};
use crate::{Dimensions, Error, Format, Limits, Preview};

/// No path, and nothing that is made, is longer.
const MOST: u32 = 256 * 1024 * 1024;

pub(super) struct Request {
    pub(super) path: PathBuf,
    pub(super) limits: Limits,
    pub(super) ask: Ask,
}

#[derive(Clone, Copy)]
pub(super) enum Ask {
    Preview { box_px: u32 },
    Convert(Wish),
    Upright,
}

/// What was asked for.
pub(super) enum Made {
    Preview(Preview),
    Converted(Vec<u8>, Converted),
    /// `None`: it stays as it is.
    Upright(Option<Vec<u8>>),
}

const ERROR: u8 = 0;
const PREVIEW: u8 = 1;
const CONVERTED: u8 = 2;
const UPRIGHT: u8 = 3;

const TARGETS: [Target; 3] = [Target::Jpeg, Target::Png, Target::Webp];

impl Request {
    pub(super) fn write(&self, to: &mut impl Write) -> io::Result<()> {
        let Limits { max_side, max_pixels, max_memory, max_time } = self.limits;
        put(to, &path_bytes(self.path.as_os_str()))?;
        to.write_all(&max_side.to_le_bytes())?;
        let time = u64::try_from(max_time.as_millis()).unwrap_or(u64::MAX);
        for number in [max_pixels, max_memory, time] {
            to.write_all(&number.to_le_bytes())?;
        }
        match self.ask {
            Ask::Preview { box_px } => {
                to.write_all(&[PREVIEW])?;
                to.write_all(&box_px.to_le_bytes())?;
            }
            Ask::Convert(Wish { target, quality, max_side, max_bytes }) => {
                // What is not wished is nothing, or without bounds.
                to.write_all(&[CONVERTED, target.map_or(0, number_of), quality])?;
                to.write_all(&max_side.unwrap_or(u32::MAX).to_le_bytes())?;
                to.write_all(&max_bytes.unwrap_or(u64::MAX).to_le_bytes())?;
            }
            Ask::Upright => to.write_all(&[UPRIGHT])?,
        }
        to.flush()
    }

    /// `None` when nobody asks any more.
    pub(super) fn read(from: &mut impl Read) -> io::Result<Option<Self>> {
        let path = match take(from) {
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
            path => path_of(path?)?.into(),
        };
        let max_side = u32::from_le_bytes(array(from)?);
        let [max_pixels, max_memory, time] =
            [array(from)?, array(from)?, array(from)?].map(u64::from_le_bytes);
        let limits = Limits { max_side, max_pixels, max_memory, max_time: Duration::from_millis(time) };
        let ask = match array(from)? {
            [PREVIEW] => Ask::Preview { box_px: u32::from_le_bytes(array(from)?) },
            [CONVERTED] => {
                let [target, quality] = array(from)?;
                let target = if target == 0 { None } else { Some(target_of(target)?) };
                let max_side = Some(u32::from_le_bytes(array(from)?)).filter(|side| *side < u32::MAX);
                let max_bytes = Some(u64::from_le_bytes(array(from)?)).filter(|bytes| *bytes < u64::MAX);
                Ask::Convert(Wish { target, quality, max_side, max_bytes })
            }
            [UPRIGHT] => Ask::Upright,
            _ => return Err(io::ErrorKind::InvalidData.into()),
        };
        Ok(Some(Self { path, limits, ask }))
    }
}

fn number_of(target: Target) -> u8 {
    match target {
        Target::Jpeg => 1,
        Target::Png => 2,
        Target::Webp => 3,
    }
}

fn target_of(number: u8) -> io::Result<Target> {
    let target = TARGETS.into_iter().find(|target| number_of(*target) == number);
    target.ok_or_else(|| io::ErrorKind::InvalidData.into())
}

/// Writes an answer.
pub(super) fn answer(to: &mut impl Write, made: &Result<Made, Error>) -> io::Result<()> {
    match made {
        Ok(Made::Preview(preview)) => {
            to.write_all(&[PREVIEW, u8::from(preview.mime == "image/png")])?;
            to.write_all(&preview.width.to_le_bytes())?;
            to.write_all(&preview.height.to_le_bytes())?;
            put(to, &preview.bytes)?;
        }
        Ok(Made::Converted(bytes, made)) => {
            let target = TARGETS.into_iter().find(|target| target.format() == made.format);
            to.write_all(&[CONVERTED, target.map_or(0, number_of)])?;
            to.write_all(&made.dimensions.width.to_le_bytes())?;
            to.write_all(&made.dimensions.height.to_le_bytes())?;
            put(to, bytes)?;
        }
        Ok(Made::Upright(turned)) => {
            to.write_all(&[UPRIGHT, u8::from(turned.is_some())])?;
            to.write_all(&[0; 8])?;
            put(to, turned.as_deref().unwrap_or_default())?;
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
            to.write_all(&[ERROR, code])?;
            for number in numbers {
                to.write_all(&number.to_le_bytes())?;
            }
            put(to, text.as_bytes())?;
        }
    }
    to.flush()
}

/// Reads an answer about a file of this format.
pub(super) fn read_answer(from: &mut impl Read, format: Format) -> io::Result<Result<Made, Error>> {
    let [kind, code] = array(from)?;
    let [width, height] = [array(from)?, array(from)?].map(u32::from_le_bytes);
    if kind == PREVIEW {
        let mime = if code == 1 { "image/png" } else { "image/jpeg" };
        return Ok(Ok(Made::Preview(Preview { bytes: take(from)?, mime, width, height })));
    }
    if kind == CONVERTED {
        let format = target_of(code)?.format();
        let bytes = take(from)?;
        let made = Converted { format, dimensions: Dimensions { width, height }, size: bytes.len() as u64 };
        return Ok(Ok(Made::Converted(bytes, made)));
    }
    if kind == UPRIGHT {
        let bytes = take(from)?;
        return Ok(Ok(Made::Upright((code == 1).then_some(bytes))));
    }
    if kind != ERROR {
        return Err(io::ErrorKind::InvalidData.into());
    }
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
