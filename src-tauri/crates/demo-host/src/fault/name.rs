//! How faults are written and read.

use std::{fmt, str::FromStr};

use super::{Fault, RetryAfter};

/// A text that is no fault.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FaultError {
    /// Nothing is called so.
    #[error("no fault is called \"{0}\"")]
    Unknown(String),
    /// The name is right, what follows it is not.
    #[error("\"{text}\" does not fit: it is written {usage}, such as {example}")]
    Argument {
        /// What was given.
        text: String,
        /// How it is written.
        usage: &'static str,
        /// One that fits.
        example: &'static str,
    },
    /// How often is a number from 1, or `always`.
    #[error("\"{0}\" does not fit: behind the * stands how often (1, 2, 3 …) or \"always\"")]
    Times(String),
}

impl FaultError {
    /// Stable name.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unknown(_) => "fault.unknown",
            Self::Argument { .. } => "fault.argument",
            Self::Times(_) => "fault.times",
        }
    }
}

impl FromStr for Fault {
    type Err = FaultError;

    fn from_str(text: &str) -> Result<Self, FaultError> {
        let (name, argument) = match text.split_once(':') {
            Some((name, argument)) => (name, Some(argument)),
            None => (text, None),
        };
        let mut entries = Fault::catalogue().iter().flat_map(|(_, entries)| entries.iter());
        let Some(entry) = entries.find(|entry| entry.name() == name) else {
            return Err(FaultError::Unknown(text.to_owned()));
        };
        entry.make(argument).ok_or_else(|| FaultError::Argument {
            text: text.to_owned(),
            usage: entry.usage,
            example: entry.example,
        })
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Refuse(time) => return write!(f, "refuse:{}", time.as_secs_f64()),
            Self::ResetMidBody(percent) => return write!(f, "reset-mid-body:{percent}"),
            Self::Stall(percent) => return write!(f, "stall:{percent}"),
            Self::Slow(bytes) => return write!(f, "slow:{bytes}"),
            Self::Delay(time) => return write!(f, "delay:{}", time.as_millis()),
            Self::DelayUpTo(time) => return write!(f, "delay-up-to:{}", time.as_millis()),
            Self::Reverse(requests) => return write!(f, "reverse:{requests}"),
            Self::TooManyRequests(RetryAfter::Seconds(seconds)) => return write!(f, "status-429:{seconds}"),
            Self::TooManyRequests(RetryAfter::Date(seconds)) => {
                return write!(f, "status-429:date:{seconds}");
            }
            Self::Gateway(status) => return write!(f, "status-{status}"),
            Self::Redirect { status, to } => return write!(f, "redirect:{status}:{to}"),
            Self::Pass => "pass",
            Self::ResetBefore => "reset-before",
            Self::ResetAfterBody => "reset-after-body",
            Self::SilentAfterBody => "silent-after-body",
            Self::AnswerCut => "answer-cut",
            Self::ProxyLogin => "status-407",
            Self::TooLarge => "status-413-html",
            Self::TooManyRequests(RetryAfter::Absent) => "status-429",
            Self::Challenge => "challenge-403",
            Self::Maintenance => "html-200-maintenance",
            Self::PhpWarning => "html-200-php-warning",
            Self::Shop => "html-200-shop",
            Self::Empty => "empty-200",
            Self::NotFound => "html-404",
            Self::Incident => "html-500",
            Self::JsonAfterBom => "json-after-bom",
            Self::JsonAfterNotice => "json-after-notice",
            Self::TruncatedJson => "truncated-json",
            Self::WrongTypes => "wrong-types",
            Self::Garbage => "garbage",
            Self::Flood => "flood",
            Self::Duplicate => "duplicate",
            Self::Approval => "approval",
        })
    }
}
