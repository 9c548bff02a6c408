//! One upload on its way onto the disk and into the index: the last checks, what the fields mean, the bytes.

use std::{
    fs::{self, File},
    io::{self, Read},
};

use md5::{Digest, Md5};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use super::{Call, Source, Stop, Taken, not_again, refuse};
use crate::{
    Moderation, Settings,
    answer::{self, Refusal},
    expiry,
    index::{FileRow, Index, Owner, encode_id, hex, random_hex},
    picture::{self, Flaw, Picture},
    settings::Mode,
    site::Site,
    sniff::{self, Kind},
};

/// Of larger clips only the beginning is looked at.
const MAX_CLIP_LOOK: u64 = 64 * 1024 * 1024;

/// One upload on its way into the index.
pub(super) struct Row<'a> {
    pub(super) site: &'a Site,
    pub(super) settings: &'a Settings,
    pub(super) owner: Owner,
    pub(super) call: &'a Call<'a>,
    pub(super) now: i64,
}

impl Row<'_> {
    pub(super) fn store(&self, source: &Source) -> Result<Taken, Stop> {
        let bytes = look(source)?;
        let kind = self.kind(source, &bytes)?;
        let extension = self.extension(kind, source)?;
        let limit = if self.owner == Owner::Nobody {
            self.settings.guest_max_file_size
        } else {
            self.settings.max_file_size
        };
        if source.size > limit {
            return Err(refuse(400, &format!("File too big - max {}", answer::size(limit, true))));
        }
        let stop_words = &self.settings.stop_words;
        let said =
            ["title", "name", "description", "tags"].map(|name| self.call.given(name).unwrap_or_default());
        if stop_words.iter().any(|word| said.iter().any(|text| text.to_lowercase().contains(word))) {
            return Err(refuse(400, "Stop words found"));
        }
        let width = php_integer(self.call.given("width").unwrap_or_default());
        let picture = picture::develop(&bytes, kind, width, self.settings.max_width)
            .map_err(|flaw| self.flaw(flaw, source))?;
        drop(bytes);
        let extension = match &picture.changed {
            Some((_, kind)) if *kind != Kind::Jpeg => kind.extension(),
            _ => extension,
        };
        self.keep(source, picture, extension, kind)
    }

    fn kind(&self, source: &Source, bytes: &[u8]) -> Result<Kind, Stop> {
        let kind = sniff::sniff(bytes);
        let clip = kind.is_some_and(Kind::is_clip);
        match (source.as_clip, kind) {
            (Some(true), Some(kind)) if clip => Ok(kind),
            (Some(true), _) => Err(refuse(100, "Invalid video file provided")),
            (Some(false), _) if source.size == 0 => {
                Err(refuse(0, "getimagesize(): Error reading from /srv/tmp/upload!"))
            }
            (Some(false), _) if clip => Err(refuse(610, "Can't get target upload source info")),
            (_, Some(kind)) => Ok(kind),
            (_, None) => Err(refuse(610, "Can't get target upload source info")),
        }
    }

    fn extension(&self, kind: Kind, source: &Source) -> Result<&'static str, Stop> {
        if kind == Kind::Tiff {
            return Err(refuse(613, "Unavailable image format"));
        }
        let named_jpg = source.name.to_ascii_lowercase().ends_with(".jpg");
        let extension = if kind == Kind::Jpeg && named_jpg { "jpg" } else { kind.extension() };
        if !self.settings.formats.iter().any(|format| format == extension) {
            return Err(refuse(614, &format!("Disabled image format ({extension})")));
        }
        Ok(extension)
    }

    fn flaw(&self, flaw: Flaw, source: &Source) -> Stop {
        match flaw {
            Flaw::Unreadable => {
                let day = answer::date(self.now)[..10].replace('-', "/");
                refuse(
                    0,
                    &format!("Unable to read image from path (/srv/site/images/{day}/{}).", source.name),
                )
            }
            Flaw::WiderThanPicture => refuse(610, "Target width is greater than the original image width"),
            Flaw::NegativeWidth => refuse(1, "Invalid image geometry"),
        }
    }

    /// Puts bytes and copies in their places, then the row in the index.
    fn keep(&self, source: &Source, picture: Picture, extension: &str, kind: Kind) -> Result<Taken, Stop> {
        let changed_md5 = picture.changed.as_ref().map(|(bytes, _)| hex(&Md5::digest(bytes)));
        if let Some(md5) = changed_md5.as_deref()
            && !self.settings.allow_duplicates
            && self.owner != Owner::Admin
        {
            not_again(self.site, self.call.address, md5, 102, self.now)?;
        }
        let password = random_hex(24);
        let category = self.category()?;
        let description = self.description()?;
        // From the choice of its name until the row stands, this is the only upload that does so.
        let _alone = self.site.shelving();
        let size_of = |bytes: Option<&Vec<u8>>| bytes.map_or(0, |bytes| bytes.len() as u64);
        let file = FileRow {
            id: encode_id(self.site.read(|index| index.next)),
            name: self.stored_name(&source.name),
            extension: extension.to_owned(),
            mime: picture.changed.as_ref().map_or(kind, |(_, kind)| *kind).mime().to_owned(),
            day: answer::date(self.now)[..10].replace('-', "/"),
            taken_at: None,
            size: picture.changed.as_ref().map_or(source.size, |(bytes, _)| bytes.len() as u64),
            width: picture.width,
            height: picture.height,
            duration: picture.duration,
            animated: picture.animated,
            clip: kind.is_clip(),
            title: self.title(&source.name),
            description: description.or(picture.exif.description),
            tags: self.tags(picture.exif.camera),
            album: self.album(),
            category,
            nsfw: self.call.given("nsfw") == Some("1"),
            approved: self.approved(),
            owner: self.owner,
            original_filename: source.name.clone(),
            exif: picture.exif.json,
            source_md5: picture.resized.then(|| source.md5.clone()),
            md5: changed_md5.unwrap_or_else(|| source.md5.clone()),
            kept_original: picture.changed.is_some(),
            uploader: self.call.address.to_owned(),
            stored_at: self.now,
            expires: self.expires(),
            thumb_size: picture.thumb.len() as u64,
            medium_size: size_of(picture.medium.as_ref()),
            frame_size: size_of(picture.frame.as_ref()),
            delete_hash: blake3::hash(password.as_bytes()).to_hex().to_string(),
        };
        let copies = [(".th", Some(picture.thumb)), (".md", picture.medium), (".fr", picture.frame)];
        self.place(source, &file, copies, picture.changed.map(|(bytes, _)| bytes))?;
        self.site.keep(file.clone())?;
        Ok(Taken { file, password })
    }

    /// Writes the copies, and moves the received bytes to where they stay.
    fn place(
        &self,
        source: &Source,
        file: &FileRow,
        copies: [(&str, Option<Vec<u8>>); 3],
        changed: Option<Vec<u8>>,
    ) -> io::Result<()> {
        let served = self.site.path(file, "");
        if let Some(folder) = served.parent() {
            fs::create_dir_all(folder)?;
        }
        for (copy, bytes) in copies {
            if let Some(bytes) = bytes {
                fs::write(self.site.path(file, copy), bytes)?;
            }
        }
        match changed {
            Some(bytes) => {
                fs::write(served, bytes)?;
                fs::rename(source.scratch.path(), self.site.original(file))
            }
            None => fs::rename(source.scratch.path(), served),
        }
    }

    /// The given one, else the file's name with its signs turned to spaces.
    fn title(&self, file_name: &str) -> String {
        let given = self.call.given("title").or_else(|| self.call.given("name"));
        let title = match given {
            Some(title) => title.to_owned(),
            None => stem(file_name)
                .split(['-', '_', ' '])
                .filter(|word| !word.is_empty())
                .collect::<Vec<_>>()
                .join(" "),
        };
        title.chars().take(100).collect()
    }

    /// ASCII, free of the suffixes of copies, and not in use.
    fn stored_name(&self, file_name: &str) -> String {
        let mut name: String = stem(file_name)
            .nfd()
            .filter(|letter| !is_combining_mark(*letter))
            .map(|letter| if letter == ' ' { '-' } else { letter })
            .filter(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_' | '.'))
            .take(200)
            .collect();
        for suffix in [".th", ".md", ".fr"] {
            while let Some(shorter) = name.strip_suffix(suffix) {
                name = shorter.to_owned();
            }
        }
        let name = name.trim_matches('.');
        if name.is_empty() || self.site.read(|index| index.files.has_name(name)) {
            format!("{name}{}", random_hex(8))
        } else {
            name.to_owned()
        }
    }

    fn tags(&self, camera: Option<String>) -> Vec<String> {
        let mut tags: Vec<String> = Vec::new();
        if self.owner == Owner::Nobody || self.settings.mode < Mode::V42 {
            return tags;
        }
        for tag in self.call.given("tags").unwrap_or_default().split(',') {
            let tag = tag.split_whitespace().collect::<Vec<_>>().join(" ");
            let forbidden = tag.contains(['/', '#']) || tag.chars().all(|letter| letter == '.');
            if !tag.is_empty() && !forbidden && tag.chars().count() <= 32 && !tags.contains(&tag) {
                tags.push(tag);
            }
        }
        tags.extend(camera.filter(|_| self.settings.camera_tag));
        tags
    }

    /// An album that is not the uploader's is dropped without a word. A guest's is not looked at.
    fn album(&self) -> Option<String> {
        let wish = self.call.given("album_id").filter(|_| self.settings.mode != Mode::V3)?;
        let may = |index: &Index| {
            index
                .albums
                .iter()
                .any(|album| album.id == wish && (album.owner == self.owner || self.owner == Owner::Nobody))
        };
        self.site.read(may).then(|| wish.to_owned())
    }

    /// What the database's column holds.
    fn description(&self) -> Result<Option<String>, Stop> {
        match self.call.given("description") {
            Some(text) if text.len() > 65_535 => Err(database(
                "22001",
                "String data, right truncated: 1406 Data too long for column 'image_description' at row 1",
            )),
            text => Ok(text.map(str::to_owned)),
        }
    }

    fn category(&self) -> Result<Option<i64>, Stop> {
        let Some(wish) = self.call.given("category_id") else { return Ok(None) };
        wish.trim().parse().map(Some).map_err(|_| {
            database(
                "22007",
                &format!(
                    "Invalid datetime format: 1366 Incorrect integer value: '{wish}' for column `chevereto`.`chv_images`.`image_category_id` at row 1"
                ),
            )
        })
    }

    fn expires(&self) -> Option<i64> {
        let wish = self.call.given("expiration").filter(|_| self.settings.expiration)?;
        expiry::expires(wish, self.now, self.settings.mode)
    }

    fn approved(&self) -> bool {
        let held = match self.settings.moderation {
            Moderation::Off => false,
            Moderation::Guests => self.owner == Owner::Nobody,
            Moderation::Everyone => self.owner != Owner::Admin,
        };
        !held && !self.call.hold
    }
}

fn database(code: &str, message: &str) -> Stop {
    Stop::Refused(Refusal { code: code.into(), message: format!("SQLSTATE[{code}]: {message}") })
}

/// All of a picture; of a very large clip its beginning.
fn look(source: &Source) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(source.scratch.path())?.take(MAX_CLIP_LOOK).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn stem(file_name: &str) -> &str {
    match file_name.rsplit_once('.') {
        Some((stem, _)) if !stem.is_empty() => stem,
        _ => file_name,
    }
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
