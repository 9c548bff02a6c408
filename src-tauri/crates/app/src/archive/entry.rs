//! The entries of an archive as they are written, and what they have to be like when they are read.
//!
//! The form is described in the README; what changes in it changes [`VERSION`].

use chevereto::DeleteLink;
use engine::{
    Album, BatchId, Deletion, Entry, Links, Note, Receipt, ReceiptId, Resolved, SiteId, SiteName, Timestamp,
};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};

use crate::BaseUrl;

/// The name of the form.
pub(super) const FORMAT: &str = "keltas-history";
/// Its version: a file of a higher one is not read.
pub(super) const VERSION: u64 = 1;

/// A site.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Site {
    pub(super) address: String,
    #[serde(default)]
    pub(super) name: String,
    #[serde(default)]
    pub(super) demo: bool,
}

/// An upload of the history.
#[derive(Serialize, Deserialize)]
pub(super) struct Upload {
    pub(super) site: Site,
    #[serde(default)]
    pub(super) batch: i64,
    pub(super) name: String,
    pub(super) title: Option<String>,
    #[serde(rename = "type", default)]
    pub(super) mime: String,
    #[serde(default)]
    pub(super) size: u64,
    pub(super) width: Option<u32>,
    pub(super) height: Option<u32>,
    pub(super) duration_ms: Option<u64>,
    #[serde(default)]
    pub(super) animated: bool,
    #[serde(default)]
    pub(super) blake3: String,
    #[serde(default)]
    pub(super) md5: String,
    #[serde(with = "moment")]
    pub(super) uploaded_at: Timestamp,
    #[serde(with = "moment_or_none", default)]
    pub(super) expires_at: Option<Timestamp>,
    #[serde(with = "moment_or_none", default)]
    pub(super) deleted_at: Option<Timestamp>,
    #[serde(default = "yes")]
    pub(super) approved: bool,
    #[serde(default)]
    pub(super) links: Links,
    pub(super) album: Option<Album>,
    #[serde(default)]
    pub(super) asked: Resolved,
    #[serde(default)]
    pub(super) given: serde_json::Value,
    #[serde(default)]
    pub(super) notes: Vec<Note>,
    #[serde(with = "secret_or_none", default, skip_serializing_if = "Option::is_none")]
    pub(super) delete_link: Option<SecretString>,
}

/// A delete link of an upload that is not in the history any more.
#[derive(Serialize, Deserialize)]
pub(super) struct Kept {
    pub(super) site: Site,
    pub(super) name: String,
    #[serde(with = "moment")]
    pub(super) uploaded_at: Timestamp,
    pub(super) viewer: Option<String>,
    #[serde(with = "secret")]
    pub(super) delete_link: SecretString,
}

fn yes() -> bool {
    true
}

impl From<SiteName> for Site {
    fn from(site: SiteName) -> Self {
        Self { address: site.base, name: site.name, demo: site.demo }
    }
}

impl Upload {
    pub(super) fn of(site: SiteName, receipt: Receipt, delete_link: Option<SecretString>) -> Self {
        Self {
            site: site.into(),
            batch: receipt.batch.0,
            name: receipt.name,
            title: receipt.title,
            mime: receipt.mime,
            size: receipt.size,
            width: receipt.width,
            height: receipt.height,
            duration_ms: receipt.duration_ms,
            animated: receipt.animated,
            blake3: receipt.blake3,
            md5: receipt.md5,
            uploaded_at: receipt.uploaded_at,
            expires_at: receipt.expires_at,
            deleted_at: match receipt.deletion {
                Deletion::Deleted { at } => Some(at),
                Deletion::Possible | Deletion::Unavailable => None,
            },
            approved: receipt.approved,
            links: receipt.links,
            album: receipt.album,
            asked: receipt.asked,
            given: receipt.given,
            notes: receipt.notes,
            delete_link,
        }
    }

    /// What the store takes, or what is wrong with it.
    pub(super) fn checked(self) -> Result<Entry, Wrong> {
        let Links { viewer, short, direct, medium, thumb, frame } = &self.links;
        [viewer, short, direct, medium, thumb, frame]
            .into_iter()
            .try_for_each(|link| web(link.as_deref()))?;
        hash(&self.blake3, 64)?;
        hash(&self.md5, 32)?;
        let receipt = Receipt {
            id: ReceiptId(0),
            item: None,
            site: SiteId::UNSAVED,
            batch: BatchId(self.batch),
            name: named(self.name)?,
            title: self.title,
            mime: self.mime,
            size: self.size,
            width: self.width,
            height: self.height,
            duration_ms: self.duration_ms,
            animated: self.animated,
            blake3: self.blake3,
            md5: self.md5,
            uploaded_at: self.uploaded_at,
            links: self.links,
            deletion: self.deleted_at.map_or(Deletion::Unavailable, |at| Deletion::Deleted { at }),
            approved: self.approved,
            expires_at: self.expires_at,
            asked: self.asked,
            given: self.given,
            notes: self.notes,
            album: self.album,
            preview_path: None,
        };
        let delete_link = self.delete_link.map(deleting).transpose()?;
        Ok(Entry::Receipt { site: self.site.checked()?, receipt: Box::new(receipt), delete_link })
    }
}

impl Kept {
    /// What the store takes, or what is wrong with it.
    pub(super) fn checked(self) -> Result<Entry, Wrong> {
        web(self.viewer.as_deref())?;
        Ok(Entry::Kept {
            site: self.site.checked()?,
            name: named(self.name)?,
            uploaded_at: self.uploaded_at,
            viewer: self.viewer,
            delete_link: deleting(self.delete_link)?,
        })
    }
}

impl Site {
    /// An empty address is a site of which nothing is known.
    fn checked(self) -> Result<SiteName, Wrong> {
        let base = match self.address.as_str() {
            "" => String::new(),
            address => BaseUrl::parse(address).map_err(|_| Wrong("the site's address"))?.to_string(),
        };
        Ok(SiteName { base, name: self.name, demo: self.demo })
    }
}

/// What is wrong with an entry.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0} cannot be right")]
pub(super) struct Wrong(pub(super) &'static str);

fn named(name: String) -> Result<String, Wrong> {
    if name.is_empty() { Err(Wrong("an empty name")) } else { Ok(name) }
}

/// Links are opened and copied: nothing but the web's.
fn web(link: Option<&str>) -> Result<(), Wrong> {
    let is_web = |link| url::Url::parse(link).is_ok_and(|url| matches!(url.scheme(), "http" | "https"));
    if link.is_none_or(is_web) { Ok(()) } else { Err(Wrong("a link")) }
}

fn deleting(link: SecretString) -> Result<SecretString, Wrong> {
    DeleteLink::parse(link.expose_secret()).map(|_| link).map_err(|_| Wrong("a delete link"))
}

/// A hash in lower-case hexadecimal, or none.
fn hash(text: &str, length: usize) -> Result<(), Wrong> {
    let is_hash = text.len() == length && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    if text.is_empty() || is_hash { Ok(()) } else { Err(Wrong("a hash")) }
}

/// A moment as RFC 3339 in UTC; none if it is beyond what that can say.
pub(super) fn to_text(moment: Timestamp) -> Option<String> {
    jiff::Timestamp::from_millisecond(moment.0).ok().map(|moment| moment.to_string())
}

/// Reads a moment of RFC 3339.
pub(super) fn from_text(text: &str) -> Result<Timestamp, Wrong> {
    let moment: jiff::Timestamp = text.trim().parse().map_err(|_| Wrong("a time"))?;
    Ok(Timestamp(moment.as_millisecond()))
}

mod moment {
    use engine::Timestamp;
    use serde::de::Error as _;
    use serde::ser::Error as _;
    use serde::{Deserialize, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(moment: &Timestamp, to: S) -> Result<S::Ok, S::Error> {
        let text = super::to_text(*moment).ok_or_else(|| S::Error::custom("a moment beyond all years"))?;
        to.serialize_str(&text)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Timestamp, D::Error> {
        super::from_text(&String::deserialize(from)?).map_err(D::Error::custom)
    }
}

mod moment_or_none {
    use engine::Timestamp;
    use serde::de::Error as _;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(super) fn serialize<S: Serializer>(moment: &Option<Timestamp>, to: S) -> Result<S::Ok, S::Error> {
        // A site may say any time at all: one beyond all years is as good as never.
        moment.and_then(super::to_text).serialize(to)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Timestamp>, D::Error> {
        let text = Option::<String>::deserialize(from)?;
        text.map(|text| super::from_text(&text)).transpose().map_err(D::Error::custom)
    }
}

/// A delete link, which is written only into a file that the person asked to have it in.
mod secret {
    use secrecy::{ExposeSecret, SecretString};
    use serde::{Deserialize, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(link: &SecretString, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(link.expose_secret())
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<SecretString, D::Error> {
        String::deserialize(from).map(SecretString::from)
    }
}

mod secret_or_none {
    use secrecy::{ExposeSecret, SecretString};
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(super) fn serialize<S: Serializer>(link: &Option<SecretString>, to: S) -> Result<S::Ok, S::Error> {
        link.as_ref().map(ExposeSecret::expose_secret).serialize(to)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<SecretString>, D::Error> {
        Option::<String>::deserialize(from).map(|link| link.map(SecretString::from))
    }
}
