//! What the window knows: items, receipts, progress; and how a delta comes of what changed.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use engine::{BatchId, Delta, Item, Phase, Progress, Receipt, ReceiptId, Site, SiteId, Snapshot};

use super::Pending;
use super::batch::{self, Rate};
use crate::view::*;

/// Everything that views are made of.
#[derive(Default)]
pub(super) struct State {
    /// Of the window's line of deltas.
    rev: u64,
    /// Of the engine's.
    engine_rev: Option<u64>,
    order: Vec<i64>,
    items: BTreeMap<i64, Arc<Item>>,
    queue: engine::QueueState,
    receipts: HashMap<ReceiptId, Receipt>,
    sites: HashMap<SiteId, Site>,
    neutral_names: bool,
    moved: HashMap<i64, (u64, u64)>,
    rate: Rate,
    started: HashMap<BatchId, TimeMs>,
    ended: Option<BatchId>,
    put_away: Option<BatchId>,
    told: Option<QueueState>,
}

impl State {
    pub(super) fn is_empty(&self) -> bool {
        self.engine_rev.is_none()
    }

    pub(super) fn is_busy(&self) -> bool {
        self.queue.batch.is_some()
    }

    pub(super) fn pauses(&self) -> &[engine::SitePause] {
        &self.queue.site_pauses
    }

    /// Takes the whole queue; everything is pending then.
    pub(super) fn replace(&mut self, snapshot: Snapshot) -> Pending {
        let before: Vec<i64> = self.items.keys().copied().collect();
        self.engine_rev = Some(snapshot.rev);
        self.order = snapshot.items.iter().map(|item| item.id.0).collect();
        self.items = snapshot.items.into_iter().map(|item| (item.id.0, item)).collect();
        self.set_queue(snapshot.queue);
        self.moved.retain(|id, _| self.items.contains_key(id));
        Pending {
            changed: self.items.keys().copied().collect(),
            removed: before.into_iter().filter(|id| !self.items.contains_key(id)).collect(),
            order: true,
            ..Pending::default()
        }
    }

    /// Takes a change; `false` when it does not follow on what is known.
    pub(super) fn apply(&mut self, delta: &Arc<Delta>, pending: &mut Pending) -> bool {
        match self.engine_rev {
            Some(rev) if delta.rev <= rev => return true,
            Some(rev) if delta.rev == rev + 1 => self.engine_rev = Some(delta.rev),
            _ => return false,
        }
        for item in &delta.upserted {
            let id = item.id.0;
            if !matches!(item.phase, Phase::Sending { .. }) {
                self.moved.remove(&id);
            }
            self.items.insert(id, item.clone());
            pending.changed.insert(id);
            pending.removed.remove(&id);
        }
        for id in &delta.removed {
            self.items.remove(&id.0);
            self.moved.remove(&id.0);
            pending.changed.remove(&id.0);
            pending.removed.insert(id.0);
        }
        if !delta.removed.is_empty() {
            self.order.retain(|id| self.items.contains_key(id));
        }
        if let Some(order) = &delta.order {
            self.order = order.iter().map(|id| id.0).collect();
            pending.order = true;
        }
        if let Some(queue) = &delta.queue {
            self.set_queue(queue.clone());
        }
        true
    }

    fn set_queue(&mut self, queue: engine::QueueState) {
        if let Some(batch) = queue.batch {
            self.started.entry(batch).or_insert_with(batch::now);
        }
        self.queue = queue;
    }

    pub(super) fn progress(&mut self, progress: &Progress, pending: &mut Pending) {
        let id = progress.item.0;
        let (before, _) = self.moved.insert(id, (progress.sent, progress.total)).unwrap_or_default();
        self.rate.count(progress.sent.saturating_sub(before));
        pending.moved.insert(id);
    }

    pub(super) fn batch_done(&mut self, batch: BatchId) {
        self.ended = Some(batch);
        self.rate = Rate::default();
    }

    pub(super) fn put_away(&mut self) {
        self.put_away = batch::last(self.items());
        self.ended = None;
    }

    /// Takes names and limits of the sites; files that a limit now lets through, or not any more, are pending.
    pub(super) fn sites(&mut self, sites: &[app::SiteFacts]) -> Pending {
        let mut changed = false;
        for facts in sites {
            changed |= self.sites.insert(facts.site.id, facts.site.clone()).as_ref() != Some(&facts.site);
        }
        if !changed {
            return Pending::default();
        }
        let ready = self.items.values().filter(|item| item.phase == Phase::Ready);
        Pending { changed: ready.map(|item| item.id.0).collect(), ..Pending::default() }
    }

    /// Takes how files are named; those that have not left are pending when that changed.
    pub(super) fn settings(&mut self, settings: &app::Settings) -> Pending {
        if self.neutral_names == settings.neutral_names {
            return Pending::default();
        }
        self.neutral_names = settings.neutral_names;
        let waiting = self.items.values().filter(|item| item.phase.receipt().is_none());
        Pending { changed: waiting.map(|item| item.id.0).collect(), ..Pending::default() }
    }

    pub(super) fn site_name(&mut self, site: Site) {
        self.sites.insert(site.id, site);
    }

    /// Receipts that items show and that are not known, or all of them.
    pub(super) fn receipts_wanted(&self, again: bool) -> Vec<ReceiptId> {
        let shown = self.items.values().filter_map(|item| item.phase.receipt());
        shown.filter(|id| again || !self.receipts.contains_key(id)).collect()
    }

    pub(super) fn keep_receipts(&mut self, receipts: Vec<Receipt>) {
        self.receipts.extend(receipts.into_iter().map(|receipt| (receipt.id, receipt)));
    }

    /// What to tell; nothing when nothing is new.
    pub(super) fn delta(&mut self, pending: Pending) -> Option<QueueDelta> {
        let mut changed = pending.changed;
        if pending.receipts {
            changed.extend(self.items.values().filter(|item| item.phase.receipt().is_some()).map(|i| i.id.0));
        }
        let upsert: Vec<ItemView> =
            changed.iter().filter_map(|id| self.items.get(id)).map(|item| self.item(item)).collect();
        let progress: Vec<ProgressView> = pending
            .moved
            .iter()
            .filter(|id| !changed.contains(id))
            .filter_map(|id| self.moved.get(id).map(|(sent, total)| (*id, *sent, *total)))
            .map(|(id, sent, total)| ProgressView { id, sent, total })
            .collect();
        let state = self.queue_state();
        let state = (self.told.as_ref() != Some(&state)).then_some(state);
        let removed: Vec<Id> = pending.removed.into_iter().collect();
        let order = pending.order.then(|| self.order.clone());
        if upsert.is_empty()
            && removed.is_empty()
            && order.is_none()
            && progress.is_empty()
            && state.is_none()
        {
            return None;
        }
        if state.is_some() {
            self.told.clone_from(&state);
        }
        let from = self.rev;
        self.rev += 1;
        Some(QueueDelta { from, rev: self.rev, upsert, removed, order, progress, state })
    }

    /// The queue whole.
    pub(super) fn view(&self) -> QueueView {
        let items = self.order.iter().filter_map(|id| self.items.get(id));
        QueueView {
            rev: self.rev,
            items: items.map(|item| self.item(item)).collect(),
            state: self.queue_state(),
        }
    }

    fn items(&self) -> impl Iterator<Item = &Item> + Clone {
        self.items.values().map(|item| &**item)
    }

    fn queue_state(&self) -> QueueState {
        let last = batch::last(self.items());
        let batch = self.queue.batch.or(last.filter(|batch| Some(*batch) != self.put_away));
        let view = batch.map(|id| {
            let started = self.started.get(&id).copied().unwrap_or_default();
            batch::view(id, started, self.rate.per_second(), self.items(), &self.moved, &self.receipts)
        });
        let ended = batch.is_some_and(|id| self.ended == Some(id));
        let activity = match (self.queue.batch, self.queue.running) {
            (Some(_), engine::Running::Running) => Activity::Uploading,
            (Some(_), engine::Running::Paused) => Activity::Paused,
            // After a start of the app the results that were not put away are shown again.
            (None, _) if view.as_ref().is_some_and(|view| ended || view.uploaded + view.approval > 0) => {
                Activity::Done
            }
            (None, _) => Activity::Idle,
        };
        let pause = self.queue.site_pauses.iter().find(|pause| Some(pause.site) == self.queue.site);
        let trouble =
            self.queue.trouble.as_ref().map(|problem| SiteHold { until: None, problem: problem.into() });
        QueueState {
            activity,
            defaults: (&self.queue.defaults).into(),
            site: self.queue.site.map(|site| site.0),
            site_hold: trouble.or_else(|| {
                pause.map(|pause| SiteHold {
                    until: pause.not_before.map(|time| time.0),
                    problem: (&pause.problem).into(),
                })
            }),
            batch: view.filter(|_| activity != Activity::Idle),
            can_undo: self.queue.restorable > 0,
        }
    }

    fn item(&self, item: &Item) -> ItemView {
        let facts = &item.facts;
        let clip = is_clip(&facts.mime);
        let state = self.item_state(item);
        let kind = match &item.phase {
            Phase::Refused { problem } => problem.args.get("kind").cloned(),
            _ => None,
        };
        ItemView {
            id: item.id.0,
            name: item.name.clone(),
            format: kind.unwrap_or_else(|| app::format_label(&facts.mime)),
            clip,
            animated: facts.animated,
            size: facts.size,
            width: facts.width,
            height: facts.height,
            duration_ms: facts.duration_ms,
            preview: may_have_preview(facts),
            options: (&*item.options).into(),
            default_title: app::default_title(item, self.neutral_names),
            manifest: item.prepared.as_ref().map(|made| ManifestView::of(made, self.neutral_names)),
            state,
        }
    }

    fn item_state(&self, item: &Item) -> ItemState {
        match &item.phase {
            Phase::Preparing => ItemState::Preparing,
            Phase::Ready => match self.known_refusal(item) {
                Some(problem) => ItemState::Refused { problem },
                None => ItemState::Ready,
            },
            Phase::Refused { problem } => ItemState::Refused { problem: problem.into() },
            Phase::Duplicate { receipt } => {
                self.with_receipt(*receipt, |receipt| ItemState::Duplicate { receipt })
            }
            Phase::Waiting { not_before, problem, .. } => ItemState::Waiting {
                until: not_before.map(|time| time.0),
                problem: problem.as_ref().map(Into::into),
            },
            Phase::Sending { .. } => match self.moved.get(&item.id.0) {
                Some((sent, total)) if *total > 0 && sent >= total => ItemState::Answering,
                Some((sent, total)) => ItemState::Sending { sent: *sent, total: *total },
                None => {
                    let total = item.prepared.as_ref().map_or(item.facts.size, |prepared| prepared.size);
                    ItemState::Sending { sent: 0, total }
                }
            },
            Phase::Failed { problem, .. } => ItemState::Failed { problem: problem.into() },
            Phase::Unknown { problem, .. } => ItemState::Unknown { problem: problem.into() },
            Phase::Done { receipt } => self.with_receipt(*receipt, |receipt| ItemState::Uploaded { receipt }),
        }
    }

    /// What the site is known to turn away is shown before it is sent.
    fn known_refusal(&self, item: &Item) -> Option<ProblemView> {
        let (facts, prepared) = (&item.facts, item.prepared.as_ref());
        let size = prepared.map_or(facts.size, |prepared| prepared.size);
        let mime = prepared.map_or(&facts.mime, |prepared| &prepared.mime);
        app::known_refusal(self.sites.get(&item.site)?, size, mime).map(Into::into)
    }

    fn with_receipt(&self, id: ReceiptId, state: impl FnOnce(ReceiptView) -> ItemState) -> ItemState {
        match self.receipts.get(&id) {
            Some(receipt) => {
                let site = self.sites.get(&receipt.site).map_or("", |site| site.name.as_str());
                state(ReceiptView::of(receipt, site))
            }
            None => ItemState::Failed { problem: app::Code::UnknownReceipt.into() },
        }
    }
}

/// Whether it is worth asking for a preview. Of a clip there may be none; whoever asks is told then.
fn may_have_preview(facts: &engine::Facts) -> bool {
    let picture = facts.mime.starts_with("image/") && facts.mime != "image/svg+xml";
    (picture || is_clip(&facts.mime)) && facts.size > 0
}
