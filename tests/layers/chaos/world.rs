//! The opening of every fault: a demo host, the real app beside it, pictures, and a person who decides what only a
//! person may decide.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    io::Cursor,
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use anyhow::{Context, Result, bail, ensure};
use app::{App, Face, KeepKey, KeyStore, Paths, SaveSite, SiteChoice};
use chevereto::ClientOptions;
use demo_host::{DemoHost, Options};
use engine::{Clock, Item, ItemId, Origin, Phase, SiteId, Snapshot, SystemClock};
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use support::{chaos::Line, until, until_some};
use tempfile::TempDir;

use crate::{account::kept, watch::Watch};

/// How the app of a world is opened.
#[derive(Clone)]
pub(crate) struct Setup {
    /// Where it keeps its things; `None` is a folder of its own.
    pub(crate) home: Option<PathBuf>,
    /// The time it goes by.
    pub(crate) clock: Arc<dyn Clock>,
    /// How long it waits for bytes and for answers.
    pub(crate) client: ClientOptions,
    /// It reaches the host over a line that can be cut.
    pub(crate) over_a_line: bool,
}

impl Default for Setup {
    fn default() -> Self {
        Self {
            home: None,
            clock: Arc::new(SystemClock),
            client: ClientOptions {
                stall_timeout: Duration::from_secs(5),
                answer_timeout: Duration::from_secs(30),
                ..ClientOptions::default()
            },
            over_a_line: false,
        }
    }
}

impl Setup {
    /// An app that soon takes silence for what it is. Only small pictures are looked at by a busy host in that time.
    pub(crate) fn impatient() -> Self {
        let setup = Self::default();
        let client = ClientOptions { answer_timeout: Duration::from_secs(6), ..setup.client };
        Self { client, ..setup }
    }

    /// What the app is opened with.
    pub(crate) fn options(&self, keys: &KeyStore, face: Face) -> app::Options {
        let (client, clock) = (self.client.clone(), self.clock.clone());
        app::Options { keys: keys.clone(), client, clock, face, decoder: app::Decoder::default() }
    }
}

/// See the module. Everything in it ends with it.
pub(crate) struct World {
    pub(crate) host: DemoHost,
    pub(crate) app: App,
    pub(crate) site: SiteId,
    pub(crate) watch: Watch,
    pub(crate) keys: KeyStore,
    pub(crate) setup: Setup,
    line: Option<Line>,
    person: Mutex<Person>,
    pictures: AtomicU32,
    dir: TempDir,
}

/// What the person decided.
#[derive(Default)]
struct Person {
    /// Bodies sent again, by their MD5.
    again: BTreeMap<String, usize>,
    /// Items found on the site.
    found: BTreeSet<ItemId>,
}

impl World {
    pub(crate) async fn new() -> Result<Self> {
        Self::with(Setup::default()).await
    }

    pub(crate) async fn with(setup: Setup) -> Result<Self> {
        let dir = tempfile::Builder::new().prefix("keltas-chaos").tempdir()?;
        let host = DemoHost::start(Options::new(dir.path().join("host")))?;
        host.set(|settings| settings.flood = None);
        let line = if setup.over_a_line { Some(Line::to(&host.base_url()).await?) } else { None };
        let (keys, watch) = (KeyStore::in_memory(), Watch::default());
        let home = setup.home.clone().unwrap_or_else(|| dir.path().join("keltas"));
        let app = App::open(Paths::under(home), setup.options(&keys, Face::Window)).await?;
        watch.follow(app.engine().subscribe());
        let address = line.as_ref().map_or_else(|| host.base_url(), Line::address);
        let site = set_up(&app, &address, &host.user_key()).await?;
        let (person, pictures) = (Mutex::default(), AtomicU32::new(0));
        Ok(Self { host, app, site, watch, keys, setup, line, person, pictures, dir })
    }

    /// Where the app keeps its things.
    pub(crate) fn paths(&self) -> Paths {
        Paths::under(self.setup.home.clone().unwrap_or_else(|| self.dir.path().join("keltas")))
    }

    /// A folder for whatever a fault needs besides.
    pub(crate) fn folder(&self) -> &Path {
        self.dir.path()
    }

    /// The line to the host.
    pub(crate) fn line(&self) -> &Line {
        self.line.as_ref().expect("the world was set up over a line")
    }

    /// Closes the app.
    pub(crate) async fn close(&self) {
        self.app.close().await;
    }

    /// Opens the app again.
    pub(crate) async fn open(&mut self) -> Result<()> {
        let app = App::open(self.paths(), self.setup.options(&self.keys, Face::Window)).await?;
        self.take(app);
        Ok(())
    }

    /// Goes on with an app over the same folder.
    pub(crate) fn take(&mut self, app: App) {
        self.watch.follow(app.engine().subscribe());
        self.app = app;
    }

    pub(crate) async fn reopen(&mut self) -> Result<()> {
        self.close().await;
        self.open().await
    }

    /// Ends the host and begins it anew at its address, where another key holds now.
    pub(crate) fn replace_the_key(&mut self) -> Result<()> {
        let (base, folder) = (self.host.base_url(), self.dir.path());
        let port = base.rsplit(':').next().context("a port")?.parse()?;
        let nobody = DemoHost::start(Options::new(folder.join("nobody")))?;
        std::mem::replace(&mut self.host, nobody).stop();
        let key = Some("chv_U_another".to_owned());
        self.host = DemoHost::start(Options { port, key, ..Options::new(folder.join("host")) })?;
        Ok(())
    }

    // ---- pictures ----

    /// New small pictures, each with other bytes.
    pub(crate) fn small(&self, count: usize) -> Result<Vec<PathBuf>> {
        (0..count).map(|_| self.picture("small", 40, 30)).collect()
    }

    /// A new picture of more bytes than a connection swallows unread.
    pub(crate) fn large(&self) -> Result<PathBuf> {
        self.picture("large", 1500, 1200)
    }

    /// A new picture of more bytes than a connection swallows unread although a line is in between.
    pub(crate) fn very_large(&self) -> Result<PathBuf> {
        self.picture("very large", 3000, 2400)
    }

    fn picture(&self, kind: &str, width: u32, height: u32) -> Result<PathBuf> {
        let number = self.pictures.fetch_add(1, Ordering::Relaxed);
        let path = self.dir.path().join("pictures").join(format!("{kind} {number}.png"));
        write(&path, &png(number, width, height)?)?;
        Ok(path)
    }

    // ---- the queue ----

    pub(crate) async fn snapshot(&self) -> Result<Snapshot> {
        Ok(self.app.engine().snapshot().await?)
    }

    /// Adds files and waits until each is looked at.
    pub(crate) async fn add(&self, files: &[PathBuf]) -> Result<Vec<ItemId>> {
        let added = self.app.add_paths(files.to_vec(), Origin::Drop).await;
        ensure!(added.problem.is_none(), "nothing is added: {added:?}");
        self.until("files that are made ready", |snapshot| {
            let mut new = snapshot.items.iter().filter(|item| added.items.contains(&item.id));
            new.all(|item| item.phase != Phase::Preparing).then_some(())
        })
        .await?;
        Ok(added.items)
    }

    /// Adds files and sets them going.
    pub(crate) async fn send(&self, files: &[PathBuf]) -> Result<Vec<ItemId>> {
        let ids = self.add(files).await?;
        self.app.engine().upload(Some(ids.clone())).await?;
        Ok(ids)
    }

    /// Sends that many new small pictures.
    pub(crate) async fn send_small(&self, count: usize) -> Result<Vec<ItemId>> {
        self.send(&self.small(count)?).await
    }

    pub(crate) async fn item(&self, id: ItemId) -> Result<Item> {
        let mut items = self.snapshot().await?.items.into_iter();
        items.find(|item| item.id == id).map(Arc::unwrap_or_clone).context("the item is in the queue")
    }

    /// Waits until the queue is as wished.
    pub(crate) async fn until<T>(&self, what: &str, wish: impl Fn(&Snapshot) -> Option<T>) -> Result<T> {
        let found = until_some(what, async || wish(&self.app.engine().snapshot().await.ok()?)).await;
        match found {
            Ok(found) => Ok(found),
            Err(error) => {
                let Snapshot { items, queue, .. } = self.snapshot().await?;
                let phases: Vec<_> = items.iter().map(|item| (&item.name, &item.phase)).collect();
                Err(error.context(format!("{phases:#?} {queue:#?}")))
            }
        }
    }

    /// Waits until all of these are done.
    pub(crate) async fn done(&self, ids: &[ItemId]) -> Result<()> {
        self.until("files that are done", |snapshot| {
            let mut ours = snapshot.items.iter().filter(|item| ids.contains(&item.id));
            ours.all(|item| matches!(item.phase, Phase::Done { .. })).then_some(())
        })
        .await?;
        // Whoever watches sees it, too, before anybody asks them.
        until("what is shown", async || {
            ids.iter().all(|id| matches!(self.watch.last(*id), Some(Phase::Done { .. })))
        })
        .await
    }

    /// Waits until an item came back from a transfer that did not bring it to the site.
    pub(crate) async fn struck(&self, id: ItemId) -> Result<std::time::Instant> {
        until_some("the fault's end", async || self.watch.struck(id)).await
    }

    // ---- the person ----

    /// Looks on the site for an item with an unknown outcome: it is there, or it is sent again.
    pub(crate) async fn look_and_decide(&self, id: ItemId) -> Result<()> {
        let item = self.item(id).await?;
        let content = item.prepared.context("it was sent, so it was prepared")?.blake3;
        let there = kept(&self.host)?.contains_key(&content);
        if there {
            self.note_found(id);
            self.app.engine().mark_arrived(id, None).await?;
        } else {
            self.asked_twice(id).await?;
            self.app.engine().send_again(id).await?;
        }
        Ok(())
    }

    /// Notes that the person asked for this item's body to be sent although it may be there.
    pub(crate) async fn asked_twice(&self, id: ItemId) -> Result<()> {
        let content = self.item(id).await?.prepared.context("it was sent, so it was prepared")?.blake3;
        self.note_again(&content);
        Ok(())
    }

    /// Notes that the person had this body sent again.
    pub(crate) fn note_again(&self, content: &str) {
        *self.person().again.entry(content.to_owned()).or_default() += 1;
    }

    /// Notes that the person found an item on the site.
    pub(crate) fn note_found(&self, id: ItemId) {
        self.person().found.insert(id);
    }

    /// How often the person sent this body again.
    pub(crate) fn sent_again(&self, content: &str) -> usize {
        self.person().again.get(content).copied().unwrap_or_default()
    }

    /// Whether the person found an item on the site.
    pub(crate) fn found(&self, id: ItemId) -> bool {
        self.person().found.contains(&id)
    }

    fn person(&self) -> std::sync::MutexGuard<'_, Person> {
        self.person.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Sets a site up by its address and key.
pub(crate) async fn set_up(app: &App, address: &str, key: &str) -> Result<SiteId> {
    let choice = SiteChoice::Address { address: address.to_owned(), old_api: false };
    match app.save_site(&choice, key, KeepKey::Keyring).await {
        SaveSite::Saved(facts) => Ok(facts.site.id),
        other => bail!("the site is not set up: {other:?}"),
    }
}

/// Writes a file, and its folder if need be.
pub(crate) fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    fs::create_dir_all(path.parent().context("a file has a folder")?)?;
    Ok(fs::write(path, bytes)?)
}

/// A picture of noise, another one for each number: eight bytes a pixel, which nothing makes fewer.
pub(crate) fn png(number: u32, width: u32, height: u32) -> Result<Vec<u8>> {
    let mut random = fastrand::Rng::with_seed(u64::from(number));
    let mut pixels = vec![0; usize::try_from(width * height * 8)?];
    random.fill(&mut pixels);
    let mut bytes = Cursor::new(Vec::new());
    let encoder = PngEncoder::new_with_quality(&mut bytes, CompressionType::Fast, FilterType::NoFilter);
    image::ImageEncoder::write_image(encoder, &pixels, width, height, image::ExtendedColorType::Rgba16)?;
    Ok(bytes.into_inner())
}
