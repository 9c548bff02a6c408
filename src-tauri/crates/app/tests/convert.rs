//! Pictures that are sent as something else: what no site takes, and what a person asked for.
#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

mod support;

use std::io::Cursor;

use engine::{Convert, ItemId, OptionsPatch, Phase};
use image::ImageFormat;
use media::Format;
use support::{World, jpeg_with_place, png};

fn photo(format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    media::samples::landscape(media::samples::Scene::Sea, 7, 320, 200).write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

async fn convert(world: &World, ids: &[ItemId], convert: Option<Convert>) {
    let patch = OptionsPatch { convert: Some(convert), ..OptionsPatch::default() };
    world.app.engine().set_options(ids.to_vec(), patch).await.unwrap();
    world
        .until(|snapshot| snapshot.items.iter().all(|item| item.phase != Phase::Preparing).then_some(()))
        .await;
}

fn jpeg(max_bytes: Option<u64>) -> Option<Convert> {
    Some(Convert { mime: Some("image/jpeg".to_owned()), max_bytes, ..Convert::default() })
}

#[tokio::test(flavor = "multi_thread")]
async fn what_no_site_takes_is_sent_as_something_it_takes() {
    let world = World::new().await;
    let tiff = photo(ImageFormat::Tiff);
    let path = world.write("dune.tif", &tiff);
    world.drop_files(std::slice::from_ref(&path)).await;
    world.upload().await;
    let stored = &world.host.stored()[0];
    assert_eq!((stored.original_filename.as_str(), stored.title.as_str()), ("dune.jpg", "dune"));
    let facts = media::inspect(&stored.original).unwrap();
    assert_eq!((facts.format, facts.dimensions.unwrap().width), (Format::Jpeg, 320));
    assert_eq!(std::fs::read(&path).unwrap(), tiff, "the person's file is as it was");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_is_sent_as_the_person_asks_and_as_it_is_again() {
    let world = World::new().await;
    let path = world.write("place.jpg", &jpeg_with_place(3));
    let ids = world.drop_files(std::slice::from_ref(&path)).await;
    let before = world.item(ids[0]).await.prepared.unwrap();

    let webp = Convert { mime: Some("image/webp".to_owned()), ..Convert::default() };
    convert(&world, &ids, Some(webp)).await;
    let made = world.item(ids[0]).await.prepared.unwrap();
    assert_eq!((made.name.as_str(), &*made.mime), ("place.webp", "image/webp"));
    assert!(made.notes.contains(&"removed-location".into()), "{:?}", made.notes);
    assert_eq!(media::inspect(&made.body).unwrap().format, Format::Webp);
    assert!(!before.body.exists(), "the copy that is not needed any more is gone");

    convert(&world, &ids, None).await;
    let again = world.item(ids[0]).await.prepared.unwrap();
    assert_eq!((again.name.as_str(), again.size), ("place.jpg", before.size));
    assert!(!made.body.exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_is_made_small_enough_and_asks_for_no_width_that_it_has_not() {
    let world = World::new().await;
    let ids = world.drop_files(&[world.write("sea.png", &photo(ImageFormat::Png))]).await;
    let width = OptionsPatch { width: Some(Some(300)), ..OptionsPatch::default() };
    world.app.engine().set_options(ids.clone(), width).await.unwrap();
    convert(&world, &ids, jpeg(Some(3000))).await;
    world.upload().await;
    let stored = &world.host.stored()[0];
    assert!(std::fs::metadata(&stored.original).unwrap().len() <= 3000);
    assert!(stored.width < 300, "it was made smaller than the width that was asked for: {}", stored.width);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_with_a_longest_side_is_made_smaller_if_it_is_larger() {
    let world = World::new().await;
    let (large, small) = (photo(ImageFormat::Jpeg), jpeg_with_place(3));
    let files = [world.write("large.jpg", &large), world.write("small.jpg", &small)];
    let ids = world.drop_files(&files).await;
    let at_most = Convert { max_side: Some(300), ..jpeg(None).unwrap() };
    convert(&world, &ids, Some(at_most)).await;
    world.upload().await;
    let stored = world.host.stored();
    let size = |name: &str| {
        let found = stored.iter().find(|stored| stored.original_filename == name).unwrap();
        (found.width, found.height, std::fs::read(&found.original).unwrap())
    };
    let (width, height, _) = size("large.jpg");
    assert_eq!((width, height), (300, 188));
    let (.., sent) = size("small.jpg");
    let pixels = |bytes: &[u8]| image::load_from_memory(bytes).unwrap();
    assert_eq!(pixels(&sent), pixels(&small), "a small one is sent as it is");
    assert!(sent.len() < small.len(), "but for its place");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_made_says_so_and_can_be_sent_as_it_is() {
    let world = World::new().await;
    let ids = world.drop_files(&[world.write("a.png", &png(40, 30, 1))]).await;
    convert(&world, &ids, jpeg(Some(5))).await;
    let Phase::Refused { problem } = world.item(ids[0]).await.phase else { panic!("it cannot be so small") };
    assert_eq!(problem.code, "does-not-fit");
    convert(&world, &ids, None).await;
    assert_eq!(world.item(ids[0]).await.phase, Phase::Ready);
}
