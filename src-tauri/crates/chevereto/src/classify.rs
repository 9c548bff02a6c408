//! The site's refusals: what a code and a sentence mean together.
//!
//! The code decides. Where one code has two meanings, the sentence decides between them, by words of sentences that
//! Chevereto never translates.

use serde_json::Value;

use crate::answer::{Answer, Asked, wait};
use crate::said::{find_ignoring_case, readable};
use crate::{Error, Period};

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
        let error = value.get("error")?;
        if !error.is_object() {
            return error.as_str().map(Refusal::without_code);
        }
        let spelled = match &error["code"] {
            Value::String(text) => text.clone(),
            Value::Null => String::new(),
            other => other.to_string(),
        };
        // SQL states have five digits or letters ("22001"); a code of the site has at most three.
        let code = if spelled.len() < 5 { spelled.parse().ok() } else { None };
        let message = error["message"].as_str().unwrap_or_default().to_owned();
        Some(Refusal { code, spelled, message })
    }

    /// A bare sentence.
    pub(crate) fn without_code(message: &str) -> Refusal {
        Refusal { code: None, spelled: String::new(), message: message.to_owned() }
    }

    fn has(&self, words: &str) -> bool {
        find_ignoring_case(&self.message, words).is_some()
    }
}

/// What a refusal means.
pub(crate) fn refusal(refused: &Refusal, answer: &Answer, asked: &Asked<'_>) -> Error {
    let said = readable(&refused.message, asked.key);
    match (answer.status, refused.code) {
        (429, _) => Error::RateLimited { retry_after: wait(answer) },
        (413, _) => Error::TooBig { max: limit_in(&refused.message), said: Some(said) },
        (502..=599, _) => {
            Error::SiteTrouble { status: answer.status, retry_after: wait(answer), said: Some(said) }
        }
        (_, Some(code)) => by_code(code, refused, answer.status, asked, said),
        _ if refused.has("SQLSTATE") => Error::FieldRefused { said },
        _ => by_words(refused, answer.status, asked, said),
    }
}

fn by_code(code: i64, refused: &Refusal, status: u16, asked: &Asked<'_>, said: String) -> Error {
    let trouble = |said| Error::SiteTrouble { status, retry_after: None, said: Some(said) };
    match code {
        0 if refused.has("key") => Error::KeyRefused { said },
        0 if refused.has("getimagesize") || refused.has("read image") => Error::BadPicture { said },
        1 if refused.has("geometry") => Error::WidthRefused { said },
        // The site's own fetching failed: the code is curl's.
        1..=99
            if ["resolve", "connect", "url", "timed out", "fopen"].iter().any(|word| refused.has(word)) =>
        {
            Error::UrlRefused { said }
        }
        // PHP drops a body over `post_max_size` whole, the key in it too.
        100 if asked.key_in_body && asked.with_source && refused.has("no key provided") => {
            Error::TooBig { max: None, said: Some(said) }
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
        400 => by_words(refused, status, asked, said),
        401 => Error::NotAllowed { said },
        403 => Error::UrlRefused { said },
        600 if refused.has("FFprobe") => Error::BadPicture { said },
        600 if refused.has("moderation") || refused.has("CSAM") => Error::Filtered { said },
        600 | 666 => trouble(said),
        610 if refused.has("width") => Error::WidthRefused { said },
        610 => Error::BadPicture { said },
        312..=314 | 612..=614 if refused.has("too big") => {
            Error::TooBig { max: limit_in(&refused.message), said: Some(said) }
        }
        312..=314 | 612..=614 => Error::FormatRefused { ext: bracketed(&refused.message), said },
        _ => Error::Refused { code: refused.spelled.clone(), said },
    }
}

/// 130 is "nothing came" (untranslated) or the flood limit (in any language).
fn no_source_or_flood(refused: &Refusal, asked: &Asked<'_>, said: String) -> Error {
    let nothing_came = refused.has("empty upload source") || refused.has("empty source");
    if nothing_came && asked.with_source {
        // PHP drops a body over `post_max_size` whole, so the site believes that nothing came.
        return Error::TooBig { max: None, said: Some(said) };
    }
    if nothing_came || refused.has("upload using base64") {
        return Error::FieldRefused { said };
    }
    Error::Flood { limit: first_number(&refused.message), period: period_in(refused), said }
}

/// PHP's own upload errors.
fn upload_error(refused: &Refusal, said: String, trouble: impl Fn(String) -> Error) -> Error {
    if refused.has("INI_SIZE") || refused.has("FORM_SIZE") || refused.has("too big") {
        Error::TooBig { max: limit_in(&refused.message), said: Some(said) }
    } else if refused.has("NO_FILE") {
        Error::FieldRefused { said }
    } else {
        trouble(said)
    }
}

/// By the sentence alone: code 400, or no code at all.
fn by_words(refused: &Refusal, status: u16, asked: &Asked<'_>, said: String) -> Error {
    let is_any = |words: &[&str]| words.iter().any(|words| refused.has(words));
    if is_any(&["too big"]) {
        Error::TooBig { max: limit_in(&refused.message), said: Some(said) }
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
        let code = if refused.spelled.is_empty() { status.to_string() } else { refused.spelled.clone() };
        Error::Refused { code, said }
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

/// "per minute" stays English even in translated sentences.
fn period_in(refused: &Refusal) -> Option<Period> {
    [Period::Minute, Period::Hour, Period::Day, Period::Week, Period::Month]
        .into_iter()
        .find(|period| refused.has(&format!("per {}", period.code())))
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
        let asked = Asked { with_source: true, sent_whole: true, ..Asked::about(&url) };
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
        ] {
            assert_eq!(refuse(&json!(code), message).code(), name, "{code} {message}");
        }
        assert_eq!(refuse(&json!("101"), "x").code(), "duplicate");
        assert_eq!(refuse(&json!("22001"), "SQLSTATE[22001]: too long").code(), "field-refused");
        assert_eq!(refuse(&json!(null), "Duplicated upload").code(), "duplicate");
    }

    #[test]
    fn a_key_that_was_dropped_with_the_body_means_too_big() {
        let url = Url::parse("https://host/api/1/upload").unwrap();
        let asked = Asked { key_in_body: true, with_source: true, ..Asked::about(&url) };
        let refused = Refusal::of(&json!({"error": {"message": "No key provided", "code": 100}})).unwrap();
        let of =
            |asked: &Asked<'_>| refusal(&refused, &Answer { status: 400, ..Answer::default() }, asked).code();
        assert_eq!(of(&asked), "too-big");
        assert_eq!(of(&Asked { key_in_body: false, ..asked }), "key-refused");
        assert_eq!(of(&Asked { with_source: false, ..asked }), "key-refused");
    }

    #[test]
    fn the_facts_in_a_sentence_are_kept() {
        let Error::TooBig { max, .. } = refuse(&json!(400), "File too big - max 1.5 MB") else { panic!() };
        assert_eq!(max, Some(1_500_000));
        let flood = refuse(&json!(130), "Flooding detected. You can only upload 500 images per hour");
        let Error::Flood { limit, period, .. } = flood else { panic!() };
        assert_eq!((limit, period), (Some(500), Some(Period::Hour)));
        let Error::FormatRefused { ext, .. } = refuse(&json!(614), "Disabled image format (gif)") else {
            panic!()
        };
        assert_eq!(ext.as_deref(), Some("gif"));
    }
}
