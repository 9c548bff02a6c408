//! The body of an upload on its way: laid out, counted, and watched.

use std::collections::VecDeque;
use std::io;
use std::mem;
use std::pin::Pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use hyper::http::Extensions;
use hyper_util::client::legacy::connect::CaptureConnection;
use tokio::time::{Instant, sleep_until};

use crate::multipart::Multipart;
use crate::pieces::{PIECE, Pieces};
use crate::request::{Progress, Source};
use crate::socket::Cord;
use crate::{Error, Unclear};

/// A piece that is worth a write of its own, in bytes.
const LARGE: usize = 128 * 1024;

/// What the body and the one who sends it both see.
pub(crate) struct Sending {
    total: u64,
    sent: AtomicU64,
    /// Milliseconds from `start` to the last movement, plus one; zero before the connection asked for anything.
    moved: AtomicU64,
    start: Instant,
    fault: Mutex<Option<Error>>,
    progress: Box<dyn Fn(Progress) + Send + Sync>,
    /// Tells this upload from the others that a connection carries.
    number: u64,
    connection: OnceLock<CaptureConnection>,
    cord: OnceLock<Arc<Cord>>,
}

impl Sending {
    fn new(total: u64, progress: Box<dyn Fn(Progress) + Send + Sync>) -> Sending {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        Sending {
            number: NEXT.fetch_add(1, Ordering::Relaxed),
            connection: OnceLock::new(),
            cord: OnceLock::new(),
            total,
            sent: AtomicU64::new(0),
            moved: AtomicU64::new(0),
            start: Instant::now(),
            fault: Mutex::new(None),
            progress,
        }
    }

    pub(crate) fn sent(&self) -> u64 {
        self.sent.load(Ordering::Acquire)
    }

    pub(crate) fn total(&self) -> u64 {
        self.total
    }

    /// Whether every byte was handed to the connection: from here on the site may have the file.
    pub(crate) fn is_whole(&self) -> bool {
        self.sent() >= self.total
    }

    /// Tells where to hear of the connection that the request goes over.
    pub(crate) fn goes_over(&self, connection: CaptureConnection) {
        // Nobody says it twice.
        let _ = self.connection.set(connection);
    }

    /// The connection asks for the body.
    fn begin(&self) {
        self.touch();
        let mut facts = Extensions::new();
        let metadata = self.connection.get().map(CaptureConnection::connection_metadata);
        if let Some(Some(connected)) = metadata.as_deref() {
            connected.get_extras(&mut facts);
        }
        if let Some(cord) = facts.remove::<Arc<Cord>>() {
            cord.hold(self.number);
            // It is asked for the first time once.
            let _ = self.cord.set(cord);
        }
    }

    /// Whether the connection stood and asked for the body.
    pub(crate) fn has_begun(&self) -> bool {
        self.moved.load(Ordering::Acquire) > 0
    }

    /// What was wrong with the file, when that ended the body.
    pub(crate) fn fault(&self) -> Option<Error> {
        self.fault.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn advance(&self, bytes: usize) {
        let sent = self.sent.fetch_add(bytes as u64, Ordering::AcqRel) + bytes as u64;
        self.touch();
        (self.progress)(Progress { sent, total: self.total });
    }

    fn touch(&self) {
        let since = u64::try_from(self.start.elapsed().as_millis()).unwrap_or(u64::MAX - 1);
        self.moved.store(since + 1, Ordering::Release);
    }

    fn fail(&self, error: Error) -> io::Error {
        let told = io::Error::other(error.clone());
        *self.fault.lock().unwrap_or_else(PoisonError::into_inner) = Some(error);
        told
    }

    /// Ends when the body has not moved for `stall`, or, once it has left whole, nothing came for `answer`.
    pub(crate) async fn stuck(&self, stall: Duration, answer: Duration) -> Error {
        loop {
            let moved = self.moved.load(Ordering::Acquire);
            // Before the connection stands, the connect time-out watches.
            let last = if moved == 0 { Instant::now() } else { self.start + Duration::from_millis(moved) };
            let whole = self.is_whole();
            let deadline = last + if whole { answer } else { stall };
            if deadline <= Instant::now() && moved == self.moved.load(Ordering::Acquire) {
                return self.silence(whole);
            }
            sleep_until(deadline).await;
        }
    }

    fn silence(&self, whole: bool) -> Error {
        if whole {
            Error::Unknown { why: Unclear::Silence, status: None, text: String::new() }
        } else {
            Error::Stalled { sent: self.sent(), total: self.total }
        }
    }
}

/// Cuts the connection of an upload that ends before its answer.
pub(crate) struct CutShort(Arc<Sending>);

impl CutShort {
    pub(crate) fn unless_answered(sending: &Arc<Sending>) -> CutShort {
        CutShort(Arc::clone(sending))
    }

    /// The whole answer is here. A site that gave it before the end of the body is spared the rest.
    pub(crate) fn answered(self) {
        if self.0.is_whole()
            && let Some(cord) = self.0.cord.get()
        {
            cord.release(self.0.number);
        }
    }
}

impl Drop for CutShort {
    fn drop(&mut self) {
        if let Some(cord) = self.0.cord.get() {
            cord.cut(self.0.number);
        }
    }
}

/// The body that is given to the connection.
pub(crate) struct UploadBody {
    sending: Arc<Sending>,
    before: VecDeque<Bytes>,
    file: Option<Pieces>,
    after: Option<Bytes>,
    left: u64,
    /// A large piece was handed over a moment ago.
    full: bool,
}

impl UploadBody {
    /// Opens the source and lays the body out; its length is known from here on.
    ///
    /// # Errors
    /// When the file is gone, cannot be read, or has another length than given.
    pub(crate) async fn open(
        form: Multipart,
        source: Source,
        progress: impl Fn(Progress) + Send + Sync + 'static,
    ) -> Result<(UploadBody, Arc<Sending>), Error> {
        let mut before = VecDeque::from([form.head]);
        let mut file = None;
        let mut content = 0;
        match source {
            Source::File { path, len, .. } => {
                content = len;
                file = Some(Pieces::open(&path, len).await?);
            }
            Source::Bytes { bytes, .. } => before.push_back(bytes),
            Source::Base64(_) | Source::Url(_) => {}
        }
        let around = before.iter().map(Bytes::len).sum::<usize>() + form.tail.len();
        let total = around as u64 + content;
        let sending = Arc::new(Sending::new(total, Box::new(progress)));
        let body = UploadBody {
            sending: Arc::clone(&sending),
            before,
            file,
            after: Some(form.tail),
            left: total,
            full: false,
        };
        Ok((body, sending))
    }

    fn poll_piece(&mut self, context: &mut Context<'_>) -> Poll<Option<io::Result<Bytes>>> {
        while let Some(mut piece) = self.before.pop_front() {
            // In pieces too: what was handed over counts as sent, and is sent even after cancelling.
            if piece.len() > PIECE {
                self.before.push_front(piece.split_off(PIECE));
            }
            if !piece.is_empty() {
                return Poll::Ready(Some(Ok(piece)));
            }
        }
        if let Some(pieces) = &mut self.file {
            match ready!(pieces.poll_next(context)) {
                Some(Ok(piece)) => return Poll::Ready(Some(Ok(piece))),
                Some(Err(error)) => {
                    self.file = None;
                    self.after = None;
                    return Poll::Ready(Some(Err(self.sending.fail(error))));
                }
                None => self.file = None,
            }
        }
        Poll::Ready(self.after.take().map(Ok))
    }
}

impl Body for UploadBody {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        if !self.sending.has_begun() {
            self.sending.begin();
        }
        // A connection would collect 400 KiB before it writes. Told to come again, it writes a large piece while the
        // processor still has it in its cache, which takes a tenth off the time for a large file.
        if mem::take(&mut self.full) {
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        let piece = ready!(self.poll_piece(context));
        Poll::Ready(piece.map(|piece| {
            let piece = piece?;
            self.left -= piece.len() as u64;
            self.sending.advance(piece.len());
            self.full = piece.len() >= LARGE && self.left > 0;
            Ok(Frame::data(piece))
        }))
    }

    fn is_end_stream(&self) -> bool {
        self.left == 0
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.left)
    }
}
