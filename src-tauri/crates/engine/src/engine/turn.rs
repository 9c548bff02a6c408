//! One turn: everything that one message changes, gathered first, then saved as one, then taken over and told.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::{BuildHasher, Hasher, RandomState};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use super::index::Content;
use super::pace::Bearing;
use super::queue::Queue;
use crate::store::{Forget, Head, NewReceipt, Saving};
use crate::{
    BatchDone, BatchId, Effect, Hold, Input, Item, ItemId, Limits, Phase, Policy, Prepared, Problem,
    ReceiptId, SiteId, SitePause, Timestamp, Twin, step,
};

/// Changes that are not saved yet, over the queue that is.
pub(super) struct Turn<'a> {
    queue: &'a Queue,
    policy: Policy,
    pub(super) now: Timestamp,
    /// Shared with the queue until they are changed.
    items: BTreeMap<ItemId, Arc<Item>>,
    /// Which items of this turn brought a content at some moment of it.
    brought: HashMap<Content, BTreeSet<ItemId>>,
    added: Vec<ItemId>,
    removed: BTreeSet<ItemId>,
    order: Option<Vec<ItemId>>,
    head: Option<Head>,
    pub(super) receipts: Vec<NewReceipt>,
    pub(super) forget: Option<Forget>,
    effects: Vec<(ItemId, Effect)>,
    bodies: Vec<(Arc<Path>, Prepared)>,
    limits: BTreeMap<String, Limits>,
    bearings: Vec<(SiteId, Bearing)>,
    begun: Vec<ItemId>,
}

/// A turn that is ready to be saved.
pub(super) struct Outcome {
    pub(super) saving: Saving,
    pub(super) order: Option<Vec<ItemId>>,
    pub(super) effects: Vec<(ItemId, Effect)>,
    /// Bodies to delete, each with the user's file that it was made from.
    pub(super) bodies: Vec<(Arc<Path>, Prepared)>,
    pub(super) batch_done: Option<BatchDone>,
    /// How sites took what ended. Not saved: another start finds out anew.
    pub(super) bearings: Vec<(SiteId, Bearing)>,
}

impl<'a> Turn<'a> {
    pub(super) fn new(queue: &'a Queue, policy: Policy, now: Timestamp) -> Self {
        Self {
            queue,
            policy,
            now,
            items: BTreeMap::new(),
            brought: HashMap::new(),
            added: Vec::new(),
            removed: BTreeSet::new(),
            order: None,
            head: None,
            receipts: Vec::new(),
            forget: None,
            effects: Vec::new(),
            bodies: Vec::new(),
            limits: BTreeMap::new(),
            bearings: Vec::new(),
            begun: Vec::new(),
        }
    }

    /// Lets an item begin; `unless_known`: the turn is not to be saved if its content is known by then.
    pub(super) fn begin(&mut self, id: ItemId, unless_known: bool) {
        if self.step(id, &Input::Begin) && unless_known {
            self.begun.push(id);
        }
    }

    /// The item as this turn leaves it.
    pub(super) fn item(&self, id: ItemId) -> Option<&Item> {
        if self.removed.contains(&id) {
            return None;
        }
        self.items.get(&id).map(|item| &**item).or_else(|| self.queue.item(id))
    }

    /// Changes an item, if it is there, in everything but its phase.
    pub(super) fn edit(&mut self, id: ItemId, change: impl FnOnce(&mut Item)) {
        if self.removed.contains(&id) {
            return;
        }
        if let Some(mut item) = self.items.remove(&id).or_else(|| self.queue.shared(id).cloned()) {
            change(Arc::make_mut(&mut item));
            self.put(item);
        }
    }

    fn put(&mut self, item: Arc<Item>) {
        if let Some(content) = Content::brought_by(&item) {
            self.brought.entry(content).or_default().insert(item.id);
        }
        self.items.insert(item.id, item);
    }

    /// The sites that this turn leaves alone.
    pub(super) fn pauses(&self) -> &BTreeMap<SiteId, SitePause> {
        &self.head.as_ref().unwrap_or(&self.queue.head).pauses
    }

    pub(super) fn head(&mut self) -> &mut Head {
        self.head.get_or_insert_with(|| self.queue.head.clone())
    }

    /// Lets `input` happen to an item. Returns whether its phase changed or work follows.
    pub(super) fn step(&mut self, id: ItemId, input: &Input) -> bool {
        let Some(item) = self.item(id) else { return false };
        let next = step(&item.phase, input, &self.policy, self.now);
        let (changed, site) = (next.phase != item.phase, item.site);
        if !changed && next.effects.is_empty() {
            return false;
        }
        let dropped = item.prepared.as_ref().filter(|_| next.effects.contains(&Effect::DropBody));
        let body = dropped.map(|prepared| (item.path.clone(), prepared.clone()));
        if changed {
            self.edit(id, |item| {
                if matches!(next.phase, Phase::Preparing | Phase::Ready | Phase::Refused { .. }) {
                    // It belongs to no batch (any more).
                    (item.batch, item.asked) = (None, None);
                }
                item.phase = next.phase;
            });
        }
        for effect in next.effects {
            match effect {
                Effect::HoldSite { hold, problem } => {
                    // Transfers that ran side by side fail side by side: that is one failure of the site.
                    let holds = self.pauses().get(&site).is_some_and(|pause| pause.holds(self.now));
                    if matches!(hold, Hold::BackOff | Hold::Until(_)) && !holds {
                        self.bearings.push((site, Bearing::Badly));
                    }
                    self.hold(site, hold, problem);
                }
                Effect::KeepLimit { limit, problem } => {
                    let (limits, until) = self.queue.paces.learned(site, limit, self.now);
                    self.set_limits(site, limits);
                    self.hold(site, Hold::Until(until), problem);
                }
                Effect::SiteAnswered => {
                    self.bearings.push((site, Bearing::Well));
                    self.answered(site);
                }
                Effect::DropBody => self.bodies.extend(body.clone()),
                effect => self.effects.push((id, effect)),
            }
        }
        true
    }

    /// Whether an item's content is known: to the history, or because another item will bring it to the same site.
    pub(super) fn twin(&self, id: ItemId, blake3: &str, known: Option<ReceiptId>) -> Twin {
        let Some(item) = self.item(id) else { return Twin::None };
        let content = Content { site: item.site, blake3: blake3.to_owned() };
        if let Some(receipt) = self.receipt_of(&content).or(known) {
            return Twin::InHistory(receipt);
        }
        let fresh = self.brought.get(&content).into_iter().flatten().copied();
        let mut others = self.queue.index().bringing(&content).chain(fresh).filter(|other| *other != id);
        let brings = |other| self.item(other).and_then(Content::brought_by).as_ref() == Some(&content);
        if others.any(brings) { Twin::InQueue } else { Twin::None }
    }

    /// The receipt that this turn adds for a content, which the saved history does not know yet.
    pub(super) fn receipt_of(&self, content: &Content) -> Option<ReceiptId> {
        let mut receipts = self.receipts.iter().map(|new| &new.receipt);
        let found = receipts.find(|known| known.site == content.site && known.blake3 == content.blake3);
        found.map(|receipt| receipt.id)
    }

    /// Has a body deleted that was made of the user's file at `path`.
    pub(super) fn throw_away(&mut self, path: Arc<Path>, body: Prepared) {
        self.bodies.push((path, body));
    }

    /// Puts an item behind the others.
    pub(super) fn add(&mut self, item: Arc<Item>) {
        if item.phase == Phase::Preparing {
            self.effects.push((item.id, Effect::Prepare));
        }
        self.added.push(item.id);
        self.put(item);
    }

    pub(super) fn remove(&mut self, id: ItemId) {
        if self.item(id).is_some() {
            self.items.remove(&id);
            self.removed.insert(id);
        }
    }

    pub(super) fn reorder(&mut self, order: Vec<ItemId>) {
        self.order = Some(order);
    }

    /// Whether the item is to be sent as part of a batch from now on.
    pub(super) fn join(&mut self, id: ItemId, batch: BatchId) {
        let defaults = self.head.as_ref().unwrap_or(&self.queue.head).defaults.clone();
        self.edit(id, |item| {
            item.batch = Some(batch);
            item.asked = Some(Box::new(item.options.resolve(&defaults)));
        });
    }

    /// Every moment to wait for is so much earlier.
    pub(super) fn clock_set_back(&mut self, by: Duration) {
        let waiting: Vec<ItemId> = self.queue.waiting().map(|item| item.id).collect();
        for id in waiting {
            self.step(id, &Input::ClockSetBack { by });
        }
        let earlier = |moment: &mut Timestamp| *moment = moment.minus(by);
        self.head().pauses.values_mut().filter_map(|pause| pause.not_before.as_mut()).for_each(earlier);
    }

    /// How many uploads this turn brings to each site.
    pub(super) fn stored_by_site(&self) -> BTreeMap<SiteId, usize> {
        let mut sites = BTreeMap::new();
        for new in &self.receipts {
            *sites.entry(new.receipt.site).or_default() += 1;
        }
        sites
    }

    /// What the address of a site takes from now on.
    pub(super) fn set_limits(&mut self, site: SiteId, limits: Limits) {
        self.limits.extend(self.queue.paces.base(site).map(|base| (base.to_owned(), limits)));
    }

    /// A transfer of this item came to no end: the site bears less.
    pub(super) fn strained(&mut self, id: ItemId) {
        if let Some(site) = self.item(id).map(|item| item.site) {
            self.bearings.push((site, Bearing::Badly));
        }
    }

    /// Leaves a site alone. Whatever is not about the key concerns all sites of its address.
    pub(super) fn hold(&mut self, site: SiteId, hold: Hold, problem: Problem) {
        if hold == Hold::ForGood {
            return self.hold_one(site, hold, problem);
        }
        for site in self.queue.paces.of_one_address(site) {
            self.hold_one(site, hold, problem.clone());
        }
    }

    fn hold_one(&mut self, site: SiteId, hold: Hold, problem: Problem) {
        let (policy, now) = (self.policy, self.now);
        let pauses = &mut self.head().pauses;
        let before = pauses.get(&site).cloned();
        let still_paused = before.as_ref().is_some_and(|pause| pause.holds(now));
        let (not_before, failures) = match (hold, &before) {
            (Hold::ForGood, _) => (None, 0),
            // Only a person lifts this one.
            (_, Some(SitePause { not_before: None, .. })) => return,
            (Hold::Until(until), before) => {
                (Some(before.as_ref().and_then(|pause| pause.not_before).unwrap_or(until).max(until)), 0)
            }
            (Hold::BackOff, Some(pause)) if still_paused => (pause.not_before, pause.failures),
            (Hold::BackOff, before) => {
                let failures = before.as_ref().map_or(0, |pause| pause.failures).saturating_add(1);
                let wait = policy.backoff(failures, roll()).min(policy.site_backoff_most);
                (Some(now.plus(wait)), failures)
            }
        };
        pauses.insert(site, SitePause { site, not_before, failures, problem });
    }

    fn answered(&mut self, site: SiteId) {
        let now = self.now;
        let pauses = self.pauses();
        // It can be reached; but a limit that it set holds, also for what was on its way before.
        let lifted = pauses.get(&site).and_then(|pause| Some((pause.failures, pause.not_before?)));
        if lifted.is_some_and(|(failures, until)| failures > 0 || until <= now) {
            self.head().pauses.remove(&site);
        }
    }

    /// Closes the turn: ends the batch when nothing of it is pending, and lays out what is to be saved.
    pub(super) fn close(mut self) -> Outcome {
        let batch_done = self.end_batch();
        let order = self.new_order();
        let numbered = (0_i64..).zip(order.iter().flatten()).map(|(at, id)| (*id, at));
        let placed: HashMap<ItemId, i64> = numbered.clone().collect();
        let positions =
            numbered.filter(|(id, at)| self.queue.position(*id).is_some_and(|from| from != *at)).collect();
        let order = order.or_else(|| self.appended_order());
        let mut last = self.queue.last_position();
        let mut place = |id| {
            placed.get(&id).copied().unwrap_or_else(|| {
                last = last.saturating_add(1);
                last
            })
        };
        let (mut added, mut changed) = (Vec::new(), Vec::new());
        for (id, item) in self.items {
            match self.queue.item(id) {
                Some(_) => changed.push(item),
                None => added.push((item, place(id))),
            }
        }
        Outcome {
            saving: Saving {
                added,
                changed,
                positions,
                shelved: self.removed.into_iter().collect(),
                receipts: self.receipts,
                head: self.head,
                forget: self.forget,
                limits: self.limits,
                begun: self.begun,
            },
            order,
            effects: self.effects,
            bodies: self.bodies,
            batch_done,
            bearings: self.bearings,
        }
    }

    /// An order that was asked for, without what this turn removed and with what it added.
    fn new_order(&self) -> Option<Vec<ItemId>> {
        let mut order = self.order.clone()?;
        order.retain(|id| !self.removed.contains(id));
        Some(order)
    }

    fn appended_order(&self) -> Option<Vec<ItemId>> {
        if self.added.is_empty() && self.removed.is_empty() {
            return None;
        }
        let kept = self.queue.order.iter().filter(|id| !self.removed.contains(id));
        Some(kept.chain(&self.added).copied().collect())
    }

    /// Whether an item of the batch waits or runs when this turn is over.
    fn is_pending(&self, batch: BatchId) -> bool {
        let counts = |item: Option<&Item>| item.and_then(Item::pending_in) == Some(batch);
        let touched = || self.items.keys().chain(&self.removed).copied();
        let before = touched().filter(|id| counts(self.queue.item(*id))).count();
        let after = touched().filter(|id| counts(self.item(*id))).count();
        self.queue.index().pending(batch) + after > before
    }

    fn end_batch(&mut self) -> Option<BatchDone> {
        let batch = self.head.as_ref().unwrap_or(&self.queue.head).batch?;
        if self.is_pending(batch) {
            return None;
        }
        let ids: Vec<ItemId> = match self.new_order() {
            Some(order) => order,
            None => self.appended_order().unwrap_or_else(|| self.queue.order.clone()),
        };
        let members: Vec<&Item> =
            ids.iter().filter_map(|id| self.item(*id)).filter(|item| item.batch == Some(batch)).collect();
        let count = |is: fn(&Phase) -> bool| members.iter().filter(|item| is(&item.phase)).count();
        let done = BatchDone {
            batch,
            done: count(|phase| matches!(phase, Phase::Done { .. })),
            duplicate: count(|phase| matches!(phase, Phase::Duplicate { .. })),
            failed: count(|phase| matches!(phase, Phase::Failed { .. })),
            unknown: count(|phase| matches!(phase, Phase::Unknown { .. })),
            receipts: members.iter().filter_map(|item| item.phase.receipt()).collect(),
        };
        self.head().batch = None;
        Some(done)
    }
}

/// A chance from 0 to 1. The standard library's hash keys are random, which is chance enough to spread retries.
#[allow(clippy::cast_precision_loss, reason = "53 bits are a float's own precision")]
pub(super) fn roll() -> f64 {
    let bits = RandomState::new().build_hasher().finish() >> 11;
    bits as f64 / (1_u64 << 53) as f64
}
