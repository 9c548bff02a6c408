//! Doors for the fuzz targets. Only a fuzzer's build has them.
#![allow(missing_docs, unreachable_pub, reason = "no part of the library")]

use url::Url;

use crate::answer::{self, Answer, Question};
use crate::multipart;
use crate::{ApiKey, Error, Fields, Format, Image, Source};

/// The parts of an answer to an upload, and how it was asked.
pub struct Came<'a> {
    pub status: u16,
    pub location: Option<&'a str>,
    pub retry_after: Option<&'a str>,
    pub powered_by: Option<&'a str>,
    pub body: &'a [u8],
    pub cut: bool,
    pub format: Format,
    pub key_in_body: bool,
    pub sent_whole: bool,
}

/// What the client makes of it.
pub fn answer(came: &Came<'_>, key: &ApiKey) -> Result<Image, Error> {
    let text = |text: Option<&str>| text.map(str::to_owned);
    let answer = Answer {
        status: came.status,
        location: text(came.location),
        retry_after: text(came.retry_after),
        powered_by: text(came.powered_by),
        body: came.body.to_vec(),
        cut: came.cut,
        ..Answer::default()
    };
    let url = Url::parse("https://img.example/sub/api/1/upload").expect("an address");
    let asked = Question {
        secret: Some(key.expose()),
        format: came.format,
        key_in_body: came.key_in_body,
        with_source: true,
        sent_whole: came.sent_whole,
        ..Question::about(&url)
    };
    answer::read(&answer, &asked)
}

/// The form of an upload: its content type, and the bytes before and behind the content of its source.
pub fn form(source: &Source, fields: &Fields, key: Option<&ApiKey>) -> (String, Vec<u8>, Vec<u8>) {
    let form = multipart::upload(source, fields, key.map(ApiKey::expose));
    (form.content_type, form.head.into(), form.tail.into())
}
