//! The work under way: preparations and transfers, each a task that ends in a message and can be stopped.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::broadcast;
use tokio::task::{Id, JoinError, JoinSet};
use tokio_util::sync::CancellationToken;

use super::running::Wire;
use crate::problem::{BODY_MISSING, FILE_CHANGED, FILE_MISSING, INTERNAL};
use crate::store::delete_body;
use crate::{
    Arrival, Back, Change, Convert, Fault, Item, ItemId, Job, Ports, Prepare, PrepareJob, Prepared, Problem,
    ProgressSink, Retry, Scope, SiteId, Timestamp,
};

/// A piece of work that is over.
pub(super) enum Ended {
    /// A body is made, or cannot be.
    Preparation(Preparation),
    /// A transfer ended by itself.
    Transfer { item: ItemId, attempt: u32, body_left: bool, result: Box<Result<Arrival, Fault>> },
    /// A transfer was stopped; its connection is closed.
    Halted { item: ItemId, attempt: u32, body_left: bool, back: Back },
}

impl Ended {
    /// Whether a site confirmed an upload.
    pub(super) fn arrived(&self) -> bool {
        matches!(self, Self::Transfer { result, .. } if result.is_ok())
    }
}

/// How the preparation of an item ended.
pub(super) struct Preparation {
    pub(super) item: ItemId,
    /// The user's file.
    pub(super) path: Arc<Path>,
    /// What was to be made of it.
    pub(super) convert: Option<Box<Convert>>,
    pub(super) result: Result<Prepared, Problem>,
    /// The size and time that the file had just before.
    pub(super) seen: Option<(u64, Timestamp)>,
}

/// What a task says when it is over.
enum Said {
    Prepared(Vec<Preparation>),
    Sent(Box<Result<Arrival, Fault>>),
    Stopped,
}

enum Task {
    /// Not stopped: it is short, and what nobody wants any more is thrown away.
    Preparing(Vec<(ItemId, Arc<Path>, Option<Box<Convert>>)>),
    Sending(Transfer),
}

struct Transfer {
    item: ItemId,
    stop: CancellationToken,
    site: SiteId,
    attempt: u32,
    wire: Arc<Wire>,
    back: Back,
    /// The site's key was changed since it began.
    old_key: bool,
}

pub(super) struct Jobs {
    ports: Ports,
    changes: broadcast::Sender<Change>,
    set: JoinSet<Said>,
    tasks: HashMap<Id, Task>,
    /// What is over and was not taken yet.
    ended: Vec<Ended>,
}

/// What ends so soon after another is saved with it.
const TOGETHER: Duration = Duration::from_millis(1);

impl Jobs {
    pub(super) fn new(ports: Ports, changes: broadcast::Sender<Change>) -> Self {
        Self { ports, changes, set: JoinSet::new(), tasks: HashMap::new(), ended: Vec::new() }
    }

    pub(super) fn preparing(&self) -> usize {
        self.tasks.values().filter(|task| matches!(task, Task::Preparing(_))).count()
    }

    pub(super) fn sending(&self) -> Vec<ItemId> {
        self.transfers().map(|transfer| transfer.item).collect()
    }

    pub(super) fn sending_by_site(&self) -> BTreeMap<SiteId, usize> {
        let mut sites = BTreeMap::new();
        for transfer in self.transfers() {
            *sites.entry(transfer.site).or_default() += 1;
        }
        sites
    }

    fn transfers(&self) -> impl Iterator<Item = &Transfer> {
        self.tasks.values().filter_map(|task| match task {
            Task::Sending(transfer) => Some(transfer),
            Task::Preparing(_) => None,
        })
    }

    /// A site has a new key: what it says from now on of those under way may be about the old one.
    pub(super) fn key_changed(&mut self, site: SiteId) {
        for task in self.tasks.values_mut() {
            if let Task::Sending(transfer) = task
                && transfer.site == site
            {
                transfer.old_key = true;
            }
        }
    }

    /// Prepares items, one after the other.
    pub(super) fn prepare(&mut self, items: &[&Item]) {
        let job = |item: &&Item| PrepareJob {
            item: item.id,
            site: item.site,
            path: item.path.clone(),
            name: item.name.clone(),
            facts: item.facts.clone(),
            convert: item.options.convert.clone(),
        };
        let jobs: Vec<PrepareJob> = items.iter().map(job).collect();
        let place = |job: &PrepareJob| (job.item, job.path.clone(), job.convert.clone().map(Box::new));
        let places: Vec<_> = jobs.iter().map(place).collect();
        let prepare = Arc::clone(&self.ports.prepare);
        self.start(Task::Preparing(places.clone()), CancellationToken::new(), async move {
            let looked = away(move || {
                let looked: Vec<_> = jobs.iter().map(|job| look(&job.path)).collect();
                (jobs, looked)
            });
            let Ok((jobs, looked)) = looked.await else { return Said::Stopped };
            let results = prepare.prepare(jobs).await;
            let prepared =
                places.into_iter().zip(looked).zip(results).map(|(((item, path, convert), seen), result)| {
                    let (seen, result) = match seen {
                        Ok(seen) => (Some(seen), result),
                        Err(problem) => (None, Err(problem)),
                    };
                    Preparation { item, path, convert, result, seen }
                });
            Said::Prepared(prepared.collect())
        });
    }

    pub(super) fn send(&mut self, item: &Item, attempt: u32) {
        let wire = Arc::new(Wire::new(item.id, attempt, self.changes.clone()));
        let sink = ProgressSink { wire: Arc::clone(&wire) };
        let stop = CancellationToken::new();
        let (site, back) = (item.site, Back::Waiting);
        let transfer =
            Transfer { item: item.id, stop: stop.clone(), site, attempt, wire, back, old_key: false };
        let (carrier, prepare) = (Arc::clone(&self.ports.transfer), Arc::clone(&self.ports.prepare));
        let item = item.clone();
        self.start(Task::Sending(transfer), stop, async move {
            let (Some(prepared), Some(options)) = (item.prepared, item.asked) else {
                return sent(Err(refusal(Problem::new(BODY_MISSING))));
            };
            let job = PrepareJob {
                item: item.id,
                site: item.site,
                path: item.path,
                name: item.name,
                facts: item.facts,
                convert: item.options.convert.clone(),
            };
            if let Err(problem) = unchanged(&job, &prepared, &*prepare).await {
                return sent(Err(refusal(problem)));
            }
            let PrepareJob { item: id, site, name, facts, .. } = job;
            sent(
                carrier
                    .send(Job { item: id, site, attempt, name, facts, prepared, options: *options }, sink)
                    .await,
            )
        });
    }

    fn start(
        &mut self,
        task: Task,
        stop: CancellationToken,
        work: impl Future<Output = Said> + Send + 'static,
    ) {
        let handle = self.set.spawn(async move {
            tokio::select! {
                // What is over is over: an answer that has come is never thrown away for a stop.
                biased;
                said = work => said,
                () = stop.cancelled() => Said::Stopped,
            }
        });
        self.tasks.insert(handle.id(), task);
    }

    /// Waits until work ends, and for what ends right after it: what is saved together costs one stroke on the disk.
    /// It can be dropped at any time: what has ended by then is with [`Jobs::take_ended`]. Never ends itself while
    /// there is no work.
    pub(super) async fn next(&mut self) {
        if self.ended.is_empty() {
            let Some(first) = self.set.join_next_with_id().await else { return std::future::pending().await };
            self.over(first);
        }
        let mut time_is_up = std::pin::pin!(tokio::time::sleep(TOGETHER));
        while self.transfers().next().is_some() {
            tokio::select! {
                biased;
                Some(joined) = self.set.join_next_with_id() => self.over(joined),
                () = &mut time_is_up => break,
            }
        }
        while let Some(joined) = self.set.try_join_next_with_id() {
            self.over(joined);
        }
    }

    /// What has ended since this was asked last, in the order in which it did.
    pub(super) fn take_ended(&mut self) -> Vec<Ended> {
        std::mem::take(&mut self.ended)
    }

    /// Stops the transfers of some items and waits until they are over.
    pub(super) async fn halt(&mut self, ids: &[ItemId], back: Back) {
        for task in self.tasks.values_mut() {
            if let Task::Sending(transfer) = task
                && ids.contains(&transfer.item)
            {
                transfer.back = back;
                transfer.stop.cancel();
            }
        }
        while self.transfers().any(|transfer| ids.contains(&transfer.item)) {
            let Some(joined) = self.set.join_next_with_id().await else { break };
            self.over(joined);
        }
    }

    fn over(&mut self, joined: Result<(Id, Said), JoinError>) {
        let (id, said) = match joined {
            Ok((id, said)) => (id, Some(said)),
            Err(error) => (error.id(), None),
        };
        match (self.tasks.remove(&id), said) {
            (None, _) => {}
            (Some(Task::Preparing(_)), Some(Said::Prepared(all))) => {
                self.ended.extend(all.into_iter().map(Ended::Preparation));
            }
            (Some(Task::Preparing(places)), _) => {
                let broken = |(item, path, convert)| {
                    Ended::Preparation(Preparation { item, path, convert, result: Err(broken()), seen: None })
                };
                self.ended.extend(places.into_iter().map(broken));
            }
            (Some(Task::Sending(Transfer { item, attempt, wire, back, old_key, .. })), said) => {
                let body_left = wire.body_left();
                self.ended.push(match said {
                    Some(Said::Stopped) => Ended::Halted { item, attempt, body_left, back },
                    // What stops a site until the person does something: that has been done. It is sent again.
                    Some(Said::Sent(result)) if old_key && stops_for_good(&result) => {
                        let body_left = body_left && !result.is_err_and(|fault| fault.answered);
                        Ended::Halted { item, attempt, body_left, back: Back::Waiting }
                    }
                    Some(Said::Sent(result)) => Ended::Transfer { item, attempt, body_left, result },
                    Some(Said::Prepared(_)) | None => {
                        let result = Box::new(Err(refusal(broken())));
                        Ended::Transfer { item, attempt, body_left, result }
                    }
                });
            }
        }
    }
}

fn stops_for_good(result: &Result<Arrival, Fault>) -> bool {
    result.as_ref().is_err_and(|fault| fault.retry == Retry::Never && fault.scope == Scope::Site)
}

fn sent(result: Result<Arrival, Fault>) -> Said {
    Said::Sent(Box::new(result))
}

/// A fault on this side: the site was not asked, or not answered.
fn refusal(problem: Problem) -> Fault {
    Fault { problem, retry: Retry::Never, scope: Scope::Item, answered: false }
}

fn broken() -> Problem {
    Problem::new(INTERNAL)
}

/// Asks the disk, which may take its time, away from the threads that must not wait.
async fn away<T: Send + 'static>(ask: impl FnOnce() -> T + Send + 'static) -> Result<T, Problem> {
    tokio::task::spawn_blocking(ask).await.map_err(|_| broken())
}

/// Size and time of a file.
fn look(path: &Path) -> Result<(u64, Timestamp), Problem> {
    let facts = std::fs::metadata(path).ok().filter(std::fs::Metadata::is_file);
    let facts = facts.ok_or_else(|| Problem::new(FILE_MISSING))?;
    let modified = facts.modified().map_or_else(|_| Timestamp::default(), Timestamp::from);
    Ok((facts.len(), modified))
}

/// Whether the file is still the one that was prepared, and its body is there. One that was written again as it was
/// has another time and the same content.
async fn unchanged(job: &PrepareJob, prepared: &Prepared, prepare: &dyn Prepare) -> Result<(), Problem> {
    let (path, body, size) = (job.path.clone(), prepared.body.clone(), prepared.size);
    let looked = away(move || {
        let seen = look(&path)?;
        let body = if body == path { Ok(seen) } else { look(&body) };
        let there = body.is_ok_and(|(body_size, _)| body_size == size);
        Ok::<_, Problem>((seen, there))
    });
    let ((size, modified), body_is_there) = looked.await??;
    if (size, modified) != (job.facts.size, job.facts.modified) {
        let is_same = size == job.facts.size && has_content(job, &prepared.blake3, prepare).await;
        if !is_same {
            return Err(Problem::new(FILE_CHANGED));
        }
    }
    if body_is_there { Ok(()) } else { Err(Problem::new(BODY_MISSING)) }
}

/// Whether a file has this content now.
async fn has_content(job: &PrepareJob, blake3: &str, prepare: &dyn Prepare) -> bool {
    let now = prepare.prepare(vec![job.clone()]).await.pop().and_then(Result::ok);
    now.is_some_and(|now| {
        delete_body(&job.path, &now);
        now.blake3 == blake3
    })
}
