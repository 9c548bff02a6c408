//! The app is closed and opened again: what waited waits, what was uploaded is in history.

use anyhow::Result;
use support::{Role, journey, world::World};

#[tokio::test(flavor = "multi_thread")]
async fn queue_and_history_outlive_the_app() -> Result<()> {
    let mut world = World::start().await?;
    world.set_up().await?;
    let files = world.pictures(4)?;
    world.add(&files[..2]).await?;
    let window = world.window().await?;
    let page = &window.page;
    journey::upload(page, "2 files").await?;
    page.press("New upload").await?;
    world.add(&files[2..]).await?;
    page.press("pienės.jpg").await?;
    page.inside("[data-region=panel]").fill("Title", "Pienės prie kelio").await?;
    page.inside("[data-region=panel]").press("Done").await?;
    world
        .until("the title is kept", |queue| {
            let titled =
                |item: &ipc::view::ItemView| item.options.title.as_deref() == Some("Pienės prie kelio");
            queue.items.iter().any(titled).then_some(())
        })
        .await?;

    world.restart().await?;
    window.open(&world).await?;
    page.see(Role::Button, "lighthouse.jpg").await?;
    journey::upload(page, "2 files").await?;
    assert_eq!(world.sent("pienės.jpg")?.field("title"), Some("Pienės prie kelio"));
    assert_eq!(world.demo.stored().len(), 4);

    world.restart().await?;
    window.open(&world).await?;
    page.press("History").await?;
    for title in ["dune grass", "morning coffee", "Pienės prie kelio", "lighthouse"] {
        page.see(Role::Button, title).await?;
    }
    page.read("4 uploads").await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_was_uploaded_is_known_and_its_link_is_at_hand() -> Result<()> {
    let mut world = World::start().await?;
    world.set_up().await?;
    let files = world.pictures(1)?;
    world.add(&files).await?;
    let window = world.window().await?;
    let page = &window.page;
    journey::upload(page, "1 file").await?;
    world.restart().await?;
    window.open(&world).await?;
    page.press("New upload").await?;
    world.add(&files).await?;
    page.read("Already uploaded").await?;
    page.press("Copy link of dune-grass.jpg").await?;
    let link = world.demo.stored()[0].url_viewer.clone();
    support::until("the link is copied", async || world.desktop().copied() == link).await?;
    assert_eq!(world.times_sent("dune-grass.jpg"), 1);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn deleted_from_the_site_is_said_only_after_the_site_said_so() -> Result<()> {
    let world = World::start().await?;
    world.set_up().await?;
    world.add(&world.pictures(1)?).await?;
    let window = world.window().await?;
    let page = &window.page;
    journey::upload(page, "1 file").await?;
    page.press("History").await?;
    page.press("dune grass").await?;
    let source = page.client().source().await?;
    assert!(!source.contains("/delete/"), "a delete link is in the window");
    page.press("Delete from site").await?;
    assert_eq!(world.demo.stored().len(), 1, "not before it is confirmed");
    page.press("Delete from").await?;
    page.read("Deleted from").await?;
    assert!(world.demo.stored().is_empty());
    Ok(())
}
