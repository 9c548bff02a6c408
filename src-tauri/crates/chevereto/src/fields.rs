//! What can be said about an upload, each with the server's own limits in its constructor.

use std::fmt;
use std::num::NonZeroU32;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::{Expiration, Tags, Width};

/// Everything that can be said about one upload. `Default` says nothing: the site decides. Say what you want and take
/// the rest from `Default`.
///
/// What a site would drop, cut or misread without a word cannot be said: the constructors refuse it. What only the
/// site knows (whether the album is yours, how many tags it keeps, the account's own expiry) it decides silently;
/// [`Asked::differences`](crate::Asked::differences) reports what its answer shows of that.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fields {
    /// Without one the site takes the EXIF title, else the file name without its extension.
    pub title: Option<Title>,
    /// Without one the site takes the EXIF description.
    pub description: Option<Description>,
    /// Chevereto 4.2 and later; ignored for a guest key. An account may add the camera's model, a site cap the number.
    pub tags: Tags,
    /// The site takes it without a word only when it is the key's own, and its answer never says.
    pub album: Option<AlbumId>,
    /// The site stores any number, whether there is such a category or not;
    /// [`Probe::categories`](crate::Probe::categories) has the real ones.
    pub category: Option<CategoryId>,
    /// The width in pixels to shrink to; see [`Width::within`].
    pub width: Option<Width>,
    /// When the site deletes the file by itself. It may have a mind of its own: read
    /// [`Image::expires_at`](crate::Image::expires_at).
    pub expiration: Option<Expiration>,
    /// Not safe for work. `Some(false)` is what the site takes for "not given".
    pub nsfw: Option<bool>,
    /// What the answer looks like. Only [`Format::Json`] tells errors apart and gives a delete link.
    pub format: Format,
    /// Dates the upload by the picture: admin keys on 4.2.1 and later, JPEG with an EXIF date. The folder in the
    /// direct link follows that date.
    pub use_file_date: bool,
}

/// The kind of answer to ask for. With the short ones a site gives errors as a bare sentence with HTTP 200, and a
/// picture that waits for approval as a PHP error: what cannot be told apart is [`Error::Unknown`](crate::Error).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Format {
    /// The whole answer.
    #[default]
    Json,
    /// Only the direct link, as text.
    Txt,
    /// A redirect to the viewer page.
    Redirect,
}

/// Why a value cannot be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum FieldError {
    /// Empty or `0`, which the site reads as "not given", or nothing but blanks.
    #[error("this says nothing: empty, blank or 0")]
    Blank,
    /// More than the site keeps; `max` in characters (bytes for a description).
    #[error("too long: {len}, and the site keeps {max}")]
    TooLong {
        /// How long it is.
        len: usize,
        /// How long it may be.
        max: usize,
    },
    /// `0`, or a tag with a comma, a slash, a hash sign, or made of one repeated sign: the site drops it silently.
    #[error("the site drops a tag like this")]
    TagDropped,
    /// Neither an album id, nor `name.id`, nor the address of an album.
    #[error("this is no album id and no album address")]
    Album,
    /// Not a whole number above zero.
    #[error("a whole number above zero is needed")]
    Number,
    /// Not an ISO 8601 duration; the site would delete the file after five minutes.
    #[error("this is no ISO 8601 duration")]
    ExpirationUnreadable,
    /// Under five minutes.
    #[error("a site keeps a file for five minutes at least")]
    ExpirationTooShort,
    /// Over one year.
    #[error("a site deletes by itself within one year at most")]
    ExpirationTooLong,
    /// Not standard, padded base64.
    #[error("this is not base64")]
    Base64,
}

impl FieldError {
    /// A stable word for this error.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            FieldError::Blank => "field-blank",
            FieldError::TooLong { .. } => "field-too-long",
            FieldError::TagDropped => "tag-dropped",
            FieldError::Album => "album-unreadable",
            FieldError::Number => "number-unreadable",
            FieldError::ExpirationUnreadable => "expiration-unreadable",
            FieldError::ExpirationTooShort => "expiration-too-short",
            FieldError::ExpirationTooLong => "expiration-too-long",
            FieldError::Base64 => "base64-unreadable",
        }
    }
}

/// Text that is not worth sending: `array_filter` in PHP takes `""` and `"0"`, exactly these, for nothing. Blanks alone
/// the server does keep, as a title that nobody can see; nobody means that.
pub(crate) fn is_not_given(text: &str) -> bool {
    text == "0" || text.trim().is_empty()
}

macro_rules! text_value {
    ($name:ident) => {
        impl $name {
            /// The text that is sent.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl FromStr for $name {
            type Err = FieldError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::parse(text)
            }
        }

        impl TryFrom<String> for $name {
            type Error = FieldError;

            fn try_from(text: String) -> Result<Self, Self::Error> {
                Self::parse(&text)
            }
        }

        impl From<$name> for String {
            fn from(value: $name) -> Self {
                value.0
            }
        }
    };
}
pub(crate) use text_value;

/// A title of 1 to 100 characters.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Title(String);

impl Title {
    /// Longest title in characters; the site cuts off the rest.
    pub const MAX_CHARS: usize = 100;

    /// A title, kept as it is: PHP changes no character of a form field, neither blanks around it nor line breaks nor
    /// control characters, and the site stores what it gets.
    ///
    /// # Errors
    /// [`FieldError::Blank`] for `""` and `"0"`, which the site reads as not given, and for nothing but blanks;
    /// [`FieldError::TooLong`] over 100 characters, where the site would cut.
    pub fn parse(text: &str) -> Result<Title, FieldError> {
        if is_not_given(text) {
            return Err(FieldError::Blank);
        }
        let len = text.chars().count();
        if len > Self::MAX_CHARS {
            return Err(FieldError::TooLong { len, max: Self::MAX_CHARS });
        }
        Ok(Title(text.to_owned()))
    }
}
text_value!(Title);

/// A description of up to 65,535 bytes.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Description(String);

impl Description {
    /// Longest description in bytes: the size of the column in the site's database.
    pub const MAX_BYTES: usize = 65_535;

    /// A description, kept as it is, line breaks included.
    ///
    /// # Errors
    /// [`FieldError::Blank`] for `""` and `"0"`, which the site reads as not given, and for nothing but blanks;
    /// [`FieldError::TooLong`] over 65,535 bytes, where the site's database refuses the upload.
    pub fn parse(text: &str) -> Result<Description, FieldError> {
        if is_not_given(text) {
            return Err(FieldError::Blank);
        }
        if text.len() > Self::MAX_BYTES {
            return Err(FieldError::TooLong { len: text.len(), max: Self::MAX_BYTES });
        }
        Ok(Description(text.to_owned()))
    }
}
text_value!(Description);

/// The encoded id of an album, as in its address.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct AlbumId(String);

impl AlbumId {
    /// Reads `id`, `name.id`, or the address of an album (`https://host/album/name.id`).
    ///
    /// # Errors
    /// [`FieldError::Album`] when there is no id in it; the site would drop it silently.
    pub fn parse(text: &str) -> Result<AlbumId, FieldError> {
        let text = text.trim();
        let path = text.split(['?', '#']).next().unwrap_or_default();
        let is_address = path.contains('/');
        let path = path.split_once("://").map_or(path, |(_, rest)| rest).trim_end_matches('/');
        let last = match path.rsplit_once('/') {
            Some((_, last)) => last,
            None if is_address => return Err(FieldError::Album),
            None => path,
        };
        let id = last.rsplit_once('.').map_or(last, |(_, id)| id);
        let readable =
            !id.is_empty() && id.len() <= 32 && id.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if readable && id != "0" { Ok(AlbumId(id.to_owned())) } else { Err(FieldError::Album) }
    }
}
text_value!(AlbumId);

macro_rules! number_value {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(NonZeroU32);

        impl $name {
            /// The number, when it is above zero.
            #[must_use]
            pub fn new(number: u32) -> Option<$name> {
                NonZeroU32::new(number).map($name)
            }

            /// The number.
            #[must_use]
            pub fn get(self) -> u32 {
                self.0.get()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = FieldError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.trim().parse().map($name).map_err(|_| FieldError::Number)
            }
        }
    };
}

pub(crate) use number_value;

number_value!(
    /// A category of the site; see [`Probe::categories`](crate::Probe::categories).
    CategoryId
);
#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_that_the_site_ignores_is_refused() {
        for text in ["", "  ", "\u{a0}\n", "0"] {
            assert_eq!(Title::parse(text).unwrap_err(), FieldError::Blank);
        }
        for kept in [" 0 ", "00", " a ", "one\r\ntwo\n", "\0\u{7f}\u{feff}"] {
            assert_eq!(Title::parse(kept).unwrap().as_str(), kept);
        }
        assert_eq!(Title::parse(&"ž".repeat(100)).unwrap().as_str().chars().count(), 100);
        assert_eq!(Title::parse(&"ž".repeat(101)).unwrap_err(), FieldError::TooLong { len: 101, max: 100 });
    }

    #[test]
    fn an_album_is_found_in_whatever_was_pasted() {
        for text in [
            "a1B",
            " a1B ",
            "my-trip.a1B",
            "v1.2.a1B",
            "https://host/album/my-trip.a1B",
            "host/sub/album/a1B/",
            "https://host/album/a1B?sort=date#x",
            "/album/x.a1B",
        ] {
            assert_eq!(AlbumId::parse(text).unwrap().as_str(), "a1B", "{text}");
        }
    }

    #[test]
    fn garbage_is_no_album() {
        for text in ["", ".", "my album", "https://host/", "https://host", "a-b", "ąž", "0", "x."] {
            assert_eq!(AlbumId::parse(text).unwrap_err(), FieldError::Album, "{text}");
        }
    }

    #[test]
    fn numbers_are_whole_and_above_zero() {
        assert_eq!("640".parse::<CategoryId>().unwrap().get(), 640);
        for text in ["0", "-1", "12.5", "abc", ""] {
            assert_eq!(text.parse::<CategoryId>().unwrap_err(), FieldError::Number);
        }
    }
}
