//! Tags, in the one spelling that the server keeps.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::fields::{FieldError, text_value};

/// One tag of 1 to 32 characters.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Tag(String);

impl Tag {
    /// Longest tag in characters; the site drops longer ones silently.
    pub const MAX_CHARS: usize = 32;

    /// A tag; blanks around it are dropped and those inside collapsed, as the site does.
    ///
    /// # Errors
    /// [`FieldError`] for every tag that the site would drop without a word.
    pub fn parse(text: &str) -> Result<Tag, FieldError> {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if text.is_empty() {
            return Err(FieldError::Blank);
        }
        let len = text.chars().count();
        if len > Self::MAX_CHARS {
            return Err(FieldError::TooLong { len, max: Self::MAX_CHARS });
        }
        if text.contains([',', '/', '#'])
            || text.chars().any(char::is_control)
            || is_one_sign(&text)
            || text == "0"
        {
            return Err(FieldError::TagDropped);
        }
        Ok(Tag(text))
    }
}
text_value!(Tag);

/// `....` and the like: signs that would read as a path or nothing in the tag's own address.
fn is_one_sign(text: &str) -> bool {
    let mut chars = text.chars();
    let first = chars.next().unwrap_or_default();
    first.is_ascii_punctuation() && chars.all(|c| c == first)
}

/// A list of tags without doubles, in the order given.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(from = "Vec<Tag>", into = "Vec<Tag>")]
pub struct Tags(Vec<Tag>);

impl Tags {
    /// Reads a comma list; empty places in it are skipped.
    ///
    /// # Errors
    /// The first tag that the site would drop.
    pub fn parse(list: &str) -> Result<Tags, FieldError> {
        list.split(',').filter(|part| !part.trim().is_empty()).map(Tag::parse).collect()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The tags in order.
    pub fn iter(&self) -> impl Iterator<Item = &Tag> {
        self.0.iter()
    }
}

impl FromIterator<Tag> for Tags {
    fn from_iter<I: IntoIterator<Item = Tag>>(tags: I) -> Self {
        let mut kept: Vec<Tag> = Vec::new();
        for tag in tags {
            if !kept.contains(&tag) {
                kept.push(tag);
            }
        }
        Tags(kept)
    }
}

impl From<Vec<Tag>> for Tags {
    fn from(tags: Vec<Tag>) -> Self {
        tags.into_iter().collect()
    }
}

impl From<Tags> for Vec<Tag> {
    fn from(tags: Tags) -> Self {
        tags.0
    }
}

impl fmt::Display for Tags {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, tag) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str(",")?;
            }
            f.write_str(tag.as_str())?;
        }
        Ok(())
    }
}

impl FromStr for Tags {
    type Err = FieldError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Tags::parse(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_reads_as_the_site_reads_it() {
        let tags = Tags::parse(" red,, two   words ,red,Red").unwrap();
        assert_eq!(tags.to_string(), "red,two words,Red");
    }

    #[test]
    fn what_the_site_drops_silently_is_refused() {
        assert!(Tag::parse(&"a".repeat(32)).is_ok());
        assert_eq!(Tag::parse(&"a".repeat(33)).unwrap_err(), FieldError::TooLong { len: 33, max: 32 });
        for text in ["a,b", "x/y", "#1", "....", "0", "\u{7}x"] {
            assert_eq!(Tag::parse(text).unwrap_err(), FieldError::TagDropped, "{text}");
        }
        assert!(Tags::parse("ok,x/y").is_err());
    }
}
