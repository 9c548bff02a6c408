//! A `multipart/form-data` body, written exactly as PHP reads it.
//!
//! PHP wants `filename="…"` in raw UTF-8 with `\"` for a quote. It ignores `filename*=`, and a part without a file
//! name is a text field to it.

use std::hash::{BuildHasher, Hasher, RandomState};

use bytes::Bytes;

use crate::request::Source;
use crate::{Fields, Format};

/// The parts of a body around the content of the source.
#[derive(Debug)]
pub(crate) struct Multipart {
    pub(crate) content_type: String,
    /// What goes before the content.
    pub(crate) head: Bytes,
    /// What goes after it.
    pub(crate) tail: Bytes,
}

/// Writes the form of an upload; `key` is for sites that take it as a field.
pub(crate) fn upload(source: &Source, fields: &Fields, key: Option<&str>) -> Multipart {
    let mut form = Writer::new();
    if let Some(key) = key {
        form.text("key", key);
    }
    for (name, value) in texts(fields) {
        form.text(name, &value);
    }
    match source {
        Source::File { name, mime, .. } | Source::Bytes { name, mime, .. } => form.open_file(name, mime),
        Source::Base64(text) => form.text("source", text.as_str()),
        Source::Url(url) => form.text("source", url.as_str()),
    }
    form.finish(matches!(source, Source::File { .. } | Source::Bytes { .. }))
}

/// Writes a form without a source, for asking about a key.
pub(crate) fn question(key: Option<&str>) -> Multipart {
    let mut form = Writer::new();
    if let Some(key) = key {
        form.text("key", key);
    }
    form.text("format", "json");
    form.finish(false)
}

/// The fields that were set, under the server's names.
pub(crate) fn texts(fields: &Fields) -> Vec<(&'static str, String)> {
    let Fields { title, description, tags, album, category, width, expiration, nsfw, format, use_file_date } =
        fields;
    let format = match format {
        Format::Json => "json",
        Format::Txt => "txt",
        Format::Redirect => "redirect",
    };
    let flag = |on: bool| if on { "1".to_owned() } else { "0".to_owned() };
    [
        ("title", title.as_ref().map(ToString::to_string)),
        ("description", description.as_ref().map(ToString::to_string)),
        ("tags", (!tags.is_empty()).then(|| tags.to_string())),
        ("album_id", album.as_ref().map(ToString::to_string)),
        ("category_id", category.map(|category| category.to_string())),
        ("width", width.map(|width| width.to_string())),
        ("expiration", expiration.as_ref().map(ToString::to_string)),
        ("nsfw", nsfw.map(flag)),
        ("use_file_date", use_file_date.then(|| flag(true))),
        ("format", Some(format.to_owned())),
    ]
    .into_iter()
    .filter_map(|(name, value)| Some((name, value?)))
    .collect()
}

struct Writer {
    boundary: String,
    written: Vec<u8>,
}

impl Writer {
    fn new() -> Writer {
        // 128 random bits: no content holds them by chance, and nobody can write them into a file beforehand.
        let random = || RandomState::new().build_hasher().finish();
        Writer { boundary: format!("----chevereto{:016x}{:016x}", random(), random()), written: Vec::new() }
    }

    fn text(&mut self, name: &str, value: &str) {
        self.write(&["--", &self.boundary.clone(), "\r\n"]);
        self.write(&["Content-Disposition: form-data; name=\"", name, "\"\r\n\r\n", value, "\r\n"]);
    }

    fn open_file(&mut self, name: &str, mime: &str) {
        let (name, mime) = (file_name(name), part_type(mime));
        self.write(&["--", &self.boundary.clone(), "\r\n"]);
        self.write(&["Content-Disposition: form-data; name=\"source\"; filename=\"", &name, "\"\r\n"]);
        self.write(&["Content-Type: ", &mime, "\r\n\r\n"]);
    }

    fn write(&mut self, pieces: &[&str]) {
        for piece in pieces {
            self.written.extend_from_slice(piece.as_bytes());
        }
    }

    fn finish(self, within_file: bool) -> Multipart {
        let line = if within_file { "\r\n" } else { "" };
        Multipart {
            content_type: format!("multipart/form-data; boundary={}", self.boundary),
            head: self.written.into(),
            tail: format!("{line}--{}--\r\n", self.boundary).into(),
        }
    }
}

/// A file name between quotes. PHP would cut it at a slash or a backslash, and control characters could end the header.
fn file_name(name: &str) -> String {
    let mut quoted = String::with_capacity(name.len());
    for c in name.chars().filter(|c| !c.is_control()) {
        match c {
            '"' => quoted.push_str("\\\""),
            '/' | '\\' => quoted.push('_'),
            _ => quoted.push(c),
        }
    }
    if quoted.trim().is_empty() { "upload".to_owned() } else { quoted }
}

/// A part type in lower case (the server compares it as it is), or the one that means "some bytes".
fn part_type(mime: &str) -> String {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$&-^_.+/".contains(&byte);
    let mime = mime.trim().to_ascii_lowercase();
    let readable = mime.bytes().all(allowed) && mime.matches('/').count() == 1;
    if readable { mime } else { "application/octet-stream".to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Expiration, Tags, Title};

    #[test]
    fn a_file_name_stays_within_its_quotes() {
        for (name, sent) in [
            ("Šaltibarščiai 🍲 nr 1.png", "Šaltibarščiai 🍲 nr 1.png"),
            ("a\"b.png", "a\\\"b.png"),
            ("a\r\nX: y\u{0}.png", "aX: y.png"),
            ("../../etc\\x.png", ".._.._etc_x.png"),
            ("100%22.png", "100%22.png"),
            ("\n", "upload"),
        ] {
            assert_eq!(file_name(name), sent);
        }
    }

    #[test]
    fn a_part_type_is_lower_case_and_one_line() {
        assert_eq!(part_type("Video/MP4"), "video/mp4");
        assert_eq!(part_type("image/svg+xml"), "image/svg+xml");
        for odd in ["", "image", "image/png\r\nX: y", "a/b/c"] {
            assert_eq!(part_type(odd), "application/octet-stream");
        }
    }

    #[test]
    fn only_what_was_set_is_sent() {
        let fields = Fields {
            title: Some(Title::parse("A \"b\"\r\nc").unwrap()),
            tags: Tags::parse("red,blue").unwrap(),
            expiration: Some(Expiration::parse("P2W").unwrap()),
            nsfw: Some(false),
            ..Fields::default()
        };
        let sent = texts(&fields);
        let expected = [
            ("title", "A \"b\"\r\nc"),
            ("tags", "red,blue"),
            ("expiration", "P2W"),
            ("nsfw", "0"),
            ("format", "json"),
        ];
        assert_eq!(sent, expected.map(|(name, value)| (name, value.to_owned())));
    }

    /// Reads a quoted file name as PHP does: `\"` is a quote, the first bare quote ends it.
    fn as_php_reads(quoted: &str) -> Option<String> {
        let mut name = String::new();
        let mut chars = quoted.chars();
        loop {
            match chars.next()? {
                '"' => return chars.next().is_none().then_some(name),
                '\\' => match chars.next()? {
                    c @ ('"' | '\\') => name.push(c),
                    c => name.extend(['\\', c]),
                },
                c => name.push(c),
            }
        }
    }

    proptest::proptest! {
        #[test]
        fn any_file_name_arrives_in_one_piece(name: String) {
            let sent = file_name(&name);
            let kept: String = name.chars().filter(|c| !c.is_control()).map(|c| if c == '/' || c == '\\' { '_' } else { c }).collect();
            let expected = if kept.trim().is_empty() { "upload".to_owned() } else { kept };
            proptest::prop_assert_eq!(as_php_reads(&format!("{sent}\"")), Some(expected));
        }
    }
}
