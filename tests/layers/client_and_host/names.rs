//! Names: a file's own, and the title made of it or given.

use anyhow::{Context, Result};
use chevereto::{FieldError, Fields, Title};
use image::{DynamicImage, ImageFormat};
use media::samples::{self, Scene};
use std::io::Cursor;

use crate::{
    tap::Tap,
    world::{World, bytes, named, png},
};

/// Each in a way of its own what a form, a header or a path could trip over.
const NAMES: [&str; 14] = [
    "Šaltibarščiai 🍲 nr 1.png",
    "fog & ferry, 100 %.png",
    "a;b=c.png",
    "it's “quoted”.png",
    "\"quoted\".png",
    "ends in a quote\"",
    "100%22.png",
    "UTF-8''a.png",
    "漢字 עברית ไทย.png",
    "e\u{301}.png",
    "👨‍👩‍👧‍👦.png",
    ".hidden",
    "no extension",
    " blanks  around .png ",
];

#[tokio::test]
async fn d01_a_file_name_arrives_as_it_is_written() -> Result<()> {
    let world = World::new()?;
    let long = format!("{}.png", "ž".repeat(125));
    for (number, name) in (0..).zip(NAMES.into_iter().chain([long.as_str()])) {
        let image = world.send(named(number, name), Fields::default()).await?;
        let file = world.received()?.file.context("a file arrived")?;
        assert_eq!(file.name, name);
        assert_eq!(image.original_filename.as_deref(), Some(name));
        assert_eq!(world.stored()?.original_filename, name);
    }
    Ok(())
}

#[tokio::test]
async fn d01_what_no_path_or_header_can_hold_is_taken_out_of_a_name() -> Result<()> {
    let world = World::new()?;
    for (number, (name, arrives)) in (0..).zip([
        ("../../etc/passwd.png", ".._.._etc_passwd.png"),
        ("C:\\photos\\a.png", "C:_photos_a.png"),
        ("ends in a backslash\\", "ends in a backslash_"),
        ("\\\"", "_\""),
        ("a\r\nX-API-Key: other\r\n\r\n.png", "aX-API-Key: other.png"),
        ("nul\0and tab\t.png", "nuland tab.png"),
        ("\r\n", "upload"),
        ("   ", "upload"),
        ("", "upload"),
        (".", "upload"),
        ("..", "upload"),
        (". . .", "upload"),
    ]) {
        world.send(named(number, name), Fields::default()).await?;
        let received = world.received()?;
        assert_eq!(received.file.context("a file arrived")?.name, arrives, "{name:?}");
        assert_eq!(received.fields, [("format".to_owned(), "json".to_owned())], "{name:?}");
    }
    Ok(())
}

/// The site's database holds 255 bytes; the ending of a name says more than its tail.
#[tokio::test]
async fn d01_a_name_that_is_too_long_keeps_its_ending() -> Result<()> {
    let world = World::new()?;
    for (number, (name, arrives)) in (0..).zip([
        (format!("{}.png", "ž".repeat(200)), format!("{}.png", "ž".repeat(125))),
        (format!("{}.png", "🍲".repeat(63)), format!("{}.png", "🍲".repeat(62))),
        ("a".repeat(300), "a".repeat(255)),
        (
            format!("{}.{}", "a".repeat(200), "b".repeat(100)),
            format!("{}.{}", "a".repeat(200), "b".repeat(54)),
        ),
    ]) {
        world.send(named(number, &name), Fields::default()).await?;
        assert_eq!(world.received()?.file.context("a file arrived")?.name, arrives);
    }
    Ok(())
}

#[tokio::test]
async fn d01_the_name_stands_once_in_raw_letters() -> Result<()> {
    let world = World::new()?;
    let tap = Tap::on(&world).await?;
    let upload = chevereto::Upload::new(named(1, "Šaltibarščiai 🍲 nr 1.png"));
    world.client.upload(&tap.site()?, &world.key, upload, |_| {}).await?;
    let sent = tap.text();
    assert_eq!(sent.matches("name=\"source\"; filename=\"Šaltibarščiai 🍲 nr 1.png\"\r\n").count(), 1);
    assert_eq!((sent.matches("filename").count(), sent.matches("name=\"source\"").count()), (1, 1));
    Ok(())
}

#[tokio::test]
async fn d01_every_link_opens_what_was_uploaded() -> Result<()> {
    let world = World::new()?;
    let mut wide = Cursor::new(Vec::new());
    DynamicImage::ImageRgb8(samples::landscape(Scene::Sea, 1, 600, 400))
        .write_to(&mut wide, ImageFormat::Png)?;
    let source = bytes(wide.get_ref().clone(), "Šaltibarščiai 🍲 nr 1.png", "image/png");
    let links = world.send(source, Fields::default()).await?.links;
    let stored = world.stored()?;
    assert_eq!((links.viewer.as_ref(), links.direct.as_ref()), (Some(&stored.url_viewer), Some(&stored.url)));
    assert!(world.open(links.direct.as_deref()).await?? == wide.into_inner());
    for page in [links.viewer, links.short] {
        let page = String::from_utf8(world.open(page.as_deref()).await??)?;
        assert!(page.contains("<h1>Šaltibarščiai 🍲 nr 1</h1>"), "{page}");
    }
    for smaller in [links.medium, links.thumb] {
        let picture = image::load_from_memory(&world.open(smaller.as_deref()).await??)?;
        assert!(picture.width() < 600);
    }
    Ok(())
}

/// Cameras start anew at some number, so this is nothing rare.
#[tokio::test]
async fn d01_pictures_of_one_name_are_two_pictures() -> Result<()> {
    let world = World::new()?;
    for (name, mime) in
        [("IMG_0001.jpg", "image/jpeg"), ("IMG_0001.jpeg", "image/jpeg"), ("a.png", "image/png")]
    {
        for number in [1, 2] {
            let content = match mime {
                "image/png" => png(number),
                _ => {
                    samples::jpeg(&samples::landscape(Scene::Dune, number, 64, name.len().try_into()?), None)?
                }
            };
            let image = world.send(bytes(content.clone(), name, mime), Fields::default()).await?;
            assert!(world.open(image.links.direct.as_deref()).await?? == content, "{name} {number}");
        }
    }
    assert_eq!(world.host.stored().len(), 6);
    Ok(())
}

#[tokio::test]
async fn d01_the_title_that_is_proposed_is_the_one_that_the_site_would_make() -> Result<()> {
    let world = World::new()?;
    for (number, name) in
        (0..).zip(["Šaltibarščiai 🍲 nr 1.png", "dune-grass__above  Nida.jpg", "v1.2.png", ".hidden", "x"])
    {
        world.send(named(number, name), Fields::default()).await?;
        assert_eq!(world.stored()?.title, media::name::title_from(name), "{name}");
    }
    Ok(())
}

#[tokio::test]
async fn s15_what_the_site_reads_as_no_title_cannot_be_sent_as_one() -> Result<()> {
    for blank in ["", "0", " ", " \t\n ", "\u{3000}"] {
        assert_eq!(Title::parse(blank), Err(FieldError::Blank), "{blank:?}");
    }
    assert_eq!(Title::parse(&"ž".repeat(150)), Err(FieldError::TooLong { len: 150, max: 100 }));
    let world = World::new()?;
    for (number, kept) in
        (0..).zip(["00", "0.0", "-", "<b>&amp;</b>", "  inner   blanks  ", &"🍲".repeat(100)])
    {
        let fields = Fields { title: Some(Title::parse(kept)?), ..Fields::default() };
        let image = world.send(named(number, "another name.png"), fields).await?;
        assert_eq!((world.stored()?.title.as_str(), image.title.as_deref()), (kept, Some(kept)));
    }
    Ok(())
}

#[tokio::test]
async fn s15_a_title_that_is_given_wins_over_that_of_the_picture_and_that_over_the_name() -> Result<()> {
    let world = World::new()?;
    for (number, given, kept) in [(1, None, "Vakaras prie marių"), (2, Some("Ferry"), "Ferry")] {
        let photo = titled(number, "Vakaras prie marių")?;
        let fields = Fields { title: given.and_then(|title| Title::parse(title).ok()), ..Fields::default() };
        let image = world.send(bytes(photo, "IMG_2041.jpg", "image/jpeg"), fields).await?;
        assert_eq!((world.stored()?.title.as_str(), image.title.as_deref()), (kept, Some(kept)));
    }
    Ok(())
}

/// A photo with a title as Windows writes it (`XPTitle`, UTF-16).
fn titled(number: u32, title: &str) -> Result<Vec<u8>> {
    let mut photo = samples::jpeg(&samples::landscape(Scene::Dune, number, 64, 48), None)?;
    let text: Vec<u8> = title.encode_utf16().chain([0]).flat_map(u16::to_le_bytes).collect();
    let len = u32::try_from(text.len())?.to_be_bytes();
    // One entry of bytes (type 1), whose value lies at 26, behind the directory.
    let tag = [&b"MM\0*\0\0\0\x08\0\x01\x9C\x9B\0\x01"[..], &len, b"\0\0\0\x1A\0\0\0\0", &text].concat();
    let size = u16::try_from(tag.len() + 8)?.to_be_bytes();
    photo.splice(2..2, [&b"\xFF\xE1"[..], &size, b"Exif\0\0", &tag].concat());
    Ok(photo)
}
