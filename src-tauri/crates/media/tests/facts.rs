//! What files are told to be, and what they say about themselves.

#![allow(clippy::unwrap_used, reason = "a test that cannot make its files has failed")]

mod common;

use common::{atom, clip, file, jpeg_with, webm};
use media::samples::{self, Camera, Scene};
use media::{Error, Format, Refusal, inspect, refusal, sniff};

#[test]
fn formats_are_told_by_their_first_bytes() {
    let brand =
        |major: &[u8; 4], compatible: &[u8]| atom(b"ftyp", &[&major[..], &[0; 4], compatible].concat());
    let table: Vec<(Vec<u8>, Option<Format>)> = vec![
        (b"\xff\xd8\xff\xe0".to_vec(), Some(Format::Jpeg)),
        (b"\x89PNG\r\n\x1a\n".to_vec(), Some(Format::Png)),
        (b"GIF87a".to_vec(), Some(Format::Gif)),
        (b"GIF89a".to_vec(), Some(Format::Gif)),
        (b"RIFF\x10\0\0\0WEBPVP8 ".to_vec(), Some(Format::Webp)),
        (b"RIFF\x10\0\0\0AVI LIST".to_vec(), Some(Format::Avi)),
        (b"RIFF\x10\0\0\0WAVEfmt ".to_vec(), None),
        (b"BM\x36\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0".to_vec(), Some(Format::Bmp)),
        (b"BMW is a car and not a picture".to_vec(), None),
        (b"II*\0\x08\0\0\0".to_vec(), Some(Format::Tiff)),
        (b"MM\0*\0\0\0\x08".to_vec(), Some(Format::Tiff)),
        (b"\0\0\x01\0\x01\0\x10\x10\0\0\x01\0".to_vec(), Some(Format::Ico)),
        (brand(b"avif", b"mif1"), Some(Format::Avif)),
        (brand(b"mif1", b"mif1avif"), Some(Format::Avif)),
        (brand(b"heic", b"mif1heic"), Some(Format::Heic)),
        (brand(b"mif1", b"mif1heic"), Some(Format::Heic)),
        (brand(b"isom", b"isomiso2avc1mp41"), Some(Format::Mp4)),
        (brand(b"mp42", b""), Some(Format::Mp4)),
        (brand(b"qt  ", b"qt  "), Some(Format::Mov)),
        (webm(), Some(Format::Webm)),
        (b"\x1a\x45\xdf\xa3\x8b\x42\x82\x88matroska".to_vec(), Some(Format::Mkv)),
        (b"\xff\x0a\xfa\x1f".to_vec(), Some(Format::Jxl)),
        (b"8BPS\0\x01".to_vec(), Some(Format::Psd)),
        (b"%PDF-1.7".to_vec(), Some(Format::Pdf)),
        (b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>".to_vec(), Some(Format::Svg)),
        (b"<?xml version=\"1.0\"?>\n<!-- a -->\n<svg>".to_vec(), Some(Format::Svg)),
        (b"<!DOCTYPE html><html>".to_vec(), None),
        (b"just words".to_vec(), None),
        (Vec::new(), None),
    ];
    for (bytes, expected) in table {
        assert_eq!(sniff(&bytes), expected, "{:?}", String::from_utf8_lossy(&bytes));
    }
}

/// S05: sites take clips by these types only, and only in lower case.
#[test]
fn s05_clips_are_sent_as_what_they_are() {
    let folder = tempfile::tempdir().unwrap();
    let picture = common::encoded(&common::quarters(8, 8).into(), image::ImageFormat::Png);
    for (name, bytes, mime) in [
        ("a.mp4", clip(b"isom", b""), "video/mp4"),
        ("A.MP4", clip(b"isom", b""), "video/mp4"),
        ("clip.webm", webm(), "video/webm"),
        ("IMG.MOV", clip(b"qt  ", b""), "video/quicktime"),
        ("picture.mp4", picture, "image/png"),
    ] {
        assert_eq!(inspect(&file(folder.path(), name, &bytes)).unwrap().format.mime(), mime, "{name}");
    }
}

#[test]
fn types_are_lower_case_and_extensions_have_no_dot() {
    for format in [Format::Jpeg, Format::Heic, Format::Svg, Format::Pdf, Format::Mov, Format::Ico] {
        assert_eq!(format.mime(), format.mime().to_lowercase());
        assert!(format.extension().chars().all(|letter| letter.is_ascii_lowercase()));
    }
}

#[test]
fn what_sites_never_take_has_its_reason() {
    assert_eq!(refusal(Format::Svg), Some(Refusal::Drawing));
    assert_eq!(refusal(Format::Pdf), Some(Refusal::Document));
    for format in [Format::Tiff, Format::Heic, Format::Ico] {
        assert_eq!(refusal(format), Some(Refusal::Unsupported));
    }
    use Format::{Avif, Bmp, Gif, Jpeg, Mov, Mp4, Png, Webm, Webp};
    assert!(
        [Jpeg, Png, Gif, Webp, Bmp, Avif, Mp4, Mov, Webm].into_iter().all(|format| refusal(format).is_none())
    );
}

#[test]
fn a_camera_s_picture_tells_its_place_and_its_caption() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.jpg");
    samples::write(&path, Scene::Dune, (120, 80), Some(Camera { orientation: 6, place: true })).unwrap();
    let facts = inspect(&path).unwrap();
    assert!(facts.has_location);
    assert_eq!(facts.title_hint.as_deref(), Some("Evening at the lagoon"));
    assert_eq!(facts.dimensions.map(|d| (d.width, d.height)), Some((120, 80)));
    assert_eq!((facts.animated, facts.duration_ms), (false, None));

    samples::write(&path, Scene::Dune, (120, 80), None).unwrap();
    assert!(!inspect(&path).unwrap().has_location);
}

#[test]
fn a_place_in_xmp_is_a_place() {
    let folder = tempfile::tempdir().unwrap();
    let plain = common::encoded(&common::quarters(8, 8).into(), image::ImageFormat::Jpeg);
    let packet = b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta exif:GPSLatitude=\"55,18N\"/>";
    let path = file(folder.path(), "a.jpg", &jpeg_with(&plain, &[(0xe1, packet)]));
    assert!(inspect(&path).unwrap().has_location);
}

#[test]
fn clips_say_how_long_and_how_large_they_are() {
    let folder = tempfile::tempdir().unwrap();
    let facts = |bytes: &[u8]| {
        let facts = inspect(&file(folder.path(), "clip", bytes)).unwrap();
        (facts.dimensions.map(|d| (d.width, d.height)), facts.duration_ms, facts.has_location)
    };
    assert_eq!(facts(&clip(b"isom", b"")), (Some((640, 360)), Some(12_500), false));
    assert_eq!(facts(&clip(b"qt  ", b"")), (Some((640, 360)), Some(12_500), false));
    assert_eq!(facts(&webm()), (Some((320, 180)), Some(4_200), false));
    let place = atom(b"udta", &atom(b"\xa9xyz", b"\0\x12\x15\xc7+55.3035+021.0064/"));
    assert!(facts(&clip(b"qt  ", &place)).2);
    let place = atom(b"udta", &atom(b"loci", &[0; 20]));
    assert!(facts(&clip(b"isom", &place)).2);
}

#[test]
fn a_clip_without_headers_is_known_by_its_format_alone() {
    let folder = tempfile::tempdir().unwrap();
    let whole = clip(b"isom", b"");
    let facts = inspect(&file(folder.path(), "clip", &whole[..60])).unwrap();
    assert_eq!((facts.format, facts.dimensions, facts.duration_ms), (Format::Mp4, None, None));
}

#[test]
fn what_cannot_be_looked_at_says_why() {
    let folder = tempfile::tempdir().unwrap();
    assert!(matches!(inspect(&folder.path().join("none.jpg")), Err(Error::Missing)));
    assert!(matches!(inspect(folder.path()), Err(Error::Unreadable(_))));
    assert!(matches!(inspect(&file(folder.path(), "empty.jpg", b"")), Err(Error::Empty)));
    assert!(matches!(inspect(&file(folder.path(), "words.jpg", b"words")), Err(Error::NotAPicture)));
}

#[test]
fn a_hash_is_that_of_the_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let (small, large) = (file(folder.path(), "a", b"abc"), file(folder.path(), "b", &vec![7; 1_000_000]));
    assert_eq!(media::hash(&small).unwrap(), blake3::hash(b"abc"));
    assert_eq!(media::hash(&large).unwrap(), blake3::hash(&vec![7; 1_000_000]));
}
