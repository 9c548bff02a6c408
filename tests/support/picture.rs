//! Pictures of what is on the screen.

use crate::session::Session;
use anyhow::{Context, Result};
use std::{
    fs,
    path::{Path, PathBuf},
    sync::atomic::{AtomicU32, Ordering},
};

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

/// Saves a picture of a page on which a test failed, beside the tests, and says where.
///
/// # Errors
/// When the driver gives none or the folder cannot be written to.
pub async fn of_failure(client: &fantoccini::Client) -> Result<PathBuf> {
    static NUMBER: AtomicU32 = AtomicU32::new(1);
    let program = std::env::current_exe()?;
    let folder = program.ancestors().nth(2).context("a test lies in the target folder")?.join("failed");
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    let file = folder.join(format!("{}-{number}.png", std::process::id()));
    page(client, &file).await?;
    Ok(file)
}
