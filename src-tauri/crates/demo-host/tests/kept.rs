//! What the folder tells the next run, however the last one ended.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod support;

use std::{fs, io::Write, path::Path};

use demo_host::{DemoHost, Options, Stored};
use support::{Scene, samples};

/// What a visitor would notice of the files, wherever the folder lies.
fn noticed(stored: &[Stored]) -> Vec<(String, String, bool)> {
    stored.iter().map(|file| (file.id.clone(), file.title.clone(), file.approved)).collect()
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for name in ["index.json", "journal.jsonl"] {
        fs::copy(from.join(name), to.join(name)).unwrap();
    }
}

/// A host that took three files, lost one and approved one; it is still running.
fn busy() -> Scene {
    let scene = Scene::new(|settings| settings.moderation = demo_host::Moderation::Everyone);
    let answers = [1, 2, 3].map(|width| scene.upload(&format!("{width}.png"), &samples::png(width, 9), &[]));
    assert!(scene.host.approve(&answers[1].image("id_encoded")));
    scene.get(&answers[0].path("delete_url"));
    scene
}

#[test]
fn a_host_that_was_killed_has_lost_nothing() {
    let scene = busy();
    let killed = tempfile::tempdir().unwrap();
    copy(scene.dir.path(), killed.path());
    // The last line was being written.
    let mut journal = fs::File::options().append(true).open(killed.path().join("journal.jsonl")).unwrap();
    journal.write_all(b"{\"Stored\":{\"next\":1004,\"file\":{\"id\":\"x").unwrap();
    let again = DemoHost::start(Options::new(killed.path())).unwrap();
    assert_eq!(noticed(&again.stored()), noticed(&scene.host.stored()));
    assert_eq!(again.stored().iter().map(|file| file.approved).collect::<Vec<_>>(), [true, false]);
    assert_eq!(again.user_key(), scene.host.user_key());
}

#[test]
fn a_journal_that_the_snapshot_knows_already_changes_nothing() {
    let scene = busy();
    let folder = tempfile::tempdir().unwrap();
    copy(scene.dir.path(), folder.path());
    let journal = fs::read(folder.path().join("journal.jsonl")).unwrap();
    drop(DemoHost::start(Options::new(folder.path())).unwrap());
    assert!(fs::read(folder.path().join("journal.jsonl")).unwrap().is_empty(), "it is in the snapshot now");
    // As a crash between the two leaves it.
    fs::write(folder.path().join("journal.jsonl"), journal).unwrap();
    let again = DemoHost::start(Options::new(folder.path())).unwrap();
    assert_eq!(noticed(&again.stored()), noticed(&scene.host.stored()));
    let scene = Scene { host: again, dir: folder };
    let answer = scene.upload("4.png", &samples::png(4, 9), &[]);
    assert!(
        scene.host.stored()[..2].iter().all(|file| file.id != answer.image("id_encoded")),
        "ids stay unique"
    );
}

#[test]
fn a_folder_without_a_journal_opens() {
    let folder = tempfile::tempdir().unwrap();
    let scene = busy();
    copy(scene.dir.path(), folder.path());
    drop(DemoHost::start(Options::new(folder.path())).unwrap());
    fs::remove_file(folder.path().join("journal.jsonl")).unwrap();
    let again = DemoHost::start(Options::new(folder.path())).unwrap();
    assert_eq!(noticed(&again.stored()), noticed(&scene.host.stored()));
}

#[test]
fn what_a_change_costs_does_not_grow_with_what_is_stored() {
    let scene = Scene::new(|settings| settings.flood = None);
    let length = || fs::metadata(scene.dir.path().join("journal.jsonl")).unwrap().len();
    let grown = (1..=40).map(|width| {
        let before = length();
        scene.upload("same-length.png", &samples::png(10 + width, 9), &[]);
        length() - before
    });
    let grown = grown.collect::<Vec<_>>();
    // A line each; names and numbers differ by a few letters.
    assert!(grown.iter().all(|bytes| bytes.abs_diff(grown[0]) < 64), "{grown:?}");
}
