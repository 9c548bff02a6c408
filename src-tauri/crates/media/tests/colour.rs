//! Colours after conversion, against values that were worked out from the definitions of the colour spaces.

#![allow(clippy::unwrap_used, reason = "a test that cannot make its files has failed")]

mod common;

use common::file;
use image::RgbImage;
use media::{Limits, preview};
use moxcms::{ColorProfile, ToneReprCurve};

/// Colours in Display P3 or Adobe RGB, and what they are in sRGB; what is outside of it is cut off.
const DISPLAY_P3: [([u8; 3], [u8; 3]); 4] = [
    ([200, 30, 30], [218, 0, 6]),
    ([30, 30, 200], [30, 30, 208]),
    ([180, 120, 90], [190, 117, 84]),
    ([220, 220, 220], [220, 220, 220]),
];
const ADOBE_RGB: [([u8; 3], [u8; 3]); 4] = [
    ([200, 30, 30], [233, 24, 24]),
    ([30, 30, 200], [24, 24, 205]),
    ([180, 120, 90], [199, 121, 88]),
    ([220, 220, 220], [221, 221, 221]),
];

/// What a picture of one colour is shown as.
fn shown(name: &str, bytes: &[u8]) -> [u8; 3] {
    let folder = tempfile::tempdir().unwrap();
    let made = preview(&file(folder.path(), name, bytes), 64, &Limits::default()).unwrap();
    let picture = image::load_from_memory(&made.bytes).unwrap().to_rgb8();
    picture.get_pixel(picture.width() / 2, picture.height() / 2).0
}

fn near(left: [u8; 3], right: [u8; 3]) -> bool {
    left.iter().zip(&right).all(|(a, b)| a.abs_diff(*b) <= 4)
}

fn png(colour: [u8; 3], profile: Option<&ColorProfile>) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut info = png::Info::with_size(96, 80);
    info.color_type = png::ColorType::Rgb;
    info.icc_profile = profile.map(|profile| profile.encode().unwrap().into());
    let mut writer = png::Encoder::with_info(&mut bytes, info).unwrap().write_header().unwrap();
    writer.write_image_data(RgbImage::from_pixel(96, 80, image::Rgb(colour)).as_raw()).unwrap();
    writer.finish().unwrap();
    bytes
}

fn jpeg(colour: [u8; 3], profile: &ColorProfile, side: u16) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut bytes, 95);
    encoder.add_icc_profile(&profile.encode().unwrap()).unwrap();
    let picture = RgbImage::from_pixel(side.into(), side.into(), image::Rgb(colour));
    encoder.encode(picture.as_raw(), side, side, jpeg_encoder::ColorType::Rgb).unwrap();
    bytes
}

fn webp(colour: [u8; 3], profile: &ColorProfile) -> Vec<u8> {
    let picture = RgbImage::from_pixel(96, 80, image::Rgb(colour));
    let plain = common::encoded(&picture.into(), image::ImageFormat::WebP);
    common::webp_with(&plain, (96, 80), 0x20, &[(b"ICCP", &profile.encode().unwrap())])
}

#[test]
fn wide_colours_are_shown_as_they_are_meant() {
    for (profile, colours) in
        [(ColorProfile::new_display_p3(), DISPLAY_P3), (ColorProfile::new_adobe_rgb(), ADOBE_RGB)]
    {
        for (stored, meant) in colours {
            let made = [
                ("png", shown("a.png", &png(stored, Some(&profile)))),
                ("webp", shown("a.webp", &webp(stored, &profile))),
                ("small jpeg", shown("a.jpg", &jpeg(stored, &profile, 80))),
                ("large jpeg", shown("a.jpg", &jpeg(stored, &profile, 1_200))),
            ];
            for (kind, shown) in made {
                assert!(near(shown, meant), "{kind}: {stored:?} is shown as {shown:?}, meant is {meant:?}");
            }
        }
    }
}

#[test]
fn a_picture_without_a_profile_keeps_its_numbers() {
    for colour in [[200, 30, 30], [90, 140, 120]] {
        assert!(near(shown("a.png", &png(colour, None)), colour));
        assert!(near(shown("a.png", &png(colour, Some(&ColorProfile::new_srgb()))), colour));
    }
}

#[test]
fn gray_has_a_profile_of_its_own() {
    // Linear light: half of it looks much brighter than half of the numbers.
    let mut linear = ColorProfile::new_gray_with_gamma(1.0);
    linear.gray_trc = Some(ToneReprCurve::Lut(Vec::new()));
    let mut bytes = Vec::new();
    let mut info = png::Info::with_size(90, 90);
    info.color_type = png::ColorType::Grayscale;
    info.icc_profile = Some(linear.encode().unwrap().into());
    let mut writer = png::Encoder::with_info(&mut bytes, info).unwrap().write_header().unwrap();
    writer.write_image_data(&[128; 90 * 90]).unwrap();
    writer.finish().unwrap();
    let shown = shown("a.png", &bytes);
    assert!(near(shown, [188; 3]), "{shown:?}");
}

#[test]
fn a_profile_that_is_none_is_passed_over() {
    let mut bytes = Vec::new();
    let mut info = png::Info::with_size(8, 8);
    info.color_type = png::ColorType::Rgb;
    info.icc_profile = Some(b"no profile at all".to_vec().into());
    let mut writer = png::Encoder::with_info(&mut bytes, info).unwrap().write_header().unwrap();
    writer.write_image_data(&[120; 8 * 8 * 3]).unwrap();
    writer.finish().unwrap();
    assert!(near(shown("a.png", &bytes), [120; 3]));
}
