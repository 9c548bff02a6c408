//! Sites of another age: Chevereto 3 and its kin, 4.1, and 4.4.

use anyhow::{Context, Result};
use chevereto::{Api, ApiKey, Deletion, Error, Expiration, Fields, Retry, Tags};
use demo_host::{KeyKind, Mode};

use crate::world::{WIDTH, World, bytes, picture, png};

/// A site of Chevereto 3, with its one key.
fn old() -> Result<World> {
    let mut world = World::with(|settings| settings.mode = Mode::V3)?;
    world.site.api = Api::Old;
    world.as_guest()?;
    Ok(world)
}

#[tokio::test]
async fn s14_an_old_site_takes_the_key_as_a_field_and_writes_numbers_as_text() -> Result<()> {
    let world = old()?;
    let image = world.upload(1).await?;
    let received = world.received()?;
    assert_eq!((received.key, received.header("x-api-key")), (KeyKind::Guest, None));
    assert!(!received.target.contains("key"), "{}", received.target);
    assert_eq!((image.size, image.width), (Some(u64::try_from(png(1).len())?), Some(WIDTH)));
    assert!(image.is_approved && !image.nsfw && !image.is_animated);
    assert!(world.open(image.links.direct.as_deref()).await?? == png(1));
    assert!(image.links.viewer.is_some() && image.links.thumb.is_some() && image.checksum.is_some());
    Ok(())
}

#[tokio::test]
async fn s14_an_old_site_s_refusals_are_read_with_their_context() -> Result<()> {
    let mut world = old()?;
    world.upload(1).await?;
    let error = world.upload(1).await.expect_err("the host knows these bytes");
    assert!(matches!(error, Error::Duplicate { .. }), "{error:?}");
    world.key = ApiKey::parse("0123456789abcdef")?;
    let error = world.upload(2).await.expect_err("it is not the key");
    assert!(matches!(&error, Error::KeyRefused { said } if said == "Invalid API v1 key."), "{error:?}");
    Ok(())
}

/// The switch that is wrong way round: the site finds no key, and that is what it says.
#[tokio::test]
async fn s14_a_new_site_s_way_with_an_old_site_is_a_refused_key() -> Result<()> {
    let mut world = old()?;
    world.site.api = Api::V1_1;
    let error = world.upload(1).await.expect_err("the key went in a header");
    assert!(matches!(&error, Error::KeyRefused { said } if said == "No key provided"), "{error:?}");
    Ok(())
}

#[tokio::test]
async fn s14_what_a_site_of_its_age_does_not_know_is_missing_in_its_answer() -> Result<()> {
    let mut world = World::new()?;
    let fields = Fields {
        tags: Tags::parse("sea,dune")?,
        expiration: Some(Expiration::parse("P2W")?),
        ..Fields::default()
    };
    for (number, mode, tags) in
        [(1, Mode::V40, 0), (2, Mode::V41, 0), (3, Mode::V42, 2), (4, Mode::V43, 2), (5, Mode::V44, 2)]
    {
        world.host.set(|settings| settings.mode = mode);
        world.as_user()?;
        let image = world.send(picture(number), fields.clone()).await.with_context(|| format!("{mode}"))?;
        assert_eq!((image.tags.len(), image.expires_at.is_some()), (tags, true), "{mode}");
        assert_eq!(image.checksum.context("of what is stored")?.len(), 32, "{mode}");
        let link = image.delete.with_context(|| format!("{mode} gives a delete link"))?;
        assert_eq!(world.client.delete(&link).await?, Deletion::Deleted, "{mode}");
    }
    let world = old()?;
    let image = world.send(picture(6), fields).await?;
    assert!(image.tags.is_empty() && image.expires_at.is_none() && image.delete.is_none());
    Ok(())
}

#[tokio::test]
async fn s14_a_clip_for_a_site_that_knows_pictures_only_is_refused() -> Result<()> {
    let clip = || bytes(&b"\0\0\0\x10ftypisom\0\0\0\0"[..], "a.mp4", "video/mp4");
    let before = World::with(|settings| settings.mode = Mode::V40)?;
    for world in [before, old()?] {
        let error = world.send(clip(), Fields::default()).await.expect_err("it takes no clips");
        let named = matches!(error, Error::BadPicture { .. } | Error::FormatRefused { .. });
        assert!(named && error.retry() == Retry::Never, "{error:?}");
    }
    Ok(())
}
