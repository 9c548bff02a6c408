//! The facts inside errors, each with a stable word.

use std::time::Duration;

/// A stretch of time in which a site counts uploads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Period {
    /// 60 seconds.
    Minute,
    /// 60 minutes.
    Hour,
    /// 24 hours.
    Day,
    /// 7 days.
    Week,
    /// 30 days.
    Month,
}

impl Period {
    /// How long it is.
    #[must_use]
    pub fn duration(self) -> Duration {
        Duration::from_secs(match self {
            Period::Minute => 60,
            Period::Hour => 3600,
            Period::Day => 86_400,
            Period::Week => 7 * 86_400,
            Period::Month => 30 * 86_400,
        })
    }

    /// A stable word.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Period::Minute => "minute",
            Period::Hour => "hour",
            Period::Day => "day",
            Period::Week => "week",
            Period::Month => "month",
        }
    }
}

/// What is wrong with a certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TlsProblem {
    /// Its time is over.
    Expired,
    /// Its time has not begun; the clock of this machine may be wrong.
    NotYetValid,
    /// It is for another host.
    WrongName,
    /// Nobody whom this machine trusts has signed it.
    UnknownIssuer,
    /// It was called back.
    Revoked,
    /// Something else.
    Other,
}

impl TlsProblem {
    /// A stable word.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            TlsProblem::Expired => "expired",
            TlsProblem::NotYetValid => "not-yet-valid",
            TlsProblem::WrongName => "wrong-name",
            TlsProblem::UnknownIssuer => "unknown-issuer",
            TlsProblem::Revoked => "revoked",
            TlsProblem::Other => "other",
        }
    }
}

/// What came instead of a readable answer after the whole body had left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unclear {
    /// Nothing, for the time set.
    Silence,
    /// The connection broke.
    Lost,
    /// Something that is no answer of the API.
    Unreadable,
    /// A gateway says that the site did not answer it in time (502, 504, 524).
    Gateway,
}

impl Unclear {
    /// A stable word.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Unclear::Silence => "silence",
            Unclear::Lost => "lost",
            Unclear::Unreadable => "unreadable",
            Unclear::Gateway => "gateway",
        }
    }
}
