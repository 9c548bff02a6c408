//! The program as its own decoder.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

use std::path::Path;
use std::process::Command;

use app::{App, Decoder, KeyStore, Options, Paths, PreviewOf};
use engine::{ItemId, Origin};

const AVIF: &[u8] = include_bytes!("../../media/tests/pictures/quarters.avif");

/// An app whose decoder is the real program.
async fn app(folder: &Path) -> App {
    let decoder = Decoder::new(|| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_keltas-cli"));
        command.arg("--decode-pictures").env_clear();
        command
    });
    let options = Options { keys: KeyStore::in_memory(), decoder, ..Options::default() };
    App::open(Paths::under(folder.join("data")), options).await.unwrap()
}

async fn add(app: &App, folder: &Path, name: &str, bytes: &[u8]) -> ItemId {
    let path = folder.join(name);
    std::fs::write(&path, bytes).unwrap();
    app.add_paths(vec![path], Origin::Drop).await.items[0]
}

/// The decoders that run for this process.
fn decoders() -> Vec<String> {
    let mut found = Vec::new();
    for task in std::fs::read_dir("/proc/self/task").unwrap().flatten() {
        let children = std::fs::read_to_string(task.path().join("children")).unwrap_or_default();
        found.extend(children.split_whitespace().map(str::to_owned));
    }
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn a_decoder_that_is_killed_costs_one_preview_and_ends_with_the_app() {
    let folder = tempfile::tempdir().unwrap();
    let app = app(folder.path()).await;
    let first = add(&app, folder.path(), "a.avif", AVIF).await;
    let seen = app.preview(PreviewOf::Item(first), 192).await.unwrap();
    assert_eq!(seen.mime, "image/jpeg");
    let [running] = &decoders()[..] else { panic!("one decoder is kept: {:?}", decoders()) };
    // Of what it needs at most it says so itself.
    let bounds = std::fs::read_to_string(format!("/proc/{running}/limits")).unwrap();
    let written = bounds.lines().find(|line| line.starts_with("Max file size")).unwrap();
    assert_eq!(written.split_whitespace().nth(3), Some("0"), "{written}");

    assert!(Command::new("kill").args(["-9", running]).status().unwrap().success());
    let second = add(&app, folder.path(), "b.avif", AVIF).await;
    assert_eq!(app.preview(PreviewOf::Item(second), 192).await, None);
    assert_eq!(app.preview(PreviewOf::Item(second), 192).await, Some(seen));
    app.close().await;
    drop(app);
    // What the app has in hand lets go of it last.
    while !decoders().is_empty() {
        tokio::task::yield_now().await;
    }
}
