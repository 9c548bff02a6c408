//! A decoder in a process of its own: it may crash, hang or die, and the application goes on.
//!
//! This binary is also the decoder: its first argument says whether it is a good one.

#![allow(clippy::unwrap_used, reason = "a test that cannot make its files has failed")]
#![allow(clippy::print_stdout, reason = "the other process says what it found")]

mod common;

use std::io::{Read, stdin};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use common::{QUARTERS, alike, corners, encoded, file, quarters};
use image::ImageFormat;
use libtest_mimic::{Arguments, Failed, Trial};
use media::{Decoder, Error, Format, Limits, Preview, Target, Wish, convert, preview};

const AVIF: &[u8] = include_bytes!("pictures/quarters.avif");
const HEIC: &[u8] = include_bytes!("pictures/scene.heic");

fn main() {
    match std::env::args().nth(1).as_deref() {
        Some("decoder") => drop(Decoder::run()),
        Some("crashing-decoder") => {
            stdin().read_exact(&mut [0; 16]).unwrap();
            std::process::abort();
        }
        Some("hanging-decoder") => {
            // Until its input is closed, which nobody does who waits for an answer.
            stdin().read_to_end(&mut Vec::new()).unwrap();
        }
        Some("clip") => {
            let path = std::env::args_os().nth(2).unwrap();
            let max_time = std::env::args().nth(3).unwrap().parse().unwrap();
            let limits = Limits { max_time: Duration::from_millis(max_time), ..Limits::default() };
            let made = Decoder::new(|| program("decoder")).preview(Path::new(&path), 320, &limits);
            print!("{}", made.unwrap_err());
        }
        Some("measured-preview") => {
            let path = std::env::args_os().nth(2).unwrap();
            let made = preview(Path::new(&path), 320, &Limits::default());
            let made = made.map_or_else(|error| error.to_string(), |made| format!("{} px", made.width));
            let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
            let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or("0 kB");
            println!("{}\t{made}", peak.trim().trim_end_matches(" kB"));
        }
        _ => {
            let test = |name: &str, run: fn()| {
                Trial::test(name, move || {
                    run();
                    Ok::<(), Failed>(())
                })
            };
            let tests = vec![
                test("a_preview_from_another_process_is_the_same", same),
                test("a_conversion_in_another_process_is_the_same", converted),
                test("an_error_of_the_other_process_keeps_its_reason", reasons),
                test("a_photo_is_turned_by_another_process", turned),
                test("a_decoder_that_crashes_costs_one_preview", crash),
                test("a_decoder_that_hangs_is_ended", hang),
                test("a_decoder_ends_when_nobody_can_ask_any_more", left_alone),
                test("a_decoder_that_cannot_be_started_is_no_preview", absent),
                test("a_clip_has_no_preview_where_there_is_no_ffmpeg", no_ffmpeg),
                #[cfg(unix)]
                test("an_ffmpeg_that_hangs_or_never_stops_is_ended", strange_ffmpeg),
                test("what_is_packed_a_thousandfold_takes_no_more_memory_than_the_limit", bombs),
            ];
            libtest_mimic::run(&Arguments::from_args(), tests).exit();
        }
    }
}

fn program(kind: &'static str) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.arg(kind);
    command
}

/// A preview of an AVIF file with these bytes.
fn avif(decoder: &Decoder, bytes: &[u8]) -> Result<Preview, Error> {
    avif_within(decoder, bytes, Limits::default().max_time)
}

fn avif_within(decoder: &Decoder, bytes: &[u8], max_time: Duration) -> Result<Preview, Error> {
    let folder = tempfile::tempdir().unwrap();
    let limits = Limits { max_time, ..Limits::default() };
    decoder.preview(&file(folder.path(), "ä b.avif", bytes), 320, &limits)
}

fn same() {
    let decoder = Decoder::new(|| program("decoder"));
    assert!(Format::Avif.is_decoded_apart());
    for _ in 0..3 {
        let made = avif(&decoder, AVIF).unwrap();
        assert_eq!((made.width, made.height, made.mime), (64, 48, "image/jpeg"));
        assert!(alike(corners(&made), QUARTERS));
    }
}

fn converted() {
    let decoder = Decoder::new(|| program("decoder"));
    let folder = tempfile::tempdir().unwrap();
    let path = file(folder.path(), "a.heic", HEIC);
    let (here, there) = (folder.path().join("here"), folder.path().join("there"));
    for wish in [
        Wish::default(),
        Wish { target: Some(Target::Webp), max_side: Some(50), ..Wish::default() },
        Wish { max_bytes: Some(2000), quality: 80, ..Wish::default() },
    ] {
        let made = decoder.convert(&path, &wish, &Limits::default(), &there).unwrap();
        assert_eq!(convert(&path, &wish, &Limits::default(), &here).unwrap(), made);
        assert_eq!(std::fs::read(&here).unwrap(), std::fs::read(&there).unwrap(), "{wish:?}");
        std::fs::remove_file(&here).unwrap();
        let again = decoder.convert(&path, &wish, &Limits::default(), &there);
        assert!(matches!(again, Err(Error::Write(_))), "a file that is there stays: {again:?}");
        std::fs::remove_file(&there).unwrap();
    }
    let half = file(folder.path(), "half.heic", &HEIC[..HEIC.len() / 2]);
    let told = decoder.convert(&half, &Wish::default(), &Limits::default(), &there);
    assert!(matches!(told, Err(Error::Damaged { format: Format::Heic, .. })), "{told:?}");
    assert!(!there.exists());
}

fn turned() {
    let folder = tempfile::tempdir().unwrap();
    let lying = |orientation| {
        let block = [
            b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0",
            &[orientation, 0, 0, 0, 0, 0, 0][..],
        ]
        .concat();
        common::jpeg_with(&encoded(&quarters(64, 48).into(), ImageFormat::Jpeg), &[(0xe1, &block)])
    };
    let (path, out) = (file(folder.path(), "a.jpg", &lying(6)), folder.path().join("out.jpg"));
    let decoder = Decoder::new(|| program("decoder"));
    let size = decoder.upright(&path, &Limits::default(), &out).unwrap();
    assert_eq!(size, Some(std::fs::metadata(&out).unwrap().len()));
    let [red, green, blue, grey] = QUARTERS;
    assert!(alike(corners(&common::small(&out)), [blue, red, grey, green]));
    let again = decoder.upright(&path, &Limits::default(), &out);
    assert!(matches!(again, Err(Error::Write(_))), "a file that is there stays: {again:?}");
    std::fs::remove_file(&out).unwrap();
    let upright = file(folder.path(), "b.jpg", &lying(1));
    assert_eq!(decoder.upright(&upright, &Limits::default(), &out).unwrap(), None);
    assert!(Decoder::default().upright(&path, &Limits::default(), &out).is_err());
    assert!(!out.exists());
}

fn reasons() {
    let decoder = Decoder::new(|| program("decoder"));
    let told = avif(&decoder, &AVIF[..AVIF.len() / 2]);
    assert!(matches!(told, Err(Error::Damaged { format: Format::Avif, .. })), "{told:?}");
    let missing = decoder.preview(Path::new("not-there.avif"), 320, &Limits::default());
    assert!(matches!(missing, Err(Error::Missing)), "{missing:?}");
    // And it still answers.
    assert!(avif(&decoder, AVIF).is_ok());
}

fn crash() {
    let started = AtomicUsize::new(0);
    let decoder = Decoder::new(move || {
        let first = started.fetch_add(1, Ordering::Relaxed) == 0;
        program(if first { "crashing-decoder" } else { "decoder" })
    });
    let told = avif(&decoder, AVIF);
    assert!(matches!(told, Err(Error::Damaged { format: Format::Avif, .. })), "{told:?}");
    assert!(avif(&decoder, AVIF).is_ok(), "the next one has a new process");
}

fn hang() {
    let started = AtomicUsize::new(0);
    let decoder = Decoder::new(move || {
        let first = started.fetch_add(1, Ordering::Relaxed) == 0;
        program(if first { "hanging-decoder" } else { "decoder" })
    });
    let told = avif_within(&decoder, AVIF, Duration::from_millis(200));
    assert!(matches!(told, Err(Error::TooSlow)), "{told:?}");
    assert!(avif(&decoder, AVIF).is_ok(), "the next one has a new process");
}

fn left_alone() {
    let mut process = program("decoder").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    drop(process.stdin.take());
    assert!(process.wait().unwrap().success());
}

fn absent() {
    let none = avif(&Decoder::default(), AVIF);
    assert!(matches!(none, Err(Error::NoPreview(Format::Avif))), "{none:?}");
    let decoder = Decoder::new(|| Command::new("/nowhere/decoder"));
    assert!(matches!(avif(&decoder, AVIF), Err(Error::NoPreview(Format::Avif))));
    let folder = tempfile::tempdir().unwrap();
    let png = file(folder.path(), "a.png", &encoded(&quarters(9, 9).into(), ImageFormat::Png));
    assert!(decoder.preview(&png, 320, &Limits::default()).is_ok(), "others are made here");
}

/// What is said of a clip within so many milliseconds, where programs are looked for in this folder.
fn clip_told(programs: &Path, within: u32) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = file(folder.path(), "a.mp4", &common::clip(b"isom", b""));
    let told = program("clip").arg(&path).arg(within.to_string()).env("PATH", programs).output().unwrap();
    String::from_utf8(told.stdout).unwrap()
}

fn no_ffmpeg() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(clip_told(folder.path(), 60_000), "no preview is made for MP4");
}

#[cfg(unix)]
fn strange_ffmpeg() {
    use std::os::unix::fs::PermissionsExt;

    for (script, within, told) in [
        ("exec /bin/sleep 600", 200, "the picture takes more time than the limit"),
        ("exec /bin/cat /dev/zero", 60_000, "the MP4 file is damaged: its frame has no end"),
        ("echo no picture", 60_000, "the MP4 file is damaged"),
        ("exit 1", 60_000, "no preview is made for MP4"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let path = file(folder.path(), "ffmpeg", format!("#!/bin/sh\n{script}\n").as_bytes());
        std::fs::set_permissions(&path, PermissionsExt::from_mode(0o755)).unwrap();
        let said = clip_told(folder.path(), within);
        assert!(said.starts_with(told), "{script}: {said}");
    }
}

/// Large pictures of nothing, a few kilobytes to some hundred long.
fn bombs() {
    let folder = tempfile::tempdir().unwrap();
    let mut png = Vec::new();
    let mut encoder = png::Encoder::new(&mut png, 16_000, 15_000);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_compression(png::Compression::Fast);
    let mut writer = encoder.write_header().unwrap();
    let mut rows = writer.stream_writer().unwrap();
    for _ in 0..15_000 {
        std::io::Write::write_all(&mut rows, &[0; 16_000]).unwrap();
    }
    rows.finish().unwrap();
    writer.finish().unwrap();
    let gif = {
        let mut gif = encoded(&quarters(8, 8).into(), ImageFormat::Gif);
        gif[6..10].copy_from_slice(&[0x10, 0x27, 0x10, 0x27]);
        gif
    };
    for (name, bytes) in [("a.png", png), ("a.gif", gif)] {
        let path = file(folder.path(), name, &bytes);
        let told = program("measured-preview").arg(&path).output().unwrap();
        let told = String::from_utf8(told.stdout).unwrap();
        let (peak, made) = told.trim().split_once('\t').unwrap();
        assert!(peak.parse::<u64>().unwrap() < 300_000, "{name} took {peak} kB");
        assert!(made.starts_with("320 px"), "{name}: {made}");
    }
}
