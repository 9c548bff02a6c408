//! The only place where words live: Fluent files, compiled into typed Rust and TypeScript, so that the window,
//! the tray and the command line say the same sentence.

mod bundle;
mod format;

pub use bundle::{Sentence, Value, attribute, has, problem, text};
pub use format::{duration, file_size};

/// The languages that Keltas speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Language {
    /// English.
    En,
    /// Lithuanian.
    Lt,
}

impl Language {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::En, Self::Lt];

    /// The language for a locale as systems write it: `lt_LT.UTF-8`, `en-GB`. English when we have no other.
    #[must_use]
    pub fn from_locale(locale: &str) -> Self {
        match locale.split(['_', '-', '.', '@']).next() {
            Some(tag) if tag.eq_ignore_ascii_case("lt") => Self::Lt,
            _ => Self::En,
        }
    }

    /// BCP 47 tag.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Lt => "lt",
        }
    }
}

/// One function a message, with its variables as arguments: a message that is gone does not compile.
pub mod words {
    use crate::{Language, Value, text};

    include!(concat!(env!("OUT_DIR"), "/words.rs"));
}

/// The TypeScript of every message and its variables, for the window.
pub const TYPESCRIPT: &str = include_str!(concat!(env!("OUT_DIR"), "/messages.ts"));

/// Where the TypeScript belongs, seen from the root of the workspace.
pub const TYPESCRIPT_PATH: &str = "ui/src/l10n/messages.ts";
