//! What the site made otherwise than it was asked, told for each upload.

use anyhow::{Context, Result};
use chevereto::{Asked, Difference, Expiration, Fields, Source, Tags, Upload, Width};
use demo_host::Mode;
use image::{DynamicImage, ImageFormat};
use media::samples::{self, Camera, Scene};
use std::io::Cursor;

use crate::world::{WIDTH, World, bytes, named, picture};

/// Sends it, and what came otherwise.
async fn differences(world: &World, source: Source, fields: Fields) -> Result<Vec<Difference>> {
    let upload = Upload { source, fields };
    let asked = Asked::of(&upload);
    let image = world.client.upload(&world.site, &world.key, upload, |_| {}).await?;
    Ok(asked.differences(&image))
}

/// Their names.
fn codes(differences: &[Difference]) -> Vec<&'static str> {
    differences.iter().map(Difference::code).collect()
}

fn photo(number: u32, orientation: u8) -> Result<Vec<u8>> {
    let camera = Camera { orientation, place: false };
    Ok(samples::jpeg(&samples::landscape(Scene::Dune, number, 64, 48), Some(camera))?)
}

#[tokio::test]
async fn d17_an_expiry_that_the_site_kept_is_no_difference() -> Result<()> {
    let world = World::new()?;
    for (number, preset) in (0..).zip(Expiration::PRESETS) {
        let fields = Fields { expiration: Some(Expiration::parse(preset)?), ..Fields::default() };
        assert_eq!(differences(&world, picture(number), fields).await?, [], "{preset}");
    }
    Ok(())
}

#[tokio::test]
async fn d17_an_expiry_that_is_not_the_one_asked_for_is_told() -> Result<()> {
    let mut world = World::with(|settings| settings.expiration = false)?;
    let asked = || Fields { expiration: Expiration::parse("P2W").ok(), ..Fields::default() };
    let found = differences(&world, picture(1), asked()).await?;
    assert!(matches!(found[..], [Difference::ExpirationDropped { .. }]), "{found:?}");

    world.host.set(|settings| {
        settings.expiration = true;
        settings.user_expiration = Some("P1D".to_owned());
        settings.guest_expiration = Some("P3D".to_owned());
    });
    assert_eq!(differences(&world, picture(2), asked()).await?, []);
    let found = differences(&world, picture(3), Fields::default()).await?;
    assert!(matches!(found[..], [Difference::ExpirationAdded { .. }]), "{found:?}");
    world.as_guest()?;
    let found = differences(&world, picture(4), asked()).await?;
    let [Difference::ExpirationChanged { asked, given }] = found[..] else { anyhow::bail!("{found:?}") };
    let days = asked.duration_since(given)?.as_secs_f64() / 86_400.0;
    assert!((days - 11.0).abs() < 0.01, "{days}");
    Ok(())
}

#[tokio::test]
async fn s07_tags_that_the_site_left_out_or_put_in_are_told() -> Result<()> {
    let mut world = World::with(|settings| settings.max_tags = Some(2))?;
    let asked =
        || Fields { tags: Tags::parse("sea,dune grass,ferry").unwrap_or_default(), ..Fields::default() };
    let texts = |tags: &[&str]| tags.iter().map(|tag| (*tag).to_owned()).collect::<Vec<_>>();
    let found = differences(&world, picture(1), asked()).await?;
    let (kept, dropped) = (texts(&["sea", "dune grass"]), texts(&["ferry"]));
    assert_eq!(found, [Difference::Tags { kept, dropped, added: Vec::new() }]);

    world.host.set(|settings| (settings.max_tags, settings.camera_tag) = (None, true));
    assert_eq!(differences(&world, picture(2), asked()).await?, []);
    let found = differences(&world, bytes(photo(3, 1)?, "a.jpg", "image/jpeg"), asked()).await?;
    let added = found.iter().find_map(|one| match one {
        Difference::Tags { dropped, added, .. } if dropped.is_empty() => Some(added.clone()),
        _ => None,
    });
    assert_eq!(added.context("the camera was added")?, ["Keltas Optics Ferry 1"]);

    world.as_guest()?;
    let found = differences(&world, picture(4), asked()).await?;
    let dropped = texts(&["sea", "dune grass", "ferry"]);
    assert_eq!(found, [Difference::Tags { kept: Vec::new(), dropped, added: Vec::new() }]);
    Ok(())
}

#[tokio::test]
async fn s06_a_smaller_width_that_was_asked_for_is_no_difference_and_one_that_was_not_is() -> Result<()> {
    let world = World::new()?;
    let half = || Fields { width: Width::new(WIDTH / 2), ..Fields::default() };
    assert_eq!(differences(&world, picture(1), half()).await?, []);
    world.host.set(|settings| settings.max_width = 10);
    let found = differences(&world, picture(2), half()).await?;
    assert_eq!(found, [Difference::Width { asked: WIDTH / 2, given: 10 }]);
    Ok(())
}

#[tokio::test]
async fn s05_a_kind_of_file_that_the_site_changed_is_told() -> Result<()> {
    let world = World::new()?;
    let mut bitmap = Cursor::new(Vec::new());
    DynamicImage::new_rgb8(WIDTH, 30).write_to(&mut bitmap, ImageFormat::Bmp)?;
    let found =
        differences(&world, bytes(bitmap.into_inner(), "a.bmp", "image/bmp"), Fields::default()).await?;
    assert_eq!(codes(&found), ["type", "extension", "size"]);
    let found = differences(&world, named(2, "a picture.jpg"), Fields::default()).await?;
    assert_eq!(codes(&found), ["extension"]);
    let found = differences(&world, bytes(photo(3, 6)?, "IMG.JPEG", "image/jpeg"), Fields::default()).await?;
    assert_eq!(codes(&found), ["description", "size"], "turned, and its caption read");
    Ok(())
}

#[tokio::test]
async fn s14_what_an_old_site_does_not_speak_of_is_no_difference() -> Result<()> {
    let mut world = World::with(|settings| settings.mode = Mode::V3)?;
    world.site.api = chevereto::Api::Old;
    world.as_guest()?;
    let fields = Fields { tags: Tags::parse("sea")?, ..Fields::default() };
    assert_eq!(differences(&world, picture(1), fields).await?, []);
    Ok(())
}
