//! An HTTP answer, and what it means for an upload.

use std::time::{Duration, SystemTime};

use percent_encoding::percent_decode_str;
use serde_json::Value;
use url::Url;

use crate::classify::{Refusal, refusal};
use crate::said::{find_ignoring_case, readable, tells};
use crate::short::{short_refusal, short_success};
use crate::{BaseUrl, Error, Format, Image, Unclear};

/// The part of an HTTP answer that carries meaning.
#[derive(Debug, Clone, Default)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) location: Option<String>,
    pub(crate) retry_after: Option<String>,
    pub(crate) powered_by: Option<String>,
    /// The site's clock.
    pub(crate) date: Option<SystemTime>,
    pub(crate) body: Vec<u8>,
    /// The body broke off or was longer than is read.
    pub(crate) cut: bool,
}

/// What was asked: an answer means different things to different questions.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Question<'a> {
    pub(crate) url: &'a Url,
    /// What must not come back in a sentence: the key, or the secret part of a delete link.
    pub(crate) secret: Option<&'a str>,
    pub(crate) format: Format,
    /// The key went as a field of the body, not in a header.
    pub(crate) key_in_body: bool,
    /// A source went with it.
    pub(crate) with_source: bool,
    /// The source is an address that the site fetches.
    pub(crate) by_address: bool,
    /// So many bytes of content went with it.
    pub(crate) content: u64,
    /// Every byte of the body has left.
    pub(crate) sent_whole: bool,
}

/// The smallest limit that PHP has by default for a file (`upload_max_filesize` of 2 MB), in bytes.
const LARGE: u64 = 2_000_000;

impl<'a> Question<'a> {
    /// Whether the content is so large that a site that chokes on it most likely found it too big.
    pub(crate) fn is_large(&self) -> bool {
        self.content > LARGE
    }

    /// A question without key and body.
    pub(crate) fn about(url: &'a Url) -> Question<'a> {
        Question {
            url,
            secret: None,
            format: Format::Json,
            key_in_body: false,
            with_source: false,
            by_address: false,
            content: 0,
            sent_whole: false,
        }
    }
}

/// Reads the answer to an upload.
pub(crate) fn read(answer: &Answer, asked: &Question<'_>) -> Result<Image, Error> {
    let image = stored(answer, asked)?;
    Ok(Image { answered_at: answer.date, ..image })
}

fn stored(answer: &Answer, asked: &Question<'_>) -> Result<Image, Error> {
    if let Some(image) = short_success(answer, asked) {
        return Ok(image);
    }
    if let Some(value) = json_within(&answer.body) {
        if let Some(refused) = Refusal::of(&value) {
            return Err(refusal(&refused, answer, asked));
        }
        if let Some(image) = image_in(&value, asked.url).filter(|_| (200..300).contains(&answer.status)) {
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

/// The image of an answer: Chevereto's `image`, imgbb's `data`, or the object itself, come whole out of an answer that
/// was cut behind it.
fn image_in(value: &Value, url: &Url) -> Option<Image> {
    let itself = is_image(value).then_some(value);
    let named = ["image", "data"].iter().filter_map(|name| value.get(name));
    itself.into_iter().chain(named).find_map(|value| Image::read(value, url))
}

fn is_image(value: &Value) -> bool {
    value.get("id_encoded").is_some() || value.get("url_viewer").is_some()
}

/// What an answer without readable JSON means, by its status.
pub(crate) fn trouble(answer: &Answer, asked: &Question<'_>) -> Error {
    let page = String::from_utf8_lossy(&answer.body);
    let status = answer.status;
    let said = || readable(&page, asked.secret);
    let unclear = |why| Error::Unknown { why, status: Some(status), text: said() };
    match status {
        200..=299 | 503 if is_maintenance(answer, &page) => Error::Maintenance,
        200..=299 if is_ban(&page) => Error::Blocked { status },
        200..=299 if answer.cut && answer.body.len() < crate::client::MAX_ANSWER => unclear(Unclear::Lost),
        100..=299 => unclear(Unclear::Unreadable),
        // It was asked for a redirect to the picture, and this may be one.
        302 if asked.format == Format::Redirect && asked.sent_whole => unclear(Unclear::Unreadable),
        300..=399 => Error::Moved { to: moved_to(answer, asked) },
        404 | 405 | 410 => Error::WrongAddress { status },
        401 | 403 | 451 => Error::Blocked { status },
        407 => Error::ProxyAuth,
        413 => Error::TooBig { max: None, said: None, certain: true },
        429 => Error::RateLimited { retry_after: wait(answer) },
        507 => Error::NoSpace { said: None },
        500 if asked.sent_whole && asked.is_large() && is_page(&page) => {
            Error::TooBig { max: None, said: None, certain: false }
        }
        _ if asked.sent_whole && is_gateway(status) => unclear(Unclear::Gateway),
        408 | 425 | 500..=599 => Error::SiteTrouble { status, retry_after: wait(answer), said: None },
        _ => Error::Refused { code: status.to_string(), said: said() },
    }
}

/// Statuses of something in front that waited for the site, or lost it: the site may have gone on by itself.
pub(crate) fn is_gateway(status: u16) -> bool {
    matches!(status, 502 | 504 | 520 | 522 | 524 | 598 | 599)
}

fn is_page(text: &str) -> bool {
    find_ignoring_case(text, "<html").is_some() || find_ignoring_case(text, "<!doctype html").is_some()
}

/// A banned address is told so in plain text, with HTTP 200. A site may write a sentence of its own; then it is unclear.
fn is_ban(page: &str) -> bool {
    !is_page(page) && find_ignoring_case(page, "forbidden to use this website").is_some()
}

/// Chevereto closed for maintenance answers every request with an HTML page and HTTP 200.
fn is_maintenance(answer: &Answer, page: &str) -> bool {
    // The API's own answers never carry this header; only pages do.
    let is_chevereto = answer.powered_by.as_deref().is_some_and(|by| by.starts_with("Chevereto"));
    is_page(page) && (is_chevereto || find_ignoring_case(&readable(page, None), "maintenance").is_some())
}

/// The base address that a redirect names.
pub(crate) fn moved_to(answer: &Answer, asked: &Question<'_>) -> Option<BaseUrl> {
    let target = asked.url.join(answer.location.as_deref()?).ok()?;
    let base = BaseUrl::parse(target.as_str()).ok()?;
    // A site that puts the key into the path it leads to names no address to configure.
    let path = percent_decode_str(target.path()).decode_utf8_lossy();
    let tells = asked.secret.is_some_and(|secret| tells(&path, secret) || tells(target.as_str(), secret));
    (!tells).then_some(base)
}

/// `Retry-After`, in seconds or as a date by the clock of whoever sent it; at most a day.
pub(crate) fn wait(answer: &Answer) -> Option<Duration> {
    let text = answer.retry_after.as_deref()?.trim();
    let wait = match text.parse() {
        Ok(seconds) => Duration::from_secs(seconds),
        Err(_) => {
            let now = answer.date.unwrap_or_else(SystemTime::now);
            httpdate::parse_http_date(text).ok()?.duration_since(now).unwrap_or_default()
        }
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
        // Any page may hold scripts that speak of images and errors; these words frame an answer.
        let has = |name| value.get(name).is_some();
        let is_answer = has("status_code") || (has("status") && has("success"));
        (is_answer || is_image(&value)).then_some(value)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_upload(status: u16, body: impl Into<Vec<u8>>) -> Result<Image, Error> {
        let url = Url::parse("https://host/api/1/upload").unwrap();
        let answer = Answer { status, body: body.into(), ..Answer::default() };
        read(&answer, &Question { with_source: true, sent_whole: true, ..Question::about(&url) })
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
            r#"<script>show({"image": {"id": 7, "url": "https://host/7.png"}})</script>"#,
            r#"<script>track({"error": "none", "data": {"id": 7}})</script>"#,
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
    fn whatever_says_that_it_is_not_approved_is_heard() {
        for (value, approved) in [
            ("0", false),
            ("false", false),
            ("\"0\"", false),
            ("1", true),
            ("true", true),
            ("\"1\"", true),
            ("null", true),
        ] {
            let body = OK.replace("\"id_encoded\"", &format!("\"is_approved\":{value},\"id_encoded\""));
            assert_eq!(read_upload(200, body).unwrap().is_approved, approved, "{value}");
        }
        assert!(read_upload(200, OK).unwrap().is_approved);
    }

    #[test]
    fn an_image_that_came_whole_counts_though_the_answer_was_cut_behind_it() {
        let image = r#"{"id_encoded":"a1","image":{"url":"https://host/a.png"},"delete_url":"https://host/image/a1/delete/0f"}"#;
        for cut in [r#"{"status_code":200,"image":"#, r#"<b>Notice</b> {x} {"status_code":200,"data":"#] {
            let image = read_upload(200, format!("{cut}{image},\"status_t")).unwrap();
            assert_eq!((image.id.as_deref(), image.delete.is_some()), (Some("a1"), true));
        }
    }

    #[test]
    fn an_incident_after_a_large_file_is_most_likely_about_its_size() {
        let url = Url::parse("https://host/api/1/upload").unwrap();
        let page = "<!DOCTYPE html><html>Something went wrong</html>";
        let told = |content, sent_whole, body: &str| {
            let answer = Answer { status: 500, body: body.into(), ..Answer::default() };
            read(&answer, &Question { content, sent_whole, ..Question::about(&url) }).unwrap_err()
        };
        let error = told(3_000_000, true, page);
        assert_eq!(error, Error::TooBig { max: None, said: None, certain: false });
        assert_eq!(error.to_string(), "too big for this site, most likely");
        for (content, whole, body) in
            [(2_000_000, true, page), (3_000_000, false, page), (3_000_000, true, "boom")]
        {
            assert_eq!(told(content, whole, body).code(), "site-trouble");
        }
    }

    #[test]
    fn a_ban_and_a_closed_site_are_named() {
        let code = |status, body: &str| read_upload(status, body).unwrap_err().code();
        assert_eq!(code(200, "You have been forbidden to use this website."), "blocked");
        assert_eq!(code(200, "<html><h1>Under maintenance</h1></html>"), "maintenance");
        assert_eq!(code(503, "<html><h1>Under maintenance</h1></html>"), "maintenance");
        assert_eq!(code(503, "<html>Backend fetch failed</html>"), "site-trouble");
    }

    #[test]
    fn a_status_without_json_has_its_name() {
        for (status, code) in [
            (101, "unknown"),
            (204, "unknown"),
            (301, "moved"),
            (400, "refused"),
            (401, "blocked"),
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
            (408, "site-trouble"),
            (409, "refused"),
            (414, "refused"),
            (423, "refused"),
            (431, "refused"),
            (521, "site-trouble"),
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
            let Err(Error::Moved { to: Some(base) }) = read(&answer, &Question::about(&url)) else {
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
        let clock = httpdate::parse_http_date("Wed, 25 Nov 2020 02:53:51 GMT").ok();
        let later = Some("Wed, 25 Nov 2020 02:55:51 GMT".to_owned());
        let by_its_clock = wait(&Answer { retry_after: later, date: clock, ..Answer::default() });
        assert_eq!(by_its_clock, Some(Duration::from_secs(120)));
        assert_eq!(of("99999999"), Some(Duration::from_secs(86_400)));
        assert_eq!(of("soon"), None);
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_have_an_outcome(status in 100_u16..1000, body: Vec<u8>) {
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
