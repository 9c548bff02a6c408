//! Somebody who watches what the app shows, from the first change to the last.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use engine::{Change, ItemId, Phase, QueueState};
use tokio::sync::broadcast::{Receiver, error::RecvError};

/// What was shown of an item.
#[derive(Clone, Debug)]
pub(crate) struct Shown {
    pub(crate) at: Instant,
    pub(crate) item: ItemId,
    pub(crate) phase: Phase,
}

#[derive(Default)]
struct Seen {
    shown: Vec<Shown>,
    last: BTreeMap<ItemId, Phase>,
    troubles: BTreeSet<String>,
}

/// See the module.
#[derive(Clone, Default)]
pub(crate) struct Watch(Arc<Mutex<Seen>>);

impl Watch {
    /// Watches an engine until it ends. One that was opened again is followed beside it.
    pub(crate) fn follow(&self, mut changes: Receiver<Change>) {
        let watch = self.clone();
        tokio::spawn(async move {
            loop {
                match changes.recv().await {
                    Ok(Change::Queue(delta)) => {
                        let mut seen = watch.seen();
                        for item in &delta.upserted {
                            seen.item(item.id, &item.phase);
                        }
                        seen.state(delta.queue.as_ref());
                    }
                    Ok(_) | Err(RecvError::Lagged(_)) => {}
                    Err(RecvError::Closed) => return,
                }
            }
        });
    }

    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The phases in which an item was shown, one after the other.
    pub(crate) fn phases(&self, item: ItemId) -> Vec<Phase> {
        self.seen().shown.iter().filter(|shown| shown.item == item).map(|shown| shown.phase.clone()).collect()
    }

    /// The phase in which it was shown last.
    pub(crate) fn last(&self, item: ItemId) -> Option<Phase> {
        self.seen().last.get(&item).cloned()
    }

    /// When an item came out of a transfer that did not bring it to the site, for the first time.
    pub(crate) fn struck(&self, item: ItemId) -> Option<Instant> {
        let seen = self.seen();
        let mut sent = false;
        for shown in seen.shown.iter().filter(|shown| shown.item == item) {
            match shown.phase {
                Phase::Sending { .. } => sent = true,
                Phase::Done { .. } => {}
                _ if sent => return Some(shown.at),
                _ => {}
            }
        }
        None
    }

    /// How often any file was set on its way.
    pub(crate) fn tries(&self) -> usize {
        self.seen().shown.iter().filter(|shown| matches!(shown.phase, Phase::Sending { .. })).count()
    }

    /// The items in the order in which they were first set on their way.
    pub(crate) fn order(&self) -> Vec<ItemId> {
        let mut known = BTreeSet::new();
        let seen = self.seen();
        let sent = seen.shown.iter().filter(|shown| matches!(shown.phase, Phase::Sending { .. }));
        sent.map(|shown| shown.item).filter(|item| known.insert(*item)).collect()
    }

    /// Every item that was ever shown as done.
    pub(crate) fn done(&self) -> BTreeSet<ItemId> {
        let seen = self.seen();
        seen.shown
            .iter()
            .filter(|shown| matches!(shown.phase, Phase::Done { .. }))
            .map(|shown| shown.item)
            .collect()
    }

    /// How long after a moment the next file was done.
    pub(crate) fn next_done(&self, after: Instant) -> Option<Duration> {
        let seen = self.seen();
        let done = seen.shown.iter().filter(|shown| matches!(shown.phase, Phase::Done { .. }));
        done.filter(|shown| shown.at >= after).map(|shown| shown.at - after).min()
    }

    /// Codes of why nothing could be saved.
    pub(crate) fn troubles(&self) -> BTreeSet<String> {
        self.seen().troubles.clone()
    }
}

impl Seen {
    fn item(&mut self, item: ItemId, phase: &Phase) {
        if self.last.get(&item) != Some(phase) {
            self.last.insert(item, phase.clone());
            self.shown.push(Shown { at: Instant::now(), item, phase: phase.clone() });
        }
    }

    fn state(&mut self, state: Option<&QueueState>) {
        let trouble = state.and_then(|state| state.trouble.as_ref());
        self.troubles.extend(trouble.map(|problem| problem.code.clone()));
    }
}
