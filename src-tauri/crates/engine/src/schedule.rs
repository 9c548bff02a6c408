//! Whose turn it is: a pure look at the queue, without a clock of its own.

use std::collections::{BTreeMap, BTreeSet};

use crate::engine::pace::{MOST_PARALLEL, Paces, Room, address, by_address};
use crate::{Item, ItemId, Phase, Problem, SiteId, SitePause, Timestamp};

/// What may happen now.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Next {
    /// These may begin.
    pub(crate) begin: Vec<ItemId>,
    /// These sites have reached a limit, each until a moment.
    pub(crate) full: BTreeMap<SiteId, (Timestamp, Problem)>,
}

/// What may begin now of the waiting items, which come in the order of the queue and are of so many `sites`.
///
/// `running` counts transfers under way, `ended` those that have just been stored. A site whose pause is over but that
/// has not answered since is tried with one transfer at a time.
pub(crate) fn turn<'a>(
    waiting: impl Iterator<Item = &'a Item>,
    sites: usize,
    pauses: &BTreeMap<SiteId, SitePause>,
    running: &BTreeMap<SiteId, usize>,
    ended: &BTreeMap<SiteId, usize>,
    paces: &Paces,
    now: Timestamp,
) -> Next {
    let mut free = MOST_PARALLEL.saturating_sub(running.values().sum());
    let mut under_way = by_address(running, paces);
    let ended = by_address(ended, paces);
    // Sites that let nothing more begin: once they all are, the rest of a long queue need not be looked at.
    let mut closed = BTreeSet::new();
    let mut next = Next::default();
    for item in waiting {
        if free == 0 || closed.len() == sites {
            break;
        }
        let Phase::Waiting { not_before, .. } = &item.phase else { continue };
        if closed.contains(&item.site) || not_before.is_some_and(|until| until > now) {
            continue;
        }
        let address = address(item.site, paces);
        let just_ended = ended.get(&address).copied().unwrap_or_default();
        let at = under_way.entry(address).or_default();
        let site_lets = match pauses.get(&item.site) {
            None => true,
            Some(SitePause { not_before: Some(until), .. }) => *until <= now && *at == 0,
            Some(SitePause { not_before: None, .. }) => false,
        };
        let room = if site_lets { paces.room(item.site, *at, just_ended, now) } else { Room::For(0) };
        match room {
            Room::For(0) => drop(closed.insert(item.site)),
            Room::For(_) => {
                next.begin.push(item.id);
                *at += 1;
                free -= 1;
            }
            Room::Full { until, problem } => {
                closed.insert(item.site);
                next.full.insert(item.site, (until, problem));
            }
        }
    }
    next
}

/// When to look again: the first moment at which a wait of an item or a pause that is not over yet ends.
pub(crate) fn next_look(
    next_wait: Option<Timestamp>,
    pauses: &BTreeMap<SiteId, SitePause>,
    now: Timestamp,
) -> Option<Timestamp> {
    let pauses = pauses.values().filter_map(|pause| pause.not_before);
    next_wait.into_iter().chain(pauses).filter(|moment| *moment > now).min()
}
