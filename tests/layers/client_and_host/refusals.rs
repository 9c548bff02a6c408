//! What a site refuses: duplicates, floods, and what is too big; each concerns one upload or the whole site.

use anyhow::Result;
use chevereto::{Api, ApiKey, Base64, Error, Fields, Period, Retry, Scope, Source, Title, Width};
use demo_host::{Flood, Mode, Outcome, Settings};
use media::samples::{self, Camera, Scene};
use std::time::Duration;

use crate::world::{World, bytes, named, picture, png};

#[tokio::test]
async fn d03_one_that_a_proxy_finds_too_big_leaves_the_other_four_alone() -> Result<()> {
    let world = World::new()?;
    for number in 0..5 {
        if number == 2 {
            world.host.play("status-413-html".parse()?);
        }
        match world.upload(number).await {
            Ok(image) => assert!(number != 2 && image.links.direct.is_some()),
            Err(error) => {
                assert_eq!((number, &error), (2, &Error::TooBig { max: None, said: None, certain: true }));
                assert_eq!((error.retry(), error.scope()), (Retry::Never, Scope::Item));
            }
        }
    }
    assert_eq!((world.host.received().len(), world.host.stored().len()), (5, 4));
    Ok(())
}

#[tokio::test]
async fn d04_the_same_bytes_are_a_duplicate_however_they_come() -> Result<()> {
    let mut world = World::new()?;
    let first = world.upload(1).await?;
    let said = || Fields { title: Title::parse("Another").ok(), width: Width::new(20), ..Fields::default() };
    for (source, fields) in [
        (picture(1), Fields::default()),
        (named(1, "another name.png"), Fields::default()),
        (picture(1), said()),
        (Source::Base64(Base64::encode(&png(1))), Fields::default()),
    ] {
        for key in [world.host.user_key(), world.host.guest_key()] {
            world.key = ApiKey::parse(&key)?;
            let error =
                world.send(source.clone(), fields.clone()).await.expect_err("the host knows these bytes");
            assert!(matches!(&error, Error::Duplicate { said } if said == "Duplicated upload"), "{error:?}");
            assert_eq!((error.retry(), error.scope()), (Retry::Never, Scope::Item));
            assert!(matches!(world.received()?.outcome, Outcome::Refused(101, _)));
        }
    }
    assert_eq!(world.host.stored().len(), 1);

    world.as_admin()?;
    world.upload(1).await?;
    world.as_user()?;
    world.host.advance(Duration::from_secs(24 * 3600 + 1));
    let again = world.upload(1).await?;
    assert_ne!(again.links.viewer, first.links.viewer);
    Ok(())
}

#[tokio::test]
async fn d04_what_was_deleted_may_come_again() -> Result<()> {
    let world = World::new()?;
    let link = world.upload(1).await?.delete.expect("a user's upload has one");
    assert!(world.upload(1).await.is_err());
    world.client.delete(&link).await?;
    world.upload(1).await?;
    Ok(())
}

/// The site turned it, so it knows it by what it made of it and finds out later (code 102).
#[tokio::test]
async fn d04_a_photo_that_the_site_turned_is_a_duplicate_too() -> Result<()> {
    let world = World::new()?;
    let camera = Camera { orientation: 6, place: false };
    let photo = samples::jpeg(&samples::landscape(Scene::Dune, 1, 64, 48), Some(camera))?;
    let send = || world.send(bytes(photo.clone(), "IMG_2041.jpg", "image/jpeg"), Fields::default());
    send().await?;
    let error = send().await.expect_err("the host knows these bytes");
    assert!(matches!(error, Error::Duplicate { .. }), "{error:?}");
    assert!(matches!(world.received()?.outcome, Outcome::Refused(102, _)));
    Ok(())
}

#[tokio::test]
async fn d10_a_flood_is_a_pause_of_the_whole_site_and_then_over() -> Result<()> {
    for (flood, period) in [
        (Flood { minute: 2, ..Flood::default() }, Period::Minute),
        (Flood { hour: 2, ..Flood::default() }, Period::Hour),
        (Flood { day: 2, ..Flood::default() }, Period::Day),
        (Flood { week: 2, ..Flood::default() }, Period::Week),
        (Flood { month: 2, ..Flood::default() }, Period::Month),
    ] {
        let world = World::with(|settings| settings.flood = Some(flood))?;
        world.upload(1).await?;
        world.upload(2).await?;
        let error = world.upload(3).await.expect_err("two are allowed");
        let Error::Flood { limit, period: told, .. } = &error else { anyhow::bail!("{error:?}") };
        assert_eq!((*limit, *told), (Some(2), Some(period)));
        assert_eq!((error.retry(), error.scope()), (Retry::NotBefore(period.duration()), Scope::Site));
        world.host.advance(period.duration() + Duration::from_secs(1));
        world.upload(3).await?;
    }
    Ok(())
}

/// A clip of 2.1 MB.
fn heavy() -> Source {
    let mut clip = b"\0\0\0\x10ftypisom\0\0\0\0".to_vec();
    clip.resize(2_100_000, 0);
    bytes(clip, "a.mp4", "video/mp4")
}

#[tokio::test]
async fn s10_a_file_that_is_too_big_is_told_the_same_in_every_way() -> Result<()> {
    /// A limit of the site, the limit that it tells, and whether it says that it is one.
    type Limit = (fn(&mut Settings), Option<u64>, bool);
    let limits: [Limit; 4] = [
        (|settings| settings.max_file_size = 2_000_000, Some(2_000_000), true),
        (
            |settings| (settings.upload_max_filesize, settings.allow_duplicates) = (2_000_000, true),
            None,
            true,
        ),
        // PHP keeps no such file, the duplicate check trips over that, and the page names no cause.
        (|settings| settings.upload_max_filesize = 2_000_000, None, false),
        (|settings| settings.post_max_size = 2_000_000, None, true),
    ];
    let mut world = World::new()?;
    for api in [Api::V1_1, Api::Old] {
        world.site.api = api;
        for (number, (limit, named, says)) in limits.into_iter().enumerate() {
            world.host.set(limit);
            let error = world.send(heavy(), Fields::default()).await.expect_err("it is larger");
            let Error::TooBig { max, certain, .. } = &error else { anyhow::bail!("{number}: {error:?}") };
            assert_eq!((*max, *certain), (named, says), "{number}: {error:?}");
            assert_eq!((error.retry(), error.scope()), (Retry::Never, Scope::Item));
            world.host.set(|settings| *settings = Settings::default());
        }
    }
    assert!(world.host.stored().is_empty());
    Ok(())
}

#[tokio::test]
async fn s10_the_limit_that_a_site_names_is_that_of_the_key() -> Result<()> {
    let mut world = World::with(|settings| {
        (settings.max_file_size, settings.guest_max_file_size) = (2_000_000, 1_500_000);
    })?;
    for limit in [2_000_000, 1_500_000] {
        let error = world.send(heavy(), Fields::default()).await.expect_err("it is larger");
        assert!(matches!(error, Error::TooBig { max: Some(max), .. } if max == limit), "{error:?}");
        world.as_guest()?;
    }
    // The format is looked at before the size.
    let noise = bytes(vec![0; 2_100_000], "a.mp4", "video/mp4");
    let error = world.send(noise, Fields::default()).await.expect_err("it is no clip");
    assert!(matches!(error, Error::BadPicture { .. }), "{error:?}");
    Ok(())
}

/// No limit is so low, so it is not about the size.
#[tokio::test]
async fn s10_an_incident_with_a_small_file_is_the_site_s_own() -> Result<()> {
    let world = World::with(|settings| settings.upload_max_filesize = 50)?;
    let error = world.upload(1).await.expect_err("the page tells of an incident");
    assert!(matches!(error, Error::SiteTrouble { status: 500, .. }), "{error:?}");
    assert_eq!((error.retry(), error.scope()), (Retry::Never, Scope::Item));
    Ok(())
}

#[tokio::test]
async fn s10_a_key_that_was_lost_with_the_body_is_not_a_wrong_key() -> Result<()> {
    let mut world = World::with(|settings| (settings.mode, settings.post_max_size) = (Mode::V3, 50))?;
    world.site.api = Api::Old;
    world.as_guest()?;
    let error = world.upload(1).await.expect_err("it is larger");
    assert!(matches!(error, Error::TooBig { .. }), "{error:?}");
    Ok(())
}
