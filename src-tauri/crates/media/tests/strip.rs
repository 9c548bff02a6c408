//! The copy that leaves: the same picture, without what is private.

#![allow(clippy::unwrap_used, reason = "a test that cannot make its files has failed")]

mod common;

use std::fs;
use std::path::Path;

use common::{encoded, file, jpeg_with, pixels, png_with, quarters, webp_with};
use image::{DynamicImage, ImageFormat};
use media::samples::{self, Camera, Scene};
use media::{Error, Privacy, Removed, Stripped, inspect, strip};

const XMP: &[u8] =
    b"http://ns.adobe.com/xap/1.0/\0<rdf exif:GPSLatitude=\"55,18.2N\" dc:title=\"secret dune\"/>";
const PROFILE: &[u8] = b"ICC_PROFILE\0\x01\x01colours of this camera";

/// A camera's picture with everything in it that cameras and editors put there.
fn camera_jpeg(orientation: u8) -> Vec<u8> {
    let plain = encoded(&samples::landscape(Scene::Dune, 7, 160, 120).into(), ImageFormat::Jpeg);
    let exif = [b"Exif\0\0", &samples::exif(Camera { orientation, place: true })[..]].concat();
    let mut bytes = jpeg_with(
        &plain,
        &[
            (0xe1, &exif),
            (0xe1, XMP),
            (0xe2, PROFILE),
            (0xe2, b"MPF\0MM\0*index of second pictures"),
            (0xed, b"Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\x0c\x1c\x02\x5a\0\x04Nida"),
            (0xee, b"Adobe\0\x64\0\0\0\0\x01"),
            (0xe5, b"somebody's own data"),
            (0xfe, b"a comment"),
        ],
    );
    // A second picture behind the first.
    bytes.extend(&plain);
    bytes
}

fn stripped(path: &Path, level: Privacy) -> (Stripped, Vec<u8>) {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let told = strip(path, level, &out).unwrap();
    assert_eq!(told.changed, out.exists(), "a file is there exactly when something changed");
    let bytes = fs::read(if told.changed { &out } else { path }).unwrap();
    (told, bytes)
}

fn contains(bytes: &[u8], word: &[u8]) -> bool {
    bytes.windows(word.len()).any(|window| window == word)
}

/// From the first quantisation table to the end mark: all that the decoder needs.
fn compressed(jpeg: &[u8]) -> &[u8] {
    let start = jpeg.windows(2).position(|window| window == [0xff, 0xdb]).unwrap();
    let end = jpeg[start..].windows(2).position(|window| window == [0xff, 0xd9]).unwrap();
    &jpeg[start..start + end + 2]
}

#[test]
fn d09_nothing_private_leaves_in_a_jpeg() {
    let folder = tempfile::tempdir().unwrap();
    let original = camera_jpeg(6);
    let path = file(folder.path(), "a.jpg", &original);
    let (told, bytes) = stripped(&path, Privacy::All);

    for word in [
        &b"lagoon"[..],
        b"Keltas Optics",
        b"Ferry 1",
        b"Petrait",
        b"SN-0041",
        b"2026:09",
        b"GPSLatitude",
        b"dune",
        b"Nida",
        b"somebody",
        b"a comment",
        b"MPF",
        b"Firmware",
    ] {
        assert!(contains(&original, word), "{:?} was put in", String::from_utf8_lossy(word));
        assert!(!contains(&bytes, word), "{:?} is still there", String::from_utf8_lossy(word));
    }
    for kept in [PROFILE, b"Adobe\0\x64", b"JFIF\0"] {
        assert!(contains(&bytes, kept), "{:?} is needed", String::from_utf8_lossy(kept));
    }
    assert_eq!(compressed(&bytes), compressed(&original));
    assert!(bytes.ends_with(&[0xff, 0xd9]));
    let out = file(folder.path(), "out.jpg", &bytes);
    let facts = inspect(&out).unwrap();
    assert_eq!((facts.orientation as u8 + 1, facts.has_location, facts.title_hint), (6, false, None));
    assert_eq!(pixels(&out), pixels(&path));
    use Removed::{Captions, Comments, Location, Serial, Trailer};
    for kind in
        [Location, Serial, Captions, Comments, Trailer, Removed::Owner, Removed::Dates, Removed::Camera]
    {
        assert!(told.removed.contains(&kind), "{kind:?} was not told: {:?}", told.removed);
    }
    assert_eq!(fs::read(&path).unwrap(), original, "the person's file is never changed");
}

#[test]
fn all_orientations_survive_and_twice_equals_once() {
    let folder = tempfile::tempdir().unwrap();
    for orientation in 1..=8 {
        let path = file(folder.path(), "a.jpg", &camera_jpeg(orientation));
        let (_, once) = stripped(&path, Privacy::All);
        let path = file(folder.path(), "b.jpg", &once);
        assert_eq!(inspect(&path).unwrap().orientation as u8 + 1, orientation);
        let (told, twice) = stripped(&path, Privacy::All);
        assert_eq!((told, twice), (Stripped::default(), once));
    }
}

#[test]
fn only_the_place_goes_when_only_the_place_is_asked() {
    let folder = tempfile::tempdir().unwrap();
    let original = camera_jpeg(6);
    let path = file(folder.path(), "a.jpg", &original);
    let (told, bytes) = stripped(&path, Privacy::LocationOnly);
    assert!(told.removed.contains(&Removed::Location));
    assert!(!contains(&bytes, b"GPSLatitude") && !contains(&bytes, b"Nida"));
    // 55, 18, 12 as three fractions: the place itself, not only the way to it.
    assert!(contains(&original, &[0, 0, 0, 55, 0, 0, 0, 1]) && !contains(&bytes, &[0, 0, 0, 55, 0, 0, 0, 1]));
    for kept in [&b"Keltas Optics"[..], b"lagoon", b"SN-0041", b"a comment", b"somebody"] {
        assert!(contains(&bytes, kept), "{:?} was to stay", String::from_utf8_lossy(kept));
    }
    let out = file(folder.path(), "b.jpg", &bytes);
    let facts = inspect(&out).unwrap();
    assert_eq!((facts.has_location, facts.orientation as u8 + 1), (false, 6));
    assert_eq!(compressed(&bytes), compressed(&original));
    let (again, _) = stripped(&out, Privacy::LocationOnly);
    assert!(!again.changed && again.removed.is_empty());
    assert_eq!(again.remaining, told.remaining, "what stays is told");
    assert!(told.remaining.contains(&Removed::Camera) && !told.remaining.contains(&Removed::Location));
}

#[test]
fn off_sends_the_file_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = file(folder.path(), "a.jpg", &camera_jpeg(6));
    let (told, _) = stripped(&path, Privacy::Off);
    assert!(!told.changed && told.removed.is_empty());
    assert!(told.remaining.contains(&Removed::Location) && told.remaining.contains(&Removed::Serial));
}

#[test]
fn a_picture_with_nothing_private_is_sent_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP, ImageFormat::Gif, ImageFormat::Bmp]
    {
        let path = file(folder.path(), "a", &encoded(&quarters(40, 30).into(), format));
        assert_eq!(stripped(&path, Privacy::All).0, Stripped::default(), "{format:?}");
    }
}

#[test]
fn the_little_picture_in_a_jfif_header_goes() {
    let folder = tempfile::tempdir().unwrap();
    let plain = encoded(&quarters(40, 30).into(), ImageFormat::Jpeg);
    let header = [&b"JFIF\0\x01\x02\0\0\x01\0\x01\x02\x01"[..], &[9; 6]].concat();
    // In place of the plain header.
    let bytes = jpeg_with(&[&plain[..2], &plain[20..]].concat(), &[(0xe0, &header)]);
    let path = file(folder.path(), "a.jpg", &bytes);
    let (told, copy) = stripped(&path, Privacy::All);
    assert_eq!(told.removed, [Removed::Thumbnail]);
    assert!(!contains(&copy, &[9; 6]));
    assert_eq!(pixels(&file(folder.path(), "b.jpg", &copy)), pixels(&path));
}

#[test]
fn exif_that_cannot_be_read_to_its_end_does_not_leave() {
    let folder = tempfile::tempdir().unwrap();
    let plain = encoded(&quarters(40, 30).into(), ImageFormat::Jpeg);
    // One harmless field, and a way to a place that lies beyond the block's end.
    let tiff = b"MM\0*\0\0\0\x08\0\x02\x01\x12\0\x03\0\0\0\x01\0\x01\0\0\x88\x25\0\x04\0\0\0\x01\0\0\xff\0\0\0\0\0hidden words";
    let path =
        file(folder.path(), "a.jpg", &jpeg_with(&plain, &[(0xe1, &[b"Exif\0\0", &tiff[..]].concat())]));
    for level in [Privacy::All, Privacy::LocationOnly] {
        let (told, copy) = stripped(&path, level);
        assert!(told.changed && !contains(&copy, b"hidden words"), "{level:?}");
    }
}

#[test]
fn png_keeps_what_draws_and_its_checksums_are_right() {
    let folder = tempfile::tempdir().unwrap();
    let plain = encoded(&samples::landscape(Scene::Chart, 7, 120, 90).into(), ImageFormat::Png);
    let exif = samples::exif(Camera { orientation: 3, place: true });
    let chunks: [(&[u8; 4], &[u8]); 8] = [
        (b"gAMA", &45_455_u32.to_be_bytes()),
        (b"pHYs", &[0, 0, 0x0b, 0x13, 0, 0, 0x0b, 0x13, 1]),
        (b"eXIf", &exif),
        (b"tEXt", b"Author\0Ona"),
        (b"tEXt", b"Comment\0by the sea"),
        (b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0<rdf exif:GPSLatitude=\"55,18N\"/>"),
        (b"tIME", &[7, 0xea, 9, 14, 18, 22, 3]),
        (b"prVt", b"somebody's own data"),
    ];
    let mut original = png_with(&plain, &chunks);
    original.extend(b"the rest of a picture before it was cropped");
    let path = file(folder.path(), "a.png", &original);
    let (told, bytes) = stripped(&path, Privacy::All);
    for word in [&b"lagoon"[..], b"Ona", b"by the sea", b"GPSLatitude", b"tIME", b"somebody", b"cropped"] {
        assert!(contains(&original, word) && !contains(&bytes, word), "{:?}", String::from_utf8_lossy(word));
    }
    assert!(contains(&bytes, b"gAMA") && contains(&bytes, b"pHYs"));
    use Removed::{Comments, Dates, Location, Owner, Trailer};
    assert!([Location, Owner, Comments, Dates, Trailer].iter().all(|kind| told.removed.contains(kind)));
    assert_checksums(&bytes);
    let out = file(folder.path(), "b.png", &bytes);
    assert_eq!(pixels(&out), pixels(&path));
    assert_eq!(inspect(&out).unwrap().orientation as u8 + 1, 3);
    assert_eq!(stripped(&out, Privacy::All).0, Stripped::default());

    let (_, bytes) = stripped(&path, Privacy::LocationOnly);
    assert!(
        contains(&bytes, b"by the sea") && contains(&bytes, b"lagoon") && !contains(&bytes, b"GPSLatitude")
    );
    assert_checksums(&bytes);
    assert!(!inspect(&file(folder.path(), "c.png", &bytes)).unwrap().has_location);
}

fn assert_checksums(png: &[u8]) {
    let mut at = 8;
    while at < png.len() {
        let number = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().unwrap());
        let end = at + 8 + number(at) as usize;
        assert_eq!(
            common::crc(&png[at + 4..end]),
            number(end),
            "{:?}",
            String::from_utf8_lossy(&png[at + 4..at + 8])
        );
        at = end + 4;
    }
}

#[test]
fn webp_s_header_says_what_is_left() {
    let folder = tempfile::tempdir().unwrap();
    let plain = encoded(&quarters(50, 30).into(), ImageFormat::WebP);
    for (orientation, flags_left) in [(1, 0), (8, 0x08)] {
        let exif = samples::exif(Camera { orientation, place: true });
        let original =
            webp_with(&plain, (50, 30), 0x0c, &[(b"EXIF", &exif), (b"XMP ", XMP), (b"prvt", b"odd")]);
        let path = file(folder.path(), "a.webp", &original);
        assert!(inspect(&path).unwrap().has_location);
        let (told, bytes) = stripped(&path, Privacy::All);
        assert!(told.removed.contains(&Removed::Location) && told.removed.contains(&Removed::Serial));
        assert!(!contains(&bytes, b"lagoon") && !contains(&bytes, b"XMP ") && !contains(&bytes, b"prvt"));
        assert_eq!(u32::from_le_bytes(bytes[4..8].try_into().unwrap()) as usize, bytes.len() - 8);
        assert_eq!(bytes[20], flags_left, "flags for orientation {orientation}");
        let out = file(folder.path(), "b.webp", &bytes);
        assert_eq!(pixels(&out), pixels(&path));
        let facts = inspect(&out).unwrap();
        assert_eq!((facts.orientation as u8 + 1, facts.has_location), (orientation, false));
        assert_eq!(stripped(&out, Privacy::All).0, Stripped::default());
    }
}

#[test]
fn gif_keeps_its_frames_and_its_loop() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("plain.gif");
    samples::write(&path, Scene::Sea, (60, 40), None).unwrap();
    let plain = fs::read(&path).unwrap();
    assert_eq!(stripped(&path, Privacy::All).0, Stripped::default());

    // Behind the header and its colours, where programs put them.
    let start = 13 + if plain[10] & 0x80 == 0 { 0 } else { 3 << ((plain[10] & 7) + 1) };
    let mut original = plain[..start].to_vec();
    original.extend(b"\x21\xfe\x0aby the sea\0");
    original.extend(b"\x21\xff\x0bXMP DataXMP\x14exif:GPSLatitude=\"5\"\0");
    original.extend(b"\x21\xff\x0bSOMEBODY1.0\x03odd\0");
    original.extend(&plain[start..]);
    let path = file(folder.path(), "a.gif", &original);
    let (told, bytes) = stripped(&path, Privacy::All);
    assert!(told.removed.contains(&Removed::Comments));
    assert_eq!(bytes, plain, "the file as it was before the additions");
    assert!(contains(&bytes, b"NETSCAPE2.0"));
    let (_, bytes) = stripped(&path, Privacy::LocationOnly);
    assert!(contains(&bytes, b"by the sea") && !contains(&bytes, b"GPSLatitude"));
}

#[test]
fn a_file_that_is_there_is_never_written_over() {
    let folder = tempfile::tempdir().unwrap();
    let original = camera_jpeg(1);
    let path = file(folder.path(), "a.jpg", &original);
    assert!(matches!(strip(&path, Privacy::All, &path), Err(Error::Write(_))));
    assert_eq!(fs::read(&path).unwrap(), original);
    let nowhere = folder.path().join("none").join("out.jpg");
    assert!(matches!(strip(&path, Privacy::All, &nowhere), Err(Error::Write(_))));
}

#[test]
fn a_damaged_file_is_told_and_nothing_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let picture = DynamicImage::from(quarters(60, 40));
    let png = png_with(&encoded(&picture, ImageFormat::Png), &[(b"tEXt", b"Author\0Ona")]);
    let cut = png[..png.len() - 20].to_vec();
    // Told only behind the picture's data, when most of the copy is written.
    let mut jpeg = samples::jpeg(&quarters(200, 150), Some(Camera { orientation: 1, place: true })).unwrap();
    jpeg.truncate(jpeg.len() - 2);
    jpeg.extend(b"\xff\xe1\0\0");
    for (name, bytes) in [("a.png", cut), ("a.jpg", jpeg)] {
        let path = file(folder.path(), name, &bytes);
        let out = folder.path().join("out");
        let told = strip(&path, Privacy::All, &out);
        assert!(matches!(told, Err(Error::Damaged { .. })), "{name}: {told:?}");
        assert!(!out.exists(), "{name}");
    }
}

#[test]
fn a_cut_jpeg_still_loses_what_is_private() {
    let folder = tempfile::tempdir().unwrap();
    let whole = samples::jpeg(&quarters(200, 150), Some(Camera { orientation: 1, place: true })).unwrap();
    let path = file(folder.path(), "a.jpg", &whole[..whole.len() - 300]);
    let (told, bytes) = stripped(&path, Privacy::All);
    assert!(told.removed.contains(&Removed::Location) && !contains(&bytes, b"lagoon"));
}
