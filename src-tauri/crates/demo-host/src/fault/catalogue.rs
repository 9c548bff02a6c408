//! The list of faults: how each is written, what a client sees, and what makes it.

use std::{str::FromStr, time::Duration};

use super::{Fault, RetryAfter};

/// A fault in the list.
#[derive(Debug)]
pub struct FaultEntry {
    /// How it is written: `status-429[:SECONDS|:date:SECONDS]`.
    pub usage: &'static str,
    /// One that can be played as it stands: `status-429:30`.
    pub example: &'static str,
    /// What a client sees, in a line.
    pub says: &'static str,
    make: Make,
}

#[derive(Debug)]
enum Make {
    Plain(Fault),
    With(Read),
}

/// Makes a fault of what stands behind the name's colon. `None` when that does not fit.
type Read = fn(Option<&str>) -> Option<Fault>;

impl FaultEntry {
    /// The name alone.
    pub fn name(&self) -> &'static str {
        self.usage.split([':', '[']).next().unwrap_or(self.usage)
    }

    /// The fault, given what stands behind the name's colon. `None` when that does not fit.
    pub(super) fn make(&self, argument: Option<&str>) -> Option<Fault> {
        match &self.make {
            Make::Plain(fault) => argument.is_none().then(|| fault.clone()),
            Make::With(read) => read(argument),
        }
    }
}

/// The list of faults: a heading with its entries.
pub type Catalogue = &'static [(&'static str, &'static [FaultEntry])];

/// A fault without arguments.
const fn plain(name: &'static str, says: &'static str, fault: Fault) -> FaultEntry {
    FaultEntry { usage: name, example: name, says, make: Make::Plain(fault) }
}

const fn with(usage: &'static str, example: &'static str, says: &'static str, read: Read) -> FaultEntry {
    FaultEntry { usage, example, says, make: Make::With(read) }
}

const CATALOGUE: Catalogue = &[
    (
        "The connection",
        &[
            with(
                "refuse:SECONDS",
                "refuse:5",
                "The host is gone for so long: connections reset, new ones refused",
                |a| seconds(a?).map(Fault::Refuse),
            ),
            plain("reset-before", "Reset before the body is read", Fault::ResetBefore),
            with(
                "reset-mid-body[:PERCENT]",
                "reset-mid-body:40",
                "Reset when so much of the body was read (50)",
                |a| percent(a).map(Fault::ResetMidBody),
            ),
            plain("reset-after-body", "Reset instead of an answer; the file is kept", Fault::ResetAfterBody),
            with("stall[:PERCENT]", "stall:50", "Nothing more is read after so much of the body (50)", |a| {
                percent(a).map(Fault::Stall)
            }),
            with("slow[:BYTES]", "slow:1000", "The body is read at so many bytes per second (64000)", |a| {
                number(a.or(Some("64000"))).filter(|bytes| *bytes > 0).map(Fault::Slow)
            }),
            plain("silent-after-body", "No answer ever comes; the file is kept", Fault::SilentAfterBody),
            plain("answer-cut", "Half of the answer, then the end; the file is kept", Fault::AnswerCut),
        ],
    ),
    (
        "Late and out of order",
        &[
            with("delay:MILLISECONDS", "delay:1500", "The true answer, later", |a| {
                milliseconds(a).map(Fault::Delay)
            }),
            with(
                "delay-up-to:MILLISECONDS",
                "delay-up-to:3000",
                "The true answer after a random time",
                |a| milliseconds(a).map(Fault::DelayUpTo),
            ),
            with(
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
            plain("status-407", "The proxy wants a login", Fault::ProxyLogin),
            plain("status-413-html", "The request is too big for the proxy", Fault::TooLarge),
            with(
                "status-429[:SECONDS|:date:SECONDS]",
                "status-429:30",
                "Too many requests; Retry-After absent, in seconds, or as a date",
                |a| retry_after(a).map(Fault::TooManyRequests),
            ),
            plain("status-502", "Bad gateway", Fault::Gateway(502)),
            plain("status-503", "Unavailable for a while", Fault::Gateway(503)),
            plain("status-504", "The site took too long; the file is kept", Fault::Gateway(504)),
            plain("status-524", "The same, as Cloudflare says it; the file is kept", Fault::Gateway(524)),
            plain(
                "challenge-403",
                "\"Just a moment...\": a person has to prove themselves",
                Fault::Challenge,
            ),
            with(
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
            plain("html-200-maintenance", "The maintenance page", Fault::Maintenance),
            plain("html-200-php-warning", "A PHP warning, no JSON; the file is kept", Fault::PhpWarning),
            plain("html-200-shop", "A page of someone else, to whom the name belongs now", Fault::Shop),
            plain("empty-200", "An answer with nothing in it; the file is kept", Fault::Empty),
            plain("html-404", "The site's page for wrong addresses, or its API is off", Fault::NotFound),
            plain("html-500", "The site's incident page", Fault::Incident),
        ],
    ),
    (
        "JSON that is not what it should be",
        &[
            plain("json-after-bom", "The true answer behind a byte order mark", Fault::JsonAfterBom),
            plain("json-after-notice", "The true answer behind a PHP notice", Fault::JsonAfterNotice),
            plain(
                "truncated-json",
                "A whole answer with half of the JSON; the file is kept",
                Fault::TruncatedJson,
            ),
            plain(
                "wrong-types",
                "Text for numbers and numbers for text; the file is kept",
                Fault::WrongTypes,
            ),
            plain("garbage", "Ten megabytes of noise; the file is kept", Fault::Garbage),
        ],
    ),
    (
        "What the site says",
        &[
            plain("flood", "\"Flooding detected\", whatever was stored", Fault::Flood),
            plain("duplicate", "\"Duplicated upload\", whatever was stored", Fault::Duplicate),
            plain("approval", "The file is kept and waits for approval", Fault::Approval),
            plain("pass", "Nothing goes wrong: pass*4 lets four requests by", Fault::Pass),
        ],
    ),
];

impl Fault {
    /// All that can be played, under headings, in the order of a request's life.
    pub fn catalogue() -> Catalogue {
        CATALOGUE
    }
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
