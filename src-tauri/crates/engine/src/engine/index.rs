//! What every turn asks of the queue, kept up to date item by item, so that no turn has to look at all of them.

use std::collections::hash_map::Entry;
use std::collections::{BTreeSet, HashMap};
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher, Hash};
use std::ops::Bound;

use crate::{BatchId, Counts, Item, ItemId, Phase, SiteId, Timestamp};

/// A content on a site.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Content {
    pub(super) site: SiteId,
    pub(super) blake3: String,
}

impl Content {
    /// An item's content, if it is known, on a site.
    pub(super) fn on(site: SiteId, item: &Item) -> Option<Self> {
        item.prepared.as_ref().map(|prepared| Self { site, blake3: prepared.blake3.clone() })
    }

    /// What an item will bring to its site, or may have brought there.
    pub(super) fn brought_by(item: &Item) -> Option<Self> {
        match item.phase {
            Phase::Ready
            | Phase::Waiting { .. }
            | Phase::Sending { .. }
            | Phase::Failed { .. }
            | Phase::Unknown { .. } => Self::on(item.site, item),
            Phase::Preparing | Phase::Refused { .. } | Phase::Duplicate { .. } | Phase::Done { .. } => None,
        }
    }

    /// A number that stands for it: a long queue need not hold every hash twice.
    fn mark(&self) -> u64 {
        BuildHasherDefault::<DefaultHasher>::default().hash_one(self)
    }
}

/// Kept by the queue, which calls [`Index::replace`] for each item that it takes in, changes, moves or lets go.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Index {
    counts: Counts,
    /// Who brings a content, by its mark.
    bringing: BTreeSet<(u64, ItemId)>,
    /// Waiting items by their place in the queue.
    waiting: BTreeSet<(i64, ItemId)>,
    /// How many items wait for a site.
    waiting_for: HashMap<SiteId, usize>,
    /// When a wait of an item ends.
    moments: BTreeSet<(Timestamp, ItemId)>,
    /// How many items of a batch wait or run.
    pending: HashMap<BatchId, usize>,
}

impl Index {
    /// An item with its position was `before` and is `after`; `None` is "not in the queue".
    pub(super) fn replace(&mut self, before: Option<(&Item, i64)>, after: Option<(&Item, i64)>) {
        if let Some((item, position)) = before {
            self.leave(item, position);
        }
        if let Some((item, position)) = after {
            self.enter(item, position);
        }
    }

    fn enter(&mut self, item: &Item, position: i64) {
        *self.counts.of_phase(&item.phase) += 1;
        if let Some(content) = Content::brought_by(item) {
            self.bringing.insert((content.mark(), item.id));
        }
        if let Phase::Waiting { not_before, .. } = item.phase {
            self.waiting.insert((position, item.id));
            *self.waiting_for.entry(item.site).or_default() += 1;
            self.moments.extend(not_before.map(|moment| (moment, item.id)));
        }
        if let Some(batch) = item.pending_in() {
            *self.pending.entry(batch).or_default() += 1;
        }
    }

    fn leave(&mut self, item: &Item, position: i64) {
        *self.counts.of_phase(&item.phase) -= 1;
        if let Some(content) = Content::brought_by(item) {
            self.bringing.remove(&(content.mark(), item.id));
        }
        if let Phase::Waiting { not_before, .. } = item.phase {
            self.waiting.remove(&(position, item.id));
            less(&mut self.waiting_for, item.site);
            if let Some(moment) = not_before {
                self.moments.remove(&(moment, item.id));
            }
        }
        if let Some(batch) = item.pending_in() {
            less(&mut self.pending, batch);
        }
    }

    pub(super) fn counts(&self) -> Counts {
        self.counts
    }

    /// The items that bring a content. Others may be among them by a chance in 2^64, so whoever asks looks.
    pub(super) fn bringing(&self, content: &Content) -> impl Iterator<Item = ItemId> {
        let mark = content.mark();
        self.bringing.range((mark, ItemId(i64::MIN))..=(mark, ItemId(i64::MAX))).map(|(_, id)| *id)
    }

    /// The waiting items in the order of the queue.
    pub(super) fn waiting(&self) -> impl Iterator<Item = ItemId> {
        self.waiting.iter().map(|(_, id)| *id)
    }

    /// How many sites have waiting items.
    pub(super) fn sites_waiting(&self) -> usize {
        self.waiting_for.len()
    }

    /// The first moment after `now` at which an item's wait ends.
    pub(super) fn next_moment(&self, now: Timestamp) -> Option<Timestamp> {
        let later = (Bound::Excluded((now, ItemId(i64::MAX))), Bound::Unbounded);
        self.moments.range(later).next().map(|(moment, _)| *moment)
    }

    /// How many items of a batch wait or run.
    pub(super) fn pending(&self, batch: BatchId) -> usize {
        self.pending.get(&batch).copied().unwrap_or(0)
    }
}

/// One less of it; what there is none of is not kept.
fn less<K: Eq + Hash>(counts: &mut HashMap<K, usize>, of: K) {
    if let Entry::Occupied(mut count) = counts.entry(of) {
        *count.get_mut() -= 1;
        if *count.get() == 0 {
            count.remove();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::sync::Arc;

    use proptest::collection::vec;
    use proptest::option;
    use proptest::prelude::*;
    use proptest::sample::Index as At;

    use super::super::ended::by_hand;
    use super::super::queue::Queue;
    use super::super::turn::Turn;
    use super::*;
    use crate::store::NewReceipt;
    use crate::{Facts, Input, Links, Origin, Policy, Prepared, Problem, ReceiptId, Twin};

    const NOW: Timestamp = Timestamp(2);

    /// What the index looks at in an item, with few values each, so that items meet.
    #[derive(Clone, Debug)]
    struct Shape {
        site: i64,
        content: Option<u8>,
        batch: Option<i64>,
        phase: Phase,
    }

    #[derive(Clone, Debug)]
    enum Deed {
        Add(Shape),
        Change(At, Shape),
        Remove(At),
    }

    /// What one turn does; moves come in turns of their own.
    #[derive(Clone, Debug)]
    enum Doing {
        Deeds(Vec<Deed>),
        Move(Vec<At>, At),
    }

    fn phase() -> impl Strategy<Value = Phase> {
        let problem = || Problem::new("p");
        let waiting = option::of(0..5_i64).prop_map(|moment| Phase::Waiting {
            attempt: 1,
            failures: 1,
            not_before: moment.map(Timestamp),
            problem: None,
        });
        prop_oneof![
            4 => waiting,
            2 => Just(Phase::Ready),
            2 => Just(Phase::Sending { attempt: 1, failures: 0 }),
            1 => Just(Phase::Preparing),
            1 => Just(Phase::Refused { problem: problem() }),
            1 => Just(Phase::Duplicate { receipt: ReceiptId(1) }),
            1 => Just(Phase::Failed { attempt: 1, problem: problem() }),
            1 => Just(Phase::Unknown { attempt: 1, problem: problem() }),
            1 => Just(Phase::Done { receipt: ReceiptId(1) }),
        ]
    }

    fn shape() -> impl Strategy<Value = Shape> {
        (0..2_i64, option::of(0..3_u8), option::of(0..2_i64), phase())
            .prop_map(|(site, content, batch, phase)| Shape { site, content, batch, phase })
    }

    fn doing() -> impl Strategy<Value = Doing> {
        let deed = prop_oneof![
            2 => shape().prop_map(Deed::Add),
            3 => (any::<At>(), shape()).prop_map(|(at, shape)| Deed::Change(at, shape)),
            1 => any::<At>().prop_map(Deed::Remove),
        ];
        prop_oneof![
            4 => vec(deed, 1..6).prop_map(Doing::Deeds),
            1 => (vec(any::<At>(), 1..3), any::<At>()).prop_map(|(ids, before)| Doing::Move(ids, before)),
        ]
    }

    fn item(id: ItemId, shape: &Shape) -> Item {
        let facts = Facts {
            mime: "image/png".into(),
            size: 1,
            modified: NOW,
            width: None,
            height: None,
            duration_ms: None,
            animated: false,
        };
        let prepared = shape.content.map(|content| Prepared {
            body: Path::new("a.png").into(),
            body_owned: false,
            name: "a.png".to_owned(),
            mime: "image/png".into(),
            size: 1,
            blake3: content.to_string(),
            notes: Vec::new(),
        });
        Item {
            id,
            site: SiteId(shape.site),
            batch: shape.batch.map(BatchId),
            path: Path::new("a.png").into(),
            owned: false,
            name: "a.png".to_owned(),
            origin: Origin::Drop,
            facts,
            options: Arc::default(),
            asked: None,
            prepared,
            phase: shape.phase.clone(),
            added_at: NOW,
        }
    }

    /// Does it; `next` is the id of the next new item. Returns the ids that the turn has seen.
    fn act(turn: &mut Turn<'_>, queue: &Queue, doing: &Doing, next: &mut i64) -> Vec<ItemId> {
        let mut ids = queue.order.clone();
        match doing {
            Doing::Move(..) if ids.is_empty() => {}
            Doing::Move(moving, before) => {
                let moving: Vec<ItemId> = moving.iter().map(|at| *at.get(&ids)).collect();
                turn.reorder(queue.moved(&moving, Some(*before.get(&ids))));
            }
            Doing::Deeds(deeds) => {
                for deed in deeds {
                    match deed {
                        Deed::Add(shape) => {
                            *next += 1;
                            ids.push(ItemId(*next));
                            turn.add(Arc::new(item(ItemId(*next), shape)));
                        }
                        _ if queue.order.is_empty() => {}
                        Deed::Change(at, shape) => {
                            let id = *at.get(&ids);
                            turn.edit(id, |before| *before = item(id, shape));
                        }
                        Deed::Remove(at) => turn.remove(*at.get(&queue.order)),
                    }
                }
            }
        }
        ids
    }

    /// In the middle of a turn, twins are found as by a look at every item.
    fn assert_twins(turn: &Turn<'_>, ids: &[ItemId]) {
        let all: Vec<&Item> = ids.iter().filter_map(|id| turn.item(*id)).collect();
        for item in &all {
            for content in ["0", "1", "2"] {
                let content = Content { site: item.site, blake3: content.to_owned() };
                let brings = |other: &&&Item| {
                    other.id != item.id && Content::brought_by(other) == Some(content.clone())
                };
                let twin = if all.iter().any(|other| brings(&other)) { Twin::InQueue } else { Twin::None };
                assert_eq!(turn.twin(item.id, &content.blake3, None), twin);
            }
        }
    }

    /// Between turns, every answer is that of a look at every item.
    fn assert_as_scanned(queue: &Queue) {
        let items: Vec<&Item> = queue.in_order().map(|item| &**item).collect();
        let ids: Vec<ItemId> = items.iter().map(|item| item.id).collect();
        assert_eq!(ids, queue.order);
        let places: Vec<_> = ids.iter().map(|id| (queue.position(*id), *id)).collect();
        assert!(places.is_sorted(), "{places:?}");

        let index = queue.index();
        assert_eq!(index.counts(), Counts::of(items.iter().map(|item| &item.phase)));
        let waits = |item: &&&Item| matches!(item.phase, Phase::Waiting { .. });
        let waiting: Vec<ItemId> = items.iter().filter(waits).map(|item| item.id).collect();
        assert_eq!(index.waiting().collect::<Vec<_>>(), waiting);
        let sites: BTreeSet<SiteId> = items.iter().filter(waits).map(|item| item.site).collect();
        assert_eq!(index.sites_waiting(), sites.len());
        let moment = |item: &&Item| match item.phase {
            Phase::Waiting { not_before, .. } => not_before,
            _ => None,
        };
        let next = items.iter().filter_map(moment).filter(|moment| *moment > NOW).min();
        assert_eq!(index.next_moment(NOW), next);
        for batch in [BatchId(0), BatchId(1)] {
            let pending = |item: &&&Item| item.batch == Some(batch) && item.phase.is_pending();
            assert_eq!(index.pending(batch), items.iter().filter(pending).count());
        }

        let mut anew = Index::default();
        for item in items {
            anew.replace(None, queue.position(item.id).map(|position| (item, position)));
        }
        assert_eq!(*index, anew, "something is left over");
    }

    #[test]
    fn what_arrives_in_a_turn_is_known_in_the_same_turn() {
        let queue = Queue::default();
        let mut turn = Turn::new(&queue, Policy::default(), NOW);
        let shape = |phase| Shape { site: 0, content: Some(0), batch: None, phase };
        let sent = item(ItemId(1), &shape(Phase::Sending { attempt: 1, failures: 0 }));
        turn.add(Arc::new(sent.clone()));
        turn.add(Arc::new(item(ItemId(2), &shape(Phase::Preparing))));
        assert_eq!(turn.twin(ItemId(2), "0", None), Twin::InQueue);
        let receipt = by_hand(ReceiptId(7), &sent, BatchId(1), Links::default(), NOW);
        turn.receipts.push(NewReceipt { receipt, delete_link: None });
        turn.step(ItemId(1), &Input::Arrived { attempt: 1, receipt: ReceiptId(7) });
        assert_eq!(turn.twin(ItemId(2), "0", None), Twin::InHistory(ReceiptId(7)));
    }

    proptest! {
        #[test]
        fn the_index_tells_what_a_look_at_every_item_would(turns in vec(doing(), 1..30)) {
            let (mut queue, mut next) = (Queue::default(), 0);
            for doing in turns {
                let mut turn = Turn::new(&queue, Policy::default(), NOW);
                let ids = act(&mut turn, &queue, &doing, &mut next);
                assert_twins(&turn, &ids);
                turn.head().batch = Some(BatchId(1));
                let outcome = turn.close();
                queue.take_over(&outcome.saving, outcome.order.as_ref());
                assert_as_scanned(&queue);
                prop_assert_eq!(outcome.batch_done.is_none(), queue.index().pending(BatchId(1)) > 0);
            }
        }
    }
}
