//! Uploads that are read, counted and answered, but neither looked at nor stored: the host as a scale for clients.

use axum::{body::Body, http::Response};
use http_body_util::BodyExt;

use crate::{
    KeyKind, ReceivedFile, Settings,
    answer::{self, Refusal, Shown},
    form::{Broken, Shape},
    index::{FileRow, Owner, encode_id, random_hex},
    keys,
    multipart::{Event, Multipart, boundary},
    site::Site,
    sniff::{Kind, sniff},
};

/// Most of a text field that is kept. Of more, base64 for example, only the length counts.
const MAX_TEXT: usize = 64 * 1024;

/// Ids of discarded files count from here, far from those of stored ones.
const DISCARDED: u64 = 1_000_000_000;

/// Nobody reads the bytes.
const NO_MD5: &str = "00000000000000000000000000000000";

/// What is left of a body.
#[derive(Debug, Default)]
pub(crate) struct Rest {
    pub(crate) fields: Vec<(String, String)>,
    pub(crate) file: Option<ReceivedFile>,
    pub(crate) body_len: u64,
    /// By the first bytes of the file.
    kind: Option<Kind>,
}

/// The part being read.
enum Open {
    Text { name: String, value: Vec<u8> },
    Source,
    Ignored,
}

/// Reads a body to its end, or until so many bytes came.
pub(crate) async fn read(shape: &Shape, mut body: Body, stop_at: Option<u64>) -> Result<Rest, Broken> {
    let mut parser = boundary(&shape.content_type).map(|boundary| Multipart::new(&boundary));
    let mut rest = Rest::default();
    let mut open = Open::Ignored;
    let mut events = Vec::new();
    loop {
        if stop_at.is_some_and(|stop| rest.body_len >= stop) {
            return Err(Broken::Stopped { body_len: rest.body_len });
        }
        let Some(frame) = body.frame().await else { return Ok(rest) };
        let Ok(data) = frame.map_err(|_| Broken::Lost)?.into_data() else { continue };
        rest.body_len += data.len() as u64;
        if let Some(parser) = &mut parser {
            parser.feed(&data, &mut events);
        }
        for event in events.drain(..) {
            rest.take(event, &mut open);
        }
    }
}

impl Rest {
    fn take(&mut self, event: Event, open: &mut Open) {
        match event {
            Event::Start(head) => {
                *open = match head.filename {
                    None => Open::Text { name: head.name, value: Vec::new() },
                    Some(name) if head.name == "source" => {
                        let (mime, md5) = (head.mime, String::new());
                        self.file = Some(ReceivedFile { name, mime, size: 0, md5 });
                        Open::Source
                    }
                    Some(_) => Open::Ignored,
                }
            }
            Event::Data(data) => match (open, &mut self.file) {
                (Open::Text { value, .. }, _) => {
                    let room = MAX_TEXT.saturating_sub(value.len()).min(data.len());
                    value.extend_from_slice(&data[..room]);
                }
                (Open::Source, Some(file)) => {
                    if file.size == 0 {
                        self.kind = sniff(&data);
                    }
                    file.size += data.len() as u64;
                }
                _ => {}
            },
            Event::End => {
                if let Open::Text { name, value } = std::mem::replace(open, Open::Ignored) {
                    self.fields.push((name, String::from_utf8_lossy(&value).into_owned()));
                }
            }
        }
    }

    fn field(&self, name: &str) -> Option<&str> {
        self.fields.iter().rev().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }

    /// A row as if the file were stored: its true name and size, and a picture of one pixel.
    fn row(&self, file: &ReceivedFile, owner: Owner, number: u64, now: i64) -> FileRow {
        let kind = self.kind.unwrap_or(Kind::Jpeg);
        let id = encode_id(DISCARDED + number);
        let title = self.field("title").filter(|title| !title.is_empty()).unwrap_or(&file.name);
        FileRow {
            name: id.clone(),
            id,
            extension: kind.extension().to_owned(),
            mime: kind.mime().to_owned(),
            day: answer::date(now)[..10].replace('-', "/"),
            size: file.size,
            width: 1,
            height: 1,
            clip: kind.is_clip(),
            title: title.chars().take(100).collect(),
            owner,
            original_filename: file.name.clone(),
            md5: NO_MD5.to_owned(),
            stored_at: now,
            thumb_size: 1,
            ..FileRow::default()
        }
    }
}

/// A request whose body is gone.
pub(crate) struct Call<'a> {
    pub(crate) header_key: Option<&'a str>,
    pub(crate) query_key: Option<&'a str>,
    pub(crate) rest: &'a Rest,
    /// Its id is made from it.
    pub(crate) number: u64,
    pub(crate) approved: bool,
    pub(crate) forced: Option<Refusal>,
}

/// The answer. The key and the source are checked as ever.
pub(crate) fn answer(
    site: &Site,
    settings: &Settings,
    call: Call<'_>,
) -> (KeyKind, Result<Response<Body>, Refusal>) {
    let keys = site.read(|index| index.keys.clone());
    let field = call.rest.field("key").or(call.query_key);
    let (kind, checked) = keys::check(&keys, settings, call.header_key, field);
    let owner = match checked {
        Ok(owner) => owner,
        Err(refusal) => return (kind, Err(refusal)),
    };
    if let Some(refusal) = call.forced {
        return (kind, Err(refusal));
    }
    let Some(file) = &call.rest.file else { return (kind, Err(Refusal::new(130, "Empty upload source"))) };
    let now = site.now();
    let row = FileRow { approved: call.approved, ..call.rest.row(file, owner, call.number, now) };
    let password = random_hex(24);
    let shown = Shown { file: &row, links: site.links(), settings, password: &password, now };
    (kind, Ok(answer::success(answer::image(&shown), settings.mode, false)))
}
