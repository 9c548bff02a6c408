//! From a dropped file to its links, against a real host.
#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

mod support;

use app::{LinkForm, LinkFormat, LinkKind, Pasted, Privacy};
use engine::{Album, Deletion, OptionsPatch, Origin, Phase, TagsPatch, Wish};
use secrecy::ExposeSecret;
use support::{World, jpeg, jpeg_with_place, png};

#[tokio::test(flavor = "multi_thread")]
async fn a_dropped_picture_arrives_as_it_was_shaped() {
    let world = World::new().await;
    let bytes = png(640, 480, 1);
    let path = world.write("Šaltibarščiai 🍲 nr 1.png", &bytes);
    let ids = world.drop_files(std::slice::from_ref(&path)).await;
    let album = world.host.albums().into_iter().find(|album| album.own).unwrap();
    let patch = OptionsPatch {
        title: Some(Some("Pink soup".to_owned())),
        description: Some(Some("With beetroot".to_owned())),
        tags: Some(TagsPatch::Set(vec!["soup".to_owned(), "pink".to_owned()])),
        album: Some(Wish::Some(Album { id: album.id.clone(), name: album.name })),
        category: Some(Wish::Some(world.host.categories()[0].0)),
        expiration: Some(Wish::Some("P2W".to_owned())),
        width: Some(Some(320)),
        nsfw: Some(Some(true)),
        convert: None,
    };
    world.app.engine().set_options(ids.clone(), patch).await.unwrap();
    world.upload().await;

    let received = world.host.received();
    let request = received.iter().rfind(|request| request.file.is_some()).unwrap();
    assert_eq!(request.target, "/api/1/upload");
    let fields = [
        ("title", "Pink soup".to_owned()),
        ("description", "With beetroot".to_owned()),
        ("tags", "soup,pink".to_owned()),
        ("album_id", album.id.clone()),
        ("category_id", world.host.categories()[0].0.to_string()),
        ("expiration", "P2W".to_owned()),
        ("width", "320".to_owned()),
        ("nsfw", "1".to_owned()),
    ];
    for (name, value) in fields {
        assert_eq!(request.field(name), Some(value.as_str()), "{name}");
    }
    assert_eq!(request.file.as_ref().unwrap().name, "Šaltibarščiai 🍲 nr 1.png");
    let stored = world.host.stored().remove(0);
    assert_eq!(std::fs::read(&stored.original).unwrap(), bytes, "the very bytes");
    assert_eq!(stored.album, Some(album.id));

    let receipt = world.receipt(ids[0]).await;
    assert_eq!(receipt.title.as_deref(), Some("Pink soup"));
    assert_eq!((receipt.width, receipt.notes.len()), (Some(320), 0), "{:?}", receipt.notes);
    assert_eq!(receipt.links.direct.as_deref(), Some(stored.url.as_str()));
    assert_eq!(receipt.deletion, Deletion::Possible);
    let form = LinkForm { format: LinkFormat::Markdown, kind: LinkKind::ThumbnailLinked };
    let links = world.app.render_links(vec![receipt.id], form).await.unwrap();
    let text = links[0].text.clone().unwrap();
    assert!(text.starts_with("[![Pink soup](http") && text.ends_with(&format!("]({})", stored.url_viewer)));
    assert_eq!(std::fs::read(&path).unwrap(), bytes, "the person's file is as it was");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_title_the_file_name_makes_one() {
    let world = World::new().await;
    let ids = world.drop_files(&[world.write("dune_grass-01.png", &png(30, 20, 2))]).await;
    world.upload().await;
    assert_eq!(world.host.stored()[0].title, "dune grass 01");
    assert_eq!(world.receipt(ids[0]).await.title.as_deref(), Some("dune grass 01"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_neutral_name_hides_the_file_s_own_and_the_title_too() {
    let world = World::new().await;
    let ids = world.drop_files(&[world.write("Ona in Nida.png", &png(30, 20, 9))]).await;
    // Also for what was prepared before.
    world.app.change_settings(|settings| settings.neutral_names = true).await.unwrap();
    world.upload().await;
    let stored = &world.host.stored()[0];
    let signs = world.item(ids[0]).await.prepared.unwrap().blake3[..4].to_owned();
    assert_eq!(stored.original_filename, format!("picture-{signs}.png"));
    assert_eq!(stored.title, format!("picture {signs}"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_place_is_taken_out_unless_the_person_keeps_it() {
    let world = World::new().await;
    let bytes = jpeg_with_place(3);
    let path = world.write("place.jpg", &bytes);
    assert!(media::inspect(&path).unwrap().has_location);
    let ids = world.drop_files(std::slice::from_ref(&path)).await;
    let notes = world.item(ids[0]).await.prepared.unwrap().notes;
    assert!(notes.contains(&"removed-location".into()), "{notes:?}");
    world.upload().await;
    assert!(!media::inspect(&world.host.stored()[0].original).unwrap().has_location);
    assert_eq!(std::fs::read(&path).unwrap(), bytes, "the person's file is as it was");

    world.app.change_settings(|settings| settings.privacy = Privacy::Keep).await.unwrap();
    world.drop_files(&[world.write("kept.jpg", &jpeg_with_place(4))]).await;
    world.upload().await;
    assert!(media::inspect(&world.host.stored()[1].original).unwrap().has_location);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stricter_setting_holds_for_files_that_are_ready_already() {
    let world = World::new().await;
    world.app.change_settings(|settings| settings.privacy = Privacy::Keep).await.unwrap();
    world.drop_files(&[world.write("place.jpg", &jpeg_with_place(5))]).await;
    world.app.change_settings(|settings| settings.privacy = Privacy::All).await.unwrap();
    world.upload().await;
    assert!(!media::inspect(&world.host.stored()[0].original).unwrap().has_location);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_was_sent_before_shows_its_old_links() {
    let world = World::new().await;
    let path = world.write("twice.png", &png(20, 20, 6));
    let first = world.drop_files(std::slice::from_ref(&path)).await;
    world.upload().await;
    let receipt = world.receipt(first[0]).await;
    world.app.engine().finish().await.unwrap();
    let second = world.drop_files(&[path]).await;
    assert_eq!(world.item(second[0]).await.phase, Phase::Duplicate { receipt: receipt.id });
    assert_eq!(world.host.stored().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_of_the_clipboard_keeps_its_bytes_and_gets_a_name() {
    let world = World::new().await;
    let bytes = png(50, 40, 7);
    let added = world.app.add_picture(Pasted { png: bytes.clone(), still: false }, Origin::Paste).await;
    assert_eq!(added.added, 1, "{added:?}");
    world.until(|snapshot| (snapshot.items[0].phase == Phase::Ready).then_some(())).await;
    let name = world.item(added.items[0]).await.name;
    assert!(name.starts_with("Screenshot 20") && name.ends_with(".png"), "{name}");
    world.upload().await;
    assert_eq!(std::fs::read(&world.host.stored()[0].original).unwrap(), bytes);
}

#[tokio::test(flavor = "multi_thread")]
async fn addresses_are_fetched_and_then_added() {
    let world = World::new().await;
    world.drop_files(&[world.write("first.png", &png(40, 40, 8))]).await;
    world.upload().await;
    let stored = world.host.stored().remove(0);
    let page = world.host.base_url();
    let fetched = world.app.fetch_urls(vec![stored.url.clone(), page, "ftp://host/x.png".to_owned()]).await;
    let problems: Vec<_> =
        fetched.iter().map(|one| one.problem.as_ref().map(|problem| problem.code.as_str())).collect();
    assert_eq!(problems, [None, Some("not-a-picture"), Some("fetch-address")]);
    world.app.engine().finish().await.unwrap();
    let added = world.app.add_fetched(vec![fetched[0].token.unwrap()]).await;
    assert_eq!(added.items.len(), 1, "{added:?}");
    let id = added.items[0];
    // The same bytes went there a moment ago, and our own record knows it.
    world.until(|snapshot| matches!(snapshot.items[0].phase, Phase::Duplicate { .. }).then_some(())).await;
    assert!(world.item(id).await.owned);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_site_changed_is_noted() {
    let world = World::new().await;
    world.host.set(|settings| settings.expiration = false);
    let ids = world.drop_files(&[world.write("a.png", &png(20, 20, 9))]).await;
    let patch = OptionsPatch { expiration: Some(Wish::Some("P1D".to_owned())), ..OptionsPatch::default() };
    world.app.engine().set_options(ids.clone(), patch).await.unwrap();
    world.upload().await;
    let notes = world.receipt(ids[0]).await.notes;
    assert_eq!(notes.iter().map(|note| note.code.as_str()).collect::<Vec<_>>(), ["note-expiry-none"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upload_is_deleted_from_the_site_on_request() {
    let world = World::new().await;
    let ids = world.drop_files(&[world.write("a.jpg", &jpeg(20, 20, 10))]).await;
    world.upload().await;
    let receipt = world.receipt(ids[0]).await.id;
    let link = world.app.engine().delete_link(receipt).await.unwrap().unwrap();
    assert!(link.expose_secret().contains("/delete/"));
    assert_eq!(world.app.delete_from_site(receipt).await, app::Deleted::Deleted);
    assert!(world.host.stored().is_empty());
    assert!(world.app.engine().delete_link(receipt).await.unwrap().is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn s12_a_site_that_is_not_there_deletes_nothing_and_the_link_is_kept() {
    let world = World::new().await;
    let ids = world.drop_files(&[world.write("a.jpg", &jpeg(20, 20, 10))]).await;
    world.upload().await;
    let receipt = world.receipt(ids[0]).await.id;
    let World { host, app, folder: _folder, .. } = world;
    host.stop();
    let app::Deleted::Failed(problem) = app.delete_from_site(receipt).await else {
        panic!("nobody is there")
    };
    assert_eq!(problem.code, "delete-unreached");
    assert!(app.engine().delete_link(receipt).await.unwrap().is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn why_a_file_has_no_preview_can_be_asked() {
    let world = World::new().await;
    let mut broken = png(300, 200, 3);
    // In the middle of its pixels.
    let middle = broken.len() / 2;
    broken[middle..middle + 20].fill(0xA5);
    let files = [world.write("broken.png", &broken), world.write("whole.png", &png(300, 200, 4))];
    let ids = world.drop_files(&files).await;
    for id in &ids {
        assert_eq!(world.app.why_no_preview(*id).await, None, "nobody has asked for one yet");
        drop(world.app.preview(app::PreviewOf::Item(*id), 192).await);
    }
    let why = world.app.why_no_preview(ids[0]).await.unwrap();
    assert_eq!((why.code.as_str(), why.args["kind"].as_str()), ("preview-damaged", "PNG"));
    assert_eq!(world.app.why_no_preview(ids[1]).await, None, "it has one");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_preview_is_kept_of_what_was_sent() {
    let world = World::new().await;
    let path = world.write("a.png", &png(900, 600, 11));
    let ids = world.drop_files(std::slice::from_ref(&path)).await;
    let preview = world.app.preview(app::PreviewOf::Item(ids[0]), 192).await.unwrap();
    assert!(preview.bytes.len() < std::fs::metadata(&path).unwrap().len() as usize);
    world.upload().await;
    std::fs::remove_file(path).unwrap();
    let receipt = world.receipt(ids[0]).await;
    let kept = receipt.preview_path.unwrap();
    // It is made beside the upload and may be a moment behind it.
    while !kept.exists() {
        tokio::task::yield_now().await;
    }
    assert!(world.app.preview(app::PreviewOf::Receipt(receipt.id), 192).await.is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clip_shows_a_frame_before_and_after_it_was_sent() {
    let world = World::new().await;
    let path = world.write("a.mp4", &media::samples::clip(media::samples::Clip::default()).unwrap());
    let ids = world.drop_files(std::slice::from_ref(&path)).await;
    let preview = world.app.preview(app::PreviewOf::Item(ids[0]), 192).await.unwrap();
    assert_eq!(preview.mime, "image/jpeg");
    world.upload().await;
    let receipt = world.receipt(ids[0]).await;
    let kept = receipt.preview_path.unwrap();
    while !kept.exists() {
        tokio::task::yield_now().await;
    }
    std::fs::remove_file(path).unwrap();
    assert!(world.app.preview(app::PreviewOf::Receipt(receipt.id), 192).await.is_some());
}
