//! What can go wrong between a client and a host, by name.

use std::{fmt, str::FromStr, time::Duration};

/// A fault, played on one upload request. As text it is its name, with its arguments after colons:
/// `redirect:308:https://other.example/`, `stall:50`, `delay:1500`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// `status-413-html`: a proxy finds the request too big.
    TooLarge,
    /// `html-200-maintenance`: the maintenance page.
    Maintenance,
    /// `html-200-php-warning`: a PHP warning instead of JSON. The file is kept.
    PhpWarning,
    /// `html-500`: the site's incident page.
    Incident,
    /// `html-404`: the site's "doesn't exist" page.
    NotFound,
    /// `challenge-403`: a proxy wants a person to prove themselves.
    Challenge,
    /// `status-429`, `status-429:SECONDS`: a proxy limits the rate, with or without `Retry-After`.
    TooManyRequests(Option<u32>),
    /// `status-502`, `-503`, `-504`, `-524`: a proxy cannot reach the site. With 504 and 524 the site took too
    /// long and the file is kept.
    Gateway(u16),
    /// `redirect:STATUS:TO` (301, 302, 307, 308).
    Redirect {
        /// HTTP status.
        status: u16,
        /// `Location`.
        to: String,
    },
    /// `silent-after-body`: the file is kept, and no answer ever comes.
    SilentAfterBody,
    /// `reset-before`: the connection is reset before the body is read.
    ResetBefore,
    /// `reset-mid-body:PERCENT`: the connection is reset when so much of the body was read.
    ResetMidBody(u8),
    /// `reset-after-body`: the file is kept, and the connection is reset.
    ResetAfterBody,
    /// `stall:PERCENT`: after so much of the body nothing is read any more.
    Stall(u8),
    /// `answer-cut`: the file is kept; half of the answer comes, then the connection ends.
    AnswerCut,
    /// `slow:BYTES`: the body is read at so many bytes per second.
    Slow(u64),
    /// `json-after-bom`: the true answer behind a byte order mark.
    JsonAfterBom,
    /// `json-after-notice`: the true answer behind a PHP notice.
    JsonAfterNotice,
    /// `delay:MILLISECONDS`: the true answer, later.
    Delay(Duration),
    /// `flood`: "Flooding detected", whatever the counters say.
    Flood,
    /// `duplicate`: "Duplicated upload", whatever was stored.
    Duplicate,
    /// `approval`: the file is kept and waits for approval.
    Approval,
    /// `garbage`: ten megabytes of noise as JSON. The file is kept.
    Garbage,
}

/// A name that is no fault, or an argument that does not fit.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no such fault: {0}")]
pub struct UnknownFault(String);

impl FromStr for Fault {
    type Err = UnknownFault;

    fn from_str(text: &str) -> Result<Self, UnknownFault> {
        let unknown = || UnknownFault(text.to_owned());
        let (name, argument) = match text.split_once(':') {
            Some((name, argument)) => (name, Some(argument)),
            None => (text, None),
        };
        let number = |missing: Option<u64>| match argument {
            Some(text) => text.parse::<u64>().map_err(|_| unknown()),
            None => missing.ok_or_else(unknown),
        };
        let percent = || match number(Some(50))? {
            value @ 0..=100 => Ok(value as u8),
            _ => Err(unknown()),
        };
        Ok(match name {
            "status-413-html" => Self::TooLarge,
            "html-200-maintenance" => Self::Maintenance,
            "html-200-php-warning" => Self::PhpWarning,
            "html-500" => Self::Incident,
            "html-404" => Self::NotFound,
            "challenge-403" => Self::Challenge,
            "status-429" => Self::TooManyRequests(match argument {
                Some(text) => Some(text.parse().map_err(|_| unknown())?),
                None => None,
            }),
            "status-502" => Self::Gateway(502),
            "status-503" => Self::Gateway(503),
            "status-504" => Self::Gateway(504),
            "status-524" => Self::Gateway(524),
            "redirect" => {
                let (status, to) = argument.and_then(|a| a.split_once(':')).ok_or_else(unknown)?;
                match status.parse() {
                    Ok(status @ (301 | 302 | 307 | 308)) => Self::Redirect { status, to: to.to_owned() },
                    _ => return Err(unknown()),
                }
            }
            "silent-after-body" => Self::SilentAfterBody,
            "reset-before" => Self::ResetBefore,
            "reset-mid-body" => Self::ResetMidBody(percent()?),
            "reset-after-body" => Self::ResetAfterBody,
            "stall" => Self::Stall(percent()?),
            "answer-cut" => Self::AnswerCut,
            "slow" => Self::Slow(number(Some(64_000))?.max(1)),
            "json-after-bom" => Self::JsonAfterBom,
            "json-after-notice" => Self::JsonAfterNotice,
            "delay" => Self::Delay(Duration::from_millis(number(None)?)),
            "flood" => Self::Flood,
            "duplicate" => Self::Duplicate,
            "approval" => Self::Approval,
            "garbage" => Self::Garbage,
            _ => return Err(unknown()),
        })
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLarge => f.write_str("status-413-html"),
            Self::Maintenance => f.write_str("html-200-maintenance"),
            Self::PhpWarning => f.write_str("html-200-php-warning"),
            Self::Incident => f.write_str("html-500"),
            Self::NotFound => f.write_str("html-404"),
            Self::Challenge => f.write_str("challenge-403"),
            Self::TooManyRequests(None) => f.write_str("status-429"),
            Self::TooManyRequests(Some(seconds)) => write!(f, "status-429:{seconds}"),
            Self::Gateway(status) => write!(f, "status-{status}"),
            Self::Redirect { status, to } => write!(f, "redirect:{status}:{to}"),
            Self::SilentAfterBody => f.write_str("silent-after-body"),
            Self::ResetBefore => f.write_str("reset-before"),
            Self::ResetMidBody(percent) => write!(f, "reset-mid-body:{percent}"),
            Self::ResetAfterBody => f.write_str("reset-after-body"),
            Self::Stall(percent) => write!(f, "stall:{percent}"),
            Self::AnswerCut => f.write_str("answer-cut"),
            Self::Slow(bytes) => write!(f, "slow:{bytes}"),
            Self::JsonAfterBom => f.write_str("json-after-bom"),
            Self::JsonAfterNotice => f.write_str("json-after-notice"),
            Self::Delay(time) => write!(f, "delay:{}", time.as_millis()),
            Self::Flood => f.write_str("flood"),
            Self::Duplicate => f.write_str("duplicate"),
            Self::Approval => f.write_str("approval"),
            Self::Garbage => f.write_str("garbage"),
        }
    }
}
