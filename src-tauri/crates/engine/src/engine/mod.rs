//! The handle: what others can ask of the queue and the store.

mod actor;
mod asks;
mod ended;
mod index;
mod jobs;
pub(crate) mod pace;
mod queue;
mod running;
mod turn;

use std::path::Path;
use std::sync::Arc;

use secrecy::SecretString;
use serde_json::Value;
use tokio::sync::{broadcast, mpsc, oneshot};

use crate::store::{self, Db, SetAside, Store};
use crate::{
    Album, BatchId, Change, Defaults, Entry, Error, HistoryQuery, Imported, Item, ItemId, Kept, KeptId,
    LaneId, Limits, NewItem, OptionsPatch, Page, Period, Policy, Ports, QueueState, Receipt, ReceiptId,
    Result, Site, SiteId, Snapshot, Timestamp, VaultPage, VaultQuery,
};
use actor::Ask;
pub(crate) use running::Wire;

/// How many changes a slow subscriber may fall behind before it has to take a new snapshot.
const BACKLOG: usize = 1024;

/// The queue and the store. Cheap to clone; the work ends when the last clone is dropped or [`Engine::close`] is called.
#[derive(Clone)]
pub struct Engine {
    asks: mpsc::UnboundedSender<Box<Ask>>,
    changes: broadcast::Sender<Change>,
    store: Store,
}

/// What [`Engine::open`] found.
pub struct Opened {
    /// The engine, at work.
    pub engine: Engine,
    /// A damaged database was put aside, and a new one begun with what could be read of it.
    pub set_aside: Option<SetAside>,
}

/// Which queue of the store to work off: no two processes work off the same one.
pub enum Lane {
    /// The main queue. It takes over what dead processes left in theirs, as after a crash of its own.
    Main {
        /// Whether the process of another lane still lives.
        is_alive: Box<dyn Fn(LaneId) -> bool + Send>,
    },
    /// A queue apart, for as long as the process lives. Its receipts go to the common history.
    Apart(LaneId),
}

impl Lane {
    /// The main queue of a store that no other process has open.
    pub fn alone() -> Self {
        Self::Main { is_alive: Box::new(|_| false) }
    }

    fn id(&self) -> LaneId {
        match self {
            Self::Main { .. } => LaneId::MAIN,
            Self::Apart(id) => *id,
        }
    }
}

impl Engine {
    /// Opens the database at `path` (made if missing; its folder must exist) and takes the queue up where it was:
    /// what was being prepared is prepared again, what was being sent has an unknown outcome, and if anything waits,
    /// the queue is paused until someone resumes it. Needs a Tokio runtime.
    ///
    /// # Errors
    /// [`Error::NewerDatabase`], [`Error::StoreUnreadable`], [`Error::DiskFull`], [`Error::Busy`].
    pub async fn open(path: &Path, lane: Lane, policy: Policy, ports: Ports) -> Result<Opened> {
        let (store, set_aside) = Store::open(path, lane.id(), ports.clock.now()).await?;
        if let Lane::Main { is_alive } = lane {
            store.call(move |db| db.adopt(is_alive)).await?;
        }
        let (asks, inbox) = mpsc::unbounded_channel();
        let (changes, _) = broadcast::channel(BACKLOG);
        actor::start(store.clone(), policy, ports, inbox, changes.clone()).await?;
        Ok(Opened { engine: Self { asks, changes, store }, set_aside })
    }

    /// Stops what runs, saves where it stands and ends. A transfer whose body has not begun to leave waits again at
    /// the next start. Every later request answers [`Error::Closed`].
    pub async fn close(&self) -> Result<()> {
        self.ask(|reply| Ask::Close { reply }).await
    }

    /// Everything at one revision. Subscribe first: then no change falls between.
    pub async fn snapshot(&self) -> Result<Snapshot> {
        self.ask(|reply| Ask::Snapshot { reply }).await
    }

    /// The queue apart from its items.
    pub async fn state(&self) -> Result<QueueState> {
        self.ask(|reply| Ask::State { reply }).await
    }

    /// One item of the queue, if it is there.
    pub async fn item(&self, id: ItemId) -> Result<Option<Arc<Item>>> {
        self.ask(|reply| Ask::Item { id, reply }).await
    }

    /// Hears every change from now on. One that falls behind gets `Lagged` and takes a new snapshot.
    pub fn subscribe(&self) -> broadcast::Receiver<Change> {
        self.changes.subscribe()
    }

    // ---- the queue ----

    /// Adds files at the end, all or none.
    pub async fn add(&self, site: SiteId, items: Vec<NewItem>) -> Result<Vec<ItemId>> {
        self.ask(|reply| Ask::Add { site, items, reply }).await
    }

    /// Changes what is asked for items that are not on their way or done; the others are left.
    pub async fn set_options(&self, ids: Vec<ItemId>, patch: OptionsPatch) -> Result<()> {
        self.ask(|reply| Ask::SetOptions { ids, patch, reply }).await
    }

    /// Changes what holds for items that do not say otherwise. Items already set going keep what they were given.
    pub async fn set_defaults(&self, defaults: Defaults) -> Result<()> {
        self.ask(|reply| Ask::SetDefaults { defaults, reply }).await
    }

    /// Chooses the site: for what is added next and for every item that was not set going. Albums and categories
    /// belong to a site, so those wishes go back to the default, and the defaults lose theirs.
    pub async fn set_site(&self, site: SiteId) -> Result<()> {
        self.ask(|reply| Ask::SetSite { site, reply }).await
    }

    /// Takes items out of the queue; what is on its way is stopped. Undone by [`Engine::restore_removed`].
    /// Ids that are gone are passed over.
    pub async fn remove(&self, ids: Vec<ItemId>) -> Result<()> {
        self.ask(|reply| Ask::Remove { ids, reply }).await
    }

    /// Puts the items of the last removal back to their places; one that waited in a batch that is over is ready.
    /// Nothing to restore is no error.
    pub async fn restore_removed(&self) -> Result<Vec<ItemId>> {
        self.ask(|reply| Ask::RestoreRemoved { reply }).await
    }

    /// Moves items, in the order they have now, before another; `None` is the end.
    pub async fn move_items(&self, ids: Vec<ItemId>, before: Option<ItemId>) -> Result<()> {
        self.ask(|reply| Ask::MoveItems { ids, before, reply }).await
    }

    /// Sets items going: the given ones that are ready, or all. With `None`, duplicates count to the batch with
    /// their old links. Joins the batch that is under way, if there is one. If nothing is under way, a pause ends.
    ///
    /// # Errors
    /// [`Error::WrongPhase`] when none is ready.
    pub async fn upload(&self, ids: Option<Vec<ItemId>>) -> Result<BatchId> {
        self.ask(|reply| Ask::Upload { ids, reply }).await
    }

    /// Sets an item going although its content is there already (on the site, or in the queue).
    ///
    /// # Errors
    /// [`Error::UnknownItem`], [`Error::WrongPhase`].
    pub async fn upload_duplicate_anyway(&self, id: ItemId) -> Result<BatchId> {
        self.ask(|reply| Ask::UploadAnyway { id, reply }).await
    }

    /// No new transfer begins; those under way go on.
    pub async fn pause(&self) -> Result<()> {
        self.ask(|reply| Ask::Pause { stop_running: false, reply }).await
    }

    /// As `pause`, and those under way are stopped: they wait, or have an unknown outcome if the body began to leave.
    pub async fn pause_now(&self) -> Result<()> {
        self.ask(|reply| Ask::Pause { stop_running: true, reply }).await
    }

    /// Goes on, and tries sites again that were stopped for good (a bad key, an API switched off).
    pub async fn resume(&self) -> Result<()> {
        self.ask(|reply| Ask::Resume { reply }).await
    }

    /// Stops everything: what waits or runs is ready again; a running one whose body began to leave has an unknown
    /// outcome. When this returns, the connections are closed.
    pub async fn cancel(&self) -> Result<()> {
        self.ask(|reply| Ask::Cancel { reply }).await
    }

    /// Sets failed items going again, from the first try. One whose file changed is prepared again and then ready.
    ///
    /// # Errors
    /// [`Error::WrongPhase`] when none of them failed.
    pub async fn retry(&self, ids: Vec<ItemId>) -> Result<()> {
        self.ask(|reply| Ask::Retry { ids, reply }).await
    }

    /// Sends an item with an unknown outcome again: the user's decision, since it may arrive twice.
    ///
    /// # Errors
    /// [`Error::UnknownItem`], [`Error::WrongPhase`].
    pub async fn send_again(&self, id: ItemId) -> Result<()> {
        self.ask(|reply| Ask::SendAgain { id, reply }).await
    }

    /// The user found an item with an unknown outcome on the site: done, with a receipt made by hand.
    /// `link` is the page that shows it, if they gave it.
    ///
    /// # Errors
    /// [`Error::UnknownItem`], [`Error::WrongPhase`].
    pub async fn mark_arrived(&self, id: ItemId, link: Option<String>) -> Result<ReceiptId> {
        self.ask(|reply| Ask::MarkArrived { id, link, reply }).await
    }

    /// Clears what is done, and duplicates that were part of a batch, out of the queue. The history keeps them.
    pub async fn finish(&self) -> Result<()> {
        self.ask(|reply| Ask::Finish { reply }).await
    }

    /// How many uploads run side by side at most, 1 to 8. Kept for this run of the program.
    pub async fn set_parallel(&self, parallel: usize) -> Result<()> {
        self.ask(|reply| Ask::SetParallel { parallel, reply }).await
    }

    /// The site has a new key: if the site was stopped, it goes on, and what it still refuses because of the old key is sent
    /// again.
    pub async fn key_changed(&self, site: SiteId) -> Result<()> {
        self.ask(|reply| Ask::KeyChanged { site, reply }).await
    }

    // ---- history ----

    /// A page of the history, the newest batch first.
    pub async fn history(&self, query: HistoryQuery) -> Result<Page> {
        self.store.call(move |db| db.history(&query)).await
    }

    /// Receipts in the order of `ids`; those that are gone are left out.
    pub async fn receipts(&self, ids: Vec<ReceiptId>) -> Result<Vec<Receipt>> {
        self.store.call(move |db| db.receipts(&ids)).await
    }

    /// Forgets receipts. Their delete links are lost with them, unless kept in the vault. Items of the queue that
    /// showed them as done go; duplicates of them are ready. Returns how many were forgotten.
    pub async fn forget(&self, ids: Vec<ReceiptId>, keep_delete_links: bool) -> Result<usize> {
        self.ask(|reply| Ask::Forget { ids: Some(ids), keep_delete_links, reply }).await
    }

    /// Forgets every receipt, as `forget` does.
    pub async fn clear_history(&self, keep_delete_links: bool) -> Result<usize> {
        self.ask(|reply| Ask::Forget { ids: None, keep_delete_links, reply }).await
    }

    /// The secret address that deletes an upload from its site. `None`: none is known, or it was used.
    pub async fn delete_link(&self, receipt: ReceiptId) -> Result<Option<SecretString>> {
        self.store.call(move |db| db.delete_link(receipt)).await
    }

    /// The upload was deleted from its site: the delete link is dropped, the receipt stays and says so.
    pub async fn mark_deleted(&self, receipt: ReceiptId) -> Result<()> {
        self.ask(|reply| Ask::MarkDeleted { receipt, reply }).await
    }

    /// Whether another process has changed the store since this was asked last: its sites, settings or history.
    /// Then [`Change::History`] is said.
    pub async fn changed_elsewhere(&self) -> Result<bool> {
        let changed = self.store.call(Db::changed_elsewhere).await?;
        if changed {
            self.say_history();
        }
        Ok(changed)
    }

    /// How many delete links are kept: of receipts, and in the vault of forgotten ones.
    pub async fn delete_links_kept(&self) -> Result<u64> {
        self.store.call(Db::delete_links_kept).await
    }

    // ---- the vault ----

    /// A page of the delete links that were kept of forgotten receipts.
    pub async fn vault(&self, query: VaultQuery) -> Result<VaultPage> {
        self.store.call(move |db| db.vault(query)).await
    }

    /// One entry of the vault.
    pub async fn kept(&self, id: KeptId) -> Result<Kept> {
        self.store.call(move |db| db.kept(id)).await
    }

    /// The secret address of an entry of the vault: it deletes the upload from its site.
    pub async fn vault_link(&self, id: KeptId) -> Result<SecretString> {
        self.store.call(move |db| db.vault_link(id)).await
    }

    /// Forgets an entry of the vault, because it was used up or is not wanted any more. It cannot be got again.
    pub async fn forget_kept(&self, id: KeptId) -> Result<()> {
        self.store.call(move |db| db.forget_kept(id)).await?;
        self.say_history();
        Ok(())
    }

    // ---- archives ----

    /// Hands out what matches `query` (its `after` and `limit` are not heeded), in the order of the history; then, if
    /// delete links are asked for and nothing is filtered, the vault. All of it as of one moment, while the queue
    /// goes on. `into` is what the entries go into, and comes back.
    pub async fn export<W, E>(
        &self,
        query: HistoryQuery,
        delete_links: bool,
        into: W,
        each: impl FnMut(&mut W, Entry) -> Result<(), E> + Send + 'static,
    ) -> Result<W, E>
    where
        W: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        let path = self.store.call(|db| Ok(db.path().to_owned())).await?;
        let work = move || store::export(&path, &query, delete_links, into, each);
        tokio::task::spawn_blocking(work).await.map_err(|_| Error::Closed)?
    }

    /// Takes what `read` hands over into history and vault. What is there already (an upload of the same moment, name
    /// and page on the same site) is passed over.
    ///
    /// `read` is called twice on a thread of its own: first to see whether it comes to its end, for what does not
    /// changes nothing; then for good, a few hundred entries at a stroke, so that uploads are saved in between. If the
    /// store fails in the middle, what came before stays, and to import the same again brings the rest.
    pub async fn import<E: From<Error> + Send + 'static>(
        &self,
        now: Timestamp,
        read: impl FnMut(&mut dyn FnMut(Entry) -> Result<(), E>) -> Result<(), E> + Send + 'static,
    ) -> Result<Imported, E> {
        let store = self.store.clone();
        let work = move || store::import(&store, now, read);
        let imported = tokio::task::spawn_blocking(work).await.map_err(|_| Error::Closed)?;
        self.say_history();
        imported
    }

    /// No subscriber is no fault.
    fn say_history(&self) {
        drop(self.changes.send(Change::History));
    }

    // ---- sites, albums, tags, settings ----

    /// The sites that are set up, in the order they were added.
    pub async fn sites(&self) -> Result<Vec<Site>> {
        self.store.call(Db::sites).await
    }

    /// One site, also one that was removed: old receipts still name it.
    pub async fn site(&self, id: SiteId) -> Result<Site> {
        self.store.call(move |db| db.site(id)).await
    }

    /// Adds a site ([`SiteId::UNSAVED`]) or changes one.
    pub async fn save_site(&self, site: Site) -> Result<SiteId> {
        self.ask(|reply| Ask::SaveSite { site, reply }).await
    }

    /// How many uploads the site's address takes in which time, as far as it or the person said.
    pub async fn limits(&self, site: SiteId) -> Result<Limits> {
        self.store.call(move |db| db.limits(site)).await
    }

    /// Sets how many uploads the site's address takes in which time ([`Limits`]), and lifts the pauses that followed from
    /// its limits; `None`: no limit is known. What was stored there before counts.
    pub async fn set_limit(&self, site: SiteId, period: Period, uploads: Option<u32>) -> Result<()> {
        self.ask(|reply| Ask::SetLimit { site, period, uploads, reply }).await
    }

    /// Forgets how many uploads the site's address takes, and lifts the pauses that follow from it.
    pub async fn forget_limits(&self, site: SiteId) -> Result<()> {
        self.ask(|reply| Ask::ForgetLimits { site, reply }).await
    }

    /// Removes a site with its albums and tags; its receipts stay.
    ///
    /// # Errors
    /// [`Error::SiteInUse`] while the queue holds items for it.
    pub async fn remove_site(&self, id: SiteId) -> Result<()> {
        self.ask(|reply| Ask::RemoveSite { id, reply }).await
    }

    /// The albums known of a site, by name.
    pub async fn albums(&self, site: SiteId) -> Result<Vec<Album>> {
        self.store.call(move |db| db.albums(site)).await
    }

    /// Remembers an album, or its new name.
    pub async fn save_album(&self, site: SiteId, album: Album) -> Result<()> {
        self.store.call(move |db| db.save_album(site, &album)).await
    }

    /// Forgets an album (the site keeps it).
    pub async fn remove_album(&self, site: SiteId, album: String) -> Result<()> {
        self.store.call(move |db| db.remove_album(site, &album)).await
    }

    /// Tags that were sent to a site, the most used first.
    pub async fn tags_used(&self, site: SiteId, limit: u32) -> Result<Vec<String>> {
        self.store.call(move |db| db.tags_used(site, limit)).await
    }

    /// A setting of the application.
    pub async fn setting(&self, key: &str) -> Result<Option<Value>> {
        let key = key.to_owned();
        self.store.call(move |db| db.setting(&key)).await
    }

    /// Every setting of the application.
    pub async fn settings(&self) -> Result<Vec<(String, Value)>> {
        self.store.call(Db::settings).await
    }

    /// Saves a setting; `null` removes it.
    pub async fn set_setting(&self, key: &str, value: Value) -> Result<()> {
        let key = key.to_owned();
        self.store.call(move |db| db.set_setting(&key, &value)).await
    }

    async fn ask<T>(&self, ask: impl FnOnce(oneshot::Sender<Result<T>>) -> Ask) -> Result<T> {
        let (reply, answer) = oneshot::channel();
        self.asks.send(Box::new(ask(reply))).map_err(|_| Error::Closed)?;
        answer.await.map_err(|_| Error::Closed)?
    }
}
