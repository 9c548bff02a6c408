//! The queue in memory: what was saved last, and nothing that was not.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::index::Index;
use super::pace::Paces;
use crate::store::{Head, Saved, SavedPaces, Saving};
use crate::{Item, ItemId, Problem, QueueState, Timestamp};

/// The queue as it was saved last.
#[derive(Default)]
pub(super) struct Queue {
    pub(super) rev: u64,
    pub(super) head: Head,
    pub(super) order: Vec<ItemId>,
    /// With their positions.
    items: HashMap<ItemId, (Arc<Item>, i64)>,
    index: Index,
    /// The last removal, with the places it was taken from.
    pub(super) shelf: Vec<(Arc<Item>, i64)>,
    pub(super) paces: Paces,
    pub(super) trouble: Option<Problem>,
}

impl Queue {
    pub(super) fn of(saved: Saved, paces: SavedPaces, parallel: usize) -> Self {
        let mut queue = Self { head: saved.head, paces: Paces::new(parallel), ..Self::default() };
        for site in &paces.sites {
            queue.paces.set_site(site);
        }
        for (base, limits) in paces.limits {
            queue.paces.set_limits(&base, limits);
        }
        for (site, at) in paces.stored {
            queue.paces.stored(site, at);
        }
        for (item, position) in saved.items {
            queue.order.push(item.id);
            queue.replace(item.id, Some((Arc::new(item), position)));
        }
        queue
    }

    /// Takes over what was saved: the only place, after a start, where items change.
    pub(super) fn take_over(&mut self, saved: &Saving, order: Option<&Vec<ItemId>>) {
        for id in &saved.shelved {
            self.replace(*id, None);
        }
        for (id, position) in &saved.positions {
            if let Some((item, from)) = self.items.get_mut(id) {
                self.index.replace(Some((item, *from)), Some((item, *position)));
                *from = *position;
            }
        }
        for (item, position) in &saved.added {
            self.replace(item.id, Some((item.clone(), *position)));
        }
        for item in &saved.changed {
            let position = self.position(item.id).unwrap_or_else(|| self.last_position());
            self.replace(item.id, Some((item.clone(), position)));
        }
        for new in &saved.receipts {
            self.paces.stored(new.receipt.site, new.receipt.uploaded_at);
        }
        for (base, limits) in &saved.limits {
            self.paces.set_limits(base, limits.clone());
        }
        if let Some(head) = &saved.head {
            self.head.clone_from(head);
        }
        if let Some(order) = order {
            self.order.clone_from(order);
        }
    }

    /// The one door to the items, so that the index always tells the same as they do.
    fn replace(&mut self, id: ItemId, after: Option<(Arc<Item>, i64)>) {
        fn placed(place: &(Arc<Item>, i64)) -> (&Item, i64) {
            (&place.0, place.1)
        }
        let before = self.items.remove(&id);
        self.index.replace(before.as_ref().map(placed), after.as_ref().map(placed));
        if let Some(after) = after {
            self.items.insert(id, after);
        }
    }

    pub(super) fn item(&self, id: ItemId) -> Option<&Item> {
        self.shared(id).map(|item| &**item)
    }

    pub(super) fn shared(&self, id: ItemId) -> Option<&Arc<Item>> {
        self.items.get(&id).map(|(item, _)| item)
    }

    pub(super) fn position(&self, id: ItemId) -> Option<i64> {
        self.items.get(&id).map(|(_, position)| *position)
    }

    pub(super) fn index(&self) -> &Index {
        &self.index
    }

    pub(super) fn in_order(&self) -> impl Iterator<Item = &Arc<Item>> {
        self.order.iter().filter_map(|id| self.shared(*id))
    }

    pub(super) fn waiting(&self) -> impl Iterator<Item = &Item> {
        self.index.waiting().filter_map(|id| self.item(id))
    }

    pub(super) fn last_position(&self) -> i64 {
        self.order.last().and_then(|id| self.position(*id)).unwrap_or(0)
    }

    pub(super) fn state(&self, now: Timestamp) -> QueueState {
        QueueState {
            running: self.head.running,
            batch: self.head.batch,
            defaults: self.head.defaults.clone(),
            site: self.head.site,
            site_pauses: self.head.pauses.values().filter(|pause| pause.holds(now)).cloned().collect(),
            counts: self.index.counts(),
            parallel: self.paces.parallel(),
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
