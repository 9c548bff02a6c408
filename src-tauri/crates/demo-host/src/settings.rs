//! What the host is told when it starts, and the site's settings that a test may change while it runs.

use std::{fmt, path::PathBuf};

use clap::{ValueEnum, builder::PossibleValue};

use crate::Tls;

/// How a host is started.
#[derive(Clone)]
pub struct Options {
    /// Folder that holds the pictures and the index. Made when missing; what it holds is served again.
    pub dir: PathBuf,
    /// Port on 127.0.0.1. With 0 the port of the last run is taken again when it is free (links made then
    /// still open), else any.
    pub port: u16,
    /// The user's key, instead of one made at random for this folder.
    pub key: Option<String>,
    /// Sub-directory in which the site lives, `/gallery`; empty for a site at the root. What is asked for outside
    /// of it is answered by the web server, not by the site.
    pub path: String,
    /// Speaks https, with a certificate that is wrong in this way. `None` is plain http.
    pub tls: Option<Tls>,
    /// The site's settings.
    pub settings: Settings,
}

/// Without the key.
impl fmt::Debug for Options {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { dir, port, key: _, path, tls, settings } = self;
        f.debug_struct("Options")
            .field("dir", dir)
            .field("port", port)
            .field("path", path)
            .field("tls", tls)
            .field("settings", settings)
            .finish_non_exhaustive()
    }
}

impl Options {
    /// A host with the default settings, keeping its things in `dir`.
    pub fn new(dir: impl Into<PathBuf>) -> Self {
        Self {
            dir: dir.into(),
            port: 0,
            key: None,
            path: String::new(),
            tls: None,
            settings: Settings::default(),
        }
    }
}

/// Which Chevereto the host behaves like (FACTS §9). `V42` is the one that was recorded. Older is less.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub enum Mode {
    /// V3 (API 1.0): one site key, as a field only; no fields but the source; numbers as strings; errors with
    /// `context` and codes of their own.
    #[value(name = "v3", help = "API 1.0: one site key, as a field; numbers as text; codes of its own")]
    V3,
    /// 4.0: "image uploaded", no clips, delete links answer 302.
    #[value(name = "4.0", help = "No clips, no tags; expiry by presets")]
    V40,
    /// 4.1: no tags, presets only for expiry.
    #[value(name = "4.1", help = "No tags; expiry by presets")]
    V41,
    /// 4.2.1 or later.
    #[value(name = "4.2", help = "4.2.1 or later, as it was recorded")]
    V42,
    /// 4.3: `md5` is called `checksum`, and the API can be switched off.
    #[value(name = "4.3", help = "md5 is called checksum; the API can be switched off")]
    V43,
    /// 4.4: keys have four parts.
    #[value(name = "4.4", help = "Keys have four parts")]
    V44,
}

impl fmt::Display for Mode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.to_possible_value().as_ref().map_or("", PossibleValue::get_name))
    }
}

/// Whose uploads wait for approval.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moderation {
    /// Nobody's.
    Off,
    /// Those with the guest key.
    Guests,
    /// All but those with the admin key.
    Everyone,
}

/// Uploads that one address may store in a rolling window. The defaults are those of a fresh install.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Flood {
    /// In 60 seconds.
    pub minute: u32,
    /// In 60 minutes.
    pub hour: u32,
    /// In 24 hours.
    pub day: u32,
    /// In 7 days.
    pub week: u32,
    /// In 30 days.
    pub month: u32,
}

impl Default for Flood {
    fn default() -> Self {
        Self { minute: 50, hour: 500, day: 1_000, week: 5_000, month: 10_000 }
    }
}

/// What the API takes from those without an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GuestApi {
    /// The public key.
    On,
    /// Nothing: the public key is as wrong as any other.
    Off,
    /// It is on, but no public key was set: every unknown key is told so.
    WithoutKey,
}

/// How stored files are named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileNaming {
    /// As sent; a random end is added when that name is taken.
    Original,
    /// At random, 32 hex digits.
    Random,
    /// As sent, always with a random end.
    Mixed,
    /// By the file's id.
    Id,
}

/// A language of the site's messages (FACTS §1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Language {
    /// `en`
    #[value(name = "en", help = "English")]
    English,
    /// `lt`
    #[value(name = "lt", help = "Lithuanian")]
    Lithuanian,
    /// `de`
    #[value(name = "de", help = "German")]
    German,
}

/// Room for files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Storage {
    /// There is some.
    Free,
    /// None is left: 104.
    Full,
    /// No storage is set up or switched on: 900.
    Missing,
    /// There is some, but somebody else takes each place first: 666.
    Contested,
}

/// The site's settings. Sizes are in bytes, and as on a real site 1 MB is 1 000 000 bytes.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Which Chevereto this is.
    pub mode: Mode,
    /// Largest file with a user's or admin's key. More is "File too big".
    pub max_file_size: u64,
    /// Largest file with the guest key.
    pub guest_max_file_size: u64,
    /// PHP's `upload_max_filesize`: larger files never reach the site (601, or 500 with the duplicate check on).
    pub upload_max_filesize: u64,
    /// PHP's `post_max_size`: of a larger request nothing at all is read.
    pub post_max_size: u64,
    /// Flood limits; `None` is none.
    pub flood: Option<Flood>,
    /// Whether the same bytes may come twice in 24 hours from one address.
    pub allow_duplicates: bool,
    /// Whose uploads wait for approval.
    pub moderation: Moderation,
    /// File name extensions that the site takes. What it could take but does not list is "Disabled".
    pub formats: Vec<String>,
    /// Uploading is on (admins always may).
    pub uploads: bool,
    /// Uploading with the guest key is on.
    pub guest_uploads: bool,
    /// What the API takes from those without an account.
    pub guest_api: GuestApi,
    /// A private site: the guest key may not upload.
    pub private: bool,
    /// A personal site, the administrator's: nobody else's key may upload.
    pub personal: bool,
    /// The API is switched off: every request to it is answered by the HTML 404 page. Only from 4.3 on.
    pub api_off: bool,
    /// Every request but those for files is answered by the maintenance page (HTTP 200, HTML), whoever asks.
    pub maintenance: bool,
    /// Admin keys may name a URL as source. The host fetches by http from loopback addresses, and from nowhere else:
    /// other names are "Could not resolve host", other addresses give nothing.
    pub url_uploads: bool,
    /// `expiration` is read at all.
    pub expiration: bool,
    /// When the user's uploads go that ask for nothing else, `P2D`. `None` is never.
    pub user_expiration: Option<String>,
    /// When uploads with the guest key go, whatever they ask for. `None` leaves it to them.
    pub guest_expiration: Option<String>,
    /// Animated WebP is taken. Sites whose PHP has only GD refuse it.
    pub animated_webp: bool,
    /// Pictures wider than this are made smaller. 0 is no limit.
    pub max_width: u32,
    /// Most tags that a file may have; the others are dropped without a word. `None` is no limit.
    pub max_tags: Option<usize>,
    /// Words refused in titles, descriptions and tags, lower case.
    pub stop_words: Vec<String>,
    /// The account adds the camera's name as a tag.
    pub camera_tag: bool,
    /// How stored files are named.
    pub file_naming: FileNaming,
    /// Links to pages carry the title, `/image/my-title.id` rather than `/image/id`.
    pub titles_in_links: bool,
    /// The site's language.
    pub language: Language,
    /// Messages follow the sender's `Accept-Language` where they can.
    pub auto_language: bool,
    /// Room for files.
    pub storage: Storage,
    /// Uploads are read, counted and answered, but not looked at and not stored, to measure clients at full speed.
    /// Limits, duplicates and floods do not hold then.
    pub discard: bool,
}

impl Settings {
    /// The formats that are switched on and that this version knows: clips came with 4.1.
    pub(crate) fn offered(&self) -> impl Iterator<Item = &str> {
        let clips = self.mode >= Mode::V41;
        let known = move |format: &&str| clips || !matches!(*format, "mov" | "mp4" | "webm");
        self.formats.iter().map(String::as_str).filter(known)
    }
}

/// Every format that a site can take, in the order in which its page lists them.
pub(crate) const FORMATS: [&str; 10] =
    ["avif", "jpg", "jpeg", "png", "bmp", "gif", "webp", "mov", "mp4", "webm"];

impl Default for Settings {
    fn default() -> Self {
        Self {
            mode: Mode::V42,
            max_file_size: 64_000_000,
            guest_max_file_size: 10_000_000,
            upload_max_filesize: u64::MAX,
            post_max_size: u64::MAX,
            flood: Some(Flood::default()),
            allow_duplicates: false,
            moderation: Moderation::Off,
            formats: FORMATS.map(str::to_owned).to_vec(),
            uploads: true,
            guest_uploads: true,
            guest_api: GuestApi::On,
            private: false,
            personal: false,
            api_off: false,
            maintenance: false,
            url_uploads: false,
            expiration: true,
            user_expiration: None,
            guest_expiration: None,
            animated_webp: true,
            max_width: 0,
            max_tags: None,
            stop_words: Vec::new(),
            camera_tag: false,
            file_naming: FileNaming::Original,
            titles_in_links: true,
            language: Language::English,
            auto_language: true,
            storage: Storage::Free,
            discard: false,
        }
    }
}
