//! What other versions answer differently.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod support;

use demo_host::Mode;
use support::{Scene, multipart, samples};

#[test]
fn v3_takes_the_key_as_a_field_and_writes_numbers_as_text() {
    let scene = Scene::new(|settings| settings.mode = Mode::V3);
    let refused = scene.upload("a.png", &samples::png(9, 9), &[]);
    assert_eq!(refused.json()["error"]["context"], "Exception");
    assert_eq!(refused.json()["error"]["message"], "No key provided", "the header is not read");
    let key = scene.host.guest_key();
    let answer = scene.upload("a.png", &samples::png(9, 9), &[("key", &key)]);
    let image = &answer.json()["image"];
    assert_eq!((&image["nsfw"], image.get("delete_url"), image.get("title")), (&"0".into(), None, None));
    assert_eq!(answer.json()["success"]["message"], "image uploaded");
    assert_eq!(scene.host.received()[1].field("key"), Some("…"), "the key is not kept");
}

#[test]
fn from_4_4_on_keys_have_four_parts() {
    let scene = Scene::new(|_| {});
    let old = scene.host.user_key();
    scene.host.set(|settings| settings.mode = Mode::V44);
    assert_eq!(scene.host.user_key().split('_').count(), 4);
    let answer = scene.upload("a.png", &samples::png(9, 9), &[]);
    let image = &answer.json()["image"];
    assert!(image.get("md5").is_none() && image["checksum"].as_str().unwrap().len() == 32);
    for (key, message) in [
        (old.as_str(), "This API key format is no longer supported. Please generate a new API key."),
        ("abc_def_ghi", "Invalid API key prefix"),
        ("nonsense", "Invalid API key."),
    ] {
        let (kind, body) = multipart(&[], &[("format", "json")]);
        let headers = [("X-API-Key", key), ("Content-Type", &kind)];
        let answer = scene.send("POST", "/api/1/upload", &headers, &body).unwrap();
        assert_eq!(answer.json()["error"]["message"], message);
    }
}

#[test]
fn before_4_2_there_are_no_tags() {
    let scene = Scene::new(|settings| settings.mode = Mode::V41);
    let answer = scene.upload("a.png", &samples::png(9, 9), &[("tags", "a,b"), ("expiration", "PT20M")]);
    let image = &answer.json()["image"];
    assert!(image.get("tags").is_none() && image["expiration_date_gmt"].is_null());
}
