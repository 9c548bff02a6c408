//! Every recorded exchange, played to the client: the answer of a real server has one outcome, named in the table.
#![allow(clippy::unwrap_used, reason = "a test")]

mod support;

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

use chevereto::{DeleteLink, Deletion, Error, Fields, Format, Image, KeyCheck, Upload};
use serde_json::Value;
use support::*;

/// One line a file: its name and the outcome, or `skip` and the reason.
const TABLE: &str = include_str!("golden/outcomes.txt");

#[tokio::test]
async fn every_recorded_answer_has_its_outcome() {
    let table: BTreeMap<&str, &str> = TABLE
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| line.split_once(' ').map(|(name, outcome)| (name, outcome.trim())).unwrap())
        .collect();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let mut wrong = String::new();
    let mut played = 0;
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    files.sort();
    for path in &files {
        let name = path.file_stem().unwrap().to_str().unwrap();
        let exchange: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
        let expected = table.get(name).copied().unwrap_or("(not in the table)");
        if expected.starts_with("skip ") {
            continue;
        }
        let outcome = play(&exchange).await;
        if outcome != expected {
            writeln!(wrong, "{name} {outcome}    # the table says: {expected}").unwrap();
        }
        played += 1;
    }
    assert!(wrong.is_empty(), "{wrong}");
    assert_eq!(table.len(), files.len(), "the table and the folder differ");
    assert!(played > 290, "{played}");
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
