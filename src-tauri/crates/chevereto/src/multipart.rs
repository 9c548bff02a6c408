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
        let (name, mime) = (quoted(&file_name(name)), part_type(mime));
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

/// The longest file name that is sent, in bytes; sites keep it in a column of 255.
const NAME: usize = 255;
/// A longer word behind the last dot is no extension.
const EXTENSION: usize = 16;

/// A file name that arrives as it is: without control characters, which could end the header; without slashes of
/// either kind, at which PHP would cut it (and a backslash at its end would hide the quote); no longer than is kept.
fn file_name(name: &str) -> String {
    let kept = name.chars().filter(|c| !c.is_control());
    let name = shortened(kept.map(|c| if matches!(c, '/' | '\\') { '_' } else { c }).collect());
    // A name of dots means a folder, and makes an empty title.
    if name.chars().all(|c| c == '.' || c.is_whitespace()) { "upload".to_owned() } else { name }
}

/// Cuts the stem, between two characters; the extension stays.
fn shortened(name: String) -> String {
    if name.len() <= NAME {
        return name;
    }
    let dot = name.rfind('.').filter(|dot| name.len() - dot <= EXTENSION);
    let (stem, extension) = name.split_at(dot.unwrap_or(name.len()));
    let room = NAME - extension.len();
    let end = (0..=room).rev().find(|at| stem.is_char_boundary(*at)).unwrap_or_default();
    [&stem[..end], extension].concat()
}

/// Between quotes; PHP reads `\"` as a quote, and takes `%22` and the like as they are.
fn quoted(name: &str) -> String {
    name.replace('"', "\\\"")
}

/// A part type in lower case (the server compares it as it is), or the one that means "some bytes".
fn part_type(mime: &str) -> String {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$&-^_.+/".contains(&byte);
    let mime = mime.trim().to_ascii_lowercase();
    let readable = mime.bytes().all(allowed) && mime.matches('/').count() == 1;
    if readable { mime } else { "application/octet-stream".to_owned() }
}

#[cfg(test)]
#[path = "../tests/support/php.rs"]
mod php;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Description, Expiration, Tags, Title};

    #[test]
    fn a_file_name_arrives_as_it_is_or_harmless() {
        for (name, sent) in [
            ("Šaltibarščiai 🍲 nr 1.png", "Šaltibarščiai 🍲 nr 1.png"),
            ("a\"b.png", "a\"b.png"),
            ("a\r\nX: y\u{0}.png", "aX: y.png"),
            ("../../etc\\x.png", ".._.._etc_x.png"),
            ("ends in \\", "ends in _"),
            ("100%22;x='y.png", "100%22;x='y.png"),
            (" a. ", " a. "),
            (".hidden.png", ".hidden.png"),
            ("\u{202e}gnp.a", "\u{202e}gnp.a"),
            ("\n", "upload"),
            ("..", "upload"),
            (" . ", "upload"),
        ] {
            assert_eq!(file_name(name), sent);
            assert_eq!(sent_with(name).filename.as_deref(), Some(sent.as_bytes()));
        }
    }

    #[test]
    fn a_long_file_name_keeps_its_extension() {
        let long = format!("{}.png", "ė🍲".repeat(60));
        let sent = file_name(&long);
        assert!(sent.ends_with("ė.png") && (250..=NAME).contains(&sent.len()), "{sent}");
        assert_eq!(file_name(&"x".repeat(300)), "x".repeat(NAME));
        assert_eq!(file_name(&format!("{}x", " ".repeat(300))), "upload");
        assert_eq!(file_name(&format!("a.{}", "x".repeat(300))).len(), NAME);
        let just = format!("{}.png", "x".repeat(NAME - 4));
        assert_eq!(file_name(&just), just);
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

    /// The file part of a form, as PHP reads it.
    fn sent_with(name: &str) -> php::Part {
        let source = Source::Bytes { bytes: "x".into(), name: name.into(), mime: "image/png".into() };
        let (form, bytes) = (upload(&source, &Fields::default(), None), b"x");
        let body = [&form.head[..], bytes, &form.tail].concat();
        php::read(&form.content_type, &body).expect("a form").pop().expect("a part")
    }

    proptest::proptest! {
        #[test]
        fn any_file_name_arrives_in_one_piece(name: String) {
            let part = sent_with(&name);
            proptest::prop_assert_eq!(part.filename, Some(file_name(&name).into_bytes()));
            proptest::prop_assert_eq!((&part.name[..], &part.value[..]), (&b"source"[..], &b"x"[..]));
        }

        #[test]
        fn long_file_names_lose_only_the_end_of_their_stem(stem in "[^\\pC/\\\\.]{1,200}", extension in "[a-z0-9]{1,5}") {
            let name = format!("{stem}.{extension}");
            let sent = file_name(&name);
            let kept = sent.strip_suffix(&extension).and_then(|sent| sent.strip_suffix('.'));
            proptest::prop_assert!(sent.len() <= NAME && kept.is_some_and(|kept| stem.starts_with(kept)));
            proptest::prop_assert!(name.len() > NAME || sent == name);
        }

        #[test]
        fn any_text_and_content_arrive_byte_for_byte(
            title in "\\PC{1,100}|[\\r\\n\\-\0\"x]{1,99}x",
            description in "(?s).{1,300}x",
            content: Vec<u8>,
        ) {
            let fields = Fields {
                title: Title::parse(&title).ok(),
                description: Description::parse(&description).ok(),
                ..Fields::default()
            };
            let source =
                Source::Bytes { bytes: content.clone().into(), name: "a".into(), mime: "image/png".into() };
            let form = upload(&source, &fields, Some("chv_1_k"));
            let parts = php::read(&form.content_type, &[&form.head[..], &content, &form.tail].concat());
            let read: Vec<_> =
                parts.expect("a form").into_iter().map(|part| (part.name, part.value)).collect();
            let asked = [("key", "chv_1_k".to_owned())].into_iter().chain(texts(&fields));
            let asked = asked.map(|(name, value)| (name.into(), value.into_bytes()));
            let asked: Vec<(Vec<u8>, Vec<u8>)> = asked.chain([("source".into(), content)]).collect();
            proptest::prop_assert_eq!(read, asked);
        }
    }
}
