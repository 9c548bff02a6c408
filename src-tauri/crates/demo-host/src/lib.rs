//! A Chevereto-like host on loopback: try Keltas without an account, and test clients against it.
//!
//! ```no_run
//! # fn main() -> std::io::Result<()> {
//! let host = demo_host::DemoHost::start(demo_host::Options::new("/tmp/demo"))?;
//! println!("{} takes uploads", host.base_url());
//! # Ok(()) }
//! ```

#![recursion_limit = "256"]

mod answer;
mod api;
mod desk;
mod discard;
mod exif;
mod expiry;
mod fault;
mod fetch;
mod form;
mod gate;
mod index;
mod keys;
mod language;
mod line;
mod links;
mod multipart;
mod pages;
mod picture;
mod port;
mod record;
mod routes;
mod settings;
mod site;
mod sniff;
mod tls;
mod upload;
mod wire;

use std::{fs, io, sync::Arc, thread, time::Duration};

use tokio::runtime::{Builder, Runtime};

pub use fault::{Catalogue, Fault, FaultEntry, FaultError, Play, RetryAfter, Times};
pub use record::{Album, KeyKind, Outcome, Received, ReceivedFile, Stored};
pub use settings::{FileNaming, Flood, GuestApi, Language, Mode, Moderation, Options, Settings, Storage};
pub use tls::Tls;

use index::{Index, Journal};
use site::Site;
use wire::Answering;

/// A running host. Dropping it ends it; what it stored stays in its folder.
pub struct DemoHost {
    site: Arc<Site>,
    /// `Some` until dropped.
    runtime: Option<Runtime>,
}

impl DemoHost {
    /// Starts a host on 127.0.0.1, on threads of its own, and returns when it takes connections.
    /// Needs no async runtime and may be called from inside one.
    ///
    /// # Errors
    /// When the folder cannot be made or its index read, or the port cannot be had.
    pub fn start(options: Options) -> io::Result<Self> {
        let Options { dir, port, key, path, tls, settings } = options;
        for folder in ["images", "originals", "tmp"] {
            fs::create_dir_all(dir.join(folder))?;
        }
        let mut index = Index::open(&dir)?;
        if let Some(key) = key {
            index.keys.set_user(key);
        }
        let listener = port::bind(port, index.port)?;
        index.port = listener.local_addr()?.port();
        let journal = Journal::begin(&dir, &index)?;
        let folder = path.trim_matches('/');
        let slash = if folder.is_empty() { "" } else { "/" };
        let scheme = if tls.is_some() { "https" } else { "http" };
        let base = format!("{scheme}://127.0.0.1:{}{slash}{folder}", index.port);
        let tls = tls.map(|tls| tls::acceptor(tls, &dir)).transpose()?;
        let site = Arc::new(Site::new(dir, base, index, journal, settings));
        let runtime =
            Builder::new_multi_thread().worker_threads(2).thread_name("demo-host").enable_all().build()?;
        let router = routes::router(site.clone());
        {
            let _inside = runtime.enter();
            let address = listener.local_addr()?;
            let listener = tokio::net::TcpListener::from_std(listener)?;
            let answering = Answering { router, tls, line: site.line.clone() };
            runtime.spawn(wire::serve(listener, address, answering));
        }
        Ok(Self { site, runtime: Some(runtime) })
    }

    /// `http://127.0.0.1:PORT` (`https` with [`Options::tls`]), and the sub-directory if there is one; without a
    /// slash at the end.
    pub fn base_url(&self) -> String {
        self.site.base.clone()
    }

    /// The key of the demo user, who owns the demo albums.
    pub fn user_key(&self) -> String {
        let mode = self.site.settings().mode;
        self.site.read(|index| index.keys.user(mode))
    }

    /// The key of the administrator, exempt from the duplicate check and from approval.
    pub fn admin_key(&self) -> String {
        let mode = self.site.settings().mode;
        self.site.read(|index| index.keys.admin(mode))
    }

    /// The site's public key: uploads with it have no owner.
    pub fn guest_key(&self) -> String {
        self.site.read(|index| index.keys.guest.clone())
    }

    /// The albums, the user's own first.
    pub fn albums(&self) -> Vec<Album> {
        self.site.albums()
    }

    /// Categories: number and name.
    pub fn categories(&self) -> Vec<(i64, String)> {
        self.site.read(|index| index.categories.clone())
    }

    /// The upload requests so far, in the order in which they arrived. A request is in it before it is answered.
    pub fn received(&self) -> Vec<Received> {
        self.site.received()
    }

    /// Forgets what was received so far (not what is stored).
    pub fn forget_received(&self) {
        self.site.forget_received();
    }

    /// The files kept at present, oldest first.
    pub fn stored(&self) -> Vec<Stored> {
        self.site.stored()
    }

    /// Queues a fault: each upload request from now on takes one from the queue, key checks too.
    pub fn play(&self, fault: Fault) {
        self.schedule(Play::once(fault));
    }

    /// Plays a fault on every request for which no other waits, until the faults are cleared.
    pub fn play_always(&self, fault: Fault) {
        self.schedule(Play { fault, times: Times::Always });
    }

    /// Queues a fault for several requests: `"html-500*3".parse()?`.
    pub fn schedule(&self, play: Play) {
        self.site.play(play);
        self.site.line.settle();
    }

    /// The faults that still wait, in order; the one that is always played last.
    pub fn faults(&self) -> Vec<Play> {
        self.site.faults()
    }

    /// Forgets the faults that wait. A host that refuses connections takes them again.
    pub fn clear_faults(&self) {
        self.site.clear_faults();
        self.site.line.settle();
    }

    /// Changes the site's settings; holds from the next request on.
    pub fn set(&self, change: impl FnOnce(&mut Settings)) {
        self.site.set(change);
    }

    /// Puts the host's clock forward: duplicates are forgotten, floods run dry, expired files go.
    pub fn advance(&self, time: Duration) {
        self.site.advance(time);
    }

    /// Approves a file that waits for approval. `false` when there is none by that id.
    pub fn approve(&self, id: &str) -> bool {
        self.site.approve(id).unwrap_or_default()
    }

    /// Ends the host: what is under way is cut off, and its port is free.
    pub fn stop(self) {}
}

impl Drop for DemoHost {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            // On a thread of its own, because this may be dropped inside another runtime, which forbids waiting.
            let end = thread::spawn(move || runtime.shutdown_timeout(Duration::from_secs(2)));
            // It cannot panic, and there would be nothing left to do about it.
            let _ = end.join();
        }
    }
}
