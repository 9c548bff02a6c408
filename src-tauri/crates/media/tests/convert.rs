//! The same picture in another format: upright, in its colours, true to its type, and with nothing private in it.

#![allow(clippy::unwrap_used, reason = "a test that cannot make its files has failed")]

mod common;

use std::fs;
use std::path::Path;

use common::{encoded, file, pixels, quarters};
use image::codecs::png::PngEncoder;
use image::{DynamicImage, ImageEncoder, ImageFormat, Rgba, RgbaImage};
use media::samples::{self, Camera, Scene};
use media::{Converted, Error, Format, Limits, Privacy, Target, Wish, convert, inspect, sniff, strip};

fn made(path: &Path, wish: &Wish) -> (Converted, Vec<u8>) {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let made = convert(path, wish, &Limits::default(), &out).unwrap();
    let bytes = fs::read(&out).unwrap();
    assert_eq!(sniff(&bytes), Some(made.format), "the type is true to the bytes");
    assert_eq!(made.size, bytes.len() as u64);
    let facts = inspect(&out).unwrap();
    assert_eq!(facts.dimensions, Some(made.dimensions));
    let told = strip(&out, Privacy::All, &folder.path().join("stripped")).unwrap();
    assert!(!told.changed, "{:?} is in it", told.removed);
    (made, bytes)
}

fn photo() -> DynamicImage {
    samples::landscape(Scene::Sea, 7, 320, 200).into()
}

fn decoded(bytes: &[u8]) -> DynamicImage {
    image::load_from_memory(bytes).unwrap()
}

/// How far pixels are from each other on average.
fn distance(left: &DynamicImage, right: &DynamicImage) -> f64 {
    let (left, right) = (left.to_rgb8(), right.to_rgb8());
    assert_eq!(left.dimensions(), right.dimensions());
    let apart: u64 = left.iter().zip(right.iter()).map(|(a, b)| u64::from(a.abs_diff(*b))).sum();
    apart as f64 / left.len() as f64
}

#[test]
fn a_photo_becomes_a_jpeg_and_a_drawing_a_png() {
    let folder = tempfile::tempdir().unwrap();
    for format in [ImageFormat::Tiff, ImageFormat::Bmp] {
        let path = file(folder.path(), "photo", &encoded(&photo(), format));
        let (told, bytes) = made(&path, &Wish::default());
        assert_eq!(told.format, Format::Jpeg, "{format:?}");
        assert!(distance(&decoded(&bytes), &photo()) < 3.0);
        let drawing = DynamicImage::from(quarters(64, 48));
        let path = file(folder.path(), "drawing", &encoded(&drawing, format));
        let (told, bytes) = made(&path, &Wish::default());
        assert_eq!(told.format, Format::Png, "{format:?}");
        assert_eq!(decoded(&bytes).to_rgb8(), drawing.to_rgb8());
    }
}

#[test]
fn what_is_transparent_stays_so() {
    let folder = tempfile::tempdir().unwrap();
    let icon = RgbaImage::from_fn(32, 32, |x, _| Rgba([200, 30, 30, if x < 16 { 0 } else { 255 }]));
    let path = file(folder.path(), "a.ico", &encoded(&icon.clone().into(), ImageFormat::Ico));
    let (told, bytes) = made(&path, &Wish::default());
    assert_eq!(told.format, Format::Png);
    assert_eq!(decoded(&bytes).to_rgba8().get_pixel(4, 4).0[3], 0);
    assert_eq!(*decoded(&bytes).to_rgba8().get_pixel(20, 4), Rgba([200, 30, 30, 255]));

    let mut clear = photo().to_rgba8();
    clear.enumerate_pixels_mut().for_each(|(x, _, pixel)| pixel.0[3] = if x < 100 { 0 } else { 255 });
    let path = file(folder.path(), "a.tif", &encoded(&clear.clone().into(), ImageFormat::Tiff));
    let (told, bytes) = made(&path, &Wish::default());
    assert_eq!((told.format, decoded(&bytes).to_rgba8()), (Format::Webp, clear));
    // A JPEG knows nothing of it: white, as on paper, and not black.
    let (_, bytes) = made(&path, &Wish { target: Some(Target::Jpeg), ..Wish::default() });
    assert!(decoded(&bytes).to_rgb8().get_pixel(20, 20).0.iter().all(|part| *part > 245));
}

#[test]
fn a_turned_picture_comes_out_upright() {
    let folder = tempfile::tempdir().unwrap();
    let picture = quarters(96, 64);
    for orientation in 1..=8 {
        let bytes = samples::jpeg(&picture, Some(Camera { orientation, place: true })).unwrap();
        let path = file(folder.path(), "a.jpg", &bytes);
        for target in [Target::Png, Target::Webp, Target::Jpeg] {
            let (told, bytes) = made(&path, &Wish { target: Some(target), ..Wish::default() });
            assert_eq!((told.dimensions.width, told.dimensions.height), (96, 64), "{orientation} {target:?}");
            assert!(distance(&decoded(&bytes), &picture.clone().into()) < 4.0, "{orientation} {target:?}");
        }
    }
}

#[test]
fn a_colour_profile_goes_along_and_one_for_inks_does_not() {
    let folder = tempfile::tempdir().unwrap();
    let profile = |kind: &[u8; 4]| {
        let mut profile = vec![7; 200];
        profile[16..20].copy_from_slice(kind);
        profile
    };
    for (kind, kept) in [(b"RGB ", true), (b"CMYK", false)] {
        let mut bytes = Vec::new();
        let mut encoder = PngEncoder::new(&mut bytes);
        encoder.set_icc_profile(profile(kind)).unwrap();
        photo().write_with_encoder(encoder).unwrap();
        let path = file(folder.path(), "a.png", &bytes);
        for target in [Target::Jpeg, Target::Webp] {
            let (_, bytes) = made(&path, &Wish { target: Some(target), ..Wish::default() });
            let found = bytes.windows(200).any(|window| window == profile(kind));
            assert_eq!(found, kept, "{target:?}");
        }
    }
}

#[test]
fn a_picture_is_made_as_small_as_the_site_takes() {
    let folder = tempfile::tempdir().unwrap();
    let path = file(folder.path(), "a.tif", &encoded(&photo(), ImageFormat::Tiff));
    for target in [Target::Jpeg, Target::Png, Target::Webp] {
        for max_bytes in [30_000, 8_000, 2_500] {
            let (told, bytes) =
                made(&path, &Wish { target: Some(target), max_bytes: Some(max_bytes), ..Wish::default() });
            assert!(told.size <= max_bytes, "{target:?} {max_bytes}");
            assert!(told.size * 4 > max_bytes, "{target:?} {max_bytes}: needlessly small, {}", told.size);
            let small = photo().resize_exact(
                told.dimensions.width,
                told.dimensions.height,
                image::imageops::FilterType::Lanczos3,
            );
            assert!(distance(&decoded(&bytes), &small) < 8.0, "{target:?} {max_bytes}");
        }
    }
    let folder = tempfile::tempdir().unwrap();
    let wish = Wish { max_bytes: Some(10), ..Wish::default() };
    let out = folder.path().join("out");
    assert!(matches!(convert(&path, &wish, &Limits::default(), &out), Err(Error::DoesNotFit)));
    assert!(!out.exists());
}

#[test]
fn a_longest_side_is_kept_to_and_nothing_is_enlarged() {
    let folder = tempfile::tempdir().unwrap();
    let path = file(folder.path(), "a.bmp", &encoded(&photo(), ImageFormat::Bmp));
    for (max_side, size) in [(160, (160, 100)), (1000, (320, 200))] {
        let (told, _) = made(&path, &Wish { max_side: Some(max_side), ..Wish::default() });
        assert_eq!((told.dimensions.width, told.dimensions.height), size);
    }
}

#[test]
fn animations_clips_and_what_is_no_picture_are_not_converted() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let gif = folder.path().join("a.gif");
    samples::write(&gif, Scene::Sea, (48, 32), None).unwrap();
    let done = |path: &Path| convert(path, &Wish::default(), &Limits::default(), &out);
    assert!(matches!(done(&gif), Err(Error::Animated)));
    let clip = file(folder.path(), "a.mp4", &samples::clip(samples::Clip::default()).unwrap());
    assert!(matches!(done(&clip), Err(Error::NoPreview(Format::Mp4))));
    assert!(matches!(done(&file(folder.path(), "a.txt", b"words")), Err(Error::NotAPicture)));
    assert!(!out.exists());
}

#[test]
fn a_file_that_is_there_is_never_written_over() {
    let folder = tempfile::tempdir().unwrap();
    let path = file(folder.path(), "a.bmp", &encoded(&photo(), ImageFormat::Bmp));
    let before = pixels(&path);
    assert!(matches!(convert(&path, &Wish::default(), &Limits::default(), &path), Err(Error::Write(_))));
    assert_eq!(pixels(&path), before);
}
