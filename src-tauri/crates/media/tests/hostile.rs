//! Files that are broken, by chance or on purpose: an answer, never a panic, and never more than the limits.

#![allow(clippy::unwrap_used, reason = "a test that cannot make its files has failed")]

mod common;

use std::fs;
use std::path::Path;

use common::{Dice, clip, encoded, file, jpeg_with, quarters, webm};
use image::ImageFormat;
use media::samples::{self, Camera, Scene};
use media::{Error, Limits, Privacy, Wish, convert, inspect, preview, strip};
use proptest::prelude::*;

/// Everything that is done with a file, one after the other.
fn put_through(path: &Path) {
    let limits = Limits { max_memory: 32_000_000, ..Limits::default() };
    let _ = inspect(path);
    let _ = preview(path, 64, &limits);
    let out = path.with_extension("converted");
    let wish = Wish { max_bytes: Some(2000), ..Wish::default() };
    if convert(path, &wish, &limits, &out).is_ok() {
        fs::remove_file(&out).unwrap();
    }
    assert!(!out.exists(), "half a picture was left behind");
    for level in [Privacy::All, Privacy::LocationOnly] {
        let out = path.with_extension("out");
        if strip(path, level, &out).is_ok_and(|told| told.changed) {
            fs::remove_file(&out).unwrap();
        }
        assert!(!out.exists(), "half a copy was left behind");
    }
}

/// A few hundred files made of one: cut, with bits flipped, with bytes and lengths replaced.
fn damage(name: &str, whole: &[u8], rounds: usize) {
    let folder = tempfile::tempdir().unwrap();
    let mut dice = Dice(whole.len() as u64);
    for _ in 0..rounds {
        let mut bytes = whole.to_vec();
        for _ in 0..1 + dice.below(4) {
            let at = dice.below(bytes.len());
            match dice.below(4) {
                0 => bytes[at] ^= 1 << dice.below(8),
                1 => bytes[at] = [0, 0x7f, 0x80, 0xff][dice.below(4)],
                2 => bytes[at..].iter_mut().take(4).for_each(|byte| *byte = 0xff),
                _ => bytes.truncate(at.max(16)),
            }
        }
        put_through(&file(folder.path(), name, &bytes));
    }
}

#[test]
fn damaged_jpegs() {
    let picture = samples::landscape(Scene::Sea, 1, 64, 48);
    let plain = samples::jpeg(&picture, Some(Camera { orientation: 6, place: true })).unwrap();
    damage("a.jpg", &jpeg_with(&plain, &[(0xe2, b"ICC_PROFILE\0\x01\x01x"), (0xfe, b"words")]), 400);
}

#[test]
fn damaged_pngs() {
    let exif = samples::exif(Camera { orientation: 6, place: true });
    let plain = encoded(&samples::landscape(Scene::Chart, 1, 64, 48).into(), ImageFormat::Png);
    damage("a.png", &common::png_with(&plain, &[(b"eXIf", &exif), (b"tEXt", b"Author\0Ona")]), 400);
}

#[test]
fn damaged_gifs() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.gif");
    samples::write(&path, Scene::Sea, (48, 32), None).unwrap();
    damage("a.gif", &fs::read(path).unwrap(), 300);
}

#[test]
fn damaged_webps() {
    let exif = samples::exif(Camera { orientation: 6, place: true });
    let plain = encoded(&samples::landscape(Scene::Hills, 1, 48, 32).into(), ImageFormat::WebP);
    damage("a.webp", &common::webp_with(&plain, (48, 32), 0x08, &[(b"EXIF", &exif)]), 400);
}

#[test]
fn damaged_bitmaps_tiffs_and_icons() {
    for format in [ImageFormat::Bmp, ImageFormat::Tiff, ImageFormat::Ico] {
        damage("a", &encoded(&quarters(32, 24).into(), format), 200);
    }
}

#[test]
fn damaged_avifs() {
    damage("a.avif", include_bytes!("pictures/quarters.avif"), 400);
    damage("a.avif", include_bytes!("pictures/clear.avif"), 400);
    damage("a.avif", include_bytes!("pictures/deep.avif"), 400);
}

#[test]
fn damaged_heics() {
    damage("a.heic", include_bytes!("pictures/phone.heic"), 400);
    damage("a.heic", include_bytes!("pictures/turned.heic"), 400);
    damage("a.heic", include_bytes!("pictures/deep.heic"), 400);
    damage("a.heic", include_bytes!("pictures/clear.heic"), 400);
}

#[test]
fn damaged_clips() {
    damage("a.mp4", &clip(b"isom", &common::atom(b"udta", &common::atom(b"loci", &[0; 9]))), 400);
    damage("a.webm", &webm(), 400);
}

/// A PNG header of this size, with no pictures behind it worth the name.
fn bomb(width: u32, height: u32) -> Vec<u8> {
    let mut png = encoded(&quarters(8, 8).into(), ImageFormat::Png);
    png[16..20].copy_from_slice(&width.to_be_bytes());
    png[20..24].copy_from_slice(&height.to_be_bytes());
    let sum = common::crc(&png[12..29]);
    png[29..33].copy_from_slice(&sum.to_be_bytes());
    png
}

#[test]
fn a_picture_that_claims_too_much_is_refused_with_its_size() {
    let folder = tempfile::tempdir().unwrap();
    let told = |width, height| {
        let path = file(folder.path(), "a.png", &bomb(width, height));
        preview(&path, 320, &Limits::default())
    };
    assert!(matches!(told(30_000, 30_000), Err(Error::TooLarge { width: 30_000, height: 30_000 })));
    assert!(matches!(told(u32::MAX, 1), Err(Error::TooLarge { .. })));
    assert!(matches!(told(40_000, 2), Err(Error::TooLarge { .. })));
    // Row by row it would fit, if only there were rows.
    assert!(matches!(told(16_000, 16_000), Err(Error::Damaged { .. })));
    assert!(matches!(told(0, 0), Err(Error::Damaged { .. })));
}

#[test]
fn other_formats_that_claim_too_much_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let mut gif = encoded(&quarters(8, 8).into(), ImageFormat::Gif);
    gif[6..10].fill(0xff);
    let mut bmp = encoded(&quarters(8, 8).into(), ImageFormat::Bmp);
    bmp[18..22].copy_from_slice(&30_000_u32.to_le_bytes());
    bmp[22..26].copy_from_slice(&30_000_u32.to_le_bytes());
    for bytes in [gif, bmp] {
        let told = preview(&file(folder.path(), "a", &bytes), 320, &Limits::default());
        assert!(matches!(told, Err(Error::TooLarge { .. } | Error::TooMuchMemory)), "{told:?}");
    }
}

#[test]
fn an_interlaced_picture_has_to_fit_into_memory_as_a_whole() {
    let folder = tempfile::tempdir().unwrap();
    let mut png = bomb(16_000, 16_000);
    png[28] = 1;
    let sum = common::crc(&png[12..29]);
    png[29..33].copy_from_slice(&sum.to_be_bytes());
    let told = preview(&file(folder.path(), "a.png", &png), 320, &Limits::default());
    assert!(matches!(told, Err(Error::TooMuchMemory)), "{told:?}");
}

#[test]
fn a_picture_that_takes_too_long_is_given_up() {
    let folder = tempfile::tempdir().unwrap();
    let jpeg = encoded(&quarters(2_400, 1_800).into(), ImageFormat::Jpeg);
    let png = encoded(&quarters(2_400, 1_800).into(), ImageFormat::Png);
    let limits = Limits { max_time: std::time::Duration::ZERO, ..Limits::default() };
    for bytes in [jpeg, png] {
        let told = preview(&file(folder.path(), "a", &bytes), 192, &limits);
        assert!(matches!(told, Err(Error::TooSlow)), "{told:?}");
    }
}

/// Filler between segments is passed over once, not read again for each byte of it.
#[test]
fn filler_is_no_picture() {
    let folder = tempfile::tempdir().unwrap();
    let bytes = [&[0xff, 0xd8][..], &vec![0xff; 3 << 20]].concat();
    let path = file(folder.path(), "a.jpg", &bytes);
    assert_eq!(inspect(&path).unwrap().dimensions, None);
    assert!(preview(&path, 320, &Limits::default()).is_err());
}

#[test]
fn a_gif_of_very_many_frames_is_looked_at_no_further_than_the_second() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.gif");
    samples::write(&path, Scene::Sea, (16, 16), None).unwrap();
    let whole = fs::read(&path).unwrap();
    let first = whole.windows(2).position(|window| window == [0x21, 0xf9]).unwrap();
    let frames = &whole[first..whole.len() - 1];
    let mut bytes = whole[..first].to_vec();
    (0..100_000).for_each(|_| bytes.extend(frames));
    bytes.push(0x3b);
    let path = file(folder.path(), "b.gif", &bytes);
    assert!(inspect(&path).unwrap().animated);
    assert_eq!(preview(&path, 64, &Limits::default()).unwrap().width, 16);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) })]

    #[test]
    fn any_bytes_are_answered(
        start in prop::sample::select(vec![
            &b""[..], b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"RIFF\xff\xff\0\0WEBP", b"\0\0\0\x18ftypavif",
            b"\0\0\0\x18ftypisom", b"\x1a\x45\xdf\xa3\x87\x42\x82\x84webm", b"II*\0", b"BM",
        ]),
        rest in prop::collection::vec(any::<u8>(), 0..600),
    ) {
        let bytes = [start, &rest].concat();
        let _ = media::sniff(&bytes);
        let folder = tempfile::tempdir().unwrap();
        put_through(&file(folder.path(), "any", &bytes));
    }

    #[test]
    fn any_name_makes_a_name_and_a_title(name in "\\PC*|.*") {
        let sent = media::name::sanitize(&name);
        prop_assert!(!sent.is_empty() && !sent.chars().any(char::is_control));
        prop_assert_eq!(media::name::sanitize(&sent), sent.clone());
        prop_assert!(media::name::title_from(&name).chars().count() <= media::name::TITLE_MAX);
    }
}
