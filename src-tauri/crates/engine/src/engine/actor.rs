//! The one task that owns the queue: it takes one message after another, so nothing in it needs a lock.

use std::collections::{HashMap, HashSet, VecDeque};
use std::ops::{ControlFlow, Range};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::{broadcast, mpsc, oneshot};

use super::jobs::{Ended, Jobs};
use super::pace::Bearing;
use super::queue::Queue;
use super::turn::{Outcome, Turn};
use crate::store::{Db, Save, Store, delete_body};
use crate::{
    Back, BatchDone, BatchId, Change, Defaults, Delta, Effect, Error, Hold, Input, Item, ItemId, NewItem,
    OptionsPatch, Period, Phase, Policy, Ports, Prepared, Problem, QueueState, ReceiptId, Result, Running,
    Site, SiteId, Snapshot, Timestamp, Twin,
};

/// While nothing can be saved, it is tried again this often.
const SAVE_AGAIN: Duration = Duration::from_secs(2);

/// So many files and bytes are prepared by one piece of work at most, but for a single file that is larger.
const PREPARED_AT_ONCE: usize = 64;
const BYTES_AT_ONCE: u64 = 4 * 1024 * 1024;

/// A clock that is behind by more than this was set; less is what time servers correct every day.
const CLOCK_SET: Duration = Duration::from_secs(30);

/// Whether what ended makes room for others at once, saved with the same stroke.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum After {
    Begin,
    Stop,
}

type Reply<T> = oneshot::Sender<Result<T>>;

/// What the handle asks.
pub(super) enum Ask {
    Close { reply: Reply<()> },
    Snapshot { reply: Reply<Snapshot> },
    State { reply: Reply<QueueState> },
    Item { id: ItemId, reply: Reply<Option<Arc<Item>>> },
    Add { site: SiteId, items: Vec<NewItem>, reply: Reply<Vec<ItemId>> },
    SetOptions { ids: Vec<ItemId>, patch: OptionsPatch, reply: Reply<()> },
    SetDefaults { defaults: Defaults, reply: Reply<()> },
    SetSite { site: SiteId, reply: Reply<()> },
    Remove { ids: Vec<ItemId>, reply: Reply<()> },
    RestoreRemoved { reply: Reply<Vec<ItemId>> },
    MoveItems { ids: Vec<ItemId>, before: Option<ItemId>, reply: Reply<()> },
    Upload { ids: Option<Vec<ItemId>>, reply: Reply<BatchId> },
    UploadAnyway { id: ItemId, reply: Reply<BatchId> },
    Pause { stop_running: bool, reply: Reply<()> },
    Resume { reply: Reply<()> },
    Cancel { reply: Reply<()> },
    Retry { ids: Vec<ItemId>, reply: Reply<()> },
    SendAgain { id: ItemId, reply: Reply<()> },
    MarkArrived { id: ItemId, link: Option<String>, reply: Reply<ReceiptId> },
    Finish { reply: Reply<()> },
    SetParallel { parallel: usize, reply: Reply<()> },
    KeyChanged { site: SiteId, reply: Reply<()> },
    Forget { ids: Option<Vec<ReceiptId>>, keep_delete_links: bool, reply: Reply<usize> },
    MarkDeleted { receipt: ReceiptId, reply: Reply<()> },
    SaveSite { site: Site, reply: Reply<SiteId> },
    SetLimit { site: SiteId, period: Period, uploads: Option<u32>, reply: Reply<()> },
    ForgetLimits { site: SiteId, reply: Reply<()> },
    RemoveSite { id: SiteId, reply: Reply<()> },
}

/// Takes the queue up where it was and starts the task.
pub(super) async fn start(
    store: Store,
    policy: Policy,
    ports: Ports,
    inbox: mpsc::UnboundedReceiver<Box<Ask>>,
    changes: broadcast::Sender<Change>,
) -> Result<()> {
    let saved = store.call(Db::load).await?;
    let shelved = saved.shelved.clone();
    let now = ports.clock.now();
    let paces = store.call(move |db| db.paces(now)).await?;
    let queue = Queue::of(saved, paces, policy.parallel);
    let jobs = Jobs::new(ports.clone(), changes.clone());
    let mut actor = Actor {
        store,
        policy,
        ports,
        changes,
        queue,
        jobs,
        to_prepare: VecDeque::new(),
        unsaved: VecDeque::new(),
        receipt_ids: 0..0,
        met: HashMap::new(),
        insisted: HashSet::new(),
        clock_seen: (now, Instant::now()),
    };
    actor.store.call(move |db| db.purge(&shelved)).await?;
    actor.restart().await?;
    tokio::spawn(actor.run(inbox));
    Ok(())
}

pub(super) struct Actor {
    pub(super) store: Store,
    pub(super) policy: Policy,
    pub(super) ports: Ports,
    pub(super) changes: broadcast::Sender<Change>,
    pub(super) queue: Queue,
    pub(super) jobs: Jobs,
    to_prepare: VecDeque<ItemId>,
    /// What ended but could not be saved: kept, and tried again.
    unsaved: VecDeque<Ended>,
    /// Reserved ones that no receipt has yet.
    pub(super) receipt_ids: Range<i64>,
    /// What was to begin and is known by now.
    pub(super) met: HashMap<ItemId, Twin>,
    /// Items that somebody wants sent although they are known.
    pub(super) insisted: HashSet<ItemId>,
    /// The clock when it was looked at last, and when that was.
    clock_seen: (Timestamp, Instant),
}

impl Actor {
    /// After a start nothing is sent until the user says so.
    async fn restart(&mut self) -> Result<()> {
        let mut turn = self.turn();
        for id in self.queue.order.clone() {
            turn.step(id, &Input::Restarted);
        }
        let waiting: Vec<ItemId> = self.queue.waiting().map(|item| item.id).collect();
        if let Some(first) = waiting.first().and_then(|id| self.queue.item(*id)) {
            turn.head().running = Running::Paused;
            // What another process left waiting joins the batch under way.
            let batch = self.queue.head.batch.or(first.batch);
            turn.head().batch = batch;
            for id in
                waiting.iter().filter(|id| self.queue.item(**id).is_some_and(|item| item.batch != batch))
            {
                turn.edit(*id, |item| item.batch = batch);
            }
        }
        let outcome = turn.close();
        self.commit(outcome).await
    }

    async fn run(mut self, mut inbox: mpsc::UnboundedReceiver<Box<Ask>>) {
        let asked_for = loop {
            self.heed_the_clock().await;
            self.begin_work().await;
            let now = self.ports.clock.now();
            let next_wait = self.queue.index().next_moment(now);
            let look = crate::schedule::next_look(next_wait, &self.queue.head.pauses, now);
            let waking = look.map(|moment| self.ports.clock.sleep_until(moment));
            let flow = tokio::select! {
                ask = inbox.recv() => match ask {
                    Some(ask) => self.receive(*ask).await,
                    None => ControlFlow::Break(None),
                },
                () = self.jobs.next() => ControlFlow::Continue(()),
                () = wait(waking) => {
                    self.tell_state();
                    ControlFlow::Continue(())
                }
                () = tokio::time::sleep(SAVE_AGAIN), if self.queue.trouble.is_some() => ControlFlow::Continue(()),
            };
            self.unsaved.extend(self.jobs.take_ended());
            // What cannot be saved now is tried again in the next round.
            let after = if flow.is_break() { After::Stop } else { After::Begin };
            drop(self.save_ended(after).await);
            if let ControlFlow::Break(asked_for) = flow {
                break asked_for;
            }
        };
        // The next start expects the worst of what could not be saved.
        let mut ended = self.stop_all().await;
        if ended.is_ok() {
            ended = self.store.call(Db::leave).await;
        }
        if let Some(reply) = asked_for {
            // Whoever hears it may open the store anew, so nothing is written after it.
            drop(reply.send(ended));
        }
    }

    /// A clock that is set back must not make the queue wait until it is as late again.
    async fn heed_the_clock(&mut self) {
        let now = self.ports.clock.now();
        let (before, at) = std::mem::replace(&mut self.clock_seen, (now, Instant::now()));
        let back = before.plus(at.elapsed()).since(now);
        if back < CLOCK_SET {
            return;
        }
        tracing::info!(?back, "the clock was set back");
        let mut turn = self.turn();
        turn.clock_set_back(back);
        let outcome = turn.close();
        if let Err(error) = self.commit(outcome).await {
            self.in_trouble(&error);
        }
    }

    /// Starts what may start.
    async fn begin_work(&mut self) {
        while self.jobs.preparing() < self.policy.preparing && !self.to_prepare.is_empty() {
            self.prepare_next();
        }
        loop {
            let mut turn = self.turn();
            if !self.begin(&mut turn) {
                break;
            }
            let outcome = turn.close();
            match self.commit_counted(outcome).await {
                Ok(None) => {}
                // What was met has made room for others.
                Ok(Some(_)) if !self.met.is_empty() => self.met.clear(),
                Ok(Some(_)) => break,
                Err(error) => {
                    self.in_trouble(&error);
                    break;
                }
            }
        }
        self.met.clear();
    }

    /// Sets the next items to prepare going: one, or as many small ones as are worth the way.
    fn prepare_next(&mut self) {
        let (mut items, mut bytes) = (Vec::new(), 0);
        while items.len() < PREPARED_AT_ONCE
            && bytes < BYTES_AT_ONCE
            && let Some(id) = self.to_prepare.pop_front()
        {
            if let Some(item) = self.queue.item(id)
                && item.phase == Phase::Preparing
            {
                bytes += item.facts.size;
                items.push(item);
            }
        }
        if !items.is_empty() {
            self.jobs.prepare(&items);
        }
    }

    /// Lets those begin whose turn it is, as part of a turn. Whether there are any.
    pub(super) fn begin(&self, turn: &mut Turn<'_>) -> bool {
        if self.queue.head.running == Running::Paused || self.queue.trouble.is_some() {
            return false;
        }
        let running = self.jobs.sending_by_site();
        let (waiting, sites) = (self.queue.waiting(), self.queue.index().sites_waiting());
        let (pauses, ended, paces) = (turn.pauses(), turn.stored_by_site(), &self.queue.paces);
        let next = crate::schedule::turn(waiting, sites, pauses, &running, &ended, paces, turn.now);
        for id in &next.begin {
            match self.met.get(id) {
                Some(twin) => drop(turn.step(*id, &Input::Met { twin: *twin })),
                None => turn.begin(*id, !self.insisted.contains(id)),
            }
        }
        for (site, (until, problem)) in &next.full {
            turn.hold(*site, Hold::Until(*until), problem.clone());
        }
        !next.begin.is_empty() || !next.full.is_empty()
    }

    /// Saves what ended, in the order in which it did; what cannot be saved stays for the next try.
    pub(super) async fn save_ended(&mut self, after: After) -> Result<()> {
        let mut at_once = self.unsaved.len();
        while !self.unsaved.is_empty() {
            let ended: Vec<Ended> = self.unsaved.drain(..at_once).collect();
            let Err(error) = self.take_over(&ended, after).await else {
                at_once = at_once.min(self.unsaved.len());
                continue;
            };
            for ended in ended.into_iter().rev() {
                self.unsaved.push_front(ended);
            }
            if at_once == 1 {
                self.in_trouble(&error);
                return Err(error);
            }
            // One by one: whatever cannot be saved must not hold up what ended before it.
            at_once = 1;
        }
        if self.queue.trouble.take().is_some() {
            self.tell_state();
        }
        Ok(())
    }

    fn in_trouble(&mut self, error: &Error) {
        tracing::warn!(%error, "the queue cannot be saved");
        let problem = Some(Problem::new(error.code()));
        if self.queue.trouble != problem {
            self.queue.trouble = problem;
            self.tell_state();
        }
    }

    /// Breaks with whom to tell of the end.
    async fn receive(&mut self, ask: Ask) -> ControlFlow<Option<Reply<()>>> {
        match ask {
            Ask::Close { reply } => ControlFlow::Break(Some(reply)),
            ask => {
                self.answer(ask).await;
                ControlFlow::Continue(())
            }
        }
    }

    async fn stop_all(&mut self) -> Result<()> {
        let running = self.jobs.sending();
        self.halt(&running, Back::Waiting).await
    }

    /// Stops transfers, waits until their connections are closed, and saves where that leaves them.
    ///
    /// An error says that they are stopped but could not be saved yet.
    pub(super) async fn halt(&mut self, ids: &[ItemId], back: Back) -> Result<()> {
        self.stop(ids, back).await;
        self.save_ended(After::Stop).await
    }

    /// The same without saving: it ends at once, also while nothing can be saved.
    pub(super) async fn stop(&mut self, ids: &[ItemId], back: Back) {
        self.jobs.halt(ids, back).await;
        self.unsaved.extend(self.jobs.take_ended());
    }

    pub(super) fn turn(&self) -> Turn<'_> {
        Turn::new(&self.queue, self.policy, self.ports.clock.now())
    }

    /// Saves a turn, and only then takes it over, tells it and starts the work that follows.
    pub(super) async fn commit(&mut self, outcome: Outcome) -> Result<()> {
        self.commit_counted(outcome).await.map(drop)
    }

    /// The same, and how many receipts it forgot. `None`: nothing was saved, because something that was to begin is
    /// known by now; what that is stands in `met`.
    pub(super) async fn commit_counted(&mut self, outcome: Outcome) -> Result<Option<usize>> {
        let Outcome { saving, order, effects, bodies, batch_done, bearings } = outcome;
        if saving.is_empty() && order.is_none() {
            self.bear(bearings);
            throw_away(&bodies);
            self.work(effects);
            return Ok(Some(0));
        }
        let save = move |db: &mut Db| {
            let saved = db.save(&saving)?;
            Ok((saving, saved))
        };
        let (saved, forgotten) = match self.store.call(save).await? {
            (saving, Save::Done { forgotten }) => (saving, forgotten),
            (_, Save::Met(met)) => {
                self.met.extend(met);
                return Ok(None);
            }
        };

        let phase_before = |id| self.queue.item(id).map(|item| &item.phase);
        let phases_moved = saved.items().any(|item| phase_before(item.id) != Some(&item.phase));
        let state_moved = phases_moved || !saved.shelved.is_empty() || saved.head.is_some();
        self.queue.take_over(&saved, order.as_ref());
        for id in saved.receipts.iter().filter_map(|new| new.receipt.item.as_ref()).chain(&saved.shelved) {
            self.insisted.remove(id);
        }
        self.bear(bearings);
        throw_away(&bodies);
        self.work(effects);
        let history = !saved.receipts.is_empty() || saved.forget.is_some();
        let upserted = saved.items().cloned().collect();
        self.tell(upserted, saved.shelved, order, state_moved);
        if history {
            self.say(Change::History);
        }
        if let Some(done) = batch_done {
            self.say_done(done);
        }
        Ok(Some(forgotten))
    }

    /// Only after the save: a turn that could not be saved is taken again, and would count twice.
    fn bear(&mut self, bearings: Vec<(SiteId, Bearing)>) {
        for (site, how) in bearings {
            self.queue.paces.took(site, how);
        }
    }

    fn tell(
        &mut self,
        upserted: Vec<Arc<Item>>,
        removed: Vec<ItemId>,
        order: Option<Vec<ItemId>>,
        state: bool,
    ) {
        self.queue.rev += 1;
        let queue = state.then(|| self.queue.state(self.ports.clock.now()));
        self.say(Change::Queue(Arc::new(Delta { rev: self.queue.rev, upserted, removed, order, queue })));
    }

    pub(super) fn tell_state(&mut self) {
        self.tell(Vec::new(), Vec::new(), None, true);
    }

    fn say_done(&self, done: BatchDone) {
        self.say(Change::BatchDone(Arc::new(done)));
    }

    pub(super) fn say(&self, change: Change) {
        // No subscriber is no fault.
        drop(self.changes.send(change));
    }

    /// Does what the saved steps ask for.
    fn work(&mut self, effects: Vec<(ItemId, Effect)>) {
        for (id, effect) in effects {
            let Some(item) = self.queue.item(id) else { continue };
            match effect {
                Effect::Prepare => self.to_prepare.push_back(id),
                Effect::Transfer { attempt } => self.jobs.send(item, attempt),
                // Part of the turn itself.
                Effect::DropBody
                | Effect::HoldSite { .. }
                | Effect::KeepLimit { .. }
                | Effect::SiteAnswered => {}
            }
        }
    }

    pub(super) fn snapshot(&self) -> Snapshot {
        Snapshot {
            rev: self.queue.rev,
            items: self.queue.order.iter().filter_map(|id| self.queue.shared(*id)).cloned().collect(),
            queue: self.queue.state(self.ports.clock.now()),
        }
    }

    pub(super) fn now(&self) -> Timestamp {
        self.ports.clock.now()
    }
}

/// Each with the user's file that it was made from.
fn throw_away(bodies: &[(Arc<Path>, Prepared)]) {
    for (path, body) in bodies {
        delete_body(path, body);
    }
}

async fn wait(waking: Option<crate::BoxFuture<()>>) {
    match waking {
        Some(waking) => waking.await,
        None => std::future::pending().await,
    }
}
