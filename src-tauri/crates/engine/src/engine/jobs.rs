//! The work under way: preparations and transfers, each a task that ends in a message and can be stopped.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tokio::sync::broadcast;
use tokio::task::{Id, JoinError, JoinSet};
use tokio_util::sync::CancellationToken;

use super::running::Wire;
use crate::problem::{BODY_MISSING, FILE_CHANGED, FILE_MISSING, INTERNAL};
use crate::{
    Arrival, Back, Change, Facts, Fault, Item, ItemId, Job, Ports, PrepareJob, Prepared, Problem,
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
    pub(super) path: PathBuf,
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
    Preparing(Vec<(ItemId, PathBuf)>),
    Sending(Transfer),
}

struct Transfer {
    item: ItemId,
    stop: CancellationToken,
    site: SiteId,
    attempt: u32,
    wire: Arc<Wire>,
    back: Back,
}

pub(super) struct Jobs {
    ports: Ports,
    changes: broadcast::Sender<Change>,
    set: JoinSet<Said>,
    tasks: HashMap<Id, Task>,
}

impl Jobs {
    pub(super) fn new(ports: Ports, changes: broadcast::Sender<Change>) -> Self {
        Self { ports, changes, set: JoinSet::new(), tasks: HashMap::new() }
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

    /// Prepares items, one after the other.
    pub(super) fn prepare(&mut self, items: &[&Item]) {
        let job = |item: &&Item| PrepareJob {
            item: item.id,
            site: item.site,
            path: item.path.clone(),
            name: item.name.clone(),
            facts: item.facts.clone(),
        };
        let jobs: Vec<PrepareJob> = items.iter().map(job).collect();
        let places: Vec<(ItemId, PathBuf)> = jobs.iter().map(|job| (job.item, job.path.clone())).collect();
        let prepare = Arc::clone(&self.ports.prepare);
        self.start(Task::Preparing(places.clone()), CancellationToken::new(), async move {
            let looked = away({
                let places = places.clone();
                move || places.iter().map(|(_, path)| look(path)).collect::<Vec<_>>()
            });
            let Ok(looked) = looked.await else { return Said::Stopped };
            let results = prepare.prepare(jobs).await;
            let prepared =
                places.into_iter().zip(looked).zip(results).map(|(((item, path), seen), result)| {
                    let (seen, result) = match seen {
                        Ok(seen) => (Some(seen), result),
                        Err(problem) => (None, Err(problem)),
                    };
                    Preparation { item, path, result, seen }
                });
            Said::Prepared(prepared.collect())
        });
    }

    pub(super) fn send(&mut self, item: &Item, attempt: u32) {
        let wire = Arc::new(Wire::new(item.id, attempt, self.changes.clone()));
        let sink = ProgressSink { wire: Arc::clone(&wire) };
        let stop = CancellationToken::new();
        let (site, back) = (item.site, Back::Waiting);
        let transfer = Transfer { item: item.id, stop: stop.clone(), site, attempt, wire, back };
        let carrier = Arc::clone(&self.ports.transfer);
        let item = item.clone();
        self.start(Task::Sending(transfer), stop, async move {
            let (Some(prepared), Some(options)) = (item.prepared, item.asked) else {
                return sent(Err(refusal(Problem::new(BODY_MISSING))));
            };
            let looked = away({
                let (path, facts, prepared) = (item.path, item.facts.clone(), prepared.clone());
                move || unchanged(&path, &facts, &prepared)
            });
            if let Err(problem) = looked.await.and_then(|unchanged| unchanged) {
                return sent(Err(refusal(problem)));
            }
            let (id, site, name, facts) = (item.id, item.site, item.name, item.facts);
            sent(carrier.send(Job { item: id, site, attempt, name, facts, prepared, options }, sink).await)
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

    /// The next work that ends, with all that has ended besides. Never ends itself while there is none.
    pub(super) async fn next(&mut self) -> Vec<Ended> {
        let Some(first) = self.set.join_next_with_id().await else { return std::future::pending().await };
        let mut ended = Vec::from_iter(self.over(first));
        while let Some(joined) = self.set.try_join_next_with_id() {
            ended.extend(self.over(joined));
        }
        ended
    }

    /// Stops the transfers of some items and waits until they are over.
    pub(super) async fn halt(&mut self, ids: &[ItemId], back: Back) -> Vec<Ended> {
        for task in self.tasks.values_mut() {
            if let Task::Sending(transfer) = task
                && ids.contains(&transfer.item)
            {
                transfer.back = back;
                transfer.stop.cancel();
            }
        }
        let mut stopped = Vec::new();
        while self.transfers().any(|transfer| ids.contains(&transfer.item)) {
            let Some(joined) = self.set.join_next_with_id().await else { break };
            stopped.extend(self.over(joined));
        }
        stopped
    }

    fn over(&mut self, joined: Result<(Id, Said), JoinError>) -> Vec<Ended> {
        let (id, said) = match joined {
            Ok((id, said)) => (id, Some(said)),
            Err(error) => (error.id(), None),
        };
        match (self.tasks.remove(&id), said) {
            (None, _) => Vec::new(),
            (Some(Task::Preparing(_)), Some(Said::Prepared(all))) => {
                all.into_iter().map(Ended::Preparation).collect()
            }
            (Some(Task::Preparing(places)), _) => {
                let broken = |(item, path)| {
                    Ended::Preparation(Preparation { item, path, result: Err(broken()), seen: None })
                };
                places.into_iter().map(broken).collect()
            }
            (Some(Task::Sending(Transfer { item, attempt, wire, back, .. })), said) => {
                let body_left = wire.body_left();
                vec![match said {
                    Some(Said::Stopped) => Ended::Halted { item, attempt, body_left, back },
                    Some(Said::Sent(result)) => Ended::Transfer { item, attempt, body_left, result },
                    Some(Said::Prepared(_)) | None => {
                        let result = Box::new(Err(refusal(broken())));
                        Ended::Transfer { item, attempt, body_left, result }
                    }
                }]
            }
        }
    }
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

/// Whether the file is still the one that was prepared, and its body is there.
fn unchanged(path: &Path, facts: &Facts, prepared: &Prepared) -> Result<(), Problem> {
    let seen = look(path)?;
    if seen != (facts.size, facts.modified) {
        return Err(Problem::new(FILE_CHANGED));
    }
    let body = if prepared.body == path { Ok(seen) } else { look(&prepared.body) };
    match body {
        Ok((size, _)) if size == prepared.size => Ok(()),
        _ => Err(Problem::new(BODY_MISSING)),
    }
}
