//! What the site does with an upload, in the order in which a real one checks (FACTS §5).

use std::{
    fs::{self, File},
    io::{self, Read},
};

use base64::{Engine, engine::general_purpose::STANDARD};
use md5::{Digest, Md5};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use crate::{
    KeyKind, Moderation, Settings,
    answer::{self, Refusal},
    expiry,
    form::{Form, FormFile},
    index::{FileRow, Index, Owner, encode_id, hex, random_hex},
    keys,
    picture::{self, Flaw, Picture},
    settings::Mode,
    site::{Scratch, Site},
    sniff::{self, Kind},
};

/// Of larger clips only the beginning is looked at.
const MAX_CLIP_LOOK: u64 = 64 * 1024 * 1024;

/// A request with its body read.
pub(crate) struct Call<'a> {
    /// `None` without the header; `Some("")` with an empty one.
    pub(crate) header_key: Option<&'a str>,
    pub(crate) post: bool,
    /// Path below `/api`, without slashes at the ends.
    pub(crate) path: &'a str,
    pub(crate) query: &'a [(String, String)],
    pub(crate) form: Form,
    pub(crate) address: &'a str,
    /// The file waits for approval whatever the settings say.
    pub(crate) hold: bool,
    pub(crate) forced: Option<Refusal>,
}

impl Call<'_> {
    /// The last value of a field, form before query. Empty and `"0"` count as not given.
    pub(crate) fn given(&self, name: &str) -> Option<&str> {
        self.raw(name).filter(|value| !value.is_empty() && *value != "0")
    }

    fn raw(&self, name: &str) -> Option<&str> {
        let last = |fields: &'_ [(String, String)]| fields.iter().rposition(|(n, _)| n == name);
        match last(&self.form.fields) {
            Some(at) => Some(self.form.fields[at].1.as_str()),
            None => last(self.query).map(|at| self.query[at].1.as_str()),
        }
    }
}

/// Why nothing was stored.
#[derive(Debug)]
pub(crate) enum Stop {
    Refused(Refusal),
    /// PHP trips: the incident page.
    Tripped,
}

impl From<Refusal> for Stop {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<io::Error> for Stop {
    /// The disk. The words are the site's own for a full one.
    fn from(_: io::Error) -> Self {
        refuse(104, "No space left on storage")
    }
}

fn refuse(code: i64, message: &str) -> Stop {
    Stop::Refused(Refusal::new(code, message))
}

/// A stored file and the password of its delete link.
pub(crate) struct Taken {
    pub(crate) file: FileRow,
    pub(crate) password: String,
}

/// The bytes to look at.
struct Source {
    scratch: Scratch,
    name: String,
    size: u64,
    md5: String,
    /// The sender says that it is a clip. `None`: base64, where the bytes say.
    as_clip: Option<bool>,
}

/// Runs the checks, and stores the file.
pub(crate) fn take(site: &Site, call: &mut Call<'_>) -> (KeyKind, Result<Taken, Stop>) {
    let settings = site.settings();
    let keys = site.read(|index| index.keys.clone());
    let (kind, checked) = keys::check(&keys, settings.mode, call.header_key, call.raw("key"));
    let owner = match checked {
        Ok(owner) => owner,
        Err(refusal) => return (kind, Err(refusal.into())),
    };
    (kind, admit(site, &settings, owner, call))
}

fn admit(site: &Site, settings: &Settings, owner: Owner, call: &mut Call<'_>) -> Result<Taken, Stop> {
    if owner != Owner::Admin && (!settings.uploads || (owner == Owner::Nobody && !settings.guest_uploads)) {
        return Err(refuse(401, "Request denied"));
    }
    right_path(call.path)?;
    if call.form.has_array {
        return Err(Stop::Tripped);
    }
    if let Some(refusal) = call.forced.take() {
        return Err(refusal.into());
    }
    let source = source(site, settings, owner, call)?;
    let now = site.now();
    if !settings.allow_duplicates && owner != Owner::Admin {
        not_again(site, call.address, &source.md5, 101, now)?;
    }
    if let Some(refusal) = flooded(site, settings, call.address, now) {
        return Err(refusal.into());
    }
    let row = Row { site, settings, owner, call, now };
    row.store(source)
}

fn right_path(path: &str) -> Result<(), Stop> {
    let mut segments = path.split('/').filter(|segment| !segment.is_empty());
    match (segments.next(), segments.next()) {
        (None, _) => Err(refuse(100, "No version provided")),
        (Some("1"), Some("upload")) => Ok(()),
        (Some("1"), None) => Err(refuse(100, "No action provided")),
        (Some("1"), Some(_)) => Err(refuse(120, "Invalid API action")),
        _ => Err(refuse(110, "Invalid API version.")),
    }
}

/// The file part, else the text of `source`, else that of `image`.
fn source(site: &Site, settings: &Settings, owner: Owner, call: &mut Call<'_>) -> Result<Source, Stop> {
    if let Some(file) = call.form.file.take() {
        return file_source(settings, file);
    }
    let text = match (call.raw("source"), call.raw("image")) {
        (None, None) => return Err(refuse(130, "Empty upload source")),
        (Some(text), _) | (None, Some(text)) => text,
    };
    if text.is_empty() {
        return Err(refuse(130, "Empty source"));
    }
    if let Some(host) = host_of_url(text) {
        if owner != Owner::Admin || !settings.url_uploads {
            return Err(refuse(403, "URL uploading is disabled"));
        }
        // It serves one machine and fetches nothing, as a site behind a broken resolver.
        return Err(refuse(6, &format!("Could not resolve host: {host}")));
    }
    if !call.post {
        return Err(refuse(130, "Upload using base64 source must be done using POST method."));
    }
    base64_source(site, text)
}

fn file_source(settings: &Settings, file: FormFile) -> Result<Source, Stop> {
    let flaw = if file.name.is_empty() {
        Some("No file was uploaded (UPLOAD_ERR_NO_FILE)")
    } else if file.size > settings.upload_max_filesize {
        Some("File too big (UPLOAD_ERR_INI_SIZE)")
    } else if !file.whole {
        Some("File was partially uploaded (UPLOAD_ERR_PARTIAL)")
    } else {
        None
    };
    match flaw {
        // The duplicate check wants to read a file that PHP has not kept.
        Some(_) if !settings.allow_duplicates => Err(Stop::Tripped),
        Some(message) => Err(refuse(601, message)),
        None => Ok(Source {
            as_clip: Some(file.mime.starts_with("video/")),
            name: file.name,
            size: file.size,
            md5: file.md5,
            scratch: file.scratch,
        }),
    }
}

fn host_of_url(text: &str) -> Option<String> {
    let url = url::Url::parse(text).ok()?;
    matches!(url.scheme(), "http" | "https" | "ftp").then(|| url.host_str().map(str::to_owned)).flatten()
}

fn base64_source(site: &Site, text: &str) -> Result<Source, Stop> {
    let packed: String = text.split_ascii_whitespace().collect();
    let bytes = STANDARD.decode(packed).map_err(|_| refuse(120, "Invalid base64 string"))?;
    let extension = sniff::sniff(&bytes).map_or("bin", Kind::extension);
    let scratch = site.scratch();
    fs::write(scratch.path(), &bytes)?;
    Ok(Source {
        scratch,
        name: format!("{}.{extension}", random_hex(6)),
        size: bytes.len() as u64,
        md5: hex(&Md5::digest(&bytes)),
        as_clip: None,
    })
}

/// The same bytes, as sent or as stored, from one address within a day.
fn not_again(site: &Site, address: &str, md5: &str, code: i64, now: i64) -> Result<(), Stop> {
    let same = |file: &FileRow| {
        file.uploader == address
            && now - file.stored_at < 86_400
            && (file.md5 == md5 || file.source_md5.as_deref() == Some(md5))
    };
    match site.read(|index| index.files.iter().any(same)) {
        true => Err(refuse(code, "Duplicated upload")),
        false => Ok(()),
    }
}

fn flooded(site: &Site, settings: &Settings, address: &str, now: i64) -> Option<Refusal> {
    let flood = settings.flood?;
    let windows = [
        ("minute", 60, flood.minute),
        ("hour", 3_600, flood.hour),
        ("day", 86_400, flood.day),
        ("week", 7 * 86_400, flood.week),
        ("month", 30 * 86_400, flood.month),
    ];
    site.read(|index| {
        let stored = |seconds: i64| {
            index
                .files
                .iter()
                .filter(|file| file.uploader == address && now - file.stored_at < seconds)
                .count()
        };
        let hit = windows.iter().find(|(_, seconds, limit)| stored(*seconds) >= *limit as usize)?;
        Some(flood_refusal(hit.0, hit.2))
    })
}

/// The site's sentence.
pub(crate) fn flood_refusal(window: &str, limit: u32) -> Refusal {
    let images = if limit == 1 { "image" } else { "images" };
    Refusal::new(130, format!("Flooding detected. You can only upload {limit} {images} per {window}"))
}

/// One upload on its way into the index.
struct Row<'a> {
    site: &'a Site,
    settings: &'a Settings,
    owner: Owner,
    call: &'a Call<'a>,
    now: i64,
}

impl Row<'_> {
    fn store(&self, source: Source) -> Result<Taken, Stop> {
        let bytes = look(&source)?;
        let kind = self.kind(&source, &bytes)?;
        let extension = self.extension(kind, &source)?;
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
            .map_err(|flaw| self.flaw(flaw, &source))?;
        drop(bytes);
        let extension = match &picture.changed {
            Some((_, kind)) if *kind != Kind::Jpeg => kind.extension(),
            _ => extension,
        };
        self.keep(&source, picture, extension, kind)
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
        let description = self.call.given("description").map(str::to_owned);
        if description.as_ref().is_some_and(|text| text.len() > 65_535) {
            return Err(database(
                "22001",
                "String data, right truncated: 1406 Data too long for column 'image_description' at row 1",
            ));
        }
        let number = self.site.change(|index| {
            index.next += 1;
            index.next
        })?;
        let size_of = |bytes: Option<&Vec<u8>>| bytes.map_or(0, |bytes| bytes.len() as u64);
        let file = FileRow {
            id: encode_id(number),
            name: self.stored_name(&source.name),
            extension: extension.to_owned(),
            mime: picture.changed.as_ref().map_or(kind, |(_, kind)| *kind).mime().to_owned(),
            day: answer::date(self.now)[..10].replace('-', "/"),
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
        self.place(&file, ".th", Some(picture.thumb))?;
        self.place(&file, ".md", picture.medium)?;
        self.place(&file, ".fr", picture.frame)?;
        match picture.changed {
            Some((bytes, _)) => {
                self.place(&file, "", Some(bytes))?;
                fs::rename(source.scratch.path(), self.site.original(&file))?;
            }
            None => fs::rename(source.scratch.path(), self.site.path(&file, ""))?,
        }
        self.site.change(|index| index.files.push(file.clone()))?;
        Ok(Taken { file, password })
    }

    fn place(&self, file: &FileRow, copy: &str, bytes: Option<Vec<u8>>) -> io::Result<()> {
        let path = self.site.path(file, copy);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        bytes.map_or(Ok(()), |bytes| fs::write(path, bytes))
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
        if name.is_empty() || self.site.read(|index| index.files.iter().any(|file| file.name == name)) {
            format!("{name}{}", random_hex(8))
        } else {
            name.to_owned()
        }
    }

    fn tags(&self, camera: Option<String>) -> Vec<String> {
        let mut tags: Vec<String> = Vec::new();
        if self.owner == Owner::Nobody || matches!(self.settings.mode, Mode::V3 | Mode::V41) {
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
