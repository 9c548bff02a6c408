//! The site's answer to an upload.

use std::time::SystemTime;

use serde_json::Value;
use url::Url;

use crate::delete::DeleteLink;
use crate::time::{from_unix, parse_gmt};

/// What the site stored. Everything it may leave out is optional; sites of every age are read.
///
/// [`Asked::differences`](crate::Asked::differences) says where it is not what was asked for.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Image {
    /// The encoded id, as in the address of the viewer page.
    pub id: Option<String>,
    /// The title the site keeps.
    pub title: Option<String>,
    /// The description the site keeps.
    pub description: Option<String>,
    /// The name of the file as it was sent.
    pub original_filename: Option<String>,
    /// The name of the stored file.
    pub filename: Option<String>,
    /// The MIME type of the stored file, found by the site in its bytes.
    pub mime: Option<String>,
    /// The extension of the stored file.
    pub extension: Option<String>,
    /// The size of the stored file in bytes; not what was sent when the site re-encoded it.
    pub size: Option<u64>,
    /// Width in pixels.
    pub width: Option<u32>,
    /// Height in pixels.
    pub height: Option<u32>,
    /// Length of a clip in seconds; zero for pictures.
    pub duration: Option<u32>,
    /// Check sum of the stored file: MD5 in hex up to 4.2, `checksum` later.
    pub checksum: Option<String>,
    /// When it was stored; the date in the file when that was [asked for](crate::Fields::use_file_date).
    pub stored_at: Option<SystemTime>,
    /// When the site answered, by its own clock (the `Date` header).
    pub answered_at: Option<SystemTime>,
    /// When the site deletes it; `None` is never.
    pub expires_at: Option<SystemTime>,
    /// Marked not safe for work.
    pub nsfw: bool,
    /// `false` while it waits for approval: then there is no direct link.
    pub is_approved: bool,
    /// An animated picture.
    pub is_animated: bool,
    /// The category.
    pub category: Option<i64>,
    /// The tags the site keeps.
    pub tags: Vec<String>,
    /// The links.
    pub links: Links,
    /// The delete link; it comes with this answer and never again.
    pub delete: Option<DeleteLink>,
    pub(crate) tells: Tells,
}

/// Which facts an answer speaks of at all: older sites and other formats leave some out.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Tells {
    pub(crate) description: bool,
    pub(crate) tags: bool,
    pub(crate) category: bool,
    pub(crate) expiration: bool,
    pub(crate) nsfw: bool,
}

/// Absolute `http(s)` addresses, in the site's spelling.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Links {
    /// The page that shows it.
    pub viewer: Option<String>,
    /// The short address of that page.
    pub short: Option<String>,
    /// The file itself; absent while it waits for approval.
    pub direct: Option<String>,
    /// A middle size; absent when the picture is not larger.
    pub medium: Option<String>,
    /// The thumbnail.
    pub thumb: Option<String>,
    /// A still of a clip.
    pub frame: Option<String>,
}

impl Image {
    /// Reads the `image` (or imgbb's `data`) object of an answer; `page` is the address that was asked.
    /// `None` when it has neither a link nor an id.
    pub(crate) fn read(value: &Value, page: &Url) -> Option<Image> {
        let link = |value: &Value| absolute(value.as_str()?, page);
        let part = |name: &str| value.get(name).and_then(|part| link(part.get("url")?));
        let links = Links {
            viewer: link(&value["url_viewer"]),
            short: link(&value["url_short"]),
            direct: link(&value["url"]).or_else(|| part("image")),
            medium: part("medium"),
            thumb: part("thumb"),
            frame: link(&value["url_frame"]).or_else(|| part("frame")),
        };
        let id = text(value, "id_encoded").or_else(|| text(value, "id"));
        if id.is_none() && links.viewer.is_none() && links.direct.is_none() {
            return None;
        }
        let inner = |name: &str| text(value, name).or_else(|| text(&value["image"], name));
        Some(Image {
            id,
            title: text(value, "title"),
            description: text(value, "description"),
            original_filename: text(value, "original_filename"),
            filename: inner("filename"),
            mime: inner("mime"),
            extension: inner("extension"),
            size: number(value, "size").or_else(|| number(&value["image"], "size")),
            width: small(value, "width"),
            height: small(value, "height"),
            duration: small(value, "duration"),
            checksum: text(value, "checksum").or_else(|| text(value, "md5")),
            stored_at: time(value, "date_gmt").or_else(|| unix(value, "time")),
            answered_at: None,
            expires_at: time(value, "expiration_date_gmt"),
            nsfw: flag(value, "nsfw").unwrap_or(false),
            is_approved: flag(value, "is_approved").unwrap_or(true),
            is_animated: flag(value, "is_animated").unwrap_or(false),
            category: integer(value, "category_id"),
            tags: tags(value),
            links,
            delete: value["delete_url"].as_str().and_then(|text| DeleteLink::parse(text).ok()),
            tells: Tells::of(value),
        })
    }

    /// An image of which only one link is known (`format=txt` and `format=redirect`).
    pub(crate) fn of_links(links: Links) -> Image {
        Image { links, is_approved: true, ..Image::default() }
    }
}

impl Tells {
    fn of(value: &Value) -> Tells {
        let speaks_of = |name: &str| value.get(name).is_some();
        Tells {
            description: speaks_of("description"),
            tags: speaks_of("tags"),
            category: speaks_of("category_id"),
            expiration: speaks_of("expiration_date_gmt"),
            nsfw: speaks_of("nsfw"),
        }
    }
}

/// An absolute `http(s)` address: nothing else may become a link that people click. It is kept as the site spells it,
/// but for signs that are no part of an address: a line break in a copied link is a command in a terminal.
pub(crate) fn absolute(text: &str, page: &Url) -> Option<String> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    match Url::parse(text) {
        Ok(url) if !matches!(url.scheme(), "http" | "https") => None,
        Ok(url) if text.contains(|c: char| c.is_control() || c.is_whitespace()) => Some(url.into()),
        Ok(_) => Some(text.to_owned()),
        Err(url::ParseError::RelativeUrlWithoutBase) => page.join(text).ok().map(String::from),
        Err(_) => None,
    }
}

fn text(value: &Value, name: &str) -> Option<String> {
    match value.get(name)? {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn integer(value: &Value, name: &str) -> Option<i64> {
    let value = value.get(name)?;
    value.as_i64().or_else(|| value.as_str()?.trim().parse().ok())
}

fn number(value: &Value, name: &str) -> Option<u64> {
    let value = value.get(name)?;
    value.as_u64().or_else(|| value.as_str()?.trim().parse().ok())
}

fn small(value: &Value, name: &str) -> Option<u32> {
    number(value, name).and_then(|number| u32::try_from(number).ok())
}

fn flag(value: &Value, name: &str) -> Option<bool> {
    value.get(name)?.as_bool().or_else(|| integer(value, name).map(|number| number != 0))
}

fn time(value: &Value, name: &str) -> Option<SystemTime> {
    parse_gmt(value.get(name)?.as_str()?)
}

fn unix(value: &Value, name: &str) -> Option<SystemTime> {
    integer(value, name).filter(|seconds| *seconds > 0).and_then(from_unix)
}

fn tags(value: &Value) -> Vec<String> {
    let list = value.get("tags").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    list.iter().filter_map(|tag| text(tag, "name")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read(value: &Value) -> Option<Image> {
        Image::read(value, &Url::parse("https://host/api/1/upload").unwrap())
    }

    #[test]
    fn old_sites_write_numbers_as_text() {
        let image = read(&json!({"id_encoded": "a1", "size": "42", "nsfw": "1", "width": "7"})).unwrap();
        assert_eq!((image.size, image.width, image.nsfw), (Some(42), Some(7), true));
        assert!(image.is_approved);
    }

    #[test]
    fn only_web_addresses_become_links() {
        let image = read(&json!({
            "id_encoded": "a1", "url": "javascript:alert(1)", "url_viewer": "/image/a1", "url_short": 7,
            "medium": {"url": "https://host/a\nb c.png"}, "thumb": {"url": "https://host/ė.png"}
        }))
        .unwrap();
        assert_eq!(image.links.medium.as_deref(), Some("https://host/ab%20c.png"));
        assert_eq!(image.links.thumb.as_deref(), Some("https://host/ė.png"));
        assert_eq!(image.links.direct, None);
        assert_eq!(image.links.viewer.as_deref(), Some("https://host/image/a1"));
        assert_eq!(image.links.short, None);
    }

    #[test]
    fn an_answer_without_id_or_link_confirms_nothing() {
        for value in [json!({}), json!([]), json!(null), json!({"id_encoded": ""}), json!({"url": {}})] {
            assert!(read(&value).is_none(), "{value}");
        }
    }

    #[test]
    fn the_delete_link_is_not_printed() {
        let image = read(&json!({"id_encoded": "a", "delete_url": "https://host/image/a/delete/s3cret"}));
        assert!(!format!("{image:?}").contains("s3cret"));
    }
}
