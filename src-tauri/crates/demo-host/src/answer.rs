//! Answers in the exact shape of the recorded ones (FACTS §5): the JSON, and the headers of each kind of answer.

mod image;

use std::io::{self, Write};

use axum::{
    body::Body,
    http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode, header},
};
use serde::Serialize;
use serde_json::{Value, json, ser::Formatter};
use time::OffsetDateTime;

use crate::{Mode, index::random_hex};

pub(crate) use image::{Shown, image};

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

/// HTTP 200 with the file, in the site's own shape or, where a text field `image` came, in imgbb's.
pub(crate) fn success(image: Value, mode: Mode, imgbb: bool) -> Response<Body> {
    let message = if mode <= Mode::V40 { "image uploaded" } else { "file uploaded" };
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
        // What PHP says of the file is thrown by another class.
        let of_the_file = (200..400).contains(&refusal.number());
        error["context"] = if of_the_file { "UploadException" } else { "Exception" }.into();
    }
    json_response(
        StatusCode::BAD_REQUEST,
        &json!({"status_code": 400, "error": error, "status_txt": "Bad Request"}),
    )
}

/// JSON, with the time in a header that no other program writes so.
pub(crate) fn json_response(status: StatusCode, body: &Value) -> Response<Body> {
    let mut response = answer(status, "application/json; charset=UTF-8", php_json(body));
    set(response.headers_mut(), header::LAST_MODIFIED, &last_modified(OffsetDateTime::now_utc()));
    response
}

/// HTML or bare text.
pub(crate) fn html(status: StatusCode, body: String) -> Response<Body> {
    answer(status, "text/html; charset=UTF-8", body.into_bytes())
}

/// The API's own redirect, with an empty HTML body.
pub(crate) fn redirect(status: StatusCode, to: &str) -> Response<Body> {
    let mut response = html(status, String::new());
    // Every address made here is percent-encoded; one given by a fault may not be.
    set(response.headers_mut(), header::LOCATION, to);
    response
}

/// A redirect from one page to another. PHP's session makes it old news.
pub(crate) fn redirect_page(status: StatusCode, to: &str) -> Response<Body> {
    of_a_session(redirect(status, to))
}

/// A redirect to the one spelling of an address, made before the site has added its own headers.
pub(crate) fn redirect_spelling(to: &str) -> Response<Body> {
    let mut response = redirect_page(StatusCode::MOVED_PERMANENTLY, to);
    for name in [PERMISSIONS_POLICY, header::CONTENT_SECURITY_POLICY] {
        response.headers_mut().remove(name);
    }
    response
}

/// The `Expires` that PHP's session handling sets where the site does not set its own.
pub(crate) fn of_a_session(mut response: Response<Body>) -> Response<Body> {
    set(response.headers_mut(), header::EXPIRES, "Thu, 19 Nov 1981 08:52:00 GMT");
    response
}

const PERMISSIONS_POLICY: HeaderName = HeaderName::from_static("permissions-policy");

/// A new session a call. 400s and 500s close the connection, as Apache does.
fn answer(status: StatusCode, kind: &'static str, body: Vec<u8>) -> Response<Body> {
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    let session = format!("PHPSESSID={}; path=/; domain=127.0.0.1; HttpOnly", random_hex(16));
    for (name, value) in [
        (header::CONTENT_TYPE, kind),
        (header::SET_COOKIE, &session),
        (header::EXPIRES, "0"),
        (header::CACHE_CONTROL, "no-store, no-cache, must-revalidate"),
        (header::PRAGMA, "no-cache"),
        (PERMISSIONS_POLICY, "interest-cohort=()"),
        (header::CONTENT_SECURITY_POLICY, "frame-ancestors 'none'"),
    ] {
        set(headers, name, value);
    }
    if matches!(status, StatusCode::BAD_REQUEST | StatusCode::INTERNAL_SERVER_ERROR) {
        set(headers, header::CONNECTION, "close");
    }
    response
}

/// Leaves the header alone when the value is none.
fn set(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}

/// `Wed, 25 Nov 2026 02:53:51GMT`: the blank before `GMT` is missing on the real site too.
fn last_modified(at: OffsetDateTime) -> String {
    let (day, month) = (at.weekday().to_string(), at.month().to_string());
    let (hour, minute, second) = at.to_hms();
    format!(
        "{}, {:02} {} {:04} {hour:02}:{minute:02}:{second:02}GMT",
        &day[..3],
        at.day(),
        &month[..3],
        at.year()
    )
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
    fn sizes_as_recorded() {
        assert_eq!([size(69, false), size(1_081, false), size(19_291, false)], ["69 B", "1.1 KB", "19.3 KB"]);
        assert_eq!([size(2_000_000, true), size(10_000, true)], ["2 MB", "10 KB"]);
    }

    #[test]
    fn json_is_ascii() {
        assert_eq!(php_json(&json!({"a/b": "ė🎉\n"})), br#"{"a\/b":"\u0117\ud83c\udf89\n"}"#);
    }
    #[test]
    fn the_time_of_an_answer_as_recorded() {
        let at = OffsetDateTime::from_unix_timestamp(1_795_575_231).unwrap();
        assert_eq!(last_modified(at), "Wed, 25 Nov 2026 02:53:51GMT");
    }
}
