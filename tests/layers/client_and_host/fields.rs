//! What is said about a picture: every field arrives as it was set, and what a site would drop or misread is refused before.

use anyhow::{Context, Result};
use chevereto::{
    AlbumId, CategoryId, Description, Error, Expiration, FieldError, Fields, Picture, Retry, Tag, Tags,
    Title, Width, WidthError,
};
use demo_host::{KeyKind, Mode};
use media::samples::{self, Scene};
use std::{
    fs,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use crate::world::{WIDTH, World, bytes, file, picture};

#[tokio::test]
async fn every_field_arrives_as_it_was_set() -> Result<()> {
    let world = World::new()?;
    let album = world.host.albums().into_iter().find(|album| album.own).context("the user has an album")?;
    let (category, _) = world.host.categories().into_iter().next().context("there is a category")?;
    let fields = Fields {
        title: Some(Title::parse("Šaltibarščiai 🍲 nr 1")?),
        description: Some(Description::parse("Two lines,\nand \"quotes\" & <signs>.")?),
        tags: Tags::parse("sea, dune grass")?,
        album: Some(AlbumId::parse(&album.url)?),
        category: CategoryId::new(u32::try_from(category)?),
        expiration: Some(Expiration::parse("P2W")?),
        nsfw: Some(true),
        ..Fields::default()
    };
    let image = world.send(picture(1), fields).await?;
    let request = world.received()?;
    assert_eq!(request.key, KeyKind::User);
    assert_eq!((request.method.as_str(), request.target.as_str()), ("POST", "/api/1/upload"));
    for (name, value) in [
        ("title", "Šaltibarščiai 🍲 nr 1"),
        ("description", "Two lines,\nand \"quotes\" & <signs>."),
        ("tags", "sea,dune grass"),
        ("album_id", &album.id),
        ("category_id", &category.to_string()),
        ("expiration", "P2W"),
        ("nsfw", "1"),
    ] {
        assert_eq!(request.field(name), Some(value), "{name}");
    }
    let stored = world.stored()?;
    assert_eq!(stored.tags, ["sea", "dune grass"]);
    assert_eq!(image.tags, stored.tags);
    assert_eq!(stored.album.as_deref(), Some(album.id.as_str()));
    assert!(stored.nsfw && image.nsfw && stored.expires.is_some());
    Ok(())
}

#[tokio::test]
async fn what_was_not_set_is_not_sent() -> Result<()> {
    let world = World::new()?;
    world.upload(1).await?;
    assert_eq!(world.received()?.fields, [("format".to_owned(), "json".to_owned())]);
    let stored = world.stored()?;
    assert!(stored.description.is_none() && stored.tags.is_empty() && stored.album.is_none());
    assert!(stored.category.is_none() && stored.expires.is_none() && !stored.nsfw);
    Ok(())
}

#[tokio::test]
async fn d17_a_site_deletes_when_it_was_asked_to_and_says_when() -> Result<()> {
    let world = World::new()?;
    let others = ["PT300S", "PT20M", "P1DT2H", "P2W3D", "P12M", "P365D", " P2W "];
    for (number, text) in (0..).zip(Expiration::PRESETS.into_iter().chain(others)) {
        let expiration = Expiration::parse(text)?;
        let due = expiration.after(SystemTime::now());
        let fields = Fields { expiration: Some(expiration), ..Fields::default() };
        let image = world.send(picture(number), fields).await?;
        assert_eq!(world.received()?.field("expiration"), Some(text.trim()));
        let stored = world.stored()?.expires.context("it expires")?;
        let due = i64::try_from(due.duration_since(UNIX_EPOCH)?.as_secs())?;
        // What a row warns of: more than a minute is another time than the one chosen.
        assert!((stored - due).abs() <= 60, "{text}: {} s off", stored - due);
        let told = image.expires_at.context("the site tells when")?.duration_since(UNIX_EPOCH)?;
        assert_eq!(i64::try_from(told.as_secs())?, stored);
    }
    let before = world.host.stored().len();
    world.host.advance(Duration::from_secs(6 * 60));
    assert_eq!(world.host.stored().len(), before - 2, "PT5M and PT300S are over");
    Ok(())
}

#[test]
fn d17_nothing_can_be_expressed_that_a_site_takes_for_five_minutes() {
    for (text, why) in [
        ("2 savaites", FieldError::ExpirationUnreadable),
        ("2w", FieldError::ExpirationUnreadable),
        ("p2w", FieldError::ExpirationUnreadable),
        ("2030-01-01", FieldError::ExpirationUnreadable),
        ("3600", FieldError::ExpirationUnreadable),
        ("P", FieldError::ExpirationUnreadable),
        ("", FieldError::ExpirationUnreadable),
        ("-P1D", FieldError::ExpirationUnreadable),
        ("P1.5D", FieldError::ExpirationUnreadable),
        ("P0D", FieldError::ExpirationTooShort),
        ("PT4M", FieldError::ExpirationTooShort),
        ("P2Y", FieldError::ExpirationTooLong),
    ] {
        assert_eq!(Expiration::parse(text), Err(why), "{text:?}");
        assert!(serde_json::from_value::<Expiration>(text.into()).is_err(), "{text:?}");
    }
}

#[tokio::test]
async fn d17_a_site_that_does_not_delete_says_so_in_its_answer() -> Result<()> {
    let world = World::with(|settings| settings.expiration = false)?;
    let fields = Fields { expiration: Some(Expiration::parse("P2W")?), ..Fields::default() };
    let image = world.send(picture(1), fields.clone()).await?;
    assert_eq!(image.expires_at, None);
    // Before 4.2 only what the form offers is read.
    world.host.set(|settings| (settings.expiration, settings.mode) = (true, Mode::V41));
    assert!(world.send(picture(2), fields).await?.expires_at.is_some());
    let odd = Expiration::parse("P1DT2H")?;
    assert!(!odd.is_preset());
    let fields = Fields { expiration: Some(odd), ..Fields::default() };
    assert_eq!(world.send(picture(3), fields).await?.expires_at, None);
    Ok(())
}

#[test]
fn s06_a_width_that_the_site_would_refuse_or_ignore_is_refused_before() {
    let still = Picture::Still { width: 1200 };
    assert_eq!(Width::within(1600, still), Err(WidthError::Larger { picture: 1200 }));
    assert_eq!(Width::within(0, still), Err(WidthError::Zero));
    for width in [1, 800, 1600] {
        assert_eq!(Width::within(width, Picture::Moving), Err(WidthError::Moving));
    }
    for width in [1, 1199, 1200] {
        assert_eq!(Width::within(width, still).map(Width::get), Ok(width));
    }
}

#[tokio::test]
async fn s06_a_width_makes_a_still_picture_smaller_and_never_larger() -> Result<()> {
    let world = World::new()?;
    let of = |width| Fields { width: Width::new(width), ..Fields::default() };
    let image = world.send(picture(1), of(WIDTH / 2)).await?;
    assert_eq!((image.width, world.stored()?.width), (Some(20), 20));
    let image = world.send(picture(2), of(WIDTH)).await?;
    assert_eq!(image.width, Some(WIDTH));
    for (number, width) in [(3, WIDTH + 1), (4, 1600), (5, u32::MAX)] {
        let error = world.send(picture(number), of(width)).await.expect_err("it is wider than the picture");
        assert!(matches!(&error, Error::WidthRefused { said } if !said.is_empty()), "{width}: {error:?}");
        assert_eq!(error.retry(), Retry::Never);
    }
    assert_eq!(world.host.stored().len(), 2);
    assert_eq!(Width::new(0), None);
    for bad in ["0", "-1", "12.5", "abc", ""] {
        assert_eq!(bad.parse::<Width>(), Err(FieldError::Number), "{bad:?}");
    }
    Ok(())
}

#[tokio::test]
async fn s06_what_moves_keeps_its_width() -> Result<()> {
    let world = World::new()?;
    let moving = world.dir.path().join("waves.gif");
    samples::write(&moving, Scene::Stripes, (48, 36), None)?;
    let of = |width| Fields { width: Width::new(width), ..Fields::default() };
    let image = world.send(file(&moving)?, of(24)).await?;
    assert!(image.is_animated && image.width == Some(48));
    assert!(fs::read(world.stored()?.original)? == fs::read(&moving)?);
    let clip = bytes(&b"\0\0\0\x10ftypisom\0\0\0\0"[..], "a.mp4", "video/mp4");
    world.send(clip, of(24)).await?;
    assert_eq!(world.stored()?.mime, "video/mp4");
    Ok(())
}

#[tokio::test]
async fn s07_tags_that_the_site_would_drop_are_refused_before() -> Result<()> {
    let world = World::new()?;
    let tags = Tags::parse("dune grass, SEA , žuvėdra,x,sea,SEA,  two   words,,")?;
    let image = world.send(picture(1), Fields { tags, ..Fields::default() }).await?;
    assert_eq!(image.tags, ["dune grass", "SEA", "žuvėdra", "x", "sea", "two words"]);
    assert_eq!(world.stored()?.tags, image.tags);
    assert!(Tag::parse(&"ž".repeat(Tag::MAX_CHARS)).is_ok());
    let too_long = "ž".repeat(33);
    for (bad, why) in [
        ("", FieldError::Blank),
        (" ", FieldError::Blank),
        ("a,b", FieldError::TagDropped),
        ("x/y", FieldError::TagDropped),
        ("#x", FieldError::TagDropped),
        ("0", FieldError::TagDropped),
        ("...", FieldError::TagDropped),
        (&too_long, FieldError::TooLong { len: 33, max: 32 }),
    ] {
        assert_eq!(Tag::parse(bad), Err(why), "{bad:?}");
    }
    assert_eq!(Tags::parse("sea,x/y"), Err(FieldError::TagDropped), "one bad tag spoils the list");
    Ok(())
}

#[tokio::test]
async fn s08_an_album_is_found_in_whatever_was_pasted() -> Result<()> {
    let world = World::new()?;
    let albums = world.host.albums();
    let own = albums.iter().find(|album| album.own).context("the user has an album")?;
    for (number, pasted) in (0..).zip([
        own.id.clone(),
        format!("  {}\n", own.id),
        format!("my-trip.{}", own.id),
        format!("v1.2.{}", own.id),
        own.url.clone(),
        format!("{}/?sort=date_desc&page=1#top", own.url),
        own.url.replace("http://", ""),
    ]) {
        let fields = Fields { album: Some(AlbumId::parse(&pasted)?), ..Fields::default() };
        world.send(picture(number), fields).await?;
        assert_eq!(world.received()?.field("album_id"), Some(own.id.as_str()), "{pasted}");
        assert_eq!(world.stored()?.album.as_deref(), Some(own.id.as_str()), "{pasted}");
    }
    for garbage in ["", " ", "my album", "a-b", "ąž", "0", "x.", &world.host.base_url()] {
        assert_eq!(AlbumId::parse(garbage), Err(FieldError::Album), "{garbage:?}");
    }
    Ok(())
}

/// So a row may say "sent to album X", and never "is in album X".
#[tokio::test]
async fn s08_an_album_that_is_not_ones_own_is_dropped_without_a_word() -> Result<()> {
    let world = World::new()?;
    let albums = world.host.albums();
    let foreign = albums.iter().find(|album| !album.own).context("another has an album")?;
    for (number, id) in (0..).zip([foreign.id.as_str(), "zzzz"]) {
        let fields = Fields { album: Some(AlbumId::parse(id)?), ..Fields::default() };
        let image = world.send(picture(number), fields).await?;
        assert!(image.is_approved && image.links.direct.is_some());
        assert_eq!((world.received()?.field("album_id"), world.stored()?.album), (Some(id), None));
    }
    Ok(())
}
