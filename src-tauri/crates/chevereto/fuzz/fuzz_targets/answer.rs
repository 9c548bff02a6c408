//! Any bytes as an answer have an outcome: no panic, no more text than a person reads, and never the key.
//!
//! An input is four lines (status and circumstances, `Location`, `Retry-After`, `X-Powered-By`) and the body. `%KEY%`
//! stands for the key, so that a fuzzer need not guess it.

#![no_main]

use chevereto::fuzzing::{Came, answer};
use chevereto::{ApiKey, Asked, Fields, Format, Source, Upload};
use libfuzzer_sys::fuzz_target;

const KEY: &str = "chv_7_4f1d0c2ab9e8";

/// The client reads no more of an answer.
const MAX_ANSWER: usize = 1024 * 1024;

fuzz_target!(|input: &[u8]| {
    let input = with_key(input);
    let mut parts = input.splitn(5, |byte| *byte == b'\n');
    let mut part = || parts.next().unwrap_or_default();
    let head = [part(), part(), part(), part()].map(String::from_utf8_lossy);
    let body = part();
    let [circumstances, location, retry_after, powered_by] = &head;
    let said = |word: &str| circumstances.split(' ').any(|one| one == word);
    let given = |text| Some(text).filter(|text: &&str| !text.is_empty());
    let came = Came {
        status: circumstances.split(' ').next().and_then(|status| status.parse().ok()).unwrap_or(200),
        location: given(location),
        retry_after: given(retry_after),
        powered_by: given(powered_by),
        body: &body[..body.len().min(MAX_ANSWER)],
        cut: said("cut"),
        format: match (said("txt"), said("redirect")) {
            (true, _) => Format::Txt,
            (_, true) => Format::Redirect,
            _ => Format::Json,
        },
        key_in_body: said("old"),
        sent_whole: said("whole"),
    };
    match answer(&came, &ApiKey::parse(KEY).expect("a key")) {
        Ok(image) => {
            assert!(image.id.is_some() || image.links.viewer.is_some() || image.links.direct.is_some());
            let links = &image.links;
            for link in [&links.viewer, &links.direct, &links.thumb, &links.frame].into_iter().flatten() {
                let scheme = link.split(':').next().unwrap_or_default().to_ascii_lowercase();
                assert!(matches!(&scheme[..], "http" | "https"), "{link}");
                assert!(!link.contains(|c: char| c.is_control() || c.is_whitespace()), "{link:?}");
            }
            let source = Source::Bytes { bytes: "x".into(), name: "a.png".into(), mime: "image/png".into() };
            let _ = Asked::of(&Upload { source, fields: Fields::default() }).differences(&image);
        }
        Err(error) => {
            let shown = format!("{error} {error:?}");
            assert!(!shown.contains(KEY), "{shown}");
            assert!(error.said().is_none_or(|said| said.chars().count() <= 200), "{shown}");
            assert!(shown.len() <= 4096 + 8 * location.len(), "{shown}");
            let _ = (error.code(), error.retry(), error.scope());
        }
    }
});

fn with_key(input: &[u8]) -> Vec<u8> {
    const STANDS_FOR_IT: &[u8] = b"%KEY%";
    let mut written = Vec::with_capacity(input.len());
    let mut rest = input;
    while !rest.is_empty() {
        if let Some(behind) = rest.strip_prefix(STANDS_FOR_IT) {
            written.extend_from_slice(KEY.as_bytes());
            rest = behind;
        } else {
            written.push(rest[0]);
            rest = &rest[1..];
        }
    }
    written
}
