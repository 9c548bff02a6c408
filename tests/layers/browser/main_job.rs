//! The main job, end to end: what was set is what arrives, and the links come back in order.

use anyhow::{Context, Result};
use app::Pasted;
use demo_host::Received;
use ipc::Clipboard;
use std::fs;
use support::{
    Page, Role,
    journey::{self, Shape},
    samples, until,
    world::World,
};

/// The text fields of a request, in the order of their names, without those that every request has.
fn fields(request: &Received) -> Vec<(&str, &str)> {
    let all = request.fields.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let mut own: Vec<_> = all.filter(|(name, _)| *name != "format").collect();
    own.sort_unstable();
    own
}

/// Chooses an entry of one of the lists that open beside their button.
async fn pick(region: &Page, page: &Page, list: &str, entry: &str) -> Result<()> {
    region.press(&format!("{list}:")).await?;
    page.click(Role::Item, entry).await?;
    region.see(Role::Button, &format!("{list}: {entry}")).await.map(drop)
}

#[tokio::test(flavor = "multi_thread")]
async fn shaped_files_arrive_with_exactly_what_was_set_and_their_links_in_order() -> Result<()> {
    let world = World::start().await?;
    let window = world.window().await?;
    let page = &window.page;
    journey::first_run(page, &world.demo.base_url(), &world.demo.user_key()).await?;
    let files = world.pictures(3)?;
    world.desktop().choose(&files);
    page.press("Choose files").await?;
    page.read("Upload 3 files").await?;

    let album = world.demo.albums().into_iter().find(|album| album.own).context("the user has an album")?;
    let (number, category) = world.demo.categories().into_iter().next().context("there is a category")?;
    journey::shape(
        page,
        "morning coffee.png",
        Shape {
            title: "Ryto kava",
            description: "Two cups,\nand a \"spoon\" & sugar",
            tags: "coffee,morning",
            expiration: "2 weeks",
        },
    )
    .await?;
    page.press("morning coffee.png").await?;
    let panel = page.inside("[data-region=panel]");
    pick(&panel, page, "Category", &category).await?;
    panel.press("Album:").await?;
    page.press("Paste an album link").await?;
    page.fill("Album link", &album.url).await?;
    page.fill("Name", "Vasara").await?;
    page.press("Remember").await?;
    panel.see(Role::Button, "Album: Vasara").await?;
    panel.press("Done").await?;

    let water = page.inside("[data-region=water]");
    pick(&water, page, "Auto-delete", "1 week").await?;
    water.press("NSFW").await?;
    journey::upload(page, "3 files").await?;

    let category_id = number.to_string();
    assert_eq!(
        fields(&world.sent("morning coffee.png")?),
        [
            ("album_id", album.id.as_str()),
            ("category_id", &category_id),
            ("description", "Two cups,\nand a \"spoon\" & sugar"),
            ("expiration", "P2W"),
            ("nsfw", "1"),
            ("tags", "coffee,morning"),
            ("title", "Ryto kava"),
        ]
    );
    for (name, title) in [("dune-grass.jpg", "dune grass"), ("pienės.jpg", "pienės")] {
        let sent = world.sent(name)?;
        assert_eq!(fields(&sent), [("expiration", "P1W"), ("nsfw", "1"), ("title", title)], "{name}");
    }

    // The queue's order, whatever the order of arrival.
    let stored = world.demo.stored();
    let mut links = Vec::new();
    for file in &files {
        let name = file.file_name().and_then(|name| name.to_str()).context("a sample has a name")?;
        let one = stored.iter().find(|one| one.original_filename == name).context("the host has it")?;
        assert!(fs::read(&one.original)? == fs::read(file)?, "{name} changed on its way");
        links.push(one.url_viewer.clone());
    }
    let rows = page.client().execute(
        "return [...document.querySelectorAll('ol.links > li')].map((row) => row.innerText)",
        Vec::new(),
    );
    let rows: Vec<String> = serde_json::from_value(rows.await?)?;
    assert_eq!(rows.len(), links.len());
    assert!(rows.iter().zip(&links).all(|(row, link)| row.contains(link.as_str())), "{rows:#?}");
    page.press("Copy all 3 links").await?;
    until("the links on the clipboard", async || world.desktop().copied() == links.join("\n")).await?;

    page.press("History").await?;
    for title in ["dune grass", "Ryto kava", "pienės"] {
        page.see(Role::Button, title).await?;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn several_files_are_shaped_at_once_and_keep_what_is_their_own() -> Result<()> {
    let world = World::start().await?;
    world.set_up().await?;
    world.add(&world.pictures(3)?).await?;
    let window = world.window().await?;
    let page = &window.page;
    page.press("morning coffee.png").await?;
    page.inside("[data-region=panel]").fill("Title", "Ryto kava").await?;
    page.inside("[data-region=panel]").press("Done").await?;
    for name in ["dune-grass.jpg", "morning coffee.png"] {
        page.press(&format!("Select {name}")).await?;
    }
    page.press("Customize").await?;
    let panel = page.inside("[data-region=panel]");
    panel.read("2 files selected").await?;
    panel.fill("Tags", "nida,").await?;
    pick(&panel, page, "Auto-delete", "3 days").await?;
    panel.press("Apply to 2 files").await?;
    page.read("Applied to 2 files").await?;
    journey::upload(page, "3 files").await?;
    let shaped = |title| vec![("expiration", "P3D"), ("nsfw", "0"), ("tags", "nida"), ("title", title)];
    assert_eq!(fields(&world.sent("dune-grass.jpg")?), shaped("dune grass"));
    assert_eq!(fields(&world.sent("morning coffee.png")?), shaped("Ryto kava"));
    assert_eq!(fields(&world.sent("pienės.jpg")?), [("nsfw", "0"), ("title", "pienės")]);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pasted_picture_is_uploaded_and_found_in_history() -> Result<()> {
    let world = World::start().await?;
    world.set_up().await?;
    let window = world.window().await?;
    let page = &window.page;
    let png = samples::png(3)?;
    world.desktop().put(Clipboard::Picture(Pasted { png: png.clone(), still: true }));
    page.press("Upload clipboard").await?;
    page.read("It is a still picture of an animation.").await?;
    journey::upload(page, "1 file").await?;
    let stored = world.demo.stored();
    assert_eq!(stored.len(), 1);
    assert!(fs::read(&stored[0].original)? == png, "the bytes are those of the clipboard");
    page.press("History").await?;
    page.see(Role::Button, &stored[0].title).await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn links_are_copied_in_the_form_that_was_chosen() -> Result<()> {
    let world = World::start().await?;
    world.set_up().await?;
    world.add(&world.pictures(1)?).await?;
    let window = world.window().await?;
    let page = &window.page;
    journey::upload(page, "1 file").await?;
    let stored = world.demo.stored();
    for (format, start, end) in
        [("Markdown", "[![", ")"), ("BBCode", "[url=", "[/url]"), ("HTML", "<a ", "</a>")]
    {
        page.press(format).await?;
        page.inside("ol.links").read(start).await?;
        page.press("Copy 1 link").await?;
        until("the link in that form", async || {
            let copied = world.desktop().copied();
            copied.contains(start) && copied.ends_with(end) && copied.contains(&stored[0].url)
        })
        .await
        .with_context(|| format!("{format}: {}", world.desktop().copied()))?;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn each_link_has_its_picture_beside_it_however_quick_the_upload_was() -> Result<()> {
    let world = World::start().await?;
    world.set_up().await?;
    world.add(&world.pictures(7)?).await?;
    let window = world.window().await?;
    let page = &window.page;
    journey::upload(page, "7 files").await?;
    let rows = "
        const rows = [...document.querySelectorAll('ol.links > li')];
        const bare = (row) => !(row.querySelector('img')?.naturalWidth > 0);
        return [rows.length, rows.filter(bare).map((row) => row.querySelector('.name').textContent)];";
    let seen = async || page.client().execute(rows, Vec::new()).await;
    // Those below the edge come when they are scrolled to.
    let scroll = "document.querySelector('ol.links > li:last-child').scrollIntoView()";
    page.client().execute(scroll, Vec::new()).await?;
    until("a picture in every row", async || {
        seen().await.is_ok_and(|seen| seen == serde_json::json!([7, []]))
    })
    .await
}
