//! Follows the queue for everything that is not the window: tray, title, notifications, copied links.

use crate::{
    Shared, notify,
    tray::{Face, RECENT, Tray},
};
use app::notice;
use engine::{BatchDone, Change, HistoryQuery, QueueState, ReceiptId, SitePause};
use ipc::{
    Host,
    view::{self, Activity, Event},
};
use l10n::words;
use serde_json::json;
use tauri::async_runtime;
use tokio::sync::broadcast::error::RecvError;

/// Follows until the app is closed.
pub(crate) async fn run(api: Shared, tray: Option<Tray>) {
    let mut changes = api.app().engine().subscribe();
    let mut events = api.events();
    let mut seen = Seen::first(&api).await;
    loop {
        seen.face.language = api.app().language();
        seen.show(&api, tray.as_ref());
        tokio::select! {
            change = changes.recv() => match change {
                Ok(Change::Queue(delta)) => {
                    if let Some(queue) = &delta.queue {
                        seen.queue(&api, queue).await;
                    }
                }
                Ok(Change::BatchDone(done)) => {
                    let api = api.clone();
                    async_runtime::spawn(async move { ended(&api, &done).await });
                }
                Ok(Change::History) => seen.face.recent = recent(&api).await,
                Ok(Change::Progress(_)) => {}
                Err(RecvError::Lagged(_)) => seen = Seen::first(&api).await,
                Err(RecvError::Closed) => return,
            },
            event = events.recv() => match event {
                Ok(event) => {
                    if let Event::Queue(delta) = &*event && let Some(state) = &delta.state {
                        seen.state(state);
                    }
                }
                Err(RecvError::Lagged(_)) => if let Ok(queue) = api.queue().await { seen.state(&queue.state) },
                Err(RecvError::Closed) => return,
            },
        }
    }
}

/// What was seen last.
struct Seen {
    face: Face,
    /// Pauses of sites that were told of.
    pauses: Vec<SitePause>,
    title: String,
}

impl Seen {
    async fn first(api: &Shared) -> Self {
        let face = Face {
            language: api.app().language(),
            activity: Activity::Idle,
            batch: (0, 0),
            waiting: 0,
            attention: false,
            recent: recent(api).await,
        };
        let mut seen = Self { face, pauses: Vec::new(), title: String::new() };
        if let Ok(queue) = api.app().engine().state().await {
            // What the last run was told of is not told again.
            seen.pauses.clone_from(&queue.site_pauses);
            seen.queue(api, &queue).await;
        }
        if let Ok(queue) = api.queue().await {
            seen.state(&queue.state);
        }
        seen
    }

    async fn queue(&mut self, api: &Shared, queue: &QueueState) {
        self.face.waiting = queue.counts.ready + queue.counts.waiting + queue.counts.sending;
        if self.pauses == queue.site_pauses {
            return;
        }
        let settings = api.app().settings();
        for pause in queue.site_pauses.iter().filter(|pause| !self.pauses.contains(pause)) {
            let site = api.app().engine().site(pause.site).await.map(|site| site.name).unwrap_or_default();
            if let Some(notice) = notice::of_pause(pause, notify::now_ms(), &site)
                && settings.notify
                && !api.desktop().is_watched()
            {
                notify::show(api, notify::say(api.app().language(), &notice, "", false));
            }
        }
        self.pauses.clone_from(&queue.site_pauses);
    }

    fn state(&mut self, state: &view::QueueState) {
        let batch = state.batch.as_ref();
        let trouble = batch.is_some_and(|batch| batch.failed + batch.unknown > 0);
        let stopped = state.site_hold.as_ref().is_some_and(|hold| hold.until.is_none());
        self.face.activity = state.activity;
        self.face.batch = batch.map_or((0, 0), |batch| (batch.files, batch.percent));
        self.face.attention = stopped || (trouble && state.activity == Activity::Done);
    }

    fn show(&mut self, api: &Shared, tray: Option<&Tray>) {
        if let Some(tray) = tray {
            tray.show(&self.face);
        }
        let title = match self.face.activity {
            Activity::Uploading => words::window_title_uploading(self.face.language, self.face.batch.1),
            _ => words::window_title(self.face.language),
        };
        if title != self.title {
            if let Some(window) = api.desktop().window() {
                // A title that cannot be set is no reason to stop.
                let _ = window.set_title(&title);
            }
            self.title = title;
        }
    }
}

/// A batch ended: its links are copied where that is wanted, and one notification says what came of it.
async fn ended(api: &Shared, done: &BatchDone) {
    let app = api.app();
    let (settings, language) = (app.settings(), app.language());
    let receipts = app.engine().receipts(done.receipts.clone()).await.unwrap_or_default();
    let links = links(api, done.receipts.clone()).await;
    let quick = api.desktop().quick.take(done.batch).await;
    let text = links.join("\n");
    let wanted = (quick || settings.copy_when_done) && !links.is_empty();
    let copied = wanted && api.desktop().write_clipboard(text.clone()).await;
    api.desktop()
        .witness
        .tell("batch-done", json!({ "links": links, "failed": done.failed, "unknown": done.unknown }));
    if settings.notify && (quick || !api.desktop().is_watched()) {
        let site = site_of(api, receipts.first().map(|receipt| receipt.site)).await;
        let notice = notice::of_batch(done, &receipts, &links, &site);
        notify::show(api, notify::say(language, &notice, &text, copied));
    }
}

/// The name of the site that a batch went to; without a receipt, of the current one.
async fn site_of(api: &Shared, site: Option<engine::SiteId>) -> String {
    let engine = api.app().engine();
    let site = match site {
        Some(site) => Some(site),
        None => engine.state().await.ok().and_then(|queue| queue.site),
    };
    match site {
        Some(site) => engine.site(site).await.map(|site| site.name).unwrap_or_default(),
        None => String::new(),
    }
}

/// The usable links of receipts in the form that was chosen last.
pub(crate) async fn links(api: &Shared, receipts: Vec<ReceiptId>) -> Vec<String> {
    let form = api.app().settings().link_form;
    let rendered = api.app().render_links(receipts, form).await.unwrap_or_default();
    rendered.into_iter().filter_map(|row| row.text).collect()
}

async fn recent(api: &Shared) -> Vec<(ReceiptId, String)> {
    let query = HistoryQuery { limit: RECENT, ..HistoryQuery::default() };
    let page = api.app().engine().history(query).await;
    page.map(|page| page.receipts).unwrap_or_default().into_iter().map(|one| (one.id, one.name)).collect()
}
