//! An HTTP answer, and what it means for an upload.

use std::time::{Duration, SystemTime};

use serde_json::Value;
use url::Url;

use crate::classify::{Refusal, refusal};
use crate::image::absolute;
use crate::said::{find_ignoring_case, readable};
use crate::time::parse_http_date;
use crate::{BaseUrl, Error, Format, Image, Links, Unclear};

/// The part of an HTTP answer that carries meaning.
#[derive(Debug, Clone, Default)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) location: Option<String>,
    pub(crate) retry_after: Option<String>,
    pub(crate) powered_by: Option<String>,
    pub(crate) body: Vec<u8>,
    /// The body broke off or was longer than is read.
    pub(crate) cut: bool,
}

/// What was asked: an answer means different things to different questions.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Asked<'a> {
    pub(crate) url: &'a Url,
    pub(crate) key: Option<&'a str>,
    pub(crate) format: Format,
    /// The key went as a field of the body, not in a header.
    pub(crate) key_in_body: bool,
    /// A source went with it.
    pub(crate) with_source: bool,
    /// Every byte of the body has left.
    pub(crate) sent_whole: bool,
}

impl<'a> Asked<'a> {
    /// A question without key and body.
    pub(crate) fn about(url: &'a Url) -> Asked<'a> {
        Asked {
            url,
            key: None,
            format: Format::Json,
            key_in_body: false,
            with_source: false,
            sent_whole: false,
        }
    }
}

/// Reads the answer to an upload.
pub(crate) fn read(answer: &Answer, asked: &Asked<'_>) -> Result<Image, Error> {
    if let Some(image) = short_success(answer, asked) {
        return Ok(image);
    }
    if let Some(value) = json_within(&answer.body) {
        if let Some(refused) = Refusal::of(&value) {
            return Err(refusal(&refused, answer, asked));
        }
        let image = ["image", "data"].iter().find_map(|name| Image::read(value.get(*name)?, asked.url));
        if let Some(image) = image.filter(|_| (200..300).contains(&answer.status)) {
            return Ok(image);
        }
    }
    if asked.format != Format::Json
        && answer.status == 200
        && let Some(error) = short_refusal(answer, asked)
    {
        return Err(error);
    }
    Err(trouble(answer, asked))
}

/// A success in the shape of `format=txt` (the direct link) or `format=redirect` (to the viewer page).
fn short_success(answer: &Answer, asked: &Asked<'_>) -> Option<Image> {
    match (asked.format, answer.status) {
        (Format::Txt, 200) => {
            let text = std::str::from_utf8(&answer.body).ok()?.trim();
            let is_link = (text.starts_with("http://") || text.starts_with("https://"))
                && !text.contains(char::is_whitespace);
            let direct = absolute(text, asked.url).filter(|_| is_link)?;
            Some(Image::of_links(Links { direct: Some(direct), ..Links::default() }))
        }
        (Format::Redirect, 302) => {
            let viewer = absolute(answer.location.as_deref()?, asked.url)?;
            if viewer.contains("/api/1/upload") {
                return None;
            }
            let id = viewer.rsplit(['/', '.']).next().map(str::to_owned);
            Some(Image { id, ..Image::of_links(Links { viewer: Some(viewer), ..Links::default() }) })
        }
        _ => None,
    }
}

/// An error in the shape of `format=txt`: HTTP 200 and the bare sentence, without a code.
fn short_refusal(answer: &Answer, asked: &Asked<'_>) -> Option<Error> {
    let text = String::from_utf8_lossy(&answer.body);
    if text.contains('<') || text.trim().is_empty() || answer.cut {
        return None;
    }
    match refusal(&Refusal::without_code(&text), answer, asked) {
        // A bare sentence of no known kind confirms nothing and refuses nothing.
        Error::Refused { .. } => None,
        error => Some(error),
    }
}

/// What an answer without readable JSON means, by its status.
pub(crate) fn trouble(answer: &Answer, asked: &Asked<'_>) -> Error {
    let page = String::from_utf8_lossy(&answer.body);
    let status = answer.status;
    let unclear = |why| Error::Unknown { why, status: Some(status), text: readable(&page, asked.key) };
    match status {
        200..=299 if is_maintenance(answer, &page) => Error::Maintenance,
        200..=299 if answer.cut && answer.body.len() < crate::client::MAX_ANSWER => unclear(Unclear::Lost),
        200..=299 => unclear(Unclear::Unreadable),
        300..=399 => Error::Moved { to: moved_to(answer, asked.url) },
        404 | 405 | 410 => Error::WrongAddress { status },
        401 | 403 | 451 => Error::Blocked { status },
        407 => Error::ProxyAuth,
        413 => Error::TooBig { max: None, said: None },
        429 => Error::RateLimited { retry_after: wait(answer) },
        507 => Error::NoSpace { said: None },
        502 | 504 | 520 | 522 | 524 if asked.sent_whole => unclear(Unclear::Gateway),
        408 | 425 | 500..=599 => Error::SiteTrouble { status, retry_after: wait(answer), said: None },
        _ => Error::Refused { code: status.to_string(), said: readable(&page, asked.key) },
    }
}

/// Chevereto closed for maintenance answers every request with an HTML page and HTTP 200.
fn is_maintenance(answer: &Answer, page: &str) -> bool {
    let is_page = find_ignoring_case(page, "<html").is_some();
    // The API's own answers never carry this header; only pages do.
    let is_chevereto = answer.powered_by.as_deref().is_some_and(|by| by.starts_with("Chevereto"));
    is_page && (is_chevereto || find_ignoring_case(&readable(page, None), "maintenance").is_some())
}

/// The base address that a redirect names.
pub(crate) fn moved_to(answer: &Answer, asked: &Url) -> Option<BaseUrl> {
    let target = asked.join(answer.location.as_deref()?).ok()?;
    BaseUrl::parse(target.as_str()).ok()
}

/// `Retry-After`, in seconds or as a date; at most a day.
pub(crate) fn wait(answer: &Answer) -> Option<Duration> {
    let text = answer.retry_after.as_deref()?.trim();
    let wait = match text.parse() {
        Ok(seconds) => Duration::from_secs(seconds),
        Err(_) => parse_http_date(text)?.duration_since(SystemTime::now()).unwrap_or_default(),
    };
    Some(wait.min(Duration::from_secs(86_400)))
}

/// The answer's JSON object: alone, after a BOM, or within what PHP printed before and after it.
pub(crate) fn json_within(body: &[u8]) -> Option<Value> {
    const TRIES: usize = 64;
    if let Ok(value @ Value::Object(_)) = serde_json::from_slice(body) {
        return Some(value);
    }
    let starts = body.iter().enumerate().filter(|(_, byte)| **byte == b'{').map(|(at, _)| at);
    starts.take(TRIES).find_map(|start| {
        let mut values = serde_json::Deserializer::from_slice(&body[start..]).into_iter::<Value>();
        let value = values.next()?.ok()?;
        let known = ["image", "data", "error", "status_code"].iter().any(|name| value.get(name).is_some());
        known.then_some(value)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_upload(status: u16, body: impl Into<Vec<u8>>) -> Result<Image, Error> {
        let url = Url::parse("https://host/api/1/upload").unwrap();
        let answer = Answer { status, body: body.into(), ..Answer::default() };
        read(&answer, &Asked { with_source: true, sent_whole: true, ..Asked::about(&url) })
    }

    const OK: &str =
        r#"{"status_code":200,"image":{"id_encoded":"a1","url_viewer":"https://host/image/a1"}}"#;

    #[test]
    fn json_is_found_behind_noise() {
        for body in [
            OK.to_owned(),
            format!("\u{feff}{OK}"),
            format!("<br />\n<b>Notice</b>: Undefined {{index}} in {{x}} on line 1<br />\n{OK}"),
            format!("{OK}\n<!-- 0.1 s -->"),
        ] {
            assert_eq!(read_upload(200, body.clone()).unwrap().id.as_deref(), Some("a1"), "{body}");
        }
    }

    #[test]
    fn what_confirms_nothing_is_unknown() {
        let deep = "[".repeat(100_000);
        for body in [
            "",
            "{",
            "<b>Warning</b>: mysqli in /srv",
            &OK[..OK.len() - 4],
            r#"{"status_code":200,"image":{}}"#,
            r#"{"status_code":200,"image":[]}"#,
            r#"{"image":"x"}"#,
            "null",
            &deep,
            &"{".repeat(100_000),
        ] {
            let error = read_upload(200, body).unwrap_err();
            assert!(matches!(error, Error::Unknown { why: Unclear::Unreadable, .. }), "{error:?}");
        }
        let error = read_upload(200, "<p>PHP <b>Warning</b>: x</p>".repeat(999)).unwrap_err();
        assert!(error.said().unwrap().chars().count() <= 200 && !error.said().unwrap().contains('<'));
    }

    #[test]
    fn a_status_without_json_has_its_name() {
        for (status, code) in [
            (301, "moved"),
            (403, "blocked"),
            (404, "wrong-address"),
            (407, "proxy-auth"),
            (413, "too-big"),
            (429, "rate-limited"),
            (500, "site-trouble"),
            (502, "unknown"),
            (503, "site-trouble"),
            (507, "no-space"),
            (524, "unknown"),
            (418, "refused"),
        ] {
            assert_eq!(read_upload(status, "<html>x</html>").unwrap_err().code(), code, "{status}");
        }
    }

    #[test]
    fn a_redirect_names_the_address_to_configure() {
        let url = Url::parse("http://host/sub/api/1/upload").unwrap();
        for (location, to) in [
            ("https://host/sub/api/1/upload", "https://host/sub"),
            ("/api/1/upload/?key=chv_secret", "http://host"),
            ("https://other.example/", "https://other.example"),
        ] {
            let answer = Answer { status: 301, location: Some(location.to_owned()), ..Answer::default() };
            let Err(Error::Moved { to: Some(base) }) = read(&answer, &Asked::about(&url)) else {
                panic!("{location}");
            };
            assert_eq!(base.to_string(), to);
        }
    }

    #[test]
    fn the_wait_is_read_in_both_shapes() {
        let of = |text: &str| wait(&Answer { retry_after: Some(text.to_owned()), ..Answer::default() });
        assert_eq!(of("120"), Some(Duration::from_secs(120)));
        assert_eq!(of("Wed, 25 Nov 2020 02:53:51 GMT"), Some(Duration::ZERO));
        assert_eq!(of("99999999"), Some(Duration::from_secs(86_400)));
        assert_eq!(of("soon"), None);
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_have_an_outcome(status in 200_u16..600, body: Vec<u8>) {
            let _ = read_upload(status, body);
        }

        #[test]
        fn any_damaged_answer_has_an_outcome(at in 0..OK.len(), byte: u8) {
            let mut body = OK.as_bytes().to_vec();
            body[at] = byte;
            let _ = read_upload(200, body);
        }
    }
}
