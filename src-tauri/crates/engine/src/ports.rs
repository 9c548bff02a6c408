//! The two seams: preparing a file and carrying it to a site are done by others.

use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::Arc;

use secrecy::SecretString;

use crate::engine::Wire;
use crate::{
    Album, Clock, Convert, Facts, ItemId, Links, Note, Prepared, Problem, RateLimit, Resolved, SiteId,
    Timestamp,
};

/// A future that can be moved between threads.
pub type BoxFuture<T> = Pin<Box<dyn Future<Output = T> + Send + 'static>>;

/// What the engine works with.
#[derive(Clone)]
pub struct Ports {
    /// Carries bodies.
    pub transfer: Arc<dyn Transfer>,
    /// Makes bodies.
    pub prepare: Arc<dyn Prepare>,
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
}

/// Carries one body to a site.
pub trait Transfer: Send + Sync + 'static {
    /// Sends once. The engine drops the future to cancel, so everything it holds (the connection above all) must
    /// close with it, and it must not block the thread.
    ///
    /// # Contract
    /// [`ProgressSink::body_leaves`] is called before the first byte of the body is handed to the network.
    fn send(&self, job: Job, progress: ProgressSink) -> BoxFuture<Result<Arrival, Fault>>;
}

/// Makes the bodies to send from the user's files.
pub trait Prepare: Send + Sync + 'static {
    /// Hashes, strips and converts as configured. An error refuses the item. One result a job, in their order: small
    /// files come many at a time, since going from thread to thread would cost more than reading them.
    fn prepare(&self, jobs: Vec<PrepareJob>) -> BoxFuture<Vec<Result<Prepared, Problem>>>;
}

/// What to prepare.
#[derive(Clone, Debug)]
pub struct PrepareJob {
    /// The item.
    pub item: ItemId,
    /// Where it will go.
    pub site: SiteId,
    /// The user's file: read only.
    pub path: Arc<Path>,
    /// Its name.
    pub name: String,
    /// What is known of it.
    pub facts: Facts,
    /// What to make of it.
    pub convert: Option<Convert>,
}

/// What to send.
#[derive(Clone, Debug)]
pub struct Job {
    /// The item.
    pub item: ItemId,
    /// Where it goes.
    pub site: SiteId,
    /// From 1; another for each send since the item was set going.
    pub attempt: u32,
    /// The user's file's name.
    pub name: String,
    /// What is known of the user's file.
    pub facts: Facts,
    /// The body.
    pub prepared: Prepared,
    /// What is asked of the site.
    pub options: Resolved,
}

/// The site's confirmation.
#[derive(Clone, Debug, Default)]
pub struct Arrival {
    /// The title as the site has it.
    pub title: Option<String>,
    /// The type as the site has it; `None`: as sent.
    pub mime: Option<String>,
    /// In bytes, as the site has it; `None`: as sent.
    pub size: Option<u64>,
    /// MD5 of the file as the site has it, in hexadecimal.
    pub md5: Option<String>,
    /// In pixels; `None`: as the user's file.
    pub width: Option<u32>,
    /// In pixels; `None`: as the user's file.
    pub height: Option<u32>,
    /// `None`: as the user's file.
    pub duration_ms: Option<u64>,
    /// `None`: as the user's file.
    pub animated: Option<bool>,
    /// The addresses.
    pub links: Links,
    /// The secret address that deletes it.
    pub delete_link: Option<SecretString>,
    /// `false`: waits for the site's moderators.
    pub approved: bool,
    /// When the site deletes it by itself.
    pub expires_at: Option<Timestamp>,
    /// What the site gave, to be kept with the receipt. Never with a delete link.
    pub given: serde_json::Value,
    /// What the site changed.
    pub notes: Vec<Note>,
    /// The album it is in.
    pub album: Option<Album>,
    /// A small picture of it on this machine.
    pub preview_path: Option<PathBuf>,
}

/// Why a body did not arrive, or is not known to have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What to say.
    pub problem: Problem,
    /// Whether it can be sent again.
    pub retry: Retry,
    /// Whom it concerns.
    pub scope: Scope,
    /// Whether the site itself answered. Without an answer, a body that began to leave makes the outcome unknown,
    /// whatever `retry` says.
    pub answered: bool,
}

/// Whether and when a body can be sent again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Retry {
    /// Not as it is.
    Never,
    /// After a while; each time a longer one.
    Later,
    /// Not before this moment. Pauses the whole site, and nobody fails by it.
    NotBefore(Timestamp),
    /// Not before the limit that the site named lets it through. Pauses the whole site, and nobody fails by it.
    Limit(RateLimit),
    /// It may have arrived.
    Unknown,
    /// The site has it already.
    Duplicate,
}

/// Whom a fault concerns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// This item only.
    Item,
    /// Every item of the site: the key, the address, the network.
    Site,
}

/// Where a transfer says how far it is. Cheap to call as often as it likes.
#[derive(Clone)]
pub struct ProgressSink {
    pub(crate) wire: Arc<Wire>,
}

impl ProgressSink {
    /// A sink that nobody listens to, for trying a [`Transfer`] by itself.
    pub fn disconnected() -> Self {
        Self { wire: Arc::new(Wire::disconnected()) }
    }

    /// The next byte handed to the network is one of the body. From here on a transfer that ends without the site's
    /// answer has an unknown outcome. The phase that was saved before the transfer began already says the same of a
    /// crash, so there is nothing to wait for.
    pub fn body_leaves(&self) {
        self.wire.body_leaves();
    }

    /// Bytes of the request handed over so far, and in all.
    pub fn sent(&self, sent: u64, total: u64) {
        self.wire.sent(sent, total);
    }
}
