//! Pictures of what is on the screen.

use crate::session::Session;
use anyhow::{Context, Result};
use std::{fs, path::Path};

/// Saves a picture of the whole desktop as PNG.
///
/// # Errors
/// When ImageMagick is missing or the folder cannot be written to.
pub fn desktop(session: &Session, file: &Path) -> Result<()> {
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)?;
    }
    let name = file.to_str().context("the picture's path is plain text")?;
    session.output("import", &["-window", "root", name]).map(drop)
}

/// Saves a picture of a page as PNG.
///
/// # Errors
/// When the driver gives none or the folder cannot be written to.
pub async fn page(client: &fantoccini::Client, file: &Path) -> Result<()> {
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)?;
    }
    Ok(fs::write(file, client.screenshot().await?)?)
}
