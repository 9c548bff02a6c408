//! The demo host inside this process: a site to try the app on without an account.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use chevereto::ApiKey;
use demo_host::{DemoHost, Options};
use engine::{Album, Problem};

use crate::{App, Category, Code};

/// The demo host: not running until it is wanted.
pub(crate) struct Demo {
    folder: PathBuf,
    host: Mutex<Option<DemoHost>>,
}

impl Demo {
    pub(crate) fn new(folder: PathBuf) -> Self {
        Self { folder, host: Mutex::new(None) }
    }

    /// Starts it if it does not run, on the port of the last time when that is free, so that old links still open.
    /// Returns its base address.
    pub(crate) async fn start(self: &Arc<Self>) -> Result<String, Problem> {
        let demo = self.clone();
        let started = tokio::task::spawn_blocking(move || {
            let mut host = demo.host.lock().unwrap_or_else(PoisonError::into_inner);
            if host.is_none() {
                *host = Some(DemoHost::start(Options::new(&demo.folder))?);
            }
            std::io::Result::Ok(host.as_ref().map(DemoHost::base_url).unwrap_or_default())
        });
        let started = started.await.map_err(|_| Code::Internal.problem())?;
        started.map_err(|error| Code::DemoFailed.problem().with("detail", error.kind().to_string()))
    }

    /// The key of its user, while it runs.
    pub(crate) fn key(&self) -> Option<ApiKey> {
        let host = self.host.lock().unwrap_or_else(PoisonError::into_inner);
        ApiKey::parse(&host.as_ref()?.user_key()).ok()
    }

    pub(crate) fn albums(&self) -> Vec<Album> {
        let host = self.host.lock().unwrap_or_else(PoisonError::into_inner);
        let albums = host.as_ref().map(DemoHost::albums).unwrap_or_default();
        albums
            .into_iter()
            .filter(|album| album.own)
            .map(|album| Album { id: album.id, name: album.name })
            .collect()
    }

    pub(crate) fn categories(&self) -> Vec<Category> {
        let host = self.host.lock().unwrap_or_else(PoisonError::into_inner);
        let categories = host.as_ref().map(DemoHost::categories).unwrap_or_default();
        categories.into_iter().map(|(id, name)| Category { id, name }).collect()
    }

    /// Ends it.
    pub(crate) async fn stop(self: &Arc<Self>) {
        let demo = self.clone();
        let ended = tokio::task::spawn_blocking(move || {
            if let Some(host) = demo.host.lock().unwrap_or_else(PoisonError::into_inner).take() {
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
