//! The numbers of an upload: how many, how far, how fast.

use std::collections::{HashMap, VecDeque};
use std::time::{Duration, Instant, SystemTime};

use engine::{BatchId, Item, Phase, Receipt, ReceiptId, Timestamp};

use crate::view::{BatchView, TimeMs, count};

/// The rate is the mean of this stretch: shorter jumps about, longer lies after a stop.
const STRETCH: Duration = Duration::from_secs(4);

/// Bytes that left lately.
#[derive(Default)]
pub(super) struct Rate(VecDeque<(Instant, u64)>);

impl Rate {
    pub(super) fn count(&mut self, bytes: u64) {
        let now = Instant::now();
        self.0.push_back((now, bytes));
        while self.0.front().is_some_and(|(at, _)| now.duration_since(*at) > STRETCH) {
            self.0.pop_front();
        }
    }

    pub(super) fn per_second(&self) -> u64 {
        let now = Instant::now();
        let lately = self.0.iter().filter(|(at, _)| now.duration_since(*at) <= STRETCH);
        let Some(oldest) = lately.clone().next().map(|(at, _)| now.duration_since(*at)) else {
            return 0;
        };
        let bytes: u64 = lately.map(|(_, bytes)| bytes).sum();
        let stretch = oldest.max(Duration::from_millis(500)).as_millis().max(1);
        u64::try_from(u128::from(bytes) * 1000 / stretch).unwrap_or(u64::MAX)
    }
}

/// Now, by the wall clock.
pub(super) fn now() -> TimeMs {
    Timestamp::from(SystemTime::now()).0
}

/// The batch that an item was part of last.
pub(super) fn last<'a>(items: impl Iterator<Item = &'a Item>) -> Option<BatchId> {
    items.filter_map(|item| item.batch).max()
}

/// The numbers of one batch.
pub(super) fn view<'a>(
    id: BatchId,
    started: TimeMs,
    rate: u64,
    items: impl Iterator<Item = &'a Item>,
    moved: &HashMap<i64, (u64, u64)>,
    receipts: &HashMap<ReceiptId, Receipt>,
) -> BatchView {
    let mut view = BatchView {
        id: id.0,
        files: 0,
        ended: 0,
        uploaded: 0,
        approval: 0,
        failed: 0,
        unknown: 0,
        sent: 0,
        total: 0,
        percent: 0,
        rate,
        started,
    };
    let mut percents = 0_usize;
    let mut files = 0_usize;
    for item in items.filter(|item| item.batch == Some(id)) {
        files += 1;
        let size = item.prepared.as_ref().map_or(item.facts.size, |prepared| prepared.size);
        view.total += size;
        let mut end = |number: &mut u32, sent: u64| {
            *number += 1;
            view.ended += 1;
            view.sent += sent;
            percents += 100;
        };
        match &item.phase {
            Phase::Done { receipt } | Phase::Duplicate { receipt } => {
                let approved = receipts.get(receipt).is_none_or(|receipt| receipt.approved);
                end(if approved { &mut view.uploaded } else { &mut view.approval }, size);
            }
            Phase::Failed { .. } => end(&mut view.failed, 0),
            Phase::Unknown { .. } => end(&mut view.unknown, size),
            Phase::Sending { .. } => {
                if let Some((sent, total)) = moved.get(&item.id.0) {
                    // The request is a little longer than the file: the form around it counts as none of it.
                    view.sent += (*sent).min(size);
                    percents += usize::try_from(sent * 100 / (*total).max(1)).unwrap_or(100).min(100);
                }
            }
            _ => {}
        }
    }
    view.files = count(files);
    view.percent = u8::try_from(percents / files.max(1)).unwrap_or(100);
    view
}
