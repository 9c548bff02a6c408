//! How fast each address may be sent to: what it allows in which time, what was stored there, and how many transfers
//! it bears side by side.
//!
//! A site counts by internet address, so all sites of one address share one pace. Pure: the time comes in as a value.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::time::Duration;

use crate::problem::PACE_LIMIT;
use crate::{Limits, Period, Problem, RateLimit, Site, SiteId, Timestamp};

/// Side by side over all sites, whatever is set.
pub(crate) const MOST_PARALLEL: usize = 8;

/// Others use the site from the same internet address: its limit is looked at again after this part of the period.
const LOOK_AGAIN: u32 = 12;

/// The paces of all sites.
#[derive(Debug, Default)]
pub(crate) struct Paces {
    sites: HashMap<SiteId, At>,
    addresses: HashMap<String, Pace>,
    /// Where nothing else is set.
    parallel: usize,
}

/// Where a site is, and what the user wants there.
#[derive(Debug)]
struct At {
    base: String,
    parallel: Option<usize>,
}

/// The pace of one address.
#[derive(Debug, Default)]
struct Pace {
    limits: Limits,
    /// When our own uploads were stored, oldest first.
    stored: VecDeque<Timestamp>,
    /// Transfers that it bears side by side, once it has shown that it does not bear more.
    bears: Option<usize>,
    /// Answers since `bears` changed last.
    answers: usize,
}

/// How a site took a transfer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Bearing {
    /// It answered well.
    Well,
    /// Too much for it: an overload, no answer in time.
    Badly,
}

/// Whether a site may be sent to.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Room {
    /// So many more.
    For(usize),
    /// Its limit is reached until this moment.
    Full { until: Timestamp, problem: Problem },
}

impl Paces {
    pub(crate) fn new(parallel: usize) -> Self {
        Self { parallel, ..Self::default() }
    }

    pub(crate) fn parallel(&self) -> usize {
        self.parallel
    }

    pub(crate) fn set_parallel(&mut self, parallel: usize) {
        self.parallel = parallel.clamp(1, MOST_PARALLEL);
    }

    pub(crate) fn set_site(&mut self, site: &Site) {
        let at = At { base: site.base.clone(), parallel: site.parallel.map(usize::from) };
        self.sites.insert(site.id, at);
    }

    pub(crate) fn set_limits(&mut self, base: &str, limits: Limits) {
        self.addresses.entry(base.to_owned()).or_default().limits = limits;
    }

    /// The limits of the address of a site.
    pub(crate) fn limits(&self, site: SiteId) -> Limits {
        self.pace(site).map(|pace| pace.limits.clone()).unwrap_or_default()
    }

    /// Uploads of ours that were stored at the address of a site, oldest first; those before the known ones are new.
    pub(crate) fn stored_before(&mut self, site: SiteId, stored: Vec<Timestamp>) {
        let Some(pace) = self.pace_mut(site) else { return };
        let known = pace.stored.front().copied();
        for at in stored.into_iter().rev().filter(|at| known.is_none_or(|known| *at < known)) {
            pace.stored.push_front(at);
        }
    }

    /// An upload of ours was stored.
    pub(crate) fn stored(&mut self, site: SiteId, at: Timestamp) {
        let Some(pace) = self.pace_mut(site) else { return };
        // Answers come in nearly in order; the count minds only the oldest.
        pace.stored.push_back(at);
        while pace.stored.front().is_some_and(|first| at.since(*first) > Period::Month.duration()) {
            pace.stored.pop_front();
        }
    }

    pub(crate) fn took(&mut self, site: SiteId, how: Bearing) {
        let most = self.wanted(site);
        let Some(pace) = self.pace_mut(site) else { return };
        let bears = pace.bears.unwrap_or(most).min(most);
        pace.answers += 1;
        match how {
            Bearing::Badly => (pace.bears, pace.answers) = (Some((bears / 2).max(1)), 0),
            // As many good answers as transfers side by side: one more is tried.
            Bearing::Well if pace.bears.is_some() && pace.answers >= bears => {
                pace.bears = Some(bears + 1).filter(|more| *more < most);
                pace.answers = 0;
            }
            Bearing::Well => {}
        }
    }

    /// Every site at the address of this one.
    pub(crate) fn of_one_address(&self, site: SiteId) -> Vec<SiteId> {
        let base = self.base(site);
        let mut same: Vec<SiteId> =
            self.sites.iter().filter(|(_, at)| Some(at.base.as_str()) == base).map(|(id, _)| *id).collect();
        if same.is_empty() {
            same.push(site);
        }
        same.sort();
        same
    }

    pub(crate) fn base(&self, site: SiteId) -> Option<&str> {
        self.sites.get(&site).map(|at| at.base.as_str())
    }

    /// Room for more transfers besides those that run at the same address, and those that have just ended there and
    /// are not counted as stored yet.
    pub(crate) fn room(&self, site: SiteId, running: usize, ended: usize, now: Timestamp) -> Room {
        let wanted = self.wanted(site);
        let Some(pace) = self.pace(site) else { return Room::For(wanted.saturating_sub(running)) };
        let mut room = pace.bears.unwrap_or(wanted).min(wanted).saturating_sub(running);
        for period in Period::ALL {
            let Some(limit) = pace.limits.of(period) else { continue };
            let limit = limit as usize;
            let (count, opens) = pace.count(period, limit, now);
            if count >= limit && running + ended == 0 {
                let problem = Problem::new(PACE_LIMIT)
                    .with("uploads_count", limit.to_string())
                    .with("period", period.code());
                return Room::Full { until: opens, problem };
            }
            // What is on its way will count.
            room = room.min(limit.saturating_sub(count + running + ended));
        }
        Room::For(room)
    }

    /// What a site's message teaches: the limits from now on, and when to try again.
    pub(crate) fn learned(&self, site: SiteId, limit: RateLimit, now: Timestamp) -> (Limits, Timestamp) {
        let none = Pace::default();
        let pace = self.pace(site).unwrap_or(&none);
        let own = pace.stored.iter().filter(|at| now.since(**at) < limit.period.duration()).count();
        // A message in a language whose number is not told: what was stored is what it takes.
        let uploads =
            limit.uploads.filter(|uploads| *uploads > 0).unwrap_or(u32::try_from(own.max(1)).unwrap_or(1));
        let mut limits = pace.limits.clone();
        limits.learned.insert(limit.period, uploads);
        let (count, opens) = pace.count(limit.period, uploads as usize, now);
        let again = if count >= uploads as usize {
            opens
        } else {
            // Others count too, and nobody tells when theirs run out.
            now.plus((limit.period.duration() / LOOK_AGAIN).max(Duration::from_secs(5)))
        };
        (limits, again)
    }

    fn wanted(&self, site: SiteId) -> usize {
        let own = self.sites.get(&site).and_then(|at| at.parallel);
        own.unwrap_or(self.parallel).clamp(1, MOST_PARALLEL)
    }

    fn pace(&self, site: SiteId) -> Option<&Pace> {
        self.addresses.get(self.base(site)?)
    }

    fn pace_mut(&mut self, site: SiteId) -> Option<&mut Pace> {
        let base = self.sites.get(&site)?.base.clone();
        Some(self.addresses.entry(base).or_default())
    }
}

impl Pace {
    /// How many were stored within the period, and when the count falls below the limit again.
    fn count(&self, period: Period, limit: usize, now: Timestamp) -> (usize, Timestamp) {
        let long = period.duration();
        // What lies ahead was stored before the clock was set back: nobody knows when that was.
        let counts = |at: &Timestamp| *at <= now && now.since(*at) < long;
        let within: Vec<Timestamp> = self.stored.iter().copied().filter(counts).collect();
        let opens = within.len().checked_sub(limit).and_then(|at| within.get(at));
        (within.len(), opens.map_or(now, |at| at.plus(long)))
    }
}

/// Counts by address.
pub(crate) fn by_address(counts_of_sites: &BTreeMap<SiteId, usize>, paces: &Paces) -> HashMap<String, usize> {
    let mut counts = HashMap::new();
    for (site, count) in counts_of_sites {
        *counts.entry(address(*site, paces)).or_default() += count;
    }
    counts
}

/// What a site is counted under: its address, or itself while that is not known.
pub(crate) fn address(site: SiteId, paces: &Paces) -> String {
    paces.base(site).map_or_else(|| site.to_string(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(10_000_000);
    const SITE: SiteId = SiteId(1);

    fn paces(parallel: usize) -> Paces {
        let mut paces = Paces::new(parallel);
        for (id, base) in [(1, "https://one"), (2, "https://one"), (3, "https://two")] {
            paces.set_site(&Site { id: SiteId(id), ..Site::new(base, base) });
        }
        paces
    }

    fn full(room: &Room) -> Timestamp {
        match room {
            Room::Full { until, .. } => *until,
            Room::For(more) => panic!("room for {more}"),
        }
    }

    #[test]
    fn a_limit_is_learned_and_kept_to_by_all_accounts_of_the_address() {
        let mut paces = paces(4);
        for second in 0..50 {
            paces.stored(SITE, NOW.plus(Duration::from_millis(second * 100)));
        }
        let now = NOW.plus(Duration::from_secs(6));
        let limit = RateLimit { uploads: Some(50), period: Period::Minute };
        let (limits, again) = paces.learned(SITE, limit, now);
        assert_eq!(again, NOW.plus(Duration::from_secs(60)), "when the oldest runs out");
        paces.set_limits("https://one", limits);
        assert_eq!(full(&paces.room(SiteId(2), 0, 0, now)), again);
        assert_eq!(paces.room(SiteId(3), 0, 0, now), Room::For(4), "another address has a pace of its own");
        let later = again.plus(Duration::from_millis(150));
        assert_eq!(paces.room(SITE, 0, 0, later), Room::For(2), "two ran out");
        assert_eq!(paces.room(SITE, 2, 0, later), Room::For(0), "what is on its way counts");
    }

    #[test]
    fn where_others_count_too_it_is_looked_at_again_soon() {
        let mut paces = paces(2);
        paces.stored(SITE, NOW);
        let (_, again) = paces.learned(SITE, RateLimit { uploads: Some(50), period: Period::Minute }, NOW);
        assert_eq!(again, NOW.plus(Duration::from_secs(5)));
        let (limits, again) = paces.learned(SITE, RateLimit { uploads: None, period: Period::Day }, NOW);
        assert_eq!(
            limits.learned[&Period::Day],
            1,
            "a message without a number: what was stored is what it takes"
        );
        assert_eq!(again, NOW.plus(Period::Day.duration()));
    }

    #[test]
    fn a_site_that_bears_less_gets_less_and_grows_back() {
        let mut paces = paces(8);
        paces.took(SITE, Bearing::Badly);
        assert_eq!(paces.room(SITE, 0, 0, NOW), Room::For(4));
        paces.took(SITE, Bearing::Badly);
        paces.took(SITE, Bearing::Badly);
        paces.took(SITE, Bearing::Badly);
        assert_eq!(paces.room(SITE, 0, 0, NOW), Room::For(1), "never none");
        paces.took(SITE, Bearing::Well);
        assert_eq!(paces.room(SITE, 0, 0, NOW), Room::For(2));
        for _ in 0..100 {
            paces.took(SITE, Bearing::Well);
        }
        assert_eq!(paces.room(SITE, 0, 0, NOW), Room::For(8), "and no more than is wanted");
    }
}
