//! What the site does with an upload, in the order in which a real one checks (FACTS §5).

mod naming;
mod row;
mod source;
mod wishes;

use std::io;

use crate::{
    KeyKind, Language, Mode, Settings,
    answer::Refusal,
    form::Form,
    index::{FileRow, Owner},
    keys, language,
    site::Site,
};
use row::Row;
use source::Source;

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
    /// The language in which a refusal is worded.
    pub(crate) language: Language,
    /// The file waits for approval whatever the settings say.
    pub(crate) hold: bool,
    pub(crate) forced: Option<Refusal>,
}

impl Call<'_> {
    /// The last value of a field, form before query. Empty and `"0"` count as not given.
    pub(crate) fn given(&self, name: &str) -> Option<&str> {
        self.raw(name).filter(|value| !value.is_empty() && *value != "0")
    }

    /// A text field `image`, as other hosts call the source, changes the shape of the answer.
    pub(crate) fn in_imgbb_shape(&self) -> bool {
        self.raw("image").is_some()
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

/// Runs the checks, and stores the file.
pub(crate) fn take(site: &Site, call: &mut Call<'_>) -> (KeyKind, Result<Taken, Stop>) {
    let settings = site.settings();
    let keys = site.read(|index| index.keys.clone());
    let (kind, checked) = keys::check(&keys, &settings, call.header_key, call.raw("key"));
    let taken = checked.map_err(Stop::from).and_then(|owner| admit(site, &settings, owner, call));
    let worded = taken.map_err(|stop| match stop {
        Stop::Refused(refusal) => Stop::Refused(worded(refusal, settings.mode, call.language)),
        Stop::Tripped => Stop::Tripped,
    });
    (kind, worded)
}

/// A refusal in the sender's language and with the code that the site's version has for it.
fn worded(refusal: Refusal, mode: Mode, language: Language) -> Refusal {
    let code = if mode == Mode::V3 { code_of_v3(&refusal) } else { refusal.code };
    Refusal { code, message: language::translated(language, refusal.message) }
}

/// V3 counts the same refusals otherwise (FACTS §5).
fn code_of_v3(refusal: &Refusal) -> serde_json::Value {
    match (refusal.number(), refusal.message.as_str()) {
        (601, _) => 201.into(),
        (610, message) if message.starts_with("Can't get") => 310.into(),
        (612, _) => 312.into(),
        (613, _) => 313.into(),
        (400, message) if message.starts_with("File too big") => 313.into(),
        (614, _) => 314.into(),
        _ => refusal.code.clone(),
    }
}

/// Whether this uploader may upload at all.
fn may_upload(settings: &Settings, owner: Owner) -> bool {
    match owner {
        Owner::Admin => true,
        Owner::User => settings.uploads && !settings.personal,
        Owner::Nobody => {
            settings.uploads && !settings.personal && settings.guest_uploads && !settings.private
        }
    }
}

fn admit(site: &Site, settings: &Settings, owner: Owner, call: &mut Call<'_>) -> Result<Taken, Stop> {
    if !may_upload(settings, owner) {
        return Err(refuse(401, "Request denied"));
    }
    right_path(call.path)?;
    if call.form.has_array {
        return Err(Stop::Tripped);
    }
    if let Some(refusal) = call.forced.take() {
        return Err(refusal.into());
    }
    let source = Source::of(site, settings, owner, call)?;
    let now = site.now();
    if !settings.allow_duplicates && owner != Owner::Admin {
        // The check reads the file, and trips where PHP has kept none.
        if source.flaw.is_some() {
            return Err(Stop::Tripped);
        }
        not_again(site, call.address, &source.md5, 101, now)?;
    }
    if let Some(refusal) = flooded(site, settings, call.address, now) {
        return Err(refusal.into());
    }
    if let Some(flaw) = source.flaw {
        return Err(refuse(601, flaw));
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
