//! Small pictures, made on demand, few at a time, and kept on disk.

mod line;

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use engine::{ItemId, Prepared, Problem, ReceiptId};

use crate::{App, Code, Decoder, problem, spool};
use line::{Line, Place};

/// So many are made side by side: a decoder may take a few hundred MB for a moment.
const PARALLEL: usize = 2;

/// The squares that previews are made for; what is asked for is rounded up to one of them.
const BOXES: [u32; 4] = [192, 384, 768, 1536];

/// Of what was sent, one is kept for the history.
const KEPT_BOX: u32 = 384;

/// The folder holds no more than this, and it is looked after now and then.
const MOST_BYTES: u64 = 300_000_000;
const TIDY_EVERY: u32 = 64;

/// So many reasons are remembered; they are found out again when they are asked for after that.
const MOST_REASONS: usize = 1_000;

/// Where previews of what was sent are kept: these are not tidied away, the history shows them.
const SENT: &str = "sent";

/// Of what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PreviewOf {
    /// An item of the queue.
    Item(ItemId),
    /// A receipt.
    Receipt(ReceiptId),
}

/// An encoded small picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PreviewImage {
    /// The encoded picture.
    pub bytes: Vec<u8>,
    /// `image/jpeg` or `image/png`.
    pub mime: &'static str,
}

/// The cache.
#[derive(Clone)]
pub(crate) struct Previews {
    folder: PathBuf,
    decoder: Decoder,
    line: Line,
    made: Arc<AtomicU32>,
    /// Why files had none when they were asked for last.
    missing: Arc<Mutex<HashMap<PathBuf, Problem>>>,
}

impl Previews {
    pub(crate) fn new(folder: PathBuf, decoder: Decoder) -> Self {
        Self { folder, decoder, line: Line::new(PARALLEL), made: Arc::default(), missing: Arc::default() }
    }

    /// A preview of a file, from the cache or made now.
    async fn of_file(&self, path: PathBuf, px: u32) -> Option<PreviewImage> {
        let px = BOXES.into_iter().find(|size| *size >= px).unwrap_or(BOXES[BOXES.len() - 1]);
        let kept = self.folder.join(identity(&path, px)?);
        if let Some(image) = read(&kept).await {
            return Some(image);
        }
        let place = self.line.for_what_is_seen().await?;
        let made = self.make(path.clone(), px, place).await;
        self.remember(path, made.as_ref().err());
        let image = made.ok()?;
        self.store(&kept, &image).await;
        Some(image)
    }

    async fn make(&self, path: PathBuf, px: u32, _place: Place) -> Result<PreviewImage, Problem> {
        let decoder = self.decoder.clone();
        let made =
            tokio::task::spawn_blocking(move || decoder.preview(&path, px, &media::Limits::default())).await;
        match made {
            Ok(Ok(preview)) => Ok(PreviewImage { bytes: preview.bytes, mime: preview.mime }),
            Ok(Err(error)) => {
                tracing::debug!(%error, "no preview");
                Err(problem::of_preview(&error))
            }
            Err(_) => Err(Code::Internal.problem()),
        }
    }

    fn remember(&self, file: PathBuf, why: Option<&Problem>) {
        let mut missing = self.missing.lock().unwrap_or_else(PoisonError::into_inner);
        match why {
            Some(why) => {
                if missing.len() >= MOST_REASONS {
                    missing.clear();
                }
                missing.insert(file, why.clone());
            }
            None => drop(missing.remove(&file)),
        }
    }

    /// Keeps a preview of what is being sent for the history. It is made meanwhile, and its place is known at once:
    /// nothing may come between a site's answer and its receipt. Nothing is there when none can be made.
    pub(crate) fn keep_of_body(&self, prepared: &Prepared) -> PathBuf {
        let kept = self.folder.join(SENT).join(&prepared.blake3);
        if !kept.exists() {
            let (previews, to) = (self.clone(), kept.clone());
            let (body, held) = self.hold(prepared);
            tokio::spawn(async move {
                if let Some(place) = previews.line.for_later().await
                    && let Ok(image) = previews.make(body, KEPT_BOX, place).await
                {
                    previews.store(&to, &image).await;
                }
                if let Some(held) = held {
                    spool::remove(&held);
                }
            });
        }
        kept
    }

    /// A body of our own goes as soon as the site has it, which may be before its preview is made: a second name
    /// holds it until then. Where that cannot be had, the body itself has to be quick enough.
    fn hold(&self, prepared: &Prepared) -> (PathBuf, Option<PathBuf>) {
        let body = prepared.body.to_path_buf();
        if !prepared.body_owned {
            return (body, None);
        }
        let held = self.folder.join(format!("{}.held", prepared.blake3));
        match std::fs::hard_link(&body, &held) {
            Ok(()) => (held.clone(), Some(held)),
            Err(_) => (body, None),
        }
    }

    /// Writes aside and renames, so that nobody reads half a picture. A full disk only costs the cache.
    async fn store(&self, to: &Path, image: &PreviewImage) {
        let count = self.made.fetch_add(1, Ordering::Relaxed);
        let (folder, to, bytes) = (self.folder.clone(), to.to_owned(), image.bytes.clone());
        let stored = tokio::task::spawn_blocking(move || {
            let part = to.with_extension(format!("part{count}"));
            let parent = to.parent().unwrap_or(&folder);
            let written = std::fs::create_dir_all(parent)
                .and_then(|()| std::fs::write(&part, bytes))
                .and_then(|()| std::fs::rename(&part, &to));
            if written.is_err() {
                // Nothing more can be done about a file that cannot be written.
                let _ = std::fs::remove_file(&part);
            }
            if count % TIDY_EVERY == TIDY_EVERY - 1 {
                tidy(&folder, MOST_BYTES);
            }
        });
        if stored.await.is_err() {
            tracing::warn!("a preview is not kept");
        }
    }
}

impl App {
    /// A preview that fits into a square of about `px`; `None` when there is none.
    pub async fn preview(&self, of: PreviewOf, px: u32) -> Option<PreviewImage> {
        match of {
            PreviewOf::Item(id) => self.0.previews.of_file(self.file_of(id).await?, px).await,
            PreviewOf::Receipt(id) => {
                let receipt = self.0.engine.receipts(vec![id]).await.ok()?.pop()?;
                let kept = match &receipt.preview_path {
                    Some(path) => read(path).await,
                    None => None,
                };
                match kept {
                    Some(image) => Some(image),
                    // Just uploaded, its own preview still being made: the file in the queue looks the same.
                    None => self.0.previews.of_file(self.file_of(receipt.item?).await?, px).await,
                }
            }
        }
    }

    /// Why an item has no preview; `None` while it has one, and before one was asked for.
    pub async fn why_no_preview(&self, id: ItemId) -> Option<Problem> {
        let file = self.file_of(id).await?;
        self.0.previews.missing.lock().unwrap_or_else(PoisonError::into_inner).get(&file).cloned()
    }

    async fn file_of(&self, id: ItemId) -> Option<PathBuf> {
        Some(self.0.engine.item(id).await.ok()??.path.to_path_buf())
    }
}

/// What tells a file's content without reading it: place, size and time; and the square.
fn identity(path: &Path, px: u32) -> Option<String> {
    let meta = std::fs::metadata(path).ok()?;
    let mut hash = blake3::Hasher::new();
    hash.update(path.as_os_str().as_encoded_bytes());
    hash.update(&meta.len().to_le_bytes());
    let modified = meta.modified().ok()?.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    hash.update(&modified.as_nanos().to_le_bytes());
    hash.update(&px.to_le_bytes());
    Some(hash.finalize().to_hex().to_string())
}

async fn read(path: &Path) -> Option<PreviewImage> {
    let bytes = tokio::fs::read(path).await.ok()?;
    let mime = if bytes.starts_with(b"\x89PNG") { "image/png" } else { "image/jpeg" };
    Some(PreviewImage { bytes, mime })
}

/// Takes the oldest away until the folder is within its bounds.
fn tidy(folder: &Path, most: u64) {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return;
    };
    let mut files: Vec<_> = entries
        .flatten()
        .filter_map(|entry| {
            let meta = entry.metadata().ok().filter(std::fs::Metadata::is_file)?;
            Some((meta.modified().ok()?, meta.len(), entry.path()))
        })
        .collect();
    files.sort();
    let mut total: u64 = files.iter().map(|(_, len, _)| len).sum();
    for (_, len, path) in files {
        if total <= most {
            return;
        }
        if std::fs::remove_file(&path).is_ok() {
            total -= len;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_previews_make_room() {
        let folder = tempfile::tempdir().unwrap();
        for (name, age) in [("old", 30), ("middle", 20), ("new", 10)] {
            let path = folder.path().join(name);
            std::fs::write(&path, [0; 100]).unwrap();
            let time = SystemTime::now() - std::time::Duration::from_secs(age);
            std::fs::File::options().append(true).open(&path).unwrap().set_modified(time).unwrap();
        }
        tidy(folder.path(), 250);
        assert!(!folder.path().join("old").exists());
        assert!(folder.path().join("middle").exists() && folder.path().join("new").exists());
    }
}
