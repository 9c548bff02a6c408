//! The work under way: preparations and transfers, each a task that ends in a message and can be stopped.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;
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
    /// A body is made, or cannot be; with the size and time that the file had just before.
    Preparation { item: ItemId, result: Result<Prepared, Problem>, seen: Option<(u64, Timestamp)> },
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

/// What a task says when it is over; `None` when it was stopped.
enum Said {
    Prepared(Result<Prepared, Problem>, Option<(u64, Timestamp)>),
    Sent(Box<Result<Arrival, Fault>>),
    Stopped,
}

struct Task {
    item: ItemId,
    stop: CancellationToken,
    transfer: Option<Transfer>,
}

struct Transfer {
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
        self.tasks.values().filter(|task| task.transfer.is_none()).count()
    }

    pub(super) fn sending(&self) -> Vec<ItemId> {
        self.tasks.values().filter(|task| task.transfer.is_some()).map(|task| task.item).collect()
    }

    pub(super) fn sending_by_site(&self) -> BTreeMap<SiteId, usize> {
        let mut sites = BTreeMap::new();
        for transfer in self.tasks.values().filter_map(|task| task.transfer.as_ref()) {
            *sites.entry(transfer.site).or_default() += 1;
        }
        sites
    }

    pub(super) fn prepare(&mut self, item: &Item) {
        let job = PrepareJob {
            item: item.id,
            site: item.site,
            path: item.path.clone(),
            name: item.name.clone(),
            facts: item.facts.clone(),
        };
        let prepare = Arc::clone(&self.ports.prepare);
        self.start(item.id, None, async move {
            match look(&job.path).await {
                Err(problem) => Said::Prepared(Err(problem), None),
                Ok(seen) => Said::Prepared(prepare.prepare(job).await, Some(seen)),
            }
        });
    }

    pub(super) fn send(&mut self, item: &Item, attempt: u32) {
        let wire = Arc::new(Wire::new(item.id, attempt, self.changes.clone()));
        let sink = ProgressSink { wire: Arc::clone(&wire) };
        let transfer = Transfer { site: item.site, attempt, wire, back: Back::Waiting };
        let carrier = Arc::clone(&self.ports.transfer);
        let item = item.clone();
        self.start(item.id, Some(transfer), async move {
            let (Some(prepared), Some(options)) = (item.prepared, item.asked) else {
                return sent(Err(refusal(Problem::new(BODY_MISSING))));
            };
            if let Err(problem) = unchanged(&item.path, &item.facts, &prepared).await {
                return sent(Err(refusal(problem)));
            }
            let (id, site, name, facts) = (item.id, item.site, item.name, item.facts);
            sent(carrier.send(Job { item: id, site, attempt, name, facts, prepared, options }, sink).await)
        });
    }

    fn start(
        &mut self,
        item: ItemId,
        transfer: Option<Transfer>,
        work: impl Future<Output = Said> + Send + 'static,
    ) {
        let stop = CancellationToken::new();
        let stopped = stop.clone();
        let handle = self.set.spawn(async move {
            tokio::select! {
                // What is over is over: an answer that has come is never thrown away for a stop.
                biased;
                said = work => said,
                () = stopped.cancelled() => Said::Stopped,
            }
        });
        self.tasks.insert(handle.id(), Task { item, stop, transfer });
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

    /// Stops the work for some items and waits until it is over.
    pub(super) async fn halt(&mut self, ids: &[ItemId], back: Back) -> Vec<Ended> {
        for task in self.tasks.values_mut().filter(|task| ids.contains(&task.item)) {
            if let Some(transfer) = &mut task.transfer {
                transfer.back = back;
            }
            task.stop.cancel();
        }
        let mut stopped = Vec::new();
        while self.tasks.values().any(|task| ids.contains(&task.item)) {
            let Some(joined) = self.set.join_next_with_id().await else { break };
            stopped.extend(self.over(joined));
        }
        stopped
    }

    fn over(&mut self, joined: Result<(Id, Said), JoinError>) -> Option<Ended> {
        let (id, said) = match joined {
            Ok((id, said)) => (id, Some(said)),
            Err(error) => (error.id(), None),
        };
        let Task { item, transfer, .. } = self.tasks.remove(&id)?;
        let broken = || Problem::new(INTERNAL);
        match (transfer, said) {
            (None, Some(Said::Prepared(result, seen))) => Some(Ended::Preparation { item, result, seen }),
            (None, None) => Some(Ended::Preparation { item, result: Err(broken()), seen: None }),
            (None, Some(_)) => None,
            (Some(Transfer { attempt, wire, back, .. }), said) => {
                let body_left = wire.body_left();
                let result = match said {
                    Some(Said::Sent(result)) => result,
                    Some(Said::Stopped) => return Some(Ended::Halted { item, attempt, body_left, back }),
                    Some(Said::Prepared(..)) | None => Box::new(Err(refusal(broken()))),
                };
                Some(Ended::Transfer { item, attempt, body_left, result })
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

/// Size and time of a file.
async fn look(path: &Path) -> Result<(u64, Timestamp), Problem> {
    let facts = tokio::fs::metadata(path).await.ok().filter(std::fs::Metadata::is_file);
    let facts = facts.ok_or_else(|| Problem::new(FILE_MISSING))?;
    let modified = facts.modified().map_or_else(|_| Timestamp::default(), Timestamp::from);
    Ok((facts.len(), modified))
}

/// Whether the file is still the one that was prepared, and its body is there.
async fn unchanged(path: &Path, facts: &Facts, prepared: &Prepared) -> Result<(), Problem> {
    if look(path).await? != (facts.size, facts.modified) {
        return Err(Problem::new(FILE_CHANGED));
    }
    match look(&prepared.body).await {
        Ok((size, _)) if size == prepared.size => Ok(()),
        _ => Err(Problem::new(BODY_MISSING)),
    }
}
