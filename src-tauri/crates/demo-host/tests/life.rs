//! A file's life on the host: stored, seen, found again after a restart, deleted, expired.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod support;

use std::{fs, time::Duration};

use demo_host::{DemoHost, KeyKind, Moderation, Options, Outcome};
use support::{Scene, samples};

#[test]
fn what_was_sent_is_what_is_stored() {
    let scene = Scene::new(|_| {});
    let album = scene.host.albums().remove(0);
    let sent = samples::png(900, 600);
    let fields = [
        ("title", "Kopos & jūra"),
        ("tags", "sea, dunes"),
        ("album_id", &album.id),
        ("category_id", "1"),
        ("nsfw", "1"),
    ];
    let answer = scene.upload("Neringa.png", &sent, &fields);
    assert_eq!(answer.status, 200, "{}", answer.text());

    let received = scene.host.received().remove(0);
    assert_eq!(received.key, KeyKind::User);
    assert_eq!(received.header("x-api-key"), Some("…"), "the key is not kept");
    assert_eq!(received.field("title"), Some("Kopos & jūra"));
    assert_eq!(received.fields.len(), 5);
    let file = received.file.unwrap();
    assert_eq!(
        (file.name.as_str(), file.mime.as_str(), file.size),
        ("Neringa.png", "image/png", sent.len() as u64)
    );

    let stored = scene.host.stored().remove(0);
    assert_eq!(received.outcome, Outcome::Stored(stored.id.clone()));
    assert_eq!(fs::read(&stored.served).unwrap(), sent);
    assert_eq!(stored.original, stored.served);
    assert_eq!(stored.tags, ["sea", "dunes"]);
    assert_eq!(
        (stored.album.as_deref(), stored.category, stored.nsfw),
        (Some(album.id.as_str()), Some(1), true)
    );

    assert_eq!(scene.get(&answer.path("url")).body, sent);
    let viewer = scene.get(&answer.path("url_viewer"));
    assert_eq!((viewer.status, viewer.header("x-powered-by")), (200, Some("Chevereto 4")));
    assert!(viewer.text().contains("Kopos &amp; jūra") && viewer.text().contains("sea, dunes"));
    let short = scene.get(&answer.path("url_short"));
    assert_eq!((short.status, short.header("location")), (302, Some(answer.image("url_viewer").as_str())));
    for page in ["/", &album.url[scene.host.base_url().len()..]] {
        assert!(scene.get(page).text().contains("Kopos &amp; jūra"), "{page}");
    }
    let image = &answer.json()["image"];
    for (copy, size) in [("medium", (500, 333)), ("thumb", (160, 160))] {
        let url = image[copy]["url"].as_str().unwrap();
        let bytes = scene.get(&url[scene.host.base_url().len()..]).body;
        let picture = image::load_from_memory(&bytes).unwrap();
        assert_eq!((picture.width(), picture.height()), size, "{copy}");
        assert_eq!(image[copy]["size"], bytes.len());
    }
}

#[test]
fn a_picture_on_its_side_is_turned_and_its_bytes_are_kept() {
    let scene = Scene::new(|_| {});
    let sent = samples::exif_jpeg(1200, 900);
    scene.upload("exif.jpg", &sent, &[]);
    let stored = scene.host.stored().remove(0);
    assert_eq!((stored.width, stored.height), (900, 1200));
    assert_eq!(stored.description.as_deref(), Some("My exif description"));
    assert_eq!(fs::read(&stored.original).unwrap(), sent);
    assert_ne!(fs::read(&stored.served).unwrap(), sent);
}

#[test]
fn files_and_keys_outlive_the_process() {
    let dir = tempfile::tempdir().unwrap();
    let mut scene = Scene { host: DemoHost::start(Options::new(dir.path())).unwrap(), dir };
    let answer = scene.upload("a.png", &samples::png(40, 30), &[]);
    let (key, before) = (scene.host.user_key(), scene.host.stored());
    assert!(key.starts_with("chv_") && key.len() > 128);
    let (folder, base) = (scene.dir.path().to_owned(), scene.host.base_url());
    scene.host.stop();
    scene.host = DemoHost::start(Options::new(folder)).unwrap();
    assert_eq!(scene.host.base_url(), base, "links made before still open");
    assert_eq!(scene.host.user_key(), key);
    assert_eq!(scene.host.stored().len(), before.len());
    assert_eq!(scene.host.stored()[0].id, before[0].id);
    let path = answer.path("url");
    assert_eq!(scene.get(&path).body, samples::png(40, 30));
}

#[test]
fn expired_files_go() {
    let scene = Scene::new(|_| {});
    let answer = scene.upload("a.png", &samples::png(30, 20), &[("expiration", "PT1H")]);
    let served = scene.host.stored()[0].served.clone();
    scene.host.advance(Duration::from_secs(3_590));
    assert_eq!(scene.get(&answer.path("url_viewer")).status, 200);
    scene.host.advance(Duration::from_secs(20));
    assert_eq!(scene.get(&answer.path("url_viewer")).status, 404);
    assert!(!served.exists());
}

#[test]
fn what_waits_for_approval_is_not_shown() {
    let scene = Scene::new(|settings| settings.moderation = Moderation::Everyone);
    let answer = scene.upload("a.png", &samples::png(30, 20), &[]);
    assert_eq!(scene.get(&answer.path("url_viewer")).status, 403);
    assert!(scene.get("/").text().contains("Nothing is stored here yet"));
    let id = answer.image("id_encoded");
    assert!(scene.host.approve(&id));
    assert!(!scene.host.approve(&id), "once is enough");
    assert_eq!(scene.get(&answer.path("url_viewer")).status, 200);
    let deleted = scene.get(&answer.path("delete_url"));
    assert_eq!(deleted.status, 301);
}

#[test]
fn names_never_collide() {
    let scene = Scene::new(|_| {});
    std::thread::scope(|threads| {
        for size in 1..=8 {
            let scene = &scene;
            threads
                .spawn(move || assert_eq!(scene.upload("same.png", &samples::png(size, 9), &[]).status, 200));
        }
    });
    let paths: std::collections::BTreeSet<_> =
        scene.host.stored().into_iter().map(|stored| stored.served).collect();
    assert_eq!(paths.len(), 8);
}

#[test]
fn the_upload_page_tells_limits_and_categories() {
    let scene = Scene::new(|_| {});
    let page = scene.get("/upload").text();
    for words in [
        "max_filesize: \"10 MB\"",
        "threads: \"2\"",
        "name=\"upload-category-id\"",
        "<option value=\"1\">Nature",
    ] {
        assert!(page.contains(words), "{words}");
    }
    assert!(scene.get("/settings/api").text().contains(&scene.host.user_key()));
}
