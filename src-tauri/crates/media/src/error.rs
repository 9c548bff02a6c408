//! What can go wrong with one file.

use std::io;

use crate::Format;

/// Why a file could not be looked at, previewed or stripped. Paths are not part of it: the caller knows the
/// path, and a path has no place in a log.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Nothing is at this path (any more).
    #[error("the file is not there")]
    Missing,
    /// The file is there, and the system does not let us read it (permissions, a broken disk, a folder).
    #[error("the file cannot be read")]
    Unreadable(#[source] io::Error),
    /// The file has no bytes.
    #[error("the file is empty")]
    Empty,
    /// The bytes are neither a picture nor a clip.
    #[error("the file is neither a picture nor a clip")]
    NotAPicture,
    /// A picture that no decoder here reads, or a clip of which no frame can be had.
    #[error("no preview is made for {}", .0.label())]
    NoPreview(Format),
    /// More pixels than [`crate::Limits`] allow.
    #[error("{width} x {height} pixels are more than the limit")]
    TooLarge {
        /// Width that the file claims, in pixels.
        width: u32,
        /// Height that the file claims, in pixels.
        height: u32,
    },
    /// Decoding would need more memory than [`crate::Limits`] allow.
    #[error("the picture needs more memory than the limit")]
    TooMuchMemory,
    /// Only still pictures are converted.
    #[error("an animation is never converted")]
    Animated,
    /// However small it is made, it has more bytes than was asked.
    #[error("the picture cannot be made so small")]
    DoesNotFit,
    /// Decoding takes longer than [`crate::Limits`] allow.
    #[error("the picture takes more time than the limit")]
    TooSlow,
    /// The file starts like its format and then does not keep to it.
    #[error("the {} file is damaged: {detail}", .format.label())]
    Damaged {
        /// What the first bytes said that it is.
        format: Format,
        /// For a log, in English; not meant for the screen.
        detail: String,
    },
    /// The copy without the private parts could not be written (a full disk, a missing folder).
    #[error("the copy cannot be written")]
    Write(#[source] io::Error),
}

impl Error {
    /// Sorts a failure to open or read the user's file.
    pub(crate) fn reading(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound => Self::Missing,
            _ => Self::Unreadable(error),
        }
    }

    /// Sorts a failure inside a file that could be opened: an end that comes too early is damage.
    pub(crate) fn inside(format: Format, error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::UnexpectedEof => Self::damaged(format, "it ends too early"),
            io::ErrorKind::InvalidData => Self::damaged(format, error),
            _ => Self::Unreadable(error),
        }
    }

    /// Sorts a failure of a decoder of `image`.
    pub(crate) fn decoding(format: Format, error: image::ImageError) -> Self {
        match error {
            image::ImageError::Limits(_) => Self::TooMuchMemory,
            image::ImageError::Unsupported(_) => Self::NoPreview(format),
            image::ImageError::IoError(error) => Self::inside(format, error),
            other => Self::damaged(format, other),
        }
    }

    #[expect(clippy::needless_pass_by_value, reason = "callers hand over an error that they are done with")]
    pub(crate) fn damaged(format: Format, detail: impl ToString) -> Self {
        Self::Damaged { format, detail: detail.to_string() }
    }
}
