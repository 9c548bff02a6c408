//! What can go wrong between a client and a host, by name.
//!
//! `catalogue` lists them, `name` reads and writes them, `plan` knows which request meets which, `act` what it does
//! to the request.

pub(crate) mod act;
mod catalogue;
pub(crate) mod crowd;
mod name;
mod plan;

use std::time::Duration;

pub use catalogue::{Catalogue, FaultEntry};
pub use name::FaultError;
pub use plan::{Play, Times};

pub(crate) use plan::Plan;

/// A fault, met by one upload request. As text it is its name, with its arguments after colons:
/// `redirect:308:https://other.example/`, `stall:50`, `delay:1500`. [`Fault::catalogue`] lists them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// `pass`: nothing goes wrong with this request. `pass*4` before another fault lets four requests by.
    Pass,
    /// `refuse:SECONDS`: open connections are reset and new ones refused for so long, then the host listens on the
    /// same port again. It begins when its turn comes, not with a request, and no request takes it.
    Refuse(Duration),
    /// `reset-before`: the connection is reset before the body is read.
    ResetBefore,
    /// `reset-mid-body:PERCENT`: the connection is reset when so much of the body was read.
    ResetMidBody(u8),
    /// `reset-after-body`: the file is kept, and the connection is reset.
    ResetAfterBody,
    /// `stall:PERCENT`: after so much of the body nothing is read any more, and nothing is kept.
    Stall(u8),
    /// `slow:BYTES`: the body is read at so many bytes per second.
    Slow(u64),
    /// `silent-after-body`: the file is kept, and no answer ever comes.
    SilentAfterBody,
    /// `answer-cut`: the file is kept; half of the answer comes, then the connection ends.
    AnswerCut,
    /// `delay:MILLISECONDS`: the true answer, later.
    Delay(Duration),
    /// `delay-up-to:MILLISECONDS`: the true answer after a random time, at most so long.
    DelayUpTo(Duration),
    /// `reverse:REQUESTS`: so many requests are answered in reverse order, once the last of them is there.
    Reverse(u32),
    /// `status-407`: a proxy wants a login.
    ProxyLogin,
    /// `status-413-html`: a proxy finds the request too big.
    TooLarge,
    /// `status-429`, `status-429:SECONDS`, `status-429:date:SECONDS`: a proxy limits the rate.
    TooManyRequests(RetryAfter),
    /// `status-502`, `-503`, `-504`, `-524`: a proxy cannot reach the site. With 504 and 524 the site took too
    /// long and the file is kept.
    Gateway(u16),
    /// `challenge-403`: a proxy wants a person to prove themselves.
    Challenge,
    /// `redirect:STATUS:TO` (301, 302, 307, 308).
    Redirect {
        /// HTTP status.
        status: u16,
        /// `Location`.
        to: String,
    },
    /// `html-200-maintenance`: the maintenance page.
    Maintenance,
    /// `html-200-php-warning`: a PHP warning instead of JSON. The file is kept.
    PhpWarning,
    /// `html-200-shop`: a page that has nothing to do with the site: its name belongs to someone else now.
    Shop,
    /// `empty-200`: an answer with nothing in it. The file is kept.
    Empty,
    /// `html-404`: the site's "doesn't exist" page.
    NotFound,
    /// `html-500`: the site's incident page.
    Incident,
    /// `json-after-bom`: the true answer behind a byte order mark.
    JsonAfterBom,
    /// `json-after-notice`: the true answer behind a PHP notice.
    JsonAfterNotice,
    /// `truncated-json`: the file is kept; a whole answer with half of the JSON.
    TruncatedJson,
    /// `wrong-types`: the true answer, with text where numbers should be and numbers where text should be.
    WrongTypes,
    /// `garbage`: ten megabytes of noise as JSON. The file is kept.
    Garbage,
    /// `flood`: "Flooding detected", whatever the counters say.
    Flood,
    /// `duplicate`: "Duplicated upload", whatever was stored.
    Duplicate,
    /// `approval`: the file is kept and waits for approval.
    Approval,
}

/// The `Retry-After` of a proxy that limits the rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RetryAfter {
    /// None.
    Absent,
    /// `Retry-After: 30`.
    Seconds(u32),
    /// `Retry-After: Wed, 25 Nov 2026 03:00:00 GMT`, so many seconds from the request.
    Date(u32),
}
