//! What the host remembers between runs.

mod files;
mod journal;

use std::{io, path::Path};

use serde::{Deserialize, Serialize};

use crate::{Mode, record::KeyKind};

pub(crate) use files::Files;
pub(crate) use journal::{Entry, Journal};

/// Everything that outlives the process.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Index {
    pub(crate) keys: Keys,
    /// Port of the last run.
    pub(crate) port: u16,
    /// Number of the next file.
    pub(crate) next: u64,
    pub(crate) albums: Vec<AlbumRow>,
    pub(crate) categories: Vec<(i64, String)>,
    pub(crate) files: Files,
}

/// The three keys. Not printable: they open the host.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Keys {
    user: String,
    admin: String,
    pub(crate) guest: String,
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Owner {
    User,
    Admin,
    #[default]
    Nobody,
}

impl From<Owner> for KeyKind {
    fn from(owner: Owner) -> Self {
        match owner {
            Owner::User => Self::User,
            Owner::Admin => Self::Admin,
            Owner::Nobody => Self::Guest,
        }
    }
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct AlbumRow {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) owner: Owner,
}

/// One stored file. Times are seconds since 1970.
#[derive(Debug, Default, Clone, Serialize, Deserialize)]
pub(crate) struct FileRow {
    pub(crate) id: String,
    /// Stored name without extension.
    pub(crate) name: String,
    pub(crate) extension: String,
    pub(crate) mime: String,
    /// `2026/11/25`.
    pub(crate) day: String,
    pub(crate) size: u64,
    pub(crate) width: u32,
    pub(crate) height: u32,
    pub(crate) duration: u32,
    pub(crate) animated: bool,
    pub(crate) clip: bool,
    pub(crate) title: String,
    pub(crate) description: Option<String>,
    pub(crate) tags: Vec<String>,
    pub(crate) album: Option<String>,
    pub(crate) category: Option<i64>,
    pub(crate) nsfw: bool,
    pub(crate) approved: bool,
    pub(crate) owner: Owner,
    pub(crate) original_filename: String,
    pub(crate) exif: Option<String>,
    pub(crate) md5: String,
    pub(crate) source_md5: Option<String>,
    /// The bytes as received lie in `originals/<id>`, because the served file was changed.
    pub(crate) kept_original: bool,
    pub(crate) uploader: String,
    pub(crate) stored_at: i64,
    /// The date that the file is shown and filed under, where it is not that of its upload.
    #[serde(default)]
    pub(crate) taken_at: Option<i64>,
    pub(crate) expires: Option<i64>,
    pub(crate) thumb_size: u64,
    pub(crate) medium_size: u64,
    pub(crate) frame_size: u64,
    /// BLAKE3 of the password in the delete link, which is known to the uploader alone.
    pub(crate) delete_hash: String,
}

impl FileRow {
    /// File name in its day's folder: `""` the file itself, `.th`, `.md`, `.fr` its copies.
    pub(crate) fn file_name(&self, copy: &str) -> String {
        format!("{}{copy}.{}", self.name, self.copy_extension(copy))
    }

    pub(crate) fn copy_extension(&self, copy: &str) -> &str {
        if self.clip && !copy.is_empty() { "jpeg" } else { &self.extension }
    }

    pub(crate) fn copy_mime(&self, copy: &str) -> &str {
        if self.clip && !copy.is_empty() { "image/jpeg" } else { &self.mime }
    }

    /// The date that it is shown and filed under.
    pub(crate) fn dated(&self) -> i64 {
        self.taken_at.unwrap_or(self.stored_at)
    }

    /// The copies that exist.
    pub(crate) fn copies(&self) -> impl Iterator<Item = &'static str> {
        let sizes = [("", 1), (".th", self.thumb_size), (".md", self.medium_size), (".fr", self.frame_size)];
        sizes.into_iter().filter(|(_, size)| *size > 0).map(|(copy, _)| copy)
    }
}

impl Index {
    /// The index of a new folder: keys, albums, categories of its own.
    fn new() -> Self {
        let albums =
            [("Curonian Spit", Owner::User), ("Screenshots", Owner::User), ("Front page", Owner::Admin)];
        Self {
            keys: Keys { user: new_key(1), admin: new_key(2), guest: random_hex(32) },
            port: 0,
            next: 1_000,
            albums: albums
                .iter()
                .zip(101..)
                .map(|((name, owner), number)| AlbumRow {
                    id: encode_id(number),
                    name: (*name).to_owned(),
                    owner: *owner,
                })
                .collect(),
            categories: vec![(1, "Nature".to_owned()), (2, "Screens".to_owned()), (3, "People".to_owned())],
            files: Files::default(),
        }
    }

    /// Reads the folder's index, or makes one.
    pub(crate) fn open(dir: &Path) -> io::Result<Self> {
        Ok(journal::read(dir)?.unwrap_or_else(Self::new))
    }

    /// Makes a change that is written down already.
    pub(crate) fn apply(&mut self, entry: Entry) {
        entry.apply(self);
    }
}

impl Keys {
    pub(crate) fn set_user(&mut self, key: String) {
        self.user = key;
    }

    pub(crate) fn user(&self, mode: Mode) -> String {
        in_form_of(mode, &self.user)
    }

    pub(crate) fn admin(&self, mode: Mode) -> String {
        in_form_of(mode, &self.admin)
    }
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Keys(…)")
    }
}

/// From 4.4 on the secret is two parts of 64 characters.
fn in_form_of(mode: Mode, key: &str) -> String {
    match (mode, key.rsplit_once('_')) {
        (Mode::V44, Some((front, secret))) if secret.len() == 128 && secret.is_ascii() => {
            format!("{front}_{}_{}", &secret[..64], &secret[64..])
        }
        _ => key.to_owned(),
    }
}

fn new_key(number: u64) -> String {
    format!("chv_{}_{}", encode_id(number), random_hex(64))
}

/// Twice as many hex digits as `bytes`.
pub(crate) fn random_hex(bytes: usize) -> String {
    let mut random = vec![0; bytes];
    getrandom::fill(&mut random).expect("every system that runs this has a source of randomness");
    hex(&random)
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A short id of letters and digits that does not look like counting.
pub(crate) fn encode_id(mut number: u64) -> String {
    const DIGITS: &[u8; 62] = b"mUk5Z1EqatyliD92vOwWsFCRV7QMrbNH6YohKXSJTp3ABfcnG4LxgI0edPzj8u";
    let mut id = Vec::new();
    loop {
        id.push(DIGITS[(number % 62) as usize]);
        number /= 62;
        if number == 0 {
            break;
        }
    }
    id.iter().rev().map(|digit| char::from(*digit)).collect()
}
