//! What crosses to the window: plain views, each a function of what the engine and the app hold.
//! Keys and delete links are in none of them.

mod from;
mod queue;
mod receipt;
mod site;

pub(crate) use from::{count, is_clip, patches};
pub use queue::*;
pub use receipt::*;
pub use site::*;

use serde::Serialize;
use std::collections::BTreeMap;
use ts_rs::TS;

/// An id of the store. Ids stay below 2^53, so that JavaScript's numbers hold them.
pub type Id = i64;

/// Milliseconds since 1970, UTC.
pub type TimeMs = i64;

/// A problem or a note as a code with arguments; its words are the message `problem-<code>`.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct ProblemView {
    /// A code of the closed list in `app::problem`.
    pub code: String,
    /// What the message needs: names, sizes in bytes, times in milliseconds; and `said`, the site's own sentence.
    pub args: BTreeMap<String, String>,
}

/// What the host tells the window by itself.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(tag = "is", content = "with", rename_all = "kebab-case")]
#[allow(clippy::large_enum_variant, reason = "nearly all events are of the largest variant")]
pub enum Event {
    /// The queue changed.
    Queue(QueueDelta),
    /// Sites changed: all of them.
    Sites(Vec<SiteView>),
    /// Settings changed: all of them.
    Settings(SettingsView),
    /// Files are held over the window; 0 means that they left or were dropped.
    Drag {
        /// How many.
        files: u32,
    },
    /// Files are being read in: folders walked so far.
    Intake {
        /// Files looked at so far.
        seen: u32,
        /// Over.
        done: Option<AddedView>,
    },
    /// History changed.
    History,
    /// The keyring asks the person to unlock it; false when it is over.
    KeyringWaits(bool),
    /// A screen is asked for from outside: the tray, a notification, a second launch.
    Show(Screen),
    /// Something to say that concerns no item.
    Notice(ProblemView),
    /// The person closes the window for the first time: ask whether to quit or keep running.
    AskClose,
}

/// The screens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Screen {
    /// The queue and its results.
    Upload,
    /// What was uploaded.
    History,
    /// Settings.
    Settings,
}
