//! What a JPEG says of itself, as the site reads it.

use std::io::Cursor;

use ::exif::{Context, Field, In, Reader, Tag, Value as Given};
use serde_json::{Map, Value};
use time::{Date, Month, PrimitiveDateTime, Time};

use crate::sniff::Kind;

/// `XPTitle`, the title that Windows writes: UTF-16, little end first.
const XP_TITLE: Tag = Tag(Context::Tiff, 0x9C9B);

/// What the site makes use of.
#[derive(Debug, Default)]
pub(crate) struct Exif {
    pub(crate) title: Option<String>,
    pub(crate) description: Option<String>,
    /// Make and model.
    pub(crate) camera: Option<String>,
    /// `DateTime`, as seconds since 1970.
    pub(crate) taken_at: Option<i64>,
    /// Everything, as the JSON text that the site returns.
    pub(crate) json: Option<String>,
}

/// Reads what a file says. Only JPEG files say anything.
pub(crate) fn read(bytes: &[u8], kind: Kind) -> Exif {
    if kind != Kind::Jpeg {
        return Exif::default();
    }
    let mut all = Map::new();
    all.insert("FileSize".into(), bytes.len().to_string().into());
    all.insert("MimeType".into(), "image/jpeg".into());
    let mut found = Exif::default();
    let (mut make, mut model) = (None, None);
    if let Ok(exif) = Reader::new().read_from_container(&mut Cursor::new(bytes)) {
        for field in exif.fields().filter(|field| field.ifd_num == In::PRIMARY) {
            let text = text(field);
            if field.tag == XP_TITLE {
                found.title = Some(text.clone()).filter(|text| !text.is_empty());
                all.insert("Title".into(), text.into());
                continue;
            }
            all.insert(field.tag.to_string(), Value::String(text.chars().take(500).collect()));
            let text = Some(text).filter(|text| !text.is_empty());
            match field.tag {
                Tag::ImageDescription => found.description = text,
                Tag::Make => make = text,
                Tag::Model => model = text,
                Tag::DateTime => found.taken_at = text.as_deref().and_then(seconds),
                _ => {}
            }
        }
    }
    found.camera = model.map(|model| match make {
        Some(make) if !model.starts_with(&make) => format!("{make} {model}"),
        _ => model,
    });
    found.json = Some(Value::Object(all).to_string());
    found
}

fn text(field: &Field) -> String {
    let text = match &field.value {
        Given::Ascii(parts) => {
            parts.iter().map(|part| String::from_utf8_lossy(part)).collect::<Vec<_>>().join(" ")
        }
        Given::Byte(bytes) if field.tag == XP_TITLE => {
            let units = bytes.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
            char::decode_utf16(units).map(|letter| letter.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
        }
        Given::Short(numbers) => numbers.iter().map(u16::to_string).collect::<Vec<_>>().join(" "),
        other => other.display_as(field.tag).to_string(),
    };
    text.trim_matches(|letter: char| letter.is_whitespace() || letter == '\0').to_owned()
}

/// `2019:05:06 07:08:09`
fn seconds(text: &str) -> Option<i64> {
    let number = |range: std::ops::Range<usize>| text.get(range)?.parse::<u8>().ok();
    let month = Month::try_from(number(5..7)?).ok()?;
    let date = Date::from_calendar_date(text.get(..4)?.parse().ok()?, month, number(8..10)?).ok()?;
    let time = Time::from_hms(number(11..13)?, number(14..16)?, number(17..19)?).ok()?;
    Some(PrimitiveDateTime::new(date, time).assume_utc().unix_timestamp())
}

#[cfg(test)]
mod tests {
    use super::seconds;

    #[test]
    fn dates_as_cameras_write_them() {
        assert_eq!(seconds("2019:05:06 07:08:09"), Some(1_557_126_489));
        for nonsense in ["", "2019:13:06 07:08:09", "0000:00:00 00:00:00", "2019:05:06"] {
            assert_eq!(seconds(nonsense), None, "{nonsense}");
        }
    }
}
