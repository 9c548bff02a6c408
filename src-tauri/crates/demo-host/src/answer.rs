//! Answers in the exact shape of the recorded ones (FACTS §5).

use std::io::{self, Write};

use axum::{
    body::Body,
    http::{HeaderValue, Response, StatusCode, header},
};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;
use serde_json::{Value, json, ser::Formatter};
use time::OffsetDateTime;

use crate::{
    Mode, Settings,
    index::{AlbumRow, FileRow},
    picture::MEDIUM,
};

/// A refusal as the site words it. `code` is a string where the database speaks.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Refusal {
    pub(crate) code: Value,
    pub(crate) message: String,
}

impl Refusal {
    pub(crate) fn new(code: i64, message: impl Into<String>) -> Self {
        Self { code: code.into(), message: message.into() }
    }

    /// The code as a number, also where it is sent as text.
    pub(crate) fn number(&self) -> i64 {
        self.code.as_i64().or_else(|| self.code.as_str()?.parse().ok()).unwrap_or(0)
    }
}

/// PHP's `rawurlencode`.
const RAW: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

pub(crate) fn raw_url(text: &str) -> String {
    utf8_percent_encode(text, RAW).to_string()
}

/// `/image/my-title.id`, `/video/…` for clips.
pub(crate) fn path_viewer(file: &FileRow) -> String {
    let slug = slug(&file.title);
    let dot = if slug.is_empty() { "" } else { "." };
    format!("/{}/{}{dot}{}", route(file), raw_url(&slug), file.id)
}

pub(crate) fn path_album(album: &AlbumRow) -> String {
    format!("/album/{}.{}", raw_url(&slug(&album.name)), album.id)
}

fn route(file: &FileRow) -> &'static str {
    if file.clip { "video" } else { "image" }
}

pub(crate) fn path_short(file: &FileRow) -> String {
    format!("/{}/{}", route(file), file.id)
}

pub(crate) fn url(base: &str, file: &FileRow, copy: &str) -> String {
    format!("{base}/images/{}/{}", file.day, raw_url(&file.file_name(copy)))
}

/// A title as it stands in a link: no tags, no quotes, hyphens for spaces.
fn slug(title: &str) -> String {
    let mut text = String::new();
    let mut in_tag = false;
    for letter in title.chars() {
        match letter {
            '<' => in_tag = true,
            '>' if in_tag => in_tag = false,
            _ if in_tag => {}
            '"' | '\'' | '&' | '?' | '#' | '/' | '\\' => text.push(' '),
            letter => text.push(letter),
        }
    }
    text.split([' ', '\n', '\r', '\t', '-']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join("-")
}

/// HTML text, quotes too.
pub(crate) fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&apos;")
}

/// `2026-11-25 02:53:51`, UTC.
pub(crate) fn date(seconds: i64) -> String {
    let at = OffsetDateTime::from_unix_timestamp(seconds).unwrap_or(OffsetDateTime::UNIX_EPOCH);
    let (hour, minute, second) = at.to_hms();
    format!("{:04}-{:02}-{:02} {hour:02}:{minute:02}:{second:02}", at.year(), u8::from(at.month()), at.day())
}

/// `19.3 KB`; a KB is 1000 bytes. `trim` leaves `.0` out, as limits are worded.
pub(crate) fn size(bytes: u64, trim: bool) -> String {
    let units = ["KB", "MB", "GB", "TB"];
    if bytes < 1_000 {
        return format!("{bytes} B");
    }
    let mut value = bytes as f64 / 1_000.0;
    let mut unit = 0;
    while value >= 1_000.0 && unit + 1 < units.len() {
        value /= 1_000.0;
        unit += 1;
    }
    let text = format!("{value:.1}");
    let text = if trim { text.strip_suffix(".0").unwrap_or(&text) } else { &text };
    format!("{text} {}", units[unit])
}

/// The `image` of a success.
pub(crate) fn image(base: &str, file: &FileRow, settings: &Settings, password: &str, now: i64) -> Value {
    let part = |copy: &str, size: u64| {
        if size == 0 {
            let mut none = json!({"filename": null, "name": null, "mime": null, "extension": null});
            if file.approved {
                none["url"] = Value::Null;
            }
            return none;
        }
        let mut part = json!({
            "filename": file.file_name(copy), "name": format!("{}{copy}", file.name),
            "mime": file.copy_mime(copy), "extension": file.copy_extension(copy), "size": size,
        });
        if file.approved {
            part["url"] = url(base, file, copy).into();
        }
        part
    };
    let shown = if file.clip {
        ".fr"
    } else if file.medium_size > 0 {
        ".md"
    } else {
        ""
    };
    let ratio = f64::from(file.width) / f64::from(file.height.max(1));
    let viewer = path_viewer(file);
    let short = format!("{base}{}", path_short(file));
    let truncated = truncate(&file.title);
    let mut image = json!({
        "name": file.name, "extension": file.extension, "size": file.size,
        "width": file.width, "height": file.height,
        "date": date(file.stored_at), "date_gmt": date(file.stored_at),
        "title": file.title, "description": file.description, "nsfw": u8::from(file.nsfw),
        "storage_mode": "datefolder", "md5": file.md5, "source_md5": file.source_md5,
        "original_filename": file.original_filename, "original_exifdata": file.exif,
        "views": 0, "category_id": file.category,
        "chain": if file.clip { 21 } else if file.medium_size > 0 { 7 } else { 5 },
        "thumb_size": file.thumb_size, "medium_size": file.medium_size, "frame_size": file.frame_size,
        "expiration_date_gmt": file.expires.map(date), "likes": 0,
        "is_animated": u8::from(file.animated), "is_approved": u8::from(file.approved), "is_360": 0,
        "duration": file.duration, "type": if file.clip { "video" } else { "image" },
        "tags": file.tags.iter().map(|tag| tag_value(tag)).collect::<Vec<_>>(),
        "tags_string": file.tags.join(", "),
        "file": {"resource": {"type": "path"}},
        "id_encoded": file.id, "filename": file.file_name(""), "mime": file.mime,
        "ratio": number(ratio), "size_formatted": size(file.size, false),
        "image": part("", file.size), "medium": part(".md", file.medium_size),
        "thumb": part(".th", file.thumb_size),
        "url_frame": "", "duration_time": "",
        "url_viewer": format!("{base}{viewer}"), "path_viewer": viewer, "url_short": short,
        "display_width": file.width, "display_height": file.height,
        "views_label": "views", "likes_label": "likes", "how_long_ago": ago(now - file.stored_at),
        "date_fixed_peer": date(file.stored_at),
        "title_truncated": truncated, "title_truncated_html": escape(&truncated),
        "is_use_loader": false, "display_title": file.title,
        "delete_url": format!("{short}/delete/{password}"),
    });
    if file.approved {
        image["url"] = url(base, file, "").into();
        image["display_url"] = url(base, file, shown).into();
    }
    if shown == ".md" {
        // A setting, hence text.
        image["display_width"] = MEDIUM.to_string().into();
        image["display_height"] = ((f64::from(MEDIUM) / ratio).round() as u64).into();
    }
    if file.clip {
        image["frame"] = part(".fr", file.frame_size);
        image["url_frame"] = url(base, file, ".fr").into();
        image["duration_time"] = format!("{:02}:{:02}", file.duration / 60, file.duration % 60).into();
    }
    of_its_time(&mut image, settings.mode);
    image
}

/// What other versions do not have, or name or write otherwise (FACTS §9).
fn of_its_time(image: &mut Value, mode: Mode) {
    let Some(fields) = image.as_object_mut() else { return };
    match mode {
        Mode::V42 => {}
        Mode::V41 => {
            fields.remove("tags");
            fields.remove("tags_string");
        }
        Mode::V44 => {
            for (old, new) in [("md5", "checksum"), ("source_md5", "source_checksum")] {
                if let Some(value) = fields.remove(old) {
                    fields.insert(new.to_owned(), value);
                }
            }
        }
        Mode::V3 => {
            for name in [
                "title",
                "tags",
                "tags_string",
                "delete_url",
                "url_short",
                "is_approved",
                "expiration_date_gmt",
            ] {
                fields.remove(name);
            }
            for name in ["nsfw", "views"] {
                if let Some(value) = fields.get_mut(name) {
                    *value = value.to_string().into();
                }
            }
        }
    }
}

fn tag_value(tag: &str) -> Value {
    let key = raw_url(tag);
    json!({"name": tag, "name_safe_html": escape(tag), "url": format!("/tag/{key}"), "url_key": key})
}

/// Whole numbers without a fraction, as PHP writes them.
fn number(value: f64) -> Value {
    if value.fract() == 0.0 { (value as u64).into() } else { value.into() }
}

fn truncate(title: &str) -> String {
    match title.char_indices().nth(28) {
        Some(_) => title.chars().take(25).chain("...".chars()).collect(),
        None => title.to_owned(),
    }
}

fn ago(seconds: i64) -> String {
    match seconds {
        ..=0 => "moments ago".to_owned(),
        1 => "1 second ago".to_owned(),
        seconds => format!("{seconds} seconds ago"),
    }
}

/// HTTP 200 with the file, in the site's own shape or, where a text field `image` came, in imgbb's.
pub(crate) fn success(image: Value, mode: Mode, imgbb: bool) -> Response<Body> {
    let message = if mode == Mode::V3 { "image uploaded" } else { "file uploaded" };
    let mut body = json!({
        "status_code": 200, "success": {"message": message, "code": 200}, "status_txt": "OK",
    });
    if imgbb {
        let mut data = image;
        data["id"] = data["id_encoded"].clone();
        body["status"] = 200.into();
        body["data"] = data;
    } else {
        body["image"] = image;
    }
    json_response(StatusCode::OK, &body)
}

/// HTTP 400 whatever the code says.
pub(crate) fn refusal(refusal: &Refusal, mode: Mode) -> Response<Body> {
    let mut error = json!({"message": refusal.message, "code": refusal.code});
    if mode == Mode::V3 {
        error["context"] = "Exception".into();
    }
    json_response(
        StatusCode::BAD_REQUEST,
        &json!({"status_code": 400, "error": error, "status_txt": "Bad Request"}),
    )
}

pub(crate) fn json_response(status: StatusCode, body: &Value) -> Response<Body> {
    with_type(status, "application/json; charset=UTF-8", php_json(body))
}

pub(crate) fn html(status: StatusCode, body: String) -> Response<Body> {
    with_type(status, "text/html; charset=UTF-8", body.into_bytes())
}

/// 400s and 500s close the connection, as Apache does.
fn with_type(status: StatusCode, kind: &'static str, body: Vec<u8>) -> Response<Body> {
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(header::EXPIRES, HeaderValue::from_static("0"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store, no-cache, must-revalidate"));
    headers.insert(header::PRAGMA, HeaderValue::from_static("no-cache"));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("frame-ancestors 'none'"));
    headers.insert(header::SET_COOKIE, HeaderValue::from_static("PHPSESSID=demo; path=/; HttpOnly"));
    if matches!(status, StatusCode::BAD_REQUEST | StatusCode::INTERNAL_SERVER_ERROR) {
        headers.insert(header::CONNECTION, HeaderValue::from_static("close"));
    }
    response
}

/// A redirect with an empty HTML body.
pub(crate) fn redirect(status: StatusCode, to: &str) -> Response<Body> {
    let mut response = html(status, String::new());
    // Every address made here is percent-encoded; one given by a fault may not be.
    if let Ok(to) = HeaderValue::from_str(to) {
        response.headers_mut().insert(header::LOCATION, to);
    }
    response
}

/// JSON as PHP writes it: `\/`, and everything beyond ASCII as `\uXXXX`.
pub(crate) fn php_json(value: &Value) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut serializer = serde_json::Serializer::with_formatter(&mut bytes, Php);
    value.serialize(&mut serializer).expect("a JSON value can be written to memory");
    bytes
}

struct Php;

impl Formatter for Php {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        for letter in fragment.chars() {
            match letter {
                '/' => writer.write_all(b"\\/")?,
                letter if letter.is_ascii() => writer.write_all(&[letter as u8])?,
                letter => {
                    for unit in letter.encode_utf16(&mut [0; 2]) {
                        write!(writer, "\\u{unit:04x}")?;
                    }
                }
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_as_recorded() {
        assert_eq!(slug("my holiday photo 01.th"), "my-holiday-photo-01.th");
        assert_eq!(slug("<b>x</b> \"q\" & ė 🎉"), "x-q-ė-🎉");
        assert_eq!(slug("ünï çödé 漢字 & %22q%22 's"), "ünï-çödé-漢字-%22q%22-s");
        assert_eq!(slug("a \"q\" b"), "a-q-b");
        assert_eq!(slug("   "), "");
    }

    #[test]
    fn sizes_as_recorded() {
        assert_eq!([size(69, false), size(1_081, false), size(19_291, false)], ["69 B", "1.1 KB", "19.3 KB"]);
        assert_eq!([size(2_000_000, true), size(10_000, true)], ["2 MB", "10 KB"]);
    }

    #[test]
    fn json_is_ascii() {
        assert_eq!(php_json(&json!({"a/b": "ė🎉\n"})), br#"{"a\/b":"\u0117\ud83c\udf89\n"}"#);
    }
}
