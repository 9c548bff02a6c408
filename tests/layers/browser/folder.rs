//! A folder full of photographs.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use image::{ImageFormat, RgbImage};
use ipc::Host as _;
use support::{
    Page, journey, samples, until,
    world::{World, problem},
};

/// As many as a day out brings, each as a camera makes them.
const PHOTOGRAPHS: u32 = 1_000;
const SIZE: (u32, u32) = (6_000, 4_000);

/// Pictures of 24 megapixels that differ by a comment in each.
fn photographs(folder: &Path) -> Result<()> {
    fs::create_dir_all(folder)?;
    let first = folder.join("0.jpg");
    RgbImage::from_fn(SIZE.0, SIZE.1, |x, y| image::Rgb([(x / 32) as u8, (y / 16) as u8, 90]))
        .save_with_format(&first, ImageFormat::Jpeg)?;
    let picture = fs::read(&first)?;
    let (start, rest) = picture.split_at_checked(2).context("a JPEG begins with its marker")?;
    for number in 1..PHOTOGRAPHS {
        // A comment of four bytes, whose length counts itself.
        let comment = [&[0xFF, 0xFE, 0, 6][..], &number.to_be_bytes()].concat();
        fs::write(folder.join(format!("{number}.jpg")), [start, &comment, rest].concat())?;
    }
    Ok(())
}

/// What a script finds in the window.
async fn look(page: &Page, script: &str) -> Result<u64> {
    let found = page.client().execute(script, Vec::new()).await?;
    found.as_u64().with_context(|| format!("{script} is {found}"))
}

#[tokio::test(flavor = "multi_thread")]
async fn d16_of_a_thousand_photographs_only_those_in_view_are_drawn() -> Result<()> {
    let world = World::start().await?;
    world.set_up().await?;
    let window = world.window().await?;
    let page = &window.page;
    let folder = world.folder().join("photographs");
    photographs(&folder)?;

    let added = world.api.add_paths(vec![folder.to_string_lossy().into_owned()]).await.map_err(problem)?;
    assert_eq!(added.added, PHOTOGRAPHS);
    page.read("Upload 1,000 files").await?;
    let drawn = "return [...document.querySelectorAll('.tile img')].filter(i => i.naturalWidth > 0).length";
    until("the first are drawn", async || look(page, drawn).await.is_ok_and(|drawn| drawn >= 4)).await?;

    let tiles = "return document.querySelectorAll('.tile').length";
    assert!(look(page, tiles).await? < 150, "the list holds what is in view and a little more");
    let largest = "return Math.max(...[...document.querySelectorAll('.tile img')].map(i => i.naturalWidth))";
    assert!(look(page, largest).await? <= 768, "no picture comes to the window in its own size");
    let kept = fs::read_dir(world.home().join("previews"))?.flatten();
    let made = kept.filter(|entry| entry.path().is_file()).count();
    assert!(made > 0 && made < 150, "{made} previews were made");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_that_is_called_like_an_album_can_go_there() -> Result<()> {
    let world = World::start().await?;
    world.set_up().await?;
    let window = world.window().await?;
    let page = &window.page;
    let album = world.demo.albums().into_iter().find(|album| album.own).context("the user has an album")?;
    let site = world.until("a site", |queue| queue.state.site).await?;
    world.api.save_album(site, album.url, "Nida 2026".to_owned()).await.map_err(problem)?;
    let folder = world.folder().join("nida 2026");
    samples::write(&folder, 2)?;

    world.api.add_paths(vec![folder.to_string_lossy().into_owned()]).await.map_err(problem)?;
    page.press("Put into “Nida 2026”").await?;
    page.read("Applied to 2 files").await?;
    journey::upload(page, "2 files").await?;
    for sent in world.demo.received().iter().filter(|request| request.file.is_some()) {
        assert_eq!(sent.field("album_id"), Some(album.id.as_str()));
    }
    Ok(())
}
