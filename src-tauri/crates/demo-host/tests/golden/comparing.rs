//! Holds an answer against the recorded one.
//!
//! Compared, as recorded or as recorded to be absent: the status; `Content-Type`, `Connection`, `Cache-Control`,
//! `Pragma`, `Expires`, `Permissions-Policy`, `Content-Security-Policy`, `X-Powered-By`, `Location`, the attributes
//! of `Set-Cookie`, the form of `Last-Modified`; and that no header speaks of other origins or of rates.
//! Not compared: `Date`, `Server`, and how the length of a body is told, which are the web server's; `ETag` and
//! `Accept-Ranges`, which only direct files have.

use serde_json::Value;

use crate::{
    image,
    recordings::Recording,
    stage::{Stage, text},
    support::Answer,
};

/// Headers whose values are the same on every site.
const EXACT: [&str; 8] = [
    "Content-Type",
    "Connection",
    "Cache-Control",
    "Pragma",
    "Expires",
    "Permissions-Policy",
    "Content-Security-Policy",
    "X-Powered-By",
];

/// Says the first thing that differs.
pub(crate) fn compare(stage: &Stage, recording: &Recording, answer: &Answer) -> Result<(), String> {
    let recorded = &recording.exchange["response"];
    if recorded["status"] != answer.status {
        return Err(format!("status {} instead of {}: {}", answer.status, recorded["status"], answer.text()));
    }
    if recording.is_read() {
        same("Content-Type", recorded["headers"]["Content-Type"].as_str(), answer.header("content-type"))?;
    } else {
        headers(stage, &recorded["headers"], answer)?;
    }
    match &recorded["body"] {
        Value::String(text) => words(stage, text, answer),
        body if recording.is_read() => covers("", body, &answer.json()),
        body => json(stage, recorded, body, answer),
    }
}

fn same(what: &str, recorded: Option<&str>, given: Option<&str>) -> Result<(), String> {
    if recorded == given { Ok(()) } else { Err(format!("{what}: {given:?} instead of {recorded:?}")) }
}

fn headers(stage: &Stage, recorded: &Value, answer: &Answer) -> Result<(), String> {
    let given = |name: &str| answer.header(&name.to_ascii_lowercase());
    for name in EXACT {
        same(name, recorded[name].as_str(), given(name))?;
    }
    let location = recorded["Location"].as_str().map(|link| here(stage, link));
    same("Location", location.as_deref(), given("Location"))?;
    let cookie = recorded["Set-Cookie"].as_str().map(without_session);
    same("Set-Cookie", cookie.as_deref(), given("Set-Cookie").map(without_session).as_deref())?;
    let modified = recorded["Last-Modified"].as_str().map(form_of_date);
    same("Last-Modified", modified.as_deref(), given("Last-Modified").map(form_of_date).as_deref())?;
    let loose = ["access-control-", "retry-after", "x-ratelimit", "ratelimit"];
    match answer.headers.iter().find(|(name, _)| loose.iter().any(|start| name.starts_with(start))) {
        Some((name, _)) => Err(format!("{name} was never recorded")),
        None => Ok(()),
    }
}

/// A recorded address as one of this site.
fn here(stage: &Stage, link: &str) -> String {
    stage.names.given_link(&link.replace("http://127.0.0.1", &stage.scene.host.base_url()))
}

/// The session's number is random.
fn without_session(cookie: &str) -> String {
    match cookie.split_once(';') {
        Some((session, rest)) if session.starts_with("PHPSESSID=") => format!("PHPSESSID=…;{rest}"),
        _ => cookie.to_owned(),
    }
}

/// `Wed, 25 Nov 2026 02:53:51GMT` as `Aaa, 00 Aaa 0000 00:00:00GMT`: the clock differs, the form does not.
fn form_of_date(date: &str) -> String {
    let (date, zone) = date.split_at(date.len().saturating_sub(3));
    let letter = |letter: char| match letter {
        '0'..='9' => '0',
        'A'..='Z' => 'A',
        'a'..='z' => 'a',
        other => other,
    };
    date.chars().map(letter).collect::<String>() + zone
}

/// A body that is no JSON. Of HTML only the title was kept, which ends in the site's name; that of a page about the
/// site itself is nothing but this name.
fn words(stage: &Stage, recorded: &str, answer: &Answer) -> Result<(), String> {
    let given = answer.text();
    if recorded.starts_with("[HTML") {
        if !given.trim_start().starts_with('<') {
            return Err(format!("no HTML: {given}"));
        }
        let title = recorded.split_once("title: ").and_then(|(_, rest)| rest.rsplit_once(" - Chevereto"));
        let right =
            title.is_none_or(|(title, _)| given.contains(&format!("<title>{title} - Demo host</title>")));
        return if right { Ok(()) } else { Err(format!("{recorded} instead of {given}")) };
    }
    if recorded.starts_with("http") {
        let stored = stage.stored().pop().ok_or("nothing is stored")?;
        let extension = |link: &str| link.rsplit('.').next().unwrap_or_default().to_owned();
        return same("extension", Some(&extension(recorded)), Some(&extension(&given)))
            .and_then(|()| same("link", Some(&stored.url), Some(&given)));
    }
    same("words", Some(recorded), Some(&given))
}

fn json(stage: &Stage, recorded: &Value, body: &Value, answer: &Answer) -> Result<(), String> {
    let bytes = answer.text();
    if !bytes.is_ascii() || bytes.contains("://") {
        return Err(format!("not as PHP writes it: {bytes}"));
    }
    let given = answer.json();
    for shape in ["image", "data"] {
        if body[shape].is_object() {
            let base = stage.scene.host.base_url();
            image::compare(&body[shape], &given[shape], text(&recorded["headers"], "Date"), &base)?;
        }
    }
    // What the file is was compared; the rest is the same to the letter.
    let rest = |body: &Value| {
        let mut body = body.clone();
        for shape in ["image", "data"] {
            if let Some(image) = body.get_mut(shape) {
                *image = Value::Null;
            }
        }
        without_server_names(&mut body);
        body
    };
    let (recorded, given) = (rest(body), rest(&given));
    if recorded == given { Ok(()) } else { Err(format!("{given} instead of {recorded}")) }
}

/// A sentence that names a file on the server names its day's folder.
fn without_server_names(body: &mut Value) {
    let Some(message) = body.pointer_mut("/error/message") else { return };
    if let Some((front, rest)) = message.as_str().and_then(|message| message.split_once("/images/")) {
        *message = format!("{front}/images/…{}", &rest["2026/11/24".len()..]).into();
    }
}

/// An example is covered when the answer has everything that it has, of the same kind; its values are made up,
/// all but those of a refusal.
fn covers(path: &str, example: &Value, given: &Value) -> Result<(), String> {
    let made_up = path.starts_with("/image") || path.starts_with("/data");
    match (example, given) {
        (Value::Object(example), Value::Object(fields)) => {
            for (name, value) in example {
                let path = format!("{path}/{name}");
                covers(&path, value, fields.get(name).ok_or_else(|| format!("{path} is missing"))?)?;
            }
            Ok(())
        }
        _ if made_up && std::mem::discriminant(example) == std::mem::discriminant(given) => Ok(()),
        _ if example == given => Ok(()),
        _ => Err(format!("{path}: {given} instead of {example}")),
    }
}
