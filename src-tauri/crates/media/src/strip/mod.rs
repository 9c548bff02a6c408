//! The same picture or clip without what is private in it.

mod gif;
mod jpeg;
mod matroska;
mod movie;
mod png;
mod still;
mod webp;

use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};

use crate::opened::Opened;
use crate::walk::Source;
use crate::{Error, Format, Orientation, exif, facts};

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
    /// `false`: nothing that had to go was inside and nothing was written; the original can be sent as it is.
    pub changed: bool,
    /// What was taken out, each kind once, in the order of [`Removed`].
    pub removed: Vec<Removed>,
    /// What is private and still in it: what `level` lets stay, and what could not be taken out. The same order.
    pub remaining: Vec<Removed>,
}

/// Writes a copy of `path` to `out` without what `level` takes out. Lossless: the compressed picture data is the
/// same byte for byte, colour profile and orientation stay. JPEG, PNG (APNG), GIF and WebP are laid out anew; in MP4,
/// MOV, WebM, Matroska, AVIF and HEIC it is overwritten in place; every other format is left alone (`changed: false`).
/// `out` is made new and removed again when writing fails; an `out` that exists is an error, so it can never be the
/// user's file.
///
/// # Errors
/// [`Error::Damaged`] when the file does not keep to its format so that nothing can be promised,
/// [`Error::Write`], and those of [`crate::inspect`]. Never panics.
pub fn strip(path: &Path, level: Privacy, out: &Path) -> Result<Stripped, Error> {
    let mut file = Opened::open(path)?;
    let format = facts::of(&mut file)?.format;
    of(&mut file, format, level, out)
}

pub(crate) fn of(file: &mut Opened, format: Format, level: Privacy, out: &Path) -> Result<Stripped, Error> {
    let (length, damaged) = (file.size, |error| Error::inside(format, error));
    let mut copy = match (level, format) {
        (Privacy::Off, _) => Copy::default(),
        // At this level nothing that comes later changes what becomes of what came before.
        (Privacy::All, Format::Jpeg) => {
            jpeg::lay_out(file, length, level, Copy::ahead(out)).map_err(damaged)?
        }
        _ => lay_out(file, format, length, level).map_err(damaged)?,
    };
    let removed: Vec<_> = copy.removed.iter().copied().collect();
    if level == Privacy::All {
        let remaining = copy.left.iter().copied().collect();
        return if removed.is_empty() {
            Ok(Stripped { remaining, ..Stripped::default() })
        } else {
            copy.write(file, out)?;
            Ok(Stripped { changed: true, removed, remaining })
        };
    }
    let remaining = if removed.is_empty() {
        remaining(file, format)
    } else {
        copy.write(file, out)?;
        remaining(&mut Opened::open(out)?, format)
    };
    Ok(Stripped { changed: !removed.is_empty(), removed, remaining })
}

/// What is private in a file. Of one that cannot be followed, that something may be.
fn remaining(file: &mut Opened, format: Format) -> Vec<Removed> {
    let length = file.size;
    match lay_out(file, format, length, Privacy::All) {
        Ok(copy) => copy.removed.union(&copy.left).copied().collect(),
        Err(_) => vec![Removed::Other],
    }
}

/// Whether a file says where it was taken. Of one that cannot be followed it is not known.
pub(crate) fn has_place(file: &mut Opened, format: Format, length: u64) -> bool {
    let copy = lay_out(file, format, length, Privacy::LocationOnly).unwrap_or_default();
    copy.removed.union(&copy.left).any(|kind| *kind == Removed::Location)
}

/// The copy that this level asks for. Of a format that is left alone nothing is kept and nothing goes.
pub(crate) fn lay_out(
    source: &mut impl Source,
    format: Format,
    length: u64,
    level: Privacy,
) -> io::Result<Copy> {
    match format {
        Format::Jpeg => jpeg::lay_out(source, length, level, Copy::default()),
        Format::Png => png::lay_out(source, length, level),
        Format::Webp => webp::lay_out(source, length, level),
        Format::Gif => gif::lay_out(source, length, level),
        Format::Mp4 | Format::Mov => movie::lay_out(source, length, level),
        Format::Webm | Format::Mkv => matroska::lay_out(source, length, level),
        Format::Avif | Format::Heic => still::lay_out(source, length, level),
        _ => Ok(Copy::default()),
    }
}

/// What the copy is made of.
enum Piece {
    /// As it is in the file.
    Kept(Range<u64>),
    /// Made anew.
    Made(Vec<u8>),
}

/// A copy laid out: pieces in order, what is written over them, and what is not among them.
#[derive(Default)]
pub(crate) struct Copy {
    pieces: Vec<Piece>,
    /// Ranges of the copy that become zeros.
    wiped: Vec<Range<u64>>,
    /// Bytes of the copy, by their place.
    put: Vec<(u64, Vec<u8>)>,
    pub(crate) removed: BTreeSet<Removed>,
    /// What had to go and could not.
    pub(crate) left: BTreeSet<Removed>,
    ahead: Option<Ahead>,
}

/// A copy that is written while the file is looked at, so that most of it is read once.
struct Ahead {
    out: PathBuf,
    /// Begun once it is known that something goes.
    draft: Option<Result<Draft, Error>>,
    /// So many pieces are in it.
    written: usize,
    /// So many bytes of the next one.
    shown: u64,
}

/// A new file, which goes again unless it is finished: half a picture is nothing to keep.
struct Draft {
    file: File,
    path: PathBuf,
    finished: bool,
}

impl Draft {
    fn new(path: &Path) -> Result<Self, Error> {
        let file = OpenOptions::new().write(true).create_new(true).open(path).map_err(Error::Write)?;
        Ok(Self { file, path: path.to_owned(), finished: false })
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        if !self.finished {
            // That it could not be written is said either way.
            drop(fs::remove_file(&self.path));
        }
    }
}

impl Copy {
    /// One that may be begun before all of it is laid out.
    fn ahead(out: &Path) -> Self {
        let ahead = Ahead { out: out.to_owned(), draft: None, written: 0, shown: 0 };
        Self { ahead: Some(ahead), ..Self::default() }
    }

    fn keep(&mut self, range: Range<u64>) {
        let written = self.ahead.as_ref().map_or(0, |ahead| ahead.written);
        match self.pieces[written..].last_mut() {
            Some(Piece::Kept(last)) if last.end == range.start => last.end = range.end,
            _ => self.pieces.push(Piece::Kept(range)),
        }
    }

    fn make(&mut self, bytes: Vec<u8>) {
        self.pieces.push(Piece::Made(bytes));
    }

    fn wipe(&mut self, range: Range<u64>) {
        match self.wiped.last_mut() {
            Some(last) if last.end == range.start => last.end = range.end,
            _ => self.wiped.push(range),
        }
    }

    fn put(&mut self, at: u64, bytes: &[u8]) {
        self.put.push((at, bytes.to_vec()));
    }

    fn drop(&mut self, what: Removed) {
        self.removed.insert(what);
    }

    /// Writes what is laid out so far, if something goes.
    fn catch_up(&mut self, source: &mut impl Source) -> io::Result<()> {
        let Some(ahead) = self.ahead.as_mut().filter(|_| !self.removed.is_empty()) else { return Ok(()) };
        let draft = ahead.draft.get_or_insert_with(|| Draft::new(&ahead.out));
        for piece in &self.pieces[ahead.written..] {
            let Ok(Draft { file, .. }) = draft else { break };
            let written = match piece {
                Piece::Made(bytes) => file.write_all(bytes).map_err(Error::Write),
                Piece::Kept(range) => {
                    source.seek(SeekFrom::Start(range.start))?;
                    let length = range.end - range.start;
                    complete(io::copy(&mut source.take(length), file), length)
                }
            };
            if let Err(error) = written {
                *draft = Err(error);
            }
        }
        ahead.written = self.pieces.len();
        Ok(())
    }

    /// Writes bytes that are to be kept, if the copy is begun.
    fn write_ahead(&mut self, bytes: &[u8]) {
        let Some(Ahead { draft: Some(draft), shown, .. }) = &mut self.ahead else { return };
        *shown += bytes.len() as u64;
        if let Ok(Draft { file, .. }) = draft
            && let Err(error) = file.write_all(bytes)
        {
            *draft = Err(Error::Write(error));
        }
    }

    /// Keeps a range of which all bytes went through [`Self::write_ahead`].
    fn keep_ahead(&mut self, range: Range<u64>) {
        let Some(Ahead { draft: Some(draft), written, shown, .. }) = &mut self.ahead else {
            return self.keep(range);
        };
        if let Err(error) = complete(Ok(std::mem::take(shown)), range.end - range.start) {
            *draft = Err(error);
        }
        self.pieces.push(Piece::Kept(range));
        *written = self.pieces.len();
    }

    fn write(&mut self, file: &mut Opened, out: &Path) -> Result<(), Error> {
        let (mut draft, written) = match self.ahead.take() {
            Some(Ahead { draft: Some(draft), written, .. }) => (draft?, written),
            _ => (Draft::new(out)?, 0),
        };
        self.write_to(written, file, &mut draft.file, Opened::copy_to)?;
        draft.finished = true;
        Ok(())
    }

    /// The pieces behind those that are `written`. `copy` copies a range of the source to where the copy ends, and tells
    /// how many bytes there were.
    pub(crate) fn write_to<S, W: Write + Seek>(
        &self,
        written: usize,
        source: &mut S,
        made: &mut W,
        copy: impl Fn(&mut S, Range<u64>, &mut W) -> io::Result<u64>,
    ) -> Result<(), Error> {
        for piece in &self.pieces[written..] {
            match piece {
                Piece::Made(bytes) => made.write_all(bytes).map_err(Error::Write)?,
                Piece::Kept(range) => complete(copy(source, range.clone(), made), range.end - range.start)?,
            }
        }
        self.write_over(made).map_err(Error::Write)
    }

    fn write_over(&self, made: &mut (impl Write + Seek)) -> io::Result<()> {
        for range in &self.wiped {
            made.seek(SeekFrom::Start(range.start))?;
            io::copy(&mut io::repeat(0).take(range.end - range.start), made)?;
        }
        for (at, bytes) in &self.put {
            made.seek(SeekFrom::Start(*at))?;
            made.write_all(bytes)?;
        }
        Ok(())
    }
}

/// Whether as much was copied as there should be: a file that became shorter meanwhile makes no whole copy.
fn complete(copied: io::Result<u64>, length: u64) -> Result<(), Error> {
    if copied.map_err(Error::Write)? < length {
        return Err(Error::Unreadable(io::ErrorKind::UnexpectedEof.into()));
    }
    Ok(())
}

/// What becomes of an EXIF block.
enum Exif {
    /// Nothing private in it.
    Keep,
    /// Nothing of it is needed.
    Drop,
    /// This instead.
    Replace(Vec<u8>),
}

/// The block without its place, if that leaves it whole and without another place: a hostile one has two, or has the
/// place where something else is.
fn without_any_location(tiff: &[u8]) -> Option<Vec<u8>> {
    let block = exif::without_location(tiff)?;
    let left = exif::summary(&block);
    (!left.has_location && !left.private.contains(&Removed::Other)).then_some(block)
}

/// Decides about an EXIF block and notes what goes.
fn exif_block(tiff: &[u8], level: Privacy, removed: &mut BTreeSet<Removed>) -> Exif {
    let summary = exif::summary(tiff);
    let unreadable = summary.private.contains(&Removed::Other);
    match level {
        Privacy::Off => Exif::Keep,
        Privacy::LocationOnly if !summary.has_location && !unreadable => Exif::Keep,
        Privacy::LocationOnly if !unreadable && let Some(block) = without_any_location(tiff) => {
            removed.insert(Removed::Location);
            Exif::Replace(block)
        }
        Privacy::All if summary.private.is_empty() => Exif::Keep,
        _ => {
            removed.extend(&summary.private);
            match summary.orientation {
                Orientation::Upright => Exif::Drop,
                turned => Exif::Replace(exif::only_orientation(turned)),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A directory whose only entry is a version, at its place in the file.
    const PLACE: &[u8] = b"\0\x01\0\0\0\x01\0\0\0\x04\x02\x03\0\0\0\0\0\0";

    #[test]
    fn a_second_place_does_not_stay_behind_the_first() {
        let entry = |at: u8| [&[0x88, 0x25, 0, 4, 0, 0, 0, 1, 0, 0, 0][..], &[at]].concat();
        let one = [b"MM\0*\0\0\0\x08\0\x01", &entry(26)[..], &[0; 4], PLACE].concat();
        let two = [b"MM\0*\0\0\0\x08\0\x02", &entry(38)[..], &entry(56), &[0; 4], PLACE, PLACE].concat();
        for (tiff, keeps_the_rest) in [(one, true), (two, false)] {
            assert!(exif::summary(&tiff).has_location);
            let mut removed = BTreeSet::new();
            let left = exif_block(&tiff, Privacy::LocationOnly, &mut removed);
            assert!(removed.contains(&Removed::Location), "{removed:?}");
            assert_eq!(matches!(left, Exif::Replace(_)), keeps_the_rest);
            if let Exif::Replace(block) = left {
                assert!(!exif::summary(&block).has_location);
            }
        }
    }

    #[test]
    fn what_is_shorter_than_its_beginning_is_no_jpeg() {
        for bytes in [&b""[..], b"\xff", b"\xff\xd8"] {
            let laid_out =
                lay_out(&mut io::Cursor::new(bytes), Format::Jpeg, bytes.len() as u64, Privacy::All);
            // Whatever it is called, it is no reason to panic.
            assert!(laid_out.is_err() || laid_out.is_ok_and(|copy| copy.removed.is_empty()));
        }
    }
}
