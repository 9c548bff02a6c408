//! Previews as they are seen: upright, in the right colours, of the right size.

#![allow(clippy::unwrap_used, reason = "a test that cannot make its files has failed")]

mod common;

use common::{QUARTERS, alike, corners, encoded, file, jpeg_with, quarters, small};
use image::{DynamicImage, ImageFormat, RgbImage, Rgba, RgbaImage};
use media::samples::{self, Camera, Scene};
use media::{Error, Format, Limits, preview};

/// Where the pixel that is shown at (x, y) lies in the file, by the definition of EXIF's eight numbers.
fn stored(orientation: u8, (x, y): (u32, u32), (w, h): (u32, u32)) -> (u32, u32) {
    match orientation {
        1 => (x, y),
        2 => (w - 1 - x, y),
        3 => (w - 1 - x, h - 1 - y),
        4 => (x, h - 1 - y),
        5 => (y, x),
        6 => (y, w - 1 - x),
        7 => (h - 1 - y, w - 1 - x),
        _ => (h - 1 - y, x),
    }
}

#[test]
fn all_eight_orientations_are_shown_upright() {
    let folder = tempfile::tempdir().unwrap();
    let shown = samples::landscape(Scene::Lighthouse, 3, 96, 64);
    let upright = file(folder.path(), "1.png", &encoded(&shown.clone().into(), ImageFormat::Png));
    let reference = image::load_from_memory(&small(&upright).bytes).unwrap().to_rgb8();
    for orientation in 1..=8 {
        let (w, h) = shown.dimensions();
        let (sw, sh) = if orientation > 4 { (h, w) } else { (w, h) };
        let mut turned = RgbImage::new(sw, sh);
        for (x, y, pixel) in shown.enumerate_pixels() {
            let (sx, sy) = stored(orientation, (x, y), (w, h));
            turned.put_pixel(sx, sy, *pixel);
        }
        let exif = samples::exif(Camera { orientation, place: false });
        let png = common::png_with(&encoded(&turned.into(), ImageFormat::Png), &[(b"eXIf", &exif)]);
        let path = file(folder.path(), "turned.png", &png);
        let made = image::load_from_memory(&small(&path).bytes).unwrap().to_rgb8();
        assert_eq!(made, reference, "orientation {orientation}");
        let facts = media::inspect(&path).unwrap();
        let shown = facts.dimensions.map(|d| (d.width, d.height));
        assert_eq!((facts.orientation as u8 + 1, shown), (orientation, Some((w, h))));
    }
}

#[test]
fn a_turned_jpeg_is_upright() {
    let folder = tempfile::tempdir().unwrap();
    for orientation in 1..=8 {
        let bytes = samples::jpeg(&quarters(640, 480), Some(Camera { orientation, place: true })).unwrap();
        let made = small(&file(folder.path(), "a.jpg", &bytes));
        assert_eq!((made.width, made.height, made.mime), (320, 240, "image/jpeg"));
        assert!(alike(corners(&made), QUARTERS), "orientation {orientation}: {:?}", corners(&made));
    }
}

#[test]
fn every_format_is_shown_in_its_colours() {
    let folder = tempfile::tempdir().unwrap();
    let picture = DynamicImage::from(quarters(640, 480));
    let formats = [
        (ImageFormat::Jpeg, Format::Jpeg),
        (ImageFormat::Png, Format::Png),
        (ImageFormat::Gif, Format::Gif),
        (ImageFormat::WebP, Format::Webp),
        (ImageFormat::Bmp, Format::Bmp),
        (ImageFormat::Tiff, Format::Tiff),
    ];
    for (format, is) in formats {
        // The name is a lie: only bytes count.
        let path = file(folder.path(), "picture.txt", &encoded(&picture, format));
        assert_eq!(media::inspect(&path).unwrap().format, is);
        let made = small(&path);
        assert_eq!((made.width, made.height), (320, 240), "{is:?}");
        assert!(alike(corners(&made), QUARTERS), "{is:?}: {:?}", corners(&made));
    }
    let icon = file(
        folder.path(),
        "a.ico",
        &encoded(&DynamicImage::from(quarters(64, 64)).into_rgba8().into(), ImageFormat::Ico),
    );
    assert!(alike(corners(&small(&icon)), QUARTERS));
}

#[test]
fn avif_is_shown_in_its_colours() {
    for (name, bytes) in [
        ("8 bit, 4:2:0", &include_bytes!("pictures/quarters.avif")[..]),
        ("10 bit, 4:4:4", include_bytes!("pictures/deep.avif")),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let path = file(folder.path(), "a.avif", bytes);
        let facts = media::inspect(&path).unwrap();
        assert_eq!(
            (facts.format, facts.dimensions.map(|d| (d.width, d.height))),
            (Format::Avif, Some((64, 48)))
        );
        let made = small(&path);
        assert!(alike(corners(&made), QUARTERS), "{name}: {:?}", corners(&made));
    }
}

#[test]
fn a_turned_avif_is_upright() {
    let folder = tempfile::tempdir().unwrap();
    let path = file(folder.path(), "a.avif", include_bytes!("pictures/turned.avif"));
    let [red, green, blue, grey] = QUARTERS;
    let made = small(&path);
    // Three quarter turns to the left are one to the right.
    assert_eq!((made.width, made.height), (48, 64));
    assert!(alike(corners(&made), [blue, red, grey, green]), "{:?}", corners(&made));
    assert_eq!(media::inspect(&path).unwrap().dimensions.map(|d| (d.width, d.height)), Some((48, 64)));
}

#[test]
fn what_is_transparent_stays_transparent() {
    let folder = tempfile::tempdir().unwrap();
    let half = RgbaImage::from_fn(800, 400, |x, _| Rgba([200, 30, 30, if x < 400 { 0 } else { 255 }]));
    let picture = DynamicImage::from(half);
    let mut files: Vec<_> = [ImageFormat::Png, ImageFormat::WebP, ImageFormat::Gif]
        .map(|format| encoded(&picture, format))
        .into();
    files.push(include_bytes!("pictures/clear.webp").to_vec());
    files.push(include_bytes!("pictures/clear.avif").to_vec());
    files.push(include_bytes!("pictures/clear.heic").to_vec());
    for bytes in files {
        let made = small(&file(folder.path(), "a", &bytes));
        assert_eq!(made.mime, "image/png");
        let made = image::load_from_memory(&made.bytes).unwrap().to_rgba8();
        let (w, h) = made.dimensions();
        assert_eq!(made.get_pixel(w / 4, h / 4).0[3], 0);
        assert_eq!(made.get_pixel(w * 3 / 4, h / 4).0[3], 255);
    }
}

#[test]
fn opaque_pixels_make_a_jpeg_even_with_an_alpha_channel() {
    let folder = tempfile::tempdir().unwrap();
    let picture = DynamicImage::from(quarters(40, 40)).into_rgba8();
    let path = file(folder.path(), "a.png", &encoded(&picture.into(), ImageFormat::Png));
    assert_eq!(small(&path).mime, "image/jpeg");
}

#[test]
fn a_small_picture_is_not_enlarged_and_a_thin_one_keeps_a_pixel() {
    let folder = tempfile::tempdir().unwrap();
    let size = |w, h| {
        let path = file(folder.path(), "a.png", &encoded(&quarters(w, h).into(), ImageFormat::Png));
        let made = small(&path);
        (made.width, made.height)
    };
    assert_eq!(size(31, 17), (31, 17));
    assert_eq!(size(5000, 2), (320, 1));
    assert_eq!(size(1, 1), (1, 1));
}

#[test]
fn a_lossy_webp_is_shown_in_its_colours() {
    let folder = tempfile::tempdir().unwrap();
    let path = file(folder.path(), "a.webp", include_bytes!("pictures/lossy.webp"));
    // Made smaller by the decoder, by the last step alone, and not at all.
    for (box_px, size) in [(320, (320, 240)), (2000, (2000, 1500)), (4000, (2561, 1921))] {
        let made = preview(&path, box_px, &Limits::default()).unwrap();
        assert_eq!((made.width, made.height, made.mime), (size.0, size.1, "image/jpeg"));
        assert!(alike(corners(&made), QUARTERS), "{box_px}: {:?}", corners(&made));
    }
}

#[test]
fn a_webp_whose_parts_would_not_fit_is_refused_before_it_is_decoded() {
    let folder = tempfile::tempdir().unwrap();
    let lossless = encoded(&quarters(1000, 1000).into(), ImageFormat::WebP);
    let lossy = include_bytes!("pictures/lossy.webp");
    let within = |bytes: &[u8], max_memory| {
        let path = file(folder.path(), "a.webp", bytes);
        preview(&path, 320, &Limits { max_memory, ..Limits::default() })
    };
    // 640 x 640 come out; a lossless one is there as a whole besides, a lossy one by its opacity at most.
    assert!(matches!(within(&lossless, 7_000_000), Err(Error::TooMuchMemory)));
    assert!(within(&lossless, 8_000_000).is_ok());
    assert!(within(lossy, 8_000_000).is_ok());
    assert!(matches!(within(lossy, lossy.len() as u64 - 1), Err(Error::TooMuchMemory)));
}

/// Bitmaps as programs write them: from the bottom or from the top, three or four bytes a pixel, with what comes between
/// the header and the pixels.
#[test]
fn every_plain_bitmap_is_shown_in_its_colours() {
    let folder = tempfile::tempdir().unwrap();
    // Rows end on four bytes, and more of them than fit into a block.
    let picture = quarters(1001, 700);
    for (channels, from_top, header, gap) in
        [(3, false, 40, 0), (3, true, 40, 2), (4, false, 108, 0), (4, true, 124, 16)]
    {
        let bytes = bitmap(&picture, channels, from_top, header, gap);
        let made = small(&file(folder.path(), "a.bmp", &bytes));
        assert_eq!((made.width, made.height, made.mime), (320, 224, "image/jpeg"));
        let told = corners(&made);
        assert!(alike(told, QUARTERS), "{channels} bytes, from the top: {from_top}: {told:?}");
        let short = file(folder.path(), "short.bmp", &bytes[..bytes.len() - 1]);
        let told = preview(&short, 320, &Limits::default());
        assert!(matches!(told, Err(Error::Damaged { format: Format::Bmp, .. })), "{told:?}");
    }
    let gray = DynamicImage::from(quarters(90, 70)).to_luma8();
    let gray = file(folder.path(), "gray.bmp", &encoded(&gray.into(), ImageFormat::Bmp));
    assert_eq!(small(&gray).width, 90, "one with a palette");
}

fn bitmap(picture: &RgbImage, channels: u16, from_top: bool, header: u32, gap: u32) -> Vec<u8> {
    let (width, height) = picture.dimensions();
    let at = 14 + header + gap;
    let rows = i32::try_from(height).unwrap() * if from_top { -1 } else { 1 };
    let mut bytes = b"BM\0\0\0\0\0\0\0\0".to_vec();
    bytes.extend([at, header, width].map(u32::to_le_bytes).as_flattened());
    bytes.extend(rows.to_le_bytes());
    bytes.extend([1, channels * 8].map(u16::to_le_bytes).as_flattened());
    bytes.resize(at as usize, 0);
    for row in 0..height {
        let row = if from_top { row } else { height - 1 - row };
        for column in 0..width {
            let [red, green, blue] = picture.get_pixel(column, row).0;
            bytes.extend(&[blue, green, red, 77][..channels.into()]);
        }
        let padding = (bytes.len() - at as usize).wrapping_neg() % 4;
        bytes.resize(bytes.len() + padding, 0);
    }
    bytes
}

/// A GIF whose only frame lies somewhere in it, in four colours of which the last may be transparent.
fn gif(
    size: (u16, u16),
    at: (u16, u16),
    (width, height): (u16, u16),
    clear: bool,
    interlaced: bool,
) -> Vec<u8> {
    let row = |row: u16| (0..width).map(move |x| u8::from(x >= width / 2) + 2 * u8::from(row >= height / 2));
    let rows: Vec<u16> = if interlaced {
        [(0, 8), (4, 8), (2, 4), (1, 2)]
            .iter()
            .flat_map(|(from, step)| (*from..height).step_by(*step))
            .collect()
    } else {
        (0..height).collect()
    };
    let frame = gif::Frame {
        left: at.0,
        top: at.1,
        width,
        height,
        interlaced,
        transparent: clear.then_some(3),
        buffer: rows.into_iter().flat_map(row).collect(),
        ..gif::Frame::default()
    };
    let mut bytes = Vec::new();
    let mut encoder = gif::Encoder::new(&mut bytes, size.0, size.1, QUARTERS.as_flattened()).unwrap();
    encoder.write_frame(&frame).unwrap();
    drop(encoder);
    bytes
}

#[test]
fn a_gif_is_shown_whatever_its_rows_and_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let made = |bytes: &[u8]| small(&file(folder.path(), "a.gif", bytes));
    for interlaced in [false, true] {
        // Small and large, so that rows go into the picture as they are or as means.
        for side in [90, 1500] {
            let whole = made(&gif((side, side), (0, 0), (side, side), false, interlaced));
            assert_eq!(whole.mime, "image/jpeg");
            assert!(
                alike(corners(&whole), QUARTERS),
                "{side}, interlaced: {interlaced}: {:?}",
                corners(&whole)
            );
            // In the lower right quarter; its own lower right quarter can be seen through.
            let half = side / 2;
            let part = made(&gif((side, side), (half, half), (half, half), true, interlaced));
            let pixels = image::load_from_memory(&part.bytes).unwrap().to_rgba8();
            let at = |x: f64, y: f64| {
                pixels.get_pixel((x * f64::from(part.width)) as u32, (y * f64::from(part.height)) as u32).0
            };
            assert_eq!(
                (at(0.25, 0.25)[3], at(0.75, 0.25)[3], at(0.25, 0.75)[3], at(0.9, 0.9)[3]),
                (0, 0, 0, 0)
            );
            for (place, colour) in
                [((0.6, 0.6), QUARTERS[0]), ((0.9, 0.6), QUARTERS[1]), ((0.6, 0.9), QUARTERS[2])]
            {
                assert_eq!(at(place.0, place.1), [colour[0], colour[1], colour[2], 255], "{place:?}");
            }
        }
    }
    // A frame that sticks out is cut off, and one that lies outside shows nothing.
    let out = made(&gif((90, 90), (45, 45), (90, 90), false, false));
    let pixels = image::load_from_memory(&out.bytes).unwrap().to_rgba8();
    assert_eq!((pixels.get_pixel(20, 20).0[3], pixels.get_pixel(89, 89).0), (0, [200, 30, 30, 255]));
    assert_eq!(made(&gif((90, 90), (200, 200), (90, 90), false, false)).mime, "image/png");
}

#[test]
fn an_animation_shows_its_first_frame() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.gif");
    samples::write(&path, Scene::Sea, (200, 120), None).unwrap();
    assert!(media::inspect(&path).unwrap().animated);
    let made = small(&path);
    assert_eq!((made.width, made.height), (200, 120));
    let moving = file(folder.path(), "a.webp", include_bytes!("pictures/moving.webp"));
    assert!(media::inspect(&moving).unwrap().animated);
    assert!(alike(corners(&small(&moving)), QUARTERS));
}

#[test]
fn a_clip_has_no_preview_and_says_so() {
    let folder = tempfile::tempdir().unwrap();
    for (bytes, format) in [
        (common::clip(b"isom", b""), Format::Mp4),
        (common::clip(b"qt  ", b""), Format::Mov),
        (common::webm(), Format::Webm),
    ] {
        let path = file(folder.path(), "clip", &bytes);
        let told = preview(&path, 320, &Limits::default());
        assert!(matches!(told, Err(Error::NoPreview(is)) if is == format), "{told:?}");
    }
}

#[test]
fn a_picture_behind_long_metadata_is_shown() {
    let folder = tempfile::tempdir().unwrap();
    let plain = encoded(&quarters(100, 100).into(), ImageFormat::Jpeg);
    let long = vec![b'x'; 65_000];
    let bytes = jpeg_with(&plain, &[(0xe5, &long), (0xe5, &long), (0xe5, &long)]);
    assert!(alike(corners(&small(&file(folder.path(), "a.jpg", &bytes))), QUARTERS));
}
