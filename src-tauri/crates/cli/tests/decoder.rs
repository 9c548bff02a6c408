//! The program as its own decoder.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use app::{App, Decoder, KeepKey, KeyStore, Options, Paths, PreviewOf, SaveSite, SiteChoice};
use demo_host::DemoHost;
use engine::{Item, Origin, Phase};
use tempfile::TempDir;

const AVIF: &[u8] = include_bytes!("../../media/tests/pictures/quarters.avif");
const OTHER_AVIF: &[u8] = include_bytes!("../../media/tests/pictures/turned.avif");

/// Six tiles, turned, with a place in its EXIF.
const HEIC: &[u8] = include_bytes!("../../media/tests/pictures/scene.heic");

struct World {
    folder: TempDir,
    host: DemoHost,
    app: App,
}

impl World {
    /// An app with a site, whose decoder is the real program.
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let here = folder.path().to_owned();
        let decoder = Decoder::new(move || {
            let mut command = Command::new(env!("CARGO_BIN_EXE_keltas-cli"));
            command.arg("--decode-pictures").env_clear().current_dir(&here);
            command
        });
        Self::with(folder, decoder).await
    }

    async fn with(folder: TempDir, decoder: Decoder) -> Self {
        let options = Options { keys: KeyStore::in_memory(), decoder, ..Options::default() };
        let app = App::open(Paths::under(folder.path().join("data")), options).await.unwrap();
        let host = DemoHost::start(demo_host::Options::new(folder.path().join("host"))).unwrap();
        let choice = SiteChoice::Address { address: host.base_url(), old_api: false };
        let saved = app.save_site(&choice, &host.user_key(), KeepKey::Keyring).await;
        assert!(matches!(saved, SaveSite::Saved(_)), "{saved:?}");
        Self { folder, host, app }
    }

    /// Adds a file and waits until it is ready or refused.
    async fn add(&self, name: &str, bytes: &[u8]) -> Arc<Item> {
        let path = self.folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        let mut changes = self.app.engine().subscribe();
        let id = self.app.add_paths(vec![path], Origin::Drop).await.items[0];
        loop {
            let item = self.app.engine().item(id).await.unwrap().unwrap();
            if item.phase != Phase::Preparing {
                return item;
            }
            changes.recv().await.unwrap();
        }
    }

    /// Uploads what is there, and waits until it is over.
    async fn upload(&self) {
        let mut changes = self.app.engine().subscribe();
        self.app.engine().upload(None).await.unwrap();
        while self.app.engine().snapshot().await.unwrap().queue.batch.is_some() {
            changes.recv().await.unwrap();
        }
    }

    async fn preview(&self, item: &Item) -> Option<&'static str> {
        self.app.preview(PreviewOf::Item(item.id), 192).await.map(|preview| preview.mime)
    }
}

/// The decoders that run in this folder, by their numbers.
fn decoders(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for task in std::fs::read_dir("/proc/self/task").unwrap().flatten() {
        let children = std::fs::read_to_string(task.path().join("children")).unwrap_or_default();
        found.extend(children.split_whitespace().map(str::to_owned));
    }
    // Other tests have theirs elsewhere.
    found.retain(|child| std::fs::read_link(format!("/proc/{child}/cwd")).is_ok_and(|there| there == folder));
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn a_decoder_that_is_killed_costs_one_preview_and_ends_with_the_app() {
    let world = World::new().await;
    let first = world.add("a.avif", AVIF).await;
    assert_eq!(world.preview(&first).await, Some("image/jpeg"));
    let [running] = &decoders(world.folder.path())[..] else { panic!("one is kept") };
    // What it needs at most it has set itself.
    let bounds = std::fs::read_to_string(format!("/proc/{running}/limits")).unwrap();
    let written = bounds.lines().find(|line| line.starts_with("Max file size")).unwrap();
    assert_eq!(written.split_whitespace().nth(3), Some("0"), "{written}");

    assert!(Command::new("kill").args(["-9", running]).status().unwrap().success());
    let second = world.add("b.avif", OTHER_AVIF).await;
    // That it is gone is seen at once, or when it is asked.
    let asked = world.preview(&second).await;
    let again = world.preview(&second).await;
    assert_eq!(asked.or(again), Some("image/jpeg"));
    assert_eq!(decoders(world.folder.path()).len(), 1);

    let World { folder, app, .. } = world;
    app.close().await;
    drop(app);
    // The last of the app's tasks takes them along.
    while !decoders(folder.path()).is_empty() {
        tokio::task::yield_now().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_phone_s_picture_arrives_upright_as_a_jpeg_without_its_place() {
    let world = World::new().await;
    let item = world.add("IMG_2041.heic", HEIC).await;
    let notes = &item.prepared.as_ref().unwrap().notes;
    assert!(notes.iter().any(|note| note == "removed-location"), "{notes:?}");
    assert_eq!(world.preview(&item).await, Some("image/jpeg"));
    world.upload().await;
    let [stored] = &world.host.stored()[..] else { panic!("it is not on the host") };
    assert_eq!((stored.original_filename.as_str(), stored.width, stored.height), ("IMG_2041.jpg", 100, 160));
    let facts = media::inspect(&stored.original).unwrap();
    assert_eq!((facts.format, facts.has_location), (media::Format::Jpeg, false));
    world.app.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_photo_is_sent_upright_when_that_is_asked_for() {
    let world = World::new().await;
    let photo = |seed| {
        let picture = media::samples::landscape(media::samples::Scene::Hills, seed, 640, 480);
        let camera = media::samples::Camera { orientation: 6, place: true };
        media::samples::jpeg(&picture, Some(camera)).unwrap()
    };
    let turned = |item: &Item| {
        let notes = &item.prepared.as_ref().unwrap().notes;
        assert!(notes.iter().any(|note| note == "removed-location"), "{notes:?}");
        notes.iter().any(|note| note == app::UPRIGHT)
    };
    assert!(!turned(&*world.add("as-it-lies.jpg", &photo(1)).await));
    world.app.change_settings(|settings| settings.upright = true).await.unwrap();
    assert!(turned(&*world.add("upright.jpg", &photo(2)).await));
    world.upload().await;
    let stored = world.host.stored();
    for (name, orientation) in
        [("as-it-lies.jpg", media::Orientation::QuarterTurn), ("upright.jpg", media::Orientation::Upright)]
    {
        let stored = stored.iter().find(|stored| stored.original_filename == name).unwrap();
        assert_eq!((stored.width, stored.height), (640, 480), "{name}");
        assert_eq!(media::inspect(&stored.original).unwrap().orientation, orientation, "{name}");
    }
    // What was made in between is not left behind.
    let spool = Paths::under(world.folder.path().join("data")).spool();
    assert_eq!(std::fs::read_dir(spool).unwrap().count(), 0);
    world.app.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_decoder_a_phone_s_picture_says_what_to_do() {
    let world = World::with(tempfile::tempdir().unwrap(), Decoder::default()).await;
    let item = world.add("a.heic", HEIC).await;
    let Phase::Refused { problem } = &item.phase else { panic!("{:?}", item.phase) };
    assert_eq!((problem.code.as_str(), world.preview(&item).await), ("format-unsupported", None));
    world.app.close().await;
}
