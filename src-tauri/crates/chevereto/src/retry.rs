//! What to do after an error: whether to try again, and whom it concerns.

use std::time::Duration;

use crate::{Error, Period};

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
}
