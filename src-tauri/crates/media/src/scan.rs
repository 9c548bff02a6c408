//! Files and folders turned into candidates, each refusal with its reason.

use std::ops::ControlFlow;
use std::path::PathBuf;

use crate::{Dimensions, Format, Refusal};

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
    let _ = (paths, watch);
    todo!()
}
