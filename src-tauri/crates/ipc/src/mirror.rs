//! The queue as the window knows it: the engine's changes and progress, joined over a moment, as deltas.

mod batch;
mod state;

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use app::{App, AppEvent};
use engine::Change;
use tokio::sync::broadcast;
use tokio::sync::broadcast::error::RecvError;
use tokio::time::{Instant, sleep_until};

use crate::view::{Event, QueueView, SiteView};
use state::State;

/// So long changes are joined.
const JOIN: Duration = Duration::from_millis(60);

/// So many files are told of at once, and what is left after such a while.
const PIECE: usize = 250;
const BETWEEN: Duration = Duration::from_millis(10);

/// While an upload runs its rate is told anew this often, even when nothing moves.
const PULSE: Duration = Duration::from_secs(1);

/// What the window was told, and what it is to be told next.
#[derive(Clone)]
pub(crate) struct Mirror {
    state: Arc<Mutex<State>>,
    events: broadcast::Sender<Arc<Event>>,
}

/// What happened since the window was told last.
#[derive(Default)]
pub(crate) struct Pending {
    changed: BTreeSet<i64>,
    removed: BTreeSet<i64>,
    moved: BTreeSet<i64>,
    order: bool,
    receipts: bool,
}

impl Pending {
    /// A part of the changed files when they are too many for one event.
    fn piece(&mut self) -> Option<Self> {
        let first_of_rest = self.changed.iter().nth(PIECE).copied()?;
        let rest = self.changed.split_off(&first_of_rest);
        Some(Self { changed: std::mem::replace(&mut self.changed, rest), ..Self::default() })
    }
}

impl Mirror {
    /// Begins to follow the engine and the app. Ends when the engine has ended.
    pub(crate) fn start(app: App, events: broadcast::Sender<Arc<Event>>) -> Self {
        let mirror = Self { state: Arc::default(), events };
        let changes = app.engine().subscribe();
        let told = app.events();
        tokio::spawn(mirror.clone().follow_queue(app.clone(), changes));
        tokio::spawn(mirror.clone().follow_app(app, told));
        mirror
    }

    /// The queue whole.
    pub(crate) async fn whole(&self, app: &App) -> QueueView {
        if self.state().is_empty() {
            // Asked before the first change: the window must not wait for one.
            self.take_snapshot(app).await;
        }
        self.state().view()
    }

    /// The ended upload was put away.
    pub(crate) async fn put_away(&self, app: &App) {
        self.state().put_away();
        self.flush(app, Pending::default()).await;
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn follow_queue(self, app: App, mut changes: broadcast::Receiver<Change>) {
        let sites = app.sites().await.unwrap_or_default();
        self.state().sites(&sites);
        let all = self.take_snapshot(&app).await;
        self.flush(&app, all).await;
        loop {
            let busy = self.state().is_busy();
            let first = tokio::select! {
                change = changes.recv() => Some(change),
                () = tokio::time::sleep(PULSE), if busy => None,
            };
            let mut pending = Pending::default();
            let Some(first) = first else {
                self.flush(&app, pending).await;
                continue;
            };
            if !self.take(&app, first, &mut pending).await {
                return;
            }
            let until = Instant::now() + JOIN;
            loop {
                let next = tokio::select! {
                    change = changes.recv() => change,
                    () = sleep_until(until) => break,
                };
                if !self.take(&app, next, &mut pending).await {
                    return;
                }
            }
            self.flush(&app, pending).await;
        }
    }

    /// Takes one change in; `false` when there will be no more.
    async fn take(&self, app: &App, change: Result<Change, RecvError>, pending: &mut Pending) -> bool {
        match change {
            Ok(Change::Queue(delta)) => {
                let pauses = delta.queue.as_ref().map(|queue| &queue.site_pauses);
                let paused = pauses.is_some_and(|pauses| self.state().pauses() != pauses.as_slice());
                let in_line = self.state().apply(&delta, pending);
                if !in_line {
                    *pending = self.take_snapshot(app).await;
                }
                if paused {
                    // What paused a site may have taught the engine how much it takes.
                    self.pass_on(app, AppEvent::Sites).await;
                }
            }
            Ok(Change::Progress(progress)) => self.state().progress(&progress, pending),
            Ok(Change::BatchDone(done)) => self.state().batch_done(done.batch),
            Ok(Change::History) => {
                pending.receipts = true;
                self.send(Event::History);
            }
            Err(RecvError::Lagged(_)) => *pending = self.take_snapshot(app).await,
            Err(RecvError::Closed) => return false,
        }
        true
    }

    async fn take_snapshot(&self, app: &App) -> Pending {
        match app.engine().snapshot().await {
            Ok(snapshot) => {
                self.state().settings(&app.settings());
                let pending = self.state().replace(snapshot);
                self.fetch_receipts(app, false).await;
                pending
            }
            Err(_) => Pending::default(),
        }
    }

    /// Tells the window what is pending: many files in pieces, with time between them to read and to draw one.
    async fn flush(&self, app: &App, mut pending: Pending) {
        self.fetch_receipts(app, pending.receipts).await;
        while let Some(piece) = pending.piece() {
            self.tell(piece);
            tokio::time::sleep(BETWEEN).await;
        }
        self.tell(pending);
    }

    fn tell(&self, pending: Pending) {
        // Sent before the state is let go, so that no later delta comes before this one.
        let mut state = self.state();
        if let Some(delta) = state.delta(pending) {
            self.send(Event::Queue(delta));
        }
    }

    /// Reads the receipts that items show, new ones or all of them.
    async fn fetch_receipts(&self, app: &App, again: bool) {
        let ids = self.state().receipts_wanted(again);
        if ids.is_empty() {
            return;
        }
        let receipts = app.engine().receipts(ids).await.unwrap_or_default();
        let sites: BTreeSet<i64> = receipts.iter().map(|receipt| receipt.site.0).collect();
        for id in sites {
            if let Ok(site) = app.engine().site(engine::SiteId(id)).await {
                self.state().site_name(site);
            }
        }
        self.state().keep_receipts(receipts);
    }

    async fn follow_app(self, app: App, mut told: broadcast::Receiver<AppEvent>) {
        loop {
            match told.recv().await {
                Ok(event) => self.pass_on(&app, event).await,
                Err(RecvError::Lagged(_)) => {
                    self.pass_on(&app, AppEvent::Sites).await;
                    self.pass_on(&app, AppEvent::Settings).await;
                }
                Err(RecvError::Closed) => return,
            }
        }
    }

    async fn pass_on(&self, app: &App, event: AppEvent) {
        self.send(match event {
            AppEvent::Sites => {
                let sites = app.sites().await.unwrap_or_default();
                let pending = self.state().sites(&sites);
                self.flush(app, pending).await;
                Event::Sites(sites.into_iter().map(SiteView::from).collect())
            }
            AppEvent::Settings => {
                let settings = app.settings();
                let pending = self.state().settings(&settings);
                self.flush(app, pending).await;
                Event::Settings(settings.into())
            }
            AppEvent::Intake { seen, done } => {
                Event::Intake { seen: crate::view::count(seen), done: done.map(Into::into) }
            }
            AppEvent::KeyringWaits(waits) => Event::KeyringWaits(waits),
            AppEvent::Notice(problem) => Event::Notice(problem.into()),
        });
    }

    pub(crate) fn send(&self, event: Event) {
        // Nobody listening is fine: a window that opens later asks for everything.
        let _ = self.events.send(Arc::new(event));
    }
}
