//! What runs right now: transfers and preparations, and the wire on which a transfer says how far it is.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::broadcast;

use crate::{Change, ItemId, Progress};

/// Progress is told no more often than this.
const SAMPLE: Duration = Duration::from_millis(100);

/// What was told of a transfer's progress.
#[derive(Default)]
struct Told {
    at: Option<Instant>,
    /// Came too soon after the last; told once its time has come, so that a transfer that then stands still is not
    /// shown where it was before.
    later: Option<(u64, u64)>,
}

/// One transfer's line to the engine.
pub(crate) struct Wire {
    item: ItemId,
    attempt: u32,
    body_left: AtomicBool,
    told: Mutex<Told>,
    changes: Option<broadcast::Sender<Change>>,
}

impl Wire {
    pub(super) fn new(item: ItemId, attempt: u32, changes: broadcast::Sender<Change>) -> Self {
        let (body_left, told) = (AtomicBool::new(false), Mutex::default());
        Self { item, attempt, body_left, told, changes: Some(changes) }
    }

    pub(crate) fn disconnected() -> Self {
        let (body_left, told) = (AtomicBool::new(false), Mutex::default());
        Self { item: ItemId(0), attempt: 0, body_left, told, changes: None }
    }

    pub(super) fn body_left(&self) -> bool {
        self.body_left.load(Ordering::SeqCst)
    }

    pub(crate) fn body_leaves(&self) {
        self.body_left.store(true, Ordering::SeqCst);
    }

    pub(crate) fn sent(self: &Arc<Self>, sent: u64, total: u64) {
        if self.changes.is_none() {
            return;
        }
        let mut told = self.told();
        if sent >= total || told.at.is_none_or(|at| at.elapsed() >= SAMPLE) {
            told.later = None;
            self.tell(&mut told, sent, total);
        } else if told.later.replace((sent, total)).is_none()
            && let Ok(runtime) = tokio::runtime::Handle::try_current()
        {
            // Not held: a transfer that is over has nothing more to tell.
            let wire = Arc::downgrade(self);
            runtime.spawn(async move {
                tokio::time::sleep(SAMPLE).await;
                if let Some(wire) = wire.upgrade() {
                    let mut told = wire.told();
                    if let Some((sent, total)) = told.later.take() {
                        wire.tell(&mut told, sent, total);
                    }
                }
            });
        }
    }

    fn tell(&self, told: &mut Told, sent: u64, total: u64) {
        let Some(changes) = &self.changes else { return };
        told.at = Some(Instant::now());
        let progress = Progress { item: self.item, attempt: self.attempt, sent, total };
        // No subscriber is no fault.
        let _ = changes.send(Change::Progress(progress));
    }

    fn told(&self) -> MutexGuard<'_, Told> {
        self.told.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
