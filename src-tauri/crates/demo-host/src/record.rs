//! What the host tells a test: what it was sent, what it answered, what it keeps.

use std::path::PathBuf;

/// One upload request as it arrived, in the order of arrival. The latest 10 000 are remembered.
#[derive(Debug, Clone)]
pub struct Received {
    /// Seconds since 1970, by the host's clock.
    pub at: i64,
    /// `POST`, mostly.
    pub method: String,
    /// Path and query as sent.
    pub target: String,
    /// Header names in lower case, with their values. The key's value is left out.
    pub headers: Vec<(String, String)>,
    /// Text fields in the order sent. The key's value is left out.
    pub fields: Vec<(String, String)>,
    /// Whose key came with it.
    pub key: KeyKind,
    /// The file part named `source`, when there was one.
    pub file: Option<ReceivedFile>,
    /// Body bytes that arrived.
    pub body_len: u64,
    /// How it ended. Tells of a fault only where the fault made the answer.
    pub outcome: Outcome,
}

impl Received {
    /// The last value of a text field.
    pub fn field(&self, name: &str) -> Option<&str> {
        self.fields.iter().rev().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }

    /// The first value of a header; `name` in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }
}

/// The file part named `source`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceivedFile {
    /// Its file name as PHP reads it.
    pub name: String,
    /// The part's `Content-Type` as sent; empty when there was none.
    pub mime: String,
    /// Bytes.
    pub size: u64,
    /// MD5 of the bytes, 32 hex digits. Empty where they were discarded.
    pub md5: String,
}

/// Whose key came with a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyKind {
    /// None, or an empty one.
    None,
    /// One that the host does not know.
    Unknown,
    /// The user's.
    User,
    /// The administrator's.
    Admin,
    /// The public guest key.
    Guest,
}

/// How a request ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Stored under this id.
    Stored(String),
    /// Read and answered, but not stored, because the settings say so.
    Discarded,
    /// Refused with this code and sentence (the code `"22001"` of the database is 22001 here).
    Refused(i64, String),
    /// An HTML page instead of an answer: the HTTP status.
    Page(u16),
    /// A fault was played, by this name; nothing was stored.
    Fault(String),
}

/// A file that the host keeps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    /// Encoded id, as in its links.
    pub id: String,
    /// Title.
    pub title: String,
    /// Description.
    pub description: Option<String>,
    /// Tags in order.
    pub tags: Vec<String>,
    /// Encoded id of the album it lies in.
    pub album: Option<String>,
    /// Category.
    pub category: Option<i64>,
    /// Marked as not safe for work.
    pub nsfw: bool,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    /// `image/png` …
    pub mime: String,
    /// The name the file was sent with.
    pub original_filename: String,
    /// Seconds since 1970 at which the site removes it.
    pub expires: Option<i64>,
    /// Shown to everyone.
    pub approved: bool,
    /// Whose key brought it.
    pub owner: KeyKind,
    /// The bytes exactly as received. The same file as `served` unless the site changed them (resized, turned
    /// upright, BMP made PNG).
    pub original: PathBuf,
    /// The file that the direct link gives.
    pub served: PathBuf,
    /// Page of the file.
    pub url_viewer: String,
    /// Direct link.
    pub url: String,
}

/// An album on the host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Album {
    /// Encoded id, as `album_id` wants it.
    pub id: String,
    /// Name.
    pub name: String,
    /// Whether the user's key owns it. Uploads into others are dropped silently.
    pub own: bool,
    /// Page of the album.
    pub url: String,
}
