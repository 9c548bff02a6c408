//! Files and folders turned into candidates, each refusal with its reason.

use std::cell::Cell;
use std::collections::HashSet;
use std::ffi::OsString;
use std::fs::{self, Metadata};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use crate::opened::Opened;
use crate::{Dimensions, Error, Format, Refusal, facts, is_convertible, refusal};

/// What systems leave in folders beside pictures.
const LEFT_BEHIND: [&str; 4] = ["thumbs.db", "ehthumbs.db", "desktop.ini", "__macosx"];

/// A file that can be queued.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// As it was given, or as it was found under the folder that was given.
    pub path: PathBuf,
    /// Told by the bytes.
    pub format: Format,
    /// Length of the file in bytes.
    pub size: u64,
    /// Time of the last change, in milliseconds since 1970 UTC; `None` where the system does not say.
    pub modified_ms: Option<i64>,
    /// As shown. `None` when the file does not say.
    pub dimensions: Option<Dimensions>,
    /// More than one frame.
    pub animated: bool,
    /// Length of a clip in milliseconds, when it says so.
    pub duration_ms: Option<u64>,
}

/// A file that cannot be queued.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rejection {
    /// As it was given.
    pub path: PathBuf,
    /// Why.
    pub reason: Reason,
}

/// Why a file cannot be queued.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// Nothing is at this path (any more); also a link that leads nowhere.
    Missing,
    /// The system does not let us read it.
    Unreadable,
    /// The file has no bytes.
    Empty,
    /// Neither a picture nor a clip.
    NotAPicture {
        /// What it is, when that is easy to tell: an abbreviation that needs no translation ("ZIP", "MP3").
        label: Option<&'static str>,
    },
    /// A picture or clip that the site does not take.
    Refused {
        /// What it is.
        format: Format,
        /// Why not.
        refusal: Refusal,
    },
    /// A folder in which there is nothing to upload.
    NothingInside,
}

/// How far a scan is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ScanProgress {
    /// Files looked at.
    pub seen: usize,
    /// Candidates among them.
    pub found: usize,
}

/// What a scan brought.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Scan {
    /// In the order given; inside a folder in natural order ("file2" before "file10"), files before folders.
    pub entries: Vec<Result<Candidate, Rejection>>,
    /// Files inside folders that are no pictures; hidden and system files are not even counted.
    pub skipped: usize,
    /// The caller stopped the scan; `entries` holds what was found until then.
    pub stopped: bool,
}

/// Walks files and folders. Links are followed, each real file and folder is visited once, so loops end.
///
/// A file that was given by itself and cannot be taken is a [`Rejection`]. Inside a folder, files that are no
/// pictures are counted in [`Scan::skipped`]; pictures that cannot be taken (refused, unreadable, empty) are
/// rejections there too. `watch` is called now and then and may stop the scan.
pub fn scan(paths: &[PathBuf], watch: &dyn Fn(ScanProgress) -> ControlFlow<()>) -> Scan {
    let mut walk = Walk { watch, seen: HashSet::new(), scan: Scan::default(), progress: Cell::default() };
    for path in paths {
        if walk.given(path).is_break() {
            walk.scan.stopped = true;
            break;
        }
    }
    walk.scan
}

/// An entry of a folder. All of a folder are in memory while they are put in order, so it is small.
struct Found {
    name: OsString,
    /// Where it leads, when it is a link.
    link: Option<PathBuf>,
    kind: Kind,
    modified_ms: Option<i64>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    File,
    Folder,
    /// A pipe or a device: reading it could wait for ever.
    Other,
}

impl Kind {
    fn of(facts: &Metadata) -> Self {
        match facts {
            facts if facts.is_file() => Self::File,
            facts if facts.is_dir() => Self::Folder,
            _ => Self::Other,
        }
    }
}

struct Walk<'a> {
    watch: &'a dyn Fn(ScanProgress) -> ControlFlow<()>,
    /// Real places that were visited: a link that leads back is not followed again.
    seen: HashSet<PathBuf>,
    scan: Scan,
    progress: Cell<ScanProgress>,
}

impl Walk<'_> {
    /// A path that the person named.
    fn given(&mut self, path: &Path) -> ControlFlow<()> {
        match fs::metadata(path) {
            Err(error) => self.reject(path, reason_of(&Error::reading(error))),
            Ok(facts) if facts.is_dir() => {
                let before = self.scan.entries.len();
                self.folder(path, &real(path))?;
                if self.scan.entries.len() == before {
                    self.reject(path, Reason::NothingInside);
                }
            }
            // Reading a pipe or a device could wait for ever.
            Ok(facts) if !facts.is_file() => self.reject(path, Reason::Unreadable),
            Ok(facts) => match candidate(path, modified_ms(&facts)) {
                Ok(found) => {
                    if self.seen.insert(real(path)) {
                        self.take(found);
                    }
                }
                Err(reason) => self.reject(path, reason),
            },
        }
        self.count(1)
    }

    fn folder(&mut self, path: &Path, real_folder: &Path) -> ControlFlow<()> {
        if !self.seen.insert(real_folder.to_owned()) {
            return ControlFlow::Continue(());
        }
        let Ok(listed) = fs::read_dir(path) else {
            self.reject(path, Reason::Unreadable);
            return ControlFlow::Continue(());
        };
        let mut entries: Vec<Found> = listed
            .flatten()
            .filter_map(|entry| {
                let name = entry.file_name();
                let path = entry.path();
                // Through a link: what counts is where it leads.
                let facts = fs::metadata(&path).ok()?;
                let said = name.to_string_lossy();
                let wanted = !said.starts_with('.') && !LEFT_BEHIND.contains(&said.to_lowercase().as_str());
                // Only a link is elsewhere than its folder says.
                let is_link = entry.file_type().map_or(true, |kind| kind.is_symlink());
                let link = is_link.then(|| real(&path));
                let (kind, modified_ms) = (Kind::of(&facts), modified_ms(&facts));
                wanted.then_some(Found { name, link, kind, modified_ms })
            })
            .collect();
        entries.sort_by(|a, b| {
            let folders_last = (a.kind == Kind::Folder).cmp(&(b.kind == Kind::Folder));
            let (one, other) = (a.name.to_string_lossy(), b.name.to_string_lossy());
            folders_last.then_with(|| natord::compare_ignore_case(&one, &other)).then_with(|| one.cmp(&other))
        });
        for Found { name, link, kind, modified_ms } in entries {
            let path = path.join(&name);
            let real = link.unwrap_or_else(|| real_folder.join(&name));
            if kind == Kind::Folder {
                self.folder(&path, &real)?;
            } else {
                self.inside(&path, real, kind, modified_ms);
                self.count(1)?;
            }
        }
        ControlFlow::Continue(())
    }

    /// A file found in a folder: what is no picture was not meant.
    fn inside(&mut self, path: &Path, real: PathBuf, kind: Kind, modified_ms: Option<i64>) {
        if kind != Kind::File {
            self.scan.skipped += 1;
            return;
        }
        match candidate(path, modified_ms) {
            Ok(found) => {
                if self.seen.insert(real) {
                    self.take(found);
                }
            }
            Err(Reason::NotAPicture { .. } | Reason::Refused { refusal: Refusal::Document, .. }) => {
                self.scan.skipped += 1;
            }
            Err(reason) => self.reject(path, reason),
        }
    }

    fn take(&mut self, found: Candidate) {
        self.progress.set(ScanProgress { found: self.progress.get().found + 1, ..self.progress.get() });
        self.scan.entries.push(Ok(found));
    }

    fn reject(&mut self, path: &Path, reason: Reason) {
        self.scan.entries.push(Err(Rejection { path: path.to_owned(), reason }));
    }

    fn count(&self, files: usize) -> ControlFlow<()> {
        let progress = ScanProgress { seen: self.progress.get().seen + files, ..self.progress.get() };
        self.progress.set(progress);
        (self.watch)(progress)
    }
}

/// Where something is when every link is followed.
fn real(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
}

fn modified_ms(facts: &Metadata) -> Option<i64> {
    let since = facts.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
    i64::try_from(since.as_millis()).ok()
}

fn candidate(path: &Path, modified_ms: Option<i64>) -> Result<Candidate, Reason> {
    let found = facts::without_place(path).map_err(|error| match reason_of(&error) {
        Reason::NotAPicture { .. } => Reason::NotAPicture { label: label_of(path) },
        reason => reason,
    })?;
    if let Some(refusal) = refusal(found.format).filter(|_| !is_convertible(found.format)) {
        return Err(Reason::Refused { format: found.format, refusal });
    }
    Ok(Candidate {
        path: path.to_owned(),
        format: found.format,
        size: found.size,
        modified_ms,
        dimensions: found.dimensions,
        animated: found.animated,
        duration_ms: found.duration_ms,
    })
}

fn reason_of(error: &Error) -> Reason {
    match error {
        Error::Missing => Reason::Missing,
        Error::Empty => Reason::Empty,
        Error::NotAPicture => Reason::NotAPicture { label: None },
        _ => Reason::Unreadable,
    }
}

/// What a file that is no picture is, by its first bytes.
fn label_of(path: &Path) -> Option<&'static str> {
    let head = Opened::open_in_part(path).ok()?.head().ok()?;
    match head.as_slice() {
        [b'P', b'K', 3, 4, ..] => Some("ZIP"),
        [b'I', b'D', b'3', ..] | [0xFF, 0xFB | 0xF3 | 0xF2, ..] => Some("MP3"),
        [b'O', b'g', b'g', b'S', ..] => Some("OGG"),
        [b'f', b'L', b'a', b'C', ..] => Some("FLAC"),
        [b'7', b'z', 0xBC, 0xAF, ..] => Some("7Z"),
        [0x1F, 0x8B, ..] => Some("GZIP"),
        [b'R', b'a', b'r', b'!', ..] => Some("RAR"),
        [0x7F, b'E', b'L', b'F', ..] => Some("ELF"),
        [b'M', b'Z', ..] => Some("EXE"),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'A', b'V', b'E', ..] => Some("WAV"),
        text if looks_like_text(text) => Some("TXT"),
        _ => None,
    }
}

fn looks_like_text(head: &[u8]) -> bool {
    // The last letter may be cut in the middle.
    let valid = match std::str::from_utf8(head) {
        Ok(_) => true,
        Err(error) => error.error_len().is_none(),
    };
    valid && !head.iter().any(|byte| byte.is_ascii_control() && !byte.is_ascii_whitespace())
}
