//! Setting a site up: its key is tested, kept, and the site's own pages are looked at.

use chevereto::{Api, ApiKey, BaseUrl, KeyCheck};
use engine::{KeyKept, Problem, Site, SiteId};

use super::{Category, KeepKey, KeyTest, SaveSite, SiteChoice, SiteFacts, categories_key, of_engine};
use crate::{App, AppEvent, Code, problem};

impl App {
    /// Tests a key without uploading; an empty one means the kept key of a known site. A typed address that is not
    /// quite the site's is told from one where nothing is.
    pub async fn test_key(&self, choice: &SiteChoice, key: &str) -> KeyTest {
        let (site, key) = match self.to_test(choice, key).await {
            Ok(found) => found,
            Err(problem) => return KeyTest::Failed(problem),
        };
        let base = match BaseUrl::parse(&site.base) {
            Ok(base) => base,
            Err(error) => return KeyTest::Failed(problem::of_address(error)),
        };
        let to = chevereto::Site { base, api: if site.old_api { Api::Old } else { Api::V1_1 } };
        match self.0.client.check_key(&to, &key).await {
            Ok(KeyCheck::Accepted) => KeyTest::Accepted,
            Ok(KeyCheck::NotAccepted { said }) => {
                KeyTest::NotAccepted(problem::of_site(&chevereto::Error::KeyRefused { said }, &site.name))
            }
            Ok(KeyCheck::NotAllowed { said }) => {
                KeyTest::NotAccepted(problem::of_site(&chevereto::Error::NotAllowed { said }, &site.name))
            }
            Err(error @ chevereto::Error::Moved { to: Some(_) }) => {
                let problem = problem::of_site(&error, &site.name);
                KeyTest::Moved { to: problem.args.get("to").cloned().unwrap_or_default(), problem }
            }
            Err(error) => match self.elsewhere(choice, &to.base, &error).await {
                Some((to, code)) => {
                    let problem = code.problem().with("to", &to).with("site", &site.name);
                    KeyTest::Moved { to, problem }
                }
                None => KeyTest::Failed(problem::of_site(&error, &site.name)),
            },
        }
    }

    /// Where the site is that a typed address leads to, when there is no upload API at the address itself: above a
    /// pasted page, or at plain `http`. Asked without the key.
    async fn elsewhere(
        &self,
        choice: &SiteChoice,
        tried: &BaseUrl,
        error: &chevereto::Error,
    ) -> Option<(String, Code)> {
        use chevereto::Error as E;
        let SiteChoice::Address { address, .. } = choice else { return None };
        if !matches!(error, E::WrongAddress { .. } | E::Connect { .. } | E::ConnectTimeout | E::Tls { .. }) {
            return None;
        }
        let found = self.0.client.find_site(address).await.ok()?;
        let base = found.probe.base.clone();
        if base == *tried || !found.probe.is_chevereto() {
            return None;
        }
        let code = if tried.is_secure() && !base.is_secure() { Code::HttpOnly } else { Code::MovedTo };
        Some((base.to_string(), code))
    }

    async fn to_test(&self, choice: &SiteChoice, key: &str) -> Result<(Site, ApiKey), Problem> {
        let site = self.meant(choice).await?;
        let kept = if site.demo {
            self.0.demo.key()
        } else if key.trim().is_empty() && site.id != SiteId::UNSAVED {
            self.0.keys.get(&site.base).await.map_err(|error| problem::of_keys(&error))?
        } else {
            None
        };
        match kept {
            Some(kept) => Ok((site, kept)),
            None => Ok((site, ApiKey::parse(key).map_err(problem::of_key)?)),
        }
    }

    /// Sets a site up, or gives a known one a new key, and makes it current; an empty key keeps what is there.
    pub async fn save_site(&self, choice: &SiteChoice, key: &str, keep: KeepKey) -> SaveSite {
        let mut site = match self.meant(choice).await {
            Ok(site) => site,
            Err(problem) => return SaveSite::Failed(problem),
        };
        let keeps_old = key.trim().is_empty() && (site.demo || site.key_kept != KeyKept::None);
        if !keeps_old {
            let key = match ApiKey::parse(key) {
                Ok(key) => key,
                Err(error) => return SaveSite::Failed(problem::of_key(error)),
            };
            match keep {
                KeepKey::Keyring => {
                    if let Err(error) = self.0.keys.keep(&site.base, &key).await {
                        return SaveSite::NoKeyring(problem::of_keys(&error));
                    }
                    site.key_kept = KeyKept::Keyring;
                }
                KeepKey::Session => {
                    self.0.keys.keep_for_session(&site.base, key);
                    site.key_kept = KeyKept::Session;
                }
            }
        }
        match self.settle(site).await {
            Ok(facts) => SaveSite::Saved(Box::new(facts)),
            Err(problem) => SaveSite::Failed(problem),
        }
    }

    /// Makes a site current whose key this computer knows already: from this folder or from the keyring.
    ///
    /// # Errors
    /// `key-missing` when there is none; a wrong address; a keyring that does not answer.
    pub async fn adopt_site(&self, choice: &SiteChoice) -> Result<SiteFacts, Problem> {
        let mut site = self.meant(choice).await?;
        if !site.demo {
            let key = self.0.keys.get(&site.base).await.map_err(|error| problem::of_keys(&error))?;
            if key.is_none() {
                return Err(Code::KeyMissing.problem().with("site", site.name));
            }
            if site.key_kept == KeyKept::None {
                site.key_kept = KeyKept::Keyring;
            }
        }
        self.settle(site).await
    }

    /// Forgets the key of an address, whether a site is set up there or not.
    ///
    /// # Errors
    /// A wrong address; a keyring that does not let it go.
    pub async fn forget_key(&self, choice: &SiteChoice) -> Result<(), Problem> {
        let mut site = self.meant(choice).await?;
        self.0.keys.forget(&site.base).await.map_err(|error| problem::of_keys(&error))?;
        if site.id != SiteId::UNSAVED {
            site.key_kept = KeyKept::None;
            self.0.engine.save_site(site).await.map_err(of_engine)?;
            self.sites_changed().await?;
            self.tell(AppEvent::Sites);
        }
        Ok(())
    }

    /// Sets the demo host up and makes it current.
    ///
    /// # Errors
    /// When it does not start.
    pub async fn use_demo(&self) -> Result<SiteId, Problem> {
        let site = self.meant(&SiteChoice::Demo).await?;
        Ok(self.settle(site).await?.site.id)
    }

    /// Saves a site, makes it current and begins to find out more about it.
    async fn settle(&self, site: Site) -> Result<SiteFacts, Problem> {
        let engine = &self.0.engine;
        let id = engine.save_site(site).await.map_err(of_engine)?;
        self.sites_changed().await?;
        engine.set_site(id).await.map_err(of_engine)?;
        engine.key_changed(id).await.map_err(of_engine)?;
        let site = engine.site(id).await.map_err(of_engine)?;
        if site.demo {
            self.furnish_demo(id).await?;
        } else {
            self.explore(site.clone());
        }
        self.tell(AppEvent::Sites);
        self.facts_of(site, Some(id)).await
    }

    async fn furnish_demo(&self, site: SiteId) -> Result<(), Problem> {
        if !self.0.demo.is_here() {
            return Ok(());
        }
        for album in self.0.demo.albums() {
            self.0.engine.save_album(site, album).await.map_err(of_engine)?;
        }
        self.keep_categories(site, self.0.demo.categories()).await
    }

    async fn keep_categories(&self, site: SiteId, list: Vec<Category>) -> Result<(), Problem> {
        let list = serde_json::to_value(list).map_err(|_| Code::Internal.problem())?;
        self.0.engine.set_setting(&categories_key(site), list).await.map_err(of_engine)
    }

    /// Reads the site's public pages in the background. What they tell is a help; without it the app does as well.
    fn explore(&self, site: Site) {
        let app = self.clone();
        tokio::spawn(async move {
            let Ok(base) = BaseUrl::parse(&site.base) else {
                return;
            };
            let probe = match app.0.client.probe(&chevereto::Site::new(base)).await {
                Ok(probe) => probe,
                Err(error) => return tracing::info!(code = error.code(), "the site's pages tell nothing"),
            };
            let categories = probe.categories.into_iter();
            let list = categories.map(|c| Category { id: i64::from(c.id.get()), name: c.name }).collect();
            // The limits on the pages are those of guests, so they are not taken for the account's.
            match app.keep_categories(site.id, list).await {
                Ok(()) => app.tell(AppEvent::Sites),
                Err(problem) => tracing::warn!(code = problem.code, "the site's categories are not kept"),
            }
        });
    }
}
