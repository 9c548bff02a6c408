//! Clips have a preview where the machine has `ffmpeg`, and what is no clip costs nothing but that.

#![allow(clippy::unwrap_used, reason = "a test that cannot make its files has failed")]

mod common;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use common::{QUARTERS, alike, atom, clip, corners, encoded, file, quarters, webm};
use image::ImageFormat;
use media::{Decoder, Error, Format, Limits, Preview, preview};

/// Clips need no second process of ours, only leave to have others.
fn decoder() -> Decoder {
    Decoder::new(|| Command::new("/nowhere/decoder"))
}

fn frame(path: &Path) -> Result<Preview, Error> {
    decoder().preview(path, 320, &Limits::default())
}

/// A clip of half a second of black and then four quarters, 640 x 360, as `ffmpeg` writes it.
fn film(folder: &Path, name: &str, seconds: f32, how: &[&str]) -> PathBuf {
    let picture = file(folder, "quarters.png", &encoded(&quarters(640, 360).into(), ImageFormat::Png));
    let made = folder.join(name);
    let mut command = Command::new("ffmpeg");
    command.args(["-nostdin", "-v", "error", "-loop", "1", "-framerate", "25", "-i"]).arg(picture);
    command.args(["-vf", "drawbox=t=fill:color=black:enable=lt(t\\,0.5)", "-t", &seconds.to_string()]);
    command.args(["-pix_fmt", "yuv420p"]).args(how).arg(format!("file:{}", made.display()));
    assert!(command.status().unwrap().success(), "the tests need ffmpeg");
    made
}

const H264: &[&str] = &["-c:v", "libx264", "-preset", "ultrafast", "-f", "mp4"];
const VP9: &[&str] = &["-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-f", "webm"];

#[test]
fn a_clip_shows_a_frame_behind_its_black_beginning() {
    let folder = tempfile::tempdir().unwrap();
    for (name, how, format) in [
        ("a.mp4", H264, Format::Mp4),
        ("a.mov", &["-c:v", "mpeg4", "-q:v", "2", "-f", "mov"], Format::Mov),
        ("a.webm", VP9, Format::Webm),
        // Names that would mean something else to a program of the command line.
        ("-i%d:ä b|?.mp4", H264, Format::Mp4),
    ] {
        let path = film(folder.path(), name, 8.0, how);
        assert_eq!(media::inspect(&path).unwrap().format, format);
        let made = frame(&path).unwrap();
        assert_eq!((made.width, made.height, made.mime), (320, 180, "image/jpeg"), "{name}");
        assert!(alike(corners(&made), QUARTERS), "{name}: {:?}", corners(&made));
        let none = preview(&path, 320, &Limits::default());
        assert!(matches!(none, Err(Error::NoPreview(_))), "without processes there is none: {none:?}");
    }
}

#[test]
fn a_frame_is_never_enlarged_and_a_short_clip_has_its_first() {
    let folder = tempfile::tempdir().unwrap();
    let path = film(folder.path(), "a.mp4", 0.04, H264);
    let made = decoder().preview(&path, 1536, &Limits::default()).unwrap();
    assert_eq!((made.width, made.height), (640, 360));
    assert!(alike(corners(&made), [[0; 3]; 4]), "{:?}", corners(&made));
}

#[test]
fn a_clip_that_was_taken_upright_stands_upright() {
    let folder = tempfile::tempdir().unwrap();
    let path = film(folder.path(), "a.mp4", 8.0, H264);
    let mut bytes = fs::read(&path).unwrap();
    let matrix = bytes.windows(4).position(|window| window == b"tkhd").unwrap() + 4 + 40;
    // To be turned by 90 degrees clockwise.
    for (at, value) in [0, 0x1_0000, 0, -0x1_0000, 0, 0, 360 << 16, 0, 0x4000_0000_i32].iter().enumerate() {
        bytes[matrix + 4 * at..matrix + 4 * at + 4].copy_from_slice(&value.to_be_bytes());
    }
    fs::write(&path, bytes).unwrap();
    let made = frame(&path).unwrap();
    assert_eq!((made.width, made.height), (180, 320));
    let [red, green, blue, grey] = QUARTERS;
    assert!(alike(corners(&made), [blue, red, grey, green]), "{:?}", corners(&made));
}

#[test]
fn pixels_that_are_not_square_become_so() {
    let folder = tempfile::tempdir().unwrap();
    let wide = [&["-aspect", "32:9"], H264].concat();
    let made = frame(&film(folder.path(), "a.mp4", 8.0, &wide)).unwrap();
    assert_eq!((made.width, made.height), (320, 90));
    assert!(alike(corners(&made), QUARTERS));
}

#[test]
fn what_is_no_whole_clip_has_no_preview() {
    let folder = tempfile::tempdir().unwrap();
    let whole = fs::read(film(folder.path(), "whole.mp4", 8.0, H264)).unwrap();
    let find = |word: &[u8]| whole.windows(4).position(|window| window == word).unwrap();
    let broken = |at: usize| {
        let mut bytes = whole.clone();
        bytes[at..at + 60].fill(0xff);
        bytes
    };
    let list = |words: &str| [&atom(b"ftyp", b"isom\0\0\0\0isom")[..], words.as_bytes()].concat();
    for (name, bytes) in [
        ("without its index", whole[..find(b"moov")].to_vec()),
        ("a broken index", broken(find(b"moov") + 4)),
        ("a broken table", broken(find(b"stsd"))),
        ("headers alone", clip(b"isom", b"")),
        ("headers of webm alone", webm()),
        ("a list behind its first bytes", list("#EXTM3U\n#EXTINF:1,\nwhole.mp4\n")),
    ] {
        let told = frame(&file(folder.path(), "a", &bytes));
        assert!(matches!(told, Err(Error::NoPreview(_) | Error::Damaged { .. })), "{name}: {told:?}");
    }
    let whole = folder.path().join("whole.mp4");
    for words in [
        format!("#EXTM3U\n#EXTINF:1,\n{}\n", whole.display()),
        format!("ffconcat version 1.0\nfile '{}'\n", whole.display()),
        "only words".to_owned(),
    ] {
        let told = frame(&file(folder.path(), "a.mp4", words.as_bytes()));
        assert!(matches!(told, Err(Error::NotAPicture)), "{words}: {told:?}");
    }
}

#[test]
fn a_clip_whose_pictures_lie_in_another_file_does_not_have_them() {
    let folder = tempfile::tempdir().unwrap();
    let whole = fs::read(film(folder.path(), "whole.mp4", 8.0, H264)).unwrap();
    let find = |word: &[u8]| whole.windows(4).position(|window| window == word).unwrap();
    let (index, place) = (find(b"moov") - 4, find(b"url ") - 4);
    // Where the pictures are: not here, but beside it, by the file's name in an alias of old.
    let mut alias = vec![0; 154];
    alias[114 + 4 + 16 + 1] = 1;
    alias[114 + 4 + 16 + 3] = 1;
    alias.extend([&[0, 2, 0, 10][..], b"/whole.mp4", &[0xff, 0xff, 0, 0]].concat());
    let alias = atom(b"alis", &alias);
    let mut bytes = whole.clone();
    for outer in [b"moov", b"trak", b"mdia", b"minf", b"dinf", b"dref"] {
        let at = find(outer) - 4;
        let size = u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap());
        let grown = size + u32::try_from(alias.len()).unwrap() - 12;
        bytes[at..at + 4].copy_from_slice(&grown.to_be_bytes());
    }
    bytes.splice(place..place + 12, alias);
    bytes[find(b"mdat") + 4..index].fill(0);
    let told = frame(&file(folder.path(), "a.mp4", &bytes));
    assert!(matches!(told, Err(Error::NoPreview(_) | Error::Damaged { .. })), "{told:?}");
}

#[test]
fn a_clip_that_claims_too_much_is_not_begun() {
    let folder = tempfile::tempdir().unwrap();
    let path = film(folder.path(), "a.mp4", 8.0, H264);
    let little = Limits { max_side: 600, ..Limits::default() };
    let told = decoder().preview(&path, 320, &little);
    assert!(matches!(told, Err(Error::TooLarge { width: 640, height: 360 })), "{told:?}");
    // What it claims may be wrong: the decoder is told, too.
    let mut bytes = fs::read(&path).unwrap();
    let sides = bytes.windows(4).position(|window| window == b"tkhd").unwrap() + 4 + 76;
    bytes[sides..sides + 8].copy_from_slice(&[0, 64, 0, 0, 0, 36, 0, 0]);
    fs::write(&path, bytes).unwrap();
    let little = Limits { max_pixels: 200_000, ..Limits::default() };
    assert!(decoder().preview(&path, 320, &little).is_err());
}
