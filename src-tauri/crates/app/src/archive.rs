//! The history out of the app and into it: one JSON file that is read back whole, or a table for spreadsheets.

mod csv;
mod entry;
mod file;
mod json;

use std::fs::File;
use std::io::{self, BufReader, Read, Seek};
use std::path::Path;

use engine::{Entry, HistoryQuery, Imported, Problem, Timestamp};

use crate::{App, Code, problem};

/// The form of an archive.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ArchiveForm {
    /// Everything, in the form that the README describes.
    #[default]
    Json,
    /// A table with a line an upload, for spreadsheets. It has neither what the site answered nor its notes.
    Csv,
}

/// The usual name for an archive made now: the local day is in it.
#[must_use]
pub fn archive_name(form: ArchiveForm) -> String {
    let extension = match form {
        ArchiveForm::Json => "json",
        ArchiveForm::Csv => "csv",
    };
    format!("keltas-history-{}.{extension}", jiff::ZonedDateTime::now().strftime("%Y-%m-%d"))
}

/// What is to be exported.
#[derive(Clone, Debug, Default)]
pub struct Export {
    /// Which uploads; its `after` and `limit` are not heeded.
    pub query: HistoryQuery,
    /// In which form.
    pub form: ArchiveForm,
    /// With delete links, and the vault if nothing is filtered: whoever has the file can delete the pictures.
    pub delete_links: bool,
    /// A file of that name may be replaced, because the person was asked.
    pub replace: bool,
}

/// What was exported.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Exported {
    /// Uploads of the history.
    pub uploads: u64,
    /// Delete links, of these and of the vault.
    pub delete_links: u64,
}

impl App {
    /// Writes the history to a file: whole, or not at all. Only the person can read it if it holds delete links.
    ///
    /// # Errors
    /// When the file is there already, cannot be written, or the store cannot be read.
    pub async fn export_history(&self, path: &Path, export: Export) -> Result<Exported, Problem> {
        let Export { query, form, delete_links, replace } = export;
        let outcome = async {
            let file = file::begin(path, delete_links)?;
            let writer = Writer::begin(form, delete_links, file)?;
            let write = |writer: &mut Writer, entry| writer.write(entry);
            let writer = self.0.engine.export(query, delete_links, writer, write).await?;
            let (file, exported) = writer.end()?;
            file::end(file, path, replace)?;
            Ok(exported)
        };
        outcome.await.map_err(|fault: Fault| fault.problem())
    }

    /// Takes an exported history in, whichever form it has. What is there already is passed over, and sites that are
    /// not set up are only named.
    ///
    /// # Errors
    /// When the file cannot be read, is no history of ours, or is damaged: then nothing of it is taken. When the store
    /// cannot be written: what came in before stays, and to import the same again brings the rest.
    pub async fn import_history(&self, path: &Path) -> Result<Imported, Problem> {
        let path = path.to_owned();
        let now = Timestamp::from(std::time::SystemTime::now());
        let read = move |take: Take<'_>| read(&path, take);
        self.0.engine.import(now, read).await.map_err(|fault: Fault| fault.problem())
    }
}

/// Takes an entry that was read.
type Take<'a> = &'a mut dyn FnMut(Entry) -> Result<(), Fault>;

fn read(path: &Path, take: Take<'_>) -> Result<(), Fault> {
    let mut file = File::open(path).map_err(Fault::Reading)?;
    let mut first = [0; 64];
    let length = file.read(&mut first).map_err(Fault::Reading)?;
    file.rewind().map_err(Fault::Reading)?;
    let begin = first[..length].iter().find(|byte| !byte.is_ascii_whitespace());
    let file = BufReader::new(file);
    match begin {
        Some(b'{') => json::read(file, take),
        Some(_) => csv::read(file, take),
        None => Err(Fault::Foreign),
    }
}

/// Writes entries in a form.
struct Writer {
    form: Form,
    exported: Exported,
}

enum Form {
    Json(json::Writer<file::New>),
    Csv(Box<csv::Writer<file::New>>),
}

impl Writer {
    fn begin(form: ArchiveForm, delete_links: bool, file: file::New) -> Result<Self, Fault> {
        let form = match form {
            ArchiveForm::Json => Form::Json(json::Writer::begin(file, jiff::Timestamp::now())?),
            ArchiveForm::Csv => Form::Csv(Box::new(csv::Writer::begin(file, delete_links)?)),
        };
        Ok(Self { form, exported: Exported::default() })
    }

    fn write(&mut self, entry: Entry) -> Result<(), Fault> {
        let linked = match &entry {
            Entry::Receipt { delete_link, .. } => {
                self.exported.uploads += 1;
                delete_link.is_some()
            }
            Entry::Kept { .. } => true,
        };
        self.exported.delete_links += u64::from(linked);
        match &mut self.form {
            Form::Json(writer) => writer.write(entry),
            Form::Csv(writer) => writer.write(entry),
        }
    }

    fn end(self) -> Result<(file::New, Exported), Fault> {
        let file = match self.form {
            Form::Json(writer) => writer.end()?,
            Form::Csv(writer) => writer.end()?,
        };
        Ok((file, self.exported))
    }
}

/// Why nothing was exported or imported.
enum Fault {
    Store(engine::Error),
    /// The file cannot be written.
    Writing(io::Error),
    /// The file cannot be read.
    Reading(io::Error),
    /// No history of ours.
    Foreign,
    /// Written by a newer version.
    Newer,
    /// It ends in the middle.
    Cut,
    /// A line is not as we write it. `detail` is for whoever mends it, and quotes nothing of the file.
    Damaged {
        line: u64,
        detail: String,
    },
}

impl From<engine::Error> for Fault {
    fn from(error: engine::Error) -> Self {
        Self::Store(error)
    }
}

impl Fault {
    fn problem(self) -> Problem {
        match self {
            Self::Store(error) => problem::of_engine(&error),
            Self::Writing(error) => match error.kind() {
                io::ErrorKind::AlreadyExists => Code::FileExists.problem(),
                io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Code::DiskFull.problem(),
                kind => Code::CannotExport.problem().with("detail", kind.to_string()),
            },
            Self::Reading(error) if error.kind() == io::ErrorKind::NotFound => Code::FileMissing.problem(),
            Self::Reading(_) => Code::FileUnreadable.problem(),
            Self::Foreign => Code::ImportForeign.problem(),
            Self::Newer => Code::ImportNewer.problem(),
            Self::Cut => Code::ImportCut.problem(),
            Self::Damaged { line, detail } => {
                Code::ImportDamaged.problem().with("line", line.to_string()).with("detail", detail)
            }
        }
    }
}
