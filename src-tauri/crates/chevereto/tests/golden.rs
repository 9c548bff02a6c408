//! Every recorded exchange, played to the client: the answer of a real server has one outcome, named in the table.
#![allow(clippy::unwrap_used, reason = "a test")]

mod support;

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

use std::time::SystemTime;

use chevereto::{
    Asked, DeleteLink, Deletion, Difference, Error, FieldError, Fields, Format, Image, KeyCheck, Source,
    Upload, Url,
};
use serde_json::Value;
use support::*;

/// One line a file: its name and the outcome, or `skip` and the reason.
const TABLE: &str = include_str!("golden/outcomes.txt");

#[tokio::test]
async fn s01_every_recorded_answer_has_its_outcome() {
    let table = read_table(TABLE);
    let mut wrong = String::new();
    let mut played = 0;
    let exchanges = exchanges();
    for (name, exchange) in &exchanges {
        let expected = table.get(name.as_str()).copied().unwrap_or("(not in the table)");
        if expected.starts_with("skip ") {
            continue;
        }
        let outcome = play(exchange).await;
        if outcome != expected {
            writeln!(wrong, "{name} {outcome}    # the table says: {expected}").unwrap();
        }
        played += 1;
    }
    assert!(wrong.is_empty(), "{wrong}");
    assert_eq!(table.len(), exchanges.len(), "the table and the folder differ");
    assert!(played > 290, "{played}");
}

/// Name and content of every recorded exchange.
fn exchanges() -> Vec<(String, Value)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    files.sort();
    let read = |path: &std::path::PathBuf| serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    files.iter().map(|path| (path.file_stem().unwrap().to_str().unwrap().to_owned(), read(path))).collect()
}

fn read_table(text: &'static str) -> BTreeMap<&'static str, &'static str> {
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines.map(|line| line.split_once(' ').map(|(name, rest)| (name, rest.trim())).unwrap()).collect()
}

/// Asks the question of the recorded request and plays the recorded answer.
async fn play(exchange: &Value) -> String {
    let host = Host::start().await;
    let (client, site, key) = (client(), host.site(), key());
    let answer = recorded(&exchange["response"]);
    let path = exchange["request"]["path"].as_str().unwrap();
    let named = |name: &str| field(exchange, name);
    if path.contains("/delete") {
        let link = DeleteLink::parse(&format!("{}{path}", host.address())).unwrap();
        return match tokio::join!(host.answer(answer), client.delete(&link)).1 {
            Ok(Deletion::Deleted) => "deleted".to_owned(),
            Ok(Deletion::NotThere) => "not-there".to_owned(),
            Err(error) => error.code().to_owned(),
        };
    }
    if exchange["name"].as_str().unwrap().starts_with("key-probe") {
        return match tokio::join!(host.answer(answer), client.check_key(&site, &key)).1 {
            Ok(KeyCheck::Accepted) => "key-accepted".to_owned(),
            Ok(KeyCheck::NotAccepted { .. }) => "key-not-accepted".to_owned(),
            Ok(KeyCheck::NotAllowed { .. }) => "key-not-allowed".to_owned(),
            Err(error) => error.code().to_owned(),
        };
    }
    let format = match named("format").as_deref() {
        Some("txt") => Format::Txt,
        Some("redirect") => Format::Redirect,
        _ => Format::Json,
    };
    // A recorded key in the body is what the old API does.
    let header = exchange["request"]["headers"].get("X-API-Key");
    let site = if header.is_none() && named("key").is_some() { host.old_site() } else { site };
    let upload = Upload { fields: Fields { format, ..Fields::default() }, ..bytes(3) };
    let result = tokio::join!(host.answer(answer), client.upload(&site, &key, upload, |_| ())).1;
    check_links(exchange, &result);
    match result {
        Ok(image) if image.is_approved => "uploaded".to_owned(),
        Ok(_) => "waiting-for-approval".to_owned(),
        Err(error) => error.code().to_owned(),
    }
}

/// Every link and fact of the recorded answer is in the typed one, and nothing else.
fn check_links(exchange: &Value, result: &Result<Image, Error>) {
    let body = &exchange["response"]["body"];
    let Some(recorded) = ["image", "data"].iter().find_map(|name| body.get(*name)) else { return };
    let image = result.as_ref().unwrap();
    let text = |value: &Value| value.as_str().filter(|text| !text.is_empty()).map(str::to_owned);
    assert_eq!(image.links.viewer, text(&recorded["url_viewer"]));
    assert_eq!(image.links.direct, text(&recorded["url"]));
    assert_eq!(image.links.short, text(&recorded["url_short"]));
    assert_eq!(image.links.medium, text(&recorded["medium"]["url"]));
    assert_eq!(image.links.thumb, text(&recorded["thumb"]["url"]));
    assert_eq!(image.links.frame, text(&recorded["url_frame"]));
    assert_eq!(image.title, text(&recorded["title"]));
    assert_eq!(image.delete.as_ref().map(|link| link.expose().to_owned()), text(&recorded["delete_url"]));
    assert_eq!(image.expires_at.is_some(), recorded["expiration_date_gmt"].is_string());
    let tags = recorded["tags"].as_array().map_or(0, Vec::len);
    assert_eq!(image.tags.len(), tags);
    if let Some(size) = recorded["size"].as_u64() {
        assert_eq!(image.size, Some(size));
        assert_eq!(image.is_animated, recorded["is_animated"] == 1);
    }
}

fn field(exchange: &Value, name: &str) -> Option<String> {
    let fields = exchange["request"]["fields"].as_array()?;
    fields.iter().find(|field| field["name"] == name)?["value"].as_str().map(str::to_owned)
}

/// The recorded answer as bytes. Large pages were recorded as a note about them, so a page is made of the note.
fn recorded(response: &Value) -> String {
    let body = match &response["body"] {
        Value::String(note) if note.starts_with("[HTML page") => {
            format!("<!DOCTYPE html><html><head></head><body>{note}</body></html>")
        }
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        json => json.to_string(),
    };
    let mut headers = String::new();
    for (name, value) in response["headers"].as_object().unwrap() {
        if !["content-length", "transfer-encoding", "connection"].contains(&name.to_lowercase().as_str()) {
            write!(headers, "{name}: {}\r\n", value.as_str().unwrap()).unwrap();
        }
    }
    reply(&format!("{} Recorded", response["status"]), &headers, &body)
}

/// One line a stored upload: its name and what the site made otherwise, or the field that cannot be asked for.
const DIFFERENCES: &str = include_str!("golden/differences.txt");

#[tokio::test]
async fn every_stored_upload_is_held_against_what_was_asked() {
    let table = read_table(DIFFERENCES);
    let mut wrong = String::new();
    let mut held = 0;
    for (name, exchange) in exchanges() {
        let response = &exchange["response"];
        let is_stored = response["status"] == 200 && response["body"].get("image").is_some();
        let has_fields = exchange["request"]["fields"].as_array().is_some_and(|fields| !fields.is_empty());
        if !(is_stored && has_fields) {
            continue;
        }
        let found = match asked_in(&exchange) {
            Ok(upload) => hold(&exchange, upload).await,
            Err(refused) => refused,
        };
        let expected = table.get(name.as_str()).copied().unwrap_or("(not in the table)");
        if found != expected {
            writeln!(wrong, "{name} {found}    # the table says: {expected}").unwrap();
        }
        held += 1;
    }
    assert!(wrong.is_empty(), "{wrong}");
    assert_eq!(table.len(), held, "the table and the folder differ");
}

/// Plays the recorded answer and compares.
async fn hold(exchange: &Value, upload: Upload) -> String {
    let asked = Asked::of(&upload);
    let host = Host::start().await;
    let (client, site, key) = (client(), host.site(), key());
    let answer = recorded(&exchange["response"]);
    let image = tokio::join!(host.answer(answer), client.upload(&site, &key, upload, |_| ())).1.unwrap();
    let start = image
        .stored_at
        .filter(|_| !asks_for_file_date(exchange))
        .or(image.answered_at)
        .unwrap_or(SystemTime::UNIX_EPOCH);
    let differences = asked.differences(&image);
    let told: Vec<_> = differences.iter().map(|difference| tell(difference, start)).collect();
    if told.is_empty() { "as asked".to_owned() } else { told.join(", ") }
}

/// The upload that the recorded request asks for, or the field that has a value which cannot be said.
fn asked_in(exchange: &Value) -> Result<Upload, String> {
    let given = |name: &str| field(exchange, name).filter(|text| !text.is_empty());
    fn read<T>(
        name: &str,
        text: Option<String>,
        parse: impl Fn(&str) -> Result<T, FieldError>,
    ) -> Result<Option<T>, String> {
        let value = text.map(|text| parse(&text)).transpose();
        value.map_err(|error| format!("cannot be asked: {name} {}", error.code()))
    }
    let nsfw = match given("nsfw").as_deref() {
        None => None,
        Some("1") => Some(true),
        Some("0") => Some(false),
        Some(_) => return Err("cannot be asked: nsfw".to_owned()),
    };
    let fields = Fields {
        title: read("title", given("title"), str::parse)?,
        description: read("description", given("description").map(|text| whole(&text)), str::parse)?,
        tags: read("tags", given("tags"), str::parse)?.unwrap_or_default(),
        album: read("album", given("album_id"), str::parse)?,
        category: read("category", given("category_id"), str::parse)?,
        width: read("width", given("width"), str::parse)?,
        expiration: read("expiration", given("expiration"), str::parse)?,
        nsfw,
        use_file_date: asks_for_file_date(exchange),
        ..Fields::default()
    };
    Ok(Upload { source: source_in(exchange), fields })
}

/// A long text of one letter was recorded as its beginning and its length.
fn whole(text: &str) -> String {
    let len = text.strip_suffix(" chars]").and_then(|text| text.rsplit_once('[')?.1.parse().ok());
    len.map_or_else(|| text.to_owned(), |len| text[..1].repeat(len))
}

fn asks_for_file_date(exchange: &Value) -> bool {
    field(exchange, "use_file_date").as_deref() == Some("1")
}

/// A source of the recorded name, type and size; what was recorded as text has none of them.
fn source_in(exchange: &Value) -> Source {
    let fields = exchange["request"]["fields"].as_array().unwrap();
    let sent = fields.iter().rfind(|field| field["name"] == "source" && field["bytes"].is_u64());
    let Some(sent) = sent else { return Source::Url(Url::parse("https://host/").unwrap()) };
    let name = sent["filename"].as_str().or(sent["file"].as_str()).unwrap().to_owned();
    let mime = sent["type"].as_str().unwrap_or("application/octet-stream").to_owned();
    let len = usize::try_from(sent["bytes"].as_u64().unwrap()).unwrap();
    Source::Bytes { bytes: vec![0; len].into(), name, mime }
}

/// A difference in a few words; times as minutes after the upload.
fn tell(difference: &Difference, start: SystemTime) -> String {
    let code = difference.code();
    let after = |time: &SystemTime| time.duration_since(start).unwrap_or_default().as_secs() / 60;
    match difference {
        Difference::Title { asked, given } => format!("{code} {asked:?} -> {given:?}"),
        Difference::Description { asked, given } => format!("{code} {asked:?} -> {given:?}"),
        Difference::Tags { kept, dropped, added } => {
            format!("{code} kept {kept:?} dropped {dropped:?} added {added:?}")
        }
        Difference::Category { asked, given } => {
            format!("{code} {:?} -> {given:?}", asked.map(chevereto::CategoryId::get))
        }
        Difference::ExpirationDropped { asked } => format!("{code} {} min", after(asked)),
        Difference::ExpirationAdded { given } => format!("{code} {} min", after(given)),
        Difference::ExpirationChanged { asked, given } => {
            format!("{code} {} -> {} min", after(asked), after(given))
        }
        Difference::NsfwAdded | Difference::NsfwDropped | Difference::FileDateIgnored => code.to_owned(),
        Difference::Width { asked, given } => format!("{code} {asked} -> {given}"),
        Difference::Type { asked, given } | Difference::Extension { asked, given } => {
            format!("{code} {asked} -> {given}")
        }
        Difference::Size { asked, given } => format!("{code} {asked} -> {given}"),
        Difference::Checksum { asked, given } => format!("{code} {asked} -> {given}"),
    }
}
