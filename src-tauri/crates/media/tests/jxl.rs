//! JPEG XL: shown and converted, since no site takes it.

#![allow(clippy::unwrap_used, reason = "a test that cannot make its files has failed")]

mod common;

use common::{QUARTERS, alike, corners, file, small};
use media::{Error, Format, Limits, Preview, Target, Wish, convert, inspect, preview};

const LOSSY: &[u8] = include_bytes!("pictures/lossy.jxl");
/// The blue quarter is transparent.
const CLEAR: &[u8] = include_bytes!("pictures/clear.jxl");
/// A JPEG packed anew, as it was: turned by a quarter to the right.
const TURNED: &[u8] = include_bytes!("pictures/turned.jxl");
/// Two frames.
const MOVING: &[u8] = include_bytes!("pictures/moving.jxl");

#[test]
fn a_jpeg_xl_is_shown_upright_in_its_colours() {
    let [red, green, blue, grey] = QUARTERS;
    for (name, bytes, size, shows) in
        [("lossy", LOSSY, (96, 64), QUARTERS), ("turned", TURNED, (64, 96), [blue, red, grey, green])]
    {
        let folder = tempfile::tempdir().unwrap();
        let path = file(folder.path(), "a.jxl", bytes);
        let facts = inspect(&path).unwrap();
        assert_eq!((facts.format, facts.dimensions.map(|d| (d.width, d.height))), (Format::Jxl, Some(size)));
        let made = small(&path);
        assert_eq!(((made.width, made.height), made.mime), (size, "image/jpeg"), "{name}");
        assert!(alike(corners(&made), shows), "{name}: {:?}", corners(&made));
    }
}

#[test]
fn a_jpeg_xl_is_converted_with_what_is_transparent_in_it() {
    let folder = tempfile::tempdir().unwrap();
    let (path, out) = (file(folder.path(), "a.jxl", CLEAR), folder.path().join("out"));
    let wish = Wish { target: Some(Target::Png), ..Wish::default() };
    let made = convert(&path, &wish, &Limits::default(), &out).unwrap();
    assert_eq!((made.format, made.dimensions.width, made.dimensions.height), (Format::Png, 96, 64));
    let picture = image::load_from_memory(&std::fs::read(&out).unwrap()).unwrap().to_rgba8();
    assert_eq!((picture.get_pixel(10, 50).0[3], picture.get_pixel(10, 10).0), (0, [200, 30, 30, 255]));
}

#[test]
fn of_a_moving_jpeg_xl_the_first_frame_is_shown_and_nothing_is_converted() {
    let folder = tempfile::tempdir().unwrap();
    let path = file(folder.path(), "a.jxl", MOVING);
    assert!(inspect(&path).unwrap().animated);
    assert!(alike(corners(&small(&path)), QUARTERS));
    let made = convert(&path, &Wish::default(), &Limits::default(), &folder.path().join("out"));
    assert!(matches!(made, Err(Error::Animated)), "{made:?}");
}

#[test]
fn a_damaged_jpeg_xl_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    for length in [3, 20, LOSSY.len() / 2] {
        let path = file(folder.path(), &format!("{length}.jxl"), &LOSSY[..length]);
        let made = preview(&path, 320, &Limits::default());
        assert!(matches!(made, Err(Error::Damaged { .. })), "{length}: {made:?}");
    }
    for at in (2..LOSSY.len()).step_by(7) {
        let mut bytes = LOSSY.to_vec();
        bytes[at] ^= 0x55;
        let path = file(folder.path(), &format!("flipped {at}.jxl"), &bytes);
        // Some of them are pictures of something else.
        if let Ok(Preview { width, height, .. }) = preview(&path, 32, &Limits::default()) {
            assert!(width.max(height) <= 32);
        }
    }
}
