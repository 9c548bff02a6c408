//! The list of faults: how each is written, what a client sees, and what makes it.

use std::{str::FromStr, time::Duration};

use super::{Fault, RetryAfter};

/// A fault in the list.
#[derive(Debug, Clone, Copy)]
pub struct Entry {
    /// How it is written: `status-429[:SECONDS|:date:SECONDS]`.
    pub usage: &'static str,
    /// One that can be played as it stands: `status-429:30`.
    pub example: &'static str,
    /// What a client sees, in a line.
    pub says: &'static str,
    /// The fault, given what stands behind the name's colon. `None` when that does not fit.
    pub(super) make: Make,
}

type Make = fn(Option<&str>) -> Option<Fault>;

impl Entry {
    /// The name alone.
    pub fn name(&self) -> &'static str {
        self.usage.split([':', '[']).next().unwrap_or(self.usage)
    }
}

/// The list of faults: a heading with its entries.
pub type Catalogue = &'static [(&'static str, &'static [Entry])];

const fn entry(usage: &'static str, example: &'static str, says: &'static str, make: Make) -> Entry {
    Entry { usage, example, says, make }
}

const CATALOGUE: Catalogue = &[
    (
        "The connection",
        &[
            entry(
                "refuse:SECONDS",
                "refuse:5",
                "The host is gone for so long: connections reset, new ones refused",
                |a| seconds(a?).map(Fault::Refuse),
            ),
            entry("reset-before", "reset-before", "Reset before the body is read", |a| {
                plain(a, Fault::ResetBefore)
            }),
            entry(
                "reset-mid-body[:PERCENT]",
                "reset-mid-body:40",
                "Reset when so much of the body was read (50)",
                |a| percent(a).map(Fault::ResetMidBody),
            ),
            entry(
                "reset-after-body",
                "reset-after-body",
                "Reset instead of an answer; the file is kept",
                |a| plain(a, Fault::ResetAfterBody),
            ),
            entry(
                "stall[:PERCENT]",
                "stall:50",
                "Nothing more is read after so much of the body (50)",
                |a| percent(a).map(Fault::Stall),
            ),
            entry("slow[:BYTES]", "slow:1000", "The body is read at so many bytes per second (64000)", |a| {
                number(a.or(Some("64000"))).filter(|bytes| *bytes > 0).map(Fault::Slow)
            }),
            entry("silent-after-body", "silent-after-body", "No answer ever comes; the file is kept", |a| {
                plain(a, Fault::SilentAfterBody)
            }),
            entry("answer-cut", "answer-cut", "Half of the answer, then the end; the file is kept", |a| {
                plain(a, Fault::AnswerCut)
            }),
        ],
    ),
    (
        "Late and out of order",
        &[
            entry("delay:MILLISECONDS", "delay:1500", "The true answer, later", |a| {
                milliseconds(a).map(Fault::Delay)
            }),
            entry(
                "delay-up-to:MILLISECONDS",
                "delay-up-to:3000",
                "The true answer after a random time",
                |a| milliseconds(a).map(Fault::DelayUpTo),
            ),
            entry(
                "reverse:REQUESTS",
                "reverse:3",
                "So many requests wait for the last of them, answered last first",
                |a| number(a).filter(|requests| *requests > 0).map(Fault::Reverse),
            ),
        ],
    ),
    (
        "A proxy in front",
        &[
            entry("status-407", "status-407", "The proxy wants a login", |a| plain(a, Fault::ProxyLogin)),
            entry("status-413-html", "status-413-html", "The request is too big for the proxy", |a| {
                plain(a, Fault::TooLarge)
            }),
            entry(
                "status-429[:SECONDS|:date:SECONDS]",
                "status-429:30",
                "Too many requests; Retry-After absent, in seconds, or as a date",
                |a| retry_after(a).map(Fault::TooManyRequests),
            ),
            entry("status-502", "status-502", "Bad gateway", |a| plain(a, Fault::Gateway(502))),
            entry("status-503", "status-503", "Unavailable for a while", |a| plain(a, Fault::Gateway(503))),
            entry("status-504", "status-504", "The site took too long; the file is kept", |a| {
                plain(a, Fault::Gateway(504))
            }),
            entry("status-524", "status-524", "The same, as Cloudflare says it; the file is kept", |a| {
                plain(a, Fault::Gateway(524))
            }),
            entry(
                "challenge-403",
                "challenge-403",
                "\"Just a moment...\": a person has to prove themselves",
                |a| plain(a, Fault::Challenge),
            ),
            entry(
                "redirect:STATUS:TO",
                "redirect:308:https://other.example/",
                "301, 302, 307 or 308 to another address",
                redirect,
            ),
        ],
    ),
    (
        "A page instead of an answer",
        &[
            entry("html-200-maintenance", "html-200-maintenance", "The maintenance page", |a| {
                plain(a, Fault::Maintenance)
            }),
            entry(
                "html-200-php-warning",
                "html-200-php-warning",
                "A PHP warning, no JSON; the file is kept",
                |a| plain(a, Fault::PhpWarning),
            ),
            entry("html-404", "html-404", "The site's page for wrong addresses, or its API is off", |a| {
                plain(a, Fault::NotFound)
            }),
            entry("html-500", "html-500", "The site's incident page", |a| plain(a, Fault::Incident)),
        ],
    ),
    (
        "JSON that is not what it should be",
        &[
            entry("json-after-bom", "json-after-bom", "The true answer behind a byte order mark", |a| {
                plain(a, Fault::JsonAfterBom)
            }),
            entry("json-after-notice", "json-after-notice", "The true answer behind a PHP notice", |a| {
                plain(a, Fault::JsonAfterNotice)
            }),
            entry(
                "truncated-json",
                "truncated-json",
                "A whole answer with half of the JSON; the file is kept",
                |a| plain(a, Fault::TruncatedJson),
            ),
            entry(
                "wrong-types",
                "wrong-types",
                "Text for numbers and numbers for text; the file is kept",
                |a| plain(a, Fault::WrongTypes),
            ),
            entry("garbage", "garbage", "Ten megabytes of noise; the file is kept", |a| {
                plain(a, Fault::Garbage)
            }),
        ],
    ),
    (
        "What the site says",
        &[
            entry("flood", "flood", "\"Flooding detected\", whatever was stored", |a| plain(a, Fault::Flood)),
            entry("duplicate", "duplicate", "\"Duplicated upload\", whatever was stored", |a| {
                plain(a, Fault::Duplicate)
            }),
            entry("approval", "approval", "The file is kept and waits for approval", |a| {
                plain(a, Fault::Approval)
            }),
            entry("pass", "pass", "Nothing goes wrong: pass*4 lets four requests by", |a| {
                plain(a, Fault::Pass)
            }),
        ],
    ),
];

impl Fault {
    /// All that can be played, under headings, in the order of a request's life.
    pub fn catalogue() -> Catalogue {
        CATALOGUE
    }
}

/// A fault that takes no argument.
fn plain(argument: Option<&str>, fault: Fault) -> Option<Fault> {
    argument.is_none().then_some(fault)
}

fn number<N: FromStr>(argument: Option<&str>) -> Option<N> {
    argument?.parse().ok()
}

fn percent(argument: Option<&str>) -> Option<u8> {
    number(argument.or(Some("50"))).filter(|percent| *percent <= 100)
}

fn milliseconds(argument: Option<&str>) -> Option<Duration> {
    number(argument).map(Duration::from_millis)
}

/// Whole or broken seconds, at most a day.
fn seconds(text: &str) -> Option<Duration> {
    let seconds = text.parse::<f64>().ok()?;
    Duration::try_from_secs_f64(seconds).ok().filter(|time| *time <= Duration::from_secs(86_400))
}

fn retry_after(argument: Option<&str>) -> Option<RetryAfter> {
    let Some(text) = argument else { return Some(RetryAfter::Absent) };
    match text.strip_prefix("date:") {
        Some(seconds) => seconds.parse().ok().map(RetryAfter::Date),
        None => text.parse().ok().map(RetryAfter::Seconds),
    }
}

fn redirect(argument: Option<&str>) -> Option<Fault> {
    let (status, to) = argument?.split_once(':')?;
    let status = status.parse().ok().filter(|status| matches!(status, 301 | 302 | 307 | 308))?;
    (!to.is_empty()).then(|| Fault::Redirect { status, to: to.to_owned() })
}
