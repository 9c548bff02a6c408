//! Random lives of a whole queue: what is asked of it, what the site does, ends in good order and crashes, in any order.
#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use engine::problem::{INTERRUPTED, STOPPED};
use engine::{Item, ItemId, Period, Phase, Problem, RateLimit, Retry, Running, Scope, Snapshot, Timestamp};
use proptest::prelude::*;
use support::{Call, World};

/// Something happens. A number picks an item or a transfer.
#[derive(Clone, Debug)]
enum Event {
    Add { content: u8 },
    Upload,
    UploadAnyway(usize),
    Pause,
    PauseNow,
    Resume,
    Cancel,
    Retry(usize),
    SendAgain(usize),
    MarkArrived(usize),
    Remove(usize),
    RestoreRemoved,
    Move(usize, usize),
    Finish,
    BodyLeaves(usize),
    Arrives(usize),
    Fails(usize, Retry, Scope, bool),
    Breaks(usize),
    TimePasses(u64),
    Parallel(usize),
    Restart,
    Crash,
}

fn any_event() -> impl Strategy<Value = Event> {
    let which = 0..8_usize;
    let limit = RateLimit { uploads: Some(3), period: Period::Minute };
    let retry = prop_oneof![
        Just(Retry::Never),
        Just(Retry::Later),
        Just(Retry::NotBefore(Timestamp(support::START.0 + 5_000))),
        Just(Retry::Limit(limit)),
        Just(Retry::Unknown),
        Just(Retry::Duplicate),
    ];
    let scope = prop_oneof![3 => Just(Scope::Item), 1 => Just(Scope::Site)];
    let fails = (which.clone(), retry, scope, any::<bool>());
    prop_oneof![
        4 => (0..12_u8).prop_map(|content| Event::Add { content }),
        4 => Just(Event::Upload),
        1 => which.clone().prop_map(Event::UploadAnyway),
        1 => Just(Event::Pause),
        1 => Just(Event::PauseNow),
        3 => Just(Event::Resume),
        1 => Just(Event::Cancel),
        2 => which.clone().prop_map(Event::Retry),
        1 => which.clone().prop_map(Event::SendAgain),
        1 => which.clone().prop_map(Event::MarkArrived),
        1 => which.clone().prop_map(Event::Remove),
        1 => Just(Event::RestoreRemoved),
        1 => (which.clone(), which.clone()).prop_map(|(from, to)| Event::Move(from, to)),
        1 => Just(Event::Finish),
        3 => which.clone().prop_map(Event::BodyLeaves),
        3 => which.clone().prop_map(Event::Arrives),
        3 => fails.prop_map(|(which, retry, scope, answered)| Event::Fails(which, retry, scope, answered)),
        1 => which.prop_map(Event::Breaks),
        3 => (1..200_u64).prop_map(Event::TimePasses),
        1 => (1..4_usize).prop_map(Event::Parallel),
        2 => Just(Event::Restart),
        2 => Just(Event::Crash),
    ]
}

/// A queue, and what somebody who watches it from outside knows.
struct Life {
    world: World,
    /// Those that crashed. Their files are still there.
    before: Vec<World>,
    /// Transfers under way, and whether their bodies have left.
    sending: Vec<(Call, bool)>,
    /// The last attempt of each item since it was set going.
    attempts: BTreeMap<ItemId, u32>,
    /// Items of which a body may have arrived, and nobody has said yet that it be sent again.
    unclear: BTreeSet<ItemId>,
    files: usize,
}

impl Life {
    async fn begins() -> Life {
        Life {
            world: World::new().await,
            before: Vec::new(),
            sending: Vec::new(),
            attempts: BTreeMap::new(),
            unclear: BTreeSet::new(),
            files: 0,
        }
    }

    async fn item(&self, which: usize) -> Option<ItemId> {
        let items = self.world.snapshot().await.items;
        (!items.is_empty()).then(|| items[which % items.len()].id)
    }

    fn transfer(&mut self, which: usize) -> Option<(Call, bool)> {
        (!self.sending.is_empty()).then(|| self.sending.swap_remove(which % self.sending.len()))
    }

    /// Whatever does not fit is refused, and changes nothing.
    async fn happens(&mut self, event: &Event) {
        let engine = self.world.engine.clone();
        match *event {
            Event::Add { content } => {
                self.files += 1;
                let file = self.world.file(&format!("{}.png", self.files), &format!("content {content}"));
                engine.add(self.world.site, vec![file]).await.expect("added");
            }
            Event::Upload => drop(engine.upload(None).await),
            Event::UploadAnyway(which) => {
                if let Some(id) = self.item(which).await {
                    drop(engine.upload_duplicate_anyway(id).await);
                }
            }
            Event::Pause => drop(engine.pause().await),
            Event::PauseNow => drop(engine.pause_now().await),
            Event::Resume => drop(engine.resume().await),
            Event::Cancel => drop(engine.cancel().await),
            Event::Retry(which) => {
                if let Some(id) = self.item(which).await {
                    drop(engine.retry(vec![id]).await);
                }
            }
            Event::SendAgain(which) => {
                if let Some(id) = self.item(which).await
                    && engine.send_again(id).await.is_ok()
                {
                    self.unclear.remove(&id);
                }
            }
            Event::MarkArrived(which) => {
                if let Some(id) = self.item(which).await {
                    drop(engine.mark_arrived(id, None).await);
                }
            }
            Event::Remove(which) => {
                if let Some(id) = self.item(which).await {
                    drop(engine.remove(vec![id]).await);
                }
            }
            Event::RestoreRemoved => drop(engine.restore_removed().await),
            Event::Move(from, to) => {
                if let (Some(from), Some(to)) = (self.item(from).await, self.item(to).await) {
                    drop(engine.move_items(vec![from], Some(to)).await);
                }
            }
            Event::Finish => drop(engine.finish().await),
            Event::BodyLeaves(which) => {
                if let Some((call, _)) = self.transfer(which) {
                    call.sink.body_leaves();
                    self.unclear.insert(call.job.item);
                    self.sending.push((call, true));
                }
            }
            Event::Arrives(which) => {
                if let Some((call, _)) = self.transfer(which) {
                    self.unclear.remove(&call.job.item);
                    call.arrives();
                }
            }
            Event::Fails(which, retry, scope, answered) => {
                if let Some((call, _)) = self.transfer(which) {
                    if answered && retry != Retry::Unknown {
                        self.unclear.remove(&call.job.item);
                    }
                    if retry == Retry::Unknown {
                        self.unclear.insert(call.job.item);
                    }
                    call.fails("fault", retry, scope, answered);
                }
            }
            Event::Breaks(which) => {
                // Before its body leaves, what breaks has not arrived.
                if let Some((call, _)) = self.transfer(which) {
                    call.breaks();
                }
            }
            Event::TimePasses(seconds) => self.world.clock.advance(Duration::from_secs(seconds)),
            Event::Parallel(parallel) => engine.set_parallel(parallel).await.expect("a number"),
            Event::Restart => self.starts_again(true).await,
            Event::Crash => self.starts_again(false).await,
        }
    }

    /// The program ends, in good order or not, and another finds the queue as it was saved.
    async fn starts_again(&mut self, in_good_order: bool) {
        let saved = self.settles().await;
        let left: BTreeSet<ItemId> =
            self.sending.iter().filter(|(_, left)| *left).map(|(call, _)| call.job.item).collect();
        if in_good_order {
            self.world.engine.close().await.expect("it closes");
        }
        let found = self.world.after_a_crash().await;
        let gone = std::mem::replace(&mut self.world, found);
        // Of the one that crashed nobody hears any more.
        drop(gone.engine.close().await);
        self.before.push(gone);
        if !in_good_order {
            self.unclear.extend(self.sending.iter().map(|(call, _)| call.job.item));
        }
        self.sending.clear();

        let found = self.world.snapshot().await;
        let expected: Vec<Arc<Item>> = saved
            .items
            .into_iter()
            .map(|item| {
                let phase = found_again(&item.phase, in_good_order, left.contains(&item.id));
                Arc::new(Item { phase, ..Arc::unwrap_or_clone(item) })
            })
            .collect();
        let waits = expected.iter().any(|item| matches!(item.phase, Phase::Waiting { .. }));
        assert_eq!(found.items, expected);
        let running = if waits { Running::Paused } else { saved.queue.running };
        assert_eq!(
            (found.queue.running, found.queue.site, found.queue.defaults, found.queue.site_pauses),
            (running, saved.queue.site, saved.queue.defaults, saved.queue.site_pauses)
        );
    }

    /// Waits until every transfer is one that is shown and the other way round.
    async fn settles(&mut self) -> Snapshot {
        let settled = async {
            loop {
                let now = self.world.snapshot().await;
                for call in self.world.begun().await {
                    self.begins_to_send(call);
                }
                self.sending.retain(|(call, _)| !call.connection().load(Ordering::SeqCst));
                let shown: BTreeSet<ItemId> =
                    now.items.iter().filter(|item| is_sending(item)).map(|item| item.id).collect();
                let sent: BTreeSet<ItemId> = self.sending.iter().map(|(call, _)| call.job.item).collect();
                if shown == sent && now.queue.counts.preparing == 0 {
                    return now;
                }
                tokio::task::yield_now().await;
            }
        };
        let patience = Duration::from_secs(30);
        if let Ok(now) = tokio::time::timeout(patience, settled).await {
            return now;
        }
        let sent: Vec<ItemId> = self.sending.iter().map(|(call, _)| call.job.item).collect();
        let shown = tokio::time::timeout(patience, self.world.snapshot()).await;
        panic!("sent is {sent:?}, shown is {shown:#?}");
    }

    /// Every link that an item leads to is in the history.
    async fn has_what_it_links_to(&self, now: &Snapshot) {
        let wanted: BTreeSet<_> = now.items.iter().filter_map(|item| item.phase.receipt()).collect();
        let found = self.world.engine.receipts(wanted.iter().copied().collect()).await.expect("the history");
        assert_eq!(found.iter().map(|receipt| receipt.id).collect::<BTreeSet<_>>(), wanted);
    }

    fn begins_to_send(&mut self, call: Call) {
        let item = call.job.item;
        self.sending.retain(|(call, _)| !call.connection().load(Ordering::SeqCst));
        assert!(self.sending.iter().all(|(other, _)| other.job.item != item), "two transfers of {item}");
        assert!(!self.unclear.contains(&item), "{item} is sent again, and nobody said so");
        let last = self.attempts.insert(item, call.job.attempt).unwrap_or(0);
        assert!(
            call.job.attempt == 1 || call.job.attempt == last + 1,
            "attempt {} of {item} after {last}",
            call.job.attempt
        );
        self.sending.push((call, false));
    }
}

fn is_sending(item: &Item) -> bool {
    matches!(item.phase, Phase::Sending { .. })
}

/// Where a start finds an item that was saved there.
fn found_again(phase: &Phase, in_good_order: bool, body_left: bool) -> Phase {
    let unknown = |attempt, code: &str| Phase::Unknown { attempt, problem: Problem::new(code) };
    match *phase {
        Phase::Sending { attempt, .. } if !in_good_order => unknown(attempt, INTERRUPTED),
        Phase::Sending { attempt, .. } if body_left => unknown(attempt, STOPPED),
        Phase::Sending { attempt, failures } => {
            Phase::Waiting { attempt, failures, not_before: None, problem: None }
        }
        _ => phase.clone(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_life_of_a_queue_keeps_the_promises(events in prop::collection::vec(any_event(), 1..60)) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let mut life = Life::begins().await;
            for event in &events {
                life.happens(event).await;
                let settled = life.settles().await;
                life.has_what_it_links_to(&settled).await;
            }
        });
    }
}
