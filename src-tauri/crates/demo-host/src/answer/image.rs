//! The `image` of a success: what the site tells of a file that it has just stored.

use serde_json::{Value, json};

use super::{date, escape, size};
use crate::{
    Mode, Settings,
    index::FileRow,
    links::{Links, raw_url},
    picture::{MEDIUM, THUMB},
};

/// A stored file as its uploader is shown it.
pub(crate) struct Shown<'a> {
    pub(crate) file: &'a FileRow,
    pub(crate) links: Links<'a>,
    pub(crate) settings: &'a Settings,
    /// Of the delete link.
    pub(crate) password: &'a str,
    /// Seconds since 1970.
    pub(crate) now: i64,
}

/// The object, in the shape of the site's version.
pub(crate) fn image(shown: &Shown<'_>) -> Value {
    let mut image = match shown.settings.mode {
        Mode::V3 => shown.of_v3(),
        _ => shown.of_v4(),
    };
    of_its_time(&mut image, shown.settings.mode);
    image
}

impl Shown<'_> {
    fn of_v4(&self) -> Value {
        let Self { file, links, password, .. } = self;
        let dated = date(file.dated());
        let truncated = truncate(&file.title);
        let mut image = json!({
            "name": file.name, "extension": file.extension, "size": file.size,
            "width": file.width, "height": file.height,
            "date": dated, "date_gmt": dated,
            "title": file.title, "description": file.description, "nsfw": u8::from(file.nsfw),
            "storage_mode": "datefolder", "md5": file.md5, "source_md5": file.source_md5,
            "original_filename": file.original_filename, "original_exifdata": file.exif,
            "views": 0, "category_id": file.category,
            "chain": if file.clip { 21 } else if file.medium_size > 0 { 7 } else { 5 },
            "thumb_size": file.thumb_size, "medium_size": file.medium_size, "frame_size": file.frame_size,
            "expiration_date_gmt": file.expires.map(date), "likes": 0,
            "is_animated": u8::from(file.animated), "is_approved": u8::from(file.approved), "is_360": 0,
            "duration": file.duration, "type": if file.clip { "video" } else { "image" },
            "tags": file.tags.iter().map(|tag| tag_value(tag)).collect::<Vec<_>>(),
            "tags_string": file.tags.join(", "),
            "file": {"resource": {"type": "path"}},
            "id_encoded": file.id, "filename": file.file_name(""), "mime": file.mime,
            "ratio": number(self.ratio()), "size_formatted": size(file.size, false),
            "image": self.copy("", file.size), "medium": self.copy(".md", file.medium_size),
            "thumb": self.copy(".th", file.thumb_size),
            "url_frame": "", "duration_time": "",
            "url_viewer": links.url_viewer(file), "path_viewer": links.path_viewer(file),
            "url_short": links.url_short(file),
            "display_width": file.width, "display_height": file.height,
            "views_label": "views", "likes_label": "likes", "how_long_ago": ago(self.now - file.dated()),
            "date_fixed_peer": dated,
            "title_truncated": truncated, "title_truncated_html": escape(&truncated),
            "is_use_loader": false, "display_title": file.title,
            "delete_url": links.url_delete(file, password),
        });
        if file.approved {
            image["url"] = links.url(file, "").into();
            image["display_url"] = links.url(file, self.display()).into();
        }
        if self.display() == ".md" {
            // A setting, hence text.
            image["display_width"] = MEDIUM.to_string().into();
            image["display_height"] = self.medium_height().into();
        }
        if file.clip {
            image["frame"] = self.copy(".fr", file.frame_size);
            image["url_frame"] = links.url(file, ".fr").into();
            image["duration_time"] = format!("{:02}:{:02}", file.duration / 60, file.duration % 60).into();
        }
        image
    }

    /// One of the files that an upload became.
    fn copy(&self, copy: &str, size: u64) -> Value {
        let file = self.file;
        let mut part = match size {
            0 => json!({"filename": null, "name": null, "mime": null, "extension": null, "url": null}),
            size => json!({
                "filename": file.file_name(copy), "name": format!("{}{copy}", file.name),
                "mime": file.copy_mime(copy), "extension": file.copy_extension(copy), "size": size,
                "url": self.links.url(file, copy),
            }),
        };
        if !file.approved
            && let Some(part) = part.as_object_mut()
        {
            part.remove("url");
        }
        part
    }

    /// V3 after the example in its documentation: numbers as strings, no title, no delete link.
    fn of_v3(&self) -> Value {
        let Self { file, links, .. } = self;
        let dated = date(file.dated());
        json!({
            "name": file.name, "extension": file.extension, "size": file.size,
            "width": file.width, "height": file.height, "date": dated, "date_gmt": dated,
            "storage_id": null, "description": file.description, "nsfw": u8::from(file.nsfw).to_string(),
            "md5": file.md5, "storage": "datefolder", "original_filename": file.original_filename,
            "original_exifdata": file.exif, "views": "0", "id_encoded": file.id,
            "filename": file.file_name(""), "ratio": number(self.ratio()),
            "size_formatted": size(file.size, false), "mime": file.mime, "bits": 8, "channels": null,
            "url": links.url(file, ""), "url_viewer": links.url_viewer(file),
            "thumb": self.copy_of_v3(".th", file.thumb_size, THUMB, u64::from(THUMB)),
            "medium": self.copy_of_v3(".md", file.medium_size, MEDIUM, self.medium_height()),
            "views_label": "views", "display_url": links.url(file, self.display()),
            "how_long_ago": ago(self.now - file.dated()),
        })
    }

    fn copy_of_v3(&self, copy: &str, bytes: u64, width: u32, height: u64) -> Value {
        let mut part = self.copy(copy, bytes);
        if bytes > 0 {
            part["width"] = width.into();
            part["height"] = height.into();
            part["ratio"] = number(f64::from(width) / height.max(1) as f64);
            part["size_formatted"] = size(bytes, false).into();
            part["bits"] = 8.into();
            part["channels"] = Value::Null;
        }
        part
    }

    /// The copy that the page shows.
    fn display(&self) -> &'static str {
        if self.file.clip {
            ".fr"
        } else if self.file.medium_size > 0 {
            ".md"
        } else {
            ""
        }
    }

    fn ratio(&self) -> f64 {
        f64::from(self.file.width) / f64::from(self.file.height.max(1))
    }

    fn medium_height(&self) -> u64 {
        (f64::from(MEDIUM) / self.ratio()).round() as u64
    }
}

/// What other versions do not have, or name otherwise (FACTS §9).
fn of_its_time(image: &mut Value, mode: Mode) {
    let Some(fields) = image.as_object_mut() else { return };
    if mode < Mode::V42 {
        fields.remove("tags");
        fields.remove("tags_string");
    }
    if mode >= Mode::V43 {
        for (old, new) in [("md5", "checksum"), ("source_md5", "source_checksum")] {
            if let Some(value) = fields.remove(old) {
                fields.insert(new.to_owned(), value);
            }
        }
    }
}

fn tag_value(tag: &str) -> Value {
    let key = raw_url(tag);
    json!({"name": tag, "name_safe_html": escape(tag), "url": format!("/tag/{key}"), "url_key": key})
}

/// Whole numbers without a fraction, as PHP writes them.
fn number(value: f64) -> Value {
    if value.fract() == 0.0 { (value as u64).into() } else { value.into() }
}

fn truncate(title: &str) -> String {
    match title.char_indices().nth(28) {
        Some(_) => title.chars().take(25).chain("...".chars()).collect(),
        None => title.to_owned(),
    }
}

/// `7 years ago`: the largest unit that is full.
fn ago(seconds: i64) -> String {
    let units = [
        ("year", 31_536_000),
        ("month", 2_592_000),
        ("day", 86_400),
        ("hour", 3_600),
        ("minute", 60),
        ("second", 1),
    ];
    match units.iter().find(|(_, length)| seconds >= *length) {
        None => "moments ago".to_owned(),
        Some((unit, length)) => match seconds / length {
            1 => format!("1 {unit} ago"),
            count => format!("{count} {unit}s ago"),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::ago;

    #[test]
    fn how_long_ago_as_recorded() {
        // Seven years and a half, as the recording of a file dated by its EXIF says it.
        let seconds = [0, 1, 2, 150, 7_300, 238_500_000];
        let words =
            ["moments ago", "1 second ago", "2 seconds ago", "2 minutes ago", "2 hours ago", "7 years ago"];
        assert_eq!(seconds.map(ago), words);
    }
}
