//! A file in pieces: taken at once while the system has it in memory, else read ahead on the blocking pool.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::SystemTime;

use bytes::Bytes;
use tokio::task::{JoinHandle, spawn_blocking};

use crate::Error;
use crate::buffers::{Buffer, Buffers};

/// So much is read at once: large enough that a gigabyte costs little, small enough to keep a few in memory.
pub(crate) const PIECE: usize = 256 * 1024;

/// The pieces of a file, in order.
pub(crate) struct Pieces {
    file: Arc<Opened>,
    buffers: Arc<Buffers>,
    /// Read with the opening: a small file is this one piece, waits for nothing, and leaves with its request's head.
    first: Option<Bytes>,
    ahead: Option<JoinHandle<Result<Bytes, Error>>>,
    /// Bytes behind those that were read or are being read.
    left: u64,
    /// Not in the system's memory, once at least: the rest is read ahead, while the connection sends.
    cold: bool,
}

impl Pieces {
    /// Opens a file of `len` bytes.
    ///
    /// # Errors
    /// When it is gone, cannot be read, or has another length.
    pub(crate) async fn open(path: &Path, len: u64) -> Result<Pieces, Error> {
        let path = path.to_owned();
        let opened = spawn_blocking(move || {
            let file = Opened::open(&path, len)?;
            let size = piece_of(len);
            let mut pieces = Pieces {
                file: Arc::new(file),
                buffers: Buffers::new(size),
                first: None,
                ahead: None,
                left: len - size as u64,
                cold: false,
            };
            if size > 0 {
                let is_last = pieces.left == 0;
                pieces.first = Some(pieces.file.read(pieces.buffers.take(), size, is_last)?);
            }
            Ok(pieces)
        });
        opened.await.map_err(|_| interrupted())?
    }

    /// The next piece, never an empty one; `None` behind the last. After an error nobody asks again.
    pub(crate) fn poll_next(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, Error>>> {
        if let Some(piece) = self.first.take() {
            return Poll::Ready(Some(Ok(piece)));
        }
        if !self.cold && self.left > 0 {
            if let Some(read) = self.cached() {
                return Poll::Ready(Some(read));
            }
            self.cold = true;
            self.read_ahead();
        }
        let Some(reading) = &mut self.ahead else { return Poll::Ready(None) };
        let read = ready!(Pin::new(reading).poll(context)).unwrap_or_else(|_| Err(interrupted()));
        self.ahead = None;
        if read.is_ok() {
            self.read_ahead();
        }
        Poll::Ready(Some(read))
    }

    /// What the system has in its memory of the next piece; `None` when that is nothing, or it cannot tell.
    fn cached(&mut self) -> Option<Result<Bytes, Error>> {
        let mut buffer = self.buffers.take();
        let read = read_cached(&self.file.file, buffer.room(piece_of(self.left)))?;
        self.left -= read as u64;
        Some(self.file.finish(buffer, read, self.left == 0))
    }

    fn read_ahead(&mut self) {
        let want = piece_of(self.left);
        self.left -= want as u64;
        let (file, buffer, is_last) = (Arc::clone(&self.file), self.buffers.take(), self.left == 0);
        self.ahead = (want > 0).then(|| spawn_blocking(move || file.read(buffer, want, is_last)));
    }
}

/// The size of the next piece, when so much is left.
fn piece_of(left: u64) -> usize {
    usize::try_from(left).unwrap_or(PIECE).min(PIECE)
}

/// Reads on without waiting for a disk. File systems that may wait even so (a network's) refuse to be asked.
#[cfg(target_os = "linux")]
fn read_cached(file: &File, room: &mut [u8]) -> Option<usize> {
    use rustix::io::{ReadWriteFlags, preadv2};
    /// "From where the last reading ended."
    const ON: u64 = u64::MAX;
    preadv2(file, &mut [io::IoSliceMut::new(room)], ON, ReadWriteFlags::NOWAIT).ok()
}

/// Other systems cannot be asked.
#[cfg(not(target_os = "linux"))]
fn read_cached(_: &File, _: &mut [u8]) -> Option<usize> {
    None
}

struct Opened {
    file: File,
    modified: Option<SystemTime>,
}

impl Opened {
    fn open(path: &Path, len: u64) -> Result<Opened, Error> {
        // Looked at before it is opened: opening a pipe would wait for a writer.
        if !std::fs::metadata(path).map_err(|error| file_error(&error))?.is_file() {
            return Err(Error::Io { detail: "not a file".to_owned() });
        }
        let file = File::open(path).map_err(|error| file_error(&error))?;
        let facts = file.metadata().map_err(|error| file_error(&error))?;
        if facts.len() != len {
            return Err(Error::FileChanged);
        }
        Ok(Opened { file, modified: facts.modified().ok() })
    }

    fn read(&self, mut buffer: Buffer, want: usize, is_last: bool) -> Result<Bytes, Error> {
        match (&self.file).read_exact(buffer.room(want)) {
            Ok(()) => self.finish(buffer, want, is_last),
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Err(Error::FileChanged),
            Err(error) => Err(file_error(&error)),
        }
    }

    /// Hands out what was read; the last piece of a file that changed is held back, so that the site cannot store a
    /// torn one.
    fn finish(&self, buffer: Buffer, read: usize, is_last: bool) -> Result<Bytes, Error> {
        if read == 0 {
            return Err(Error::FileChanged);
        }
        if is_last {
            let facts = self.file.metadata().map_err(|error| file_error(&error))?;
            if facts.modified().ok() != self.modified {
                return Err(Error::FileChanged);
            }
        }
        Ok(buffer.filled(read))
    }
}

fn file_error(error: &io::Error) -> Error {
    match error.kind() {
        io::ErrorKind::NotFound => Error::FileVanished,
        _ => Error::Io { detail: error.to_string() },
    }
}

/// The blocking pool ends tasks only when the whole program ends.
fn interrupted() -> Error {
    Error::Io { detail: "reading was interrupted".to_owned() }
}
