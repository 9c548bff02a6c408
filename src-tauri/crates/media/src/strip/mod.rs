//! The same picture without what is private in it.

mod gif;
mod jpeg;
mod png;
mod webp;

use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};
use std::ops::Range;
use std::path::Path;

use crate::{Error, Format, Orientation, exif, inspect};

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
    let facts = inspect(path)?;
    if level == Privacy::Off {
        return Ok(Stripped::default());
    }
    let mut file = File::open(path).map_err(Error::reading)?;
    let laid_out = match facts.format {
        Format::Jpeg => jpeg::lay_out(&mut file, facts.size, level),
        Format::Png => png::lay_out(&mut file, facts.size, level),
        Format::Webp => webp::lay_out(&mut file, facts.size, level),
        Format::Gif => gif::lay_out(&mut file, facts.size, level),
        _ => return Ok(Stripped::default()),
    };
    let copy = laid_out.map_err(|error| Error::inside(facts.format, error))?;
    if copy.removed.is_empty() {
        return Ok(Stripped::default());
    }
    copy.write(&mut file, out)?;
    Ok(Stripped { changed: true, removed: copy.removed.into_iter().collect() })
}

/// What the copy is made of.
enum Piece {
    /// As it is in the file.
    Kept(Range<u64>),
    /// Made anew.
    Made(Vec<u8>),
}

/// A copy laid out: pieces in order, and what is not among them.
#[derive(Default)]
struct Copy {
    pieces: Vec<Piece>,
    removed: BTreeSet<Removed>,
}

impl Copy {
    fn keep(&mut self, range: Range<u64>) {
        match self.pieces.last_mut() {
            Some(Piece::Kept(last)) if last.end == range.start => last.end = range.end,
            _ => self.pieces.push(Piece::Kept(range)),
        }
    }

    fn make(&mut self, bytes: Vec<u8>) {
        self.pieces.push(Piece::Made(bytes));
    }

    fn drop(&mut self, what: Removed) {
        self.removed.insert(what);
    }

    fn write(&self, file: &mut File, out: &Path) -> Result<(), Error> {
        let made = OpenOptions::new().write(true).create_new(true).open(out).map_err(Error::Write)?;
        let written = self.write_pieces(file, made);
        if written.is_err() {
            // Half a picture is nothing to keep; that it could not be written is said either way.
            drop(fs::remove_file(out));
        }
        written
    }

    fn write_pieces(&self, file: &mut File, made: File) -> Result<(), Error> {
        let mut made = BufWriter::with_capacity(256 * 1024, made);
        for piece in &self.pieces {
            match piece {
                Piece::Made(bytes) => made.write_all(bytes).map_err(Error::Write)?,
                Piece::Kept(range) => {
                    file.seek(SeekFrom::Start(range.start)).map_err(Error::reading)?;
                    let length = range.end - range.start;
                    let copied = io::copy(&mut file.take(length), &mut made).map_err(Error::Write)?;
                    if copied < length {
                        return Err(Error::Unreadable(io::ErrorKind::UnexpectedEof.into()));
                    }
                }
            }
        }
        made.flush().map_err(Error::Write)
    }
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

/// Decides about an EXIF block and notes what goes.
fn exif_block(tiff: &[u8], level: Privacy, removed: &mut BTreeSet<Removed>) -> Exif {
    let summary = exif::summary(tiff);
    let unreadable = summary.private.contains(&Removed::Other);
    match level {
        Privacy::Off => Exif::Keep,
        Privacy::LocationOnly if !summary.has_location && !unreadable => Exif::Keep,
        Privacy::LocationOnly if !unreadable && let Some(block) = exif::without_location(tiff) => {
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

/// What an XMP packet holds that people care about.
fn xmp_kinds(packet: &[u8], removed: &mut BTreeSet<Removed>) {
    let has = |word: &[u8]| memchr::memmem::find(packet, word).is_some();
    if has(b"GPSL") || has(b"photoshop:City") || has(b"Iptc4xmpCore:Location") {
        removed.insert(Removed::Location);
    }
    if has(b"SerialNumber") {
        removed.insert(Removed::Serial);
    }
    removed.insert(Removed::Captions);
}
