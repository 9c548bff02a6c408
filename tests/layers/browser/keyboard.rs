//! The main job without a pointer.

use anyhow::Result;
use fantoccini::key::Key;
use support::{Page, until, until_some, world::World};

/// The name of what has the focus.
const FOCUSED: &str = "
    const at = document.activeElement;
    const label = [...(at.labels ?? [])].map((one) => one.textContent).join(' ');
    return [at.getAttribute('aria-label'), label, at.textContent].find((text) => text?.trim())?.trim() ?? '';";

/// Presses Tab until something with this name has the focus; a person would give up after a while too.
pub(crate) async fn tab_to(page: &Page, name: &str) -> Result<()> {
    let mut passed = Vec::new();
    while passed.len() < 40 {
        page.keys(&Key::Tab.to_string()).await?;
        let focused = page.client().execute(FOCUSED, Vec::new()).await?;
        let focused = focused.as_str().unwrap_or_default();
        if focused.contains(name) {
            return Ok(());
        }
        passed.push(focused.to_owned());
    }
    anyhow::bail!("Tab never comes to {name:?}, only to {passed:?}");
}

/// A key with Ctrl.
pub(crate) async fn ctrl(page: &Page, key: &str) -> Result<()> {
    page.keys(&format!("{}{key}", char::from(Key::Control))).await
}

#[tokio::test(flavor = "multi_thread")]
async fn from_the_first_run_to_the_links_without_a_pointer() -> Result<()> {
    let world = World::start().await?;
    let window = world.window().await?;
    let page = &window.page;
    page.read("Where do your pictures go").await?;
    tab_to(page, "imgximg.com").await?;
    page.keys(&Key::Down.to_string()).await?;
    page.read("Address of the site").await?;
    tab_to(page, "Address of the site").await?;
    page.keys(&world.demo.base_url()).await?;
    page.read("Keltas will use").await?;
    tab_to(page, "API key").await?;
    page.keys(&world.demo.user_key()).await?;
    tab_to(page, "Test").await?;
    page.keys(&Key::Enter.to_string()).await?;
    page.read("accepted the key").await?;
    tab_to(page, "Start using Keltas").await?;
    page.keys(&Key::Enter.to_string()).await?;
    page.read("Drop pictures or videos here").await?;

    world.desktop().choose(&world.pictures(3)?);
    ctrl(page, "o").await?;
    page.read("Upload 3 files").await?;
    tab_to(page, "dune-grass.jpg").await?;
    page.keys(&Key::Right.to_string()).await?;
    page.keys(&Key::F2.to_string()).await?;
    page.read("2 of 3").await?;
    page.keys("Ryto kava").await?;
    page.keys(&Key::Escape.to_string()).await?;
    until("the panel is closed", async || {
        page.client().find(fantoccini::Locator::Css("[data-region=panel]")).await.is_err()
    })
    .await?;
    let focused = until_some("the focus is back on the picture", async || {
        let focused = page.client().execute(FOCUSED, Vec::new()).await.ok()?;
        focused.as_str().filter(|name| name.contains("morning coffee.png")).map(str::to_owned)
    });
    focused.await?;
    ctrl(page, &char::from(Key::Enter).to_string()).await?;
    page.read("Upload complete").await?;
    assert_eq!(world.sent("morning coffee.png")?.field("title"), Some("Ryto kava"));

    page.keys(&format!("{}{}c", char::from(Key::Control), char::from(Key::Shift))).await?;
    until("three links on the clipboard", async || world.desktop().copied().lines().count() == 3).await?;
    ctrl(page, "2").await?;
    page.read("3 uploads").await?;
    ctrl(page, "1").await?;
    page.read("Upload complete").await
}

#[tokio::test(flavor = "multi_thread")]
async fn removed_by_a_key_and_brought_back_by_another() -> Result<()> {
    let world = World::start().await?;
    world.set_up().await?;
    world.add(&world.pictures(3)?).await?;
    let window = world.window().await?;
    let page = &window.page;
    page.read("Upload 3 files").await?;
    tab_to(page, "dune-grass.jpg").await?;
    page.keys(&Key::Delete.to_string()).await?;
    page.read("Upload 2 files").await?;
    ctrl(page, "z").await?;
    page.read("Upload 3 files").await?;
    ctrl(page, "a").await?;
    page.read("3 selected").await
}
