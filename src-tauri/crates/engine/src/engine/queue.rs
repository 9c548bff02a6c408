//! The queue in memory: what was saved last, and nothing that was not.

use std::collections::{HashMap, HashSet};

use crate::store::{Head, Saved};
use crate::{Counts, Item, ItemId, Problem, QueueState, Timestamp};

/// The queue as it was saved last.
#[derive(Default)]
pub(super) struct Queue {
    pub(super) rev: u64,
    pub(super) head: Head,
    pub(super) order: Vec<ItemId>,
    pub(super) items: HashMap<ItemId, Item>,
    pub(super) positions: HashMap<ItemId, i64>,
    /// The last removal, with the places it was taken from.
    pub(super) shelf: Vec<(Item, i64)>,
    pub(super) parallel: usize,
    pub(super) trouble: Option<Problem>,
}

impl Queue {
    pub(super) fn of(saved: Saved, parallel: usize) -> Self {
        let mut queue = Self { head: saved.head, parallel, ..Self::default() };
        for (item, position) in saved.items {
            queue.order.push(item.id);
            queue.positions.insert(item.id, position);
            queue.items.insert(item.id, item);
        }
        queue
    }

    pub(super) fn in_order(&self) -> impl Iterator<Item = &Item> {
        self.order.iter().filter_map(|id| self.items.get(id))
    }

    pub(super) fn last_position(&self) -> i64 {
        self.order.last().and_then(|id| self.positions.get(id)).copied().unwrap_or(0)
    }

    pub(super) fn state(&self, now: Timestamp) -> QueueState {
        let over = |until: &Timestamp| *until <= now;
        QueueState {
            running: self.head.running,
            batch: self.head.batch,
            defaults: self.head.defaults.clone(),
            site: self.head.site,
            site_pauses: self
                .head
                .pauses
                .values()
                .filter(|pause| !pause.not_before.as_ref().is_some_and(over))
                .cloned()
                .collect(),
            counts: Counts::of(self.items.values().map(|item| &item.phase)),
            parallel: self.parallel,
            restorable: self.shelf.len(),
            trouble: self.trouble.clone(),
        }
    }

    /// The order after the given items, in the order they have now, were moved before another (or to the end).
    pub(super) fn moved(&self, ids: &[ItemId], before: Option<ItemId>) -> Vec<ItemId> {
        let moving: HashSet<ItemId> = ids.iter().copied().collect();
        let block: Vec<ItemId> = self.order.iter().copied().filter(|id| moving.contains(id)).collect();
        // "Before itself" means before the next one that stays.
        let target = before.and_then(|id| {
            let from = self.order.iter().position(|other| *other == id)?;
            self.order[from..].iter().find(|other| !moving.contains(other)).copied()
        });
        let mut order: Vec<ItemId> = self.order.iter().copied().filter(|id| !moving.contains(id)).collect();
        let at = target.and_then(|id| order.iter().position(|other| *other == id)).unwrap_or(order.len());
        order.splice(at..at, block);
        order
    }
}
