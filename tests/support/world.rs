//! A world to try the window in: the real app with its engine over a folder of its own, keys in memory, a desktop
//! that is a stand-in, a demo host to upload to, and the window in a browser.

use crate::{
    Page,
    browser::{Host, StandIn},
    samples, until_some,
    webdriver::Driver,
};
use anyhow::{Context, Result, anyhow};
use app::{App, Decoder, KeyStore, Options, Paths};
use demo_host::{DemoHost, Received};
use ipc::{
    Api, Host as _,
    view::{AddedView, ItemState, KeepKey, QueueView, SavedSite, SettingsPatch, SiteChoice},
};
use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};
use tempfile::TempDir;
use tokio::sync::{Semaphore, SemaphorePermit};

/// The size that the window opens with.
pub const USUAL_SIZE: (u32, u32) = (960, 680);

/// Browsers at the same time: more would only wait for each other on a small machine.
static BROWSERS: Semaphore = Semaphore::const_new(2);

/// See the module. Everything in it ends with it.
pub struct World {
    /// The commands.
    pub api: Arc<Api<StandIn>>,
    /// The site, which tells what it received.
    pub demo: DemoHost,
    host: Host,
    keys: KeyStore,
    dir: TempDir,
}

impl World {
    /// A new, empty app and a demo host beside it, which the app does not know yet.
    ///
    /// # Errors
    /// When the window or the app was not built, or a folder or a port is not to be had.
    pub async fn start() -> Result<Self> {
        Self::on_port(0).await
    }

    /// The same, the demo host at this port if it is free: its links then are the same every time.
    ///
    /// # Errors
    /// As [`World::start`].
    pub async fn on_port(port: u16) -> Result<Self> {
        let dir = tempfile::Builder::new().prefix("keltas-world").tempdir()?;
        let at = |port| demo_host::Options { port, ..demo_host::Options::new(dir.path().join("site")) };
        let demo = DemoHost::start(at(port)).or_else(|_| DemoHost::start(at(0)))?;
        let keys = KeyStore::in_memory();
        let api = open(dir.path(), &keys).await?;
        let host = Host::start(api.clone()).await?;
        Ok(Self { api, demo, host, keys, dir })
    }

    /// Closes the app and opens it again over the same folder and keyring, with an empty desktop.
    ///
    /// # Errors
    /// When it does not come up again.
    pub async fn restart(&mut self) -> Result<()> {
        self.api.app().close().await;
        self.api = open(self.dir.path(), &self.keys).await?;
        self.host = Host::start(self.api.clone()).await?;
        Ok(())
    }

    /// Opens the window in a browser of its own.
    ///
    /// # Errors
    /// When chromium or its driver is missing.
    pub async fn window(&self) -> Result<Window> {
        let turn = BROWSERS.acquire().await?;
        let driver = Driver::browser().await?;
        let window = Window { page: Page::new(driver.client.clone()), driver, _turn: turn };
        window.look(USUAL_SIZE, false).await?;
        window.open(self).await?;
        Ok(window)
    }

    /// The stand-in for the desktop.
    #[must_use]
    pub fn desktop(&self) -> &StandIn {
        self.api.desktop()
    }

    /// Sets the demo host up as a site, by its address and key, without the window.
    ///
    /// # Errors
    /// When the app does not take it.
    pub async fn set_up(&self) -> Result<()> {
        let choice = SiteChoice::Address { address: self.demo.base_url(), old_api: false };
        match self.api.save_site(choice, self.demo.user_key(), KeepKey::Keyring).await.map_err(problem)? {
            SavedSite::Saved { .. } => Ok(()),
            SavedSite::NoKeyring { problem: why } | SavedSite::Failed { problem: why } => Err(problem(why)),
        }
    }

    /// Changes settings without the window.
    ///
    /// # Errors
    /// When they cannot be saved.
    pub async fn settings(&self, patch: SettingsPatch) -> Result<()> {
        self.api.set_settings(patch).await.map_err(problem)
    }

    /// Adds files without the window, as a drop does, and waits until all of them are looked at.
    ///
    /// # Errors
    /// When the app fails.
    pub async fn add(&self, files: &[PathBuf]) -> Result<AddedView> {
        let paths = files.iter().map(|path| path.to_string_lossy().into_owned()).collect();
        let added = self.api.add_paths(paths).await.map_err(problem)?;
        let names: Vec<_> = files.iter().filter_map(|path| path.file_name()?.to_str()).collect();
        self.until("the files are looked at", |queue| {
            let here = |name: &&str| queue.items.iter().any(|item| item.name == *name);
            let preparing = queue.items.iter().any(|item| matches!(item.state, ItemState::Preparing));
            (names.iter().all(here) && !preparing).then_some(())
        })
        .await?;
        Ok(added)
    }

    /// Waits until the queue holds what is looked for, and gives it.
    ///
    /// # Errors
    /// When it does not come to that; the message holds how the queue is.
    pub async fn until<T>(&self, what: &str, find: impl Fn(&QueueView) -> Option<T>) -> Result<T> {
        let found = until_some(what, async || find(&self.api.queue().await.ok()?)).await;
        match found {
            Ok(found) => Ok(found),
            Err(error) => {
                Err(error.context(format!("{:#?}", self.api.queue().await.map_err(problem)?.state)))
            }
        }
    }

    /// A folder for files that a test makes.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.dir.path()
    }

    /// Everything that the app keeps.
    #[must_use]
    pub fn home(&self) -> PathBuf {
        home(self.dir.path())
    }

    /// The first sample pictures, as files.
    ///
    /// # Errors
    /// When the folder cannot be written to.
    pub fn pictures(&self, count: usize) -> Result<Vec<PathBuf>> {
        samples::write(&self.dir.path().join("pictures"), count)
    }

    /// A file with this content.
    ///
    /// # Errors
    /// When the folder cannot be written to.
    pub fn write(&self, name: &str, content: &[u8]) -> Result<PathBuf> {
        let path = self.dir.path().join("files").join(name);
        fs::create_dir_all(path.parent().context("a file has a folder")?)?;
        fs::write(&path, content)?;
        Ok(path)
    }

    /// The requests that brought a file, in the order in which they came.
    #[must_use]
    pub fn received(&self) -> Vec<Received> {
        self.demo.received().into_iter().filter(|request| request.file.is_some()).collect()
    }

    /// How often a file of that name was sent.
    #[must_use]
    pub fn times_sent(&self, name: &str) -> usize {
        let named = |one: &&Received| one.file.as_ref().is_some_and(|file| file.name == name);
        self.received().iter().filter(named).count()
    }

    /// The request that brought the file of that name.
    ///
    /// # Errors
    /// When none did.
    pub fn sent(&self, name: &str) -> Result<Received> {
        let found =
            self.received().into_iter().find(|one| one.file.as_ref().is_some_and(|file| file.name == name));
        found.with_context(|| format!("the host received {name}"))
    }
}

/// The window in a browser.
pub struct Window {
    /// What is on it.
    pub page: Page,
    driver: Driver,
    _turn: SemaphorePermit<'static>,
}

impl Window {
    /// Opens a world's window anew, as after a restart.
    ///
    /// # Errors
    /// When the page does not load.
    pub async fn open(&self, world: &World) -> Result<()> {
        Ok(self.driver.client.goto(world.host.address()).await?)
    }

    /// Runs a script at the start of every page that is opened from now on.
    ///
    /// # Errors
    /// When the browser does not take it.
    pub async fn at_start(&self, script: &str) -> Result<()> {
        self.driver.at_start(script).await
    }

    /// Gives the page exactly this size in pixels, and light or dark colours.
    ///
    /// # Errors
    /// When the browser does not follow.
    pub async fn look(&self, size: (u32, u32), dark: bool) -> Result<()> {
        self.driver.look(size, dark).await?;
        let seen = self.driver.client.execute("return [innerWidth, innerHeight]", Vec::new()).await?;
        anyhow::ensure!(seen == serde_json::json!([size.0, size.1]), "the page is {seen}, not {size:?}");
        Ok(())
    }
}

/// The app over a world's folder, behind the window's commands.
async fn open(dir: &Path, keys: &KeyStore) -> Result<Arc<Api<StandIn>>> {
    let decoder = Decoder::of_program(crate::app::binary()?);
    let options = Options { keys: keys.clone(), decoder, ..Options::default() };
    let app = App::open(Paths::under(home(dir)), options).await?;
    Ok(Arc::new(Api::new(app, Arc::new(StandIn::default()))))
}

fn home(dir: &Path) -> PathBuf {
    dir.join("keltas")
}

/// A problem as a test's error.
#[allow(clippy::needless_pass_by_value, reason = "it is given to map_err")]
pub fn problem(problem: ipc::view::ProblemView) -> anyhow::Error {
    anyhow!("{} {:?}", problem.code, problem.args)
}
