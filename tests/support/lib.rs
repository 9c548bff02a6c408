//! What the tests from outside stand on: a private desktop, a browser, a host for the window in a browser, samples.
//!
//! Everything here waits for a condition with a deadline and ends what it started, by its own process.

pub mod app;
pub mod axe;
pub mod browser;
pub mod chaos;
pub mod deadline;
pub mod drag;
pub mod events;
pub mod journey;
mod md5;
pub mod notifications;
pub mod page;
pub mod picture;
pub mod process;
pub mod samples;
pub mod scenes;
pub mod session;
pub mod tray;
pub mod webdriver;
pub mod world;

pub use deadline::{PATIENCE, until, until_some};
pub use md5::md5;
pub use page::{Page, Role};
