//! Names for files of our own between a person's file and the site.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

/// Fetched, and not yet added to the queue.
pub(crate) const FETCHED: &str = "fetched";
/// Made for one sending.
pub(crate) const SENDING: &str = "sending";

/// A name that no file of the folder has: the moment, and a count within it.
pub(crate) fn fresh(spool: &Path, purpose: &str, extension: &str) -> PathBuf {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let moment = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_nanos();
    spool.join(format!("{purpose}-{moment:x}-{count:x}.{extension}"))
}

/// Clears away what no queue can know of: a run that ended early left it.
pub(crate) fn sweep(spool: &Path) {
    let Ok(entries) = std::fs::read_dir(spool) else {
        return;
    };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name.starts_with(FETCHED) || name.starts_with(SENDING) {
            remove(&entry.path());
        }
    }
}

/// Removes a file of our own; one that stays is swept at the next start.
pub(crate) fn remove(path: &Path) {
    if let Err(error) = std::fs::remove_file(path) {
        tracing::debug!(kind = ?error.kind(), "a file of the spool stays");
    }
}
