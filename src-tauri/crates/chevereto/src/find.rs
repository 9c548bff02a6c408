//! From what a person typed to a site: https before http, redirects of pages, the base under a pasted page.

use thiserror::Error as ThisError;

use crate::{AddressError, BaseUrl, Client, Error, Probe, Site, TlsProblem};

/// So many redirects of the front page are followed. No key goes with them.
const MAX_MOVES: usize = 5;

/// So many directories above a pasted page are asked.
const MAX_DEPTH: usize = 8;

/// A site that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Found {
    /// What its pages tell; [`Probe::base`] is the address to configure.
    pub probe: Probe,
    /// Why https does not work, when the site was found over plain http only. Where
    /// [`BaseUrl::is_insecure`], a key that is sent there can be read on the way: warn before one is.
    pub https_failed: Option<Error>,
}

/// Why no site was found.
#[derive(Debug, Clone, PartialEq, Eq, ThisError)]
pub enum FindError {
    /// What was typed is no address. Remedy: correct it.
    #[error("{0}")]
    Address(#[from] AddressError),
    /// The site cannot be looked at. Remedy: that of the [`Error`].
    #[error("{0}")]
    Site(#[from] Error),
}

impl FindError {
    /// A stable word for this error: that of its cause.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            FindError::Address(error) => error.code(),
            FindError::Site(error) => error.code(),
        }
    }
}

impl Client {
    /// Finds a site by what a person typed or pasted, without a key.
    ///
    /// Without a scheme, or with `http`, https is tried first, and plain http only when https cannot connect (not when
    /// its certificate is wrong). An address with `https` is never tried without. Redirects of the front page are
    /// followed, but never from https to http. A pasted page (`host/sub/album/x`) leads to the site that it belongs
    /// to. Whether it is Chevereto at all is in [`Probe::is_chevereto`].
    ///
    /// # Errors
    /// [`FindError`] with the reason of the https attempt, unless only http was meaningful.
    pub async fn find_site(&self, text: &str) -> Result<Found, FindError> {
        let typed = BaseUrl::parse(text)?;
        let names_https = text.trim().get(..6).is_some_and(|start| start.eq_ignore_ascii_case("https:"));
        let secure = typed.with_scheme("https");
        let failed = match self.settle(secure).await {
            Ok(probe) => return Ok(Found { probe, https_failed: None }),
            Err(error) => error,
        };
        if names_https || !cannot_connect(&failed) {
            return Err(failed.into());
        }
        match self.settle(typed.with_scheme("http")).await {
            // Plain http may have led to https at another place.
            Ok(probe) => Ok(Found { https_failed: (!probe.base.is_secure()).then_some(failed), probe }),
            // Neither way leads anywhere: the secure one is the one to mend.
            Err(error) if cannot_connect(&error) => Err(failed.into()),
            Err(error) => Err(error.into()),
        }
    }

    /// Follows the site to its own address, then up to its base.
    async fn settle(&self, base: BaseUrl) -> Result<Probe, Error> {
        let mut base = base;
        for _ in 0..MAX_MOVES {
            let probe = match self.climb(&base).await {
                Err(Error::Moved { to: Some(to) }) if !base.is_secure() || to.is_secure() => {
                    base = to;
                    continue;
                }
                result => result?,
            };
            match probe.canonical {
                Some(canonical) => base = canonical,
                None => return Ok(probe),
            }
        }
        Err(Error::Moved { to: Some(base) })
    }

    /// The first of an address and its parents that is the base of a Chevereto site; else what is at the address itself.
    async fn climb(&self, typed: &BaseUrl) -> Result<Probe, Error> {
        let first = self.probe(&Site::new(typed.clone())).await;
        if typed.is_root() || !is_page_of_a_site(&first) {
            return first;
        }
        for base in std::iter::successors(Some(typed.clone()), BaseUrl::parent).take(MAX_DEPTH) {
            if self.has_api(&base).await {
                return if base == *typed { first } else { self.probe(&Site::new(base)).await };
            }
        }
        first
    }
}

/// Whether a page, or nothing, is there: both can be below the base of a site.
fn is_page_of_a_site(probed: &Result<Probe, Error>) -> bool {
    match probed {
        Ok(probe) => probe.canonical.is_none(),
        Err(error) => matches!(error, Error::WrongAddress { .. }),
    }
}

/// Whether https leads to nothing at all. A wrong certificate is something: someone may stand between.
fn cannot_connect(error: &Error) -> bool {
    matches!(
        error,
        Error::Connect { .. } | Error::ConnectTimeout | Error::Tls { problem: TlsProblem::Other, .. }
    )
}
