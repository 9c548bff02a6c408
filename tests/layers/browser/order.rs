//! The order of the queue: what is carried to another place goes there, and everything follows it.

use std::time::Duration;

use anyhow::{Context, Result};
use fantoccini::Locator;
use fantoccini::actions::{InputSource, MOUSE_BUTTON_LEFT, MouseActions, PointerAction};
use fantoccini::elements::Element;
use support::{Page, until, world::World};

/// The names of the files in the window, as they stand.
async fn names(page: &Page) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for name in page.client().find_all(Locator::Css(".tile .name")).await? {
        names.push(name.text().await?);
    }
    Ok(names)
}

/// Presses on one picture and lets go at the left edge of another.
async fn carry(page: &Page, from: &Element, to: &Element) -> Result<()> {
    let (_, _, width, _) = to.rectangle().await?;
    let moving = |element: Element, x: f64| PointerAction::MoveToElement {
        element,
        duration: Some(Duration::from_millis(100)),
        x,
        y: 0.0,
    };
    let carry = MouseActions::new("mouse".into())
        .then(moving(from.clone(), 0.0))
        .then(PointerAction::Down { button: MOUSE_BUTTON_LEFT })
        .then(PointerAction::MoveBy { duration: Some(Duration::from_millis(50)), x: 9.0, y: 9.0 })
        .then(moving(to.clone(), 6.0 - width / 2.0))
        .then(PointerAction::Up { button: MOUSE_BUTTON_LEFT });
    Ok(page.client().perform_actions(carry).await?)
}

#[tokio::test(flavor = "multi_thread")]
async fn d05_a_picture_is_carried_to_another_place_and_the_links_follow() -> Result<()> {
    let world = World::start().await?;
    world.set_up().await?;
    world.add(&world.pictures(3)?).await?;
    let window = world.window().await?;
    let page = &window.page;
    page.read("Upload 3 files").await?;
    let before = names(page).await?;
    let pictures = page.client().find_all(Locator::Css(".tile .pic")).await?;
    let [first, _, last] = pictures.as_slice() else { anyhow::bail!("three pictures") };
    carry(page, last, first).await?;
    let wanted = [&before[2], &before[0], &before[1]].map(Clone::clone);
    until("the last picture stands first", async || names(page).await.is_ok_and(|now| now == wanted)).await?;
    let panels = page.client().find_all(Locator::Css("[data-region=panel]")).await?;
    assert!(panels.is_empty(), "letting go opens nothing");

    page.press("Upload 3 files").await?;
    page.press("Copy all 3 links").await?;
    let stored = world.demo.stored();
    let link = |name: &String| {
        let found = stored.iter().find(|one| one.original_filename == *name).context("it is stored")?;
        anyhow::Ok(found.url_viewer.clone())
    };
    let links = wanted.iter().map(link).collect::<Result<Vec<_>>>()?.join("\n");
    until("the links are copied in the new order", async || world.desktop().copied() == links).await
}
