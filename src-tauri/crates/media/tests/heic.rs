//! HEIC: tiles, ranges, turns and profiles, as phones write them.

#![allow(clippy::unwrap_used, reason = "a test that cannot make its files has failed")]

mod common;

use std::fs;

use common::{QUARTERS, corners, file, small};
use media::{Error, Format, Limits, Privacy, Target, Wish, convert, inspect, preview, strip};

/// Brightness in video range, as its `nclx` box says.
const VIDEO: &[u8] = include_bytes!("pictures/video.heic");
/// The same without the box: the stream says it, too.
const STREAM: &[u8] = include_bytes!("pictures/stream.heic");
/// Full range, as the stream alone says; turned by a quarter to the left.
const TURNED: &[u8] = include_bytes!("pictures/turned.heic");
/// 10 bit.
const DEEP: &[u8] = include_bytes!("pictures/deep.heic");
/// 71 x 49 pixels, cut out of a tile.
const ODD: &[u8] = include_bytes!("pictures/odd.heic");
/// As a phone does: six tiles, turned by a quarter to the right, Display P3, a place in its EXIF.
const PHONE: &[u8] = include_bytes!("pictures/phone.heic");
/// Transparent at the top left.
const CLEAR: &[u8] = include_bytes!("pictures/clear.heic");
/// [`QUARTERS`] in Display P3 are these in sRGB.
const WIDE_QUARTERS: [[u8; 3]; 4] = [[218, 0, 6], [0, 163, 0], [30, 30, 208], [220, 220, 220]];

/// As a file that is turned to the right shows its quarters.
fn to_the_right([red, green, blue, grey]: [[u8; 3]; 4]) -> [[u8; 3]; 4] {
    [blue, red, grey, green]
}

/// The same to the eye, and nearer than the other range would be.
fn near(left: [[u8; 3]; 4], right: [[u8; 3]; 4]) -> bool {
    left.iter().flatten().zip(right.iter().flatten()).all(|(a, b)| a.abs_diff(*b) <= 6)
}

#[test]
fn heic_is_shown_in_its_colours() {
    for (name, bytes, size) in [
        ("video range", VIDEO, (96, 64)),
        ("video range, said by the stream", STREAM, (96, 64)),
        ("10 bit", DEEP, (96, 64)),
        ("odd sides", ODD, (71, 49)),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let path = file(folder.path(), "a.heic", bytes);
        let facts = inspect(&path).unwrap();
        assert_eq!((facts.format, facts.dimensions.map(|d| (d.width, d.height))), (Format::Heic, Some(size)));
        let made = small(&path);
        assert_eq!(((made.width, made.height), made.mime), (size, "image/jpeg"), "{name}");
        assert!(near(corners(&made), QUARTERS), "{name}: {:?}", corners(&made));
    }
}

#[test]
fn a_turned_heic_is_upright() {
    let folder = tempfile::tempdir().unwrap();
    let path = file(folder.path(), "a.heic", TURNED);
    let made = small(&path);
    let [red, green, blue, grey] = QUARTERS;
    assert_eq!((made.width, made.height), (64, 96));
    assert!(near(corners(&made), [green, grey, red, blue]), "{:?}", corners(&made));
}

#[test]
fn a_phone_s_picture_is_put_together_and_shown_in_srgb() {
    let folder = tempfile::tempdir().unwrap();
    let path = file(folder.path(), "a.heic", PHONE);
    let facts = inspect(&path).unwrap();
    assert!(facts.has_location);
    assert_eq!(facts.dimensions.map(|d| (d.width, d.height)), Some((100, 160)));
    for box_px in [320, 40] {
        let made = preview(&path, box_px, &Limits::default()).unwrap();
        assert_eq!(made.width.max(made.height), box_px.min(160));
        assert!(near(corners(&made), to_the_right(WIDE_QUARTERS)), "{box_px}: {:?}", corners(&made));
    }
}

#[test]
fn a_heic_is_converted_upright_with_its_profile_and_without_what_is_private() {
    let folder = tempfile::tempdir().unwrap();
    let path = file(folder.path(), "a.heic", PHONE);
    for target in [Target::Jpeg, Target::Png, Target::Webp] {
        let out = folder.path().join("out");
        let wish = Wish { target: Some(target), ..Wish::default() };
        let made = convert(&path, &wish, &Limits::default(), &out).unwrap();
        assert_eq!((made.format, made.dimensions.width, made.dimensions.height), (target.format(), 100, 160));
        let facts = inspect(&out).unwrap();
        assert_eq!((facts.dimensions, facts.has_location), (Some(made.dimensions), false));
        assert!(!strip(&out, Privacy::All, &folder.path().join("stripped")).unwrap().changed);
        // Read as Display P3 it is the same picture, so the profile went along.
        let shown = small(&out);
        assert!(near(corners(&shown), to_the_right(WIDE_QUARTERS)), "{target:?}: {:?}", corners(&shown));
        fs::remove_file(&out).unwrap();
    }
}

#[test]
fn a_heic_is_converted_with_what_is_transparent_in_it() {
    let folder = tempfile::tempdir().unwrap();
    let (path, out) = (file(folder.path(), "a.heic", CLEAR), folder.path().join("out"));
    let made = convert(&path, &Wish::default(), &Limits::default(), &out).unwrap();
    assert_ne!(made.format, Format::Jpeg, "which knows no transparency");
    let picture = image::load_from_memory(&fs::read(&out).unwrap()).unwrap().to_rgba8();
    let [red, green, blue, opacity] = picture.get_pixel(80, 10).0;
    assert_eq!((picture.get_pixel(10, 10).0[3], opacity), (0, 255));
    assert!([red, green, blue].iter().zip(QUARTERS[1]).all(|(a, b)| a.abs_diff(b) <= 6));
}

#[test]
fn what_is_more_than_the_limits_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let path = file(folder.path(), "a.heic", PHONE);
    let few = Limits { max_pixels: 100, ..Limits::default() };
    assert!(matches!(preview(&path, 64, &few), Err(Error::TooLarge { width: 100, height: 160 })));
    let little = Limits { max_memory: 40_000, ..Limits::default() };
    assert!(matches!(preview(&path, 64, &little), Err(Error::TooMuchMemory)));
    let out = folder.path().join("out");
    assert!(matches!(convert(&path, &Wish::default(), &little, &out), Err(Error::TooMuchMemory)));
    assert!(!out.exists());
}

#[test]
fn half_a_heic_is_damaged() {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in [("a.heic", PHONE), ("b.heic", DEEP)] {
        // Behind the picture is no more than EXIF.
        let path = file(folder.path(), name, &bytes[..bytes.len() - 220]);
        let told = preview(&path, 64, &Limits::default());
        assert!(matches!(told, Err(Error::Damaged { format: Format::Heic, .. })), "{name}: {told:?}");
    }
}
