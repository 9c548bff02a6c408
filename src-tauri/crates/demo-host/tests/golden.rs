//! Recorded requests, sent again: the host answers as the recorded site did.
//!
//! Masked, because they differ from one upload to the next: ids, stored names and the links made of them, sizes
//! and check sums of the bytes (the samples have bytes of their own), dates, the EXIF text, "… ago".

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod support;

use std::{collections::BTreeSet, fs, path::PathBuf};

use base64::{Engine, engine::general_purpose::STANDARD};
use demo_host::{Flood, Moderation, Settings};
use serde_json::Value;
use support::{Answer, Part, Scene, mime, multipart, samples};

/// Recordings that are not replayed here, and why.
const LEFT_OUT: &[(&str, &str)] = &[
    ("222", "the order of the tags is that of earlier uploads"),
    ("278", "`use_file_date` is told apart by the date alone, which is masked"),
    ("279", "`use_file_date` is not built"),
    ("134", "the same as 603 with 70 MB"),
    ("135", "the same as 603 with 70 MB, and no key read"),
    ("407", "in life.rs"),
    ("408", "in life.rs, with the clock put forward"),
    ("421", "in life.rs"),
    ("429", "a private site is like any other to a key's owner"),
    ("432", "a state of accounts that the demo host does not have"),
    ("433", "a state of accounts that the demo host does not have"),
    ("436", "a way of naming files that the demo host does not have"),
    ("437", "a way of naming files that the demo host does not have"),
    ("438", "a way of naming files that the demo host does not have"),
    ("439", "a way of naming files that the demo host does not have"),
    ("442", "a default of accounts that the demo host does not have"),
    ("443", "a default of accounts that the demo host does not have"),
    ("444", "a default of accounts that the demo host does not have"),
    ("445", "a default of guests that the demo host does not have"),
    ("446", "a default of guests that the demo host does not have"),
    ("449", "says only that a setting was off"),
    ("45", "says only that a setting was off"),
    ("503", "in life.rs, like all about viewing and deleting"),
    ("504", "in life.rs"),
    ("505", "in life.rs"),
    ("506", "in life.rs"),
    ("507", "in life.rs"),
    ("508", "in life.rs"),
    ("509", "in life.rs"),
    ("510", "in life.rs"),
    ("511", "in life.rs"),
    ("512", "in life.rs"),
    ("513", "in life.rs"),
    ("514", "in life.rs"),
    ("515", "in life.rs"),
    ("519", "the host fetches nothing"),
    ("520", "the host fetches nothing"),
    ("530", "two sources in one request"),
    ("531", "the site's languages are not built"),
    ("532", "the site's languages are not built"),
    ("533", "the site's languages are not built"),
    ("534", "the site's languages are not built"),
    ("535", "the site's languages are not built"),
    ("536", "the site's languages are not built"),
    ("617", "the recording holds only the beginning of the body"),
    ("80", "another installation, with other keys"),
    ("851", "in life.rs"),
    ("854", "the demo host always has a guest key"),
    ("859", "the demo host lives in no sub-directory"),
    ("873", "in life.rs"),
    ("9", "read, not recorded: cut short or of other versions; the modes are tested in modes.rs"),
];

fn lenient(settings: &mut Settings) {
    settings.allow_duplicates = true;
    settings.flood = None;
    settings.camera_tag = true;
    settings.max_file_size = 2_000_000;
}

/// One copy for the client, whose test of its parser reads them too, and for this.
fn golden() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../chevereto/tests/golden")
}

fn names() -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(golden())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.ends_with(".json"))
        .collect();
    names.sort();
    names
}

/// Replays the recordings with these numbers, in order, on one host. Panics with all that differ.
fn replay(scene: &Scene, numbers: &[&str]) -> BTreeSet<String> {
    let mut wrong = Vec::new();
    let mut done = BTreeSet::new();
    for name in names() {
        let number = &name[..3];
        if !numbers.iter().any(|wanted| number.starts_with(wanted)) || left_out(number) {
            continue;
        }
        let recording: Value = serde_json::from_slice(&fs::read(golden().join(&name)).unwrap()).unwrap();
        done.insert(number.to_owned());
        let answer = ask(scene, &recording);
        if let Err(difference) = compare(&recording["response"], answer.as_ref()) {
            wrong.push(format!("{name}: {difference}"));
        }
    }
    assert!(wrong.is_empty(), "{} recordings differ:\n{}", wrong.len(), wrong.join("\n"));
    assert!(!done.is_empty());
    done
}

fn left_out(number: &str) -> bool {
    LEFT_OUT.iter().any(|(left_out, _)| number.starts_with(left_out))
}

fn keyed(scene: &Scene, text: &str) -> String {
    text.replace("chv_test_admin_key", &scene.host.admin_key())
        .replace("chv_test_guest_key", &scene.host.guest_key())
        .replace("chv_test_key", &scene.host.user_key())
}

fn ask(scene: &Scene, recording: &Value) -> Option<Answer> {
    let request = &recording["request"];
    if let Some(head) = request["raw_head"].as_str() {
        return ask_raw(scene, head, request["raw_body_start"].as_str().unwrap());
    }
    let text = |field: &str| request[field].as_str().unwrap_or_default();
    let path = match text("query") {
        "" => text("path").to_owned(),
        query => keyed(scene, &format!("{}?{query}", text("path"))),
    };
    let mut headers: Vec<(String, String)> = request["headers"]
        .as_object()
        .unwrap()
        .iter()
        .map(|(name, value)| (name.clone(), keyed(scene, value.as_str().unwrap())))
        .collect();
    let fields: Vec<(String, String)> = request["fields"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|field| {
            Some((
                field["name"].as_str()?.to_owned(),
                keyed(scene, &whole(field["value"].as_str()?, &recording["name"])),
            ))
        })
        .collect();
    let body = match text("encoding") {
        "multipart/form-data" => {
            let (kind, body) = multipart_of(request, &fields);
            headers.push(("Content-Type".to_owned(), kind));
            body
        }
        "application/x-www-form-urlencoded" => {
            headers.push(("Content-Type".to_owned(), "application/x-www-form-urlencoded".to_owned()));
            url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish().into_bytes()
        }
        // 033 and 034 sent a body that is no form, 142 one with bare plus signs.
        _ if text("method") == "POST" => b"source=aGk+aGk+".to_vec(),
        _ => Vec::new(),
    };
    let headers: Vec<(&str, &str)> =
        headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    scene.send(text("method"), &path, &headers, &body)
}

fn multipart_of(request: &Value, fields: &[(String, String)]) -> (String, Vec<u8>) {
    let text = |field: &Value, name: &str| field[name].as_str().map(str::to_owned);
    let files: Vec<(String, String, String, Vec<u8>)> = request["fields"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|field| {
            let file = text(field, "file")?;
            let name = text(field, "filename").unwrap_or_else(|| file.clone());
            let kind = text(field, "type").unwrap_or_else(|| mime(&name).to_owned());
            Some((text(field, "name")?, name, kind, samples::file(&file)))
        })
        .collect();
    let parts: Vec<(&str, Part<'_>)> = files
        .iter()
        .map(|(field, name, mime, bytes)| (field.as_str(), Part::File { name, mime, bytes }))
        .collect();
    let fields: Vec<(&str, &str)> =
        fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    multipart(&parts, &fields)
}

/// Long values stand shortened in the recordings: made anew here.
fn whole(value: &str, recording: &Value) -> String {
    let Some(at) = value.find("... [") else { return value.to_owned() };
    let length: usize = value[at + 5..].split(' ').next().unwrap().parse().unwrap();
    // A length that needs padding, for the sake of the recording without it.
    let mut picture = samples::png(800, 600);
    picture.resize(picture.len().next_multiple_of(3) + 1, 0);
    let picture = STANDARD.encode(picture);
    match &value[..4] {
        "dddd" => "d".repeat(length),
        "data" => format!("data:image/png;base64,{picture}"),
        "AAAA" => STANDARD.encode(samples::file("g.mp4")),
        _ if length == 26_062 => {
            picture.as_bytes().chunks(76).map(|line| String::from_utf8_lossy(line) + "\n").collect()
        }
        _ if length == 25_722 => picture.trim_end_matches('=').to_owned(),
        _ if recording == "b64-urlsafe" => picture.replace('+', "-").replace('/', "_"),
        _ => picture,
    }
}

fn ask_raw(scene: &Scene, head: &str, body: &str) -> Option<Answer> {
    // The recordings keep bytes as the letters of the same number.
    let mut body: Vec<u8> = body.chars().map(|letter| u8::try_from(u32::from(letter)).unwrap()).collect();
    let chunked = head.contains("chunked");
    let mut head = keyed(scene, head).replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n");
    if chunked {
        body.extend_from_slice(b"\r\n--B--\r\n");
        let mut chunks = Vec::new();
        for piece in body.chunks(40) {
            chunks.extend_from_slice(format!("{:x}\r\n", piece.len()).as_bytes());
            chunks.extend_from_slice(piece);
            chunks.extend_from_slice(b"\r\n");
        }
        body = [chunks, b"0\r\n\r\n".to_vec()].concat();
    } else {
        let at = head.find("Content-Length: ").unwrap();
        let end = at + head[at..].find("\r\n").unwrap();
        head.replace_range(at..end, &format!("Content-Length: {}", body.len()));
    }
    scene.raw(&[head.into_bytes(), body].concat())
}

fn compare(recorded: &Value, answer: Option<&Answer>) -> Result<(), String> {
    let answer = answer.ok_or("no answer")?;
    if recorded["status"] != answer.status {
        return Err(format!("status {} instead of {}: {}", answer.status, recorded["status"], answer.text()));
    }
    let kind = recorded["headers"]["Content-Type"].as_str();
    if kind != answer.header("content-type") {
        return Err(format!("type {:?} instead of {kind:?}", answer.header("content-type")));
    }
    let location = recorded["headers"]["Location"].as_str().map(masked_link);
    if location != answer.header("location").map(masked_link) {
        return Err(format!("location {:?} instead of {location:?}", answer.header("location")));
    }
    let closes = recorded["headers"]["Connection"].as_str() == Some("close");
    if closes && answer.header("connection") != Some("close") {
        return Err("the connection stays".to_owned());
    }
    match &recorded["body"] {
        body @ Value::Object(_) => compare_json("", body, &answer.json()),
        Value::String(text) if text.starts_with("[HTML") || text.starts_with("http") => Ok(()),
        Value::String(text) if *text == answer.text() => Ok(()),
        text => Err(format!("{text} instead of {}", answer.text())),
    }
}

/// Without host, port, ids and keys.
fn masked_link(link: &str) -> String {
    let path = link.split_once("127.0.0.1").map_or(link, |(_, rest)| &rest[rest.find('/').unwrap_or(0)..]);
    match path.rsplit_once(['.', '=']) {
        Some((front, _)) if path.starts_with("/image/") || path.contains("key=") => front.to_owned(),
        _ => path.to_owned(),
    }
}

/// Fields whose values differ from one upload to the next.
const MASKED: &[&str] = &[
    "name",
    "filename",
    "url",
    "size",
    "md5",
    "source_md5",
    "date",
    "date_gmt",
    "date_fixed_peer",
    "id",
    "id_encoded",
    "url_short",
    "delete_url",
    "thumb_size",
    "medium_size",
    "frame_size",
    "display_url",
    "url_frame",
    "size_formatted",
    "how_long_ago",
    "original_exifdata",
    "expiration_date_gmt",
    "url_viewer",
    "path_viewer",
];
/// The same, but only where the name is not the sender's.
const MASKED_WITHOUT_NAME: &[&str] =
    &["title", "title_truncated", "title_truncated_html", "display_title", "original_filename"];

fn compare_json(path: &str, recorded: &Value, given: &Value) -> Result<(), String> {
    let (Value::Object(recorded), Value::Object(given)) = (recorded, given) else {
        return (recorded == given)
            .then_some(())
            .ok_or_else(|| format!("{path}: {given} instead of {recorded}"));
    };
    let keys = |object: &serde_json::Map<String, Value>| object.keys().cloned().collect::<BTreeSet<_>>();
    if keys(recorded) != keys(given) {
        let more: Vec<_> = keys(given).difference(&keys(recorded)).cloned().collect();
        let fewer: Vec<_> = keys(recorded).difference(&keys(given)).cloned().collect();
        return Err(format!("{path}: has {more:?} more, lacks {fewer:?}"));
    }
    // A name of random hex means base64 was sent.
    let unnamed = recorded
        .get("original_filename")
        .and_then(Value::as_str)
        .is_some_and(|name| name.len() == 16 && name[..12].chars().all(|letter| letter.is_ascii_hexdigit()));
    for (name, value) in recorded {
        let other = &given[name];
        let path = format!("{path}.{name}");
        let tagged = path.contains(".tags");
        if (MASKED.contains(&name.as_str()) || (unnamed && MASKED_WITHOUT_NAME.contains(&name.as_str())))
            && !tagged
        {
            if kind(value) != kind(other) {
                return Err(format!("{path}: {other} is not like {value}"));
            }
            continue;
        }
        if name == "message" && other.as_str().is_some_and(|text| text.starts_with("Unable to read image")) {
            continue;
        }
        compare_json(&path, value, other)?;
    }
    lifetimes(recorded, given)
}

/// The time from upload to deletion is no accident.
fn lifetimes(
    recorded: &serde_json::Map<String, Value>,
    given: &serde_json::Map<String, Value>,
) -> Result<(), String> {
    let life = |image: &serde_json::Map<String, Value>| {
        let at = |field: &str| seconds(image.get(field)?.as_str()?);
        Some(at("expiration_date_gmt")? - at("date_gmt")?)
    };
    // Months and years differ with the date: a whole day is allowed for.
    match (life(recorded), life(given)) {
        (Some(recorded), Some(given))
            if (recorded - given).abs() > if recorded > 20 * 86_400 { 3 * 86_400 } else { 1 } =>
        {
            Err(format!("lives {given} s instead of {recorded} s"))
        }
        _ => Ok(()),
    }
}

fn seconds(date: &str) -> Option<i64> {
    let number = |range: std::ops::Range<usize>| date.get(range)?.parse::<i32>().ok();
    let month = time::Month::try_from(number(5..7)? as u8).ok()?;
    let day = time::Date::from_calendar_date(number(0..4)?, month, number(8..10)? as u8).ok()?;
    Some(
        i64::from(day.to_julian_day()) * 86_400
            + i64::from(number(11..13)? * 3_600 + number(14..16)? * 60 + number(17..19)?),
    )
}

/// JSON type; zero is its own.
fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "bool",
        Value::Number(number) if number.as_f64() == Some(0.0) => "zero",
        Value::Number(_) => "number",
        Value::String(text) if text.is_empty() => "empty",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

/// Numbers that the tests below replay, or hand on with a reason.
#[test]
fn no_recording_is_forgotten() {
    let source = include_str!("golden.rs");
    let named: BTreeSet<&str> = source
        .split('"')
        .filter(|word| (1..=3).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_digit()))
        .collect();
    let forgotten: Vec<String> =
        names().into_iter().filter(|name| !(1..=3).any(|length| named.contains(&name[..length]))).collect();
    assert!(forgotten.is_empty(), "{forgotten:?}");
}

#[test]
fn keys_paths_and_sources() {
    replay(&Scene::new(lenient), &["0", "101"]);
}

#[test]
fn files_of_every_kind() {
    replay(&Scene::new(lenient), &["10", "11", "12", "13", "14", "20"]);
}

#[test]
fn every_parameter() {
    let scene = Scene::new(lenient);
    replay(
        &scene,
        &["205", "206", "207", "208", "209", "21", "220", "221", "23", "24", "25", "26", "27", "280", "281"],
    );
    replay(
        &scene,
        &[
            "223", "224", "225", "226", "227", "228", "229", "282", "283", "284", "285", "286", "287", "288",
            "289", "29",
        ],
    );
}

#[test]
fn duplicates() {
    let strict = |settings: &mut Settings| {
        lenient(settings);
        settings.allow_duplicates = false;
    };
    replay(&Scene::new(strict), &["401", "402", "403", "404", "405", "406"]);
    replay(&Scene::new(strict), &["409", "410"]);
    replay(&Scene::new(strict), &["871", "872"]);
    let scene = Scene::new(strict);
    scene.upload("a.png", &samples::file("a.png"), &[]);
    replay(&scene, &["411"]);
}

#[test]
fn floods() {
    let one = |change: fn(&mut Flood)| {
        Scene::new(move |settings| {
            lenient(settings);
            let mut flood = Flood::default();
            change(&mut flood);
            settings.flood = Some(flood);
        })
    };
    replay(&one(|flood| flood.minute = 1), &["412", "413", "414"]);
    let hour = one(|flood| flood.hour = 1);
    hour.upload("tiny.png", &samples::file("tiny.png"), &[]);
    replay(&hour, &["415"]);
    let day = one(|flood| flood.day = 1);
    day.upload("tiny.png", &samples::file("tiny.png"), &[]);
    replay(&day, &["416"]);
    let both = one(|flood| flood.minute = 1);
    both.host.set(|settings| settings.allow_duplicates = false);
    both.upload("a.png", &samples::file("a.png"), &[]);
    replay(&both, &["852", "853"]);
}

#[test]
fn moderation_and_permission() {
    let scene = Scene::new(lenient);
    scene.host.set(|settings| settings.moderation = Moderation::Everyone);
    replay(&scene, &["417", "418", "419", "420"]);
    scene.host.set(|settings| settings.moderation = Moderation::Guests);
    replay(&scene, &["422", "423"]);
    scene.host.set(|settings| {
        settings.moderation = Moderation::Off;
        settings.guest_uploads = false;
    });
    replay(&scene, &["424", "425", "426"]);
    scene.host.set(|settings| settings.uploads = false);
    replay(&scene, &["427", "428", "857"]);
}

#[test]
fn limits_and_settings() {
    let scene = Scene::new(lenient);
    replay(&scene, &["858", "855", "856", "516", "517", "518", "529"]);
    scene.host.set(|settings| settings.url_uploads = true);
    replay(&scene, &["521", "522", "523", "524", "525", "527", "528"]);
    scene.host.set(|settings| settings.url_uploads = false);
    replay(&scene, &["526"]);
    scene.host.set(|settings| settings.stop_words = vec!["kitten".to_owned()]);
    replay(&scene, &["501", "502"]);
    scene.host.set(|settings| settings.formats.retain(|format| format != "gif"));
    replay(&scene, &["434", "435"]);
    scene.host.set(|settings| {
        settings.guest_max_file_size = 10_000;
        settings.expiration = false;
    });
    replay(&scene, &["447", "448", "441"]);
    scene.host.set(|settings| settings.max_width = 400);
    replay(&scene, &["440"]);
    scene.host.set(|settings| settings.maintenance = true);
    replay(&scene, &["430", "431"]);
}

#[test]
fn multipart_as_php_reads_it() {
    let scene = Scene::new(lenient);
    replay(
        &scene,
        &[
            "604", "605", "606", "607", "608", "609", "610", "611", "612", "613", "614", "616", "618", "619",
            "62",
        ],
    );
    scene.host.set(|settings| settings.allow_duplicates = false);
    replay(&scene, &["615"]);
}

#[test]
fn php_limits() {
    let scene = Scene::new(|settings| {
        lenient(settings);
        settings.upload_max_filesize = 100_000;
        settings.post_max_size = 1_000_000;
    });
    replay(&scene, &["601", "603"]);
    scene.host.set(|settings| settings.allow_duplicates = false);
    replay(&scene, &["602"]);
}
