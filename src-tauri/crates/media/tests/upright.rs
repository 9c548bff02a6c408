//! Photos turned upright without loss.

#![allow(clippy::unwrap_used, reason = "a test that cannot make its files has failed")]

mod common;

use std::fs;
use std::path::Path;

use common::{file, jpeg_with};
use image::metadata::Orientation as Turn;
use image::{ImageFormat, RgbImage};
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};
use media::samples::{self, Scene};
use media::{Limits, Orientation, inspect, upright};

const SAMPLINGS: [SamplingFactor; 4] =
    [SamplingFactor::F_1_1, SamplingFactor::F_2_1, SamplingFactor::F_1_2, SamplingFactor::F_2_2];

/// An EXIF block that says nothing but how the picture is turned.
fn exif(orientation: u8) -> Vec<u8> {
    let mut block = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    block.extend([orientation, 0, 0, 0, 0, 0, 0]);
    block
}

fn jpeg(picture: &RgbImage, sampling: SamplingFactor, progressive: bool, orientation: u8) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, 92);
    encoder.set_sampling_factor(sampling);
    encoder.set_progressive(progressive);
    let (width, height) = (picture.width() as u16, picture.height() as u16);
    encoder.encode(picture.as_raw(), width, height, ColorType::Rgb).unwrap();
    jpeg_with(&bytes, &[(0xe1, &exif(orientation))])
}

fn turned(folder: &Path, bytes: &[u8]) -> Option<Vec<u8>> {
    let out = folder.join("out.jpg");
    let size = upright(&file(folder, "a.jpg", bytes), &Limits::default(), &out).unwrap();
    assert_eq!(size.is_some(), out.exists(), "a file is there exactly when it was turned");
    let made = fs::read(&out).ok()?;
    assert_eq!(size, Some(made.len() as u64));
    fs::remove_file(out).unwrap();
    Some(made)
}

/// The brightness of a picture as it is shown: where colours are halved, decoders fill them up in their own ways.
fn shown(bytes: &[u8], orientation: u8) -> image::GrayImage {
    let mut picture = image::load_from_memory(bytes).unwrap();
    picture.apply_orientation(Turn::from_exif(orientation).unwrap());
    picture.to_luma8()
}

#[test]
fn every_photo_is_turned_upright_without_loss() {
    let folder = tempfile::tempdir().unwrap();
    let picture = samples::landscape(Scene::Lighthouse, 3, 96, 64);
    for sampling in SAMPLINGS {
        for progressive in [false, true] {
            for orientation in 2..=8 {
                let what = format!("{sampling:?}, progressive: {progressive}, orientation {orientation}");
                let before = jpeg(&picture, sampling, progressive, orientation);
                let after = turned(folder.path(), &before).expect(&what);
                let facts = inspect(&file(folder.path(), "after.jpg", &after)).unwrap();
                assert_eq!(facts.orientation, Orientation::Upright, "{what}");
                let (before, after) = (shown(&before, orientation), shown(&after, 1));
                assert_eq!(before.dimensions(), after.dimensions(), "{what}");
                // Coefficients are whole numbers and stay the same; pixels are rounded anew.
                let far = before.iter().zip(after.iter()).map(|(a, b)| a.abs_diff(*b)).max();
                assert!(far <= Some(4), "{what}: {far:?}");
                assert_eq!(
                    after.iter().zip(before.iter()).filter(|(a, b)| a.abs_diff(**b) > 2).count() * 50
                        / after.len(),
                    0
                );
            }
        }
    }
}

/// Turned and turned back, the coefficients are those that they were: nothing adds up.
#[test]
fn a_photo_that_is_turned_back_and_forth_stays_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let picture = samples::landscape(Scene::Hills, 5, 128, 80);
    let with = |jpeg: &[u8], orientation: u8| {
        let mut bytes = jpeg.to_vec();
        let at = bytes.windows(4).position(|entry| entry == [1, 0x12, 0, 3]).unwrap();
        bytes[at + 9] = orientation;
        bytes
    };
    for (there, back) in [(6, 8), (3, 3), (2, 2), (5, 5), (7, 7)] {
        let first = turned(folder.path(), &jpeg(&picture, SamplingFactor::F_2_2, false, there)).unwrap();
        let home = turned(folder.path(), &with(&first, back)).unwrap();
        let again = turned(folder.path(), &with(&home, there)).unwrap();
        assert!(again == first, "orientation {there}");
    }
}

#[test]
fn what_would_lose_something_stays_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let picture = samples::landscape(Scene::Sea, 1, 96, 64);
    let plain = jpeg(&picture, SamplingFactor::F_2_2, false, 6);
    assert!(turned(folder.path(), &plain).is_some());
    // The lower edge would become the left one, and does not end with a block.
    let ragged = jpeg(&samples::landscape(Scene::Sea, 1, 96, 60), SamplingFactor::F_2_2, false, 6);
    // A second directory, of a small picture.
    let small_inside = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\x1a\
        \0\x01\x01\x03\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
    let small_inside =
        jpeg_with(&common::encoded(&picture.clone().into(), ImageFormat::Jpeg), &[(0xe1, small_inside)]);
    let followed = [&plain[..], b"a second picture"].concat();
    let cut_off = &plain[..plain.len() - 40];
    let upright = jpeg(&picture, SamplingFactor::F_2_2, false, 1);
    let png = common::encoded(&picture.clone().into(), ImageFormat::Png);
    let all = [
        ("ragged", &ragged[..]),
        ("a small picture inside", &small_inside),
        ("followed", &followed),
        ("cut off", cut_off),
        ("upright", &upright),
        ("a PNG", &png),
    ];
    for (what, bytes) in all {
        assert!(turned(folder.path(), bytes).is_none(), "{what}");
    }
}

#[test]
fn a_photo_too_large_to_be_held_stays_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let bytes = jpeg(&samples::landscape(Scene::Sea, 1, 96, 64), SamplingFactor::F_2_2, false, 6);
    let path = file(folder.path(), "a.jpg", &bytes);
    let limits = Limits { max_memory: 96 * 64 * 6, ..Limits::default() };
    assert_eq!(upright(&path, &limits, &folder.path().join("out")).unwrap(), None);
}

#[test]
fn colour_profile_and_what_a_camera_says_stay() {
    let folder = tempfile::tempdir().unwrap();
    let picture = samples::landscape(Scene::Sea, 1, 96, 64);
    let profile = [b"ICC_PROFILE\0\x01\x01", &[7; 300][..]].concat();
    let bytes = jpeg(&picture, SamplingFactor::F_2_2, true, 8);
    let bytes = jpeg_with(&bytes, &[(0xe2, &profile), (0xfe, b"by hand")]);
    let made = turned(folder.path(), &bytes).unwrap();
    for part in [&profile[..], b"by hand"] {
        assert!(made.windows(part.len()).any(|window| window == part));
    }
    assert!(made.windows(2).any(|marker| marker == [0xff, 0xc2]), "it is still progressive");
}
