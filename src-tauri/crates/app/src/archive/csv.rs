//! The archive as a table for spreadsheets (RFC 4180, UTF-8 with a byte order mark), read back as far as it goes.

use std::collections::HashMap;
use std::io::{Read, Write};

use csv::{ErrorKind, ReaderBuilder, StringRecord, Terminator, WriterBuilder};
use engine::{Album, Entry, Links, Resolved, Timestamp};
use secrecy::{ExposeSecret, SecretString};

use super::entry::{Kept, Site, Upload, Wrong, from_text, to_text};
use super::{Fault, Take};

/// By this, spreadsheets know that the text is UTF-8.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// What stands in the column `entry`.
const UPLOAD: &str = "upload";
const KEPT: &str = "kept delete link";

const COLUMNS: [&str; 34] = [
    "entry",
    "site",
    "site_address",
    "demo",
    "batch",
    "name",
    "title",
    "type",
    "size",
    "width",
    "height",
    "duration_ms",
    "animated",
    "uploaded_at",
    "expires_at",
    "deleted_at",
    "approved",
    "viewer",
    "short",
    "direct",
    "medium",
    "thumb",
    "frame",
    "album",
    "album_id",
    "asked_title",
    "asked_description",
    "asked_tags",
    "asked_category",
    "asked_expiration",
    "asked_width",
    "asked_nsfw",
    "blake3",
    "md5",
];
/// The last column, only with delete links.
const DELETE_LINK: &str = "delete_link";

/// Without these it is no history of ours.
const NEEDED: [&str; 3] = ["site_address", "name", "uploaded_at"];

/// Writes the table.
pub(super) struct Writer<W: Write> {
    table: csv::Writer<W>,
    delete_links: bool,
}

impl<W: Write> Writer<W> {
    pub(super) fn begin(mut out: W, delete_links: bool) -> Result<Self, Fault> {
        out.write_all(BYTE_ORDER_MARK.as_bytes()).map_err(Fault::Writing)?;
        let mut table = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(out);
        table.write_record(COLUMNS.iter().chain(delete_links.then_some(&DELETE_LINK))).map_err(writing)?;
        Ok(Self { table, delete_links })
    }

    pub(super) fn write(&mut self, entry: Entry) -> Result<(), Fault> {
        let mut row = match entry {
            Entry::Receipt { site, receipt, delete_link } => {
                Row::of_upload(&Upload::of(site, *receipt, delete_link))
            }
            Entry::Kept { site, name, uploaded_at, viewer, delete_link } => {
                Row::of_kept(&Kept { site: site.into(), name, uploaded_at, viewer, delete_link })
            }
        };
        let columns = COLUMNS.iter().chain(self.delete_links.then_some(&DELETE_LINK));
        let cells = columns.map(|column| defused(row.0.remove(column).unwrap_or_default()));
        self.table.write_record(cells).map_err(writing)
    }

    pub(super) fn end(self) -> Result<W, Fault> {
        self.table.into_inner().map_err(|error| Fault::Writing(error.into_error()))
    }
}

/// A spreadsheet takes a cell that begins with one of these for a formula and carries it out. An apostrophe before it
/// makes it text; one that was there already gets another, so that reading takes away what writing added.
fn defused(cell: String) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\'']) { format!("'{cell}") } else { cell }
}

/// Reads a table; columns may be missing or in another order.
pub(super) fn read(from: impl Read, take: Take<'_>) -> Result<(), Fault> {
    let mut table = ReaderBuilder::new().from_reader(from);
    let columns = table.headers().map_err(|_| Fault::Foreign)?.clone();
    let columns: Vec<&str> =
        columns.iter().map(|name| name.trim_start_matches(BYTE_ORDER_MARK).trim()).collect();
    if !NEEDED.iter().all(|needed| columns.contains(needed)) {
        return Err(Fault::Foreign);
    }
    let mut record = StringRecord::new();
    loop {
        if !table.read_record(&mut record).map_err(reading)? {
            return Ok(());
        }
        let entry = Cells::of(&columns, &record)
            .entry()
            .map_err(|wrong| Fault::Damaged { line: row(record.position()), detail: wrong.to_string() })?;
        take(entry)?;
    }
}

/// The line of the table, as a spreadsheet counts: a cell may have several lines of text.
fn row(position: Option<&csv::Position>) -> u64 {
    position.map_or(0, |position| position.record() + 1)
}

fn writing(error: csv::Error) -> Fault {
    Fault::Writing(error.into())
}

fn reading(error: csv::Error) -> Fault {
    let line = row(error.position());
    match error.into_kind() {
        ErrorKind::Io(error) => Fault::Reading(error),
        ErrorKind::UnequalLengths { expected_len, len, .. } => {
            Fault::Damaged { line, detail: format!("{len} cells instead of {expected_len}") }
        }
        _ => Fault::Damaged { line, detail: "not UTF-8".to_owned() },
    }
}

/// A row to be written: cells by their columns.
#[derive(Default)]
struct Row(HashMap<&'static str, String>);

impl Row {
    fn of_upload(upload: &Upload) -> Self {
        let mut row = Self::default();
        row.put("entry", Some(UPLOAD));
        row.put_place(&upload.site, &upload.name, upload.uploaded_at);
        row.put("batch", Some(upload.batch));
        row.put("title", upload.title.as_ref());
        row.put("type", Some(&upload.mime));
        row.put("size", Some(upload.size));
        row.put("width", upload.width);
        row.put("height", upload.height);
        row.put("duration_ms", upload.duration_ms);
        row.put("animated", Some(upload.animated));
        row.put("expires_at", upload.expires_at.and_then(to_text));
        row.put("deleted_at", upload.deleted_at.and_then(to_text));
        row.put("approved", Some(upload.approved));
        row.put("viewer", upload.links.viewer.as_ref());
        row.put("short", upload.links.short.as_ref());
        row.put("direct", upload.links.direct.as_ref());
        row.put("medium", upload.links.medium.as_ref());
        row.put("thumb", upload.links.thumb.as_ref());
        row.put("frame", upload.links.frame.as_ref());
        row.put("album", upload.album.as_ref().map(|album| &album.name));
        row.put("album_id", upload.album.as_ref().map(|album| &album.id));
        row.put("asked_title", upload.asked.title.as_ref());
        row.put("asked_description", upload.asked.description.as_ref());
        // No tag has a comma in it.
        row.put("asked_tags", Some(upload.asked.tags.join(", ")));
        row.put("asked_category", upload.asked.category);
        row.put("asked_expiration", upload.asked.expiration.as_ref());
        row.put("asked_width", upload.asked.width);
        row.put("asked_nsfw", Some(upload.asked.nsfw));
        row.put("blake3", Some(&upload.blake3));
        row.put("md5", Some(&upload.md5));
        row.put(DELETE_LINK, upload.delete_link.as_ref().map(ExposeSecret::expose_secret));
        row
    }

    fn of_kept(kept: &Kept) -> Self {
        let mut row = Self::default();
        row.put("entry", Some(KEPT));
        row.put_place(&kept.site, &kept.name, kept.uploaded_at);
        row.put("viewer", kept.viewer.as_ref());
        row.put(DELETE_LINK, Some(kept.delete_link.expose_secret()));
        row
    }

    fn put_place(&mut self, site: &Site, name: &str, uploaded_at: Timestamp) {
        self.put("site", Some(&site.name));
        self.put("site_address", Some(&site.address));
        self.put("demo", Some(site.demo));
        self.put("name", Some(name));
        self.put("uploaded_at", to_text(uploaded_at));
    }

    fn put(&mut self, column: &'static str, cell: Option<impl ToString>) {
        self.0.extend(cell.map(|cell| (column, cell.to_string())));
    }
}

/// A row that was read: what is empty is not there.
struct Cells<'a>(HashMap<&'a str, &'a str>);

impl<'a> Cells<'a> {
    fn of(columns: &[&'a str], record: &'a StringRecord) -> Self {
        let cells = record.iter().map(|cell| cell.strip_prefix('\'').unwrap_or(cell));
        Self(columns.iter().copied().zip(cells).filter(|(_, cell)| !cell.is_empty()).collect())
    }

    fn entry(&self) -> Result<Entry, Wrong> {
        let site = Site {
            address: self.text("site_address").unwrap_or_default(),
            name: self.text("site").unwrap_or_default(),
            demo: self.flag("demo", false)?,
        };
        let name = self.text("name").unwrap_or_default();
        let uploaded_at = self.moment("uploaded_at")?.ok_or(Wrong("an empty time"))?;
        let delete_link = self.text(DELETE_LINK).map(SecretString::from);
        match self.0.get("entry") {
            Some(&KEPT) => {
                let delete_link = delete_link.ok_or(Wrong("an empty delete link"))?;
                Kept { site, name, uploaded_at, viewer: self.text("viewer"), delete_link }.checked()
            }
            None | Some(&UPLOAD) => self.upload(site, name, uploaded_at, delete_link)?.checked(),
            Some(_) => Err(Wrong("the kind of entry")),
        }
    }

    fn upload(
        &self,
        site: Site,
        name: String,
        uploaded_at: Timestamp,
        delete_link: Option<SecretString>,
    ) -> Result<Upload, Wrong> {
        let album =
            self.text("album_id").map(|id| Album { name: self.text("album").unwrap_or(id.clone()), id });
        let tags = self.0.get("asked_tags").map(|tags| tags.split(", ").map(str::to_owned).collect());
        Ok(Upload {
            site,
            batch: self.number("batch")?.unwrap_or_default(),
            name,
            title: self.text("title"),
            mime: self.text("type").unwrap_or_default(),
            size: self.number("size")?.unwrap_or_default(),
            width: self.number("width")?,
            height: self.number("height")?,
            duration_ms: self.number("duration_ms")?,
            animated: self.flag("animated", false)?,
            blake3: self.text("blake3").unwrap_or_default(),
            md5: self.text("md5").unwrap_or_default(),
            uploaded_at,
            expires_at: self.moment("expires_at")?,
            deleted_at: self.moment("deleted_at")?,
            approved: self.flag("approved", true)?,
            links: Links {
                viewer: self.text("viewer"),
                short: self.text("short"),
                direct: self.text("direct"),
                medium: self.text("medium"),
                thumb: self.text("thumb"),
                frame: self.text("frame"),
            },
            asked: Resolved {
                title: self.text("asked_title"),
                description: self.text("asked_description"),
                tags: tags.unwrap_or_default(),
                album: album.clone(),
                category: self.number("asked_category")?,
                expiration: self.text("asked_expiration"),
                width: self.number("asked_width")?,
                nsfw: self.flag("asked_nsfw", false)?,
            },
            album,
            given: serde_json::Value::Null,
            notes: Vec::new(),
            delete_link,
        })
    }

    fn text(&self, column: &str) -> Option<String> {
        self.0.get(column).map(|cell| (*cell).to_owned())
    }

    fn number<T: std::str::FromStr>(&self, column: &str) -> Result<Option<T>, Wrong> {
        self.0.get(column).map(|cell| cell.trim().parse()).transpose().map_err(|_| Wrong("a number"))
    }

    fn moment(&self, column: &str) -> Result<Option<Timestamp>, Wrong> {
        self.0.get(column).map(|cell| from_text(cell)).transpose()
    }

    /// Spreadsheets write `TRUE` for `true`.
    fn flag(&self, column: &str, otherwise: bool) -> Result<bool, Wrong> {
        let Some(cell) = self.0.get(column) else { return Ok(otherwise) };
        match cell.trim() {
            cell if cell.eq_ignore_ascii_case("true") => Ok(true),
            cell if cell.eq_ignore_ascii_case("false") => Ok(false),
            _ => Err(Wrong("a yes or no")),
        }
    }
}
