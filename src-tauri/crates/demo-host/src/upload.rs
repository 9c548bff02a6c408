//! What the site does with an upload, in the order in which a real one checks (FACTS §5).

mod row;

use std::{fs, io};

use base64::{Engine, engine::general_purpose::STANDARD};
use md5::{Digest, Md5};

use crate::{
    KeyKind, Settings,
    answer::Refusal,
    form::{Form, FormFile},
    index::{FileRow, Owner, hex, random_hex},
    keys,
    site::{Scratch, Site},
    sniff::{self, Kind},
};
use row::Row;

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
    let (kind, checked) = keys::check(&keys, &settings, call.header_key, call.raw("key"));
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
    row.store(&source)
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
    let same = |file: &FileRow| file.uploader == address && now - file.stored_at < 86_400;
    match site.read(|index| index.files.with_md5(md5).any(same)) {
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
        let stored = |seconds: i64| index.files.count_since(address, now - seconds);
        let hit = windows.iter().find(|(_, seconds, limit)| stored(*seconds) >= *limit as usize)?;
        Some(flood_refusal(hit.0, hit.2))
    })
}

/// The site's sentence.
pub(crate) fn flood_refusal(window: &str, limit: u32) -> Refusal {
    let images = if limit == 1 { "image" } else { "images" };
    Refusal::new(130, format!("Flooding detected. You can only upload {limit} {images} per {window}"))
}
