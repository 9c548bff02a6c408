//! The queue as seen from outside: a snapshot, and the changes that keep it true.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{BatchId, Defaults, Item, ItemId, Phase, Problem, ReceiptId, SiteId, Timestamp};

/// Whether new transfers begin.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Running {
    /// They do.
    #[default]
    Running,
    /// They do not until `resume`; those under way go on.
    Paused,
}

/// A site that is left alone for now. Its items wait; none of them fails.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SitePause {
    /// The site.
    pub site: SiteId,
    /// When it goes on by itself; `None`: not until the key changes or the user resumes.
    pub not_before: Option<Timestamp>,
    /// How many times in a row the site could not be reached: the pauses grow with it.
    pub failures: u32,
    /// Why.
    pub problem: Problem,
}

impl SitePause {
    /// Whether it is not over yet.
    pub(crate) fn holds(&self, now: Timestamp) -> bool {
        self.not_before.is_none_or(|until| until > now)
    }
}

/// How many items stand where.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "each field counts the phase of its name")]
pub struct Counts {
    pub preparing: usize,
    pub ready: usize,
    pub refused: usize,
    pub duplicate: usize,
    pub waiting: usize,
    pub sending: usize,
    pub failed: usize,
    pub unknown: usize,
    pub done: usize,
}

impl Counts {
    /// Counts the phases.
    pub fn of<'a>(phases: impl Iterator<Item = &'a Phase>) -> Self {
        let mut counts = Self::default();
        for phase in phases {
            *counts.of_phase(phase) += 1;
        }
        counts
    }

    pub(crate) fn of_phase(&mut self, phase: &Phase) -> &mut usize {
        match phase {
            Phase::Preparing => &mut self.preparing,
            Phase::Ready => &mut self.ready,
            Phase::Refused { .. } => &mut self.refused,
            Phase::Duplicate { .. } => &mut self.duplicate,
            Phase::Waiting { .. } => &mut self.waiting,
            Phase::Sending { .. } => &mut self.sending,
            Phase::Failed { .. } => &mut self.failed,
            Phase::Unknown { .. } => &mut self.unknown,
            Phase::Done { .. } => &mut self.done,
        }
    }
}

/// The queue apart from its items.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueueState {
    /// Whether new transfers begin.
    pub running: Running,
    /// The batch that is under way.
    pub batch: Option<BatchId>,
    /// What holds for items that do not say otherwise.
    pub defaults: Defaults,
    /// The site chosen for what is added next.
    pub site: Option<SiteId>,
    /// Sites that are left alone for now.
    pub site_pauses: Vec<SitePause>,
    /// How many items stand where.
    pub counts: Counts,
    /// How many uploads run side by side at most.
    pub parallel: usize,
    /// How many items [`crate::Engine::restore_removed`] would bring back.
    pub restorable: usize,
    /// Set while nothing can be saved ([`crate::Error::code`]): no transfer begins, and what has arrived is kept in
    /// memory and tried again.
    pub trouble: Option<Problem>,
}

/// Everything at one revision.
#[derive(Clone, Debug, PartialEq)]
pub struct Snapshot {
    /// Deltas up to this revision are in it.
    pub rev: u64,
    /// In the order of the queue. Shared with the engine: whoever mirrors the queue holds no second one.
    pub items: Vec<Arc<Item>>,
    /// The queue apart from its items.
    pub queue: QueueState,
}

/// What changed since the revision before. Every part is already saved.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Delta {
    /// One more than the revision before. After a gap, take a new snapshot.
    pub rev: u64,
    /// New items and changed ones, whole.
    pub upserted: Vec<Arc<Item>>,
    /// Items that are gone.
    pub removed: Vec<ItemId>,
    /// The whole order, if it changed. Items added at the end change it too.
    pub order: Option<Vec<ItemId>>,
    /// The queue apart from its items, if it changed.
    pub queue: Option<QueueState>,
}

/// How far a transfer is. Sampled at most ten times a second for each item; not saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// The item.
    pub item: ItemId,
    /// The attempt.
    pub attempt: u32,
    /// Bytes handed over.
    pub sent: u64,
    /// Bytes in all.
    pub total: u64,
}

/// A batch is at its end: none of its items waits or runs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BatchDone {
    /// The batch.
    pub batch: BatchId,
    /// How many arrived.
    pub done: usize,
    /// How many were there already.
    pub duplicate: usize,
    /// How many failed.
    pub failed: usize,
    /// How many have an unknown outcome.
    pub unknown: usize,
    /// Receipts of what arrived and what was there already, in the order of the queue.
    pub receipts: Vec<ReceiptId>,
}

/// What a subscriber hears.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// The queue changed.
    Queue(Arc<Delta>),
    /// A transfer moved.
    Progress(Progress),
    /// A batch ended. Said exactly once for each batch, after the delta that ended it.
    BatchDone(Arc<BatchDone>),
    /// Receipts were added, changed or forgotten: lists of the history are to be read again.
    History,
}
