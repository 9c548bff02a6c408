//! Whether a key works, found out without uploading anything.

use crate::answer::{self, Question};
use crate::client::as_field;
use crate::request::Base64;
use crate::{ApiKey, Client, Error, Site, Source, Unclear, multipart};

/// What a site says about a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyCheck {
    /// The key works and may upload.
    Accepted,
    /// The site does not know the key.
    NotAccepted {
        /// The site's sentence.
        said: String,
    },
    /// The site knows the key and does not let it upload.
    NotAllowed {
        /// The site's sentence.
        said: String,
    },
}

impl Client {
    /// Asks a site about a key: an upload without a source, which the site refuses only after it looked at the key.
    ///
    /// # Errors
    /// [`Error`] when the site gives no answer about the key: not there, moved, closed, no upload API.
    pub async fn check_key(&self, site: &Site, key: &ApiKey) -> Result<KeyCheck, Error> {
        let form = multipart::question(as_field(site, key));
        // No source: the form is all there is.
        let nothing = Source::Base64(Base64::encode(b""));
        let url = site.base.upload_url();
        let sent = self.send(site, key, form, nothing, |_| ()).await;
        let (answer, _) = sent.map_err(nothing_was_sent)?;
        let asked = Question { secret: Some(key.expose()), ..Question::about(&url) };
        match answer::read(&answer, &asked) {
            // The key was good enough to look for a source.
            Ok(_) | Err(Error::FieldRefused { .. }) => Ok(KeyCheck::Accepted),
            Err(Error::KeyRefused { said }) => Ok(KeyCheck::NotAccepted { said }),
            Err(Error::NotAllowed { said }) => Ok(KeyCheck::NotAllowed { said }),
            Err(Error::Unknown { status: Some(status), .. }) => Err(Error::WrongAddress { status }),
            Err(error) => Err(error),
        }
    }
}

/// A question stores nothing, so its outcome is never unknown: the site just did not answer.
pub(crate) fn nothing_was_sent(error: Error) -> Error {
    match error {
        Error::Unknown { why: Unclear::Silence, .. } => Error::ConnectTimeout,
        Error::Unknown { .. } => Error::Connect { detail: "the site closed the connection".to_owned() },
        error => error,
    }
}
