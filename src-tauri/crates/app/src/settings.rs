//! What a person chose once and for all.

use serde::{Deserialize, Serialize};

use crate::links::LinkForm;

/// The name under which the store keeps them.
pub(crate) const KEY: &str = "settings";

/// What closing the window does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
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

/// How much is taken out of a picture before it is sent. In the order of strictness, the least first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Privacy {
    /// Nothing.
    Keep,
    /// The location.
    Location,
    /// Everything private.
    #[default]
    All,
}

impl Privacy {
    pub(crate) fn level(self) -> media::Privacy {
        match self {
            Self::Keep => media::Privacy::Off,
            Self::Location => media::Privacy::LocationOnly,
            Self::All => media::Privacy::All,
        }
    }

    /// The word that a prepared body carries.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Keep => "privacy-keep",
            Self::Location => "privacy-location",
            Self::All => "privacy-all",
        }
    }

    pub(crate) fn of_code(code: &str) -> Option<Self> {
        [Self::Keep, Self::Location, Self::All].into_iter().find(|level| level.code() == code)
    }
}

/// Settings. What an older version did not write has its default.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// `en` or `lt`; `None` follows the system.
    pub language: Option<String>,
    /// Files at the same time, 1 to 8.
    pub parallel: u8,
    /// What is taken out before sending.
    pub privacy: Privacy,
    /// Send `picture-7f3a.jpg` instead of the file's own name.
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

impl Default for Settings {
    fn default() -> Self {
        Self {
            language: None,
            parallel: 2,
            privacy: Privacy::default(),
            neutral_names: false,
            upright: false,
            link_form: LinkForm::default(),
            copy_when_done: false,
            on_close: OnClose::default(),
            notify: true,
        }
    }
}

impl Settings {
    /// The chosen language, else that of the system.
    #[must_use]
    pub fn language(&self) -> l10n::Language {
        match &self.language {
            Some(chosen) => l10n::Language::from_locale(chosen),
            None => l10n::Language::from_locale(&system_locale()),
        }
    }

    pub(crate) fn read(value: serde_json::Value) -> Self {
        // Settings that cannot be read are the defaults, rather than an app that does not start.
        serde_json::from_value(value).unwrap_or_default()
    }
}

/// The system's locale, as POSIX and most desktops tell it.
fn system_locale() -> String {
    ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|value| !value.is_empty())
        .unwrap_or_default()
}
