//! The steps of the main job, the same in the browser and in the real window.

use crate::{Page, Role};
use anyhow::Result;

/// What is said about one file.
#[derive(Clone, Copy, Debug)]
pub struct Shape<'a> {
    /// Its title.
    pub title: &'a str,
    /// Its description.
    pub description: &'a str,
    /// Its tags, with commas between them.
    pub tags: &'a str,
    /// When the site deletes it, as the list says it.
    pub expiration: &'a str,
}

/// First run: another site by its address, the key typed and tested, then started with.
///
/// # Errors
/// When a step does not lead to the next one.
pub async fn first_run(page: &Page, address: &str, key: &str) -> Result<()> {
    page.press("Another Chevereto site").await?;
    page.fill("Address of the site", address).await?;
    page.read("Keltas will use").await?;
    page.fill("API key", key).await?;
    page.press("Test").await?;
    page.read("accepted the key").await?;
    page.press("Start using Keltas").await?;
    page.read("Drop pictures or videos here").await
}

/// Shapes one file in the panel: title, description, tags, auto-delete and NSFW.
///
/// # Errors
/// When a step does not lead to the next one.
pub async fn shape(page: &Page, name: &str, shape: Shape<'_>) -> Result<()> {
    page.press(name).await?;
    let panel = page.inside("[data-region=panel]");
    panel.fill("Title", shape.title).await?;
    panel.fill("Description", shape.description).await?;
    for tag in shape.tags.split(',') {
        panel.fill("Tags", &format!("{tag},")).await?;
        panel.see(Role::Button, &format!("Remove tag {tag}")).await?;
    }
    panel.press("Auto-delete").await?;
    page.click(Role::Item, shape.expiration).await?;
    panel.press("Not safe for work").await?;
    panel.press("Done").await
}

/// Uploads what is ready and waits for the end; `files` as the button says them.
///
/// # Errors
/// When the upload does not come to a good end.
pub async fn upload(page: &Page, files: &str) -> Result<()> {
    page.press(&format!("Upload {files}")).await?;
    page.read("Upload complete").await
}
