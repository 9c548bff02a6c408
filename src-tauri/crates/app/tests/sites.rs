//! Sites of every kind, as the window meets them: old ones, moved ones, ones with limits.
#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

mod support;

use app::{App, AppEvent, KeepKey, KeyStore, KeyTest, SaveSite, SetLimit, SiteChoice, SizeUnit, album_id};
use demo_host::{DemoHost, Mode, Settings};
use engine::{Phase, SiteId};
use support::{World, open, png};

/// A picture that no site shrinks on the way: large, and taken as it is.
fn large(seed: u8) -> Vec<u8> {
    let pixels = image::RgbImage::from_pixel(1_000, 1_000, image::Rgb([seed, 0, 0]));
    let mut bytes = std::io::Cursor::new(Vec::new());
    pixels.write_to(&mut bytes, image::ImageFormat::Bmp).unwrap();
    bytes.into_inner()
}

fn code(phase: &Phase) -> &str {
    match phase {
        Phase::Failed { problem, .. } | Phase::Refused { problem } | Phase::Unknown { problem, .. } => {
            &problem.code
        }
        Phase::Waiting { problem: Some(problem), .. } => &problem.code,
        _ => "",
    }
}

async fn set_up(app: &App, address: String, old_api: bool, key: &str) -> SiteId {
    match app.save_site(&SiteChoice::Address { address, old_api }, key, KeepKey::Session).await {
        SaveSite::Saved(facts) => facts.site.id,
        other => panic!("{other:?}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn s14_an_old_site_is_used_like_any_other() {
    let folder = tempfile::tempdir().unwrap();
    let options = demo_host::Options {
        settings: Settings { mode: Mode::V3, ..Settings::default() },
        ..demo_host::Options::new(folder.path().join("host"))
    };
    let host = DemoHost::start(options).unwrap();
    let app = open(&folder.path().join("data"), KeyStore::absent()).await;
    let choice = |old_api| SiteChoice::Address { address: host.base_url(), old_api };
    assert_eq!(app.test_key(&choice(true), &host.guest_key()).await, KeyTest::Accepted);
    assert!(matches!(app.test_key(&choice(false), &host.guest_key()).await, KeyTest::NotAccepted(_)));
    let site = set_up(&app, host.base_url(), true, &host.guest_key()).await;
    let world = World { folder, host, app, site };
    let ids = world.drop_files(&[world.write("old.png", &png(30, 20, 1))]).await;
    world.upload().await;
    let receipt = world.receipt(ids[0]).await;
    assert!(receipt.links.viewer.is_some() && receipt.links.direct.is_some(), "{receipt:?}");
    assert_eq!(receipt.deletion, engine::Deletion::Unavailable, "an old site gives no delete link");
    assert!(receipt.approved && receipt.notes.is_empty(), "{:?}", receipt.notes);
    let asked = world.host.received().pop().unwrap();
    assert!(asked.headers.iter().all(|(name, _)| name != "x-api-key"), "the key goes as a field");
}

#[tokio::test(flavor = "multi_thread")]
async fn s03_a_site_that_moved_is_left_alone_and_the_new_address_told() {
    let world = World::new().await;
    world.host.play("redirect:308:https://new.example/gallery/api/1/upload".parse().unwrap());
    let ids = world.drop_files(&[world.write("a.png", &png(30, 20, 1))]).await;
    world.app.engine().upload(None).await.unwrap();
    let pause = world.until(|snapshot| snapshot.queue.site_pauses.first().cloned()).await;
    assert_eq!((pause.problem.code.as_str(), pause.not_before), ("moved-to", None));
    assert_eq!(pause.problem.args["to"], "https://new.example/gallery");
    assert!(world.item(ids[0]).await.phase.is_pending(), "nothing is lost");
    assert_eq!(world.host.stored().len(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn s02_a_pasted_page_leads_to_its_site() {
    let folder = tempfile::tempdir().unwrap();
    let options =
        demo_host::Options { path: "/gallery".into(), ..demo_host::Options::new(folder.path().join("host")) };
    let host = DemoHost::start(options).unwrap();
    let app = open(&folder.path().join("data"), KeyStore::absent()).await;
    let root = host.base_url();
    let typed = |address: String| SiteChoice::Address { address, old_api: false };
    for page in ["/album/curonian-spit.x1", "/image/tiny.a1"] {
        let test = app.test_key(&typed(format!("{root}{page}")), &host.user_key()).await;
        let KeyTest::Moved { to, problem } = test else { panic!("{test:?}") };
        assert_eq!((to.as_str(), problem.code.as_str()), (root.as_str(), "moved-to"), "{page}");
    }
    let bare = root.strip_prefix("http://").unwrap().to_owned();
    let test = app.test_key(&typed(bare), &host.user_key()).await;
    let KeyTest::Moved { to, problem } = test else { panic!("{test:?}") };
    assert_eq!((to.as_str(), problem.code.as_str()), (root.as_str(), "http-only"), "https is tried first");
    assert!(
        host.received()
            .iter()
            .all(|asked| asked.key == demo_host::KeyKind::User || asked.key == demo_host::KeyKind::None)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn s08_an_album_is_taken_in_whatever_form_it_is_pasted() {
    let world = World::new().await;
    let album = world.host.albums().into_iter().find(|album| album.own).unwrap();
    for pasted in
        [album.id.clone(), format!("spit.{}", album.id), album.url.clone(), format!("{}/", album.url)]
    {
        let kept = world.app.save_album(world.site, &pasted, "Spit").await.unwrap();
        assert_eq!((kept.id.as_str(), kept.name.as_str()), (album.id.as_str(), "Spit"), "{pasted}");
    }
    for garbage in ["", "my album", "https://host/", "ąž"] {
        assert_eq!(album_id(garbage).unwrap_err().code, "album-unreadable", "{garbage}");
        assert!(world.app.save_album(world.site, garbage, "x").await.is_err(), "{garbage}");
    }
    assert_eq!(world.app.sites().await.unwrap()[0].albums.len(), 1);
}

/// A limit of the site, how it reads, and what is learned of it.
type Limit = (fn(&mut Settings), &'static str, Option<u64>);

#[tokio::test(flavor = "multi_thread")]
async fn s10_too_big_reads_the_same_in_all_its_ways_and_only_what_was_named_is_learned() {
    let limits: [Limit; 4] = [
        (|site| site.max_file_size = 2_000_000, "too-big-max", Some(2_000_000)),
        (|site| (site.upload_max_filesize, site.allow_duplicates) = (2_000_000, true), "too-big", None),
        (
            |site| (site.upload_max_filesize, site.allow_duplicates) = (2_000_000, false),
            "too-big-likely",
            None,
        ),
        (|site| site.post_max_size = 2_000_000, "too-big", None),
    ];
    for (limit, expected, max_size) in limits {
        let world = World::new().await;
        world.host.set(limit);
        let ids = world.drop_files(&[world.write("large.bmp", &large(1))]).await;
        world.upload().await;
        let phase = world.item(ids[0]).await.phase;
        assert_eq!(code(&phase), expected, "{phase:?}");
        let words = l10n::problem(l10n::Language::En, expected, &args(&phase));
        assert!(words.short.starts_with("Too big for this site"), "{}", words.short);
        assert_eq!(learned(&world, max_size.is_some()).await, max_size, "{expected}");
        assert_eq!(world.host.received().len(), 1, "and it is not sent again by itself");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_person_sets_is_kept_to_and_the_smaller_limit_of_the_site_is_told() {
    let world = World::new().await;
    let largest = |amount: &str| SetLimit::Largest { amount: amount.to_owned(), unit: SizeUnit::Mb };
    world.app.set_limit(world.site, largest("0,5")).await.unwrap();
    let ids = world.drop_files(&[world.write("large.bmp", &large(1))]).await;
    world.upload().await;
    let phase = world.item(ids[0]).await.phase;
    assert_eq!((code(&phase), args(&phase)["max_bytes"].as_str()), ("too-big-own", "500000"));
    assert!(world.host.received().is_empty(), "nothing was sent");

    world.host.set(|settings| settings.max_file_size = 2_000_000);
    world.app.set_limit(world.site, largest("20")).await.unwrap();
    let mut events = world.app.events();
    world.app.engine().retry(ids.clone()).await.unwrap();
    world.until(|snapshot| snapshot.queue.batch.is_none().then_some(())).await;
    assert_eq!(code(&world.item(ids[0]).await.phase), "too-big-max");
    let told = loop {
        if let AppEvent::Notice(problem) = events.recv().await.unwrap() {
            break problem;
        }
    };
    assert_eq!((told.code.as_str(), told.args["own_bytes"].as_str()), ("limit-lower", "20000000"));
    let known = world.app.sites().await.unwrap().remove(0).site;
    assert_eq!((known.max_size, known.own_max_size), (Some(2_000_000), Some(20_000_000)), "neither is lost");

    world.app.set_limit(world.site, largest("")).await.unwrap();
    let known = world.app.sites().await.unwrap().remove(0).site;
    assert_eq!((known.max_size, known.own_max_size), (None, None), "the person may know better");
    assert_eq!(world.app.set_limit(world.site, largest("big")).await.unwrap_err().code, "size-unreadable");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_format_is_refused_and_let_through_again_by_the_person() {
    let world = World::new().await;
    let bmp = |refused| SetLimit::Format { label: "BMP".to_owned(), refused };
    world.app.set_limit(world.site, bmp(true)).await.unwrap();
    let ids = world.drop_files(&[world.write("large.bmp", &large(1))]).await;
    world.upload().await;
    assert_eq!(code(&world.item(ids[0]).await.phase), "format-refused");
    assert!(world.host.received().is_empty(), "nothing was sent");
    world.app.set_limit(world.site, bmp(false)).await.unwrap();
    world.app.engine().retry(ids.clone()).await.unwrap();
    world.until(|snapshot| snapshot.queue.batch.is_none().then_some(())).await;
    assert!(matches!(world.item(ids[0]).await.phase, Phase::Done { .. }));
}

/// The limit that is known of the site; waited for where one is to be learned.
async fn learned(world: &World, some: bool) -> Option<u64> {
    let mut events = world.app.events();
    loop {
        let known = world.app.sites().await.unwrap().remove(0).site.max_size;
        if known.is_some() || !some {
            return known;
        }
        let told = tokio::time::timeout(std::time::Duration::from_secs(30), events.recv()).await;
        drop(told.expect("it is learned"));
    }
}

fn args(phase: &Phase) -> std::collections::BTreeMap<String, String> {
    match phase {
        Phase::Failed { problem, .. } => problem.args.clone(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn d03_what_a_proxy_turned_away_is_known_before_the_next_is_sent() {
    let world = World::new().await;
    world.host.play("status-413-html".parse().unwrap());
    let first = world.drop_files(&[world.write("large.bmp", &large(1))]).await;
    world.upload().await;
    assert_eq!(code(&world.item(first[0]).await.phase), "too-big");
    let again = world
        .drop_files(&[world.write("as large.bmp", &large(2)), world.write("small.png", &png(9, 9, 1))])
        .await;
    world.upload().await;
    assert_eq!(code(&world.item(again[0]).await.phase), "too-big-before");
    assert!(matches!(world.item(again[1]).await.phase, Phase::Done { .. }));
    assert_eq!(world.host.received().len(), 2, "the large one was not sent in vain");
    world.app.forget_limits(world.site).await.unwrap();
    world.app.engine().retry(vec![again[0]]).await.unwrap();
    world.until(|snapshot| snapshot.queue.batch.is_none().then_some(())).await;
    assert!(matches!(world.item(again[0]).await.phase, Phase::Done { .. }), "it takes it now");
}
