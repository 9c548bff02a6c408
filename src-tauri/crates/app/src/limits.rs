//! What a site was seen to turn away: learned from its answers, checked before anything is sent, and forgotten when the
//! person says so.

use engine::{Period, Problem, Site, SiteId};

use crate::{App, AppEvent, Code, problem};

/// What an answer taught.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Learned {
    /// The largest file in bytes, as the site named it.
    Largest(u64),
    /// A file of so many bytes was too big, and no limit was named.
    TooBig(u64),
    /// A type is not taken.
    Refused(String),
}

/// Why the site would turn a file away, as far as is known.
#[must_use]
pub fn known_refusal(site: &Site, size: u64, mime: &str) -> Option<Problem> {
    let problem = if let Some(max) = site.max_size.filter(|max| size > *max) {
        Code::TooBigMax.problem().with("max_bytes", max.to_string())
    } else if let Some(refused) = site.refused_size.filter(|refused| size >= *refused) {
        Code::TooBigBefore.problem().with("refused_bytes", refused.to_string())
    } else if site.refused_types.iter().any(|refused| refused == mime) {
        Code::FormatRefused.problem()
    } else {
        return None;
    };
    Some(problem.with("site", &site.name))
}

/// How many uploads an address takes in which time, as it said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    /// So many.
    pub uploads: u32,
    /// In so long a time.
    pub period: Period,
}

impl App {
    /// Remembers what an answer taught of a site.
    pub(crate) async fn learn(&self, site: SiteId, learned: Learned) {
        let Ok(before) = self.0.engine.site(site).await else {
            return;
        };
        let mut site = before.clone();
        match learned {
            Learned::Largest(max) => site.max_size = Some(max),
            Learned::TooBig(size) => {
                site.refused_size = Some(site.refused_size.map_or(size, |known| known.min(size)));
            }
            Learned::Refused(mime) if !site.refused_types.contains(&mime) => site.refused_types.push(mime),
            Learned::Refused(_) => {}
        }
        if site != before
            && let Err(problem) = self.save_limits(site).await
        {
            tracing::warn!(code = problem.code, "what a site turns away is not kept");
        }
    }

    /// Forgets what a site was seen to turn away, and how fast it was found to take files: it may have changed.
    ///
    /// # Errors
    /// An unknown site; a store that cannot be written.
    pub async fn forget_limits(&self, site: SiteId) -> Result<(), Problem> {
        let engine = &self.0.engine;
        let mut known = engine.site(site).await.map_err(|error| problem::of_engine(&error))?;
        (known.max_size, known.refused_size, known.refused_types) = (None, None, Vec::new());
        engine.forget_limits(site).await.map_err(|error| problem::of_engine(&error))?;
        self.save_limits(known).await
    }

    /// Sets how many uploads run side by side on one site; `None`: as everywhere.
    ///
    /// # Errors
    /// An unknown site; a store that cannot be written.
    pub async fn set_site_parallel(&self, site: SiteId, parallel: Option<u8>) -> Result<(), Problem> {
        let known = self.0.engine.site(site).await.map_err(|error| problem::of_engine(&error))?;
        let parallel = parallel.map(|count| count.clamp(1, 8));
        self.save_limits(Site { parallel, ..known }).await
    }

    /// What is known of how fast a site takes files, the shortest time first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn rates(&self, site: SiteId) -> Result<Vec<Rate>, Problem> {
        let limits = self.0.engine.limits(site).await.map_err(|error| problem::of_engine(&error))?;
        Ok(limits.0.into_iter().map(|(period, uploads)| Rate { uploads, period }).collect())
    }

    async fn save_limits(&self, site: Site) -> Result<(), Problem> {
        self.0.engine.save_site(site).await.map_err(|error| problem::of_engine(&error))?;
        self.sites_changed().await?;
        self.tell(AppEvent::Sites);
        Ok(())
    }
}
