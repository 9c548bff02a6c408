//! Pictures of every screen, in three sizes, light and dark, English and Lithuanian:
//! `cargo run -p tests --bin shots -- [--readme] [--only SCENE] [FOLDER]`.
//!
//! Without a folder they go to `shots` in cargo's target folder; with `--readme` only the README's picture is taken.

#![allow(clippy::print_stdout, reason = "a command that says what it does")]

use anyhow::{Context, Result, bail, ensure};
use ipc::view::LanguageChoice;
use std::{
    env, fs,
    path::{Path, PathBuf},
};
use support::{
    picture,
    scenes::{SIZES, Scene, settle, show, speak},
};

/// The demo host's port, so that links read the same on every picture.
const PORT: u16 = 18_080;

#[tokio::main]
async fn main() -> Result<()> {
    let mut folder = None;
    let mut scenes = Scene::ALL.to_vec();
    let mut arguments = env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--readme" => return readme().await,
            "--only" => {
                let name = arguments.next().context("--only wants the name of a scene")?;
                scenes.retain(|scene| scene.name() == name);
                ensure!(!scenes.is_empty(), "there is no scene {name}");
            }
            other if other.starts_with('-') => {
                bail!("{other} is not known: [--readme] [--only SCENE] [FOLDER]")
            }
            other => folder = Some(PathBuf::from(other)),
        }
    }
    let folder = folder.map_or_else(usual_folder, Ok)?;
    fs::create_dir_all(&folder)?;
    for scene in scenes {
        take(scene, &folder).await?;
        println!("{}", scene.name());
    }
    println!("the pictures are in {}", folder.display());
    Ok(())
}

/// All pictures of one scene, which is brought about once.
async fn take(scene: Scene, folder: &Path) -> Result<()> {
    let (world, window) = show(scene, PORT).await?;
    for (language, word) in [(LanguageChoice::En, "en"), (LanguageChoice::Lt, "lt")] {
        speak(&world, &window, language).await?;
        for (letter, size) in SIZES {
            for (dark, colours) in [(false, "light"), (true, "dark")] {
                window.look(size, dark).await?;
                settle(&window.page).await?;
                let name = format!("{}_{letter}_{colours}_{word}.png", scene.name());
                picture::page(window.page.client(), &folder.join(name)).await?;
            }
        }
    }
    Ok(())
}

/// The picture in the README.
async fn readme() -> Result<()> {
    let (_world, window) = show(Scene::Queue, PORT).await?;
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../icons/readme/window.png");
    picture::page(window.page.client(), &file).await?;
    println!("{}", file.display());
    Ok(())
}

/// Beside what cargo builds.
fn usual_folder() -> Result<PathBuf> {
    let program = env::current_exe()?;
    Ok(program.ancestors().nth(2).context("a program lies in the target folder")?.join("shots"))
}
