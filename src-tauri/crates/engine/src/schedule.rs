//! Whose turn it is: a pure look at the queue, without a clock of its own.

use std::collections::BTreeMap;

use crate::{Item, ItemId, Phase, SiteId, SitePause, Timestamp};

/// What may begin now of the waiting items, which come in the order of the queue.
///
/// A site whose pause is over but that has not answered since is tried with one transfer at a time.
pub(crate) fn turn<'a>(
    waiting: impl Iterator<Item = &'a Item>,
    pauses: &BTreeMap<SiteId, SitePause>,
    running: &BTreeMap<SiteId, usize>,
    parallel: usize,
    now: Timestamp,
) -> Vec<ItemId> {
    let mut running = running.clone();
    let mut free = parallel.saturating_sub(running.values().sum());
    let mut next = Vec::new();
    for item in waiting {
        if free == 0 {
            break;
        }
        let Phase::Waiting { not_before, .. } = &item.phase else { continue };
        let on_site = running.entry(item.site).or_default();
        let site_lets = match pauses.get(&item.site) {
            None => true,
            Some(SitePause { not_before: Some(until), .. }) => *until <= now && *on_site == 0,
            Some(SitePause { not_before: None, .. }) => false,
        };
        if site_lets && not_before.is_none_or(|until| until <= now) {
            next.push(item.id);
            *on_site += 1;
            free -= 1;
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
