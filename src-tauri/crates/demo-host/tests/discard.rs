//! A host that keeps nothing answers as one that does.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod support;

use std::{collections::BTreeSet, fs};

use demo_host::{KeyKind, Outcome};
use serde_json::Value;
use support::{Part, Scene, multipart, samples};

/// Names and kinds of all fields, inner ones too.
fn shape(value: &Value, path: &str, found: &mut BTreeSet<String>) {
    let kind = match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                shape(value, &format!("{path}.{name}"), found);
            }
            "object"
        }
        Value::Null => "null",
        Value::Bool(_) => "bool",
        Value::Number(_) => "number",
        Value::String(_) => "text",
        Value::Array(_) => "list",
    };
    found.insert(format!("{path}: {kind}"));
}

fn shape_of(value: &Value) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    shape(value, "", &mut found);
    found
}

#[test]
fn the_answer_is_the_same_and_nothing_is_on_the_disk() {
    let keeping = Scene::new(|_| {});
    let scene = Scene::new(|settings| settings.discard = true);
    let picture = samples::png(40, 30);
    let fields = [("title", "Kopos"), ("nsfw", "1")];
    let [kept, gone] = [&keeping, &scene].map(|scene| scene.upload("a b.png", &picture, &fields));
    assert_eq!((gone.status, shape_of(&gone.json())), (200, shape_of(&kept.json())));
    let image = &gone.json()["image"];
    assert_eq!((&image["size"], &image["title"]), (&picture.len().into(), &"Kopos".into()));
    assert_eq!((&image["original_filename"], &image["mime"]), (&"a b.png".into(), &"image/png".into()));

    assert!(scene.host.stored().is_empty());
    for folder in ["images", "originals", "tmp"] {
        assert_eq!(fs::read_dir(scene.dir.path().join(folder)).unwrap().count(), 0, "{folder}");
    }
    let received = scene.host.received().remove(0);
    assert_eq!((received.key, &received.outcome), (KeyKind::User, &Outcome::Discarded));
    assert_eq!(received.field("title"), Some("Kopos"));
    let file = received.file.unwrap();
    assert_eq!((file.name.as_str(), file.size, file.md5.as_str()), ("a b.png", picture.len() as u64, ""));
}

#[test]
fn the_same_bytes_come_as_often_as_they_like() {
    let scene = Scene::new(|settings| {
        settings.discard = true;
        settings.max_file_size = 10;
    });
    let mut ids = BTreeSet::new();
    for _ in 0..100 {
        ids.insert(scene.upload("a.bin", &[0; 5_000], &[]).image("id_encoded"));
    }
    assert_eq!(ids.len(), 100);
}

#[test]
fn keys_and_sources_are_checked_as_ever_and_faults_are_played() {
    let scene = Scene::new(|settings| settings.discard = true);
    let (kind, body) = multipart(&[("image", Part::File { name: "a", mime: "", bytes: b"x" })], &[]);
    let send = |key: &str| {
        scene.send("POST", "/api/1/upload", &[("X-API-Key", key), ("Content-Type", &kind)], &body)
    };
    assert_eq!(send("wrong").unwrap().code(), 100);
    assert_eq!(send(&scene.host.user_key()).unwrap().code(), 130, "a part of another name is no source");
    for (fault, status) in [("html-500", 500), ("status-524", 524), ("flood", 400), ("json-after-bom", 200)] {
        scene.host.play(fault.parse().unwrap());
        assert_eq!(scene.upload("a.png", &samples::png(9, 9), &[]).status, status, "{fault}");
    }
    scene.host.play("approval".parse().unwrap());
    assert_eq!(scene.upload("a.png", &samples::png(9, 9), &[]).json()["image"]["is_approved"], 0);
    assert!(scene.host.stored().is_empty());
}
