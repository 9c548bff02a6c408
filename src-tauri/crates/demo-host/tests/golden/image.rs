//! Compares what an answer tells of a file with what was told when it was recorded, field by field.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

/// How far a field may differ.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Mask {
    /// It is text, or a number other than zero, as recorded.
    AnyValue,
    /// It begins as recorded; a random end of 16 digits may come or go.
    RandomEnd,
    /// The names in it differ as those fields do: id, stored name, folder of the day, host.
    Link,
    /// 32 hex digits, or null as recorded.
    Digest,
    /// The time of the upload, where it was recorded; another time is the same here.
    Clock,
    /// Checked by how long the file lives.
    Lifetime,
    /// The unit of time.
    Unit,
    /// The facts that the samples share.
    Exif,
}

/// Every field that may differ, how far, and why.
const MASKS: &[(&[&str], Mask, &str)] = &[
    (&["id_encoded", "id"], Mask::AnyValue, "ids are counted on each site"),
    (&["size", "thumb_size", "medium_size", "frame_size"], Mask::AnyValue, "sizes depend on the encoder"),
    (&["size_formatted"], Mask::AnyValue, "sizes depend on the encoder"),
    (&["name", "filename"], Mask::RandomEnd, "the end depends on what was stored before"),
    (&["url", "display_url", "url_frame"], Mask::Link, "made of date and stored name"),
    (&["url_viewer", "path_viewer", "url_short", "delete_url"], Mask::Link, "made of the id, and a password"),
    (&["md5", "source_md5"], Mask::Digest, "the samples have bytes of their own"),
    (&["date_gmt", "date_fixed_peer"], Mask::Clock, "the clock"),
    (&["date"], Mask::Clock, "the clock, which on the recorded site was not set to UTC"),
    (&["expiration_date_gmt"], Mask::Lifetime, "the clock"),
    (&["how_long_ago"], Mask::Unit, "the clock"),
    (&["original_exifdata"], Mask::Exif, "the samples' EXIF is smaller"),
];

/// Says the first field that differs. `asked_at` is the `Date` of the recorded answer.
pub(crate) fn compare(recorded: &Value, given: &Value, asked_at: &str, base: &str) -> Result<(), String> {
    let (Some(recorded), Some(given)) = (recorded.as_object(), given.as_object()) else {
        return Err(format!("{given} is no file"));
    };
    let pair = Pair { recorded, given, asked_at, base };
    pair.lifetime()?;
    pair.object("", recorded, given)
}

struct Pair<'a> {
    recorded: &'a Map<String, Value>,
    given: &'a Map<String, Value>,
    asked_at: &'a str,
    base: &'a str,
}

impl Pair<'_> {
    fn object(
        &self,
        path: &str,
        recorded: &Map<String, Value>,
        given: &Map<String, Value>,
    ) -> Result<(), String> {
        let names = |object: &Map<String, Value>| object.keys().cloned().collect::<BTreeSet<_>>();
        let (old, new) = (names(recorded), names(given));
        if old != new {
            let more: Vec<_> = new.difference(&old).collect();
            let fewer: Vec<_> = old.difference(&new).collect();
            return Err(format!("{path}/ has {more:?} more, lacks {fewer:?}"));
        }
        for (name, value) in recorded {
            self.field(&format!("{path}/{name}"), name, value, &given[name])?;
        }
        Ok(())
    }

    fn field(&self, path: &str, name: &str, recorded: &Value, given: &Value) -> Result<(), String> {
        if let (Value::Object(recorded), Value::Object(given)) = (recorded, given) {
            return self.object(path, recorded, given);
        }
        let masked = MASKS.iter().find(|(names, ..)| names.contains(&name));
        let right = match masked.map(|(_, mask, _)| *mask) {
            None => match (recorded.as_str(), given.as_str()) {
                (Some(recorded), Some(given)) => self.named_here(recorded) == given,
                _ => recorded == given,
            },
            Some(Mask::AnyValue | Mask::Lifetime) => kind(recorded) == kind(given),
            Some(Mask::RandomEnd) => self.same_name(recorded, given),
            Some(Mask::Link) => self.same_link(recorded, given),
            Some(Mask::Digest) => {
                recorded.is_null() == given.is_null() && given.as_str().is_none_or(is_digest)
            }
            Some(Mask::Clock) => {
                kind(recorded) == kind(given)
                    && (self.is_now(recorded) || recorded == given || name == "date")
            }
            Some(Mask::Unit) => unit(recorded) == unit(given),
            Some(Mask::Exif) => exif(recorded) == exif(given),
        };
        let leeway =
            masked.map_or(String::new(), |(_, _, why)| format!(" (it may differ: {why}; but not so far)"));
        if right { Ok(()) } else { Err(format!("{path}: {given} instead of {recorded}{leeway}")) }
    }

    fn pair<'b>(&'b self, field: &str) -> (&'b str, &'b str) {
        let text =
            |object: &'b Map<String, Value>| object.get(field).and_then(Value::as_str).unwrap_or_default();
        (text(self.recorded), text(self.given))
    }

    /// Base64 has no file name: the site makes one of 12 random digits, and a title of it.
    fn named_here(&self, recorded: &str) -> String {
        let (old, new) = self.pair("original_filename");
        match (old.split_once('.'), new.split_once('.')) {
            (Some((old, _)), Some((new, _))) if is_random(old, 12) && is_random(new, 12) => {
                recorded.replace(old, new)
            }
            _ => recorded.to_owned(),
        }
    }

    fn same_name(&self, recorded: &Value, given: &Value) -> bool {
        let (Some(recorded), Some(given)) = (recorded.as_str(), given.as_str()) else {
            return recorded == given;
        };
        let (old_id, new_id) = self.pair("id_encoded");
        let bare = |text: &str, id: &str| {
            let (name, rest) = text.split_once('.').unwrap_or((text, ""));
            let name = match name.len().checked_sub(16).map(|at| name.split_at_checked(at)) {
                _ if name == id => "(id)",
                _ if is_random(name, 32) => "(random)",
                Some(Some((front, end))) if is_random(end, 16) => front,
                _ => name,
            };
            format!("{name}.{rest}")
        };
        bare(&self.named_here(recorded), old_id) == bare(given, new_id)
    }

    fn same_link(&self, recorded: &Value, given: &Value) -> bool {
        let (Some(recorded), Some(given)) = (recorded.as_str(), given.as_str()) else {
            return recorded == given;
        };
        let (old_id, new_id) = self.pair("id_encoded");
        let (old_name, new_name) = self.pair("name");
        let (old_date, new_date) = self.pair("date");
        let link = recorded.replace("http://127.0.0.1", self.base);
        if let Some((front, password)) = link.split_once("/delete/") {
            let front = format!("{}{new_id}/delete/", front.strip_suffix(old_id).unwrap_or(front));
            let password_here = given.strip_prefix(&front).unwrap_or_default();
            return is_random(password, 48) && is_random(password_here, 48);
        }
        if let Some((front, rest)) = link.split_once("/images/") {
            let (old_folder, new_folder) = (old_date.get(..10), new_date.get(..10));
            let (Some(old_folder), Some(new_folder)) = (old_folder, new_folder) else { return false };
            let (old_folder, new_folder) = (old_folder.replace('-', "/"), new_folder.replace('-', "/"));
            let file = rest.strip_prefix(&format!("{old_folder}/{old_name}"));
            return file.is_some_and(|end| given == format!("{front}/images/{new_folder}/{new_name}{end}"));
        }
        match link.strip_suffix(old_id) {
            Some(front) => given == format!("{}{new_id}", self.named_here(front)),
            None => link == given,
        }
    }

    /// Whether a recorded time is that of its exchange, give or take a few seconds.
    fn is_now(&self, time: &Value) -> bool {
        // `Wed, 25 Nov 2026 02:53:51 GMT`
        let Some(clock) = self.asked_at.get(17..25) else { return false };
        let time = time.as_str().and_then(|time| time.get(11..)).unwrap_or_default();
        let seconds = |clock: &str| {
            let mut parts = clock.split(':').filter_map(|part| part.parse::<i64>().ok());
            Some(parts.next()? * 3_600 + parts.next()? * 60 + parts.next()?)
        };
        matches!((seconds(clock), seconds(time)), (Some(asked), Some(told)) if (asked - told).abs() < 5)
    }

    /// The time from upload to deletion is no accident. Months and years differ with the date: a few days are
    /// allowed for.
    fn lifetime(&self) -> Result<(), String> {
        let life = |image: &Map<String, Value>| {
            let at = |field: &str| seconds(image.get(field)?.as_str()?);
            Some(at("expiration_date_gmt")? - at("date_gmt")?)
        };
        let (Some(recorded), Some(given)) = (life(self.recorded), life(self.given)) else { return Ok(()) };
        let leeway = if recorded > 20 * 86_400 { 3 * 86_400 } else { 1 };
        if (recorded - given).abs() <= leeway {
            Ok(())
        } else {
            Err(format!("lives {given} s instead of {recorded} s"))
        }
    }
}

fn is_random(text: &str, length: usize) -> bool {
    text.len() == length && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn is_digest(text: &str) -> bool {
    is_random(text, 32)
}

/// `7 years ago` as `year`. A fresh file is some seconds old at most.
fn unit(value: &Value) -> String {
    match value.as_str() {
        Some("moments ago") => "second".to_owned(),
        Some(text) => text.split(' ').nth(1).unwrap_or_default().trim_end_matches('s').to_owned(),
        None => String::new(),
    }
}

/// What the samples of both sites say of themselves.
fn exif(value: &Value) -> Option<Vec<Value>> {
    let facts: Value = serde_json::from_str(value.as_str()?).ok()?;
    let names = ["MimeType", "ImageDescription", "Make", "Model", "Orientation", "DateTime"];
    Some(names.iter().map(|name| facts[name].clone()).collect())
}

fn seconds(date: &str) -> Option<i64> {
    let number = |range: std::ops::Range<usize>| date.get(range)?.parse::<i32>().ok();
    let month = time::Month::try_from(number(5..7)? as u8).ok()?;
    let day = time::Date::from_calendar_date(number(0..4)?, month, number(8..10)? as u8).ok()?;
    let clock = number(11..13)? * 3_600 + number(14..16)? * 60 + number(17..19)?;
    Some(i64::from(day.to_julian_day()) * 86_400 + i64::from(clock))
}

/// JSON type; zero and the empty text are types of their own.
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
