//! How the index is written down: a snapshot, and beside it a journal of what came since.
//!
//! A change is one line at the end of the journal, so it costs the same however much is stored. When the host
//! starts, snapshot and journal are read and put together into a new snapshot. A line that was cut off by a crash
//! was told to nobody and is dropped. Lines are left to the system to bring to the disk, as the pictures are: a
//! killed host loses nothing, a power cut the last seconds.

use std::{
    fs::{self, File},
    io::{self, Write},
    path::Path,
};

use serde::{Deserialize, Serialize};

use super::{FileRow, Index};

const SNAPSHOT: &str = "index.json";
const JOURNAL: &str = "journal.jsonl";

/// One change of the index.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum Entry {
    /// A file came. `next` is the number of the one after it.
    Stored { next: u64, file: Box<FileRow> },
    /// A file went.
    Removed { id: String },
    /// A file waits no longer.
    Approved { id: String },
}

impl Entry {
    /// Makes the change. Made twice it changes nothing more, because a crash between snapshot and journal leaves
    /// entries that the snapshot has already.
    pub(super) fn apply(self, index: &mut Index) {
        match self {
            Self::Stored { next, file } => {
                index.next = index.next.max(next);
                index.files.push(*file);
            }
            Self::Removed { id } => drop(index.files.remove(&id)),
            Self::Approved { id } => index.files.approve(&id),
        }
    }
}

/// Reads what an earlier run left. `None` in a new folder.
pub(super) fn read(dir: &Path) -> io::Result<Option<Index>> {
    let Some(snapshot) = if_there(fs::read(dir.join(SNAPSHOT)))? else { return Ok(None) };
    let mut index: Index = serde_json::from_slice(&snapshot)?;
    let journal = if_there(fs::read(dir.join(JOURNAL)))?.unwrap_or_default();
    // What follows the last line end was cut off in the writing.
    let whole = journal.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
    for line in journal[..whole].split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
        serde_json::from_slice::<Entry>(line)?.apply(&mut index);
    }
    Ok(Some(index))
}

fn if_there<T>(result: io::Result<T>) -> io::Result<Option<T>> {
    match result {
        Ok(value) => Ok(Some(value)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// The open journal.
#[derive(Debug)]
pub(crate) struct Journal {
    file: File,
    /// Bytes of whole lines.
    length: u64,
    /// Something may stand behind them: a line that could not be written to its end.
    torn: bool,
}

impl Journal {
    /// Writes a snapshot beside the old one, puts it in its place, and begins an empty journal.
    pub(crate) fn begin(dir: &Path, index: &Index) -> io::Result<Self> {
        let fresh = dir.join("index.json.new");
        let mut file = File::create(&fresh)?;
        file.write_all(&serde_json::to_vec(index)?)?;
        file.sync_all()?;
        fs::rename(fresh, dir.join(SNAPSHOT))?;
        // Made empty only now: until the new snapshot stood, its entries were needed.
        let file = File::options().create(true).append(true).open(dir.join(JOURNAL))?;
        file.set_len(0)?;
        Ok(Self { file, length: 0, torn: false })
    }

    /// Adds a line. When this fails the line is not there.
    pub(crate) fn write(&mut self, entry: &Entry) -> io::Result<()> {
        if self.torn {
            self.file.set_len(self.length)?;
        }
        let mut line = serde_json::to_vec(entry)?;
        line.push(b'\n');
        self.torn = true;
        self.file.write_all(&line)?;
        self.torn = false;
        self.length += line.len() as u64;
        Ok(())
    }
}
