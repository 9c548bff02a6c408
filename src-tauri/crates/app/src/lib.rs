//! The application without a face: what the window and the command line share.
#![doc = include_str!("../README.md")]

mod archive;
mod demo;
mod format;
mod intake;
mod keys;
mod known;
mod lane;
mod limits;
pub mod links;
pub mod log;
mod names;
pub mod notice;
mod options;
mod paths;
mod prepare;
mod previews;
pub mod problem;
mod report;
mod settings;
mod sites;
mod spool;
mod transfer;

use std::sync::{Arc, Mutex, PoisonError};

use chevereto::Client;
use engine::{Clock, Engine, Policy, Ports, Problem, SiteId, SystemClock};
use tokio::sync::{broadcast, mpsc};

pub use archive::{ArchiveForm, Export, Exported, archive_name};
pub use chevereto::{BaseUrl, ClientOptions, Expiration, Proxy};
pub use format::format_label;
pub use intake::{Added, Fetched, Pasted, urls_in};
pub use keys::{KeyStore, KeysError};
pub use lane::Face;
pub use limits::{Rate, SetLimit, SizeUnit, formats, known_refusal};
pub use links::{LinkForm, LinkFormat, LinkKind};
pub use media::Decoder;
pub use names::{default_title, sent_name};
pub use options::{album_id, check_defaults, check_options};
pub use paths::Paths;
pub use prepare::{REMAINS, REMOVED, UPRIGHT, pixels};
pub use previews::{PreviewImage, PreviewOf};
pub use problem::Code;
pub use settings::{OnClose, Privacy, Settings};
pub use sites::{
    Address, Category, Deleted, IMGXIMG, KeepKey, KeyPlace, KeyTest, SaveSite, SiteChoice, SiteFacts, page,
};

/// How many events a slow listener may fall behind.
const BACKLOG: usize = 256;

/// What an application is opened with.
#[derive(Clone)]
pub struct Options {
    /// Where keys are kept.
    pub keys: KeyStore,
    /// How sites are reached: the proxy, the patience, and what the app calls itself towards them, `Keltas/0.1.0`.
    pub client: ClientOptions,
    /// Tells the time by which the queue waits.
    pub clock: Arc<dyn Clock>,
    /// Who works off the queue.
    pub face: Face,
    /// Decodes pictures: by default without a second process, so that some formats have no preview.
    pub decoder: Decoder,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            keys: KeyStore::of_this_system(),
            client: ClientOptions {
                user_agent: concat!("Keltas/", env!("CARGO_PKG_VERSION")).to_owned(),
                ..ClientOptions::default()
            },
            clock: Arc::new(SystemClock),
            face: Face::default(),
            decoder: Decoder::default(),
        }
    }
}

/// Why the application cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The folders cannot be made.
    #[error("the data folder cannot be made")]
    Folders(#[source] std::io::Error),
    /// Another process has the same folder open.
    #[error("the application runs already")]
    InUse,
    /// The database cannot be used.
    #[error("the database cannot be used")]
    Store(#[source] engine::Error),
    /// No client can be made.
    #[error("no connections can be made")]
    Client(#[source] chevereto::ClientError),
}

impl OpenError {
    /// The same as a problem with words.
    #[must_use]
    pub fn problem(&self) -> Problem {
        match self {
            Self::Folders(error) => problem::of_writing(error),
            Self::InUse => Code::StoreBusy.problem(),
            Self::Store(error) => problem::of_engine(error),
            Self::Client(error) => Code::TlsOther.problem().with("detail", error.to_string()),
        }
    }
}

/// What the app tells its faces by itself. What happens in the queue comes from [`Engine::subscribe`].
#[derive(Clone, Debug, PartialEq)]
pub enum AppEvent {
    /// Sites, albums, categories or keys changed.
    Sites,
    /// Settings changed.
    Settings,
    /// Files are being read in.
    Intake {
        /// Files looked at so far.
        seen: usize,
        /// Over.
        done: Option<Added>,
    },
    /// The keyring waits for the person to unlock it; `false` when that is over.
    KeyringWaits(bool),
    /// Something to say that concerns no item.
    Notice(Problem),
}

/// The application. Cheap to clone; it ends with [`App::close`].
#[derive(Clone)]
pub struct App(Arc<Inner>);

struct Inner {
    paths: Paths,
    engine: Engine,
    client: Client,
    keys: Arc<keys::Keys>,
    known: Arc<known::Known>,
    demo: Arc<demo::Demo>,
    previews: previews::Previews,
    intake: intake::Intake,
    /// Held while limits of a site are read, changed and saved.
    limits: tokio::sync::Mutex<()>,
    events: broadcast::Sender<AppEvent>,
    /// What there was to say before anybody could listen.
    early: Mutex<Vec<Problem>>,
    /// Held until the app is closed, whoever still has a clone of it then.
    lane: Mutex<Option<lane::Held>>,
    face: Face,
}

impl App {
    /// Opens the application: makes its folders, opens the queue, starts the demo host if it is one of the sites.
    /// Needs a Tokio runtime. Only one window may have the same folder open; commands may beside it.
    ///
    /// # Errors
    /// [`OpenError`].
    pub async fn open(paths: Paths, options: Options) -> Result<Self, OpenError> {
        paths.create().map_err(OpenError::Folders)?;
        let face = options.face;
        let (held, lane, paths) = lane::take(face, paths)?;
        let (events, _) = broadcast::channel(BACKLOG);
        let client = Client::new(&options.client).map_err(OpenError::Client)?;
        let keys = Arc::new(keys::Keys::new(options.keys, events.clone()));
        let known = Arc::new(known::Known::default());
        let demo = Arc::new(demo::Demo::new(paths.demo_host()));
        let previews = previews::Previews::new(paths.previews(), options.decoder.clone());
        let (learned, learning) = mpsc::unbounded_channel();
        spool::sweep(&paths.spool());
        let ports = Ports {
            transfer: Arc::new(transfer::Carrier {
                client: client.clone(),
                keys: keys.clone(),
                known: known.clone(),
                demo: demo.clone(),
                previews: previews.clone(),
                spool: paths.spool(),
                learned,
                clock: options.clock.clone(),
            }),
            prepare: Arc::new(prepare::Preparer::new(paths.spool(), known.clone(), options.decoder)),
            clock: options.clock,
        };
        let opened = Engine::open(&paths.database(), lane, Policy::default(), ports)
            .await
            .map_err(OpenError::Store)?;
        let intake = intake::Intake::default();
        let app = Self(Arc::new(Inner {
            paths,
            engine: opened.engine,
            client,
            keys,
            known,
            demo,
            previews,
            intake,
            limits: tokio::sync::Mutex::default(),
            events,
            early: Mutex::default(),
            lane: Mutex::new(Some(held)),
            face,
        }));
        app.load().await.map_err(OpenError::Store)?;
        app.listen(learning);
        if let Some(aside) = opened.set_aside {
            let name = aside.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let engine::Recovered { items, receipts } = aside.recovered;
            app.tell_early(
                Code::StoreSetAside
                    .problem()
                    .with("name", name)
                    .with("uploads", receipts.to_string())
                    .with("files", items.to_string()),
            );
        }
        Ok(app)
    }

    /// Stops what runs and saves where it stands.
    pub async fn close(&self) {
        // An engine that has ended already is what was wanted.
        let _ = self.0.engine.close().await;
        self.0.demo.stop().await;
        if self.0.face == Face::Command {
            // What is left in it belongs to the queue, and the next window takes it over.
            let _ = std::fs::remove_dir(self.0.paths.spool());
        }
        self.0.lane.lock().unwrap_or_else(PoisonError::into_inner).take();
    }

    /// The queue, the history and the store.
    #[must_use]
    pub fn engine(&self) -> &Engine {
        &self.0.engine
    }

    /// Where things are kept.
    #[must_use]
    pub fn paths(&self) -> &Paths {
        &self.0.paths
    }

    /// Hears what the app tells from now on.
    #[must_use]
    pub fn events(&self) -> broadcast::Receiver<AppEvent> {
        self.0.events.subscribe()
    }

    /// What there was to say while the app was opened, before anybody could listen. Said once.
    #[must_use]
    pub fn early_notices(&self) -> Vec<Problem> {
        std::mem::take(&mut self.0.early.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// The settings.
    #[must_use]
    pub fn settings(&self) -> Settings {
        self.0.known.settings()
    }

    /// The language to speak.
    #[must_use]
    pub fn language(&self) -> l10n::Language {
        self.settings().language()
    }

    /// Changes settings, saves them and tells of it.
    ///
    /// # Errors
    /// When they cannot be saved; then nothing changed.
    pub async fn change_settings(
        &self,
        change: impl FnOnce(&mut Settings) + Send,
    ) -> Result<Settings, Problem> {
        let mut settings = self.settings();
        change(&mut settings);
        settings.parallel = settings.parallel.clamp(1, 8);
        settings.link_form = settings.link_form.fitting();
        let value = serde_json::to_value(&settings).map_err(|_| Code::Internal.problem())?;
        let engine = &self.0.engine;
        engine.set_setting(settings::KEY, value).await.map_err(|error| problem::of_engine(&error))?;
        engine
            .set_parallel(usize::from(settings.parallel))
            .await
            .map_err(|error| problem::of_engine(&error))?;
        self.0.known.set_settings(settings.clone());
        self.tell(AppEvent::Settings);
        Ok(settings)
    }

    /// Links of receipts in the order of `receipts`.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn render_links(
        &self,
        receipts: Vec<engine::ReceiptId>,
        form: LinkForm,
    ) -> Result<Vec<links::Rendered>, Problem> {
        let receipts = self.0.engine.receipts(receipts).await.map_err(|error| problem::of_engine(&error))?;
        Ok(links::render(&receipts, form))
    }

    /// Takes what transfers learn of a site's limits. Ends with the engine, which holds the other end.
    fn listen(&self, mut learning: mpsc::UnboundedReceiver<(SiteId, limits::Learned)>) {
        let app = Arc::downgrade(&self.0);
        tokio::spawn(async move {
            while let Some((site, learned)) = learning.recv().await {
                let Some(inner) = app.upgrade() else {
                    return;
                };
                App(inner).learn(site, learned).await;
            }
        });
    }

    fn tell_early(&self, problem: Problem) {
        self.0.early.lock().unwrap_or_else(PoisonError::into_inner).push(problem);
    }

    fn tell(&self, event: AppEvent) {
        // Nobody listening is fine: a face that comes later asks for everything anyway.
        let _ = self.0.events.send(event);
    }

    /// Reads settings and sites, which the work of the engine waits for.
    async fn load(&self) -> Result<(), engine::Error> {
        let engine = &self.0.engine;
        let settings = engine.setting(settings::KEY).await?.map(Settings::read).unwrap_or_default();
        engine.set_parallel(usize::from(settings.parallel.clamp(1, 8))).await?;
        self.0.known.set_settings(settings);
        let sites = engine.sites().await?;
        // A command begins it when it goes there.
        if self.0.face == Face::Window && sites.iter().any(|site| site.demo) {
            self.revive_demo().await;
        }
        self.0.known.set_sites(engine.sites().await?);
        engine.changed_elsewhere().await.map(drop)
    }

    /// Takes over what another process has changed meanwhile: sites, settings, history.
    pub async fn look_again(&self) {
        let looked = async {
            if self.0.engine.changed_elsewhere().await? {
                let settings =
                    self.0.engine.setting(settings::KEY).await?.map(Settings::read).unwrap_or_default();
                self.0.known.set_settings(settings);
                self.0.known.set_sites(self.0.engine.sites().await?);
                self.tell(AppEvent::Settings);
                self.tell(AppEvent::Sites);
            }
            Ok::<_, engine::Error>(())
        };
        if let Err(error) = looked.await {
            tracing::warn!(code = error.code(), "what others changed cannot be read");
        }
    }
}
