//! What the handle asks, carried out by the actor.

use std::collections::HashSet;
use std::sync::Arc;

use tokio::sync::oneshot;

use super::actor::{Actor, After, Ask};
use super::ended::by_hand;
use super::index::Content;
use super::turn::Turn;
use crate::problem::{DUPLICATE_IN_QUEUE, PACE_LIMIT};
use crate::store::{Db, Forget, IdKind, NewReceipt};
use crate::{
    Back, BatchId, Change, Defaults, Error, Input, Item, ItemId, Limits, Links, NewItem, Options,
    OptionsPatch, Period, Phase, ReceiptId, Result, Running, Site, SiteId, Wish,
};

impl Actor {
    pub(super) async fn answer(&mut self, ask: Ask) {
        match ask {
            Ask::Close { reply } => tell(reply, Ok(())),
            Ask::Snapshot { reply } => tell(reply, Ok(self.snapshot())),
            Ask::State { reply } => tell(reply, Ok(self.queue.state(self.now()))),
            Ask::Item { id, reply } => tell(reply, Ok(self.queue.shared(id).cloned())),
            Ask::Add { site, items, reply } => tell(reply, self.add(site, items).await),
            Ask::SetOptions { ids, patch, reply } => tell(reply, self.set_options(&ids, &patch).await),
            Ask::SetDefaults { defaults, reply } => tell(reply, self.set_defaults(defaults).await),
            Ask::SetSite { site, reply } => tell(reply, self.set_site(site).await),
            Ask::Remove { ids, reply } => tell(reply, self.remove(&ids).await),
            Ask::RestoreRemoved { reply } => tell(reply, self.restore_removed().await),
            Ask::MoveItems { ids, before, reply } => tell(reply, self.move_items(&ids, before).await),
            Ask::Upload { ids, reply } => tell(reply, self.upload(ids).await),
            Ask::UploadAnyway { id, reply } => tell(reply, self.set_going(&[id], &Input::UploadAnyway).await),
            Ask::Pause { stop_running, reply } => tell(reply, self.pause(stop_running).await),
            Ask::Resume { reply } => tell(reply, self.resume().await),
            Ask::Cancel { reply } => tell(reply, self.cancel().await),
            Ask::Retry { ids, reply } => tell(reply, self.set_going(&ids, &Input::Retry).await.map(drop)),
            Ask::SendAgain { id, reply } => {
                tell(reply, self.set_going(&[id], &Input::SendAgain).await.map(drop));
            }
            Ask::MarkArrived { id, link, reply } => tell(reply, self.mark_arrived(id, link).await),
            Ask::Finish { reply } => tell(reply, self.finish().await),
            Ask::SetParallel { parallel, reply } => {
                self.queue.paces.set_parallel(parallel);
                self.tell_state();
                tell(reply, Ok(()));
            }
            Ask::KeyChanged { site, reply } => tell(reply, self.key_changed(site).await),
            Ask::Forget { ids, keep_delete_links, reply } => {
                tell(reply, self.forget(ids, keep_delete_links).await);
            }
            Ask::MarkDeleted { receipt, reply } => tell(reply, self.mark_deleted(receipt).await),
            Ask::SaveSite { site, reply } => tell(reply, self.save_site(site).await),
            Ask::SetLimit { site, period, uploads, reply } => {
                tell(reply, self.set_limit(site, period, uploads).await);
            }
            Ask::ForgetLimits { site, reply } => tell(reply, self.forget_limits(site).await),
            Ask::RemoveSite { id, reply } => tell(reply, self.remove_site(id).await),
        }
    }

    async fn add(&mut self, site: SiteId, items: Vec<NewItem>) -> Result<Vec<ItemId>> {
        self.store.call(move |db| db.present_site(site)).await?;
        let count = i64::try_from(items.len()).unwrap_or(i64::MAX);
        let first = self.store.call(move |db| db.reserve_ids(IdKind::Item, count)).await?;
        let now = self.now();
        let ids: Vec<ItemId> = (first..).take(items.len()).map(ItemId).collect();
        let usual = Arc::new(Options::default());
        let mut turn = self.turn();
        for (new, id) in items.into_iter().zip(&ids) {
            let options = match new.title {
                Some(title) => Arc::new(Options { title: Some(title), ..Options::default() }),
                None => usual.clone(),
            };
            turn.add(Arc::new(Item {
                id: *id,
                site,
                batch: None,
                path: new.path.into(),
                owned: new.owned,
                name: new.name,
                origin: new.origin,
                facts: new.facts,
                options,
                asked: None,
                prepared: None,
                phase: new.refused.map_or(Phase::Preparing, |problem| Phase::Refused { problem }),
                added_at: now,
            }));
        }
        let outcome = turn.close();
        self.commit(outcome).await?;
        Ok(ids)
    }

    async fn set_options(&mut self, ids: &[ItemId], patch: &OptionsPatch) -> Result<()> {
        let mut turn = self.turn();
        for id in ids {
            let open = turn.item(*id).is_some_and(|item| {
                !matches!(item.phase, Phase::Sending { .. } | Phase::Done { .. } | Phase::Unknown { .. })
            });
            if !open {
                continue;
            }
            let defaults = self.queue.head.defaults.clone();
            let mut reshaped = false;
            turn.edit(*id, |item| {
                let options = Arc::make_mut(&mut item.options);
                let before = options.convert.clone();
                options.apply(patch);
                if matches!(item.phase, Phase::Waiting { .. }) {
                    // Its body is about to leave.
                    options.convert.clone_from(&before);
                }
                reshaped = options.convert != before;
                // One that waits for its turn is sent as it is shown.
                item.asked = item.asked.take().map(|_| Box::new(item.options.resolve(&defaults)));
            });
            if reshaped {
                turn.step(*id, &Input::Reshaped);
            }
        }
        let outcome = turn.close();
        self.commit(outcome).await
    }

    async fn set_defaults(&mut self, defaults: Defaults) -> Result<()> {
        let mut turn = self.turn();
        turn.head().defaults = defaults;
        let outcome = turn.close();
        self.commit(outcome).await
    }

    async fn set_site(&mut self, site: SiteId) -> Result<()> {
        self.store.call(move |db| db.present_site(site)).await?;
        let open = |item: &Item| {
            matches!(
                item.phase,
                Phase::Preparing | Phase::Ready | Phase::Duplicate { .. } | Phase::Refused { .. }
            ) && item.site != site
        };
        let moving: Vec<Arc<Item>> = self.queue.in_order().filter(|item| open(item)).cloned().collect();
        let known = self.known(moving.iter().map(|item| Content::on(site, item)).collect()).await?;
        let mut turn = self.turn();
        if turn.head().site.replace(site) != Some(site) {
            let defaults = &mut turn.head().defaults;
            (defaults.album, defaults.category) = (None, None);
        }
        for (item, known) in moving.iter().zip(known) {
            turn.edit(item.id, |item| {
                item.site = site;
                if (&item.options.album, &item.options.category) != (&Wish::Default, &Wish::Default) {
                    let options = Arc::make_mut(&mut item.options);
                    (options.album, options.category) = (Wish::Default, Wish::Default);
                }
            });
            look_again(&mut turn, item, known);
        }
        let outcome = turn.close();
        self.commit(outcome).await
    }

    async fn remove(&mut self, ids: &[ItemId]) -> Result<()> {
        self.halt(ids, Back::Ready).await?;
        let shelf = self.taken(ids);
        if shelf.is_empty() {
            return Ok(());
        }
        let mut turn = self.turn();
        for (item, _) in &shelf {
            turn.remove(item.id);
        }
        // One of two with the same content is gone: the other may be the only one now.
        for item in self.queue.in_order().filter(|item| is_twin(item)) {
            look_again(&mut turn, item, None);
        }
        let outcome = turn.close();
        let earlier = std::mem::replace(&mut self.queue.shelf, shelf);
        if let Err(error) = self.commit(outcome).await {
            self.queue.shelf = earlier;
            return Err(error);
        }
        let earlier: Vec<Arc<Item>> = earlier.into_iter().map(|(item, _)| item).collect();
        self.store.call(move |db| db.purge(&earlier)).await
    }

    fn taken(&self, ids: &[ItemId]) -> Vec<(Arc<Item>, i64)> {
        let place = |id: &ItemId| Some((self.queue.shared(*id)?.clone(), self.queue.position(*id)?));
        let mut taken: Vec<_> = ids.iter().filter_map(place).collect();
        taken.sort_by_key(|(item, position)| (*position, item.id));
        taken.dedup_by_key(|(item, _)| item.id);
        taken
    }

    async fn restore_removed(&mut self) -> Result<Vec<ItemId>> {
        let shelf = self.queue.shelf.clone();
        if shelf.is_empty() {
            return Ok(Vec::new());
        }
        let mut places: Vec<(i64, ItemId)> =
            self.queue.order.iter().map(|id| (self.queue.position(*id).unwrap_or(0), *id)).collect();
        places.extend(shelf.iter().map(|(item, position)| (*position, item.id)));
        places.sort_by_key(|(position, _)| *position);
        let known = self.known(shelf.iter().map(|(item, _)| Content::on(item.site, item)).collect()).await?;
        let mut turn = self.turn();
        for ((item, _), known) in shelf.iter().zip(known) {
            turn.add(item.clone());
            if item.batch != self.queue.head.batch {
                turn.step(item.id, &Input::Cancel);
            }
            look_again(&mut turn, item, known);
        }
        turn.reorder(places.into_iter().map(|(_, id)| id).collect());
        let outcome = turn.close();
        self.queue.shelf.clear();
        if let Err(error) = self.commit(outcome).await {
            self.queue.shelf = shelf;
            return Err(error);
        }
        Ok(shelf.into_iter().map(|(item, _)| item.id).collect())
    }

    /// What the history knows of each content.
    pub(super) async fn known(&self, contents: Vec<Option<Content>>) -> Result<Vec<Option<ReceiptId>>> {
        if contents.iter().all(Option::is_none) {
            return Ok(vec![None; contents.len()]);
        }
        let look = |db: &mut Db, content: &Content| db.known(content.site, &content.blake3);
        let find = move |db: &mut Db| {
            contents.iter().map(|content| content.as_ref().map_or(Ok(None), |it| look(db, it))).collect()
        };
        self.store.call(find).await
    }

    async fn move_items(&mut self, ids: &[ItemId], before: Option<ItemId>) -> Result<()> {
        let order = self.queue.moved(ids, before);
        let mut turn = self.turn();
        turn.reorder(order);
        let outcome = turn.close();
        self.commit(outcome).await
    }

    async fn upload(&mut self, ids: Option<Vec<ItemId>>) -> Result<BatchId> {
        let all = ids.is_none();
        let ids = ids.unwrap_or_else(|| self.queue.order.clone());
        let batch = self.set_going(&ids, &Input::Upload).await?;
        if all {
            // Their old links belong to what the user asked for.
            let known: Vec<ItemId> = self
                .queue
                .in_order()
                .filter(|item| matches!(item.phase, Phase::Duplicate { .. }))
                .map(|item| item.id)
                .collect();
            let mut turn = self.turn();
            for id in known {
                turn.join(id, batch);
            }
            let outcome = turn.close();
            self.commit(outcome).await?;
        }
        Ok(batch)
    }

    /// Lets an input happen that sets items going, and puts those into the batch under way or a new one.
    async fn set_going(&mut self, ids: &[ItemId], input: &Input) -> Result<BatchId> {
        let batch = match self.queue.head.batch {
            Some(batch) => batch,
            None => BatchId(self.store.call(|db| db.reserve_ids(IdKind::Batch, 1)).await?),
        };
        if let Input::UploadAnyway | Input::SendAgain = input {
            self.insisted.extend(ids);
        }
        let mut turn = self.turn();
        let (mut moved, mut going) = (false, false);
        for id in ids {
            if !turn.step(*id, input) {
                continue;
            }
            moved = true;
            if turn.item(*id).is_some_and(|item| item.phase.is_pending()) {
                going = true;
                turn.join(*id, batch);
            } else {
                // It is prepared again first.
                turn.edit(*id, |item| item.prepared = None);
            }
        }
        if !moved {
            return Err(match ids {
                [id] if self.queue.item(*id).is_none() => Error::UnknownItem(*id),
                _ => Error::WrongPhase,
            });
        }
        if going && turn.head().batch.replace(batch).is_none() {
            turn.head().running = Running::Running;
        }
        let outcome = turn.close();
        self.commit(outcome).await?;
        Ok(batch)
    }

    async fn pause(&mut self, stop_running: bool) -> Result<()> {
        if stop_running {
            self.stop(&self.jobs.sending(), Back::Waiting).await;
        }
        let mut turn = self.turn();
        turn.head().running = Running::Paused;
        let outcome = turn.close();
        self.commit(outcome).await?;
        self.save_ended(After::Stop).await
    }

    async fn resume(&mut self) -> Result<()> {
        let mut turn = self.turn();
        turn.head().running = Running::Running;
        let outcome = turn.close();
        self.commit(outcome).await?;
        // A rate limit holds; what was stopped or could not be reached is tried again.
        let limited = |failures: u32, timed: bool| timed && failures == 0;
        let open: Vec<SiteId> = self
            .queue
            .head
            .pauses
            .values()
            .filter(|pause| !limited(pause.failures, pause.not_before.is_some()))
            .map(|pause| pause.site)
            .collect();
        self.lift(|site| open.contains(&site)).await
    }

    async fn key_changed(&mut self, site: SiteId) -> Result<()> {
        self.jobs.key_changed(site);
        // Nothing is stopped; what has ended is saved first, so that its pause is lifted too.
        self.halt(&[], Back::Waiting).await?;
        self.lift(|paused| paused == site).await
    }

    async fn lift(&mut self, which: impl Fn(SiteId) -> bool) -> Result<()> {
        let mut turn = self.turn();
        turn.head().pauses.retain(|site, _| !which(*site));
        let outcome = turn.close();
        self.commit(outcome).await
    }

    async fn cancel(&mut self) -> Result<()> {
        self.stop(&self.jobs.sending(), Back::Ready).await;
        let mut turn = self.turn();
        for id in self.queue.order.clone() {
            turn.step(id, &Input::Cancel);
        }
        let outcome = turn.close();
        self.commit(outcome).await?;
        self.save_ended(After::Stop).await
    }

    async fn mark_arrived(&mut self, id: ItemId, link: Option<String>) -> Result<ReceiptId> {
        let item = self.queue.item(id).cloned().ok_or(Error::UnknownItem(id))?;
        let receipt = ReceiptId(self.store.call(|db| db.reserve_ids(IdKind::Receipt, 1)).await?);
        let batch = match item.batch {
            Some(batch) => batch,
            None => BatchId(self.store.call(|db| db.reserve_ids(IdKind::Batch, 1)).await?),
        };
        let mut turn = self.turn();
        if !turn.step(id, &Input::Found { receipt }) {
            return Err(Error::WrongPhase);
        }
        let links = Links { viewer: link, ..Links::default() };
        turn.receipts
            .push(NewReceipt { receipt: by_hand(receipt, &item, batch, links, turn.now), delete_link: None });
        let outcome = turn.close();
        self.commit(outcome).await?;
        Ok(receipt)
    }

    async fn finish(&mut self) -> Result<()> {
        let over = |item: &Item| match item.phase {
            Phase::Done { .. } => true,
            Phase::Duplicate { .. } => item.batch.is_some(),
            _ => false,
        };
        let gone: Vec<Arc<Item>> = self.queue.in_order().filter(|item| over(item)).cloned().collect();
        let left: Vec<ItemId> = self
            .queue
            .in_order()
            .filter(|item| !over(item) && item.batch.is_some())
            .map(|item| item.id)
            .collect();
        let mut turn = self.turn();
        for item in &gone {
            turn.remove(item.id);
        }
        for id in left {
            if turn.item(id).is_some_and(|item| !item.phase.is_pending()) {
                turn.edit(id, |item| item.batch = None);
            }
        }
        let outcome = turn.close();
        self.commit(outcome).await?;
        self.store.call(move |db| db.purge(&gone)).await
    }

    async fn forget(&mut self, ids: Option<Vec<ReceiptId>>, keep_delete_links: bool) -> Result<usize> {
        let named: Option<HashSet<ReceiptId>> = ids.as_ref().map(|ids| ids.iter().copied().collect());
        let forgotten = |receipt: ReceiptId| named.as_ref().is_none_or(|named| named.contains(&receipt));
        let mut turn = self.turn();
        let mut gone = Vec::new();
        for item in self.queue.in_order() {
            match item.phase {
                Phase::Done { receipt } if forgotten(receipt) => {
                    turn.remove(item.id);
                    gone.push(item.clone());
                }
                Phase::Duplicate { receipt } if forgotten(receipt) => {
                    turn.step(item.id, &Input::Forgotten { receipt });
                }
                _ => {}
            }
        }
        turn.forget = Some(Forget { ids, keep_delete_links });
        let outcome = turn.close();
        let count = self.commit_counted(outcome).await?.unwrap_or_default();
        self.store.call(move |db| db.purge(&gone)).await?;
        Ok(count)
    }

    async fn mark_deleted(&mut self, receipt: ReceiptId) -> Result<()> {
        let now = self.now();
        self.store.call(move |db| db.mark_deleted(receipt, now)).await?;
        self.say(Change::History);
        let mut turn = self.turn();
        for item in self.queue.in_order().filter(|item| item.phase == Phase::Duplicate { receipt }) {
            turn.step(item.id, &Input::Forgotten { receipt });
        }
        let outcome = turn.close();
        self.commit(outcome).await
    }

    async fn save_site(&mut self, site: Site) -> Result<SiteId> {
        let saved = self.store.call(move |db| Ok((db.save_site(&site)?, site))).await?;
        let site = Site { id: saved.0, ..saved.1 };
        self.queue.paces.set_site(&site);
        Ok(site.id)
    }

    async fn set_limit(&mut self, site: SiteId, period: Period, uploads: Option<u32>) -> Result<()> {
        let (sites, now) = (self.queue.paces.of_one_address(site), self.now());
        // Where no limit was known, only what was stored since the start is in memory.
        let stored = self.store.call(move |db| db.stored_at(&sites, now)).await?;
        self.queue.paces.stored_before(site, stored);
        let mut limits = self.queue.paces.limits(site);
        limits.set(period, uploads);
        self.save_limits(site, limits).await
    }

    async fn forget_limits(&mut self, site: SiteId) -> Result<()> {
        self.save_limits(site, Limits::default()).await
    }

    /// What follows from other limits is found out anew.
    async fn save_limits(&mut self, site: SiteId, limits: Limits) -> Result<()> {
        let same = self.queue.paces.of_one_address(site);
        let mut turn = self.turn();
        turn.set_limits(site, limits);
        turn.head().pauses.retain(|site, pause| !same.contains(site) || pause.problem.code != PACE_LIMIT);
        let outcome = turn.close();
        self.commit(outcome).await
    }

    async fn remove_site(&mut self, id: SiteId) -> Result<()> {
        if self.queue.in_order().any(|item| item.site == id) {
            return Err(Error::SiteInUse(id));
        }
        let now = self.now();
        self.store.call(move |db| db.remove_site(id, now)).await?;
        // What was taken out of the queue cannot come back to it. The next start purges it.
        self.queue.shelf.retain(|(item, _)| item.site != id);
        let mut turn = self.turn();
        if turn.head().site == Some(id) {
            turn.head().site = None;
        }
        turn.head().pauses.remove(&id);
        let outcome = turn.close();
        self.commit(outcome).await
    }
}

/// Looks again whether the content of an item that is not set going is known.
fn look_again(turn: &mut Turn<'_>, item: &Item, known: Option<ReceiptId>) {
    if let Some(prepared) = &item.prepared {
        let twin = turn.twin(item.id, &prepared.blake3, known);
        turn.step(item.id, &Input::Rerouted { twin });
    }
}

fn is_twin(item: &Item) -> bool {
    matches!(&item.phase, Phase::Refused { problem } if problem.code == DUPLICATE_IN_QUEUE)
}

/// Whoever asked may have gone away.
fn tell<T>(reply: oneshot::Sender<Result<T>>, answer: Result<T>) {
    drop(reply.send(answer));
}
