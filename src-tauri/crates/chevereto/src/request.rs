//! What to upload.

use std::fmt;
use std::path::PathBuf;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use url::Url;

use crate::fields::{FieldError, Fields};

/// One upload: the picture or clip, and what is said about it.
#[derive(Debug, Clone)]
pub struct Upload {
    /// The picture or clip.
    pub source: Source,
    /// What is said about it.
    pub fields: Fields,
}

impl Upload {
    /// An upload about which nothing is said.
    #[must_use]
    pub fn new(source: Source) -> Upload {
        Upload { source, fields: Fields::default() }
    }
}

/// Where the bytes come from.
///
/// The site tells pictures by their bytes but **clips by the MIME type of the part**: a clip needs `video/mp4`,
/// `video/webm` or `video/quicktime`, and a picture must not have a `video/…` type.
#[derive(Clone)]
pub enum Source {
    /// A file, streamed from disk. It must keep its length while it is sent.
    File {
        /// Where it is.
        path: PathBuf,
        /// The file name to tell the site; it becomes the title when none is given.
        name: String,
        /// The MIME type of the content.
        mime: String,
        /// Its length in bytes.
        len: u64,
    },
    /// Bytes in memory.
    Bytes {
        /// The content.
        bytes: Bytes,
        /// The file name to tell the site.
        name: String,
        /// The MIME type of the content.
        mime: String,
    },
    /// Base64 text; the site makes up a file name.
    Base64(Base64),
    /// An address that the site fetches: admin keys only, and only where the site allows it. `http`, `https` or `ftp`
    /// with a host; the site takes any other for base64, and refuses it.
    Url(Url),
}

impl Source {
    /// The length of the content in bytes, as far as it is known before the site has it.
    #[must_use]
    pub fn size(&self) -> Option<u64> {
        match self {
            Source::File { len, .. } => Some(*len),
            Source::Bytes { bytes, .. } => Some(bytes.len() as u64),
            Source::Base64(text) => Some(text.decoded_len()),
            Source::Url(_) => None,
        }
    }
}

impl fmt::Debug for Source {
    /// The kind and the size: the content would fill a log.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Source::File { len, mime, .. } => write!(f, "File({len} bytes, {mime})"),
            Source::Bytes { bytes, mime, .. } => write!(f, "Bytes({} bytes, {mime})", bytes.len()),
            Source::Base64(text) => write!(f, "Base64({} characters)", text.0.len()),
            Source::Url(_) => f.write_str("Url"),
        }
    }
}

/// Base64 as the site reads it: the standard alphabet, padded.
#[derive(Clone, PartialEq, Eq)]
pub struct Base64(String);

impl fmt::Debug for Base64 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Base64({} characters)", self.0.len())
    }
}

impl Base64 {
    /// Encodes bytes.
    #[must_use]
    pub fn encode(bytes: &[u8]) -> Base64 {
        Base64(STANDARD.encode(bytes))
    }

    /// Takes encoded text; white space in it is dropped, as the site does.
    ///
    /// # Errors
    /// [`FieldError::Base64`] for `data:` addresses, the URL alphabet, missing padding; [`FieldError::Blank`] for nothing.
    pub fn parse(text: &str) -> Result<Base64, FieldError> {
        let text: String = text.split_whitespace().collect();
        if text.is_empty() {
            return Err(FieldError::Blank);
        }
        if STANDARD.decode(&text).is_err() {
            return Err(FieldError::Base64);
        }
        Ok(Base64(text))
    }

    fn decoded_len(&self) -> u64 {
        let padding = self.0.bytes().rev().take_while(|byte| *byte == b'=').count();
        (self.0.len() / 4 * 3 - padding) as u64
    }

    /// The encoded text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// How much of the request's body was handed to the connection, in bytes of the body (form fields included).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Progress {
    /// So many have left.
    pub sent: u64,
    /// So many there are.
    pub total: u64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_base64_that_the_site_reads_is_taken() {
        assert_eq!(Base64::parse("aGk=\n").unwrap(), Base64::encode(b"hi"));
        for text in ["aGk", "data:image/png;base64,aGk=", "-_-_", "%"] {
            assert_eq!(Base64::parse(text).unwrap_err(), FieldError::Base64, "{text}");
        }
        assert_eq!(Base64::parse(" \n").unwrap_err(), FieldError::Blank);
    }
}
