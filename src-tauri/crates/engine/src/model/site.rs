//! A site that was set up.

use serde::{Deserialize, Serialize};

use super::{SiteId, Timestamp};

/// Where the key is. The key itself is never here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KeyKept {
    /// In the system's keyring.
    Keyring,
    /// In memory, until the program ends.
    Session,
    /// Nowhere.
    #[default]
    None,
}

/// A site that was set up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Site {
    /// [`SiteId::UNSAVED`] before the first save.
    pub id: SiteId,
    /// Its address, as the application normalised it.
    pub base: String,
    /// The name the user knows it by.
    pub name: String,
    /// Speaks the old form of the API.
    pub old_api: bool,
    /// The built-in demo host.
    pub demo: bool,
    /// Where the key is.
    pub key_kept: KeyKept,
    /// The largest file it takes, in bytes, if it named a limit.
    pub max_size: Option<u64>,
    /// The largest file that goes there, in bytes, as the person set it. The smaller of the two counts.
    pub own_max_size: Option<u64>,
    /// The smallest file that it refused as too big without naming a limit, in bytes.
    pub refused_size: Option<u64>,
    /// Types that it refused, for example `image/tiff`.
    pub refused_types: Vec<String>,
    /// Uploads side by side here, 1 to 8; `None`: as everywhere.
    pub parallel: Option<u8>,
    /// When it was set up.
    pub added_at: Timestamp,
}

impl Site {
    /// A site at this address of which nothing else is known, not saved yet and without a key.
    pub fn new(base: impl Into<String>, name: impl Into<String>) -> Self {
        Self {
            id: SiteId::UNSAVED,
            base: base.into(),
            name: name.into(),
            old_api: false,
            demo: false,
            key_kept: KeyKept::None,
            max_size: None,
            own_max_size: None,
            refused_size: None,
            refused_types: Vec::new(),
            parallel: None,
            added_at: Timestamp::default(),
        }
    }
}
