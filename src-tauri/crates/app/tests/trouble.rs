//! Bad input and bad days: each gives a sentence at the item that it concerns, and nothing is lost.
#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

mod support;

use std::path::Path;

use app::{KeepKey, KeyPlace, KeyStore, KeyTest, SaveSite, SiteChoice};
use demo_host::Fault;
use engine::{Origin, Phase};
use support::{World, files_with, open, png};

#[tokio::test(flavor = "multi_thread")]
async fn files_that_cannot_be_sent_say_why_and_the_rest_goes_on() {
    let world = World::new().await;
    let missing = world.folder.path().join("pictures/gone.png");
    let paths = [
        world.write("good.png", &png(20, 20, 1)),
        missing,
        world.write("empty.png", b""),
        world.write("notes.png", b"just some words"),
        world.write("drawing.svg", b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
        world.write("paper.pdf", b"%PDF-1.7 and so on"),
    ];
    world.drop_files(&paths).await;
    let items = world.app.engine().snapshot().await.unwrap().items;
    let reasons: Vec<&str> = items
        .iter()
        .map(|item| match &item.phase {
            Phase::Refused { problem } => problem.code.as_str(),
            _ => "ready",
        })
        .collect();
    assert_eq!(reasons, ["ready", "file-missing", "file-empty", "not-a-picture", "drawing", "document"]);
    world.upload().await;
    assert_eq!(world.host.stored().len(), 1);
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_may_not_be_read_says_so() {
    use std::os::unix::fs::PermissionsExt;
    let world = World::new().await;
    let path = world.write("secret.png", &png(20, 20, 1));
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o000)).unwrap();
    if std::fs::read(&path).is_ok() {
        // Whoever may read everything has no such file.
        return;
    }
    let ids = world.drop_files(&[path]).await;
    let phase = world.item(ids[0]).await.phase;
    assert!(matches!(&phase, Phase::Refused { problem } if problem.code == "file-unreadable"), "{phase:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_key_stops_the_site_and_keeps_the_items() {
    let wrong = format!("chv_9_{}", "0".repeat(128));
    let world = World::with(KeyStore::in_memory(), KeepKey::Session, Some(&wrong)).await;
    let ids = world
        .drop_files(&[world.write("a.png", &png(20, 20, 2)), world.write("b.png", &png(20, 20, 3))])
        .await;
    world.app.engine().upload(None).await.unwrap();
    let pause = world.until(|snapshot| snapshot.queue.site_pauses.first().cloned()).await;
    assert_eq!((pause.problem.code.as_str(), pause.not_before), ("key-refused", None));
    assert!(pause.problem.args["said"].contains("Invalid API key"));
    for id in &ids {
        assert!(world.item(*id).await.phase.is_pending(), "it waits for the right key");
    }
    let choice = SiteChoice::Known(world.site);
    assert!(matches!(world.app.test_key(&choice, &wrong).await, KeyTest::NotAccepted(_)));
    let saved = world.app.save_site(&choice, &world.host.user_key(), KeepKey::Session).await;
    assert!(matches!(saved, SaveSite::Saved(_)), "{saved:?}");
    world.until(|snapshot| snapshot.queue.batch.is_none().then_some(())).await;
    assert_eq!(world.host.stored().len(), 2, "both went with the right key");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_is_no_json_leaves_the_outcome_unknown() {
    let world = World::new().await;
    world.host.play(Fault::PhpWarning);
    let ids = world
        .drop_files(&[world.write("a.png", &png(20, 20, 4)), world.write("b.png", &png(20, 20, 5))])
        .await;
    world.upload().await;
    let phases = [world.item(ids[0]).await.phase, world.item(ids[1]).await.phase];
    let unknown = phases.iter().filter(
        |phase| matches!(phase, Phase::Unknown { problem, .. } if problem.code == "unknown-unreadable"),
    );
    assert_eq!(unknown.count(), 1, "{phases:?}");
    assert!(phases.iter().any(|phase| matches!(phase, Phase::Done { .. })), "the other one went on");
    assert_eq!(
        world.host.received().iter().filter(|request| request.file.is_some()).count(),
        2,
        "none twice"
    );
    let report = world.app.report().await.unwrap();
    assert!(
        report.contains("unknown, it may have arrived") && report.contains("[folder removed]/"),
        "{report}"
    );
    assert!(!report.contains(&*world.folder.path().to_string_lossy()), "{report}");
    assert!(!report.contains(&world.host.user_key()), "{report}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_host_that_is_down_leaves_the_files_waiting() {
    let world = World::new().await;
    let ids = world.drop_files(&[world.write("a.png", &png(20, 20, 6))]).await;
    let World { folder, host, app, site } = world;
    host.stop();
    let host = demo_host::DemoHost::start(demo_host::Options::new(folder.path().join("other"))).unwrap();
    let world = World { folder, host, app, site };
    world.app.engine().upload(None).await.unwrap();
    let pause = world.until(|snapshot| snapshot.queue.site_pauses.first().cloned()).await;
    assert_eq!(pause.problem.code, "connect");
    assert!(pause.not_before.is_some(), "it goes on by itself");
    assert!(world.item(ids[0]).await.phase.is_pending());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_limit_that_the_site_told_is_known_from_then_on() {
    let world = World::new().await;
    world.host.set(|settings| settings.max_file_size = 1_000);
    let ids = world
        .drop_files(&[world.write("a.png", &png(300, 300, 7)), world.write("b.png", &png(9, 9, 8))])
        .await;
    world.upload().await;
    let phase = world.item(ids[0]).await.phase;
    assert!(
        matches!(&phase, Phase::Failed { problem, .. } if problem.code.starts_with("too-big")),
        "{phase:?}"
    );
    assert!(matches!(world.item(ids[1]).await.phase, Phase::Done { .. }));
    // What was learned is saved beside the queue.
    let max = loop {
        if let Some(max) = world.app.sites().await.unwrap()[0].site.max_size {
            break max;
        }
        tokio::task::yield_now().await;
    };
    assert!(max < std::fs::metadata(world.folder.path().join("pictures/a.png")).unwrap().len());
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_keyring_the_key_is_offered_for_this_session() {
    let world = World::with(KeyStore::absent(), KeepKey::Session, None).await;
    let choice = SiteChoice::Known(world.site);
    let saved = world.app.save_site(&choice, &world.host.user_key(), KeepKey::Keyring).await;
    assert!(matches!(&saved, SaveSite::NoKeyring(problem) if problem.code == "keyring-none"), "{saved:?}");
    world.drop_files(&[world.write("a.png", &png(20, 20, 9))]).await;
    world.upload().await;
    assert_eq!(world.host.stored().len(), 1);
    world.app.close().await;
    let data = world.folder.path().join("data");
    drop(world.app);
    let again = open(&data, KeyStore::absent()).await;
    assert_eq!(again.sites().await.unwrap()[0].key, KeyPlace::Missing, "the next start asks again");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_key_is_nowhere_on_disk() {
    for keep in [KeepKey::Keyring, KeepKey::Session] {
        let world = World::with(KeyStore::in_memory(), keep, None).await;
        let guard = app::log::start(world.app.paths());
        world.drop_files(&[world.write("a.png", &png(20, 20, 10))]).await;
        world.upload().await;
        world.app.report().await.unwrap();
        world.app.close().await;
        drop(guard);
        let key = world.host.user_key();
        let secret = key.rsplit('_').next().unwrap();
        let data = world.folder.path().join("data");
        assert_eq!(files_with(&data, secret.as_bytes()), Vec::<std::path::PathBuf>::new());
        assert_ne!(files_with(&data, b"a.png"), Vec::<std::path::PathBuf>::new(), "the search works");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_keyring_keeps_a_key_over_a_restart() {
    let keys = KeyStore::in_memory();
    let world = World::with(keys.clone(), KeepKey::Keyring, None).await;
    world.app.close().await;
    drop(world.app);
    let app = open(&world.folder.path().join("data"), keys).await;
    assert_eq!(app.test_key(&SiteChoice::Known(world.site), "").await, KeyTest::Accepted);
    app.remove_site(world.site).await.unwrap();
    let choice = SiteChoice::Address { address: world.host.base_url(), old_api: false };
    let gone = app.adopt_site(&choice).await.unwrap_err();
    assert_eq!(gone.code, "key-missing", "the key went with the site");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_demo_host_is_back_at_its_address_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let app = open(folder.path(), KeyStore::absent()).await;
    app.use_demo().await.unwrap();
    let before = app.sites().await.unwrap().remove(0);
    assert_eq!((before.key, before.albums.is_empty()), (KeyPlace::Demo, false));
    assert_eq!(app.test_key(&SiteChoice::Demo, "").await, KeyTest::Accepted);
    app.close().await;
    drop(app);
    let app = open(folder.path(), KeyStore::absent()).await;
    let after = app.sites().await.unwrap().remove(0);
    assert_eq!(after.site.base, before.site.base);
    assert_eq!(app.test_key(&SiteChoice::Known(after.site.id), "").await, KeyTest::Accepted);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_site_nothing_is_taken_in() {
    let folder = tempfile::tempdir().unwrap();
    let app = open(folder.path(), KeyStore::absent()).await;
    let added = app.add_paths(vec![Path::new("/nowhere.png").to_owned()], Origin::Drop).await;
    assert_eq!(added.problem.unwrap().code, "no-site");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_is_open_in_one_process_only() {
    let folder = tempfile::tempdir().unwrap();
    let _app = open(folder.path(), KeyStore::absent()).await;
    let paths = app::Paths::under(folder.path());
    let second = app::App::open(paths, app::Options { keys: KeyStore::absent(), ..Default::default() }).await;
    assert!(matches!(second, Err(app::OpenError::InUse)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_with_ten_thousand_entries_gives_its_pictures() {
    let world = World::new().await;
    for number in 0..9_990 {
        world.write(&format!("big/notes-{number}.txt"), b"words");
    }
    for number in 0..10 {
        world.write(&format!("big/sub/picture-{number}.png"), &png(20, 20, number));
    }
    let mut events = world.app.events();
    let added = world.app.add_paths(vec![world.folder.path().join("pictures/big")], Origin::Drop).await;
    assert_eq!((added.added, added.refused, added.skipped), (10, 0, 9_990));
    assert!(matches!(events.recv().await, Ok(app::AppEvent::Intake { .. })), "it tells how far it is");
    let names: Vec<String> =
        world.app.engine().snapshot().await.unwrap().items.iter().map(|item| item.name.clone()).collect();
    assert_eq!((names[0].as_str(), names[9].as_str()), ("picture-0.png", "picture-9.png"));
}
