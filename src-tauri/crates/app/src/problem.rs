//! Everything that can go wrong, as a closed list of codes. The words of a code are the message `problem-<code>`.

use engine::Problem;

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $text:literal,)*) => {
        /// What went wrong, or what a site changed. As text it is a stable word: `too-big`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Code {
            $($(#[$doc])* $name,)*
        }

        impl Code {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The stable word.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $text,)*
                }
            }
        }
    };
}

codes! {
    /// The file is gone or its folder cannot be reached.
    FileMissing = "file-missing",
    /// The system does not let us read it.
    FileUnreadable = "file-unreadable",
    /// No bytes.
    FileEmpty = "file-empty",
    /// Another size or time than when it was added.
    FileChanged = "file-changed",
    /// Neither a picture nor a clip; `kind` when it is known.
    NotAPicture = "not-a-picture",
    /// A drawing made of text; `kind`.
    Drawing = "drawing",
    /// A document; `kind`.
    Document = "document",
    /// A picture that sites do not take; `kind`.
    FormatUnsupported = "format-unsupported",
    /// A folder without pictures.
    FolderEmpty = "folder-empty",
    /// It starts like a picture and then does not keep to the format.
    Damaged = "damaged",
    /// More pixels or memory than a decoder may take.
    TooManyPixels = "too-many-pixels",
    /// The body for sending is gone.
    BodyMissing = "body-missing",
    /// No room on this computer.
    DiskFull = "disk-full",
    /// A file of our own cannot be written; `detail`.
    CannotWrite = "cannot-write",
    /// Same content twice in the queue.
    DuplicateInQueue = "duplicate-in-queue",

    /// The site refuses the key.
    KeyRefused = "key-refused",
    /// No key is known for the site.
    KeyMissing = "key-missing",
    /// Nothing was typed.
    KeyEmpty = "key-empty",
    /// A character that no key has.
    KeyCharacters = "key-characters",
    /// The key may not upload.
    NotAllowed = "not-allowed",
    /// The site had the same bytes within a day; no own record of it.
    Duplicate = "duplicate",
    /// Uploads per time are limited; `limit` and `period` when known.
    Flood = "flood",
    /// Larger than the site takes.
    TooBig = "too-big",
    /// The same, and the limit is known: `max_bytes`.
    TooBigMax = "too-big-max",
    /// The site does not take the format.
    FormatRefused = "format-refused",
    /// The site cannot read it.
    BadPicture = "bad-picture",
    /// The width asked for is larger than the picture.
    WidthRefused = "width-refused",
    /// A field is too long or of the wrong kind.
    FieldRefused = "field-refused",
    /// The site does not fetch addresses.
    UrlRefused = "url-refused",
    /// Stop words, moderation.
    Filtered = "filtered",
    /// The site is full.
    NoSpace = "no-space",
    /// Maintenance page.
    Maintenance = "maintenance",
    /// No API there; `status`.
    WrongAddress = "wrong-address",
    /// A redirect; it does not say where to.
    Moved = "moved",
    /// A redirect to `to`.
    MovedTo = "moved-to",
    /// 429.
    RateLimited = "rate-limited",
    /// 5xx; `status`.
    SiteTrouble = "site-trouble",
    /// A challenge or firewall; `status`.
    Blocked = "blocked",
    /// Refused without a name for it; `site_code`.
    Refused = "refused",
    /// The host name is not known.
    Dns = "dns",
    /// No connection; `detail`.
    Connect = "connect",
    /// No connection in time.
    ConnectTimeout = "connect-timeout",
    /// The certificate is over.
    TlsExpired = "tls-expired",
    /// It has not begun.
    TlsNotYetValid = "tls-not-yet-valid",
    /// It is for another name.
    TlsWrongName = "tls-wrong-name",
    /// Signed by nobody known.
    TlsUnknownIssuer = "tls-unknown-issuer",
    /// Called back.
    TlsRevoked = "tls-revoked",
    /// No secure connection for another reason; `detail`.
    TlsOther = "tls-other",
    /// The proxy wants a login.
    ProxyAuth = "proxy-auth",
    /// The connection took nothing any more; `percent`.
    Stalled = "stalled",
    /// The connection broke; `percent`.
    ConnectionLost = "connection-lost",
    /// Sent, then silence.
    UnknownSilence = "unknown-silence",
    /// Sent, then the connection broke.
    UnknownLost = "unknown-lost",
    /// Sent, then an answer that cannot be read.
    UnknownUnreadable = "unknown-unreadable",
    /// Sent, then a gateway's page.
    UnknownGateway = "unknown-gateway",
    /// The program ended while it was sent.
    Interrupted = "interrupted",
    /// The person stopped it while it was sent.
    Stopped = "stopped",

    /// No `http(s)` address.
    FetchAddress = "fetch-address",
    /// Nothing there.
    FetchNotFound = "fetch-not-found",
    /// Not given out; `status`.
    FetchRefused = "fetch-refused",
    /// Larger than `max_bytes`.
    FetchTooBig = "fetch-too-big",
    /// Redirects without end.
    FetchRedirects = "fetch-redirects",
    /// Not reached.
    FetchUnreachable = "fetch-unreachable",
    /// Stopped on the way.
    FetchStalled = "fetch-stalled",
    /// Broke off.
    FetchCut = "fetch-cut",

    /// Nothing was typed.
    AddressEmpty = "address-empty",
    /// Cannot be read as an address.
    AddressUnreadable = "address-unreadable",
    /// Neither `http` nor `https`.
    AddressScheme = "address-scheme",
    /// Carries a user name or password.
    AddressUserInfo = "address-user-info",
    /// Empty, blank or `0`.
    FieldBlank = "field-blank",
    /// Longer than the site keeps.
    FieldTooLong = "field-too-long",
    /// A tag that the site would drop.
    TagDropped = "tag-dropped",
    /// No album in it.
    AlbumUnreadable = "album-unreadable",
    /// Not a whole number.
    NumberUnreadable = "number-unreadable",
    /// Not a time that the site reads.
    ExpirationUnreadable = "expiration-unreadable",
    /// Under five minutes.
    ExpirationTooShort = "expiration-too-short",
    /// Over a year.
    ExpirationTooLong = "expiration-too-long",

    /// No keyring on this computer; `detail`.
    KeyringNone = "keyring-none",
    /// The person did not unlock it.
    KeyringLocked = "keyring-locked",
    /// The keyring refuses; `detail`.
    KeyringFailed = "keyring-failed",
    /// Nothing usable on the clipboard.
    ClipboardEmpty = "clipboard-empty",
    /// The program that owns the clipboard does not answer, or it cannot be read.
    ClipboardUnreadable = "clipboard-unreadable",
    /// No site is set up.
    NoSite = "no-site",
    /// The demo host does not start; `detail`.
    DemoFailed = "demo-failed",
    /// A link could not be opened; `detail`.
    CannotOpen = "cannot-open",
    /// No delete link is kept.
    NoDeleteLink = "no-delete-link",
    /// The site did not say that it deleted.
    DeleteUnclear = "delete-unclear",
    /// A link that a person typed is no address.
    LinkUnreadable = "link-unreadable",

    /// The database cannot be used here; `detail`.
    StoreUnreadable = "store-unreadable",
    /// A newer version wrote it.
    NewerDatabase = "newer-database",
    /// It is damaged.
    StoreDamaged = "store-damaged",
    /// The damaged database was put aside; `path`.
    StoreSetAside = "store-set-aside",
    /// Another program holds it.
    StoreBusy = "store-busy",
    /// It failed; `detail`.
    StoreFailed = "store-failed",
    /// No such item.
    UnknownItem = "unknown-item",
    /// No such receipt.
    UnknownReceipt = "unknown-receipt",
    /// No such site.
    UnknownSite = "unknown-site",
    /// Files of the queue go there.
    SiteInUse = "site-in-use",
    /// Not possible where it stands.
    WrongPhase = "wrong-phase",
    /// The app is closing.
    EngineClosed = "engine-closed",
    /// A fault of our own.
    Internal = "internal",
    /// The window asks for what this version does not have.
    IpcUnknown = "ipc-unknown",
    /// The window asks in a way that this version does not read.
    IpcArguments = "ipc-arguments",

    /// The site kept other tags: `kept`, `asked`.
    NoteTags = "note-tags",
    /// The site ignored the tags.
    NoteTagsDropped = "note-tags-dropped",
    /// The site deletes it at another time: `date`.
    NoteExpiry = "note-expiry",
    /// The site keeps it for good.
    NoteExpiryNone = "note-expiry-none",
    /// The site deletes it although nobody asked: `date`.
    NoteExpiryAdded = "note-expiry-added",
    /// The site made it another width: `width`.
    NoteWidth = "note-width",
    /// Marked as not safe for work by the site.
    NoteNsfw = "note-nsfw",
    /// The site took the mark away.
    NoteNsfwDropped = "note-nsfw-dropped",
    /// Another title than sent: `title`.
    NoteTitle = "note-title",
}

impl Code {
    /// A problem without arguments.
    #[must_use]
    pub fn problem(self) -> Problem {
        Problem::new(self.as_str())
    }

    /// The code of a word.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.as_str() == word)
    }
}

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
        E::TooLarge { .. } | E::TooMuchMemory => Code::TooManyPixels.problem(),
        E::Damaged { format, .. } => Code::Damaged.problem().with("kind", format.label()),
        E::Write(error) => of_writing(error),
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
