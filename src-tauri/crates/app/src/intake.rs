//! How pictures come in: files and folders, the clipboard, addresses.

use std::path::PathBuf;

use engine::{Origin, Problem};

use crate::App;

/// What came of adding files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Added {
    /// Ids of what was queued, in the order given, refused ones too.
    pub items: Vec<engine::ItemId>,
    /// Ready to be sent once they are prepared.
    pub added: usize,
    /// Bytes of these.
    pub bytes: u64,
    /// Cannot be sent.
    pub refused: usize,
    /// Files in folders that are no pictures.
    pub skipped: usize,
    /// Why nothing was added, when nothing was.
    pub problem: Option<Problem>,
}

/// One fetched address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fetched {
    /// As typed.
    pub url: String,
    /// The file name it gets.
    pub name: String,
    /// Bytes, when it arrived.
    pub size: u64,
    /// What [`App::add_fetched`] takes; none when it did not arrive.
    pub token: Option<i64>,
    /// Why it did not arrive.
    pub problem: Option<Problem>,
}

/// What waits between fetching and adding, and whether a walk is to stop.
#[derive(Default)]
pub(crate) struct Intake {}

impl App {
    /// Adds files and folders. Looks at every file away from the async threads; tells how far it is.
    pub async fn add_paths(&self, paths: Vec<PathBuf>, origin: Origin) -> Added { let _ = (paths, origin); todo!() }

    /// Stops the walk through folders that is under way; what was found stays.
    pub fn stop_intake(&self) { todo!() }

    /// Adds a picture that has no file: the bytes of a PNG from the clipboard.
    pub async fn add_picture(&self, png: Vec<u8>, origin: Origin) -> Added { let _ = (png, origin); todo!() }

    /// Fetches addresses to this computer, so that they can be looked at and then added.
    pub async fn fetch_urls(&self, urls: Vec<String>) -> Vec<Fetched> { let _ = urls; todo!() }

    /// Adds fetched pictures to the queue.
    pub async fn add_fetched(&self, tokens: Vec<i64>) -> Added { let _ = tokens; todo!() }

    /// Throws fetched pictures away.
    pub async fn drop_fetched(&self, tokens: Vec<i64>) { let _ = tokens; todo!() }
}
