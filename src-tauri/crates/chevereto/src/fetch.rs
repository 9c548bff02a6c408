//! Fetching a picture from an address, so that the user's own key sends its bytes.

use std::path::Path;
use std::time::Duration;

use hyper::body::{Body, Incoming};
use hyper::header::{CONTENT_TYPE, LOCATION};
use hyper::{Request, Response, StatusCode};
use percent_encoding::percent_decode_str;
use thiserror::Error;
use tokio::fs::File;
use tokio::io::AsyncWriteExt;
use tokio::time::timeout;
use url::Url;

use crate::client::{next_piece, question};
use crate::transport::failed_get;
use crate::{Client, Error, Progress};

/// So many redirects are followed; no key and no body goes with them.
const MAX_REDIRECTS: usize = 5;

/// What was fetched.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Fetched {
    /// A file name, from the last part of the address.
    pub name: Option<String>,
    /// The MIME type that the server claims; the bytes may say otherwise.
    pub mime: Option<String>,
    /// Bytes written.
    pub len: u64,
}

/// Why an address could not be fetched.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum FetchError {
    /// No `http(s)` address, or one with a user name in it.
    #[error("only plain http and https addresses can be fetched")]
    Address,
    /// Nothing is there.
    #[error("nothing is at this address")]
    NotFound,
    /// The server does not give it.
    #[error("the server does not give it (HTTP {status})")]
    Refused {
        /// The HTTP status.
        status: u16,
    },
    /// Larger than allowed.
    #[error("larger than {max} bytes")]
    TooBig {
        /// The limit in bytes.
        max: u64,
    },
    /// More than five redirects, or one that leads nowhere.
    #[error("the address leads on and on")]
    Redirects,
    /// The server cannot be reached.
    #[error("{0}")]
    Unreachable(Error),
    /// The server stopped sending.
    #[error("the server stopped sending")]
    Stalled,
    /// The connection broke before the end.
    #[error("the connection broke before the end")]
    Cut,
    /// The file cannot be written.
    #[error("the file cannot be written: {detail}")]
    Io {
        /// What the system says.
        detail: String,
    },
}

impl FetchError {
    /// A stable word for this error.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            FetchError::Address => "fetch-address",
            FetchError::NotFound => "fetch-not-found",
            FetchError::Refused { .. } => "fetch-refused",
            FetchError::TooBig { .. } => "fetch-too-big",
            FetchError::Redirects => "fetch-redirects",
            FetchError::Unreachable(_) => "fetch-unreachable",
            FetchError::Stalled => "fetch-stalled",
            FetchError::Cut => "fetch-cut",
            FetchError::Io { .. } => "fetch-io",
        }
    }
}

impl Client {
    /// Fetches an address into a file, at most `max_bytes` of it; a part of it never stays behind.
    ///
    /// `progress` counts bytes of the content; its `total` is zero while the server does not tell the length.
    ///
    /// # Errors
    /// [`FetchError`].
    pub async fn fetch(
        &self,
        url: &Url,
        max_bytes: u64,
        dest: &Path,
        progress: impl Fn(Progress) + Send + Sync,
    ) -> Result<Fetched, FetchError> {
        let (response, url) = self.open(url).await?;
        if length_of(&response).is_some_and(|len| len > max_bytes) {
            return Err(FetchError::TooBig { max: max_bytes });
        }
        let claimed = response.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let mime = claimed.and_then(|value| Some(value.split(';').next()?.trim().to_ascii_lowercase()));
        let file = File::create(dest).await.map_err(|error| io(&error))?;
        let part = Part { path: dest, keep: false };
        let len = store(response, file, max_bytes, self.stall, progress).await?;
        part.keep();
        Ok(Fetched { name: name_in(&url), mime, len })
    }

    /// Goes to where the address leads.
    async fn open(&self, url: &Url) -> Result<(Response<Incoming>, Url), FetchError> {
        let mut url = url.clone();
        for _ in 0..=MAX_REDIRECTS {
            let plain = matches!(url.scheme(), "http" | "https") && url.username().is_empty();
            if !plain || url.password().is_some() {
                return Err(FetchError::Address);
            }
            let question = question(Request::get(url.as_str())).map_err(FetchError::Unreachable)?;
            let sent = timeout(self.stall, self.line(&url).request(question)).await;
            let response = sent
                .map_err(|_| FetchError::Stalled)?
                .map_err(|error| FetchError::Unreachable(failed_get(&error)))?;
            match response.status() {
                StatusCode::OK => return Ok((response, url)),
                StatusCode::NOT_FOUND | StatusCode::GONE => return Err(FetchError::NotFound),
                status if status.is_redirection() => {
                    let to = response.headers().get(LOCATION).and_then(|to| to.to_str().ok());
                    url = to.and_then(|to| url.join(to).ok()).ok_or(FetchError::Redirects)?;
                }
                status => return Err(FetchError::Refused { status: status.as_u16() }),
            }
        }
        Err(FetchError::Redirects)
    }
}

/// The length of the content, when the server tells it.
fn length_of(response: &Response<Incoming>) -> Option<u64> {
    response.body().size_hint().exact()
}

/// Writes the content into the file and tells its length.
async fn store(
    mut response: Response<Incoming>,
    mut file: File,
    max: u64,
    stall: Duration,
    progress: impl Fn(Progress),
) -> Result<u64, FetchError> {
    let total = length_of(&response).unwrap_or_default();
    let mut sent = 0;
    loop {
        let piece = timeout(stall, next_piece(&mut response)).await.map_err(|_| FetchError::Stalled)?;
        let Some(piece) = piece.map_err(|_| FetchError::Cut)? else { break };
        sent += piece.len() as u64;
        if sent > max {
            return Err(FetchError::TooBig { max });
        }
        file.write_all(&piece).await.map_err(|error| io(&error))?;
        progress(Progress { sent, total });
    }
    file.flush().await.map_err(|error| io(&error))?;
    Ok(sent)
}

/// A file that is removed unless it is kept, also when the fetch is cancelled.
struct Part<'a> {
    path: &'a Path,
    keep: bool,
}

impl Part<'_> {
    fn keep(mut self) {
        self.keep = true;
    }
}

impl Drop for Part<'_> {
    fn drop(&mut self) {
        if !self.keep {
            // Nobody is left to hear that a temporary file stays.
            let _ = std::fs::remove_file(self.path);
        }
    }
}

/// The last part of the address, decoded, fit for a file name.
fn name_in(url: &Url) -> Option<String> {
    let last = url.path_segments()?.next_back()?;
    let decoded = percent_decode_str(last).decode_utf8_lossy();
    let name: String = decoded.chars().filter(|c| !c.is_control() && !"/\\:".contains(*c)).collect();
    let name = name.trim_matches(['.', ' ']);
    (!name.is_empty()).then(|| name.chars().take(120).collect())
}

fn io(error: &std::io::Error) -> FetchError {
    FetchError::Io { detail: error.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_taken_from_the_address() {
        for (address, name) in [
            ("https://host/a/%C5%A1altis%20a+b.png?x=1", Some("šaltis a+b.png")),
            ("https://host/a%2F..%2Fb.png", Some("a..b.png")),
            ("https://host/", None),
            ("https://host/..%2e", None),
        ] {
            assert_eq!(name_in(&Url::parse(address).unwrap()).as_deref(), name, "{address}");
        }
    }
}
