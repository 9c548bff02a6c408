//! Pictures of every screen, in three sizes, light and dark, in both languages; and the one of the README.
//! The first argument is the folder for them; without one they go to `shots` in cargo's target folder.

#![allow(clippy::print_stdout, reason = "a command that says what it does")]

use anyhow::{Context, Result};
use demo_host::Fault;
use ipc::{
    Host,
    view::{LanguageChoice, SettingsPatch},
};
use l10n::{Language, words};
use std::{
    fs,
    path::{Path, PathBuf},
};
use support::{Page, Role, browser::World, picture, samples, until, webdriver::Driver};

const SIZES: [(&str, (u32, u32)); 3] = [("s", (480, 560)), ("d", (960, 680)), ("w", (1440, 900))];

#[tokio::main]
async fn main() -> Result<()> {
    let folder = match std::env::args_os().nth(1) {
        Some(folder) => PathBuf::from(folder),
        None => target()?.join("shots"),
    };
    for language in Language::ALL {
        Camera::new(language, &folder).await?.walk().await?;
    }
    let readme = Path::new(env!("CARGO_MANIFEST_DIR")).join("../icons/readme/window.png");
    fs::create_dir_all(readme.parent().context("the picture has a folder")?)?;
    fs::copy(folder.join("edit.en_d_light.png"), &readme)?;
    println!("pictures in {}, and {}", folder.display(), readme.display());
    Ok(())
}

/// Walks through the window in one language and takes pictures on the way.
struct Camera {
    language: Language,
    folder: PathBuf,
    world: World,
    driver: Driver,
    page: Page,
}

impl Camera {
    async fn new(language: Language, folder: &Path) -> Result<Self> {
        let world = World::start().await?;
        let choice = if language == Language::Lt { LanguageChoice::Lt } else { LanguageChoice::En };
        let patch = SettingsPatch { language: Some(choice), ..SettingsPatch::default() };
        world
            .api
            .set_settings(patch)
            .await
            .map_err(|problem| anyhow::anyhow!("settings: {}", problem.code))?;
        let driver = Driver::browser().await?;
        driver.client.goto(&world.address).await?;
        let page = Page::new(driver.client.clone());
        Ok(Self { language, folder: folder.to_owned(), world, driver, page })
    }

    async fn walk(&self) -> Result<()> {
        let (page, language) = (&self.page, self.language);
        let start = words::onboarding_start(language);
        page.see(Role::Button, &start).await?;
        self.take("onboarding").await?;
        page.press(&words::onboarding_other(language)).await?;
        page.fill(&words::onboarding_address(language), &self.world.host.base_url()).await?;
        page.fill(&words::onboarding_key_label(language), &self.world.host.user_key()).await?;
        page.press(&start).await?;
        page.read(&words::upload_empty_title(language)).await?;
        self.take("empty").await?;

        self.world.desktop().choose(&samples::write(&self.world.dir.path().join("pictures"), 12)?);
        page.press(&words::upload_choose_files(language)).await?;
        let upload = words::upload_button(language, 12);
        page.see(Role::Button, &upload).await?;
        self.take("queue").await?;
        page.press("dune-grass.jpg").await?;
        self.take("edit").await?;
        self.driver.look((960, 680), false).await?;
        page.inside("[data-region=panel]").press(&words::common_done(language)).await?;

        // One file that never gets an answer holds the upload where it can be seen.
        self.world.host.play(Fault::Slow(40_000));
        page.press(&upload).await?;
        page.see(Role::Button, &words::upload_pause(language)).await?;
        until("most files on the host", async || self.world.host.stored().len() >= 8).await?;
        self.take("uploading").await?;
        page.read(&words::done_title(language)).await?;
        self.take("done").await?;
        page.press(&words::common_history(language)).await?;
        page.see(Role::Field, &words::history_search(language)).await?;
        self.take("history").await?;
        page.press(&words::common_settings(language)).await?;
        self.take("settings").await
    }

    /// One screen in every size and both themes.
    async fn take(&self, name: &str) -> Result<()> {
        println!("{name}, {}", self.language.tag());
        for (size, pixels) in SIZES {
            for (theme, dark) in [("light", false), ("dark", true)] {
                self.driver.look(pixels, dark).await?;
                self.settled().await?;
                let file = format!("{name}.{}_{size}_{theme}.png", self.language.tag());
                picture::page(&self.driver.client, &self.folder.join(file)).await?;
            }
        }
        self.driver.look((960, 680), false).await
    }

    /// Waits until every picture on the page is drawn.
    async fn settled(&self) -> Result<()> {
        let script = "return document.getAnimations().every((one) => one.playState !== 'running') \
                      && [...document.images].every((image) => image.complete)";
        until("the pictures on the page", async || {
            let drawn = self.driver.client.execute(script, Vec::new()).await;
            drawn.is_ok_and(|drawn| drawn == true)
        })
        .await
    }
}

/// The folder that cargo builds into.
fn target() -> Result<PathBuf> {
    let program = std::env::current_exe()?;
    Ok(program.ancestors().nth(2).context("a program lies in the target folder")?.to_owned())
}
