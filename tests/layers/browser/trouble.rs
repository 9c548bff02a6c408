//! Bad days: a file that fails, a key that is refused, an answer that nobody can read. Nothing is lost or doubled.

use anyhow::Result;
use demo_host::{Fault, Mode};
use ipc::view::{ItemState, SettingsPatch};
use std::time::Duration;
use support::{Role, journey, samples, until, world::World};

/// A world with a site and these many files in the queue, sent one after the other so that faults meet known files.
async fn with_queue(count: usize) -> Result<World> {
    let world = World::start().await?;
    world.set_up().await?;
    world.settings(SettingsPatch { parallel: Some(1), ..SettingsPatch::default() }).await?;
    world.add(&world.pictures(count)?).await?;
    Ok(world)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_failed_is_reported_without_secrets_and_tried_again() -> Result<()> {
    let world = with_queue(3).await?;
    world.demo.play(Fault::Incident);
    let window = world.window().await?;
    let page = &window.page;
    journey::upload(page, "3 files").await?;
    page.read("Some files couldn’t be uploaded").await?;
    page.see(Role::Button, "Copy all 2 links").await?;

    page.press("Learn more").await?;
    page.read("1 of 3 files could not be uploaded").await?;
    page.press("Copy report").await?;
    until("the report on the clipboard", async || !world.desktop().copied().is_empty()).await?;
    let report = world.desktop().copied();
    assert!(report.contains("dune-grass.jpg"), "{report}");
    assert!(!report.contains(&world.demo.user_key()), "the key is in the report");
    assert!(!report.contains(&*world.folder().to_string_lossy()), "a folder is in the report: {report}");

    page.press("Retry 1 file").await?;
    page.see(Role::Button, "Copy all 3 links").await?;
    assert_eq!(world.demo.stored().len(), 3);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_refused_in_the_middle_stops_the_queue_and_a_new_one_sets_it_going() -> Result<()> {
    let world = with_queue(3).await?;
    let window = world.window().await?;
    let page = &window.page;
    // While the site thinks about the second file it changes its keys.
    world.demo.play(Fault::Delay(Duration::ZERO));
    world.demo.play(Fault::Delay(Duration::from_secs(4)));
    page.press("Upload 3 files").await?;
    until("the first file is there", async || world.demo.stored().len() == 1).await?;
    world.demo.set(|settings| settings.mode = Mode::V44);

    page.read("did not accept the key").await?;
    page.see(Role::Button, "Open site settings").await?;
    let waiting = world.until("two files wait", |queue| {
        let waiting = queue.items.iter().filter(|item| matches!(item.state, ItemState::Waiting { .. }));
        (waiting.count() == 2).then_some(queue.items.len())
    });
    assert_eq!(waiting.await?, 3);
    assert_eq!(world.demo.stored().len(), 1);

    world.set_up().await?;
    page.read("Upload complete").await?;
    page.see(Role::Button, "Copy all 3 links").await?;
    assert_eq!(world.demo.stored().len(), 3);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_outcome_waits_for_the_person_even_through_a_restart() -> Result<()> {
    let mut world = with_queue(2).await?;
    let window = world.window().await?;
    let page = &window.page;
    world.demo.play(Fault::PhpWarning);
    world.demo.play(Fault::SilentAfterBody);
    page.press("Upload 2 files").await?;

    // The rail, while the other file is still under way.
    page.read("Needs you").await?;
    let rail = page.inside("[data-region=rail]");
    for act in ["Check the site", "It is there", "Send again"] {
        rail.see(Role::Button, act).await?;
    }
    rail.press("Check the site").await?;
    until("the site is opened", async || !world.desktop().opened().is_empty()).await?;
    assert!(world.desktop().opened()[0].starts_with(&world.demo.base_url()));
    until("the second file is there", async || world.received().len() == 2).await?;

    world.restart().await?;
    window.open(&world).await?;
    page.read("Outcome unknown").await?;
    assert_eq!((world.times_sent("dune-grass.jpg"), world.times_sent("morning coffee.png")), (1, 1));

    // Only the person's word sends it again; the site still has it, and says so.
    let rail = page.inside("[data-region=rail]");
    rail.press("Send again").await?;
    until("it is sent once more", async || world.received().len() == 3).await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_there_after_all_keeps_the_link_that_was_pasted() -> Result<()> {
    let world = with_queue(1).await?;
    let window = world.window().await?;
    let page = &window.page;
    world.demo.play(Fault::PhpWarning);
    page.press("Upload 1 file").await?;
    page.read("No upload is confirmed").await?;
    page.see(Role::Button, "Send again").await?;
    page.press("It is there").await?;
    let link = world.demo.stored()[0].url_viewer.clone();
    let dialog = page.inside("dialog[open]");
    dialog.fill("Link of its page", &link).await?;
    dialog.press("It is there").await?;
    let kept = world
        .until("it counts as uploaded", |queue| {
            queue.items.iter().find_map(|item| match &item.state {
                ItemState::Uploaded { receipt } => Some(receipt.links.viewer.clone()),
                _ => None,
            })
        })
        .await?;
    assert_eq!(kept, Some(link));
    assert_eq!(world.times_sent("dune-grass.jpg"), 1);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn files_that_wait_for_approval_have_no_link_and_are_left_out() -> Result<()> {
    let world = with_queue(2).await?;
    let window = world.window().await?;
    let page = &window.page;
    world.demo.play(Fault::Approval);
    journey::upload(page, "2 files").await?;
    page.read("Waiting for approval").await?;
    page.press("Copy 1 link").await?;
    let link = world.demo.stored()[1].url_viewer.clone();
    until("the one link is copied", async || world.desktop().copied() == link).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_stands_still_shows_how_far_it_came() -> Result<()> {
    let world = with_queue(0).await?;
    world.add(&[samples::large(&world.folder().join("panorama.png"), 1)?]).await?;
    world.demo.play(Fault::Stall(50));
    let window = world.window().await?;
    window.page.press("Upload 1 file").await?;
    let half = world.until("half of it is gone", |queue| match queue.items.first()?.state {
        ItemState::Sending { sent, total } => (sent * 2 >= total).then_some(()),
        _ => None,
    });
    half.await?;
    window.page.press("Cancel").await?;
    window.page.see(Role::Button, "Upload 1 file").await?;
    assert!(world.demo.stored().is_empty());
    Ok(())
}
