//! What cannot be sent says why, and the rest goes on.

use anyhow::{Result, ensure};
use std::{
    fs::{self, File},
    os::unix::fs::{PermissionsExt, symlink},
    process::Command,
};
use support::{Role, journey, samples, world::World};

#[tokio::test(flavor = "multi_thread")]
async fn each_file_that_cannot_be_sent_has_its_sentence() -> Result<()> {
    let world = World::start().await?;
    world.set_up().await?;
    let mut files = world.pictures(1)?;
    files.push(world.folder().join("gone.png"));
    files.push(world.write("empty.png", b"")?);
    files.push(world.write("letter.jpg", b"Dear aunt, no picture this time.")?);
    files.push(world.write("invoice.pdf", b"%PDF-1.7\n1 0 obj\n")?);
    files.push(world.write("logo.svg", b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>")?);
    let mut expected = vec![
        ("gone.png", "File has moved"),
        ("empty.png", "Empty file"),
        ("letter.jpg", "Not a picture"),
        ("invoice.pdf", "PDF is not taken"),
        ("logo.svg", "SVG is not taken"),
    ];
    let itself = world.folder().join("itself.png");
    symlink(&itself, &itself)?;
    files.push(itself);
    expected.push(("itself.png", "Cannot be read"));
    let locked = world.write("locked.png", b"\x89PNG\r\n\x1a\n")?;
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o000))?;
    // Whoever may read everything finds nothing locked.
    if fs::read(&locked).is_err() {
        files.push(locked);
        expected.push(("locked.png", "Cannot be read"));
    }
    world.desktop().choose(&files);
    let window = world.window().await?;
    let page = &window.page;
    page.press("Choose files").await?;
    for (name, sentence) in &expected {
        page.see(Role::Button, &format!("{name}, {sentence}")).await?;
    }
    page.read(&format!("{} cannot be sent", expected.len())).await?;
    journey::upload(page, "1 file").await?;
    assert_eq!(world.demo.stored().len(), 1);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pipe_that_nobody_writes_to_keeps_nobody_waiting() -> Result<()> {
    let world = World::start().await?;
    world.set_up().await?;
    let pipe = world.folder().join("pipe.png");
    ensure!(Command::new("mkfifo").arg(&pipe).status()?.success(), "no pipe can be made");
    let mut files = vec![pipe.clone()];
    files.extend(world.pictures(1)?);
    world.desktop().choose(&files);
    let window = world.window().await?;
    window.page.press("Choose files").await?;
    let seen = window.page.see(Role::Button, "pipe.png, Cannot be read").await;
    // Whoever waits at the pipe after all is let go, so that this test ends.
    drop(File::options().read(true).write(true).open(&pipe)?);
    seen?;
    journey::upload(&window.page, "1 file").await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_of_ten_thousand_files_gives_its_pictures() -> Result<()> {
    let world = World::start().await?;
    world.set_up().await?;
    let folder = world.folder().join("pictures");
    world.pictures(3)?;
    for number in 0..10_000 {
        fs::write(folder.join(format!("note-{number}.txt")), "nothing to see")?;
    }
    world.desktop().choose(&[folder]);
    let window = world.window().await?;
    window.page.press("Choose files").await?;
    window.page.see(Role::Button, "Upload 3 files").await?;
    let tiles = window.page.client().execute("return document.querySelectorAll('.tile').length", Vec::new());
    assert_eq!(tiles.await?, 3);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_empty_clipboard_and_an_empty_folder_say_so() -> Result<()> {
    let world = World::start().await?;
    world.set_up().await?;
    let window = world.window().await?;
    let page = &window.page;
    page.press("Upload clipboard").await?;
    page.read("The clipboard holds no picture").await?;
    let folder = world.folder().join("nothing in it");
    fs::create_dir(&folder)?;
    world.desktop().choose(&[folder]);
    page.press("Choose files").await?;
    page.see(Role::Button, "nothing in it, No pictures in it").await.map(drop)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_without_a_preview_says_why() -> Result<()> {
    let world = World::start().await?;
    world.set_up().await?;
    let window = world.window().await?;
    let page = &window.page;
    let mut broken = samples::png(3)?;
    // In the middle of its pixels.
    let middle = broken.len() / 2;
    broken[middle..middle + 20].fill(0xA5);
    world.add(&[world.write("broken.png", &broken)?]).await?;
    page.press("broken.png").await?;
    let panel = page.inside("[data-region=panel]");
    panel.read("The PNG file seems damaged: it cannot be drawn.").await?;
    Ok(())
}
