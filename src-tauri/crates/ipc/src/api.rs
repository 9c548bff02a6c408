//! The host of the window: every command over the app and the desktop.

use app::App;
use std::sync::Arc;
use tokio::sync::broadcast;

use crate::{Desktop, view::Event};

/// Answers the window's commands.
pub struct Api<D: Desktop> {
    app: App,
    desktop: Arc<D>,
    events: broadcast::Sender<Event>,
}

impl<D: Desktop> Api<D> {
    /// A host over an open app. Needs a Tokio runtime: it starts the task that mirrors the queue.
    #[must_use]
    pub fn new(app: App, desktop: Arc<D>) -> Self {
        let (events, _) = broadcast::channel(256);
        Self { app, desktop, events }
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

    /// What the window is to be told from now on.
    #[must_use]
    pub fn events(&self) -> broadcast::Receiver<Event> {
        self.events.subscribe()
    }

    /// Tells the window something that only the shell knows: files held over it, a screen to show.
    pub fn tell(&self, event: Event) {
        let _ = self.events.send(event);
    }

    /// A preview for the scheme handler: `kind` is `item` or `receipt`. Bytes and media type.
    pub async fn preview(&self, kind: &str, id: i64, px: u32) -> Option<(Vec<u8>, &'static str)> {
        let _ = (kind, id, px);
        todo!()
    }
}
