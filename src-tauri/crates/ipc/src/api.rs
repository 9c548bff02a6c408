//! The host of the window, over the app and the desktop.

mod host;

use std::sync::Arc;

use app::{Added, App, Code, PreviewOf};
use engine::{ItemId, Origin, Problem, ReceiptId};
use tokio::sync::broadcast;

use crate::mirror::Mirror;
use crate::view::*;
use crate::{Clipboard, Desktop};

/// How many events a slow window may fall behind before it has to ask for everything.
const BACKLOG: usize = 1024;

type Answer<T> = Result<T, ProblemView>;

/// Answers the window's commands.
pub struct Api<D: Desktop> {
    app: App,
    desktop: Arc<D>,
    events: broadcast::Sender<Arc<Event>>,
    mirror: Mirror,
}

impl<D: Desktop> Api<D> {
    /// A host over an open app. Needs a Tokio runtime: it starts the tasks that mirror the queue.
    #[must_use]
    pub fn new(app: App, desktop: Arc<D>) -> Self {
        let (events, _) = broadcast::channel(BACKLOG);
        let mirror = Mirror::start(app.clone(), events.clone());
        Self { app, desktop, events, mirror }
    }

    /// The app.
    #[must_use]
    pub fn app(&self) -> &App {
        &self.app
    }

    /// The desktop.
    #[must_use]
    pub fn desktop(&self) -> &Arc<D> {
        &self.desktop
    }

    /// What the window is to be told from now on. Shared: a change of many files is large.
    #[must_use]
    pub fn events(&self) -> broadcast::Receiver<Arc<Event>> {
        self.events.subscribe()
    }

    /// Tells the window something that only the shell knows: files held over it, a screen to show.
    pub fn tell(&self, event: Event) {
        self.mirror.send(event);
    }

    /// A preview for the scheme handler: `kind` is `item` or `receipt`. Bytes and media type.
    pub async fn preview(&self, kind: &str, id: i64, px: u32) -> Option<(Vec<u8>, &'static str)> {
        let of = match kind {
            "item" => PreviewOf::Item(ItemId(id)),
            "receipt" => PreviewOf::Receipt(ReceiptId(id)),
            _ => return None,
        };
        self.app.preview(of, px).await.map(|image| (image.bytes, image.mime))
    }

    /// Adds what is on the clipboard, wherever the wish came from.
    pub async fn add_clipboard(&self, origin: Origin) -> Added {
        match self.desktop.read_clipboard().await {
            Clipboard::Files(paths) => self.app.add_paths(paths, origin).await,
            Clipboard::Picture(pasted) => self.app.add_picture(pasted, origin).await,
            Clipboard::Text(text) => self.add_links(app::urls_in(&text)).await,
            Clipboard::Empty => nothing(Code::ClipboardEmpty.problem()),
            Clipboard::Unreadable => nothing(Code::ClipboardUnreadable.problem()),
        }
    }

    /// Downloads pictures and adds those that arrived.
    pub async fn add_links(&self, links: Vec<String>) -> Added {
        let fetched = self.app.fetch_urls(links).await;
        let tokens: Vec<i64> = fetched.iter().filter_map(|one| one.token).collect();
        if tokens.is_empty() {
            let problem = fetched.into_iter().find_map(|one| one.problem);
            return nothing(problem.unwrap_or_else(|| Code::ClipboardEmpty.problem()));
        }
        self.app.add_fetched(tokens).await
    }

    async fn open(&self, url: String) -> Answer<()> {
        let safe = url::Url::parse(&url).is_ok_and(|url| matches!(url.scheme(), "http" | "https"));
        if safe && self.desktop.open_url(url).await { Ok(()) } else { Err(Code::CannotOpen.into()) }
    }

    async fn copy(&self, text: String, copied: u32, left_out: u32) -> CopiedView {
        let taken = !text.is_empty() && self.desktop.write_clipboard(text.clone()).await;
        if taken || text.is_empty() {
            CopiedView { copied, left_out, text: None }
        } else {
            CopiedView { copied: 0, left_out, text: Some(text) }
        }
    }

    async fn page(&self, receipts: Vec<engine::Receipt>) -> Answer<Vec<ReceiptView>> {
        let mut names = std::collections::HashMap::new();
        let mut views = Vec::with_capacity(receipts.len());
        for receipt in receipts {
            if let std::collections::hash_map::Entry::Vacant(place) = names.entry(receipt.site) {
                // A site that is not known any more has no name to show.
                place.insert(
                    self.app.engine().site(receipt.site).await.map(|site| site.name).unwrap_or_default(),
                );
            }
            views.push(ReceiptView::of(&receipt, names.get(&receipt.site).map_or("", String::as_str)));
        }
        Ok(views)
    }
}

fn nothing(problem: Problem) -> Added {
    Added { problem: Some(problem), ..Added::default() }
}
