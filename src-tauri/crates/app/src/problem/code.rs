//! The closed list of codes.

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
    /// No picture of it can be drawn here; `kind`.
    NoPreview = "no-preview",
    /// Drawing it would take more memory than is safe.
    PreviewTooLarge = "preview-too-large",
    /// Drawing it took too long.
    PreviewTooSlow = "preview-too-slow",
    /// It cannot be drawn, because it does not keep to its format; `kind`.
    PreviewDamaged = "preview-damaged",
    /// Asked to be made into another format, and more than one picture.
    Animated = "animated",
    /// Larger than was asked, however small it is made.
    DoesNotFit = "does-not-fit",
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
    /// Larger than the person lets the site have: `max_bytes`.
    TooBigOwn = "too-big-own",
    /// A file of `refused_bytes` was too big before.
    TooBigBefore = "too-big-before",
    /// Probably too big: the site broke off without a reason.
    TooBigLikely = "too-big-likely",
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
    /// The site answers without encryption only: `to`.
    HttpOnly = "http-only",
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
    /// Not a size.
    SizeUnreadable = "size-unreadable",
    /// No format that can be sent.
    FormatUnknown = "format-unknown",
    /// The site takes `max_bytes` at most, and the person let it have `own_bytes`.
    LimitLower = "limit-lower",
    /// The site turned away `refused_bytes`, and the person let it have `own_bytes`.
    LimitDoubted = "limit-doubted",
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
    /// The site cannot be reached, so nothing was deleted.
    DeleteUnreached = "delete-unreached",
    /// A file of that name is there already.
    FileExists = "file-exists",
    /// A file cannot be written where the person wants it; `detail`.
    CannotExport = "cannot-export",
    /// The file is no history of ours.
    ImportForeign = "import-foreign",
    /// A newer version wrote it.
    ImportNewer = "import-newer",
    /// It ends in the middle.
    ImportCut = "import-cut",
    /// A line is not as we write it; `line`, `detail`.
    ImportDamaged = "import-damaged",
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
    /// No such delete link in the vault.
    UnknownKept = "unknown-kept",
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
    /// The site kept another description than sent, or none.
    NoteDescription = "note-description",
    /// The site took a description out of the file: `description`.
    NoteDescriptionAdded = "note-description-added",
    /// The site kept another category.
    NoteCategory = "note-category",
    /// The site stores another kind of file: `kind`, `asked`.
    NoteType = "note-type",
    /// The site made it another width: `width`, `asked`.
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
