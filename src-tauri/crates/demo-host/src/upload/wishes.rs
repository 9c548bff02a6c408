//! What the fields of an upload mean (FACTS §4).

use super::{Stop, naming::stem, row::Row};
use crate::{Mode, Moderation, answer::Refusal, expiry, index::Owner};

impl Row<'_> {
    /// A field's value; V3 reads none but the source.
    fn wish(&self, name: &str) -> Option<&str> {
        self.call.given(name).filter(|_| self.settings.mode != Mode::V3)
    }

    /// The given one, else that in the EXIF, else the file's name with its signs turned to spaces.
    pub(super) fn title(&self, file_name: &str, exif: Option<String>) -> String {
        let given = self.wish("title").or_else(|| self.wish("name")).map(str::to_owned);
        let title = given.or(exif).unwrap_or_else(|| {
            let words = stem(file_name).split(['-', '_', ' ']);
            words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
        });
        title.chars().take(100).collect()
    }

    /// What cannot be a tag is dropped without a word. Those that the site knows come first, in the order in which
    /// it learned them.
    pub(super) fn tags(&self, camera: Option<String>) -> Vec<String> {
        let mut tags: Vec<String> = Vec::new();
        if self.owner == Owner::Nobody || self.settings.mode < Mode::V42 {
            return tags;
        }
        for tag in self.wish("tags").unwrap_or_default().split(',') {
            let tag = tag.split_whitespace().collect::<Vec<_>>().join(" ");
            if may_be_tag(&tag) && !tags.contains(&tag) {
                tags.push(tag);
            }
        }
        tags.truncate(self.settings.max_tags.unwrap_or(usize::MAX));
        tags.extend(camera.filter(|camera| self.settings.camera_tag && !tags.contains(camera)));
        self.site.read(|index| {
            tags.sort_by_key(|tag| index.files.tag_place(tag).unwrap_or(usize::MAX));
        });
        tags
    }

    /// An album that is not the uploader's is dropped without a word. A guest's is not looked at.
    pub(super) fn album(&self) -> Option<String> {
        let wish = self.wish("album_id")?;
        let owns = |owner: Owner| owner == self.owner || self.owner == Owner::Nobody;
        let found = |album: &crate::index::AlbumRow| album.id == wish && owns(album.owner);
        self.site.read(|index| index.albums.iter().any(found)).then(|| wish.to_owned())
    }

    /// The given one as far as the database's column holds it, else that in the EXIF.
    pub(super) fn description(&self, exif: Option<String>) -> Result<Option<String>, Stop> {
        match self.wish("description") {
            Some(text) if text.len() > 65_535 => Err(database(
                "22001",
                "String data, right truncated: 1406 Data too long for column 'image_description' at row 1",
            )),
            Some(text) => Ok(Some(text.to_owned())),
            None => Ok(exif),
        }
    }

    /// Any number; whether there is such a category is nobody's question.
    pub(super) fn category(&self) -> Result<Option<i64>, Stop> {
        let Some(wish) = self.wish("category_id") else { return Ok(None) };
        wish.trim().parse().map(Some).map_err(|_| {
            database(
                "22007",
                &format!(
                    "Invalid datetime format: 1366 Incorrect integer value: '{wish}' for column `chevereto`.`chv_images`.`image_category_id` at row 1"
                ),
            )
        })
    }

    /// Pixels to shrink to. What is no number is 0, "as it is".
    pub(super) fn width(&self) -> i64 {
        php_integer(self.wish("width").unwrap_or_default())
    }

    pub(super) fn nsfw(&self) -> bool {
        self.wish("nsfw") == Some("1")
    }

    /// Guests get what the site has for them; an account's default holds where nothing is asked for.
    pub(super) fn expires(&self) -> Option<i64> {
        let settings = self.settings;
        let guest = settings.guest_expiration.as_deref().filter(|_| self.owner == Owner::Nobody);
        let default = settings.user_expiration.as_deref().filter(|_| self.owner == Owner::User);
        let asked = || self.wish("expiration").or(default).filter(|_| settings.expiration);
        expiry::expires(guest.or_else(asked)?, self.now, settings.mode)
    }

    /// The date in the EXIF, for the administrator who asks for it.
    pub(super) fn taken_at(&self, exif: Option<i64>) -> Option<i64> {
        let may = self.owner == Owner::Admin && self.settings.mode >= Mode::V42;
        exif.filter(|_| may && self.wish("use_file_date").is_some())
    }

    /// Everything that is searched for stop words.
    pub(super) fn says(&self, word: &str) -> bool {
        let said = ["title", "name", "description", "tags"].map(|name| self.wish(name).unwrap_or_default());
        said.iter().any(|text| text.to_lowercase().contains(word))
    }

    pub(super) fn approved(&self) -> bool {
        let held = match self.settings.moderation {
            Moderation::Off => false,
            Moderation::Guests => self.owner == Owner::Nobody,
            Moderation::Everyone => self.owner != Owner::Admin,
        };
        !held && !self.call.hold
    }
}

/// At most 32 characters, no `/` or `#`, and not one sign again and again.
fn may_be_tag(tag: &str) -> bool {
    let mut letters = tag.chars();
    let Some(first) = letters.next() else { return false };
    let only_signs = first.is_ascii_punctuation() && letters.all(|letter| letter == first);
    !only_signs && !tag.contains(['/', '#']) && tag.chars().count() <= 32
}

fn database(code: &str, message: &str) -> Stop {
    Stop::Refused(Refusal { code: code.into(), message: format!("SQLSTATE[{code}]: {message}") })
}

/// PHP's `intval`: the number at the front, else 0.
fn php_integer(text: &str) -> i64 {
    let text = text.trim_start();
    let signed = text.strip_prefix(['-', '+']).unwrap_or(text);
    let digits = signed.find(|c: char| !c.is_ascii_digit()).unwrap_or(signed.len());
    let value = signed[..digits].parse::<i64>().unwrap_or(if digits == 0 { 0 } else { i64::MAX });
    if text.starts_with('-') { -value } else { value }
}

#[cfg(test)]
mod tests {
    use super::php_integer;

    #[test]
    fn integers_as_php_reads_them() {
        let read = ["400", "12.5", "abc", "-5", " 7x", ""].map(php_integer);
        assert_eq!(read, [400, 12, 0, -5, 7, 0]);
    }
}
