//! The window's host for a plain browser: the same page over the same commands as in the shell.
//! Only the desktop is a stand-in, because a browser has none.

use anyhow::{Context, Result};
use axum::{
    Json, Router,
    body::Bytes,
    extract::{Path as Segments, Query, State},
    http::{StatusCode, Uri, header},
    response::{
        IntoResponse, Response, Sse,
        sse::{Event, KeepAlive},
    },
    routing::{get, post},
};
use futures_util::{Stream, stream};
use ipc::{Api, Clipboard, Desktop};
use serde_json::Value;
use std::{
    collections::HashMap,
    convert::Infallible,
    fs,
    net::Ipv4Addr,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};
use tokio::{net::TcpListener, sync::broadcast::error::RecvError, task::JoinHandle};

/// What stands in for the desktop: what is chosen and pasted is set by the test, what is copied and opened is kept.
pub struct StandIn {
    chosen: Mutex<Vec<PathBuf>>,
    place: Mutex<Option<PathBuf>>,
    clipboard: Mutex<Clipboard>,
    opened: Mutex<Vec<String>>,
}

impl Default for StandIn {
    fn default() -> Self {
        Self {
            chosen: Mutex::default(),
            place: Mutex::default(),
            clipboard: Mutex::new(Clipboard::Empty),
            opened: Mutex::default(),
        }
    }
}

impl StandIn {
    /// What the next file dialog answers.
    pub fn choose(&self, files: &[PathBuf]) {
        *lock(&self.chosen) = files.to_vec();
    }

    /// The folder that the next dialog for saving is answered with.
    pub fn save_in(&self, folder: &Path) {
        *lock(&self.place) = Some(folder.to_owned());
    }

    /// What is on the clipboard.
    pub fn put(&self, content: Clipboard) {
        *lock(&self.clipboard) = content;
    }

    /// The text on the clipboard; empty when there is none.
    #[must_use]
    pub fn copied(&self) -> String {
        match &*lock(&self.clipboard) {
            Clipboard::Text(text) => text.clone(),
            _ => String::new(),
        }
    }

    /// Addresses that were opened in the browser.
    #[must_use]
    pub fn opened(&self) -> Vec<String> {
        lock(&self.opened).clone()
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Desktop for StandIn {
    async fn choose_files(&self) -> Vec<PathBuf> {
        lock(&self.chosen).clone()
    }

    async fn choose_place(&self, name: String) -> Option<PathBuf> {
        lock(&self.place).as_ref().map(|folder| folder.join(name))
    }

    async fn choose_archive(&self) -> Option<PathBuf> {
        lock(&self.chosen).first().cloned()
    }

    async fn read_clipboard(&self) -> Clipboard {
        lock(&self.clipboard).clone()
    }

    async fn write_clipboard(&self, text: String) -> bool {
        self.put(Clipboard::Text(text));
        true
    }

    async fn open_url(&self, url: String) -> bool {
        lock(&self.opened).push(url);
        true
    }

    fn hide_window(&self) {}

    fn quit(&self) {}

    fn has_tray(&self) -> bool {
        true
    }
}

/// The window's page, its commands, events and previews on a loopback port of its own. Ends when dropped.
pub struct Host {
    address: String,
    server: JoinHandle<()>,
}

impl Host {
    /// Serves the window of these commands.
    ///
    /// # Errors
    /// When the window was not built, or no port is to be had.
    pub async fn start(api: Arc<Api<StandIn>>) -> Result<Self> {
        let page = dist()?;
        let router = Router::new()
            .route("/ipc/{name}", post(command))
            .route("/events", get(events))
            .route("/preview/{kind}/{id}", get(preview))
            .fallback(move |address: Uri| file(page.clone(), address))
            .with_state(api);
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = format!("http://{}", listener.local_addr()?);
        let server = tokio::spawn(async move {
            // It ends with the test.
            let _ = axum::serve(listener, router).await;
        });
        Ok(Self { address, server })
    }

    /// Where the page is.
    #[must_use]
    pub fn address(&self) -> &str {
        &self.address
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        self.server.abort();
    }
}

/// The folder of the built window.
fn dist() -> Result<PathBuf> {
    let dist = Path::new(env!("CARGO_MANIFEST_DIR")).join("../ui/dist");
    anyhow::ensure!(
        dist.join("index.html").is_file(),
        "the window is not built: run `npm ci && npm run build` in the folder ui"
    );
    dist.canonicalize().context("the built window has a path")
}

type Shared = Arc<Api<StandIn>>;

async fn command(State(api): State<Shared>, Segments(name): Segments<String>, body: Bytes) -> Response {
    let args: Value = serde_json::from_slice(&body).unwrap_or_else(|_| Value::Object(serde_json::Map::new()));
    match ipc::route(&*api, &name, args).await {
        Ok(answer) => Json(answer).into_response(),
        Err(problem) => (StatusCode::UNPROCESSABLE_ENTITY, Json(problem)).into_response(),
    }
}

async fn events(State(api): State<Shared>) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let told = stream::unfold(api.events(), |mut events| async move {
        loop {
            match events.recv().await {
                Ok(event) => match Event::default().json_data(&*event) {
                    Ok(line) => return Some((Ok(line), events)),
                    Err(_) => continue,
                },
                Err(RecvError::Lagged(_)) => {}
                Err(RecvError::Closed) => return None,
            }
        }
    });
    Sse::new(told).keep_alive(KeepAlive::default())
}

async fn preview(
    State(api): State<Shared>,
    Segments((kind, id)): Segments<(String, i64)>,
    Query(query): Query<HashMap<String, u32>>,
) -> Response {
    let px = query.get("px").copied().unwrap_or(320);
    match api.preview(&kind, id, px).await {
        Some((bytes, mime)) => ([(header::CONTENT_TYPE, mime)], bytes).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// A file of the built window; its page for the bare address.
async fn file(dist: PathBuf, address: Uri) -> Response {
    let name = match address.path().trim_start_matches('/') {
        "" => "index.html",
        name => name,
    };
    let mime = match Path::new(name).extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript",
        Some("css") => "text/css",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("woff2") => "font/woff2",
        _ => "application/octet-stream",
    };
    match fs::read(dist.join(name)) {
        Ok(bytes) => ([(header::CONTENT_TYPE, mime)], bytes).into_response(),
        Err(_) => StatusCode::NOT_FOUND.into_response(),
    }
}
