//! What the workers of the engine need to know and must not ask the engine for: sites and settings.

use std::collections::HashMap;

use engine::{Site, SiteId};
use tokio::sync::watch;

use crate::Settings;

/// Sites and settings in memory. Work that begins before they were read waits for them.
pub(crate) struct Known {
    sites: watch::Sender<Option<HashMap<SiteId, Site>>>,
    settings: watch::Sender<Option<Settings>>,
}

impl Default for Known {
    fn default() -> Self {
        Self { sites: watch::Sender::new(None), settings: watch::Sender::new(None) }
    }
}

impl Known {
    pub(crate) fn set_sites(&self, sites: Vec<Site>) {
        self.sites.send_replace(Some(sites.into_iter().map(|site| (site.id, site)).collect()));
    }

    pub(crate) fn set_settings(&self, settings: Settings) {
        self.settings.send_replace(Some(settings));
    }

    /// The settings; the defaults before they were read.
    pub(crate) fn settings(&self) -> Settings {
        self.settings.borrow().clone().unwrap_or_default()
    }

    /// The settings, once they were read.
    pub(crate) async fn settings_read(&self) -> Settings {
        let mut settings = self.settings.subscribe();
        // The sender lives as long as `self`, so the wait cannot fail.
        let read = settings.wait_for(Option::is_some).await.map(|read| read.clone());
        read.ok().flatten().unwrap_or_default()
    }

    /// A site, once they were read.
    pub(crate) async fn site_read(&self, id: SiteId) -> Option<Site> {
        let mut sites = self.sites.subscribe();
        let read = sites.wait_for(Option::is_some).await.ok()?;
        read.as_ref()?.get(&id).cloned()
    }
}
