//! JPEG previews come from the lowest frequencies; they have to look like the whole picture made small.

#![allow(clippy::unwrap_used, reason = "a test that cannot make its files has failed")]

mod common;

use std::fs;

use common::{Dice, alike, corners, file, jpeg_with, quarters};
use image::RgbImage;
use image::imageops::{FilterType, resize};
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};
use media::samples::{Scene, landscape};
use media::{Error, Format, Limits, Target, Wish, convert, preview};

/// How a picture is compressed.
struct Make {
    kind: ColorType,
    sampling: SamplingFactor,
    progressive: bool,
    restart: u16,
    optimised: bool,
}

const PLAIN: Make = Make {
    kind: ColorType::Rgb,
    sampling: SamplingFactor::R_4_2_0,
    progressive: false,
    restart: 0,
    optimised: false,
};

fn jpeg(make: &Make, data: &[u8], (width, height): (u32, u32)) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, 92);
    encoder.set_sampling_factor(make.sampling);
    encoder.set_progressive(make.progressive);
    encoder.set_optimized_huffman_tables(make.optimised);
    if make.restart > 0 {
        encoder.set_restart_interval(make.restart);
    }
    encoder.encode(data, width as u16, height as u16, make.kind).unwrap();
    bytes
}

/// A picture with something to see at every size: a landscape with texture over it.
fn scene(width: u32, height: u32) -> RgbImage {
    let mut dice = Dice(7);
    let mut scene = landscape(Scene::Hills, 5, width, height);
    for pixel in scene.pixels_mut() {
        let grain = dice.below(25) as i16 - 12;
        pixel.0 = pixel.0.map(|level| (i16::from(level) + grain).clamp(0, 255) as u8);
    }
    scene
}

/// The mean and the largest difference of a preview to the picture made small in the usual way.
fn difference(bytes: &[u8], picture: &RgbImage, px: u32) -> (f64, u8) {
    let folder = tempfile::tempdir().unwrap();
    let made = preview(&file(folder.path(), "a.jpg", bytes), px, &Limits::default()).unwrap();
    let made = image::load_from_memory(&made.bytes).unwrap().to_rgb8();
    let usual = resize(picture, made.width(), made.height(), FilterType::Lanczos3);
    let each: Vec<u8> = made.iter().zip(usual.iter()).map(|(a, b)| a.abs_diff(*b)).collect();
    let mean = each.iter().map(|each| f64::from(*each)).sum::<f64>() / each.len() as f64;
    (mean, each.into_iter().max().unwrap())
}

#[test]
fn a_preview_looks_like_the_whole_picture_made_small() {
    // Sides that are no whole number of blocks.
    let (width, height) = (1_003, 717);
    let picture = scene(width, height);
    let gray: Vec<u8> = picture.pixels().map(|pixel| pixel.0[1]).collect();
    let shown_gray = RgbImage::from_fn(width, height, |x, y| image::Rgb([picture.get_pixel(x, y).0[1]; 3]));
    let makes = [
        ("4:2:0", PLAIN),
        ("4:4:4", Make { sampling: SamplingFactor::R_4_4_4, ..PLAIN }),
        ("4:2:2", Make { sampling: SamplingFactor::R_4_2_2, ..PLAIN }),
        ("4:1:1", Make { sampling: SamplingFactor::R_4_1_1, ..PLAIN }),
        ("own tables", Make { optimised: true, ..PLAIN }),
        ("restarts", Make { restart: 5, ..PLAIN }),
        ("progressive", Make { progressive: true, ..PLAIN }),
        ("progressive 4:4:4", Make { progressive: true, sampling: SamplingFactor::R_4_4_4, ..PLAIN }),
        ("gray", Make { kind: ColorType::Luma, ..PLAIN }),
        ("progressive gray", Make { kind: ColorType::Luma, progressive: true, ..PLAIN }),
    ];
    for (name, make) in makes {
        let is_gray = make.kind == ColorType::Luma;
        let (data, meant) = if is_gray { (&gray, &shown_gray) } else { (picture.as_raw(), &picture) };
        let bytes = jpeg(&make, data, (width, height));
        // An eighth, a quarter and all of it are enough.
        for px in [120, 240, 500] {
            let (mean, most) = difference(&bytes, meant, px);
            assert!(mean < 2.5 && most < 60, "{name} at {px}: mean {mean:.2}, most {most}");
        }
    }
}

#[test]
fn inks_are_shown_in_their_colours() {
    let folder = tempfile::tempdir().unwrap();
    // Cyan, magenta, yellow and black, of which a part is printed.
    let inks = [[200, 0, 0, 0], [0, 180, 0, 40], [0, 0, 220, 0], [0, 0, 0, 150]];
    let colours = [[55, 255, 255], [215, 63, 215], [255, 255, 35], [105, 105, 105]];
    for side in [64, 2_400] {
        let map = quarters(side, side);
        let data: Vec<u8> = map
            .pixels()
            .flat_map(|pixel| inks[common::QUARTERS.iter().position(|one| *one == pixel.0).unwrap()])
            .collect();
        for kind in [ColorType::Cmyk, ColorType::CmykAsYcck] {
            let bytes = jpeg(&Make { kind, sampling: SamplingFactor::R_4_4_4, ..PLAIN }, &data, (side, side));
            let path = file(folder.path(), "a.jpg", &bytes);
            let made = preview(&path, 256, &Limits::default()).unwrap();
            assert!(alike(corners(&made), colours), "{kind:?} of {side}: {:?}", corners(&made));

            let (png, wish) =
                (folder.path().join("a.png"), Wish { target: Some(Target::Png), ..Wish::default() });
            convert(&path, &wish, &Limits::default(), &png).unwrap();
            let made = preview(&png, 256, &Limits::default()).unwrap();
            assert!(alike(corners(&made), colours), "converted {kind:?} of {side}: {:?}", corners(&made));
            fs::remove_file(png).unwrap();
        }
    }
}

#[test]
fn twelve_bits_and_lossless_jpegs_are_refused_as_unreadable_not_as_damaged() {
    let folder = tempfile::tempdir().unwrap();
    let plain = jpeg(&PLAIN, quarters(64, 64).as_raw(), (64, 64));
    let frame = plain.windows(2).position(|two| two == [0xff, 0xc0]).unwrap();
    let mut deep = plain.clone();
    deep[frame + 4] = 12;
    let mut lossless = plain;
    lossless[frame + 1] = 0xc3;
    for bytes in [deep, lossless] {
        let told = preview(&file(folder.path(), "a.jpg", &bytes), 320, &Limits::default());
        assert!(matches!(told, Err(Error::NoPreview(Format::Jpeg))), "{told:?}");
    }
}

#[test]
fn a_jpeg_that_is_cut_off_is_damaged() {
    let folder = tempfile::tempdir().unwrap();
    let bytes = jpeg(&PLAIN, scene(800, 600).as_raw(), (800, 600));
    let path = file(folder.path(), "a.jpg", &bytes[..bytes.len() / 2]);
    let told = preview(&path, 64, &Limits::default());
    assert!(matches!(told, Err(Error::Damaged { .. })), "{told:?}");
}

#[test]
fn a_progressive_jpeg_that_is_cut_off_behind_its_means_is_shown() {
    let folder = tempfile::tempdir().unwrap();
    let bytes = jpeg(&Make { progressive: true, ..PLAIN }, quarters(1600, 1200).as_raw(), (1600, 1200));
    let scans: Vec<_> = (0..bytes.len() - 1).filter(|at| bytes[*at..*at + 2] == [0xff, 0xda]).collect();
    let path = file(folder.path(), "a.jpg", &bytes[..scans[scans.len() - 1] + 40]);
    let made = preview(&path, 64, &Limits::default()).unwrap();
    assert!(alike(corners(&made), common::QUARTERS), "{:?}", corners(&made));
}

#[test]
fn a_very_large_progressive_jpeg_has_a_preview_within_the_limits() {
    let folder = tempfile::tempdir().unwrap();
    let (width, height) = (4_096, 4_096);
    let make = Make { progressive: true, sampling: SamplingFactor::R_4_4_4, ..PLAIN };
    let bytes = jpeg(&make, quarters(width, height).as_raw(), (width, height));
    // All of it would take 150 MB.
    let limits = Limits { max_memory: 100_000_000, ..Limits::default() };
    let made = preview(&file(folder.path(), "a.jpg", &bytes), 1_536, &limits).unwrap();
    assert_eq!((made.width, made.height), (512, 512), "the means are all that fits");
    assert!(alike(corners(&made), common::QUARTERS));
}

#[test]
fn words_before_the_picture_and_bytes_behind_it_do_not_matter() {
    let folder = tempfile::tempdir().unwrap();
    let plain = jpeg(&PLAIN, quarters(2_000, 1_000).as_raw(), (2_000, 1_000));
    let mut bytes = jpeg_with(&plain, &[(0xfe, b"\xff\xd9\xff\xda words"), (0xe5, &[0xff; 900])]);
    bytes.extend([0xff, 0xd8, 0xff, 0xda, 0, 0]);
    let made = preview(&file(folder.path(), "a.jpg", &bytes), 200, &Limits::default()).unwrap();
    assert_eq!((made.width, made.height), (200, 100));
    assert!(alike(corners(&made), common::QUARTERS));
}

/// Our own decoder is asked, not the one for whole pictures; a panic in it would be caught, and told as this.
#[test]
fn two_thousand_damaged_jpegs_are_answered_without_a_panic() {
    let folder = tempfile::tempdir().unwrap();
    let picture = quarters(96, 72);
    let inks: Vec<u8> = picture.pixels().flat_map(|pixel| [pixel.0[0], pixel.0[1], pixel.0[2], 9]).collect();
    let makes = [
        (PLAIN, picture.as_raw()),
        (Make { progressive: true, ..PLAIN }, picture.as_raw()),
        (Make { restart: 2, sampling: SamplingFactor::R_4_4_4, ..PLAIN }, picture.as_raw()),
        (Make { optimised: true, ..PLAIN }, picture.as_raw()),
        (Make { kind: ColorType::CmykAsYcck, ..PLAIN }, &inks),
    ];
    let mut dice = Dice(11);
    for (make, data) in makes {
        let whole = jpeg(&make, data, (96, 72));
        for _ in 0..400 {
            let mut bytes = whole.clone();
            for _ in 0..1 + dice.below(4) {
                let at = 2 + dice.below(bytes.len() - 2);
                match dice.below(4) {
                    0 => bytes[at] ^= 1 << dice.below(8),
                    1 => bytes[at] = [0, 0x7f, 0x80, 0xff][dice.below(4)],
                    2 => bytes[at..].iter_mut().take(4).for_each(|byte| *byte = 0xff),
                    _ => bytes.truncate(at.max(16)),
                }
            }
            let path = file(folder.path(), "a.jpg", &bytes);
            for px in [8, 20] {
                let told = preview(&path, px, &Limits::default());
                let gave_up =
                    matches!(&told, Err(Error::Damaged { detail, .. }) if detail.contains("gave up"));
                assert!(!gave_up, "a panic");
            }
        }
    }
}
