//! Sites: which there are, where their keys are, what they take.

use engine::{Album, Problem, Site, SiteId};
use serde::{Deserialize, Serialize};

use crate::App;

/// The site that is offered first.
pub const IMGXIMG: &str = "https://imgximg.com";

/// Which site is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SiteChoice {
    /// imgximg.com
    Imgximg,
    /// Another one, by address as typed.
    Address {
        /// As typed.
        address: String,
        /// The key goes as a form field.
        old_api: bool,
    },
    /// The demo host of this app.
    Demo,
    /// One that is set up already.
    Known(SiteId),
}

/// What a typed address comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// Canonical base.
    pub base: String,
    /// Name for people.
    pub name: String,
    /// Where a key is to be had.
    pub key_page: String,
    /// `http://` to another machine.
    pub insecure: bool,
}

/// Where a site's key is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyPlace {
    /// No key is known.
    Missing,
    /// In the keyring.
    Keyring,
    /// In memory until the app quits.
    Session,
    /// The demo host's own.
    Demo,
}

/// Where a key is to be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeepKey {
    /// In the keyring.
    Keyring,
    /// In memory until the app quits.
    Session,
}

/// A category of a site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Category {
    /// Its number.
    pub id: i64,
    /// Its name.
    pub name: String,
}

/// Everything known of a site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SiteFacts {
    /// The site.
    pub site: Site,
    /// Files go here now.
    pub current: bool,
    /// Where its key is.
    pub key: KeyPlace,
    /// Albums that the person made known.
    pub albums: Vec<Album>,
    /// Categories that the site lists.
    pub categories: Vec<Category>,
    /// Tags used before, the most used first.
    pub tags: Vec<String>,
}

/// What came of testing a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyTest {
    /// Good, and may upload.
    Accepted,
    /// The site does not know it, or does not let it upload.
    NotAccepted(Problem),
    /// The address leads elsewhere.
    Moved {
        /// The base to configure instead.
        to: String,
        /// In words.
        problem: Problem,
    },
    /// Anything else.
    Failed(Problem),
}

/// What came of saving a site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SaveSite {
    /// Set up and current.
    Saved(Box<SiteFacts>),
    /// The keyring did not take the key; "this session only" is on offer.
    NoKeyring(Problem),
    /// Not saved.
    Failed(Problem),
}

/// What came of "Delete from site".
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deleted {
    /// The site said so.
    Deleted,
    /// It was gone already.
    GoneAlready,
    /// Still there, as far as is known.
    Failed(Problem),
}

impl App {
    /// Every site, in the order in which they were set up.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn sites(&self) -> Result<Vec<SiteFacts>, Problem> { todo!() }

    /// What a typed address comes to; asks no site.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn check_address(&self, address: &str) -> Result<Address, Problem> { let _ = address; todo!() }

    /// What a choice comes to.
    ///
    /// # Errors
    /// A wrong address, an unknown site, a demo host that does not start.
    pub async fn address_of(&self, choice: &SiteChoice) -> Result<Address, Problem> { let _ = choice; todo!() }

    /// Tests a key without uploading; an empty one means the kept key of a known site.
    pub async fn test_key(&self, choice: &SiteChoice, key: &str) -> KeyTest { let _ = (choice, key); todo!() }

    /// Sets a site up, or gives a known one a new key, and makes it current; an empty key keeps what is there.
    pub async fn save_site(&self, choice: &SiteChoice, key: &str, keep: KeepKey) -> SaveSite { let _ = (choice, key, keep); todo!() }

    /// Sets the demo host up and makes it current.
    ///
    /// # Errors
    /// When it does not start.
    pub async fn use_demo(&self) -> Result<SiteId, Problem> { todo!() }

    /// Makes a site current.
    ///
    /// # Errors
    /// An unknown site.
    pub async fn use_site(&self, site: SiteId) -> Result<(), Problem> { let _ = site; todo!() }

    /// Takes a site and its key away; history stays.
    ///
    /// # Errors
    /// While files of the queue go there.
    pub async fn remove_site(&self, site: SiteId) -> Result<(), Problem> { let _ = site; todo!() }

    /// Remembers an album by its id or link.
    ///
    /// # Errors
    /// No album in the text.
    pub async fn save_album(&self, site: SiteId, link: &str, name: &str) -> Result<Album, Problem> { let _ = (site, link, name); todo!() }

    /// Forgets an album; the site keeps it.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub async fn remove_album(&self, site: SiteId, album: &str) -> Result<(), Problem> { let _ = (site, album); todo!() }

    /// Asks the site to delete an upload. The person confirmed it.
    pub async fn delete_from_site(&self, receipt: engine::ReceiptId) -> Deleted { let _ = receipt; todo!() }
}
