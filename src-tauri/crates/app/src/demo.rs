//! The demo host inside this process: a site to try the app on without an account.

use std::fs::{File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chevereto::ApiKey;
use demo_host::{DemoHost, Options};
use engine::{Album, Problem};
use serde::{Deserialize, Serialize};

use crate::{App, Category, Code};

/// The demo host: not running until it is wanted. One process runs it, others go to it there.
pub(crate) struct Demo {
    folder: PathBuf,
    running: Mutex<Option<Running>>,
}

/// Where it runs.
enum Running {
    Here { host: DemoHost, _lock: File },
    Elsewhere(At),
}

/// How another process finds it.
#[derive(Serialize, Deserialize)]
struct At {
    base: String,
    key: String,
}

impl Running {
    /// Starts it, unless another process runs it.
    fn begin(folder: &Path) -> io::Result<Self> {
        std::fs::create_dir_all(folder)?;
        let at = folder.join("at.json");
        let lock = File::options().create(true).append(true).open(folder.join("lock"))?;
        match lock.try_lock() {
            Ok(()) => {
                let host = DemoHost::start(Options::new(folder))?;
                let here = At { base: host.base_url(), key: host.user_key() };
                std::fs::write(at, serde_json::to_vec(&here)?)?;
                Ok(Self::Here { host, _lock: lock })
            }
            Err(TryLockError::WouldBlock) => {
                Ok(Self::Elsewhere(serde_json::from_slice(&std::fs::read(at)?)?))
            }
            Err(TryLockError::Error(error)) => Err(error),
        }
    }

    fn base(&self) -> String {
        match self {
            Self::Here { host, .. } => host.base_url(),
            Self::Elsewhere(at) => at.base.clone(),
        }
    }
}

impl Demo {
    pub(crate) fn new(folder: PathBuf) -> Self {
        Self { folder, running: Mutex::new(None) }
    }

    fn running(&self) -> MutexGuard<'_, Option<Running>> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What the host here says; nothing while it runs elsewhere or not at all.
    fn ask<T>(&self, question: impl FnOnce(&DemoHost) -> T) -> Option<T> {
        match self.running().as_ref()? {
            Running::Here { host, .. } => Some(question(host)),
            Running::Elsewhere(_) => None,
        }
    }

    /// Whether this process runs it.
    pub(crate) fn is_here(&self) -> bool {
        self.ask(|_| ()).is_some()
    }

    /// Starts it if it does not run, on the port of the last time when that is free, so that old links still open.
    /// Returns its base address.
    pub(crate) async fn start(self: &Arc<Self>) -> Result<String, Problem> {
        let demo = self.clone();
        let started = tokio::task::spawn_blocking(move || {
            let mut running = demo.running();
            if running.is_none() {
                *running = Some(Running::begin(&demo.folder)?);
            }
            io::Result::Ok(running.as_ref().map(Running::base).unwrap_or_default())
        });
        let started = started.await.map_err(|_| Code::Internal.problem())?;
        started.map_err(|error| Code::DemoFailed.problem().with("detail", error.kind().to_string()))
    }

    /// The key of its user, while it runs.
    pub(crate) fn key(&self) -> Option<ApiKey> {
        let key = match self.running().as_ref()? {
            Running::Here { host, .. } => host.user_key(),
            Running::Elsewhere(at) => at.key.clone(),
        };
        ApiKey::parse(&key).ok()
    }

    pub(crate) fn albums(&self) -> Vec<Album> {
        let albums = self.ask(DemoHost::albums).unwrap_or_default();
        albums
            .into_iter()
            .filter(|album| album.own)
            .map(|album| Album { id: album.id, name: album.name })
            .collect()
    }

    pub(crate) fn categories(&self) -> Vec<Category> {
        let categories = self.ask(DemoHost::categories).unwrap_or_default();
        categories.into_iter().map(|(id, name)| Category { id, name }).collect()
    }

    /// Ends it.
    pub(crate) async fn stop(self: &Arc<Self>) {
        let demo = self.clone();
        let ended = tokio::task::spawn_blocking(move || {
            if let Some(Running::Here { host, .. }) = demo.running().take() {
                host.stop();
            }
        });
        if ended.await.is_err() {
            tracing::warn!("the demo host did not end in order");
        }
    }
}

impl App {
    /// Starts the demo host again for a site that was set up before. Its port may be another one.
    pub(crate) async fn revive_demo(&self) {
        let base = match self.0.demo.start().await {
            Ok(base) => base,
            Err(problem) => return self.tell_early(problem),
        };
        let sites = self.0.engine.sites().await.unwrap_or_default();
        for mut site in sites.into_iter().filter(|site| site.demo && site.base != base) {
            site.base.clone_from(&base);
            if let Err(error) = self.0.engine.save_site(site).await {
                tracing::warn!(code = error.code(), "the demo host's address is not saved");
            }
        }
    }
}
