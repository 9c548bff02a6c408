//! Sites: which there are, where their keys are, what they take.

mod deletion;
mod setup;

use std::time::SystemTime;

use chevereto::BaseUrl;
use engine::{Album, KeyKept, Problem, Site, SiteId, Timestamp};
use serde::{Deserialize, Serialize};

use crate::{App, AppEvent, problem};

/// So many used tags are offered.
const TAGS: u32 = 50;

/// The site that is offered first.
pub const IMGXIMG: &str = "https://imgximg.com";

/// Which site is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SiteChoice {
    /// imgximg.com
    Imgximg,
    /// Another one, by address as typed.
    Address {
        /// As typed.
        address: String,
        /// The key goes as a form field.
        old_api: bool,
    },
    /// The demo host of this app.
    Demo,
    /// One that is set up already.
    Known(SiteId),
}

/// What a typed address comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// Canonical base.
    pub base: String,
    /// Name for people.
    pub name: String,
    /// Where a key is to be had.
    pub key_page: String,
    /// `http://` to another machine.
    pub insecure: bool,
}

/// Where a site's key is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyPlace {
    /// No key is known.
    Missing,
    /// In the keyring.
    Keyring,
    /// In memory until the app quits.
    Session,
    /// The demo host's own.
    Demo,
}

/// Where a key is to be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeepKey {
    /// In the keyring.
    Keyring,
    /// In memory until the app quits.
    Session,
}

/// A category of a site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Category {
    /// Its number.
    pub id: i64,
    /// Its name.
    pub name: String,
}

/// Everything known of a site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SiteFacts {
    /// The site.
    pub site: Site,
    /// Files go here now.
    pub current: bool,
    /// Where its key is.
    pub key: KeyPlace,
    /// Albums that the person made known.
    pub albums: Vec<Album>,
    /// Categories that the site lists.
    pub categories: Vec<Category>,
    /// Tags used before, the most used first.
    pub tags: Vec<String>,
    /// How fast it takes files, as far as it said.
    pub rates: Vec<crate::Rate>,
}

/// What came of testing a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyTest {
    /// Good, and may upload.
    Accepted,
    /// The site does not know it, or does not let it upload.
    NotAccepted(Problem),
    /// The address leads elsewhere.
    Moved {
        /// The base to configure instead.
        to: String,
        /// In words.
        problem: Problem,
    },
    /// Anything else.
    Failed(Problem),
}

/// What came of saving a site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SaveSite {
    /// Set up and current.
    Saved(Box<SiteFacts>),
    /// The keyring did not take the key; "this session only" is on offer.
    NoKeyring(Problem),
    /// Not saved.
    Failed(Problem),
}

/// What came of "Delete from site".
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deleted {
    /// The site said so.
    Deleted,
    /// It was gone already.
    GoneAlready,
    /// Still there, as far as is known.
    Failed(Problem),
}

impl App {
    /// Every site, in the order in which they were set up.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn sites(&self) -> Result<Vec<SiteFacts>, Problem> {
        let current = self.current_site().await?;
        let mut all = Vec::new();
        for site in self.0.engine.sites().await.map_err(of_engine)? {
            all.push(self.facts_of(site, current).await?);
        }
        Ok(all)
    }

    /// The site that files go to now.
    ///
    /// # Errors
    /// When the queue cannot be read.
    pub async fn current_site(&self) -> Result<Option<SiteId>, Problem> {
        Ok(self.0.engine.state().await.map_err(of_engine)?.site)
    }

    async fn facts_of(&self, site: Site, current: Option<SiteId>) -> Result<SiteFacts, Problem> {
        let engine = &self.0.engine;
        let categories = engine.setting(&categories_key(site.id)).await.map_err(of_engine)?;
        let key = match site.key_kept {
            _ if site.demo => KeyPlace::Demo,
            KeyKept::Keyring => KeyPlace::Keyring,
            KeyKept::Session if self.0.keys.in_memory(&site.base).is_some() => KeyPlace::Session,
            KeyKept::Session | KeyKept::None => KeyPlace::Missing,
        };
        Ok(SiteFacts {
            current: current == Some(site.id),
            key,
            albums: engine.albums(site.id).await.map_err(of_engine)?,
            categories: categories.and_then(|list| serde_json::from_value(list).ok()).unwrap_or_default(),
            tags: engine.tags_used(site.id, TAGS).await.map_err(of_engine)?,
            rates: self.rates(site.id).await?,
            site,
        })
    }

    /// What a typed address comes to; asks no site.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn check_address(&self, address: &str) -> Result<Address, Problem> {
        let base = BaseUrl::parse(address).map_err(problem::of_address)?;
        Ok(Address {
            base: base.to_string(),
            name: base.host_name(),
            key_page: page(&base.to_string(), "settings/api"),
            insecure: base.is_insecure(),
        })
    }

    /// What a choice comes to.
    ///
    /// # Errors
    /// A wrong address, an unknown site, a demo host that does not start.
    pub async fn address_of(&self, choice: &SiteChoice) -> Result<Address, Problem> {
        let meant = self.meant(choice).await?;
        self.check_address(&meant.base)
    }

    /// Makes a site current.
    ///
    /// # Errors
    /// An unknown site.
    pub async fn use_site(&self, site: SiteId) -> Result<(), Problem> {
        self.0.engine.set_site(site).await.map_err(of_engine)?;
        self.tell(AppEvent::Sites);
        Ok(())
    }

    /// Takes a site and its key away; history stays.
    ///
    /// # Errors
    /// While files of the queue go there; when the keyring does not let the key go.
    pub async fn remove_site(&self, site: SiteId) -> Result<(), Problem> {
        let engine = &self.0.engine;
        let base = engine.site(site).await.map_err(of_engine)?.base;
        engine.remove_site(site).await.map_err(of_engine)?;
        let left = engine.sites().await.map_err(of_engine)?;
        if let (None, Some(next)) = (self.current_site().await?, left.first()) {
            engine.set_site(next.id).await.map_err(of_engine)?;
        }
        self.sites_changed().await?;
        self.tell(AppEvent::Sites);
        self.0.keys.forget(&base).await.map_err(|error| problem::of_keys(&error))
    }

    /// Remembers an album by its id or link.
    ///
    /// # Errors
    /// No album in the text.
    pub async fn save_album(&self, site: SiteId, link: &str, name: &str) -> Result<Album, Problem> {
        let id = crate::album_id(link)?;
        let name = if name.trim().is_empty() { album_name(link, &id) } else { name.trim().to_owned() };
        let album = Album { id, name };
        self.0.engine.save_album(site, album.clone()).await.map_err(of_engine)?;
        self.tell(AppEvent::Sites);
        Ok(album)
    }

    /// Forgets an album; the site keeps it.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub async fn remove_album(&self, site: SiteId, album: &str) -> Result<(), Problem> {
        self.0.engine.remove_album(site, album.to_owned()).await.map_err(of_engine)?;
        self.tell(AppEvent::Sites);
        Ok(())
    }

    /// The site that is meant: a known one when there is one at that address, else one not saved yet.
    async fn meant(&self, choice: &SiteChoice) -> Result<Site, Problem> {
        let (address, old_api, demo) = match choice {
            SiteChoice::Known(id) => {
                let mut site = self.0.engine.site(*id).await.map_err(of_engine)?;
                if site.demo {
                    site.base = self.0.demo.start().await?;
                }
                return Ok(site);
            }
            SiteChoice::Imgximg => (IMGXIMG.to_owned(), false, false),
            SiteChoice::Address { address, old_api } => (address.clone(), *old_api, false),
            SiteChoice::Demo => (self.0.demo.start().await?, false, true),
        };
        let Address { base, name, .. } = self.check_address(&address)?;
        let known = self.0.engine.sites().await.map_err(of_engine)?;
        if let Some(mut site) = known.into_iter().find(|site| site.base == base || (demo && site.demo)) {
            site.base = base;
            site.old_api = old_api;
            return Ok(site);
        }
        let name = if demo { l10n::text(self.language(), "demo-site-name", &[]) } else { name };
        let added_at = Timestamp::from(SystemTime::now());
        Ok(Site { old_api, demo, added_at, ..Site::new(base, name) })
    }

    pub(crate) async fn sites_changed(&self) -> Result<(), Problem> {
        self.0.known.set_sites(self.0.engine.sites().await.map_err(of_engine)?);
        Ok(())
    }
}

/// A page of a site.
#[must_use]
pub fn page(base: &str, path: &str) -> String {
    format!("{}/{path}", base.trim_end_matches('/'))
}

#[allow(clippy::needless_pass_by_value, reason = "it is given to map_err")]
fn of_engine(error: engine::Error) -> Problem {
    problem::of_engine(&error)
}

fn categories_key(site: SiteId) -> String {
    format!("categories/{site}")
}

/// The readable part of an album's link: `Curonian Spit` of `https://host/album/curonian-spit.Zk3f`.
fn album_name(link: &str, id: &str) -> String {
    let last = link.trim().trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    let name = last.strip_suffix(id).unwrap_or_default().trim_end_matches('.').replace('-', " ");
    if name.trim().is_empty() { id.to_owned() } else { name }
}
