//! The site's refusals: what a code and a sentence mean together.
//!
//! The code decides. Where one code has two meanings, the sentence decides between them, by words of sentences that
//! Chevereto never translates.

use serde_json::Value;

use crate::answer::{Answer, Question, is_gateway, trouble, wait};
use crate::said::{find_ignoring_case, readable};
use crate::{Error, Period, Unclear};

/// The error object of an answer.
#[derive(Debug)]
pub(crate) struct Refusal {
    /// `None` when the answer has no numeric code.
    code: Option<i64>,
    /// The code as written; SQL states are text.
    spelled: String,
    message: String,
}

impl Refusal {
    /// The refusal in an answer, when it is one.
    pub(crate) fn of(value: &Value) -> Option<Refusal> {
        match value.get("error") {
            Some(Value::Object(error)) => {
                let code = error.get("code").unwrap_or(&Value::Null);
                let spelled = match code {
                    Value::String(text) => text.clone(),
                    Value::Null => String::new(),
                    other => other.to_string(),
                };
                // SQL states have five digits or letters ("22001"); a code of the site has at most three.
                let code = if spelled.len() < 5 { spelled.parse().ok() } else { None };
                let message = error.get("message").and_then(Value::as_str).unwrap_or_default().to_owned();
                Some(Refusal { code, spelled, message })
            }
            Some(Value::String(message)) => Some(Refusal::without_code(message)),
            _ => Refusal::by_status(value),
        }
    }

    /// An answer that says in its own status alone that it refuses.
    fn by_status(value: &Value) -> Option<Refusal> {
        let status = value.get("status_code")?.as_u64().filter(|status| (400..600).contains(status))?;
        let message = value.get("status_txt").and_then(Value::as_str).unwrap_or_default().to_owned();
        Some(Refusal { code: None, spelled: status.to_string(), message })
    }

    /// A bare sentence.
    pub(crate) fn without_code(message: &str) -> Refusal {
        Refusal { code: None, spelled: String::new(), message: message.to_owned() }
    }

    /// The site's code as it wrote it, else the HTTP status: short, and never the key.
    fn named_code(&self, status: u16, asked: &Question<'_>) -> String {
        let code = readable(&self.spelled, asked.secret);
        if code.is_empty() { status.to_string() } else { code.chars().take(20).collect() }
    }

    fn has(&self, words: &str) -> bool {
        find_ignoring_case(&self.message, words).is_some()
    }
}

/// What a refusal means.
pub(crate) fn refusal(refused: &Refusal, answer: &Answer, asked: &Question<'_>) -> Error {
    let said = readable(&refused.message, asked.secret);
    let status = answer.status;
    let unclear = |why| Error::Unknown { why, status: Some(status), text: said.clone() };
    match status {
        // These mean the same whoever wrote the sentence; Chevereto itself never sends them.
        407 => return Error::ProxyAuth,
        413 => return too_big(refused, said),
        429 => return Error::RateLimited { retry_after: wait(answer) },
        507 => return Error::NoSpace { said: Some(said) },
        _ if is_gateway(status) && asked.sent_whole => return unclear(Unclear::Gateway),
        502..=599 => return Error::SiteTrouble { status, retry_after: wait(answer), said: Some(said) },
        // The site had an answer and could not write it down: the file may be stored.
        _ if refused.has("encoded into json") && asked.with_source => return unclear(Unclear::Unreadable),
        _ => {}
    }
    match by_sentence(refused, status, asked, said) {
        // Chevereto says everything with HTTP 400. What has no name here and another status is told by that.
        Error::Refused { code, said } if !matches!(status, 200..=299 | 400) => match trouble(answer, asked) {
            Error::Refused { .. } => Error::Refused { code, said },
            error => error,
        },
        error => error,
    }
}

fn by_sentence(refused: &Refusal, status: u16, asked: &Question<'_>, said: String) -> Error {
    match refused.code {
        _ if refused.has("SQLSTATE") => database(refused, status, said),
        // imgbb says so under the code of a wrong key.
        _ if refused.has("rate limit") => Error::RateLimited { retry_after: None },
        Some(code) => by_code(code, refused, status, asked, said),
        None => by_words(refused, status, asked, said),
    }
}

/// SQL states of class 22 are about what was given; all others are the site's own trouble.
fn database(refused: &Refusal, status: u16, said: String) -> Error {
    if refused.has("SQLSTATE[22") || refused.spelled.starts_with("22") {
        Error::FieldRefused { said }
    } else {
        Error::SiteTrouble { status, retry_after: None, said: Some(said) }
    }
}

fn by_code(code: i64, refused: &Refusal, status: u16, asked: &Question<'_>, said: String) -> Error {
    let trouble = |said| Error::SiteTrouble { status, retry_after: None, said: Some(said) };
    match code {
        _ if refused.has("content of type") => Error::Filtered { said },
        0 if refused.has("api key") || refused.has("public key") => Error::KeyRefused { said },
        0 if refused.has("getimagesize") || refused.has("read image") => Error::BadPicture { said },
        1 if refused.has("geometry") => Error::WidthRefused { said },
        // The site's own fetching failed: the code is PHP's, or curl's.
        0 if refused.has("fopen") => Error::UrlRefused { said },
        1..=99 if is_fetching(refused) => Error::UrlRefused { said },
        0..=99 if asked.by_address => Error::UrlRefused { said },
        // PHP drops a body over `post_max_size` whole, the key in it too.
        100 if asked.key_in_body && asked.with_source && refused.has("no key provided") => {
            dropped(asked, said)
        }
        100 if refused.has("video") => Error::BadPicture { said },
        100 if refused.has("version") || refused.has("action") => Error::WrongAddress { status },
        100 => Error::KeyRefused { said },
        101..=103 => Error::Duplicate { said },
        104 | 900 => Error::NoSpace { said: Some(said) },
        110 => Error::WrongAddress { status },
        120 if refused.has("base64") => Error::FieldRefused { said },
        120 => Error::WrongAddress { status },
        130 => no_source_or_flood(refused, asked, said),
        200 => trouble(said),
        201 | 601 => upload_error(refused, said, trouble),
        310 | 311 => Error::BadPicture { said },
        401 if matches!(status, 200..=299 | 400) => Error::NotAllowed { said },
        403 if asked.by_address || refused.has("url") => Error::UrlRefused { said },
        600 if refused.has("FFprobe") => Error::BadPicture { said },
        600 if refused.has("moderation") || refused.has("CSAM") => Error::Filtered { said },
        600 | 666 => trouble(said),
        610 if refused.has("width") => Error::WidthRefused { said },
        610 => Error::BadPicture { said },
        312..=314 | 612..=614 if refused.has("too big") => too_big(refused, said),
        312..=314 | 612..=614 => Error::FormatRefused { ext: bracketed(&refused.message), said },
        // 400 is many things; what has no name is looked for by its words.
        _ => by_words(refused, status, asked, said),
    }
}

/// Words of curl about an address.
fn is_fetching(refused: &Refusal) -> bool {
    ["resolve", "connect", "url", "timed out"].iter().any(|word| refused.has(word))
}

fn too_big(refused: &Refusal, said: String) -> Error {
    Error::TooBig { max: limit_in(&refused.message), said: Some(said), certain: true }
}

/// PHP drops a body over `post_max_size` whole, so the site believes that nothing came.
fn dropped(asked: &Question<'_>, said: String) -> Error {
    Error::TooBig { max: None, said: Some(said), certain: asked.is_large() }
}

/// 130 is "nothing came" (untranslated) or the flood limit (in any language).
fn no_source_or_flood(refused: &Refusal, asked: &Question<'_>, said: String) -> Error {
    let nothing_came = refused.has("empty upload source") || refused.has("empty source");
    if nothing_came && asked.with_source {
        return dropped(asked, said);
    }
    if nothing_came || refused.has("upload using base64") {
        return Error::FieldRefused { said };
    }
    Error::Flood { limit: first_number(&refused.message), period: period_in(refused), said }
}

/// PHP's own upload errors.
fn upload_error(refused: &Refusal, said: String, trouble: impl Fn(String) -> Error) -> Error {
    let words = ["INI_SIZE", "FORM_SIZE", "exceeds", "too big"];
    if words.iter().any(|words| refused.has(words)) {
        too_big(refused, said)
    } else if refused.has("NO_FILE") {
        Error::FieldRefused { said }
    } else {
        trouble(said)
    }
}

/// By the sentence alone: code 400, a code without a name here, or no code at all.
fn by_words(refused: &Refusal, status: u16, asked: &Question<'_>, said: String) -> Error {
    let is_any = |words: &[&str]| words.iter().any(|words| refused.has(words));
    if is_any(&["too big"]) {
        too_big(refused, said)
    } else if is_any(&["stop words"]) {
        Error::Filtered { said }
    } else if is_any(&["guest api is disabled", "request denied"]) {
        Error::NotAllowed { said }
    } else if is_any(&["api key", "api v1 key", "no key provided"]) {
        Error::KeyRefused { said }
    } else if is_any(&["duplicated upload"]) {
        Error::Duplicate { said }
    } else if is_any(&["flooding detected"]) {
        Error::Flood { limit: first_number(&refused.message), period: period_in(refused), said }
    } else if is_any(&["empty upload source", "empty source"]) {
        no_source_or_flood(refused, asked, said)
    } else if is_any(&["image format"]) {
        Error::FormatRefused { ext: bracketed(&refused.message), said }
    } else if is_any(&["animated webp", "invalid image", "upload source info", "invalid video"]) {
        Error::BadPicture { said }
    } else if is_any(&["unsupported url", "url uploading"]) {
        Error::UrlRefused { said }
    } else if is_any(&["no space left"]) {
        Error::NoSpace { said: Some(said) }
    } else if status >= 500 {
        Error::SiteTrouble { status, retry_after: None, said: Some(said) }
    } else {
        Error::Refused { code: refused.named_code(status, asked), said }
    }
}

/// The limit in "File too big - max 2 MB", in bytes. Chevereto counts in thousands.
pub(crate) fn limit_in(message: &str) -> Option<u64> {
    let start = find_ignoring_case(message, "max ")? + "max ".len();
    size_in_bytes(&message[start..])
}

/// A size like `2 MB`, `1.5 GB`, `10 KB`, `512 B`, in bytes.
pub(crate) fn size_in_bytes(text: &str) -> Option<u64> {
    let text = text.trim_start();
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.')?;
    let number: f64 = text[..end].parse().ok()?;
    let unit = text[end..].trim_start();
    let factor = [("KB", 1e3), ("MB", 1e6), ("GB", 1e9), ("TB", 1e12), ("B", 1.0)]
        .iter()
        .find(|(name, _)| unit.get(..name.len()).is_some_and(|head| head.eq_ignore_ascii_case(name)))?
        .1;
    let bytes = (number * factor).round();
    // Within 2^53 a float holds every whole number.
    (bytes > 0.0 && bytes < 9e15).then_some(bytes as u64)
}

fn first_number(message: &str) -> Option<u32> {
    message.split(|c: char| !c.is_ascii_digit()).find(|digits| !digits.is_empty())?.parse().ok()
}

/// The period's own word stays English even in translated sentences ("per minute", "pro minute").
fn period_in(refused: &Refusal) -> Option<Period> {
    let words = || refused.message.split(|c: char| !c.is_alphanumeric());
    [Period::Minute, Period::Hour, Period::Day, Period::Week, Period::Month]
        .into_iter()
        .find(|period| words().any(|word| word.eq_ignore_ascii_case(period.code())))
}

/// `gif` in "Disabled image format (gif)".
fn bracketed(message: &str) -> Option<String> {
    let (_, rest) = message.split_once('(')?;
    let (inside, _) = rest.split_once(')')?;
    let is_extension =
        (1..=5).contains(&inside.len()) && inside.bytes().all(|byte| byte.is_ascii_alphanumeric());
    is_extension.then(|| inside.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use url::Url;

    fn refuse(code: &Value, message: &str) -> Error {
        let url = Url::parse("https://host/api/1/upload").unwrap();
        let asked = Question { with_source: true, sent_whole: true, ..Question::about(&url) };
        let refused = Refusal::of(&json!({"error": {"message": message, "code": code}})).unwrap();
        refusal(&refused, &Answer { status: 400, ..Answer::default() }, &asked)
    }

    #[test]
    fn a_code_of_two_meanings_is_told_by_its_sentence() {
        for (code, message, name) in [
            (130, "Empty upload source", "too-big"),
            (130, "Flooding detected. You can only upload 50 images per minute", "flood"),
            (130, "Aptiktas piktnaudžiavimas. Galite įkelti tik 1 paveiksl. per minute", "flood"),
            (100, "Invalid API key.", "key-refused"),
            (100, "Invalid video file provided", "bad-picture"),
            (100, "Rate limit reached.", "rate-limited"),
            (120, "Invalid base64 string", "field-refused"),
            (120, "Invalid API action", "wrong-address"),
            (400, "File too big - max 2 MB", "too-big"),
            (400, "Stop words found", "filtered"),
            (400, "Guest API is disabled.", "not-allowed"),
            (400, "Something new", "refused"),
            (610, "Can't get target upload source info", "bad-picture"),
            (610, "Target width is greater than the original image width", "width-refused"),
            (101, "Doppelt hochgeladen", "duplicate"),
            (313, "Unavailable image format", "format-refused"),
            (313, "File too big - max 2 MB", "too-big"),
            (777, "Anything", "refused"),
            (0, "This API key format is no longer supported. Please generate a new API key.", "key-refused"),
            (
                0,
                "API V1 public key can't be null. Go to /dashboard and set the Guest API key.",
                "key-refused",
            ),
            (0, "Undefined array key \"url\"", "refused"),
            (0, "getimagesize(): Error reading from /tmp/x", "bad-picture"),
            (0, "fopen(https://x/a.png): Failed to open stream", "url-refused"),
            (52, "Empty reply from server", "refused"),
            (130, "Upload using base64 source must be done using POST method.", "field-refused"),
            (201, "The uploaded file exceeds the upload_max_filesize directive", "too-big"),
            (401, "Prašymas atmestas", "not-allowed"),
            (403, "URL uploading is disabled", "url-refused"),
            (403, "Content of type adult is forbidden", "filtered"),
            (403, "Something new", "refused"),
            (600, "Unable to move the file", "site-trouble"),
            (666, "Concurrency: x", "site-trouble"),
            (900, "No storage available", "no-space"),
        ] {
            assert_eq!(refuse(&json!(code), message).code(), name, "{code} {message}");
        }
        assert_eq!(refuse(&json!("101"), "x").code(), "duplicate");
        assert_eq!(refuse(&json!("22001"), "SQLSTATE[22001]: too long").code(), "field-refused");
        assert_eq!(refuse(&json!(null), "Duplicated upload").code(), "duplicate");
        assert_eq!(refuse(&json!("610"), "Target width is greater").code(), "width-refused");
    }

    #[test]
    fn only_what_was_given_is_to_blame_for_a_database() {
        for (code, message, name) in [
            (json!("22001"), "SQLSTATE[22001]: String data, right truncated: 1406", "field-refused"),
            (json!(1366), "SQLSTATE[22007]: Invalid datetime format: 1366", "field-refused"),
            (
                json!("HY000"),
                "SQLSTATE[HY000]: General error: 2006 MySQL server has gone away",
                "site-trouble",
            ),
            (json!(2002), "SQLSTATE[HY000] [2002] Connection refused", "site-trouble"),
            (json!("40001"), "SQLSTATE[40001]: Serialization failure: 1213 Deadlock found", "site-trouble"),
        ] {
            assert_eq!(refuse(&code, message).code(), name, "{message}");
        }
    }

    #[test]
    fn a_status_speaks_where_the_sentence_does_not() {
        let url = Url::parse("https://host/api/1/upload").unwrap();
        let asked = Question { with_source: true, sent_whole: true, ..Question::about(&url) };
        for (status, error, name) in [
            (400, json!("Request denied"), "not-allowed"),
            (403, json!("Access denied by the firewall"), "blocked"),
            (403, json!({"code": 403, "message": "Forbidden"}), "blocked"),
            (401, json!({"code": 401, "message": "Unauthorized"}), "blocked"),
            (404, json!({"code": 404, "message": "Not found"}), "wrong-address"),
            (407, json!({"code": 100, "message": "Invalid API key."}), "proxy-auth"),
            (409, json!({"code": 409, "message": "Conflict"}), "refused"),
            (413, json!({"code": 1, "message": "Request entity too large"}), "too-big"),
            (429, json!("Too many requests"), "rate-limited"),
            (500, json!({"code": null, "message": "data couldn't be encoded into json"}), "unknown"),
            (500, json!({"code": null, "message": "boom"}), "site-trouble"),
            (502, json!("upstream"), "unknown"),
            (503, json!("down"), "site-trouble"),
            (504, json!({"code": 504, "message": "timeout"}), "unknown"),
            (507, json!("full"), "no-space"),
        ] {
            let refused = Refusal::of(&json!({"error": error})).unwrap();
            let answer = Answer { status, ..Answer::default() };
            assert_eq!(refusal(&refused, &answer, &asked).code(), name, "{status} {error}");
        }
        let bare = Refusal::of(&json!({"status_code": 400, "status_txt": "Bad Request"})).unwrap();
        let error = refusal(&bare, &Answer { status: 200, ..Answer::default() }, &asked);
        assert_eq!(error, Error::Refused { code: "400".to_owned(), said: "Bad Request".to_owned() });
    }

    #[test]
    fn the_code_of_a_refusal_is_short_and_never_the_key() {
        let url = Url::parse("https://host/api/1/upload").unwrap();
        let asked = Question { secret: Some("chv_1_secretsecret"), ..Question::about(&url) };
        for code in ["chv_1_secretsecret".to_owned(), "x".repeat(999)] {
            let refused = Refusal::of(&json!({"error": {"code": code, "message": "no"}})).unwrap();
            let error = refusal(&refused, &Answer { status: 400, ..Answer::default() }, &asked);
            assert!(matches!(&error, Error::Refused { code, .. } if code.len() <= 20), "{error:?}");
            assert!(!format!("{error:?}").contains("secretsecret"));
        }
    }

    #[test]
    fn a_key_that_was_dropped_with_the_body_means_too_big() {
        let url = Url::parse("https://host/api/1/upload").unwrap();
        let asked = Question { key_in_body: true, with_source: true, ..Question::about(&url) };
        let refused = Refusal::of(&json!({"error": {"message": "No key provided", "code": 100}})).unwrap();
        let of = |asked: &Question<'_>| {
            refusal(&refused, &Answer { status: 400, ..Answer::default() }, asked).code()
        };
        assert_eq!(of(&asked), "too-big");
        assert_eq!(of(&Question { key_in_body: false, ..asked }), "key-refused");
        assert_eq!(of(&Question { with_source: false, ..asked }), "key-refused");
    }

    #[test]
    fn the_facts_in_a_sentence_are_kept() {
        let Error::TooBig { max, .. } = refuse(&json!(400), "File too big - max 1.5 MB") else { panic!() };
        assert_eq!(max, Some(1_500_000));
        let flood = refuse(&json!(130), "Flooding detected. You can only upload 500 images per hour");
        let Error::Flood { limit, period, .. } = flood else { panic!() };
        assert_eq!((limit, period), (Some(500), Some(Period::Hour)));
        let german = refuse(&json!(130), "Zu viele Uploads. Möglich: 50 Bild(er) pro minute");
        assert!(matches!(german, Error::Flood { limit: Some(50), period: Some(Period::Minute), .. }));
        let Error::FormatRefused { ext, .. } = refuse(&json!(614), "Disabled image format (gif)") else {
            panic!()
        };
        assert_eq!(ext.as_deref(), Some("gif"));
    }
}
