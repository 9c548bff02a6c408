//! What can be asked of the site for an item, and how an item's wishes lie over the queue's defaults.

use serde::{Deserialize, Serialize};

/// A wish that may be left to the default, or be "none" on purpose.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Wish<T> {
    /// As the queue's defaults say.
    #[default]
    Default,
    /// None, whatever the defaults say.
    None,
    /// This one.
    Some(T),
}

impl<T: Clone> Wish<T> {
    /// The wish over a default.
    pub fn over(&self, default: Option<&T>) -> Option<T> {
        match self {
            Self::Default => default.cloned(),
            Self::None => None,
            Self::Some(wish) => Some(wish.clone()),
        }
    }
}

/// An album of a site, as the site names it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Album {
    /// The id in the site's own (encoded) form.
    pub id: String,
    /// The name the user knows it by.
    pub name: String,
}

/// Another file is to be made of the user's, and that one sent. What can be made is the application's business.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Convert {
    /// The type to make, for example `image/jpeg`; `None` goes by the content.
    pub mime: Option<String>,
    /// 1 to 100; `None` is the application's.
    pub quality: Option<u8>,
    /// Neither side is longer, in pixels.
    pub max_side: Option<u32>,
    /// No larger than this, in bytes.
    pub max_bytes: Option<u64>,
}

/// What the user asked for one item.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Options {
    /// The title; `None` leaves it to the application.
    pub title: Option<String>,
    /// The description.
    pub description: Option<String>,
    /// Tags in the order given, each once.
    pub tags: Vec<String>,
    /// The album.
    pub album: Wish<Album>,
    /// The category's number.
    pub category: Wish<i64>,
    /// Auto-delete after this long, as an ISO 8601 duration that the site offers.
    pub expiration: Wish<String>,
    /// Scale down to this width, in pixels.
    pub width: Option<u32>,
    /// Not safe for work; `None` is as the defaults say.
    pub nsfw: Option<bool>,
    /// Send another file made of it; `None` sends it as it is, wherever a site takes it.
    pub convert: Option<Convert>,
}

/// What holds for every item that does not say otherwise.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Defaults {
    /// The album.
    pub album: Option<Album>,
    /// The category's number.
    pub category: Option<i64>,
    /// Auto-delete after this long, as an ISO 8601 duration.
    pub expiration: Option<String>,
    /// Not safe for work.
    pub nsfw: bool,
}

/// What is asked of the site, with nothing left open.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Resolved {
    /// The title.
    pub title: Option<String>,
    /// The description.
    pub description: Option<String>,
    /// The tags.
    pub tags: Vec<String>,
    /// The album.
    pub album: Option<Album>,
    /// The category's number.
    pub category: Option<i64>,
    /// Auto-delete after this long.
    pub expiration: Option<String>,
    /// Scale down to this width, in pixels.
    pub width: Option<u32>,
    /// Not safe for work.
    pub nsfw: bool,
}

impl Options {
    /// Lays the item's wishes over the queue's defaults.
    pub fn resolve(&self, defaults: &Defaults) -> Resolved {
        Resolved {
            title: self.title.clone(),
            description: self.description.clone(),
            tags: self.tags.clone(),
            album: self.album.over(defaults.album.as_ref()),
            category: self.category.over(defaults.category.as_ref()),
            expiration: self.expiration.over(defaults.expiration.as_ref()),
            width: self.width,
            nsfw: self.nsfw.unwrap_or(defaults.nsfw),
        }
    }

    /// Applies a change; fields that the patch does not name stay.
    pub fn apply(&mut self, patch: &OptionsPatch) {
        fn set<T: Clone>(field: &mut T, value: Option<&T>) {
            if let Some(value) = value {
                field.clone_from(value);
            }
        }
        set(&mut self.title, patch.title.as_ref());
        set(&mut self.description, patch.description.as_ref());
        set(&mut self.album, patch.album.as_ref());
        set(&mut self.category, patch.category.as_ref());
        set(&mut self.expiration, patch.expiration.as_ref());
        set(&mut self.width, patch.width.as_ref());
        set(&mut self.nsfw, patch.nsfw.as_ref());
        set(&mut self.convert, patch.convert.as_ref());
        match &patch.tags {
            None => {}
            Some(TagsPatch::Set(tags)) => {
                self.tags.clear();
                self.add_tags(tags);
            }
            Some(TagsPatch::Add(tags)) => self.add_tags(tags),
            Some(TagsPatch::Remove(tags)) => self.tags.retain(|tag| !tags.contains(tag)),
        }
    }

    fn add_tags(&mut self, tags: &[String]) {
        for tag in tags {
            if !self.tags.contains(tag) {
                self.tags.push(tag.clone());
            }
        }
    }
}

/// A change to the options of one or many items. The outer `None` leaves a field as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct OptionsPatch {
    /// `Some(None)` clears it. In JSON: absent leaves it, `null` clears it.
    #[serde(with = "clearable", skip_serializing_if = "Option::is_none")]
    pub title: Option<Option<String>>,
    /// `Some(None)` clears it.
    #[serde(with = "clearable", skip_serializing_if = "Option::is_none")]
    pub description: Option<Option<String>>,
    /// Tags to set, add or remove.
    pub tags: Option<TagsPatch>,
    /// The album.
    pub album: Option<Wish<Album>>,
    /// The category's number.
    pub category: Option<Wish<i64>>,
    /// Auto-delete after this long.
    pub expiration: Option<Wish<String>>,
    /// `Some(None)` clears it.
    #[serde(with = "clearable", skip_serializing_if = "Option::is_none")]
    pub width: Option<Option<u32>>,
    /// `Some(None)` goes back to the defaults.
    #[serde(with = "clearable", skip_serializing_if = "Option::is_none")]
    pub nsfw: Option<Option<bool>>,
    /// `Some(None)` sends it as it is.
    #[serde(with = "clearable", skip_serializing_if = "Option::is_none")]
    pub convert: Option<Option<Convert>>,
}

/// A change to tags that works on many items with different tags.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TagsPatch {
    /// Exactly these.
    Set(Vec<String>),
    /// These as well.
    Add(Vec<String>),
    /// Without these.
    Remove(Vec<String>),
}

/// Tells an absent field from one that is `null`, which serde alone takes for the same.
mod clearable {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(super) fn serialize<T: Serialize, S: Serializer>(
        value: &Option<Option<T>>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        value.as_ref().and_then(Option::as_ref).serialize(serializer)
    }

    pub(super) fn deserialize<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<Option<T>>, D::Error> {
        Option::deserialize(deserializer).map(Some)
    }
}
