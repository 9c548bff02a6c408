//! Everything that can go wrong, as a closed list of codes. The words of a code are the message `problem-<code>`.

mod code;

pub use code::Code;
use engine::Problem;

/// A problem of the site called `site`, with its own sentence as `said`.
#[must_use]
pub fn of_site(error: &chevereto::Error, site: &str) -> Problem {
    use chevereto::Error as E;
    let problem = match error {
        E::KeyRefused { .. } => Code::KeyRefused.problem(),
        E::NotAllowed { .. } => Code::NotAllowed.problem(),
        E::Duplicate { .. } => Code::Duplicate.problem(),
        E::Flood { .. } => Code::Flood.problem(),
        E::TooBig { max: Some(max), .. } => Code::TooBigMax.problem().with("max_bytes", max.to_string()),
        E::TooBig { certain: false, .. } => Code::TooBigLikely.problem(),
        E::TooBig { max: None, .. } => Code::TooBig.problem(),
        E::FormatRefused { .. } => Code::FormatRefused.problem(),
        E::BadPicture { .. } => Code::BadPicture.problem(),
        E::WidthRefused { .. } => Code::WidthRefused.problem(),
        E::FieldRefused { .. } => Code::FieldRefused.problem(),
        E::UrlRefused { .. } => Code::UrlRefused.problem(),
        E::Filtered { .. } => Code::Filtered.problem(),
        E::NoSpace { .. } => Code::NoSpace.problem(),
        E::Maintenance => Code::Maintenance.problem(),
        E::WrongAddress { status } => Code::WrongAddress.problem().with("status", status.to_string()),
        E::Moved { to: Some(to) } => Code::MovedTo.problem().with("to", to.to_string()),
        E::Moved { to: None } => Code::Moved.problem(),
        E::RateLimited { .. } => Code::RateLimited.problem(),
        E::SiteTrouble { status, .. } => Code::SiteTrouble.problem().with("status", status.to_string()),
        E::Blocked { status } => Code::Blocked.problem().with("status", status.to_string()),
        E::Refused { code, .. } => Code::Refused.problem().with("site_code", code),
        E::Dns => Code::Dns.problem(),
        E::Connect { detail } => Code::Connect.problem().with("detail", detail),
        E::ConnectTimeout => Code::ConnectTimeout.problem(),
        E::Tls { problem, detail } => tls(*problem).problem().with("detail", detail),
        E::ProxyAuth => Code::ProxyAuth.problem(),
        E::Stalled { sent, total } => Code::Stalled.problem().with("percent", percent(*sent, *total)),
        E::ConnectionLost { sent, total } => {
            Code::ConnectionLost.problem().with("percent", percent(*sent, *total))
        }
        E::Unknown { why, status, text } => unknown(*why, *status, text),
        E::FileVanished => Code::FileMissing.problem(),
        E::FileChanged => Code::FileChanged.problem(),
        E::Io { detail } => Code::FileUnreadable.problem().with("detail", detail),
    };
    let problem = problem.with("site", site);
    match error.said() {
        Some(said) if !said.is_empty() => problem.with("said", said),
        _ => problem,
    }
}

fn tls(problem: chevereto::TlsProblem) -> Code {
    use chevereto::TlsProblem as T;
    match problem {
        T::Expired => Code::TlsExpired,
        T::NotYetValid => Code::TlsNotYetValid,
        T::WrongName => Code::TlsWrongName,
        T::UnknownIssuer => Code::TlsUnknownIssuer,
        T::Revoked => Code::TlsRevoked,
        T::Other => Code::TlsOther,
    }
}

fn unknown(why: chevereto::Unclear, status: Option<u16>, text: &str) -> Problem {
    use chevereto::Unclear as U;
    let code = match why {
        U::Silence => Code::UnknownSilence,
        U::Lost => Code::UnknownLost,
        U::Unreadable => Code::UnknownUnreadable,
        U::Gateway => Code::UnknownGateway,
    };
    let mut problem = code.problem();
    if let Some(status) = status {
        problem = problem.with("status", status.to_string());
    }
    if text.is_empty() { problem } else { problem.with("said", text) }
}

fn percent(sent: u64, total: u64) -> String {
    (sent.saturating_mul(100) / total.max(1)).min(100).to_string()
}

/// A problem of reading or copying the person's file.
#[must_use]
pub fn of_media(error: &media::Error) -> Problem {
    use media::Error as E;
    match error {
        E::Missing => Code::FileMissing.problem(),
        E::Unreadable(_) => Code::FileUnreadable.problem(),
        E::Empty => Code::FileEmpty.problem(),
        E::NotAPicture => Code::NotAPicture.problem(),
        E::NoPreview(format) => Code::FormatUnsupported.problem().with("kind", format.label()),
        E::TooLarge { .. } | E::TooMuchMemory | E::TooSlow => Code::TooManyPixels.problem(),
        E::Animated => Code::Animated.problem(),
        E::DoesNotFit => Code::DoesNotFit.problem(),
        E::Damaged { format, .. } => Code::Damaged.problem().with("kind", format.label()),
        E::Write(error) => of_writing(error),
    }
}

/// Why there is no preview. The file can be sent all the same.
#[must_use]
pub fn of_preview(error: &media::Error) -> Problem {
    use media::Error as E;
    match error {
        E::NoPreview(format) => Code::NoPreview.problem().with("kind", format.label()),
        E::TooLarge { .. } | E::TooMuchMemory => Code::PreviewTooLarge.problem(),
        E::TooSlow => Code::PreviewTooSlow.problem(),
        E::Damaged { format, .. } => Code::PreviewDamaged.problem().with("kind", format.label()),
        other => of_media(other),
    }
}

/// A problem of writing a file of our own.
#[must_use]
pub fn of_writing(error: &std::io::Error) -> Problem {
    match error.kind() {
        std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => Code::DiskFull.problem(),
        kind => Code::CannotWrite.problem().with("detail", kind.to_string()),
    }
}

/// Why a path was not taken into the queue.
#[must_use]
pub fn of_rejection(reason: media::Reason) -> Problem {
    use media::{Reason as R, Refusal};
    match reason {
        R::Missing => Code::FileMissing.problem(),
        R::Unreadable => Code::FileUnreadable.problem(),
        R::Empty => Code::FileEmpty.problem(),
        R::NotAPicture { label } => match label {
            Some(label) => Code::NotAPicture.problem().with("kind", label),
            None => Code::NotAPicture.problem(),
        },
        R::Refused { format, refusal } => {
            let code = match refusal {
                Refusal::Drawing => Code::Drawing,
                Refusal::Document => Code::Document,
                Refusal::Unsupported => Code::FormatUnsupported,
            };
            code.problem().with("kind", format.label())
        }
        R::NothingInside => Code::FolderEmpty.problem(),
    }
}

/// Why an address was not fetched.
#[must_use]
pub fn of_fetch(error: &chevereto::FetchError) -> Problem {
    use chevereto::FetchError as E;
    match error {
        E::Address => Code::FetchAddress.problem(),
        E::NotFound => Code::FetchNotFound.problem(),
        E::Refused { status } => Code::FetchRefused.problem().with("status", status.to_string()),
        E::TooBig { max } => Code::FetchTooBig.problem().with("max_bytes", max.to_string()),
        E::Redirects => Code::FetchRedirects.problem(),
        E::Unreachable(_) => Code::FetchUnreachable.problem(),
        E::Stalled => Code::FetchStalled.problem(),
        E::Cut => Code::FetchCut.problem(),
        E::Io { detail } => Code::CannotWrite.problem().with("detail", detail),
    }
}

/// Why a request to the engine was not carried out.
#[must_use]
pub fn of_engine(error: &engine::Error) -> Problem {
    use engine::Error as E;
    match error {
        E::StoreUnreadable { detail, .. } => Code::StoreUnreadable.problem().with("detail", detail),
        E::Store(detail) => Code::StoreFailed.problem().with("detail", detail),
        other => Problem::new(other.code()),
    }
}

/// What is wrong with a typed address.
#[must_use]
pub fn of_address(error: chevereto::AddressError) -> Problem {
    Problem::new(error.code())
}

/// What is wrong with a pasted key.
#[must_use]
pub fn of_key(error: chevereto::KeyError) -> Problem {
    Problem::new(error.code())
}

/// What is wrong with a value of the form.
#[must_use]
pub fn of_field(error: chevereto::FieldError) -> Problem {
    match error {
        // Not reachable from the form, which has no base64 in it.
        chevereto::FieldError::Base64 => Code::FieldRefused.problem(),
        chevereto::FieldError::TooLong { max, .. } => {
            Code::FieldTooLong.problem().with("max_count", max.to_string())
        }
        other => Problem::new(other.code()),
    }
}

/// What is wrong with the keyring.
#[must_use]
pub fn of_keys(error: &crate::KeysError) -> Problem {
    use crate::KeysError as E;
    match error {
        E::None { detail } => Code::KeyringNone.problem().with("detail", detail),
        E::Locked => Code::KeyringLocked.problem(),
        E::Failed { detail } => Code::KeyringFailed.problem().with("detail", detail),
    }
}
