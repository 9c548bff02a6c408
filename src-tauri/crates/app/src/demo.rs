//! The demo host inside this process.
use std::path::PathBuf;
use crate::App;
pub(crate) struct Demo { _dir: PathBuf }
impl Demo {
    pub(crate) fn new(dir: PathBuf) -> Self { Self { _dir: dir } }
    pub(crate) fn stop(&self) {}
}
impl App { pub(crate) async fn revive_demo(&self) {} }
