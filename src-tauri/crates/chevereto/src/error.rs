//! Everything that can go wrong with a request to a site, and whether to try again.

use std::time::Duration;

use thiserror::Error;

use crate::causes::{Period, TlsProblem, Unclear};

/// Why an upload (or a check) did not end with an answer that confirms it.
///
/// `said` is the site's own sentence: without tags, at most 200 characters, the key never in it.
/// It may be in any language. Decide by the variant, show the sentence.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Error {
    /// The site does not know the key. Nothing was stored.
    #[error("the site refuses the key: {said}")]
    KeyRefused {
        /// The site's sentence.
        said: String,
    },
    /// The key is known but may not upload. Nothing was stored.
    #[error("the site does not let this key upload: {said}")]
    NotAllowed {
        /// The site's sentence.
        said: String,
    },
    /// The same bytes came from this internet address within 24 hours; the site does not tell the link.
    #[error("the site has this file already: {said}")]
    Duplicate {
        /// The site's sentence.
        said: String,
    },
    /// The site's limit per internet address is reached.
    #[error("the site's upload limit is reached: {said}")]
    Flood {
        /// So many are allowed, when the sentence tells.
        limit: Option<u32>,
        /// In so long a time, when the sentence tells.
        period: Option<Period>,
        /// The site's sentence.
        said: String,
    },
    /// The file is larger than the site or something in front of it takes.
    #[error("too big for this site{}", if *certain { "" } else { ", most likely" })]
    TooBig {
        /// The limit in bytes, when the site tells.
        max: Option<u64>,
        /// The site's sentence, when there is one.
        said: Option<String>,
        /// Whether the site says so. `false` is a conclusion from how it failed: PHP answers a file over its
        /// `upload_max_filesize` with an incident page (HTTP 500) that names no reason, and loses a body over its
        /// `post_max_size` without a word. Learn no limit from it.
        certain: bool,
    },
    /// The site does not take this format.
    #[error("the site does not take this format: {said}")]
    FormatRefused {
        /// The extension the site names.
        ext: Option<String>,
        /// The site's sentence.
        said: String,
    },
    /// The site cannot read the picture or clip.
    #[error("the site cannot read this file: {said}")]
    BadPicture {
        /// The site's sentence.
        said: String,
    },
    /// The width asked for is larger than the picture.
    #[error("the width asked for cannot be made: {said}")]
    WidthRefused {
        /// The site's sentence.
        said: String,
    },
    /// A field is too long or of the wrong kind for the site's database, or the request is not as it wants it.
    #[error("the site cannot take a field: {said}")]
    FieldRefused {
        /// The site's sentence.
        said: String,
    },
    /// The site does not fetch this address.
    #[error("the site does not fetch this address: {said}")]
    UrlRefused {
        /// The site's sentence.
        said: String,
    },
    /// Stopped by the site's filter of words or content.
    #[error("stopped by the site's filter: {said}")]
    Filtered {
        /// The site's sentence.
        said: String,
    },
    /// The site has no room.
    #[error("the site has no space left")]
    NoSpace {
        /// The site's sentence, when there is one.
        said: Option<String>,
    },
    /// The site shows its maintenance page.
    #[error("the site is closed for maintenance")]
    Maintenance,
    /// There is no upload API at this address: it is wrong, or the API is switched off.
    #[error("no upload API at this address")]
    WrongAddress {
        /// The HTTP status.
        status: u16,
    },
    /// The site answers with a redirect, which is never followed with a body or a key.
    #[error("the site has moved")]
    Moved {
        /// The base address to configure, when the redirect names one.
        to: Option<crate::BaseUrl>,
    },
    /// The site or something in front of it asks to slow down (429).
    #[error("the site asks to slow down")]
    RateLimited {
        /// How long to wait, when it tells.
        retry_after: Option<Duration>,
    },
    /// The site is in trouble of its own.
    #[error("the site has a problem of its own (HTTP {status})")]
    SiteTrouble {
        /// The HTTP status.
        status: u16,
        /// How long to wait, when it tells.
        retry_after: Option<Duration>,
        /// The site's sentence, when there is one.
        said: Option<String>,
    },
    /// Something in front of the site turns the request away (a challenge page, a firewall).
    #[error("something in front of the site turns the request away (HTTP {status})")]
    Blocked {
        /// The HTTP status.
        status: u16,
    },
    /// Refused for a reason that has no name here.
    #[error("the site refuses ({code}): {said}")]
    Refused {
        /// The site's code.
        code: String,
        /// The site's sentence.
        said: String,
    },

    /// The host name is not known.
    #[error("there is no host of this name")]
    Dns,
    /// No connection.
    #[error("no connection: {detail}")]
    Connect {
        /// What the system says.
        detail: String,
    },
    /// No connection within the time set.
    #[error("no connection in time")]
    ConnectTimeout,
    /// No secure connection.
    #[error("no secure connection: {detail}")]
    Tls {
        /// The kind.
        problem: TlsProblem,
        /// What TLS says, with the certificate's facts.
        detail: String,
    },
    /// The proxy asks for a user name and a password (407).
    #[error("the proxy asks for a login")]
    ProxyAuth,
    /// The connection took no byte of the body for the time set. The site cannot have stored it: the body is incomplete.
    #[error("the connection stopped after {sent} of {total} bytes")]
    Stalled {
        /// So many bytes of the body had left.
        sent: u64,
        /// So many there are.
        total: u64,
    },
    /// The connection broke within the body. The site cannot have stored it: the body is incomplete.
    #[error("the connection broke after {sent} of {total} bytes")]
    ConnectionLost {
        /// So many bytes of the body had left.
        sent: u64,
        /// So many there are.
        total: u64,
    },
    /// The whole body left and no readable answer came: the site may have stored the file. Never send it again unasked.
    #[error("sent, but the site did not confirm it")]
    Unknown {
        /// What came instead of an answer.
        why: Unclear,
        /// The HTTP status, when one came.
        status: Option<u16>,
        /// At most 200 readable characters of what came; may be empty.
        text: String,
    },

    /// The file is gone or cannot be opened any more.
    #[error("the file is not there any more")]
    FileVanished,
    /// The file has another length than given, or changed while it was sent. The site cannot have stored it.
    #[error("the file changed")]
    FileChanged,
    /// The file cannot be read.
    #[error("the file cannot be read: {detail}")]
    Io {
        /// What the system says.
        detail: String,
    },
}

/// Whether the same request may be sent again without asking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Retry {
    /// It would fail again.
    Never,
    /// After a while.
    Later,
    /// After this time, and not before.
    NotBefore(Duration),
    /// The file may be stored already: only a person decides.
    Unknown,
}

/// Whom an error concerns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scope {
    /// This upload alone.
    Item,
    /// Every upload to this site.
    Site,
}

impl Error {
    /// Whether the same request may be sent again without asking.
    #[must_use]
    pub fn retry(&self) -> Retry {
        match self {
            Error::Flood { period, .. } => Retry::NotBefore(period.unwrap_or(Period::Minute).duration()),
            Error::RateLimited { retry_after: Some(wait) }
            | Error::SiteTrouble { retry_after: Some(wait), .. } => Retry::NotBefore(*wait),
            // An incident page names no cause: often the file itself, so that a second try would fail again.
            Error::SiteTrouble { status: 500, .. } => Retry::Never,
            Error::RateLimited { .. }
            | Error::SiteTrouble { .. }
            | Error::NoSpace { .. }
            | Error::Maintenance
            | Error::Dns
            | Error::Connect { .. }
            | Error::ConnectTimeout
            | Error::Stalled { .. }
            | Error::ConnectionLost { .. } => Retry::Later,
            Error::Unknown { .. } => Retry::Unknown,
            _ => Retry::Never,
        }
    }

    /// Whom it concerns.
    #[must_use]
    pub fn scope(&self) -> Scope {
        match self {
            Error::KeyRefused { .. }
            | Error::NotAllowed { .. }
            | Error::Flood { .. }
            | Error::NoSpace { .. }
            | Error::Maintenance
            | Error::WrongAddress { .. }
            | Error::Moved { .. }
            | Error::RateLimited { .. }
            | Error::Blocked { .. }
            | Error::Dns
            | Error::Connect { .. }
            | Error::ConnectTimeout
            | Error::Tls { .. }
            | Error::ProxyAuth => Scope::Site,
            Error::SiteTrouble { status, .. } if *status > 500 => Scope::Site,
            _ => Scope::Item,
        }
    }

    /// A stable word for this error: the key of the sentence to show.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Error::KeyRefused { .. } => "key-refused",
            Error::NotAllowed { .. } => "not-allowed",
            Error::Duplicate { .. } => "duplicate",
            Error::Flood { .. } => "flood",
            Error::TooBig { .. } => "too-big",
            Error::FormatRefused { .. } => "format-refused",
            Error::BadPicture { .. } => "bad-picture",
            Error::WidthRefused { .. } => "width-refused",
            Error::FieldRefused { .. } => "field-refused",
            Error::UrlRefused { .. } => "url-refused",
            Error::Filtered { .. } => "filtered",
            Error::NoSpace { .. } => "no-space",
            Error::Maintenance => "maintenance",
            Error::WrongAddress { .. } => "wrong-address",
            Error::Moved { .. } => "moved",
            Error::RateLimited { .. } => "rate-limited",
            Error::SiteTrouble { .. } => "site-trouble",
            Error::Blocked { .. } => "blocked",
            Error::Refused { .. } => "refused",
            Error::Dns => "dns",
            Error::Connect { .. } => "connect",
            Error::ConnectTimeout => "connect-timeout",
            Error::Tls { .. } => "tls",
            Error::ProxyAuth => "proxy-auth",
            Error::Stalled { .. } => "stalled",
            Error::ConnectionLost { .. } => "connection-lost",
            Error::Unknown { .. } => "unknown",
            Error::FileVanished => "file-vanished",
            Error::FileChanged => "file-changed",
            Error::Io { .. } => "io",
        }
    }

    /// The site's own sentence, when there is one.
    #[must_use]
    pub fn said(&self) -> Option<&str> {
        match self {
            Error::KeyRefused { said }
            | Error::NotAllowed { said }
            | Error::Duplicate { said }
            | Error::Flood { said, .. }
            | Error::FormatRefused { said, .. }
            | Error::BadPicture { said }
            | Error::WidthRefused { said }
            | Error::FieldRefused { said }
            | Error::UrlRefused { said }
            | Error::Filtered { said }
            | Error::Refused { said, .. } => Some(said),
            Error::TooBig { said, .. } | Error::NoSpace { said } | Error::SiteTrouble { said, .. } => {
                said.as_deref()
            }
            Error::Unknown { text, .. } if !text.is_empty() => Some(text),
            _ => None,
        }
    }
}
