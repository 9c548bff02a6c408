//! The client against the demo host: what was set arrives exactly, and each refusal and fault is told for what it is.

use anyhow::{Context, Result};
use bytes::Bytes;
use chevereto::{
    AlbumId, Api, ApiKey, Base64, BaseUrl, CategoryId, Client, ClientOptions, Deletion, Description, Error,
    Expiration, Fields, Image, KeyCheck, Period, Retry, Site, Source, Tag, Tags, Title, Unclear, Upload,
};
use demo_host::{DemoHost, Fault, Flood, KeyKind, Mode, Moderation, Options, Outcome};
use std::{
    fs,
    io::Cursor,
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, SystemTime, UNIX_EPOCH},
};
use support::samples;
use tempfile::TempDir;

/// More than the buffers of a connection hold, so that a break in the middle is one.
const LARGE: usize = 64_000_000;

struct World {
    host: DemoHost,
    client: Client,
    site: Site,
    key: ApiKey,
    dir: TempDir,
}

impl World {
    fn new() -> Result<Self> {
        let dir = tempfile::tempdir()?;
        let host = DemoHost::start(Options::new(dir.path().join("host")))?;
        let site = Site::new(BaseUrl::parse(&host.base_url())?);
        let key = ApiKey::parse(&host.user_key())?;
        // Silence is told as such after a moment, so that no test waits for minutes.
        let options = ClientOptions {
            stall_timeout: Duration::from_secs(2),
            answer_timeout: Duration::from_secs(2),
            ..ClientOptions::default()
        };
        Ok(Self { host, client: Client::new(&options)?, site, key, dir })
    }

    async fn send(&self, source: Source, fields: Fields) -> Result<Image, Error> {
        self.client.upload(&self.site, &self.key, Upload { source, fields }, |_| {}).await
    }

    async fn upload(&self, number: u32) -> Result<Image, Error> {
        self.send(picture(number), Fields::default()).await
    }
}

/// A small picture, another one for each number.
fn png(number: u32) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    let paint = |x: u32, y: u32| image::Rgb([x * 5, y * 7, number * 9].map(|part| part.to_le_bytes()[0]));
    let picture = image::RgbImage::from_fn(40, 30, paint);
    picture.write_to(&mut bytes, image::ImageFormat::Png).expect("it is made in memory");
    bytes.into_inner()
}

fn picture(number: u32) -> Source {
    Source::Bytes {
        bytes: png(number).into(),
        name: format!("picture {number}.png"),
        mime: "image/png".to_owned(),
    }
}

fn file(path: PathBuf, name: &str, mime: &str) -> Result<Source> {
    let len = fs::metadata(&path)?.len();
    Ok(Source::File { path, name: name.to_owned(), mime: mime.to_owned(), len })
}

#[tokio::test]
async fn every_field_arrives_as_it_was_set() -> Result<()> {
    let world = World::new()?;
    let album = world.host.albums().into_iter().find(|album| album.own).context("the user has an album")?;
    let (category, _) = world.host.categories().into_iter().next().context("there is a category")?;
    let fields = Fields {
        title: Some(Title::parse("Šaltibarščiai 🍲 nr 1")?),
        description: Some(Description::parse("Two lines,\nand \"quotes\" & <signs>.")?),
        tags: Tags::parse("sea, dune grass")?,
        album: Some(AlbumId::parse(&album.url)?),
        category: CategoryId::new(u32::try_from(category)?),
        expiration: Some(Expiration::parse("P2W")?),
        nsfw: Some(true),
        ..Fields::default()
    };
    let image = world.send(picture(1), fields).await?;
    let received = world.host.received();
    let request = received.last().context("the upload arrived")?;
    assert_eq!(request.key, KeyKind::User);
    assert_eq!((request.method.as_str(), request.target.as_str()), ("POST", "/api/1/upload"));
    for (name, value) in [
        ("title", "Šaltibarščiai 🍲 nr 1"),
        ("description", "Two lines,\nand \"quotes\" & <signs>."),
        ("tags", "sea,dune grass"),
        ("album_id", &album.id),
        ("category_id", &category.to_string()),
        ("expiration", "P2W"),
        ("nsfw", "1"),
    ] {
        assert_eq!(request.field(name), Some(value), "{name}");
    }
    let stored = &world.host.stored()[0];
    assert_eq!(stored.tags, ["sea", "dune grass"]);
    assert_eq!(image.tags, stored.tags);
    assert_eq!(stored.album.as_deref(), Some(album.id.as_str()));
    assert!(stored.nsfw && image.nsfw && stored.expires.is_some());
    Ok(())
}

#[tokio::test]
async fn the_bytes_on_the_host_are_the_bytes_of_the_file_and_every_one_was_counted() -> Result<()> {
    let world = World::new()?;
    let files = samples::write(&world.dir.path().join("samples"), 3)?;
    for path in &files {
        let (sent, total) = (Arc::new(AtomicU64::new(0)), Arc::new(AtomicU64::new(0)));
        let seen = (sent.clone(), total.clone());
        let mime = if path.extension().is_some_and(|extension| extension == "jpg") {
            "image/jpeg"
        } else {
            "image/png"
        };
        let upload = Upload::new(file(path.clone(), "sample", mime)?);
        let progress = move |progress: chevereto::Progress| {
            seen.0.store(progress.sent, Ordering::Relaxed);
            seen.1.store(progress.total, Ordering::Relaxed);
        };
        let image = world.client.upload(&world.site, &world.key, upload, progress).await?;
        assert_eq!(sent.load(Ordering::Relaxed), total.load(Ordering::Relaxed));
        assert!(image.links.viewer.is_some() && image.links.direct.is_some() && image.links.thumb.is_some());
    }
    let stored = world.host.stored();
    assert_eq!(stored.len(), files.len());
    for (stored, file) in stored.iter().zip(&files) {
        assert!(fs::read(&stored.original)? == fs::read(file)?, "{} changed on its way", file.display());
    }
    Ok(())
}

#[tokio::test]
async fn d01_a_file_name_arrives_as_it_is_written() -> Result<()> {
    let world = World::new()?;
    let names = ["Šaltibarščiai 🍲 nr 1.png", "fog & ferry, 100 %.png", "a;b=c.png", "it's “quoted”.png"];
    for (number, name) in (0..).zip(names) {
        let Source::Bytes { bytes, mime, .. } = picture(number) else { unreachable!("it is made of bytes") };
        let image =
            world.send(Source::Bytes { bytes, mime, name: name.to_owned() }, Fields::default()).await?;
        let received = world.host.received();
        let file = received.last().and_then(|one| one.file.clone()).context("a file arrived")?;
        assert_eq!(file.name, name);
        assert_eq!(image.original_filename.as_deref(), Some(name));
        let stored = world.host.stored();
        let stored = stored.last().context("it is kept")?;
        assert_eq!(image.links.viewer.as_ref().map(ToString::to_string), Some(stored.url_viewer.clone()));
        assert_eq!(image.links.direct.as_ref().map(ToString::to_string), Some(stored.url.clone()));
    }
    Ok(())
}

#[tokio::test]
async fn s16_base64_is_a_source_too() -> Result<()> {
    let world = World::new()?;
    let png = png(1);
    world.send(Source::Base64(Base64::encode(&png)), Fields::default()).await?;
    assert!(fs::read(&world.host.stored()[0].original)? == png);
    Ok(())
}

#[tokio::test]
async fn s09_every_kind_of_key_is_checked_without_an_upload() -> Result<()> {
    let world = World::new()?;
    for key in [world.host.user_key(), world.host.admin_key(), world.host.guest_key()] {
        let check = world.client.check_key(&world.site, &ApiKey::parse(&key)?).await?;
        assert_eq!(check, KeyCheck::Accepted);
    }
    let wrong = ApiKey::parse("chv_wrong_0123456789abcdef")?;
    let check = world.client.check_key(&world.site, &wrong).await?;
    assert!(matches!(&check, KeyCheck::NotAccepted { said } if !said.is_empty()), "{check:?}");
    world.host.set(|settings| settings.maintenance = true);
    assert_eq!(world.client.check_key(&world.site, &world.key).await, Err(Error::Maintenance));
    world.host.set(|settings| settings.maintenance = false);
    let elsewhere = Site::new(BaseUrl::parse(&format!("{}/elsewhere", world.host.base_url()))?);
    let check = world.client.check_key(&elsewhere, &world.key).await;
    assert_eq!(check, Err(Error::WrongAddress { status: 404 }));
    assert!(world.host.stored().is_empty());
    Ok(())
}

#[tokio::test]
async fn s14_an_old_site_takes_the_key_as_a_field() -> Result<()> {
    let mut world = World::new()?;
    world.host.set(|settings| settings.mode = Mode::V3);
    world.key = ApiKey::parse(&world.host.guest_key())?;
    world.site.api = Api::Old;
    let image = world.upload(1).await?;
    assert!(image.links.viewer.is_some() && image.size.is_some());
    assert!(world.host.received()[0].header("x-api-key").is_none());
    Ok(())
}

#[tokio::test]
async fn d04_the_same_picture_twice_is_a_duplicate_that_is_never_sent_again() -> Result<()> {
    let world = World::new()?;
    world.upload(1).await?;
    let error = world.upload(1).await.expect_err("the host knows these bytes");
    assert!(matches!(error, Error::Duplicate { .. }), "{error}");
    assert!(matches!(error.retry(), Retry::Never));
    assert!(matches!(world.host.received()[1].outcome, Outcome::Refused(101, _)));
    world.host.advance(Duration::from_secs(25 * 3600));
    world.upload(1).await?;
    Ok(())
}

#[tokio::test]
async fn d10_a_flood_is_a_pause_of_the_whole_site_and_then_over() -> Result<()> {
    let world = World::new()?;
    world.host.set(|settings| settings.flood = Some(Flood { minute: 2, ..Flood::default() }));
    world.upload(1).await?;
    world.upload(2).await?;
    let error = world.upload(3).await.expect_err("two a minute are allowed");
    let Error::Flood { limit, period, .. } = &error else { anyhow::bail!("{error:?}") };
    assert_eq!((*limit, *period), (Some(2), Some(Period::Minute)));
    assert_eq!(error.scope(), chevereto::Scope::Site);
    world.host.advance(Duration::from_secs(61));
    world.upload(3).await?;
    Ok(())
}

#[tokio::test]
async fn d15_what_waits_for_approval_has_no_direct_link() -> Result<()> {
    let world = World::new()?;
    world.host.set(|settings| settings.moderation = Moderation::Everyone);
    let image = world.upload(1).await?;
    assert!(!image.is_approved && image.links.direct.is_none() && image.links.thumb.is_none());
    assert!(image.links.viewer.is_some());
    Ok(())
}

#[tokio::test]
async fn s03_a_redirect_is_not_followed_and_the_key_stays_with_its_site() -> Result<()> {
    let world = World::new()?;
    let other = DemoHost::start(Options::new(world.dir.path().join("other")))?;
    for status in [301, 302, 307, 308] {
        world.host.play(Fault::Redirect { status, to: format!("{}/api/1/upload", other.base_url()) });
        let error = world.upload(1).await.expect_err("it is elsewhere now");
        let to = BaseUrl::parse(&other.base_url())?;
        assert_eq!(error, Error::Moved { to: Some(to) }, "{status}");
    }
    assert!(other.received().is_empty(), "the second origin was called");
    assert!(world.host.stored().is_empty());
    Ok(())
}

#[tokio::test]
async fn s07_tags_that_the_site_would_drop_are_refused_before() -> Result<()> {
    let world = World::new()?;
    let tags = Tags::parse("dune grass, SEA , žuvėdra,x")?;
    let image = world.send(picture(1), Fields { tags, ..Fields::default() }).await?;
    assert_eq!(image.tags, ["dune grass", "SEA", "žuvėdra", "x"]);
    assert!(Tag::parse(&"x".repeat(Tag::MAX_CHARS)).is_ok());
    for bad in ["", " ", "a,b", "x/y", "#x", "0", "...", &"x".repeat(Tag::MAX_CHARS + 1)] {
        assert!(Tag::parse(bad).is_err(), "{bad:?}");
    }
    Ok(())
}

#[tokio::test]
async fn d17_only_times_that_the_site_reads_are_sent() -> Result<()> {
    let world = World::new()?;
    for (number, text) in (0..).zip(Expiration::PRESETS) {
        let expiration = Expiration::parse(text)?;
        let due = expiration.after(SystemTime::now());
        let fields = Fields { expiration: Some(expiration), ..Fields::default() };
        let image = world.send(picture(number), fields).await?;
        let stored = world.host.stored();
        let stored = stored.last().and_then(|one| one.expires).context("it expires")?;
        let due = i64::try_from(due.duration_since(UNIX_EPOCH)?.as_secs())?;
        // A day's and more difference would be another time than the one chosen; clocks and months give a little.
        assert!((stored - due).abs() <= 60, "{text}: {} s off", stored - due);
        let told = image.expires_at.context("the site tells when")?.duration_since(UNIX_EPOCH)?;
        assert_eq!(i64::try_from(told.as_secs())?, stored);
    }
    for bad in ["2 savaites", "P0D", "PT4M", "P2Y", "P", "", "2w", "-P1D", "P1.5D"] {
        assert!(Expiration::parse(bad).is_err(), "{bad:?}");
    }
    Ok(())
}

#[tokio::test]
async fn s10_a_file_that_is_too_big_is_told_the_same_in_three_ways() -> Result<()> {
    let world = World::new()?;
    let limits: [fn(&mut demo_host::Settings); 3] = [
        |settings| settings.max_file_size = 50,
        // With the duplicate check on, this one ends in an incident page that names no cause.
        |settings| (settings.upload_max_filesize, settings.allow_duplicates) = (50, true),
        |settings| settings.post_max_size = 50,
    ];
    for limit in limits {
        world.host.set(limit);
        let error = world.upload(1).await.expect_err("it is larger");
        assert!(matches!(error, Error::TooBig { .. }), "{error:?}");
        world.host.set(|settings| *settings = demo_host::Settings::default());
    }
    assert!(world.host.stored().is_empty());
    Ok(())
}

#[tokio::test]
async fn s12_a_delete_link_deletes_once_and_is_not_printed() -> Result<()> {
    let world = World::new()?;
    let image = world.upload(1).await?;
    let printed = format!("{image:?}");
    let link = image.delete.context("the host gives a delete link")?;
    assert!(!printed.contains(link.expose()) && !format!("{:?}", world.key).contains(world.key.expose()));
    assert_eq!(world.client.delete(&link).await?, Deletion::Deleted);
    assert!(world.host.stored().is_empty());
    assert_eq!(world.client.delete(&link).await?, Deletion::NotThere);
    Ok(())
}

/// What a fault comes to, in a word.
fn named(result: &Result<Image, Error>) -> &'static str {
    match result {
        Ok(image) if image.is_approved => "uploaded",
        Ok(_) => "waits for approval",
        Err(Error::TooBig { .. }) => "too big",
        Err(Error::Maintenance) => "maintenance",
        Err(Error::WrongAddress { status: 404 }) => "wrong address",
        Err(Error::SiteTrouble { status: 500.., .. }) => "trouble",
        Err(Error::Blocked { status: 403 }) => "blocked",
        Err(Error::RateLimited { retry_after: Some(wait) }) if wait.as_secs() == 7 => "in seven seconds",
        Err(Error::RateLimited { retry_after: None }) => "slow down",
        Err(Error::Flood { .. }) => "flood",
        Err(Error::Duplicate { .. }) => "duplicate",
        Err(Error::ConnectionLost { sent, total }) if sent < total => "broken off",
        Err(Error::Stalled { sent, total }) if sent < total => "stands still",
        Err(Error::Unknown { why: Unclear::Silence, .. }) => "unknown: silence",
        Err(Error::Unknown { why: Unclear::Lost, .. }) => "unknown: lost",
        Err(Error::Unknown { why: Unclear::Gateway, .. }) => "unknown: gateway",
        Err(Error::Unknown { why: Unclear::Unreadable, text, .. }) if !text.contains('<') => {
            "unknown: unreadable"
        }
        Err(_) => "something else",
    }
}

#[tokio::test]
async fn s13_each_fault_is_named_for_what_it_is_and_nothing_that_may_be_there_is_sent_again() -> Result<()> {
    let world = World::new()?;
    world.host.set(|settings| settings.flood = None);
    for (number, (fault, name)) in (0..).zip([
        ("status-413-html", "too big"),
        ("html-200-maintenance", "maintenance"),
        ("html-200-php-warning", "unknown: unreadable"),
        ("html-500", "trouble"),
        ("html-404", "wrong address"),
        ("challenge-403", "blocked"),
        ("status-429:7", "in seven seconds"),
        ("status-429", "slow down"),
        ("status-502", "unknown: gateway"),
        ("status-503", "trouble"),
        ("status-504", "unknown: gateway"),
        ("status-524", "unknown: gateway"),
        ("silent-after-body", "unknown: silence"),
        ("reset-after-body", "unknown: lost"),
        ("answer-cut", "unknown: lost"),
        ("json-after-bom", "uploaded"),
        ("json-after-notice", "uploaded"),
        ("slow:20000", "uploaded"),
        ("flood", "flood"),
        ("duplicate", "duplicate"),
        ("approval", "waits for approval"),
        ("garbage", "unknown: unreadable"),
    ]) {
        world.host.play(fault.parse()?);
        let before = world.host.stored().len();
        let result = world.upload(number).await;
        assert_eq!(named(&result), name, "{fault}: {result:?}");
        let kept = world.host.stored().len() > before;
        let again =
            result.as_ref().is_err_and(|error| matches!(error.retry(), Retry::Later | Retry::NotBefore(_)));
        assert!(!(kept && again), "{fault}: kept by the site, and yet to be sent again");
    }
    Ok(())
}

#[tokio::test]
async fn s13_a_connection_that_breaks_or_stalls_in_the_middle_left_nothing_behind() -> Result<()> {
    let world = World::new()?;
    let bytes = Bytes::from(vec![7; LARGE]);
    for (fault, name) in
        [("reset-before", "broken off"), ("reset-mid-body:20", "broken off"), ("stall:20", "stands still")]
    {
        world.host.play(fault.parse()?);
        let source = Source::Bytes { bytes: bytes.clone(), name: "a.mp4".into(), mime: "video/mp4".into() };
        let result = world.send(source, Fields::default()).await;
        assert_eq!(named(&result), name, "{fault}: {result:?}");
        assert!(matches!(result.map(|_| ()).map_err(|error| error.retry()), Err(Retry::Later)), "{fault}");
    }
    assert!(world.host.stored().is_empty());
    Ok(())
}
