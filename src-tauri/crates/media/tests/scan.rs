//! Files and folders as people drop them.

#![allow(clippy::unwrap_used, reason = "a test that cannot make its files has failed")]

mod common;

use std::cell::Cell;
use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use common::{encoded, file, quarters};
use image::ImageFormat;
use media::{Format, Reason, Refusal, Scan, ScanProgress, scan};

fn all(paths: &[PathBuf]) -> Scan {
    scan(paths, &|_| ControlFlow::Continue(()))
}

fn png() -> Vec<u8> {
    encoded(&quarters(8, 6).into(), ImageFormat::Png)
}

fn names(scan: &Scan, below: &Path) -> Vec<String> {
    let path = |entry: &Result<media::Candidate, media::Rejection>| match entry {
        Ok(candidate) => candidate.path.clone(),
        Err(rejection) => rejection.path.clone(),
    };
    let relative = |path: PathBuf| path.strip_prefix(below).unwrap().to_string_lossy().replace('\\', "/");
    scan.entries.iter().map(path).map(relative).collect()
}

#[test]
fn each_file_has_its_answer_in_the_order_given() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let paths = vec![
        file(at, "picture.txt", &png()),
        at.join("gone.png"),
        file(at, "empty.jpg", b""),
        file(at, "archive.jpg", b"PK\x03\x04 and so on"),
        file(at, "noise.jpg", &[1, 2, 3, 4]),
        file(at, "drawing.png", b"<svg xmlns=\"http://www.w3.org/2000/svg\"></svg>"),
        file(at, "paper.png", b"%PDF-1.7\n"),
    ];
    let found = all(&paths);
    let first = found.entries[0].as_ref().unwrap();
    assert_eq!((first.format, first.size), (Format::Png, png().len() as u64));
    assert_eq!(first.dimensions.map(|d| (d.width, d.height)), Some((8, 6)));
    assert!(first.modified_ms.is_some_and(|ms| ms > 1_600_000_000_000) && !first.animated);
    let reasons: Vec<_> = found.entries[1..].iter().map(|entry| entry.as_ref().unwrap_err().reason).collect();
    assert_eq!(
        reasons,
        [
            Reason::Missing,
            Reason::Empty,
            Reason::NotAPicture { label: Some("ZIP") },
            Reason::NotAPicture { label: None },
            Reason::Refused { format: Format::Svg, refusal: Refusal::Drawing },
            Reason::Refused { format: Format::Pdf, refusal: Refusal::Document },
        ]
    );
}

#[test]
fn a_folder_is_walked_in_natural_order_without_what_is_hidden() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    fs::create_dir_all(at.join("b/inner")).unwrap();
    fs::create_dir(at.join(".git")).unwrap();
    for name in ["file10.png", "File2.png", "file1.png", "b/inner/x.png", "b/y.png"] {
        file(at, name, &png());
    }
    for name in [".DS_Store", "Thumbs.db", "desktop.ini", ".hidden.png", ".git/a.png"] {
        file(at, name, &png());
    }
    file(at, "notes.md", b"words");
    let found = all(&[at.to_path_buf()]);
    assert_eq!(names(&found, at), ["file1.png", "File2.png", "file10.png", "b/y.png", "b/inner/x.png"]);
    assert_eq!((found.skipped, found.stopped), (1, false));
}

#[test]
fn a_folder_with_nothing_to_send_says_so() {
    let folder = tempfile::tempdir().unwrap();
    file(folder.path(), "notes.md", b"words");
    let found = all(&[folder.path().to_path_buf()]);
    assert_eq!(found.entries[0].as_ref().unwrap_err().reason, Reason::NothingInside);
}

#[test]
fn the_same_file_named_twice_is_found_once() {
    let folder = tempfile::tempdir().unwrap();
    let path = file(folder.path(), "a.png", &png());
    let found = all(&[path.clone(), folder.path().to_path_buf(), path]);
    assert_eq!(found.entries.iter().filter(|entry| entry.is_ok()).count(), 1);
}

#[cfg(unix)]
#[test]
fn links_that_lead_in_a_circle_come_to_an_end() {
    use std::os::unix::fs::symlink;
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    fs::create_dir(at.join("inner")).unwrap();
    file(at, "inner/a.png", &png());
    symlink(at, at.join("inner/up")).unwrap();
    symlink(at.join("inner"), at.join("again")).unwrap();
    symlink(at.join("nowhere"), at.join("dead.png")).unwrap();
    symlink(at.join("inner/a.png"), at.join("link.png")).unwrap();
    let found = all(&[at.to_path_buf()]);
    assert_eq!(found.entries.iter().filter(|entry| entry.is_ok()).count(), 1, "{found:?}");
    let dead = all(&[at.join("dead.png")]);
    assert_eq!(dead.entries[0].as_ref().unwrap_err().reason, Reason::Missing);
}

#[cfg(unix)]
#[test]
fn a_pipe_does_not_keep_anyone_waiting() {
    let folder = tempfile::tempdir().unwrap();
    let pipe = folder.path().join("pipe.png");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    assert_eq!(all(&[pipe]).entries[0].as_ref().unwrap_err().reason, Reason::Unreadable);
}

#[test]
fn ten_thousand_files_are_found_and_the_walk_can_be_stopped() {
    let folder = tempfile::tempdir().unwrap();
    let bytes = png();
    for index in 0..10_000 {
        file(folder.path(), &format!("{index}.png"), &bytes);
    }
    let last = Cell::new(ScanProgress::default());
    let found = scan(&[folder.path().to_path_buf()], &|progress| {
        last.set(progress);
        ControlFlow::Continue(())
    });
    assert_eq!((found.entries.len(), found.stopped), (10_000, false));
    assert!(last.get().found <= 10_000 && last.get().seen >= 9_900);
    assert_eq!(found.entries[9_999].as_ref().unwrap().path.file_name().unwrap(), "9999.png");

    let stopped = scan(&[folder.path().to_path_buf()], &|progress| {
        if progress.seen >= 500 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    assert!(stopped.stopped && (1..2_000).contains(&stopped.entries.len()));
}
