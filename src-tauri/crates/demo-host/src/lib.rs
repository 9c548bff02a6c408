//! A Chevereto-like host on loopback: try Keltas without an account, and test clients against it.
//!
//! ```no_run
//! # fn main() -> std::io::Result<()> {
//! let host = demo_host::DemoHost::start(demo_host::Options::new("/tmp/demo"))?;
//! println!("{} takes uploads", host.base_url());
//! # Ok(()) }
//! ```

mod fault;
mod record;
mod settings;

use std::{io, time::Duration};

pub use fault::{Fault, UnknownFault};
pub use record::{Album, KeyKind, Outcome, Received, ReceivedFile, Stored};
pub use settings::{Flood, Mode, Moderation, Options, Settings};

/// A running host. Dropping it ends it; what it stored stays in its folder.
pub struct DemoHost {}

impl DemoHost {
    /// Starts a host on 127.0.0.1, on threads of its own, and returns when it takes connections.
    /// Needs no async runtime and may be called from inside one.
    ///
    /// # Errors
    /// When the folder cannot be made or its index read, or the port cannot be had.
    pub fn start(options: Options) -> io::Result<Self> {
        let _ = options;
        todo!()
    }

    /// `http://127.0.0.1:PORT`, without a slash at the end.
    pub fn base_url(&self) -> String {
        todo!()
    }

    /// The key of the demo user, who owns the demo albums.
    pub fn user_key(&self) -> String {
        todo!()
    }

    /// The key of the administrator, exempt from the duplicate check and from approval.
    pub fn admin_key(&self) -> String {
        todo!()
    }

    /// The site's public key: uploads with it have no owner.
    pub fn guest_key(&self) -> String {
        todo!()
    }

    /// The albums, the user's own first.
    pub fn albums(&self) -> Vec<Album> {
        todo!()
    }

    /// Categories: number and name.
    pub fn categories(&self) -> Vec<(i64, String)> {
        todo!()
    }

    /// The upload requests so far, in the order in which they arrived.
    pub fn received(&self) -> Vec<Received> {
        todo!()
    }

    /// Forgets what was received so far (not what is stored).
    pub fn forget_received(&self) {
        todo!()
    }

    /// The files kept at present, oldest first.
    pub fn stored(&self) -> Vec<Stored> {
        todo!()
    }

    /// Queues a fault: each upload request from now on takes one from the queue, key checks too.
    pub fn play(&self, fault: Fault) {
        let _ = fault;
        todo!()
    }

    /// Changes the site's settings; holds from the next request on.
    pub fn set(&self, change: impl FnOnce(&mut Settings)) {
        let _ = change;
        todo!()
    }

    /// Puts the host's clock forward: duplicates are forgotten, floods run dry, expired files go.
    pub fn advance(&self, time: Duration) {
        let _ = time;
        todo!()
    }

    /// Approves a file that waits for approval. `false` when there is none by that id.
    pub fn approve(&self, id: &str) -> bool {
        let _ = id;
        todo!()
    }

    /// Ends the host and waits until its port is free.
    pub fn stop(self) {}
}
