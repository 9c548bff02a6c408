//! A file that is opened once: whatever is asked of it is read from here.

use std::fs::File;
use std::io::{self, BufRead, Read, Seek, SeekFrom, Write};
use std::ops::Range;
use std::path::Path;

use crate::Error;
use crate::sniff::HEAD;

/// What is kept of a file that is looked at as a whole: a small one is then read once, whatever is asked of it. Less means
/// more readings; eight times as much costs more than it saves, since memory that is new has to be made ready first.
const WHOLE: u64 = 1024 * 1024;

/// What is kept of a file of which a few headers are wanted.
const PART: u64 = 4 * 1024;

/// An open file and a window of it in memory. Unlike with a `BufReader`, going to another place asks the system for
/// nothing, and costs nothing as long as the place is in the window.
pub(crate) struct Opened {
    /// Its length when it was opened.
    pub(crate) size: u64,
    file: File,
    /// Where the file itself stands.
    file_at: u64,
    /// Where the next byte is read.
    at: u64,
    window: Vec<u8>,
    window_at: u64,
    window_most: u64,
}

impl Opened {
    /// Opens a file to be looked at as a whole.
    pub(crate) fn open(path: &Path) -> Result<Self, Error> {
        Self::with_window(path, WHOLE)
    }

    /// Opens a file of which only some parts are wanted.
    pub(crate) fn open_in_part(path: &Path) -> Result<Self, Error> {
        Self::with_window(path, PART)
    }

    fn with_window(path: &Path, window_most: u64) -> Result<Self, Error> {
        // A file and nothing else, looked at before it is opened: opening a pipe would wait for whoever writes to it.
        let facts = std::fs::metadata(path).map_err(Error::reading)?;
        if !facts.is_file() {
            return Err(Error::Unreadable(io::ErrorKind::InvalidInput.into()));
        }
        let file = File::open(path).map_err(Error::reading)?;
        let (size, window) = (facts.len(), Vec::new());
        Ok(Self { size, file, file_at: 0, at: 0, window, window_at: 0, window_most })
    }

    /// The bytes by which a format is told.
    pub(crate) fn head(&mut self) -> io::Result<Vec<u8>> {
        let mut head = Vec::with_capacity(HEAD);
        self.rewind()?;
        self.by_ref().take(HEAD as u64).read_to_end(&mut head)?;
        Ok(head)
    }

    /// Copies a range to where another file stands: what is in memory from there, the rest by the system where it can;
    /// on file systems that share blocks that costs next to nothing. Returns how many bytes there were.
    pub(crate) fn copy_to(&mut self, range: Range<u64>, to: &mut File) -> io::Result<u64> {
        self.at = range.start;
        let length = range.end.saturating_sub(range.start);
        if let Some(there) = usize::try_from(length).ok().and_then(|length| self.in_window().get(..length)) {
            return to.write_all(there).map(|()| length);
        }
        self.go_there()?;
        let copied = io::copy(&mut (&self.file).take(length), to);
        // Where it stands after a copy that failed is not known.
        self.file_at = copied.as_ref().map_or(u64::MAX, |copied| self.at + copied);
        copied
    }

    /// What the window has from where it is read.
    fn in_window(&self) -> &[u8] {
        let from = self.at.checked_sub(self.window_at).and_then(|from| usize::try_from(from).ok());
        from.and_then(|from| self.window.get(from..)).unwrap_or_default()
    }

    fn go_there(&mut self) -> io::Result<()> {
        if self.file_at != self.at {
            self.file_at = self.file.seek(SeekFrom::Start(self.at))?;
        }
        Ok(())
    }

    fn move_window(&mut self) -> io::Result<()> {
        self.go_there()?;
        let left = self.size.saturating_sub(self.at).min(self.window_most);
        let wanted = usize::try_from(left).map_err(io::Error::other)?;
        self.window_at = self.at;
        let read = if self.window.len() < wanted {
            self.window.clear();
            self.window.reserve_exact(wanted);
            (&self.file).take(left).read_to_end(&mut self.window)
        } else {
            fill(&mut self.file, &mut self.window[..wanted])
        };
        self.window.truncate(*read.as_ref().unwrap_or(&0));
        // Where it stands after a reading that failed is not known.
        self.file_at = read.as_ref().map_or(u64::MAX, |read| self.at + *read as u64);
        read.map(drop)
    }
}

/// Reads until there is no more room, or nothing more to read. Returns how much was read.
fn fill(file: &mut File, room: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while filled < room.len() {
        match file.read(&mut room[filled..]) {
            Ok(0) => break,
            Ok(read) => filled += read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}

impl Read for Opened {
    /// Of a file that grows meanwhile, what it was.
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        let left = self.size.saturating_sub(self.at);
        let length = usize::try_from(left).unwrap_or(usize::MAX).min(room.len());
        let room = &mut room[..length];
        if room.is_empty() {
            return Ok(0);
        }
        if self.in_window().is_empty() && (room.len() as u64) < self.window_most {
            self.move_window()?;
        }
        let read = match self.in_window() {
            [] => {
                self.go_there()?;
                let read = self.file.read(room)?;
                self.file_at += read as u64;
                read
            }
            mut there => there.read(room)?,
        };
        self.at += read as u64;
        Ok(read)
    }
}

impl BufRead for Opened {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.in_window().is_empty() && self.at < self.size {
            self.move_window()?;
        }
        Ok(self.in_window())
    }

    fn consume(&mut self, read: usize) {
        self.at += read as u64;
    }
}

impl Seek for Opened {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let place = match to {
            SeekFrom::Start(place) => Some(place),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
            SeekFrom::End(by) => self.size.checked_add_signed(by),
        };
        self.at = place.ok_or(io::ErrorKind::InvalidInput)?;
        Ok(self.at)
    }
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// Whatever is read from wherever is what the file has there.
        #[test]
        fn it_reads_as_the_file_does(size in 0..20_000_usize, asks in vec((0..25_000_u64, 0..9_000_usize), 1..20)) {
            let folder = tempfile::tempdir()?;
            let path = folder.path().join("a");
            let bytes: Vec<u8> = (0..size).map(|at| (at % 251) as u8).collect();
            std::fs::write(&path, &bytes)?;
            for mut opened in [Opened::open(&path).unwrap(), Opened::open_in_part(&path).unwrap()] {
                for (at, length) in &asks {
                    let mut read = Vec::new();
                    opened.seek(SeekFrom::Start(*at))?;
                    opened.by_ref().take(*length as u64).read_to_end(&mut read)?;
                    let from = usize::try_from(*at).unwrap().min(size);
                    prop_assert_eq!(&read, &bytes[from..(from + length).min(size)]);
                    prop_assert_eq!(opened.stream_position()?, at + read.len() as u64);
                }
                prop_assert_eq!(opened.seek(SeekFrom::End(0))?, size as u64);
                prop_assert!(opened.seek(SeekFrom::Current(-(size as i64) - 1)).is_err());
            }
        }
    }
}
