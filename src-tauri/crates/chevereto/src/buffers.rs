//! Buffers that go round: an upload needs a few of them, however large its file is.

use std::mem;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;

/// The buffers of one upload, all of one size.
pub(crate) struct Buffers {
    size: usize,
    idle: Mutex<Vec<Box<[u8]>>>,
}

impl Buffers {
    pub(crate) fn new(size: usize) -> Arc<Buffers> {
        Arc::new(Buffers { size, idle: Mutex::default() })
    }

    /// An idle buffer, or a new one.
    pub(crate) fn take(self: &Arc<Buffers>) -> Buffer {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let bytes = idle.unwrap_or_else(|| vec![0; self.size].into());
        Buffer { filled: bytes.len(), bytes, home: Arc::clone(self) }
    }
}

#[cfg(test)]
impl Buffers {
    /// How many nobody has.
    pub(crate) fn idle(&self) -> usize {
        self.idle.lock().unwrap().len()
    }
}

/// A buffer that goes back when the last one who reads it is done.
pub(crate) struct Buffer {
    bytes: Box<[u8]>,
    filled: usize,
    home: Arc<Buffers>,
}

impl Buffer {
    /// The first `len` bytes, to write into; what they hold is of an earlier use.
    pub(crate) fn room(&mut self, len: usize) -> &mut [u8] {
        &mut self.bytes[..len]
    }

    /// Its first `len` bytes, to be read from now on.
    pub(crate) fn filled(mut self, len: usize) -> Bytes {
        self.filled = len;
        Bytes::from_owner(self)
    }
}

impl AsRef<[u8]> for Buffer {
    fn as_ref(&self) -> &[u8] {
        &self.bytes[..self.filled]
    }
}

impl Drop for Buffer {
    fn drop(&mut self) {
        let bytes = mem::take(&mut self.bytes);
        self.home.idle.lock().unwrap_or_else(PoisonError::into_inner).push(bytes);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_buffer_comes_back_from_its_last_reader() {
        let buffers = Buffers::new(8);
        let mut buffer = buffers.take();
        buffer.room(3).copy_from_slice(b"one");
        let one = buffer.filled(3);
        let again = one.clone();
        assert_eq!((&one[..], &again.slice(1..)[..]), (&b"one"[..], &b"ne"[..]));
        drop(one);
        assert_eq!(buffers.idle(), 0, "it is still read");
        drop(again);
        assert_eq!(buffers.idle(), 1);
        let (_two, _three) = (buffers.take(), buffers.take());
        assert_eq!(buffers.idle(), 0);
    }
}
