//! Delete links: the only way to take an upload back, and secrets.

use std::fmt;

use secrecy::{ExposeSecret, SecretString};
use url::Url;

use crate::answer::{self, Question};
use crate::{AddressError, Client, Error, Unclear};

/// The address that deletes an upload **as soon as anyone opens it**, without a question.
///
/// It has no `Display`, no `Serialize`, and its `Debug` shows nothing of it.
#[derive(Clone)]
pub struct DeleteLink {
    secret: SecretString,
}

/// What became of a request to delete.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deletion {
    /// The site deleted it.
    Deleted,
    /// The site knows no such link: deleted before, or never right.
    NotThere,
}

impl DeleteLink {
    /// Takes a delete link.
    ///
    /// # Errors
    /// [`AddressError`] when it is no `http(s)` address.
    pub fn parse(text: &str) -> Result<DeleteLink, AddressError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(AddressError::Empty);
        }
        let url = Url::parse(text).map_err(|_| AddressError::Unreadable)?;
        match url.scheme() {
            "http" | "https" => Ok(DeleteLink { secret: SecretString::from(text) }),
            _ => Err(AddressError::Scheme),
        }
    }

    /// The link itself: to keep it, or to show it because a person asked.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.secret.expose_secret()
    }
}

impl fmt::Debug for DeleteLink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DeleteLink(hidden)")
    }
}

impl Client {
    /// Deletes an upload: one GET, its redirect not followed. Nothing else in this crate opens a delete link.
    ///
    /// A site says that it deleted by a redirect to `…?deleted`. Asking twice does no harm.
    ///
    /// # Errors
    /// [`Error`]; [`Error::Unknown`] when no answer came, or one that does not say whether it deleted.
    pub async fn delete(&self, link: &DeleteLink) -> Result<Deletion, Error> {
        let url = Url::parse(link.expose()).expect("a delete link is an address by construction");
        let answer = self.get(&url).await?;
        match answer.status {
            301..=303 if answer.location.as_deref().is_some_and(|to| to.ends_with("?deleted")) => {
                Ok(Deletion::Deleted)
            }
            // Where it leads would give the secret away.
            300..=399 => Err(Error::Moved { to: None }),
            404 | 410 => Ok(Deletion::NotThere),
            200..=299 => Err(Error::Unknown {
                why: Unclear::Unreadable,
                status: Some(answer.status),
                text: String::new(),
            }),
            _ => {
                let secret = url.path_segments().and_then(|mut parts| parts.next_back());
                Err(answer::trouble(&answer, &Question { secret, ..Question::about(&url) }))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_web_addresses_are_delete_links() {
        assert!(DeleteLink::parse("https://host/image/a/delete/0123").is_ok());
        assert_eq!(DeleteLink::parse("javascript:x").unwrap_err(), AddressError::Scheme);
        assert_eq!(DeleteLink::parse("/image/a/delete/0123").unwrap_err(), AddressError::Unreadable);
    }
}
