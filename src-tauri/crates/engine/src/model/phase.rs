//! Where an item stands: one enum, and nothing else in the program keeps a second opinion.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{ReceiptId, Timestamp};

/// A reason, as a code with arguments; the words are made elsewhere.
///
/// The engine passes codes through without looking, but for its own in [`crate::problem`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// For example `file-missing`.
    pub code: String,
    /// What the words need, for example a size or a site's own sentence. Never a key or a delete link.
    #[serde(default)]
    pub args: BTreeMap<String, String>,
}

impl Problem {
    /// A problem without arguments.
    pub fn new(code: impl Into<String>) -> Self {
        Self { code: code.into(), args: BTreeMap::new() }
    }

    /// Adds an argument.
    #[must_use]
    pub fn with(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.args.insert(name.into(), value.into());
        self
    }
}

/// Where an item stands. Written by [`crate::step()`] only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "phase", rename_all = "snake_case")]
pub enum Phase {
    /// Its hash and body are being made.
    Preparing,
    /// Can be uploaded; nobody asked yet.
    Ready,
    /// Cannot be uploaded as it is.
    Refused {
        /// Why.
        problem: Problem,
    },
    /// The same content is on this site already: the old links hold.
    Duplicate {
        /// Our own record of it.
        receipt: ReceiptId,
    },
    /// Asked for; goes when its turn comes.
    Waiting {
        /// The number of the last attempt; 0 before the first. Only grows until the item is ready again.
        attempt: u32,
        /// How many attempts failed in a way that counts against [`crate::Policy::max_attempts`].
        failures: u32,
        /// Not before this moment, when the last attempt failed.
        not_before: Option<Timestamp>,
        /// Why the last attempt failed.
        problem: Option<Problem>,
    },
    /// On its way.
    Sending {
        /// The number of this attempt, from 1.
        attempt: u32,
        /// As in `Waiting`.
        failures: u32,
    },
    /// Did not arrive, and will not be tried again by itself.
    Failed {
        /// The number of the last attempt.
        attempt: u32,
        /// Why.
        problem: Problem,
    },
    /// The body may have left and no answer is known: the user decides.
    Unknown {
        /// The number of the last attempt.
        attempt: u32,
        /// Why it is not known.
        problem: Problem,
    },
    /// Confirmed by the site, and the receipt is saved.
    Done {
        /// The links.
        receipt: ReceiptId,
    },
}

impl Phase {
    /// Asked for and not yet at an end: a batch lasts as long as it has one of these.
    pub fn is_pending(&self) -> bool {
        matches!(self, Self::Waiting { .. } | Self::Sending { .. })
    }

    /// The receipt that an item has to show, its own or that of its duplicate.
    pub fn receipt(&self) -> Option<ReceiptId> {
        match self {
            Self::Done { receipt } | Self::Duplicate { receipt } => Some(*receipt),
            _ => None,
        }
    }
}
