//! The opening of every test: a demo host, a client, a site with the user's key, and small pictures to send.

use anyhow::{Context, Result};
use bytes::Bytes;
use chevereto::{
    ApiKey, BaseUrl, Client, ClientOptions, Error, FetchError, Fields, Image, Progress, Site, Source, Upload,
};
use demo_host::{DemoHost, Options, Received, Settings, Stored};
use std::{
    fs,
    io::Cursor,
    path::{Path, PathBuf},
    sync::atomic::{AtomicU32, Ordering},
    time::Duration,
};
use tempfile::TempDir;
use url::Url;

/// The width of [`png`], in pixels.
pub(crate) const WIDTH: u32 = 40;

/// A host and whoever uploads to it.
pub(crate) struct World {
    pub(crate) host: DemoHost,
    pub(crate) client: Client,
    pub(crate) site: Site,
    pub(crate) key: ApiKey,
    pub(crate) dir: TempDir,
    opened: AtomicU32,
}

impl World {
    /// A host with the settings of a fresh install.
    pub(crate) fn new() -> Result<Self> {
        Self::start(|_| {})
    }

    /// A host with settings of its own.
    pub(crate) fn with(change: impl FnOnce(&mut Settings)) -> Result<Self> {
        Self::start(|options| change(&mut options.settings))
    }

    /// A host that is started in a way of its own.
    pub(crate) fn start(change: impl FnOnce(&mut Options)) -> Result<Self> {
        let dir = tempfile::tempdir()?;
        let mut options = Options::new(dir.path().join("host"));
        change(&mut options);
        let host = DemoHost::start(options)?;
        let site = Site::new(BaseUrl::parse(&host.base_url())?);
        let key = ApiKey::parse(&host.user_key())?;
        let client = Client::new(&ClientOptions::default())?;
        Ok(Self { host, client, site, key, dir, opened: AtomicU32::new(0) })
    }

    /// Uploads with the administrator's key from here on.
    pub(crate) fn as_admin(&mut self) -> Result<()> {
        self.key = ApiKey::parse(&self.host.admin_key())?;
        Ok(())
    }

    /// Uploads with the site's public key from here on.
    pub(crate) fn as_guest(&mut self) -> Result<()> {
        self.key = ApiKey::parse(&self.host.guest_key())?;
        Ok(())
    }

    /// Uploads with the user's key from here on.
    pub(crate) fn as_user(&mut self) -> Result<()> {
        self.key = ApiKey::parse(&self.host.user_key())?;
        Ok(())
    }

    /// One upload.
    pub(crate) async fn send(&self, source: Source, fields: Fields) -> Result<Image, Error> {
        self.client.upload(&self.site, &self.key, Upload { source, fields }, |_| {}).await
    }

    /// One upload of [`picture`], about which nothing is said.
    pub(crate) async fn upload(&self, number: u32) -> Result<Image, Error> {
        self.send(picture(number), Fields::default()).await
    }

    /// The latest request.
    pub(crate) fn received(&self) -> Result<Received> {
        self.host.received().pop().context("a request arrived")
    }

    /// The file that came last.
    pub(crate) fn stored(&self) -> Result<Stored> {
        self.host.stored().pop().context("a file is kept")
    }

    /// What someone finds who opens a link.
    pub(crate) async fn open(&self, link: Option<&str>) -> Result<Result<Vec<u8>, FetchError>> {
        let url = Url::parse(link.context("there is such a link")?)?;
        let number = self.opened.fetch_add(1, Ordering::Relaxed);
        let path = self.dir.path().join(format!("opened {number}"));
        let fetched = self.client.fetch(&url, u64::MAX, &path, |_: Progress| ()).await;
        Ok(match fetched {
            Ok(_) => Ok(fs::read(path)?),
            Err(error) => Err(error),
        })
    }
}

/// A client that tells silence as such after a moment, so that no test of it waits for minutes.
pub(crate) fn impatient() -> Result<Client> {
    let options = ClientOptions {
        stall_timeout: Duration::from_secs(2),
        answer_timeout: Duration::from_secs(2),
        ..ClientOptions::default()
    };
    Ok(Client::new(&options)?)
}

/// A small picture, another one for each number.
pub(crate) fn png(number: u32) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    let paint = |x: u32, y: u32| image::Rgb([x * 5, y * 7, number * 9].map(|part| part.to_le_bytes()[0]));
    let picture = image::RgbImage::from_fn(WIDTH, 30, paint);
    picture.write_to(&mut bytes, image::ImageFormat::Png).expect("it is made in memory");
    bytes.into_inner()
}

/// [`png`] as a source.
pub(crate) fn picture(number: u32) -> Source {
    named(number, &format!("picture {number}.png"))
}

/// [`png`] under this name.
pub(crate) fn named(number: u32, name: &str) -> Source {
    bytes(png(number), name, "image/png")
}

/// These bytes as a source.
pub(crate) fn bytes(bytes: impl Into<Bytes>, name: &str, mime: &str) -> Source {
    Source::Bytes { bytes: bytes.into(), name: name.to_owned(), mime: mime.to_owned() }
}

/// A file as a source, of the type that its bytes tell.
pub(crate) fn file(path: &Path) -> Result<Source> {
    let head = fs::read(path)?;
    let name = path.file_name().and_then(|name| name.to_str()).context("a file has a name")?;
    let mime = media::sniff(&head[..head.len().min(media::sniff::HEAD)]).context("a known format")?.mime();
    let len = u64::try_from(head.len())?;
    Ok(Source::File { path: PathBuf::from(path), name: name.to_owned(), mime: mime.to_owned(), len })
}
