//! A queue in a folder of its own, a clock that is moved by hand, and both ends of the seams in the test's hands.
#![allow(dead_code, reason = "each test file uses its own part")]

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use engine::{
    Arrival, BatchDone, BoxFuture, Change, Engine, Facts, Fault, Item, ItemId, Job, KeyKept, Lane, LaneId,
    Links, ManualClock, NewItem, Origin, Phase, Policy, Ports, Prepare, PrepareJob, Prepared, Problem,
    ProgressSink, Retry, Scope, Site, SiteId, Snapshot, Timestamp, Transfer,
};
use tokio::sync::{Mutex, broadcast, mpsc, oneshot};

pub(crate) const START: Timestamp = Timestamp(1_000_000_000);

/// A transfer that the engine began: the test plays the site.
pub(crate) struct Call {
    pub(crate) job: Job,
    pub(crate) sink: ProgressSink,
    answer: oneshot::Sender<Result<Arrival, Fault>>,
    closed: Arc<AtomicBool>,
}

impl Call {
    pub(crate) fn arrives(self) {
        let name = self.job.name.clone();
        self.answers(Ok(arrival(&name)));
    }

    pub(crate) fn fails(self, code: &str, retry: Retry, scope: Scope, answered: bool) {
        self.answers(Err(Fault { problem: Problem::new(code), retry, scope, answered }));
    }

    pub(crate) fn answers(self, answer: Result<Arrival, Fault>) {
        assert!(self.answer.send(answer).is_ok(), "nobody waits for this answer");
    }

    /// Ends in a panic of the transfer's own.
    pub(crate) fn breaks(self) {
        drop(self.answer);
    }

    /// Tells, also later, whether the engine dropped the transfer and so closed its connection.
    pub(crate) fn connection(&self) -> Arc<AtomicBool> {
        self.closed.clone()
    }
}

pub(crate) fn arrival(name: &str) -> Arrival {
    let link = |kind: &str| Some(format!("https://site.example/{kind}/{name}"));
    Arrival {
        title: Some(name.to_owned()),
        links: Links { viewer: link("view"), direct: link("direct"), ..Links::default() },
        delete_link: Some(format!("https://site.example/delete/{name}").into()),
        approved: true,
        given: serde_json::json!({ "status": 200 }),
        ..Arrival::default()
    }
}

struct TestSite(mpsc::UnboundedSender<Call>);

struct Closes(Arc<AtomicBool>);

impl Drop for Closes {
    fn drop(&mut self) {
        self.0.store(true, Ordering::SeqCst);
    }
}

impl Transfer for TestSite {
    fn send(&self, job: Job, sink: ProgressSink) -> BoxFuture<Result<Arrival, Fault>> {
        let calls = self.0.clone();
        Box::pin(async move {
            let (answer, answered) = oneshot::channel();
            let closed = Arc::new(AtomicBool::new(false));
            let _closes = Closes(closed.clone());
            calls.send(Call { job, sink, answer, closed }).expect("the test listens");
            answered.await.expect("the transfer breaks")
        })
    }
}

/// "Hashes" a file by its content, and refuses one whose content says so.
struct Plain;

impl Prepare for Plain {
    fn prepare(&self, jobs: Vec<PrepareJob>) -> BoxFuture<Vec<Result<Prepared, Problem>>> {
        Box::pin(async move { jobs.into_iter().map(plain).collect() })
    }
}

fn plain(job: PrepareJob) -> Result<Prepared, Problem> {
    let content = std::fs::read_to_string(&job.path).map_err(|_| Problem::new("unreadable"))?;
    if content == "no picture" {
        return Err(Problem::new("not-a-picture"));
    }
    Ok(Prepared {
        body: job.path,
        body_owned: false,
        name: job.name,
        mime: job.facts.mime,
        size: content.len() as u64,
        blake3: format!("blake3 of {content}"),
        notes: vec!["location-removed".into()],
    })
}

pub(crate) struct World {
    pub(crate) dir: tempfile::TempDir,
    pub(crate) clock: ManualClock,
    pub(crate) engine: Engine,
    pub(crate) site: SiteId,
    calls: Mutex<mpsc::UnboundedReceiver<Call>>,
    changes: Mutex<broadcast::Receiver<Change>>,
}

impl World {
    pub(crate) async fn new() -> Self {
        Self::with(Policy::default()).await
    }

    pub(crate) async fn with(policy: Policy) -> Self {
        let dir = tempfile::tempdir().expect("a folder");
        let clock = ManualClock::at(START);
        let mut world = Self::open(dir, clock, policy).await;
        world.site = world.engine.save_site(site("site.example")).await.expect("a site");
        world
    }

    pub(crate) async fn open(dir: tempfile::TempDir, clock: ManualClock, policy: Policy) -> Self {
        let store = dir.path().join("keltas.db");
        Self::opened(&store, Lane::alone(), dir, clock, policy).await
    }

    async fn opened(
        store: &Path,
        lane: Lane,
        dir: tempfile::TempDir,
        clock: ManualClock,
        policy: Policy,
    ) -> Self {
        let (send, calls) = mpsc::unbounded_channel();
        let transfer = Arc::new(TestSite(send));
        let ports = Ports { transfer, prepare: Arc::new(Plain), clock: Arc::new(clock.clone()) };
        let opened = Engine::open(store, lane, policy, ports).await.expect("it opens");
        let engine = opened.engine;
        let changes = Mutex::new(engine.subscribe());
        let site = engine.sites().await.expect("sites").first().map_or(SiteId(0), |site| site.id);
        Self { dir, clock, engine, site, calls: Mutex::new(calls), changes }
    }

    /// Another process beside this one, with a queue of its own in the same store.
    pub(crate) async fn apart(&self, lane: LaneId) -> Self {
        self.beside(Lane::Apart(lane)).await
    }

    /// The main queue of the same store, opened anew.
    pub(crate) async fn main(&self, lives: impl Fn(LaneId) -> bool + Send + 'static) -> Self {
        self.beside(Lane::Main { is_alive: Box::new(lives) }).await
    }

    async fn beside(&self, lane: Lane) -> Self {
        let dir = tempfile::tempdir().expect("a folder for its files");
        Self::opened(&self.path("keltas.db"), lane, dir, self.clock.clone(), Policy::default()).await
    }

    /// Ends the program in good order and starts it again.
    pub(crate) async fn restarted(self) -> Self {
        self.engine.close().await.expect("it closes");
        Self::open(self.dir, self.clock, Policy::default()).await
    }

    /// What another start would find if the program had died this moment.
    pub(crate) async fn after_a_crash(&self) -> Self {
        let dir = tempfile::tempdir().expect("a folder");
        for name in ["keltas.db", "keltas.db-wal"] {
            std::fs::copy(self.path(name), dir.path().join(name)).expect("a copy");
        }
        Self::open(dir, self.clock.clone(), Policy::default()).await
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    pub(crate) fn file(&self, name: &str, content: &str) -> NewItem {
        let path = self.path(name);
        std::fs::write(&path, content).expect("a file");
        new_item(&path)
    }

    /// Adds files with contents of their own and waits until they are prepared.
    pub(crate) async fn added(&self, names: &[&str]) -> Vec<ItemId> {
        let items = names.iter().map(|name| self.file(name, &format!("content of {name}"))).collect();
        let ids = self.engine.add(self.site, items).await.expect("added");
        self.until("all are prepared", |now| now.queue.counts.preparing == 0).await;
        ids
    }

    pub(crate) async fn upload(&self) {
        self.engine.upload(None).await.expect("something to upload");
    }

    /// The next transfer that the engine begins.
    pub(crate) async fn call(&self) -> Call {
        let call = async { self.calls.lock().await.recv().await.expect("the engine is there") };
        tokio::time::timeout(PATIENCE, call).await.expect("a transfer begins")
    }

    /// The transfers that began since the last question.
    pub(crate) async fn begun(&self) -> Vec<Call> {
        let mut calls = self.calls.lock().await;
        std::iter::from_fn(|| calls.try_recv().ok()).collect()
    }

    /// No transfer has begun. Asked after a snapshot, so that the engine has done what it had to do.
    pub(crate) async fn assert_no_call(&self) {
        for _ in 0..3 {
            self.snapshot().await;
            tokio::task::yield_now().await;
        }
        assert!(self.calls.lock().await.try_recv().is_err(), "a transfer began");
    }

    pub(crate) async fn snapshot(&self) -> Snapshot {
        self.engine.snapshot().await.expect("a snapshot")
    }

    pub(crate) async fn item(&self, id: ItemId) -> Item {
        let found = self.snapshot().await.items.into_iter().find(|item| item.id == id);
        found.map(Arc::unwrap_or_clone).expect("the item is there")
    }

    pub(crate) async fn phase(&self, id: ItemId) -> Phase {
        self.item(id).await.phase
    }

    /// Waits until what is seen is so.
    pub(crate) async fn until(&self, what: &str, test: impl Fn(&Snapshot) -> bool) -> Snapshot {
        let mut changes = self.engine.subscribe();
        let seen = async {
            loop {
                let now = self.snapshot().await;
                if test(&now) {
                    return now;
                }
                // Falling behind is a change as well.
                let _ = changes.recv().await;
            }
        };
        match tokio::time::timeout(PATIENCE, seen).await {
            Ok(now) => now,
            Err(_) => panic!("never: {what}; it is {:#?}", self.snapshot().await),
        }
    }

    pub(crate) async fn until_phase(&self, id: ItemId, what: &str, test: impl Fn(&Phase) -> bool) {
        self.until(what, |now| now.items.iter().any(|item| item.id == id && test(&item.phase))).await;
    }

    /// The next end of a batch.
    pub(crate) async fn batch_done(&self) -> BatchDone {
        let done = async {
            let mut changes = self.changes.lock().await;
            loop {
                if let Change::BatchDone(done) = changes.recv().await.expect("no change is missed") {
                    return (*done).clone();
                }
            }
        };
        tokio::time::timeout(PATIENCE, done).await.expect("the batch ends")
    }

    /// How many batches ended since the last question.
    pub(crate) async fn batches_ended(&self) -> usize {
        self.snapshot().await;
        let mut changes = self.changes.lock().await;
        std::iter::from_fn(|| changes.try_recv().ok()).filter(|c| matches!(c, Change::BatchDone(_))).count()
    }
}

/// A test that waits longer than this has failed.
const PATIENCE: Duration = Duration::from_secs(30);

pub(crate) fn site(base: &str) -> Site {
    Site { key_kept: KeyKept::Keyring, added_at: START, ..Site::new(format!("https://{base}/"), base) }
}

pub(crate) fn new_item(path: &Path) -> NewItem {
    let data = std::fs::metadata(path).expect("a file");
    NewItem {
        path: path.to_owned(),
        owned: false,
        name: path.file_name().expect("a name").to_string_lossy().into_owned(),
        origin: Origin::Drop,
        facts: Facts {
            mime: "image/png".into(),
            size: data.len(),
            modified: data.modified().expect("a time").into(),
            width: Some(640),
            height: Some(480),
            duration_ms: None,
            animated: false,
        },
        title: None,
        refused: None,
    }
}
