//! What the site made otherwise than it was asked.

use std::path::Path;
use std::time::{Duration, SystemTime};

use crate::{CategoryId, Fields, Image, Source, Tag, Upload};

/// Clocks differ by seconds; times further apart are two times.
const SAME_TIME: Duration = Duration::from_secs(60);

/// What was asked of a site, kept to be held against its answer.
///
/// ```
/// # use chevereto::{Asked, Source, Upload};
/// # let source = Source::Bytes { bytes: "BM".into(), name: "a.bmp".into(), mime: "image/bmp".into() };
/// let upload = Upload::new(source);
/// let asked = Asked::of(&upload);
/// // let image = client.upload(&site, &key, upload, |_| ()).await?;
/// // for difference in asked.differences(&image) { … }
/// ```
#[derive(Debug, Clone)]
pub struct Asked {
    fields: Fields,
    name: Option<String>,
    mime: Option<String>,
    size: Option<u64>,
    md5: Option<String>,
    width: Option<u32>,
}

/// One thing that the site made otherwise, with what was asked and what was given.
///
/// What was not asked for counts as not wished: a description, a tag, an expiry or a mark that the site set by itself
/// is a difference too. A title is not: without one asked for, every site makes its own. What an answer cannot tell
/// (the album, or a field that this version of the site leaves out) is no difference.
///
/// The list is closed on purpose: a new kind is a new major version, so that no caller overlooks it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Difference {
    /// Another title.
    Title {
        /// The title asked for.
        asked: String,
        /// The title the site keeps.
        given: String,
    },
    /// Another description, none, or one that nobody asked for (from the picture's EXIF data).
    Description {
        /// The description asked for.
        asked: Option<String>,
        /// The description the site keeps.
        given: Option<String>,
    },
    /// Other tags: a guest key has none, a site may cap them, an account may add the camera's model.
    Tags {
        /// Asked for and kept, in the site's order.
        kept: Vec<String>,
        /// Asked for and not kept.
        dropped: Vec<String>,
        /// Not asked for.
        added: Vec<String>,
    },
    /// Another category, none, or one that nobody asked for.
    Category {
        /// The category asked for.
        asked: Option<CategoryId>,
        /// The category the site keeps.
        given: Option<i64>,
    },
    /// The file was to be deleted and stays for ever.
    ExpirationDropped {
        /// When it should have gone.
        asked: SystemTime,
    },
    /// Nobody asked for it, and the site will delete the file.
    ExpirationAdded {
        /// When it goes.
        given: SystemTime,
    },
    /// The site will delete the file at another time, by more than a minute.
    ExpirationChanged {
        /// When it should go.
        asked: SystemTime,
        /// When it goes.
        given: SystemTime,
    },
    /// Marked not safe for work, unasked.
    NsfwAdded,
    /// Not marked not safe for work, though it was asked.
    NsfwDropped,
    /// The date in the file was to be used and was not: only admin keys may ask, and only a JPEG has one.
    FileDateIgnored,
    /// Another width in pixels: not made smaller as asked, made smaller unasked, or turned upright.
    Width {
        /// The width asked for, else the picture's own.
        asked: u32,
        /// The width of the stored file.
        given: u32,
    },
    /// Another kind of file, as MIME types: a BMP becomes a PNG.
    Type {
        /// The type sent.
        asked: String,
        /// The type of the stored file.
        given: String,
    },
    /// Another extension than in the file's name: a WebP that was called `.jpg`.
    Extension {
        /// The extension of the name sent.
        asked: String,
        /// The extension of the stored file.
        given: String,
    },
    /// Another size in bytes, though no smaller width was asked for: the site made the file anew.
    Size {
        /// Bytes sent.
        asked: u64,
        /// Bytes stored.
        given: u64,
    },
    /// Another MD5, though no smaller width was asked for: the site made the file anew (turned it upright, took out
    /// private data).
    Checksum {
        /// MD5 of what was sent, in lower-case hex.
        asked: String,
        /// MD5 of what is stored, in lower-case hex.
        given: String,
    },
}

impl Difference {
    /// A stable word for this difference.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Difference::Title { .. } => "title",
            Difference::Description { .. } => "description",
            Difference::Tags { .. } => "tags",
            Difference::Category { .. } => "category",
            Difference::ExpirationDropped { .. } => "expiration-dropped",
            Difference::ExpirationAdded { .. } => "expiration-added",
            Difference::ExpirationChanged { .. } => "expiration-changed",
            Difference::NsfwAdded => "nsfw-added",
            Difference::NsfwDropped => "nsfw-dropped",
            Difference::FileDateIgnored => "file-date-ignored",
            Difference::Width { .. } => "width",
            Difference::Type { .. } => "type",
            Difference::Extension { .. } => "extension",
            Difference::Size { .. } => "size",
            Difference::Checksum { .. } => "checksum",
        }
    }
}

impl Asked {
    /// What an upload asks for.
    #[must_use]
    pub fn of(upload: &Upload) -> Asked {
        let (name, mime) = match &upload.source {
            Source::File { name, mime, .. } | Source::Bytes { name, mime, .. } => (Some(name), Some(mime)),
            Source::Base64(_) | Source::Url(_) => (None, None),
        };
        Asked {
            fields: upload.fields.clone(),
            name: name.cloned(),
            mime: mime.cloned(),
            size: upload.source.size(),
            md5: None,
            width: None,
        }
    }

    /// Tells the MD5 of what was sent, in hex: then a file that was made anew is found out.
    #[must_use]
    pub fn with_md5(self, hex: &str) -> Asked {
        Asked { md5: Some(hex.to_ascii_lowercase()), ..self }
    }

    /// Tells the width of the picture in pixels, as people see it: then one that the site made smaller unasked is
    /// found out.
    #[must_use]
    pub fn with_width(self, pixels: u32) -> Asked {
        Asked { width: Some(pixels), ..self }
    }

    /// Everything that the site made otherwise, in the order of [`Difference`].
    #[must_use]
    pub fn differences(&self, image: &Image) -> Vec<Difference> {
        let found = [
            self.title(image),
            self.description(image),
            self.tags(image),
            self.category(image),
            self.expiration(image),
            self.nsfw(image),
            self.file_date(image),
            self.width(image),
            self.mime(image),
            self.extension(image),
            self.size(image),
            self.checksum(image),
        ];
        found.into_iter().flatten().collect()
    }

    fn title(&self, image: &Image) -> Option<Difference> {
        let (asked, given) = (self.fields.title.as_ref()?.as_str(), image.title.as_deref()?);
        (asked != given).then(|| Difference::Title { asked: asked.to_owned(), given: given.to_owned() })
    }

    fn description(&self, image: &Image) -> Option<Difference> {
        let asked = self.fields.description.as_ref().map(ToString::to_string);
        let given = image.description.clone();
        (image.tells.description && asked != given).then_some(Difference::Description { asked, given })
    }

    fn tags(&self, image: &Image) -> Option<Difference> {
        let asked: Vec<&str> = self.fields.tags.iter().map(Tag::as_str).collect();
        let is_asked = |tag: &String| asked.contains(&tag.as_str());
        let (kept, added): (Vec<_>, Vec<_>) = image.tags.iter().cloned().partition(is_asked);
        let dropped: Vec<_> =
            asked.iter().map(|tag| (*tag).to_owned()).filter(|tag| !kept.contains(tag)).collect();
        let same = dropped.is_empty() && added.is_empty();
        (image.tells.tags && !same).then_some(Difference::Tags { kept, dropped, added })
    }

    fn category(&self, image: &Image) -> Option<Difference> {
        let (asked, given) = (self.fields.category, image.category);
        let differs = asked.map(|asked| i64::from(asked.get())) != given;
        (image.tells.category && differs).then_some(Difference::Category { asked, given })
    }

    /// The site counts from its own clock, in its own calendar.
    fn expiration(&self, image: &Image) -> Option<Difference> {
        // With the date of the file, the stored date is long ago, and the answer's own is the one to count from.
        let start = image.stored_at.filter(|_| !self.fields.use_file_date).or(image.answered_at);
        let asked =
            self.fields.expiration.as_ref().map(|wish| wish.after(start.unwrap_or_else(SystemTime::now)));
        match (asked, image.expires_at) {
            _ if !image.tells.expiration => None,
            (None, None) => None,
            (Some(asked), None) => Some(Difference::ExpirationDropped { asked }),
            (None, Some(given)) => Some(Difference::ExpirationAdded { given }),
            (Some(asked), Some(given)) => {
                (!is_same(asked, given)).then_some(Difference::ExpirationChanged { asked, given })
            }
        }
    }

    fn nsfw(&self, image: &Image) -> Option<Difference> {
        match (self.fields.nsfw.unwrap_or(false), image.nsfw) {
            _ if !image.tells.nsfw => None,
            (false, true) => Some(Difference::NsfwAdded),
            (true, false) => Some(Difference::NsfwDropped),
            (true, true) | (false, false) => None,
        }
    }

    fn file_date(&self, image: &Image) -> Option<Difference> {
        let now = is_same(image.stored_at?, image.answered_at?);
        (self.fields.use_file_date && now).then_some(Difference::FileDateIgnored)
    }

    fn width(&self, image: &Image) -> Option<Difference> {
        let asked = self.fields.width.map(crate::Width::get).or(self.width)?;
        let given = image.width?;
        (asked != given).then_some(Difference::Width { asked, given })
    }

    fn mime(&self, image: &Image) -> Option<Difference> {
        let asked = usual_type(self.mime.as_deref()?)?;
        let given = usual_type(image.mime.as_deref()?)?;
        (asked != given).then_some(Difference::Type { asked, given })
    }

    fn extension(&self, image: &Image) -> Option<Difference> {
        let asked = Path::new(self.name.as_deref()?).extension()?.to_str()?.to_ascii_lowercase();
        let given = image.extension.as_deref()?.to_ascii_lowercase();
        (usual_extension(&asked) != usual_extension(&given)).then_some(Difference::Extension { asked, given })
    }

    fn size(&self, image: &Image) -> Option<Difference> {
        let (asked, given) = (self.size?, image.size?);
        (self.fields.width.is_none() && asked != given).then_some(Difference::Size { asked, given })
    }

    fn checksum(&self, image: &Image) -> Option<Difference> {
        let (asked, given) = (self.md5.clone()?, image.checksum.as_deref()?.to_ascii_lowercase());
        // Since 4.3 the field has another name; what is as long as an MD5 is one.
        let comparable = asked.len() == given.len() && self.fields.width.is_none();
        (comparable && asked != given).then_some(Difference::Checksum { asked, given })
    }
}

fn is_same(one: SystemTime, other: SystemTime) -> bool {
    let apart = one.duration_since(other).or_else(|_| other.duration_since(one));
    apart.unwrap_or_default() <= SAME_TIME
}

/// A MIME type under its usual name; `None` for one that says nothing about the content.
fn usual_type(mime: &str) -> Option<String> {
    let mime = mime.trim().to_ascii_lowercase();
    let usual = match mime.as_str() {
        "image/jpg" | "image/pjpeg" => "image/jpeg",
        "image/x-png" => "image/png",
        "image/x-ms-bmp" | "image/x-bmp" => "image/bmp",
        known if known.starts_with("image/") || known.starts_with("video/") => known,
        _ => return None,
    };
    Some(usual.to_owned())
}

fn usual_extension(extension: &str) -> &str {
    match extension {
        "jpeg" | "jpe" | "jfif" => "jpg",
        "qt" => "mov",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use url::Url;

    fn image(answer: &serde_json::Value) -> Image {
        Image::read(answer, &Url::parse("https://host/api/1/upload").unwrap()).unwrap()
    }

    fn asked(fields: Fields) -> Asked {
        let source = Source::Bytes { bytes: "PNG!".into(), name: "a.JPEG".into(), mime: "image/jpg".into() };
        Asked::of(&Upload { source, fields })
    }

    #[test]
    fn what_an_answer_leaves_out_is_no_difference() {
        let fields = Fields {
            title: "A".parse().ok(),
            description: "B".parse().ok(),
            tags: "red".parse().unwrap(),
            category: "3".parse().ok(),
            expiration: "P1D".parse().ok(),
            nsfw: Some(true),
            width: "16".parse().ok(),
            album: "x1".parse().ok(),
            ..Fields::default()
        };
        let asked = asked(fields).with_md5("00").with_width(100);
        assert_eq!(asked.differences(&image(&json!({"id_encoded": "a1"}))), []);
    }

    #[test]
    fn a_file_that_was_made_anew_is_found_out() {
        let stored = json!({
            "id_encoded": "a1", "md5": "e2120f225594413822f53b8fadb54aba", "size": 5, "width": 900,
            "mime": "image/jpeg", "extension": "jpg",
        });
        let md5 = "73ACD0B4A2391D4BBD9765ACA5DB19DC";
        let found = asked(Fields::default()).with_md5(md5).with_width(1200).differences(&image(&stored));
        assert_eq!(
            found,
            [
                Difference::Width { asked: 1200, given: 900 },
                Difference::Size { asked: 4, given: 5 },
                Difference::Checksum {
                    asked: md5.to_ascii_lowercase(),
                    given: "e2120f225594413822f53b8fadb54aba".to_owned()
                },
            ]
        );
        // A smaller picture was asked for: of course it is another file.
        let smaller = Fields { width: "900".parse().ok(), ..Fields::default() };
        assert_eq!(asked(smaller).with_md5(md5).with_width(1200).differences(&image(&stored)), []);
        // Another kind of check sum cannot be compared.
        let newer = json!({"id_encoded": "a1", "checksum": "xxh3:0123"});
        assert_eq!(asked(Fields::default()).with_md5(md5).differences(&image(&newer)), []);
    }

    #[test]
    fn marks_and_categories_are_compared_both_ways() {
        let marked = json!({"id_encoded": "a1", "nsfw": 1, "category_id": 3});
        let bare = json!({"id_encoded": "a1", "nsfw": 0, "category_id": null});
        let wish = || Fields { nsfw: Some(true), category: "3".parse().ok(), ..Fields::default() };
        assert_eq!(asked(wish()).differences(&image(&marked)), []);
        let codes = |fields: Fields, answer| {
            asked(fields).differences(&image(answer)).iter().map(Difference::code).collect::<Vec<_>>()
        };
        assert_eq!(codes(wish(), &bare), ["category", "nsfw-dropped"]);
        assert_eq!(codes(Fields::default(), &marked), ["category", "nsfw-added"]);
    }

    #[test]
    fn tags_are_told_apart() {
        let fields = Fields { tags: "red,blue".parse().unwrap(), ..Fields::default() };
        let answer = json!({"id_encoded": "a1", "tags": [{"name": "Canon"}, {"name": "blue"}]});
        let list = |text: &str| vec![text.to_owned()];
        assert_eq!(
            asked(fields).differences(&image(&answer)),
            [Difference::Tags { kept: list("blue"), dropped: list("red"), added: list("Canon") }]
        );
    }
}
