//! The store: one SQLite database, one connection, one thread. Everything that must outlive the program is here.

mod archive;
mod columns;
mod history;
mod items;
mod lanes;
mod open;
mod paces;
mod recover;
mod settings;
mod sites;
mod vault;

use std::path::{Path, PathBuf};
use std::sync::mpsc;

use rusqlite::Connection;
use tokio::sync::oneshot;

use crate::{Error, LaneId, Result, Timestamp};

pub(crate) use archive::{export, import};
pub(crate) use history::{Forget, NewReceipt};
pub(crate) use items::{Head, IdKind, Save, Saved, Saving, delete_body};
pub(crate) use paces::SavedPaces;

/// What was still to be read of a damaged database.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Recovered {
    /// Items of the queue.
    pub items: usize,
    /// Uploads of the history.
    pub receipts: usize,
}

/// A damaged database that was put aside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetAside {
    /// Where it is now, as it was.
    pub path: PathBuf,
    /// What came over into the new one.
    pub recovered: Recovered,
}

type Work = Box<dyn FnOnce(&mut Db) + Send>;

/// The way to the thread that holds the connection. The thread ends with the last clone.
#[derive(Clone)]
pub(crate) struct Store {
    work: mpsc::Sender<Work>,
}

/// The open database. Lives on the store's thread.
pub(crate) struct Db {
    connection: Connection,
    path: PathBuf,
    /// Whose queue is read and written.
    lane: LaneId,
    /// The store's version when it was looked at last.
    version_seen: Option<i64>,
    /// Receipts of this run whose words are not in the index yet.
    words_to_come: usize,
}

impl Store {
    /// Opens or makes the database; a damaged one is put aside first, and what can be read of it recovered.
    pub(crate) async fn open(path: &Path, lane: LaneId, now: Timestamp) -> Result<(Self, Option<SetAside>)> {
        let path = path.to_owned();
        let (work, jobs) = mpsc::channel::<Work>();
        let (ready, opened) = oneshot::channel();
        let thread = std::thread::Builder::new().name("store".into()).spawn(move || {
            match Db::open_or_set_aside(&path, lane, now) {
                Err(error) => drop(ready.send(Err(error))),
                Ok((mut db, set_aside)) => {
                    drop(ready.send(Ok(set_aside)));
                    while let Ok(job) = jobs.recv() {
                        job(&mut db);
                    }
                }
            }
        });
        thread.map_err(|error| Error::Store(error.to_string()))?;
        let set_aside = opened.await.map_err(|_| Error::Closed)??;
        Ok((Self { work }, set_aside))
    }

    /// Does `work` on the store's thread, after all that was asked before.
    pub(crate) async fn call<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Db) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.ask(work)?.await.map_err(|_| Error::Closed)?
    }

    /// The same for a thread that may wait.
    pub(crate) fn call_and_wait<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Db) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.ask(work)?.blocking_recv().map_err(|_| Error::Closed)?
    }

    fn ask<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Db) -> Result<T> + Send + 'static,
    ) -> Result<oneshot::Receiver<Result<T>>> {
        let (reply, answer) = oneshot::channel();
        // Whoever asked may have gone away; the work is done all the same.
        let job: Work = Box::new(move |db| drop(reply.send(work(db))));
        self.work.send(job).map_err(|_| Error::Closed)?;
        Ok(answer)
    }
}
