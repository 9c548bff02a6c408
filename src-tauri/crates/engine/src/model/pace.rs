//! How many uploads a site takes in which time.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::{Deserialize, Serialize};

/// A stretch of time in which a site counts uploads. It rolls: the count is of the time just before now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names say it")]
pub enum Period {
    Minute,
    Hour,
    Day,
    Week,
    Month,
}

impl Period {
    /// All of them, the shortest first.
    pub const ALL: [Self; 5] = [Self::Minute, Self::Hour, Self::Day, Self::Week, Self::Month];

    /// How long it is; a month is 30 days.
    pub fn duration(self) -> Duration {
        const DAY: u64 = 86_400;
        Duration::from_secs(match self {
            Self::Minute => 60,
            Self::Hour => 3_600,
            Self::Day => DAY,
            Self::Week => 7 * DAY,
            Self::Month => 30 * DAY,
        })
    }

    /// A stable word.
    pub fn code(self) -> &'static str {
        match self {
            Self::Minute => "minute",
            Self::Hour => "hour",
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
        }
    }
}

/// What a site said when its limit was reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RateLimit {
    /// So many uploads, when it said so.
    pub uploads: Option<u32>,
    /// In so long a time.
    pub period: Period,
}

/// The limits of an address: how many uploads in which time.
///
/// What the person sets takes the place of what was learned before. What is learned later stands beside it, and the
/// smaller counts: a site is never sent more than it said to take, nor more than the person wants.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Limits {
    /// As the site's messages tell.
    pub learned: BTreeMap<Period, u32>,
    /// As the person set them.
    pub own: BTreeMap<Period, u32>,
}

impl Limits {
    /// The one that counts.
    #[must_use]
    pub fn of(&self, period: Period) -> Option<u32> {
        self.learned.get(&period).into_iter().chain(self.own.get(&period)).min().copied()
    }

    /// The person's word; `None`: no limit is known.
    pub(crate) fn set(&mut self, period: Period, uploads: Option<u32>) {
        self.learned.remove(&period);
        match uploads {
            Some(uploads) => self.own.insert(period, uploads),
            None => self.own.remove(&period),
        };
    }
}
