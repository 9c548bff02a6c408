//! The client against the demo host: what was set arrives exactly, and what arrives is what was sent.

use anyhow::{Context, Result};
use chevereto::{
    AlbumId, ApiKey, BaseUrl, CategoryId, Client, ClientOptions, Deletion, Description, Error, Expiration,
    Fields, KeyCheck, Retry, Site, Source, Tags, Title, Upload,
};
use demo_host::{DemoHost, KeyKind, Options, Outcome};
use std::{
    fs,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};
use tempfile::TempDir;

struct World {
    host: DemoHost,
    client: Client,
    site: Site,
    key: ApiKey,
    files: Vec<PathBuf>,
    _dir: TempDir,
}

impl World {
    fn new() -> Result<Self> {
        let dir = tempfile::tempdir()?;
        let host = DemoHost::start(Options::new(dir.path().join("host")))?;
        let site = Site::new(BaseUrl::parse(&host.base_url())?);
        let key = ApiKey::parse(&host.user_key())?;
        let files = support::samples::write(&dir.path().join("samples"), 3)?;
        Ok(Self { host, client: Client::new(&ClientOptions::default())?, site, key, files, _dir: dir })
    }

    fn source(&self, nth: usize) -> Result<Source> {
        let path = self.files[nth].clone();
        let name = path.file_name().and_then(|name| name.to_str()).context("a sample has a name")?.to_owned();
        Ok(Source::File { len: fs::metadata(&path)?.len(), mime: mime(&path).to_owned(), path, name })
    }

    async fn upload(&self, nth: usize, fields: Fields) -> Result<chevereto::Image, Error> {
        let source = self.source(nth).expect("samples are on disk");
        self.client.upload(&self.site, &self.key, Upload { source, fields }, |_| {}).await
    }
}

fn mime(path: &Path) -> &'static str {
    match path.extension().and_then(|extension| extension.to_str()) {
        Some("jpg") => "image/jpeg",
        Some("gif") => "image/gif",
        _ => "image/png",
    }
}

#[tokio::test]
async fn every_field_arrives_as_it_was_set() -> Result<()> {
    let world = World::new()?;
    let album =
        world.host.albums().into_iter().find(|album| album.own).context("the demo user has an album")?;
    let (category, _) = world.host.categories().into_iter().next().context("the demo host has a category")?;
    let fields = Fields {
        title: Some(Title::parse("Šaltibarščiai 🍲 nr 1")?),
        description: Some(Description::parse("Two lines,\nand \"quotes\" & <signs>.")?),
        tags: Tags::parse("sea, dune grass")?,
        album: Some(AlbumId::parse(&album.id)?),
        category: CategoryId::new(u32::try_from(category)?),
        expiration: Some(Expiration::parse("P2W")?),
        nsfw: Some(true),
        ..Fields::default()
    };
    world.upload(0, fields).await?;
    let received = world.host.received();
    let request = received.last().context("the upload arrived")?;
    assert_eq!(request.key, KeyKind::User);
    assert_eq!(request.field("title"), Some("Šaltibarščiai 🍲 nr 1"));
    assert_eq!(request.field("description"), Some("Two lines,\nand \"quotes\" & <signs>."));
    assert_eq!(request.field("tags"), Some("sea,dune grass"));
    assert_eq!(request.field("album_id"), Some(album.id.as_str()));
    assert_eq!(request.field("category_id"), Some(category.to_string().as_str()));
    assert_eq!(request.field("expiration"), Some("P2W"));
    assert_eq!(request.field("nsfw"), Some("1"));
    let stored = world.host.stored();
    assert_eq!(stored[0].tags, ["sea", "dune grass"]);
    assert_eq!(stored[0].album.as_deref(), Some(album.id.as_str()));
    assert!(stored[0].nsfw && stored[0].expires.is_some());
    Ok(())
}

#[tokio::test]
async fn the_bytes_on_the_host_are_the_bytes_of_the_file_and_every_one_was_counted() -> Result<()> {
    let world = World::new()?;
    for nth in 0..world.files.len() {
        let (sent, total) = (Arc::new(AtomicU64::new(0)), Arc::new(AtomicU64::new(0)));
        let seen = (sent.clone(), total.clone());
        let upload = Upload::new(world.source(nth)?);
        let image = world
            .client
            .upload(&world.site, &world.key, upload, move |progress| {
                seen.0.store(progress.sent, Ordering::Relaxed);
                seen.1.store(progress.total, Ordering::Relaxed);
            })
            .await?;
        assert_eq!(sent.load(Ordering::Relaxed), total.load(Ordering::Relaxed));
        assert!(image.links.viewer.is_some() && image.links.direct.is_some() && image.links.thumb.is_some());
    }
    let stored = world.host.stored();
    assert_eq!(stored.len(), world.files.len());
    for (stored, file) in stored.iter().zip(&world.files) {
        assert!(fs::read(&stored.original)? == fs::read(file)?, "{} changed on its way", file.display());
    }
    Ok(())
}

#[tokio::test]
async fn a_key_is_checked_without_an_upload() -> Result<()> {
    let world = World::new()?;
    assert!(matches!(world.client.check_key(&world.site, &world.key).await?, KeyCheck::Accepted));
    let wrong = ApiKey::parse("chv_wrong_0123456789abcdef")?;
    assert!(matches!(world.client.check_key(&world.site, &wrong).await?, KeyCheck::NotAccepted { .. }));
    assert!(world.host.stored().is_empty());
    Ok(())
}

#[tokio::test]
async fn the_same_picture_twice_is_a_duplicate_that_is_never_sent_again() -> Result<()> {
    let world = World::new()?;
    world.upload(0, Fields::default()).await?;
    let error = world.upload(0, Fields::default()).await.expect_err("the host knows these bytes");
    assert!(matches!(error, Error::Duplicate { .. }), "{error}");
    assert!(matches!(error.retry(), Retry::Never));
    assert!(matches!(world.host.received().last().context("it arrived")?.outcome, Outcome::Refused(101, _)));
    Ok(())
}

#[tokio::test]
async fn what_was_deleted_from_the_site_is_gone() -> Result<()> {
    let world = World::new()?;
    let image = world.upload(0, Fields::default()).await?;
    let link = image.delete.context("the host gives a delete link")?;
    assert_eq!(world.client.delete(&link).await?, Deletion::Deleted);
    assert_eq!(world.client.delete(&link).await?, Deletion::NotThere);
    assert!(world.host.stored().is_empty());
    Ok(())
}
