//! What a site does not take: learned from its answers or set by the person, and checked before anything is sent.
//!
//! A number that the person sets takes the place of what was learned before: they may know better. What the site says
//! later stands beside it. The smaller of the two counts, and a site that says less than was set is told of. So no later
//! answer loosens what the person set, and no setting makes the site take more. Formats have no number: the site's word
//! and the person's make one list, which either may add to, and only the person takes from it.

use engine::{Period, Problem, Site, SiteId};

use crate::{App, AppEvent, Code, format, problem};

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
    let own = site.own_max_size.filter(|max| size > *max);
    let said = site.max_size.filter(|max| size > *max && own.is_none_or(|own| *max < own));
    let problem = if let Some(max) = said {
        Code::TooBigMax.problem().with("max_bytes", max.to_string())
    } else if let Some(own) = own {
        Code::TooBigOwn.problem().with("max_bytes", own.to_string())
    } else if let Some(refused) = site.refused_size.filter(|refused| size >= *refused) {
        Code::TooBigBefore.problem().with("refused_bytes", refused.to_string())
    } else if site.refused_types.iter().any(|refused| refused == mime) {
        Code::FormatRefused.problem()
    } else {
        return None;
    };
    Some(problem.with("site", &site.name))
}

/// How many uploads an address takes in which time. Of two numbers the smaller counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    /// In so long a time.
    pub period: Period,
    /// So many, as the site said.
    pub learned: Option<u32>,
    /// So many, as the person set it.
    pub own: Option<u32>,
}

/// A limit as the person types it. An empty text: no limit is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SetLimit {
    /// The largest file: "2.5" or "2,5" of a unit.
    Largest {
        /// As typed.
        amount: String,
        /// What it counts.
        unit: SizeUnit,
    },
    /// So many uploads in a time.
    Rate {
        /// In so long a time.
        period: Period,
        /// As typed.
        uploads: String,
    },
    /// A format that the site does or does not take.
    Format {
        /// One of [`formats`], by its label.
        label: String,
        /// Not taken.
        refused: bool,
    },
}

/// What sizes are counted in, as they are shown: a kB has 1,000 bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum SizeUnit {
    Kb,
    Mb,
    Gb,
}

/// The labels of all formats that can be sent, and so refused: "JPEG".
#[must_use]
pub fn formats() -> Vec<&'static str> {
    format::sent().map(media::Format::label).collect()
}

/// The largest file that anyone means, in bytes: 1 PB. More is a slip of the hand.
const MOST_BYTES: u64 = 1_000_000_000_000_000;

fn bytes(amount: &str, unit: SizeUnit) -> Result<Option<u64>, Problem> {
    let amount = amount.trim().replace(',', ".");
    if amount.is_empty() {
        return Ok(None);
    }
    let zeros = match unit {
        SizeUnit::Kb => 3,
        SizeUnit::Mb => 6,
        SizeUnit::Gb => 9,
    };
    let (whole, part) = amount.split_once('.').unwrap_or((&amount, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let read = (digits(whole) && digits(part)).then(|| format!("{whole}{part:0<zeros$.zeros$}").parse().ok());
    let bytes = read.flatten().filter(|bytes| (1..=MOST_BYTES).contains(bytes));
    bytes.map(Some).ok_or_else(|| Code::SizeUnreadable.problem())
}

fn count(uploads: &str) -> Result<Option<u32>, Problem> {
    let uploads = uploads.trim();
    if uploads.is_empty() {
        return Ok(None);
    }
    let count = uploads.parse().ok().filter(|count| *count > 0);
    count.map(Some).ok_or_else(|| Code::NumberUnreadable.problem())
}

impl App {
    /// Remembers what an answer taught of a site.
    pub(crate) async fn learn(&self, site: SiteId, learned: Learned) {
        let _one_by_one = self.0.limits.lock().await;
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
        if site == before {
            return;
        }
        let contradiction = contradiction(&site);
        match self.save_limits(site).await {
            Ok(()) => drop(contradiction.map(|problem| self.tell(AppEvent::Notice(problem)))),
            Err(problem) => tracing::warn!(code = problem.code, "what a site turns away is not kept"),
        }
    }

    /// Sets what a site takes. How a number of the person and the site's own go together: see the module.
    ///
    /// # Errors
    /// What is no number or no format; an unknown site; a store that cannot be written.
    pub async fn set_limit(&self, site: SiteId, limit: SetLimit) -> Result<(), Problem> {
        let _one_by_one = self.0.limits.lock().await;
        let engine = &self.0.engine;
        let mut known = engine.site(site).await.map_err(|error| problem::of_engine(&error))?;
        match limit {
            SetLimit::Largest { amount, unit } => {
                known.own_max_size = bytes(&amount, unit)?;
                (known.max_size, known.refused_size) = (None, None);
            }
            SetLimit::Rate { period, uploads } => {
                let uploads = count(&uploads)?;
                engine.set_limit(site, period, uploads).await.map_err(|error| problem::of_engine(&error))?;
            }
            SetLimit::Format { label, refused } => {
                let mime = format::mime_of(&label).ok_or_else(|| Code::FormatUnknown.problem())?;
                known.refused_types.retain(|one| one != mime);
                known.refused_types.extend(refused.then(|| mime.to_owned()));
            }
        }
        self.save_limits(known).await
    }

    /// Forgets what a site takes, and how fast, whoever said so: it may have changed.
    ///
    /// # Errors
    /// An unknown site; a store that cannot be written.
    pub async fn forget_limits(&self, site: SiteId) -> Result<(), Problem> {
        let _one_by_one = self.0.limits.lock().await;
        let engine = &self.0.engine;
        let mut known = engine.site(site).await.map_err(|error| problem::of_engine(&error))?;
        (known.max_size, known.own_max_size) = (None, None);
        (known.refused_size, known.refused_types) = (None, Vec::new());
        engine.forget_limits(site).await.map_err(|error| problem::of_engine(&error))?;
        self.save_limits(known).await
    }

    /// Sets how many uploads run side by side on one site; `None`: as everywhere.
    ///
    /// # Errors
    /// An unknown site; a store that cannot be written.
    pub async fn set_site_parallel(&self, site: SiteId, parallel: Option<u8>) -> Result<(), Problem> {
        let _one_by_one = self.0.limits.lock().await;
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
        let rate = |period: Period| Rate {
            period,
            learned: limits.learned.get(&period).copied(),
            own: limits.own.get(&period).copied(),
        };
        Ok(Period::ALL.into_iter().map(rate).filter(|rate| rate.learned.or(rate.own).is_some()).collect())
    }

    async fn save_limits(&self, site: Site) -> Result<(), Problem> {
        self.0.engine.save_site(site).await.map_err(|error| problem::of_engine(&error))?;
        self.sites_changed().await?;
        self.tell(AppEvent::Sites);
        Ok(())
    }
}

/// What to say when a site turned away what the person let it have.
fn contradiction(site: &Site) -> Option<Problem> {
    let own = site.own_max_size?;
    let problem = if let Some(max) = site.max_size.filter(|max| *max < own) {
        Code::LimitLower.problem().with("max_bytes", max.to_string())
    } else if let Some(refused) = site.refused_size.filter(|refused| *refused <= own) {
        Code::LimitDoubted.problem().with("refused_bytes", refused.to_string())
    } else {
        return None;
    };
    Some(problem.with("own_bytes", own.to_string()).with("site", &site.name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_as_people_type_them() {
        let read = |amount, unit| bytes(amount, unit).map_err(|problem| problem.code);
        assert_eq!(read(" 20 ", SizeUnit::Mb), Ok(Some(20_000_000)));
        assert_eq!(read("2,5", SizeUnit::Gb), Ok(Some(2_500_000_000)));
        assert_eq!(read("0.0015", SizeUnit::Kb), Ok(Some(1)), "no part of a byte");
        assert_eq!(read(".5", SizeUnit::Kb), Ok(Some(500)));
        assert_eq!(read("", SizeUnit::Mb), Ok(None));
        for amount in ["0", "-3", "1e9", "inf", "1.5.5", "1.000,5", "ten", ".", "99999999999999999999"] {
            assert_eq!(read(amount, SizeUnit::Mb), Err("size-unreadable".to_owned()), "{amount}");
        }
    }

    #[test]
    fn counts_are_whole_and_above_zero() {
        assert_eq!((count("50"), count(" ")), (Ok(Some(50)), Ok(None)));
        for uploads in ["0", "-1", "2.5", "many", "99999999999"] {
            assert!(count(uploads).is_err(), "{uploads}");
        }
    }

    #[test]
    fn every_format_that_can_be_sent_can_be_refused() {
        assert!(formats().contains(&"WebP") && !formats().contains(&"PDF"), "{:?}", formats());
        assert!(formats().into_iter().all(|label| format::mime_of(label).is_some()));
    }
}
