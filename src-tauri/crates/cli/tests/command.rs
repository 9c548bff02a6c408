//! The command from its arguments to its output, against a real host.
#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

use std::ffi::OsString;
use std::io::Write;
use std::path::Path;
use std::sync::{Arc, Mutex};

use app::{App, KeyStore, Options, Paths};
use cli::{Console, Ending, run_in};
use demo_host::DemoHost;
use l10n::Language;

#[derive(Clone, Default)]
struct Text(Arc<Mutex<Vec<u8>>>);

impl Text {
    fn take(&self) -> String {
        String::from_utf8(std::mem::take(&mut *self.0.lock().unwrap())).unwrap()
    }
}

impl Write for Text {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

struct World {
    folder: tempfile::TempDir,
    host: DemoHost,
    keys: KeyStore,
}

impl World {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let host = DemoHost::start(demo_host::Options::new(folder.path().join("host"))).unwrap();
        Self { folder, host, keys: KeyStore::in_memory() }
    }

    /// Runs a command; its ending, standard output and standard error.
    async fn run(&self, language: Language, args: &[&str]) -> (Ending, String, String) {
        let (out, err) = (Text::default(), Text::default());
        let typed = Some(self.host.user_key());
        let console = Console::new(language, Box::new(out.clone()), Box::new(err.clone()), typed);
        let args = ["keltas"].iter().chain(args).map(OsString::from);
        let options = Options { keys: self.keys.clone(), ..Options::default() };
        let paths = Paths::under(self.folder.path().join("data"));
        let ending = run_in(args, &paths, options, &console).await;
        (ending, out.take(), err.take())
    }

    fn picture(&self, name: &str, seed: u8) -> String {
        let path = self.folder.path().join(name);
        let pixels = image::RgbImage::from_fn(40, 30, |x, y| image::Rgb([seed, x as u8, y as u8]));
        pixels.save(&path).unwrap();
        path.to_string_lossy().into_owned()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn files_in_and_links_out_in_their_order() {
    let world = World::new();
    let site = world.host.base_url();
    let (ending, _, err) = world.run(Language::En, &["key", "set", "--site", &site]).await;
    assert_eq!(ending, Ending::Done, "{err}");
    let (a, b) = (world.picture("a.png", 1), world.picture("b.png", 2));
    let (ending, out, err) =
        world.run(Language::En, &["upload", &b, &a, "--tag", "sea", "--expire", "2w", "--nsfw"]).await;
    assert_eq!(ending, Ending::Done, "{err}");
    let stored = world.host.stored();
    let page = |name: &str| {
        let found = stored.iter().find(|one| one.original_filename == name).unwrap();
        assert!(found.nsfw && found.expires.is_some() && found.tags == ["sea"]);
        found.url_viewer.clone()
    };
    assert_eq!(out.lines().collect::<Vec<_>>(), [page("b.png"), page("a.png")], "{err}");

    let (ending, out, err) =
        world.run(Language::En, &["upload", &a, "--format", "bbcode", "--kind", "full"]).await;
    assert_eq!(ending, Ending::Done, "{err}");
    assert!(err.contains("already on"), "{err}");
    assert!(out.starts_with(&format!("[url={}][img]http", page("a.png"))), "{out}");
    assert_eq!(world.host.stored().len(), 2, "nothing went twice");

    let (_, out, _) = world.run(Language::En, &["sites"]).await;
    assert_eq!(out, format!("* {site}\tkeyring\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_part_that_fails_is_told_and_counted() {
    let world = World::new();
    let site = world.host.base_url();
    world.run(Language::En, &["key", "set", "--site", &site]).await;
    let good = world.picture("good.png", 3);
    let bad = world.folder.path().join("bad.png");
    std::fs::write(&bad, "words").unwrap();
    let (ending, out, err) = world.run(Language::Lt, &["upload", &bad.to_string_lossy(), &good]).await;
    assert_eq!(ending, Ending::Partly, "{err}");
    assert_eq!(out.lines().count(), 1);
    assert!(err.contains("bad.png: Failas nėra nei paveikslėlis"), "{err}");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_key_nothing_is_sent_and_the_way_to_one_is_told() {
    let world = World::new();
    let site = world.host.base_url();
    let (ending, out, err) =
        world.run(Language::En, &["upload", &world.picture("a.png", 4), "--site", &site]).await;
    assert_eq!((ending, out.as_str()), (Ending::Nothing, ""));
    assert!(err.contains("keltas key set --site"), "{err}");
    assert!(world.host.received().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_host_that_is_down_ends_the_command_and_leaves_no_queue() {
    let world = World::new();
    let site = world.host.base_url();
    world.run(Language::En, &["key", "set", "--site", &site]).await;
    let picture = world.picture("a.png", 5);
    let World { folder, host, keys } = world;
    host.stop();
    let world = World {
        host: DemoHost::start(demo_host::Options::new(folder.path().join("other"))).unwrap(),
        folder,
        keys,
    };
    let (ending, out, err) = world.run(Language::En, &["upload", &picture]).await;
    assert_eq!((ending, out.as_str()), (Ending::Nothing, ""), "{err}");
    assert!(err.contains("cannot be reached"), "{err}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_is_forgotten() {
    let world = World::new();
    let site = world.host.base_url();
    world.run(Language::En, &["key", "set", "--site", &site]).await;
    let (ending, _, err) = world.run(Language::En, &["key", "forget", "--site", &site]).await;
    assert_eq!(ending, Ending::Done, "{err}");
    let (ending, _, _) = world.run(Language::En, &["upload", &world.picture("a.png", 6)]).await;
    assert_eq!(ending, Ending::Nothing);
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_arguments_and_wishes_for_help() {
    let world = World::new();
    let (ending, _, err) = world.run(Language::En, &["upload", "a.png", "--expire", "2 savaites"]).await;
    assert_eq!(ending, Ending::Nothing);
    assert!(err.contains("is not a time"), "{err}");
    let (ending, out, _) = world.run(Language::Lt, &["--help"]).await;
    assert_eq!(ending, Ending::Done);
    assert!(out.contains("Įkelti paveikslėlius"), "{out}");
    let (_, out, _) = world.run(Language::En, &["--version"]).await;
    assert_eq!(out, format!("keltas {}\n", env!("CARGO_PKG_VERSION")));
    assert!(!Path::new(world.folder.path()).join("data").exists(), "asking leaves nothing behind");
}

/// The window of the same folder.
async fn window(world: &World) -> App {
    let options = Options { keys: world.keys.clone(), ..Options::default() };
    App::open(Paths::under(world.folder.path().join("data")), options).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_command_and_the_window_at_work_share_one_history() {
    let world = World::new();
    let app = window(&world).await;
    let mut changes = app.engine().subscribe();
    let site = world.host.base_url();
    world.run(Language::En, &["key", "set", "--site", &site]).await;
    let picture = world.picture("a.png", 7);
    let (ending, out, err) = world.run(Language::En, &["upload", &picture]).await;
    assert_eq!(ending, Ending::Done, "{err}");

    app.look_again().await;
    while !matches!(changes.recv().await.unwrap(), engine::Change::History) {}
    let page = app.engine().history(engine::HistoryQuery::default()).await.unwrap();
    let [receipt] = page.receipts.as_slice() else { panic!("one receipt: {page:?}") };
    assert_eq!(receipt.links.viewer.as_deref(), Some(out.trim()));
    assert!(app.engine().delete_link(receipt.id).await.unwrap().is_some());
    let sites = app.sites().await.unwrap();
    assert_eq!((sites[0].site.base.trim_end_matches('/'), sites[0].current), (site.as_str(), false));
    assert!(app.engine().snapshot().await.unwrap().items.is_empty(), "the queues are two");
    app.use_site(sites[0].site.id).await.unwrap();
    let added = app.add_paths(vec![picture.into()], engine::Origin::Drop).await;
    let known = |item: &Arc<engine::Item>| matches!(item.phase, engine::Phase::Duplicate { .. });
    while !app.engine().snapshot().await.unwrap().items.iter().any(known) {
        changes.recv().await.unwrap();
    }
    assert_eq!((added.added, world.host.stored().len()), (1, 1), "nothing went twice");
    app.close().await;
    let empty = |folder: &str| world.folder.path().join("data").join(folder).read_dir().unwrap().count() == 0;
    assert!(empty("lanes") && empty("spool"), "a command leaves nothing behind but its history");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_command_uses_the_demo_host_of_the_window() {
    let world = World::new();
    let app = window(&world).await;
    app.use_demo().await.unwrap();
    let (ending, out, err) = world.run(Language::En, &["upload", &world.picture("a.png", 8)]).await;
    assert_eq!(ending, Ending::Done, "{err}");
    let base = app.sites().await.unwrap()[0].site.base.clone();
    assert!(out.starts_with(&base), "{out} is on {base}");
    app.close().await;
    let (ending, out, err) = world.run(Language::En, &["upload", &world.picture("b.png", 9)]).await;
    assert_eq!(ending, Ending::Done, "it begins one when none runs: {err}");
    assert!(out.starts_with("http://127.0.0.1:"), "{out}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_history_goes_to_a_file_and_comes_back() {
    let world = World::new();
    let site = world.host.base_url();
    world.run(Language::En, &["key", "set", "--site", &site]).await;
    world.run(Language::En, &["upload", &world.picture("a.png", 10), &world.picture("b.png", 11)]).await;
    let at = |name: &str| world.folder.path().join(name).to_string_lossy().into_owned();
    let (json, table) = (at("history.json"), at("history.csv"));
    let (ending, out, err) = world.run(Language::En, &["history", "export", &json, "--delete-links"]).await;
    assert_eq!((ending, out.as_str()), (Ending::Done, ""), "{err}");
    assert!(err.contains("2 uploads exported") && err.contains("whoever has it can delete"), "{err}");
    let (ending, _, err) = world.run(Language::Lt, &["history", "export", &table, "--csv"]).await;
    assert_eq!(ending, Ending::Done, "{err}");
    assert!(err.contains("Eksportuoti 2 įkėlimai") && !err.contains("trynimo"), "{err}");
    let (ending, _, err) = world.run(Language::En, &["history", "export", &json]).await;
    assert_eq!(ending, Ending::Nothing);
    assert!(err.contains("there already"), "{err}");

    let app = window(&world).await;
    app.engine().clear_history(false).await.unwrap();
    let (ending, _, err) = world.run(Language::En, &["history", "import", &table]).await;
    assert_eq!(ending, Ending::Done, "{err}");
    assert!(err.contains("2 uploads imported") && err.contains("delete links: 0"), "{err}");
    let (ending, _, err) = world.run(Language::En, &["history", "import", &json]).await;
    assert_eq!(ending, Ending::Done, "{err}");
    assert!(err.contains("0 uploads imported") && err.contains("delete links: 2"), "{err}");
    let page = app.engine().history(engine::HistoryQuery::default()).await.unwrap();
    assert_eq!(page.receipts.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(), ["a.png", "b.png"]);
    assert!(page.receipts.iter().all(|one| one.deletion == engine::Deletion::Possible));
    app.close().await;

    std::fs::write(&json, "{\"format\": \"keltas-history\", \"version\": 1, \"uploads\": [\n7]}").unwrap();
    let (ending, _, err) = world.run(Language::En, &["history", "import", &json]).await;
    assert_eq!(ending, Ending::Nothing);
    assert!(err.contains("Line 2 of the file"), "{err}");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_keyring_a_command_offers_no_session_that_it_does_not_have() {
    let world = World { keys: KeyStore::absent(), ..World::new() };
    let site = world.host.base_url();
    let (ending, out, err) =
        world.run(Language::En, &["upload", &world.picture("a.png", 6), "--site", &site]).await;
    assert_eq!((ending, out.as_str()), (Ending::Nothing, ""));
    assert!(err.contains("no keyring that is running") && !err.contains("session"), "{err}");
}

#[test]
fn files_are_no_command() {
    let words = |args: &[&str]| args.iter().map(OsString::from).collect::<Vec<_>>();
    assert!(cli::is_command(&words(&["keltas", "upload", "a.png"])));
    assert!(cli::is_command(&words(&["keltas", "--version"])));
    assert!(!cli::is_command(&words(&["keltas", "a.png"])));
    assert!(!cli::is_command(&words(&["keltas"])));
}
