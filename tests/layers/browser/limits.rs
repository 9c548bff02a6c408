//! What a site takes, as the person sets it: read back, kept, and kept to.

use anyhow::Result;
use fantoccini::key::Key;
use std::io::Cursor;
use support::{Page, Role, until, world::World};

use super::keyboard::{ctrl, tab_to};

/// Opens the limits of the one site.
async fn open_limits(page: &Page) -> Result<()> {
    ctrl(page, ",").await?;
    page.press("More for").await?;
    page.press("Limits…").await?;
    page.read("Formats not sent there").await
}

/// What stands in a field of the dialog.
async fn value(page: &Page, field: &str) -> Result<String> {
    let field = page.see(Role::Field, field).await?;
    Ok(field.prop("value").await?.unwrap_or_default())
}

fn small_picture(number: u8) -> Result<Vec<u8>> {
    let mut bytes = Cursor::new(Vec::new());
    image::RgbImage::from_pixel(9, 9, image::Rgb([number; 3]))
        .write_to(&mut bytes, image::ImageFormat::Png)?;
    Ok(bytes.into_inner())
}

#[tokio::test(flavor = "multi_thread")]
async fn limits_that_the_person_sets_outlast_a_restart_and_the_queue_keeps_to_them() -> Result<()> {
    let mut world = World::start().await?;
    world.set_up().await?;
    let window = world.window().await?;
    let page = &window.page;
    open_limits(page).await?;
    tab_to(page, "Largest file").await?;
    page.keys("ten").await?;
    page.keys(&Key::Enter.to_string()).await?;
    page.read("Type a number above zero").await?;
    ctrl(page, "a").await?;
    page.keys("2,0").await?;
    page.keys(&Key::Enter.to_string()).await?;
    page.read("Set by you").await?;
    tab_to(page, "Unit").await?;
    page.keys("k").await?;
    tab_to(page, "Files an hour").await?;
    page.keys("0").await?;
    page.keys(&Key::Enter.to_string()).await?;
    page.read("Type a whole number above zero").await?;
    ctrl(page, "a").await?;
    page.keys("2").await?;
    tab_to(page, "Formats not sent there").await?;
    page.keys(&Key::Enter.to_string()).await?;
    page.click(Role::Item, "BMP").await?;
    page.see(Role::Button, "Send BMP there again").await?;

    world.restart().await?;
    window.open(&world).await?;
    open_limits(page).await?;
    let kept =
        [value(page, "Largest file").await?, value(page, "Unit").await?, value(page, "Files an hour").await?];
    assert_eq!(kept, ["2", "kb", "2"]);
    page.press("Send BMP there again").await?;
    until("BMP goes there again", async || {
        !page.sees(Role::Button, "Send BMP there again").await.unwrap_or(true)
    })
    .await?;
    page.press("Done").await?;

    ctrl(page, "1").await?;
    let mut files = world.pictures(1)?;
    for number in 0..3 {
        files.push(world.write(&format!("small {number}.png"), &small_picture(number)?)?);
    }
    world.add(&files).await?;
    page.see(Role::Button, "dune-grass.jpg, Over your limit").await?;
    page.press("dune-grass.jpg").await?;
    page.read("You set a limit of 2 kB for").await?;
    page.press("Upload 3 files").await?;
    // The third waits for the hour to be over.
    page.read("No more than 2 files an hour go to this site").await?;
    assert_eq!((world.received().len(), world.times_sent("dune-grass.jpg")), (2, 0));
    Ok(())
}
