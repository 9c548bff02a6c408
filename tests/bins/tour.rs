//! The main job by itself, for a machine without a display: the real window in a session of its own sets the demo
//! host up, takes three sample pictures, shapes one, uploads them and prints their links.

#![allow(clippy::print_stdout, reason = "a command that says what it does")]

use anyhow::{Context, Result};
use std::path::PathBuf;
use support::{
    Role,
    app::App,
    drag,
    journey::{self, Shape},
    picture, samples,
    scenes::settle,
    session::Session,
};

#[tokio::main]
async fn main() -> Result<()> {
    let file = match std::env::args_os().nth(1) {
        Some(file) => PathBuf::from(file),
        None => target()?.join("keltas.png"),
    };
    println!("starting a virtual display, and the app on its demo host");
    let session = Session::start().await?.with_keyring().await?;
    let mut app = App::start(&session, &["--demo-if-new"]).await?;
    let page = app.page.clone();

    println!("dragging three sample pictures onto the window");
    let files = samples::write(&session.path().join("pictures"), 3)?;
    page.read("Drop pictures or videos here").await?;
    drag::files(&session, &mut app, &files).await?;
    app.events.wait("intake-done").await?;

    println!("shaping one: title, description, tags, auto-delete");
    let told = Shape {
        title: "Morning coffee in Nida",
        description: "The first one of the day",
        tags: "coffee,morning",
        expiration: "2 weeks",
    };
    journey::shape(&page, "morning coffee.png", told).await?;

    println!("uploading");
    journey::upload(&page, "3 files").await?;
    let done = app.events.wait("batch-done").await?;
    println!("\nlinks:");
    for link in done["links"].as_array().context("an upload ends with its links")? {
        println!("  {}", link.as_str().unwrap_or_default());
    }
    page.see(Role::Button, "Copy all 3 links").await?;
    settle(&page).await?;
    picture::desktop(&session, &file)?;
    println!("\na picture of the window: {}", file.display());
    app.quit(&session).await
}

/// The folder that cargo builds into.
fn target() -> Result<PathBuf> {
    let program = std::env::current_exe()?;
    Ok(program.ancestors().nth(2).context("a program lies in the target folder")?.to_owned())
}
