//! Which queue of the common store this process works off, and the locks by which others see that it lives.
//!
//! A lock goes with its process, however that ends, so no process id has to be trusted.

use std::fs::{File, TryLockError};
use std::hash::{BuildHasher, Hasher, RandomState};
use std::path::{Path, PathBuf};

use engine::{Lane, LaneId};

use crate::{OpenError, Paths};

/// Who works off the queue.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Face {
    /// The window: the main queue. One process at a time.
    #[default]
    Window,
    /// A command: a queue of its own, empty at its begin, beside any number of others.
    Command,
}

/// A lane of this process, held as long as this lives.
pub(crate) struct Held {
    lock: File,
    /// Of a command: its lock's file, removed at the end.
    path: Option<PathBuf>,
}

/// Takes a lane; with it the paths of this process.
pub(crate) fn take(face: Face, paths: Paths) -> Result<(Held, Lane, Paths), OpenError> {
    match face {
        Face::Window => {
            let lock = open(&paths.data().join("lock")).map_err(OpenError::Folders)?;
            match lock.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => return Err(OpenError::InUse),
                Err(TryLockError::Error(error)) => return Err(OpenError::Folders(error)),
            }
            let folder = paths.lanes();
            tidy(&paths);
            let is_alive = Box::new(move |lane| is_held(&folder.join(name(lane))));
            Ok((Held { lock, path: None }, Lane::Main { is_alive }, paths))
        }
        Face::Command => {
            // Random, so that no two processes have to agree; the top bit is left out, for it is the sign.
            let random = RandomState::new().build_hasher().finish() >> 1;
            let lane = LaneId(i64::try_from(random.max(1)).unwrap_or(1));
            let path = paths.lanes().join(name(lane));
            let begin = || {
                std::fs::create_dir_all(paths.lanes())?;
                let lock = open(&path)?;
                // Somebody who looks whether it is held holds it for a moment.
                lock.lock()?;
                std::io::Result::Ok(lock)
            };
            let lock = begin().map_err(OpenError::Folders)?;
            let own = paths.of_lane(&name(lane));
            own.create().map_err(OpenError::Folders)?;
            Ok((Held { lock, path: Some(path) }, Lane::Apart(lane), own))
        }
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        // Closing alone would not do: a process that is just being started has a copy of every open file for a moment.
        let _ = self.lock.unlock();
        if let Some(path) = &self.path {
            // What stays is tidied away by the next window.
            let _ = std::fs::remove_file(path);
        }
    }
}

/// Clears away locks that nobody holds, and the empty folders beside them.
fn tidy(paths: &Paths) {
    for lock in std::fs::read_dir(paths.lanes()).into_iter().flatten().flatten() {
        if !is_held(&lock.path()) {
            let name = lock.file_name();
            // Not empty while the queue still has something of it; the window takes that over.
            let _ = std::fs::remove_dir(paths.of_lane(&name.to_string_lossy()).spool());
            let _ = std::fs::remove_file(lock.path());
        }
    }
}

fn is_held(lock: &Path) -> bool {
    File::open(lock).is_ok_and(|file| matches!(file.try_lock(), Err(TryLockError::WouldBlock)))
}

fn name(lane: LaneId) -> String {
    format!("{:x}", lane.0)
}

fn open(path: &Path) -> std::io::Result<File> {
    File::options().create(true).append(true).open(path)
}
