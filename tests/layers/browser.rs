//! The window in a browser, over the real app, engine and demo host: the same journeys, and what goes wrong.

use anyhow::{Context, Result};
use demo_host::Fault;
use ipc::{
    Clipboard, Host,
    view::{LanguageChoice, SettingsPatch},
};
use std::{fs, path::PathBuf};
use support::{
    Page, Role,
    browser::World,
    journey::{self, Shape},
    samples, until,
    webdriver::Driver,
};

/// A browser at the window's first page.
async fn open(world: &World) -> Result<(Driver, Page)> {
    let driver = Driver::browser().await?;
    driver.look((960, 680), false).await?;
    driver.client.goto(&world.address).await?;
    let page = Page::new(driver.client.clone());
    Ok((driver, page))
}

/// First run on the world's own site, then these files chosen in the dialog.
async fn open_with(world: &World, files: &[PathBuf]) -> Result<(Driver, Page)> {
    let (driver, page) = open(world).await?;
    journey::first_run(&page, &world.host.base_url(), &world.host.user_key()).await?;
    world.desktop().choose(files);
    page.press("Choose files").await?;
    Ok((driver, page))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_newcomer_without_an_account_uploads_to_the_demo_host() -> Result<()> {
    let world = World::start().await?;
    let (_driver, page) = open(&world).await?;
    page.press("Demo host on this computer").await?;
    page.press("Start using Keltas").await?;
    world.desktop().choose(&samples::write(&world.dir.path().join("pictures"), 3)?);
    page.press("Choose files").await?;
    journey::upload(&page, "3 files").await?;
    page.press("Copy all 3 links").await?;
    until("three links on the clipboard", async || world.desktop().copied().lines().count() == 3).await
}

#[tokio::test(flavor = "multi_thread")]
async fn shaped_files_arrive_with_exactly_what_was_set() -> Result<()> {
    let world = World::start().await?;
    let files = samples::write(&world.dir.path().join("pictures"), 3)?;
    let (_driver, page) = open_with(&world, &files).await?;
    let told =
        Shape { title: "Ryto kava", description: "Two cups", tags: "coffee,morning", expiration: "2 weeks" };
    journey::shape(&page, "morning coffee.png", told).await?;
    journey::upload(&page, "3 files").await?;

    let received = world.host.received();
    let named = |name: &str| {
        let found = received.iter().find(|one| one.file.as_ref().is_some_and(|file| file.name == name));
        found.with_context(|| format!("the host received {name}"))
    };
    let shaped = named("morning coffee.png")?;
    let fields = ["title", "description", "tags", "expiration", "nsfw"].map(|name| shaped.field(name));
    assert_eq!(fields, ["Ryto kava", "Two cups", "coffee,morning", "P2W", "1"].map(Some));
    let plain = named("dune-grass.jpg")?;
    assert_eq!(["description", "tags", "expiration"].map(|name| plain.field(name)), [None; 3]);
    for (file, stored) in files.iter().zip(world.host.stored()) {
        let sent = files.iter().find(|file| file.ends_with(&stored.original_filename)).unwrap_or(file);
        assert!(fs::read(&stored.original)? == fs::read(sent)?, "{} changed on its way", sent.display());
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_key_is_named_and_nothing_is_uploaded() -> Result<()> {
    let world = World::start().await?;
    let (_driver, page) = open(&world).await?;
    page.press("Another Chevereto site").await?;
    page.fill("Address of the site", &world.host.base_url()).await?;
    page.read("Keltas will use").await?;
    page.fill("API key", "chv_wrong_0123456789abcdef").await?;
    page.press("Test").await?;
    page.read("did not accept the key").await?;
    assert!(world.host.stored().is_empty());
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_sent_says_why_and_the_rest_goes_on() -> Result<()> {
    let world = World::start().await?;
    let folder = world.dir.path().join("mixed");
    let mut files = samples::write(&folder, 1)?;
    for (name, content) in [("empty.png", &b""[..]), ("letter.jpg", b"Dear aunt, no picture this time.")] {
        fs::write(folder.join(name), content)?;
        files.push(folder.join(name));
    }
    files.push(folder.join("gone.png"));
    let (_driver, page) = open_with(&world, &files).await?;
    for name in ["empty.png", "letter.jpg", "gone.png"] {
        page.see(Role::Button, name).await?;
    }
    page.read("3 cannot be sent").await?;
    journey::upload(&page, "1 file").await?;
    assert_eq!(world.host.stored().len(), 1);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_instead_of_an_answer_is_an_unknown_outcome_and_is_not_sent_again() -> Result<()> {
    let world = World::start().await?;
    let files = samples::write(&world.dir.path().join("pictures"), 2)?;
    let (_driver, page) = open_with(&world, &files).await?;
    page.read("Upload 2 files").await?;
    world.host.play(Fault::PhpWarning);
    page.press("Upload 2 files").await?;
    page.press("Check the site").await?;
    let sent = |name: &str| {
        let received = world.host.received();
        received.iter().filter(|one| one.file.as_ref().is_some_and(|file| file.name == name)).count()
    };
    assert_eq!((sent("dune-grass.jpg"), sent("morning coffee.png")), (1, 1));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pasted_picture_is_uploaded_and_found_in_history() -> Result<()> {
    let world = World::start().await?;
    let (_driver, page) = open(&world).await?;
    journey::first_run(&page, &world.host.base_url(), &world.host.user_key()).await?;
    world.desktop().put(Clipboard::Picture(samples::png(3)?));
    page.press("Upload clipboard").await?;
    journey::upload(&page, "1 file").await?;
    let stored = world.host.stored();
    assert_eq!(stored.len(), 1);
    page.press("History").await?;
    page.see(Role::Button, &stored[0].original_filename).await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_window_speaks_lithuanian() -> Result<()> {
    let world = World::start().await?;
    let patch = SettingsPatch { language: Some(LanguageChoice::Lt), ..SettingsPatch::default() };
    world.api.set_settings(patch).await.map_err(|problem| anyhow::anyhow!("{}", problem.code))?;
    let (_driver, page) = open(&world).await?;
    page.press("Bandomoji svetainė").await?;
    page.press("Pradėti naudotis").await?;
    world.desktop().choose(&samples::write(&world.dir.path().join("pictures"), 2)?);
    page.press("Pasirinkti failus").await?;
    page.press("Įkelti 2 failus").await?;
    page.read("Įkėlimas baigtas").await
}
