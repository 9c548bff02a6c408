//! What runs right now: transfers and preparations, and the wire on which a transfer says how far it is.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::{broadcast, mpsc};

use super::actor::Message;
use crate::{Change, ItemId, Progress};

/// Progress is told no more often than this.
const SAMPLE: Duration = Duration::from_millis(100);

/// One transfer's line to the engine.
pub(crate) struct Wire {
    item: ItemId,
    attempt: u32,
    body_left: AtomicBool,
    told: Mutex<Option<Instant>>,
    line: Option<(mpsc::WeakUnboundedSender<Message>, broadcast::Sender<Change>)>,
}

impl Wire {
    pub(super) fn new(
        item: ItemId,
        attempt: u32,
        messages: mpsc::WeakUnboundedSender<Message>,
        changes: broadcast::Sender<Change>,
    ) -> Self {
        let line = Some((messages, changes));
        Self { item, attempt, body_left: AtomicBool::new(false), told: Mutex::new(None), line }
    }

    pub(crate) fn disconnected() -> Self {
        let (body_left, told) = (AtomicBool::new(false), Mutex::new(None));
        Self { item: ItemId(0), attempt: 0, body_left, told, line: None }
    }

    pub(super) fn body_left(&self) -> bool {
        self.body_left.load(Ordering::SeqCst)
    }

    pub(crate) fn body_leaves(&self) {
        let first = !self.body_left.swap(true, Ordering::SeqCst);
        if let Some((messages, _)) = &self.line
            && first
            && let Some(messages) = messages.upgrade()
        {
            // An engine that has ended has stopped this transfer as well.
            let _ = messages.send(Message::BodyLeaves { item: self.item, attempt: self.attempt });
        }
    }

    pub(crate) fn sent(&self, sent: u64, total: u64) {
        let Some((_, changes)) = &self.line else { return };
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        if sent < total && told.is_some_and(|at| at.elapsed() < SAMPLE) {
            return;
        }
        *told = Some(Instant::now());
        let progress = Progress { item: self.item, attempt: self.attempt, sent, total };
        // No subscriber is no fault.
        let _ = changes.send(Change::Progress(progress));
    }
}
