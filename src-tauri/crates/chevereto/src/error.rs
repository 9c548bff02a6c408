//! Everything that can go wrong with a request to a site.

use std::time::Duration;

use thiserror::Error;

use crate::causes::{Period, TlsProblem, Unclear};

/// Why an upload (or a check) did not end with an answer that confirms it.
///
/// `said` is the site's own sentence: without tags, at most 200 characters, the key never in it.
/// It may be in any language. Decide by the variant, show the sentence. Where nothing else is said, the site has
/// stored nothing.
///
/// The list is closed on purpose: a new kind is a new major version, so that no caller overlooks it.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Error {
    /// The site does not know the key (code 100), or it has the form of another version (code 0).
    ///
    /// Remedy: a new key from the site's settings. "No key provided" for a key in the header means that something on
    /// the way drops the header; then [`Api::Old`](crate::Api::Old) helps.
    #[error("the site refuses the key: {said}")]
    KeyRefused {
        /// The site's sentence.
        said: String,
    },
    /// The key is known but may not upload (code 401): uploads are switched off, or are not for this account.
    ///
    /// Remedy: ask whoever runs the site.
    #[error("the site does not let this key upload: {said}")]
    NotAllowed {
        /// The site's sentence.
        said: String,
    },
    /// The same bytes came from this internet address within 24 hours (codes 101 to 103), whatever the name, the
    /// title or the key. The site does not tell the link.
    ///
    /// Remedy: use the link of the first upload, delete that one, or wait a day.
    #[error("the site has this file already: {said}")]
    Duplicate {
        /// The site's sentence.
        said: String,
    },
    /// The site's limit per internet address is reached (code 130 with a sentence about it, in any language). All
    /// accounts behind this address count together.
    ///
    /// Remedy: wait; [`Error::retry`] says how long.
    #[error("the site's upload limit is reached: {said}")]
    Flood {
        /// So many are allowed, when the sentence tells.
        limit: Option<u32>,
        /// In so long a time, when the sentence tells.
        period: Option<Period>,
        /// The site's sentence.
        said: String,
    },
    /// The file is larger than the site, its PHP or something in front of it takes (code 400, 601 or 313 with such a
    /// sentence, HTTP 413, and what `certain` tells of).
    ///
    /// Remedy: a smaller file, or a higher limit by whoever runs the site.
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
    /// The site does not take this format (codes 612 to 614).
    ///
    /// Remedy: save the picture in another format.
    #[error("the site does not take this format: {said}")]
    FormatRefused {
        /// The extension the site names.
        ext: Option<String>,
        /// The site's sentence.
        said: String,
    },
    /// The site cannot read the picture or clip: it is damaged, empty, no picture at all, or a clip that was sent
    /// without a `video/…` type (codes 0, 100, 310, 400, 600, 610 with such a sentence).
    ///
    /// Remedy: save the picture anew.
    #[error("the site cannot read this file: {said}")]
    BadPicture {
        /// The site's sentence.
        said: String,
    },
    /// The width asked for is larger than the picture (code 610) or none at all (code 1).
    ///
    /// Remedy: a smaller width, or none; [`Width::within`](crate::Width::within) makes no such width.
    #[error("the width asked for cannot be made: {said}")]
    WidthRefused {
        /// The site's sentence.
        said: String,
    },
    /// A field is too long or of the wrong kind for the site's database (an SQL state of class 22), or the request is
    /// not as it wants it (codes 120, 130).
    ///
    /// Remedy: shorten or leave out what the sentence names.
    #[error("the site cannot take a field: {said}")]
    FieldRefused {
        /// The site's sentence.
        said: String,
    },
    /// The site does not fetch this address: only admin keys may ask (code 403), or its own fetching failed (codes
    /// below 100 are those of curl).
    ///
    /// Remedy: [fetch](crate::Client::fetch) it and send the bytes.
    #[error("the site does not fetch this address: {said}")]
    UrlRefused {
        /// The site's sentence.
        said: String,
    },
    /// Stopped by the site's filter of words (code 400) or of content (code 600).
    ///
    /// Remedy: other words; for content, none.
    #[error("stopped by the site's filter: {said}")]
    Filtered {
        /// The site's sentence.
        said: String,
    },
    /// The site has no room (codes 104 and 900, HTTP 507).
    ///
    /// Remedy: try later, or tell whoever runs the site.
    #[error("the site has no space left")]
    NoSpace {
        /// The site's sentence, when there is one.
        said: Option<String>,
    },
    /// The site shows its maintenance page: HTTP 200 and no JSON, whatever the key.
    ///
    /// Remedy: try later.
    #[error("the site is closed for maintenance")]
    Maintenance,
    /// There is no upload API at this address (HTTP 404 with a page): it is wrong, or the API is switched off.
    ///
    /// Remedy: look the address up; [`Client::find_site`](crate::Client::find_site) helps.
    #[error("no upload API at this address")]
    WrongAddress {
        /// The HTTP status.
        status: u16,
    },
    /// The site answers with a redirect, which is never followed with a body or a key.
    ///
    /// Remedy: configure the address that it names, if it is the site's.
    #[error("the site has moved")]
    Moved {
        /// The base address to configure, when the redirect names one.
        to: Option<crate::BaseUrl>,
    },
    /// The site or something in front of it asks to slow down (HTTP 429).
    ///
    /// Remedy: wait; [`Error::retry`] says how long.
    #[error("the site asks to slow down")]
    RateLimited {
        /// How long to wait, when it tells.
        retry_after: Option<Duration>,
    },
    /// The site is in trouble of its own: an incident page (HTTP 500), a full disk for temporary files, two uploads in
    /// each other's way (code 666), a database that fails.
    ///
    /// Remedy: try later; after an incident page only a person should, for it is often about the file itself.
    #[error("the site has a problem of its own (HTTP {status})")]
    SiteTrouble {
        /// The HTTP status.
        status: u16,
        /// How long to wait, when it tells.
        retry_after: Option<Duration>,
        /// The site's sentence, when there is one.
        said: Option<String>,
    },
    /// Something in front of the site turns the request away (HTTP 401, 403, 451: a challenge page, a firewall, a
    /// password of the web server), or the site has banned this internet address.
    ///
    /// Remedy: open the site in a browser from the same network; ask whoever runs it.
    #[error("something in front of the site turns the request away (HTTP {status})")]
    Blocked {
        /// The HTTP status.
        status: u16,
    },
    /// Refused for a reason that has no name here.
    ///
    /// Remedy: the sentence tells, if anything does.
    #[error("the site refuses ({code}): {said}")]
    Refused {
        /// The site's code, else the HTTP status.
        code: String,
        /// The site's sentence.
        said: String,
    },

    /// The host name is not known. Nothing was sent.
    ///
    /// Remedy: look at the address and at the network.
    #[error("there is no host of this name")]
    Dns,
    /// No connection. Nothing was sent.
    ///
    /// Remedy: try later; look at the network and at the proxy.
    #[error("no connection: {detail}")]
    Connect {
        /// What the system says.
        detail: String,
    },
    /// No connection within the time set. Nothing was sent.
    ///
    /// Remedy: as for [`Error::Connect`].
    #[error("no connection in time")]
    ConnectTimeout,
    /// No secure connection. Nothing was sent.
    ///
    /// Remedy: for a wrong name, the right address; for a certificate whose time has not begun, the clock of this
    /// machine; otherwise whoever runs the site.
    #[error("no secure connection: {detail}")]
    Tls {
        /// The kind.
        problem: TlsProblem,
        /// What TLS says, with the certificate's facts.
        detail: String,
    },
    /// The proxy asks for a user name and a password (HTTP 407). Nothing reached the site.
    ///
    /// Remedy: [`Proxy::Explicit`](crate::Proxy::Explicit) with a login.
    #[error("the proxy asks for a login")]
    ProxyAuth,
    /// The connection took no byte of the body for the time set. The site cannot have stored it: the body is incomplete.
    ///
    /// Remedy: try again.
    #[error("the connection stopped after {sent} of {total} bytes")]
    Stalled {
        /// So many bytes of the body had left.
        sent: u64,
        /// So many there are.
        total: u64,
    },
    /// The connection broke within the body. The site cannot have stored it: the body is incomplete.
    ///
    /// Remedy: try again.
    #[error("the connection broke after {sent} of {total} bytes")]
    ConnectionLost {
        /// So many bytes of the body had left.
        sent: u64,
        /// So many there are.
        total: u64,
    },
    /// The whole body left and no readable answer came: the site may have stored the file. Never send it again unasked.
    ///
    /// Remedy: look at the site, then decide. Where the site's duplicate check is on, a second try within 24 hours
    /// tells by itself ([`Error::Duplicate`]).
    #[error("sent, but the site did not confirm it")]
    Unknown {
        /// What came instead of an answer.
        why: Unclear,
        /// The HTTP status, when one came.
        status: Option<u16>,
        /// At most 200 readable characters of what came; may be empty.
        text: String,
    },

    /// The file is gone or cannot be opened any more. Nothing was sent.
    ///
    /// Remedy: put it back, or choose it anew.
    #[error("the file is not there any more")]
    FileVanished,
    /// The file has another length than given, or changed while it was sent. The site cannot have stored it.
    ///
    /// Remedy: choose it anew once it keeps still.
    #[error("the file changed")]
    FileChanged,
    /// The file cannot be read.
    ///
    /// Remedy: that of the detail (permissions, the disk).
    #[error("the file cannot be read: {detail}")]
    Io {
        /// What the system says.
        detail: String,
    },
}

impl Error {
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
