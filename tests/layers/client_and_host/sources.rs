//! Where the bytes come from, and what the site is told about their type.

use anyhow::{Context, Result};
use bytes::Bytes;
use chevereto::{
    Api, ApiKey, Asked, Base64, CategoryId, Difference, Error, FieldError, Fields, Format, Image, Progress,
    Retry, Scope, Source, Tags, Title, Unclear, Upload,
};
use demo_host::{KeyKind, Moderation, Outcome};
use media::samples::{self as pictures, Camera, Scene};
use std::{
    fs,
    sync::{Arc, Mutex, PoisonError},
};
use url::Url;

use crate::world::{World, bytes, file, picture, png};

const MP4: &[u8] = b"\0\0\0\x18ftypisom\0\0\x02\0isomiso2";
const MOV: &[u8] = b"\0\0\0\x14ftypqt  \0\0\0\0qt  ";
const WEBM: &[u8] = b"\x1A\x45\xDF\xA3\x87\x42\x82\x84webm";

#[tokio::test]
async fn the_bytes_on_the_host_are_the_bytes_of_the_file_and_every_one_was_counted() -> Result<()> {
    let world = World::new()?;
    for (name, scene) in [
        ("dune-grass.jpg", Scene::Dune),
        ("morning coffee.png", Scene::Coffee),
        ("hills.webp", Scene::Hills),
        ("waves.gif", Scene::Stripes),
        ("chart.bmp", Scene::Chart),
    ] {
        let path = world.dir.path().join(name);
        pictures::write(&path, scene, (64, 48), None)?;
        let counted = Arc::new(Mutex::new(Progress::default()));
        let seen = counted.clone();
        let count = move |progress| *seen.lock().unwrap_or_else(PoisonError::into_inner) = progress;
        let image = world.client.upload(&world.site, &world.key, Upload::new(file(&path)?), count).await?;
        let counted = *counted.lock().unwrap_or_else(PoisonError::into_inner);
        assert_eq!((counted.sent, counted.total), (world.received()?.body_len, counted.sent), "{name}");
        assert!(fs::read(world.stored()?.original)? == fs::read(&path)?, "{name} changed on its way");
        assert!(image.links.viewer.is_some() && image.links.direct.is_some() && image.links.thumb.is_some());
    }
    Ok(())
}

#[tokio::test]
async fn s05_the_part_type_is_that_of_the_bytes_whatever_the_name_says() -> Result<()> {
    let world = World::with(|settings| settings.allow_duplicates = true)?;
    for (name, content, mime) in [
        ("a.mp4", MP4.to_vec(), "video/mp4"),
        ("A.MP4", MP4.to_vec(), "video/mp4"),
        ("clip.webm", WEBM.to_vec(), "video/webm"),
        ("IMG.MOV", MOV.to_vec(), "video/quicktime"),
        ("clip.png", MP4.to_vec(), "video/mp4"),
        ("no extension", WEBM.to_vec(), "video/webm"),
        ("picture.mp4", png(1), "image/png"),
        ("picture.MOV", png(1), "image/png"),
    ] {
        let path = world.dir.path().join(name);
        fs::write(&path, content)?;
        world.send(file(&path)?, Fields::default()).await.with_context(|| name.to_owned())?;
        assert_eq!(world.received()?.file.context("a file arrived")?.mime, mime, "{name}");
        assert_eq!(world.stored()?.mime, mime, "{name}");
    }
    Ok(())
}

#[tokio::test]
async fn s05_a_type_is_sent_in_lower_case_and_a_wrong_one_is_told() -> Result<()> {
    let world = World::new()?;
    world.send(bytes(MP4, "a.mp4", "Video/MP4"), Fields::default()).await?;
    assert_eq!(world.received()?.file.context("a file arrived")?.mime, "video/mp4");
    for (number, (content, mime)) in
        (0..).zip([(Bytes::from(png(1)), "video/mp4"), (WEBM.into(), "image/png"), (MOV.into(), "nonsense")])
    {
        let error =
            world.send(bytes(content, "a", mime), Fields::default()).await.expect_err("it is no such");
        assert!(matches!(error, Error::BadPicture { .. }), "{number} {mime}: {error:?}");
        assert_eq!(error.retry(), Retry::Never);
    }
    assert_eq!(world.host.stored().len(), 1);
    Ok(())
}

#[tokio::test]
async fn s16_base64_is_a_source_too() -> Result<()> {
    let world = World::new()?;
    let png = png(1);
    let fields = Fields { title: Some(Title::parse("From text")?), ..Fields::default() };
    let image = world.send(Source::Base64(Base64::encode(&png)), fields).await?;
    let stored = world.stored()?;
    assert!(fs::read(&stored.original)? == png);
    assert_eq!((stored.title.as_str(), image.title.as_deref()), ("From text", Some("From text")));
    assert!(world.received()?.file.is_none());
    let clip = Source::Base64(Base64::encode(MP4));
    world.send(clip, Fields::default()).await?;
    assert_eq!(world.stored()?.mime, "video/mp4");
    for bad in ["aGk", "-_-_", "data:image/png;base64,aGk="] {
        assert_eq!(Base64::parse(bad), Err(FieldError::Base64), "{bad}");
    }
    assert_eq!(Base64::parse(" \n"), Err(FieldError::Blank));
    Ok(())
}

#[tokio::test]
async fn s16_an_address_is_a_source_for_administrators_by_post_and_by_get() -> Result<()> {
    let mut world = World::with(|settings| settings.url_uploads = true)?;
    let elsewhere = World::new()?;
    let there = Url::parse(&elsewhere.upload(1).await?.links.direct.context("it has one")?)?;
    for key in [world.host.user_key(), world.host.guest_key()] {
        world.key = ApiKey::parse(&key)?;
        for error in by_both(&world, &there, &Fields::default()).await.map(Result::unwrap_err) {
            assert!(matches!(&error, Error::UrlRefused { said } if !said.is_empty()), "{error:?}");
            assert_eq!((error.retry(), error.scope()), (Retry::Never, Scope::Item));
        }
    }
    assert!(world.host.stored().is_empty());

    world.as_admin()?;
    // Signs that an address cannot hold as they are.
    let fields = Fields {
        title: Some(Title::parse("Šaltibarščiai & *co* ~ 100 % = 🍲?")?),
        tags: Tags::parse("dune grass,c++")?,
        ..Fields::default()
    };
    for image in by_both(&world, &there, &fields).await {
        let image = image?;
        assert_eq!(image.title.as_deref(), Some("Šaltibarščiai & *co* ~ 100 % = 🍲?"));
        assert_eq!(image.tags, ["dune grass", "c++"]);
        assert!(fs::read(world.stored()?.original)? == png(1));
    }
    let methods: Vec<_> = world.host.received().into_iter().map(|received| received.method).collect();
    assert_eq!(methods[4..], ["POST", "GET"], "and no redirect in between");
    Ok(())
}

/// The same address by POST and by GET.
async fn by_both(world: &World, there: &Url, fields: &Fields) -> [Result<Image, Error>; 2] {
    [
        world.send(Source::Url(there.clone()), fields.clone()).await,
        world.client.upload_by_get(&world.site.base, &world.key, there, fields).await,
    ]
}

#[tokio::test]
async fn s16_an_address_that_the_site_cannot_fetch_is_told() -> Result<()> {
    let mut world = World::with(|settings| settings.url_uploads = true)?;
    world.as_admin()?;
    let nothing = format!("{}/images/2026/11/25/nothing.png", world.host.base_url());
    for (address, code) in [("https://no-such-host.invalid/a.png", 6), (nothing.as_str(), 22)] {
        for error in by_both(&world, &Url::parse(address)?, &Fields::default()).await.map(Result::unwrap_err)
        {
            assert!(matches!(&error, Error::UrlRefused { said } if !said.is_empty()), "{error:?}");
            assert!(matches!(world.received()?.outcome, Outcome::Refused(told, _) if told == code));
        }
    }
    assert!(world.host.stored().is_empty());
    Ok(())
}

#[tokio::test]
async fn s16_text_gives_the_direct_link_and_tells_refusals_by_their_words() -> Result<()> {
    let world = World::new()?;
    let text = || Fields { format: Format::Txt, ..Fields::default() };
    let image = world.send(picture(1), text()).await?;
    assert_eq!(image.links.direct, Some(world.stored()?.url));
    assert!(image.links.viewer.is_none() && image.delete.is_none());
    let error = world.send(picture(1), text()).await.expect_err("the host knows these bytes");
    assert!(matches!(error, Error::Duplicate { .. }), "{error:?}");
    world.host.set(|settings| settings.moderation = Moderation::Everyone);
    let error = world.send(picture(2), text()).await.expect_err("there is no link yet");
    assert!(matches!(error, Error::Unknown { why: Unclear::Unreadable, .. }), "{error:?}");
    assert_eq!(world.host.stored().len(), 2, "it is on the site, so it is not to be sent again");
    Ok(())
}

#[tokio::test]
async fn s16_a_redirect_gives_the_page_and_is_not_followed() -> Result<()> {
    let world = World::new()?;
    let fields = Fields { format: Format::Redirect, ..Fields::default() };
    let image = world.send(picture(1), fields.clone()).await?;
    let stored = world.stored()?;
    assert_eq!((image.links.viewer, image.id), (Some(stored.url_viewer), Some(stored.id)));
    assert_eq!(world.host.received().len(), 1);
    let error = world.send(picture(1), fields).await.expect_err("the host knows these bytes");
    assert!(matches!(error, Error::Duplicate { .. }), "{error:?}");
    Ok(())
}

#[tokio::test]
async fn s16_a_new_site_takes_the_key_as_a_field_too() -> Result<()> {
    let mut world = World::new()?;
    world.site.api = Api::Old;
    world.upload(1).await?;
    let received = world.received()?;
    assert_eq!((received.key, received.header("x-api-key")), (KeyKind::User, None));
    Ok(())
}

#[tokio::test]
async fn s16_the_date_of_the_file_is_for_administrators() -> Result<()> {
    let mut world = World::new()?;
    let camera = Camera { orientation: 1, place: false };
    let dated = || Fields { use_file_date: true, ..Fields::default() };
    for (number, admin) in [(1, true), (2, false)] {
        if admin {
            world.as_admin()?;
        } else {
            world.as_user()?;
        }
        let photo = pictures::jpeg(&pictures::landscape(Scene::Dune, number, 64, 48), Some(camera))?;
        let upload = Upload { source: bytes(photo, "a.jpg", "image/jpeg"), fields: dated() };
        let asked = Asked::of(&upload);
        let image = world.client.upload(&world.site, &world.key, upload, |_| {}).await?;
        assert_eq!(world.received()?.field("use_file_date"), Some("1"));
        let ignored = asked.differences(&image).contains(&Difference::FileDateIgnored);
        let in_folder = world.stored()?.url.contains("/2026/09/14/");
        assert_eq!((in_folder, ignored), (admin, !admin));
    }
    Ok(())
}

#[tokio::test]
async fn s16_a_category_is_a_number_that_the_site_does_not_look_up() -> Result<()> {
    let world = World::new()?;
    for (number, category) in [(1, 1), (2, 999), (3, u32::MAX)] {
        let fields = Fields { category: CategoryId::new(category), ..Fields::default() };
        let image = world.send(picture(number), fields).await?;
        assert_eq!(world.received()?.field("category_id"), Some(category.to_string().as_str()));
        assert_eq!(
            (image.category, world.stored()?.category),
            (Some(category.into()), Some(category.into()))
        );
    }
    assert_eq!(CategoryId::new(0), None);
    for bad in ["0", "-1", "abc", "1.5", ""] {
        assert_eq!(bad.parse::<CategoryId>(), Err(FieldError::Number), "{bad:?}");
    }
    Ok(())
}
