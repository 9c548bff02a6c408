//! The first run: from an empty app to the first picture.

use anyhow::Result;
use ipc::{
    Host,
    view::{KeyPlace, LanguageChoice, SettingsPatch},
};
use support::{
    Role, journey, until,
    world::{World, problem},
};

#[tokio::test(flavor = "multi_thread")]
async fn a_newcomer_without_an_account_uploads_to_the_demo_host() -> Result<()> {
    let world = World::start().await?;
    let window = world.window().await?;
    let page = &window.page;
    page.press("Demo host on this computer").await?;
    page.read("The demo host needs no key").await?;
    page.press("Start using Keltas").await?;
    world.desktop().choose(&world.pictures(3)?);
    page.press("Choose files").await?;
    journey::upload(page, "3 files").await?;
    page.press("Copy all 3 links").await?;
    until("three links on the clipboard", async || world.desktop().copied().lines().count() == 3).await?;
    assert!(world.received().is_empty(), "the demo host of the app is meant, not any other");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_and_a_key_are_tested_and_the_key_is_kept() -> Result<()> {
    let world = World::start().await?;
    let window = world.window().await?;
    journey::first_run(&window.page, &world.demo.base_url(), &world.demo.user_key()).await?;
    assert!(world.demo.stored().is_empty(), "a test uploads nothing");
    let sites = world.api.hello().await.map_err(problem)?.sites;
    assert_eq!((sites.len(), sites[0].key, sites[0].current), (1, KeyPlace::Keyring, true));
    assert_eq!(sites[0].base.trim_end_matches('/'), world.demo.base_url());
    let page = window.page.client().source().await?;
    assert!(!page.contains(&world.demo.user_key()), "the key does not stay in the window");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_key_is_named_and_nothing_is_uploaded() -> Result<()> {
    let world = World::start().await?;
    let window = world.window().await?;
    let page = &window.page;
    page.press("Another Chevereto site").await?;
    page.fill("Address of the site", &world.demo.base_url()).await?;
    page.read("Keltas will use").await?;
    page.fill("API key", "chv_wrong_0123456789abcdef").await?;
    page.press("Test").await?;
    page.read("did not accept the key").await?;
    page.read("Check that it was copied whole").await?;
    assert!(world.demo.stored().is_empty());
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_without_a_site_is_named() -> Result<()> {
    let world = World::start().await?;
    let window = world.window().await?;
    let page = &window.page;
    page.press("Another Chevereto site").await?;
    page.fill("Address of the site", "nobody.invalid").await?;
    page.read("https://nobody.invalid").await?;
    page.fill("API key", "chv_any_0123456789abcdef").await?;
    page.press("Test").await?;
    page.read("no host with the name of nobody.invalid").await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_window_speaks_lithuanian() -> Result<()> {
    let world = World::start().await?;
    world.settings(SettingsPatch { language: Some(LanguageChoice::Lt), ..SettingsPatch::default() }).await?;
    let window = world.window().await?;
    let page = &window.page;
    page.press("Bandomoji svetainė").await?;
    page.press("Pradėti naudotis").await?;
    world.desktop().choose(&world.pictures(2)?);
    page.press("Pasirinkti failus").await?;
    page.press("Įkelti 2 failus").await?;
    page.read("Įkėlimas baigtas").await?;
    page.see(Role::Button, "Kopijuoti visas 2 nuorodas").await?;
    let language = page.client().execute("return document.documentElement.lang", Vec::new()).await?;
    assert_eq!(language, "lt");
    Ok(())
}
