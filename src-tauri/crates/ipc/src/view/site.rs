//! Sites, keys and settings.

use super::{AlbumView, Id, LinkForm, ProblemView};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A site that pictures go to.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct SiteView {
    /// Its id.
    pub id: Id,
    /// Name for people: "imgximg.com".
    pub name: String,
    /// Canonical base address.
    pub base: String,
    /// The built-in demo host.
    pub demo: bool,
    /// The key goes as a form field.
    pub old_api: bool,
    /// Files go here now.
    pub current: bool,
    /// Where its key is.
    pub key: KeyPlace,
    /// What it was seen to turn away, and how fast it takes files.
    pub limits: LimitsView,
    /// Albums that the person made known.
    pub albums: Vec<AlbumView>,
    /// Categories that the site lists.
    pub categories: Vec<CategoryView>,
    /// Tags used before on this site, latest first.
    pub tags: Vec<String>,
}

/// What is known of a site's limits: learned from its answers, or set by the person. Of two numbers the smaller counts.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct LimitsView {
    /// The largest file that it takes, in bytes, as it said.
    pub max_size: Option<u64>,
    /// The same as the person set it.
    pub own_max_size: Option<u64>,
    /// The smallest file that it turned away as too big without naming a limit, in bytes.
    pub refused_size: Option<u64>,
    /// Formats that it turned away, or that the person does not want to go there: "WebP".
    pub refused_formats: Vec<String>,
    /// All other formats that can be sent.
    pub other_formats: Vec<String>,
    /// How many uploads it takes in which time, the shortest time first; times without a limit are left out.
    pub rates: Vec<RateView>,
    /// Uploads side by side on this site, 1 to 8; none: as everywhere.
    pub parallel: Option<u8>,
}

/// So many uploads in so long a time. Of two numbers the smaller counts.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, TS)]
pub struct RateView {
    /// In so long a time.
    pub period: PeriodView,
    /// So many, as the site said.
    pub learned: Option<u32>,
    /// So many, as the person set it.
    pub own: Option<u32>,
}

/// A limit as the person types it. An empty text: no limit is known.
#[derive(Clone, Debug, PartialEq, Deserialize, TS)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum SetLimit {
    /// The largest file: "2.5" or "2,5" of a unit.
    Largest {
        /// As typed.
        amount: String,
        /// What it counts.
        unit: SizeUnit,
    },
    /// So many uploads in a time.
    Rate {
        /// In so long a time.
        period: PeriodView,
        /// As typed.
        uploads: String,
    },
    /// A format that the site does or does not take.
    Format {
        /// Its name: "WebP".
        label: String,
        /// Not taken.
        refused: bool,
    },
}

/// What sizes are counted in: a kB has 1,000 bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs, reason = "the names say it")]
pub enum SizeUnit {
    Kb,
    Mb,
    Gb,
}

/// A stretch of time in which a site counts uploads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs, reason = "the names say it")]
pub enum PeriodView {
    Minute,
    Hour,
    Day,
    Week,
    Month,
}

/// A category of a site.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct CategoryView {
    /// Its number.
    pub id: Id,
    /// Its name.
    pub name: String,
}

/// Where a site's key is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum KeyPlace {
    /// No key is known; the app asks for it.
    Missing,
    /// In the system keyring.
    Keyring,
    /// In memory until the app quits.
    Session,
    /// The demo host's own.
    Demo,
}

/// Which site is meant on first run or in "Add a site".
#[derive(Clone, Debug, PartialEq, Deserialize, TS)]
#[serde(tag = "is", rename_all = "kebab-case")]
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
    Known {
        /// Its id.
        id: Id,
    },
}

/// What a typed address comes to.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct AddressView {
    /// Canonical base, when the text is an address.
    pub base: Option<String>,
    /// Name for people.
    pub name: Option<String>,
    /// Where a key is to be had: `<base>/settings/api`.
    pub key_page: Option<String>,
    /// `http://`: the key could be read on the way.
    pub insecure: bool,
    /// Why it is no address.
    pub problem: Option<ProblemView>,
}

/// What came of testing a key; nothing is uploaded for it.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum KeyTest {
    /// Good, and may upload.
    Accepted,
    /// The site does not know it.
    NotAccepted {
        /// With the site's sentence.
        problem: ProblemView,
    },
    /// The address leads elsewhere.
    Moved {
        /// Where to, as a base address that can be set up instead.
        to: String,
        /// In words.
        problem: ProblemView,
    },
    /// Anything else: no Chevereto site, no connection, a certificate.
    Failed {
        /// In words.
        problem: ProblemView,
    },
}

/// Where a key is to be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum KeepKey {
    /// In the system keyring.
    Keyring,
    /// In memory until the app quits.
    Session,
}

/// What came of saving a site.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum SavedSite {
    /// Set up and current.
    Saved {
        /// The site.
        site: Box<SiteView>,
    },
    /// The key cannot be kept safely on this computer now; "this session only" is on offer.
    NoKeyring {
        /// Why.
        problem: ProblemView,
    },
    /// Not saved.
    Failed {
        /// Why.
        problem: ProblemView,
    },
}

/// The languages of the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Language {
    /// English.
    En,
    /// Lithuanian.
    Lt,
}

/// What closing the window does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum OnClose {
    /// Ask, once.
    #[default]
    Ask,
    /// Keep running in the tray.
    KeepRunning,
    /// Quit.
    Quit,
}

/// How much is taken out of a picture before it is sent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum PrivacyLevel {
    /// Everything private.
    #[default]
    All,
    /// Only the location.
    Location,
    /// Nothing.
    Keep,
}

/// Settings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct SettingsView {
    /// The chosen language; none follows the system.
    pub language: Option<Language>,
    /// Files at the same time, 1 to 8.
    pub parallel: u8,
    /// What is taken out before sending.
    pub privacy: PrivacyLevel,
    /// Send a neutral file name instead of the file's own.
    pub neutral_names: bool,
    /// Turn photos upright before sending, where that loses nothing.
    pub upright: bool,
    /// The link form that was chosen last.
    pub link_form: LinkForm,
    /// Copy all links once an upload ends.
    pub copy_when_done: bool,
    /// What closing the window does.
    pub on_close: OnClose,
    /// Notify when an upload ends.
    pub notify: bool,
}

/// A change of settings; what is absent stays.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, TS)]
#[serde(default)]
#[ts(optional_fields)]
pub struct SettingsPatch {
    /// `"system"` follows the system again.
    pub language: Option<LanguageChoice>,
    /// 1 to 8.
    pub parallel: Option<u8>,
    /// Privacy level.
    pub privacy: Option<PrivacyLevel>,
    /// Neutral file names.
    pub neutral_names: Option<bool>,
    /// Photos upright.
    pub upright: Option<bool>,
    /// Link form.
    pub link_form: Option<LinkForm>,
    /// Copy when done.
    pub copy_when_done: Option<bool>,
    /// On close.
    pub on_close: Option<OnClose>,
    /// Notifications.
    pub notify: Option<bool>,
}

/// A language to set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum LanguageChoice {
    /// As the system.
    System,
    /// English.
    En,
    /// Lithuanian.
    Lt,
}

/// What the window asks for first.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct HelloView {
    /// The app's version.
    pub version: String,
    /// The language to show.
    pub language: Language,
    /// "linux", "macos" or "windows".
    pub platform: String,
    /// A tray is there, so that the window may be closed and the app keeps running.
    pub tray: bool,
    /// No site is set up yet.
    pub first_run: bool,
    /// All sites.
    pub sites: Vec<SiteView>,
    /// Settings.
    pub settings: SettingsView,
}

/// A page of a site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum SitePage {
    /// Its front page.
    Home,
    /// Where the account's key is.
    ApiKey,
    /// Where albums are made.
    Albums,
}
