//! What leaves is what the window says: without what is private, as something the site takes, under the name shown.

use anyhow::Result;
use image::ImageFormat;
use ipc::{Clipboard, view::SettingsPatch};
use media::samples::{self, Camera, Scene};
use media::{Format, Orientation};
use std::{fs, io::Cursor};
use support::{Role, journey, world::World};

#[tokio::test(flavor = "multi_thread")]
async fn d09_the_place_does_not_leave_and_the_row_says_so() -> Result<()> {
    let world = World::start().await?;
    world.set_up().await?;
    let camera = Camera { orientation: 6, place: true };
    let photo = samples::jpeg(&samples::landscape(Scene::Dune, 7, 400, 300), Some(camera))?;
    let path = world.write("dune.jpg", &photo)?;
    world.add(std::slice::from_ref(&path)).await?;
    let window = world.window().await?;
    let page = &window.page;
    page.read("location removed").await?;
    page.press("dune.jpg").await?;
    let panel = page.inside("[data-region=panel]");
    panel.read("Camera and captions").await?;
    panel.read("JPEG, unchanged").await?;
    panel.press("Done").await?;
    journey::upload(page, "1 file").await?;

    let stored = &world.demo.stored()[0];
    let facts = media::inspect(&stored.original)?;
    assert_eq!((facts.has_location, facts.orientation), (false, Orientation::QuarterTurn));
    let sent = fs::read(&stored.original)?;
    for word in [&b"lagoon"[..], b"SN-00417725", b"Keltas Optics"] {
        assert!(photo.windows(word.len()).any(|window| window == word));
        assert!(!sent.windows(word.len()).any(|window| window == word));
    }
    assert_eq!(fs::read(&path)?, photo, "the person's file is as it was");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn d08_an_animation_among_copied_files_keeps_its_bytes() -> Result<()> {
    let world = World::start().await?;
    world.set_up().await?;
    let gif = world.folder().join("cat.gif");
    samples::write(&gif, Scene::Stripes, (120, 90), None)?;
    world.desktop().put(Clipboard::Files(vec![gif.clone()]));
    let window = world.window().await?;
    let page = &window.page;
    page.press("Upload clipboard").await?;
    page.read("Upload 1 file").await?;
    page.press("cat.gif").await?;
    let panel = page.inside("[data-region=panel]");
    panel.read("Off for animations and videos").await?;
    panel.read("GIF, unchanged").await?;
    panel.press("Done").await?;
    journey::upload(page, "1 file").await?;
    assert_eq!(world.sent("cat.gif")?.field("width"), None);
    assert_eq!(fs::read(&world.demo.stored()[0].original)?, fs::read(&gif)?, "frame by frame");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_site_refuses_is_made_into_what_was_chosen() -> Result<()> {
    let world = World::start().await?;
    world.set_up().await?;
    let mut tiff = Cursor::new(Vec::new());
    samples::landscape(Scene::Sea, 7, 320, 200).write_to(&mut tiff, ImageFormat::Tiff)?;
    world.add(&[world.write("sea.tif", tiff.get_ref())?]).await?;
    let window = world.window().await?;
    let page = &window.page;
    page.read("becomes JPEG").await?;
    page.press("sea.tif").await?;
    let panel = page.inside("[data-region=panel]");
    panel.read("TIFF to JPEG").await?;
    panel.press("Format:").await?;
    page.click(Role::Item, "PNG").await?;
    panel.read("TIFF to PNG").await?;
    panel.read("sea.png").await?;
    panel.press("Done").await?;
    journey::upload(page, "1 file").await?;
    let stored = &world.demo.stored()[0];
    assert_eq!(stored.original_filename, "sea.png");
    assert_eq!(media::inspect(&stored.original)?.format, Format::Png);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn with_neutral_names_neither_name_nor_title_tells_anything() -> Result<()> {
    let world = World::start().await?;
    world.set_up().await?;
    world.settings(SettingsPatch { neutral_names: Some(true), ..SettingsPatch::default() }).await?;
    let picture = samples::jpeg(&samples::landscape(Scene::Peaks, 7, 200, 150), None)?;
    world.add(&[world.write("Ona in Nida.jpg", &picture)?]).await?;
    let window = world.window().await?;
    let page = &window.page;
    page.press("Ona in Nida.jpg").await?;
    let panel = page.inside("[data-region=panel]");
    panel.read("picture-").await?;
    panel.press("Done").await?;
    journey::upload(page, "1 file").await?;
    let stored = &world.demo.stored()[0];
    assert!(stored.original_filename.starts_with("picture-") && stored.title.starts_with("picture "));
    assert!(!format!("{:?}", world.received()).contains("Nida"));
    Ok(())
}
