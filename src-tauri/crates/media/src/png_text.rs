//! The text chunks of PNG: words, and whole EXIF, XMP and IPTC blocks that programs hide in them.

use std::collections::BTreeSet;
use std::io::Read;

use crate::{Removed, exif, photoshop, xmp};

/// Nobody's words are longer once they are unpacked; what is beyond is not looked at.
const MOST: u64 = 8 * 1024 * 1024;

/// What a text chunk is.
pub(crate) struct Text {
    /// A whole block of EXIF, XMP or IPTC is hidden in it.
    pub(crate) is_block: bool,
    /// The kinds of private things in it; never empty.
    pub(crate) kinds: BTreeSet<Removed>,
}

/// Reads a `tEXt`, `zTXt` or `iTXt` chunk.
pub(crate) fn read(kind: &[u8; 4], content: &[u8]) -> Text {
    let (keyword, rest) = cut(content);
    let text = match kind {
        b"zTXt" => unpacked(rest.get(1..).unwrap_or_default()),
        b"iTXt" => international(rest),
        _ => rest.to_vec(),
    };
    let is_block = keyword == b"XML:com.adobe.xmp" || keyword.starts_with(b"Raw profile type");
    let kinds = match keyword {
        b"XML:com.adobe.xmp" => xmp::kinds(&text),
        _ if is_block => raw_profile(&text),
        b"Software" => [Removed::Software].into(),
        b"Author" | b"Copyright" => [Removed::Owner].into(),
        b"Creation Time" | b"date:create" | b"date:modify" | b"date:timestamp" => [Removed::Dates].into(),
        b"Title" | b"Description" => [Removed::Captions].into(),
        _ if keyword.starts_with(b"exif:GPS") => [Removed::Location].into(),
        _ => [Removed::Comments].into(),
    };
    Text { is_block, kinds }
}

/// Up to a zero byte, and what is behind it.
fn cut(bytes: &[u8]) -> (&[u8], &[u8]) {
    match memchr::memchr(0, bytes) {
        Some(at) => (&bytes[..at], &bytes[at + 1..]),
        None => (bytes, &[]),
    }
}

/// Behind the keyword: whether it is packed and how, a language, the keyword in it, the text.
fn international(bytes: &[u8]) -> Vec<u8> {
    let [packed, _, rest @ ..] = bytes else { return Vec::new() };
    let (_, text) = cut(cut(rest).1);
    if *packed == 1 { unpacked(text) } else { text.to_vec() }
}

fn unpacked(bytes: &[u8]) -> Vec<u8> {
    let mut text = Vec::new();
    // Of damaged data, what can be read.
    drop(flate2::read::ZlibDecoder::new(bytes).take(MOST).read_to_end(&mut text));
    text
}

/// A name, a length and hexadecimal digits, in lines.
fn raw_profile(text: &[u8]) -> BTreeSet<Removed> {
    let mut lines = text.trim_ascii().splitn(3, |byte| *byte == b'\n');
    let (_, _, digits) = (lines.next(), lines.next(), lines.next().unwrap_or_default());
    let halves: Vec<u8> = digits
        .iter()
        .filter_map(|digit| char::from(*digit).to_digit(16))
        .filter_map(|half| half.try_into().ok())
        .collect();
    let block: Vec<u8> = halves.as_chunks::<2>().0.iter().map(|[high, low]| high << 4 | low).collect();
    if let Some(tiff) = block.strip_prefix(b"Exif\0\0") {
        // Of a block in which everything is harmless, that it is one.
        exif::summary(tiff).private.into_iter().chain([Removed::Other]).collect()
    } else if block.starts_with(b"8BIM") {
        photoshop::kinds(&[b"Photoshop 3.0\0", &block[..]].concat())
    } else {
        xmp::kinds(&block)
    }
}
