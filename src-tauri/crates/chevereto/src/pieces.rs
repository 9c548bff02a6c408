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

/// After a piece that was not in memory so many are read ahead before the system is asked again, where it can be asked.
const COLD: u32 = if cfg!(target_os = "linux") { 32 } else { u32::MAX };

/// The pieces of a file, in order.
pub(crate) struct Pieces {
    file: Arc<Opened>,
    buffers: Arc<Buffers>,
    /// Read with the opening: a small file is this one piece, waits for nothing, and leaves with its request's head.
    first: Option<Bytes>,
    ahead: Option<JoinHandle<Result<Bytes, Error>>>,
    /// Bytes behind those that were read or are being read.
    left: u64,
    /// So many pieces are still to be read ahead, while the connection sends.
    cold: u32,
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
                cold: 0,
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
        if self.ahead.is_none() && self.left > 0 {
            if let Some(read) = self.cached() {
                return Poll::Ready(Some(read));
            }
            self.cold = COLD;
            self.read_ahead();
        }
        let Some(reading) = &mut self.ahead else { return Poll::Ready(None) };
        let read = ready!(Pin::new(reading).poll(context)).unwrap_or_else(|_| Err(interrupted()));
        self.ahead = None;
        if read.is_ok() && self.cold > 0 {
            self.cold -= 1;
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
        if want == 0 {
            return;
        }
        self.left -= want as u64;
        let (file, buffer, is_last) = (Arc::clone(&self.file), self.buffers.take(), self.left == 0);
        self.ahead = Some(spawn_blocking(move || file.read(buffer, want, is_last)));
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
    len: u64,
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
        Ok(Opened { file, len, modified: facts.modified().ok() })
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
            if facts.len() != self.len || facts.modified().ok() != self.modified {
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

#[cfg(test)]
mod tests {
    use std::future::poll_fn;
    use std::io::Write;

    use super::*;

    /// A file with bytes that tell their place.
    fn file_of(len: usize) -> (tempfile::NamedTempFile, Vec<u8>) {
        let content: Vec<u8> = (0..len).map(|at| (at % 251) as u8).collect();
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(&content).unwrap();
        (file, content)
    }

    /// As it is opened, or as if the system had not had it in memory.
    async fn open(file: &tempfile::NamedTempFile, len: usize, cold: bool) -> Pieces {
        let mut pieces = Pieces::open(file.path(), len as u64).await.unwrap();
        if cold {
            pieces.cold = 3;
            pieces.read_ahead();
        }
        pieces
    }

    async fn next(pieces: &mut Pieces) -> Option<Result<Bytes, Error>> {
        poll_fn(|context| pieces.poll_next(context)).await
    }

    #[tokio::test]
    async fn a_file_of_any_length_arrives_whole() {
        for len in [0, 1, PIECE - 1, PIECE, PIECE + 1, 9 * PIECE, 9 * PIECE + 7] {
            for cold in [false, true] {
                let (file, content) = file_of(len);
                let mut pieces = open(&file, len, cold).await;
                let mut read = Vec::new();
                while let Some(piece) = next(&mut pieces).await {
                    let piece = piece.unwrap();
                    assert!((1..=PIECE).contains(&piece.len()), "{len}, {cold}: {}", piece.len());
                    read.extend_from_slice(&piece);
                }
                assert!(read == content, "{len}, {cold}");
            }
        }
    }

    #[tokio::test]
    async fn a_file_of_nothing_but_a_length_arrives_whole() {
        let file = tempfile::NamedTempFile::new().unwrap();
        file.as_file().set_len(3 * PIECE as u64 + 1).unwrap();
        let mut pieces = open(&file, 3 * PIECE + 1, false).await;
        let mut read = 0;
        while let Some(piece) = next(&mut pieces).await {
            let piece = piece.unwrap();
            assert!(piece.iter().all(|byte| *byte == 0));
            read += piece.len();
        }
        assert_eq!(read, 3 * PIECE + 1);
    }

    #[tokio::test]
    async fn a_file_that_changes_keeps_its_last_piece() {
        let len = 3 * PIECE;
        for cold in [false, true] {
            for new_len in [0, PIECE, len - 1, len, len + 1] {
                let (mut file, content) = file_of(len);
                let mut pieces = open(&file, len, cold).await;
                assert_eq!(next(&mut pieces).await.unwrap().unwrap(), content[..PIECE]);
                file.as_file().set_len(new_len as u64).unwrap();
                if new_len == len {
                    // Another moment than that of the opening, however coarse the clock of the file system.
                    file.as_file().set_modified(SystemTime::UNIX_EPOCH).unwrap();
                }
                file.flush().unwrap();
                let mut read = PIECE;
                let end = loop {
                    match next(&mut pieces).await.unwrap() {
                        Ok(piece) => read += piece.len(),
                        Err(error) => break error,
                    }
                };
                assert_eq!(end, Error::FileChanged, "{new_len}, {cold}");
                assert!(read < len, "{new_len}, {cold}");
            }
        }
    }

    #[tokio::test]
    async fn a_large_file_needs_few_buffers() {
        let (file, _) = file_of(40 * PIECE);
        let mut pieces = open(&file, 40 * PIECE, false).await;
        let mut held = Vec::new();
        while let Some(piece) = next(&mut pieces).await {
            // A connection holds two or three before it writes.
            held.push(piece.unwrap());
            if held.len() == 3 {
                held.clear();
            }
        }
        drop(held);
        assert!(pieces.buffers.idle() <= 5, "{}", pieces.buffers.idle());
    }
}
