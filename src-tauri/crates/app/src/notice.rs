//! What a desktop notification says for a batch.

use engine::{BatchDone, Problem, Receipt, SitePause};

/// What to say, without words: those are the shell's (`notify.ftl`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// A batch ended without trouble: several links are there.
    Complete {
        /// Usable links.
        uploaded: usize,
        /// Waiting for approval.
        approval: usize,
        /// The site's name.
        site: String,
    },
    /// One file came through and its link is this one.
    OneLink {
        /// The link in the chosen form.
        link: String,
    },
    /// A batch ended with trouble.
    Trouble {
        /// Usable links.
        uploaded: usize,
        /// Files in the batch.
        files: usize,
        /// Could not be uploaded.
        failed: usize,
        /// Need a decision.
        unknown: usize,
        /// The site's name.
        site: String,
    },
    /// The queue stopped until the person acts: a refused key, an address that is wrong.
    Stopped {
        /// Why.
        problem: Problem,
    },
    /// The site asked for a long pause.
    LongPause {
        /// Goes on at this time, in milliseconds since 1970.
        until_ms: i64,
        /// The site's name.
        site: String,
    },
}

/// A pause shorter than this is not worth a notification.
const LONG_PAUSE_MS: i64 = 120_000;

/// What to say when a batch ended. `receipts` are those of the batch, `links` their usable links in the chosen form.
#[must_use]
pub fn of_batch(done: &BatchDone, receipts: &[Receipt], links: &[String], site: &str) -> Notice {
    let approval = receipts.iter().filter(|receipt| !receipt.approved).count();
    let files = done.done + done.duplicate + done.failed + done.unknown;
    if done.failed + done.unknown > 0 {
        let (failed, unknown, site) = (done.failed, done.unknown, site.to_owned());
        return Notice::Trouble { uploaded: links.len(), files, failed, unknown, site };
    }
    match links {
        [link] if files == 1 => Notice::OneLink { link: link.clone() },
        _ => Notice::Complete { uploaded: links.len(), approval, site: site.to_owned() },
    }
}

/// What to say when a site is left alone; nothing for a short pause that ends by itself.
#[must_use]
pub fn of_pause(pause: &SitePause, now_ms: i64, site: &str) -> Option<Notice> {
    match pause.not_before {
        None => Some(Notice::Stopped { problem: pause.problem.clone() }),
        Some(until) if until.0 - now_ms > LONG_PAUSE_MS => {
            Some(Notice::LongPause { until_ms: until.0, site: site.to_owned() })
        }
        Some(_) => None,
    }
}
