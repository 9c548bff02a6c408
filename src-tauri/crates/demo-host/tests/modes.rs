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

#[test]
fn v3_reads_no_fields_and_counts_otherwise() {
    let scene = Scene::new(|settings| {
        settings.mode = Mode::V3;
        settings.allow_duplicates = true;
        settings.max_file_size = 100;
        settings.guest_max_file_size = 2_000_000;
        settings.formats.retain(|format| format != "gif");
    });
    let key = scene.host.guest_key();
    let fields =
        [("key", key.as_str()), ("title", "Mine"), ("width", "10"), ("expiration", "P1D"), ("tags", "a")];
    let image = scene.upload("a.png", &samples::file("a.png"), &fields).json()["image"].clone();
    let stored = scene.host.stored().pop().unwrap();
    assert_eq!((stored.title.as_str(), stored.width, stored.expires), ("a", 800, None));
    assert_eq!((&image["medium"]["width"], &image["thumb"]["height"]), (&500.into(), &160.into()));
    assert_eq!(image["url_viewer"], format!("{}/image/{}", scene.host.base_url(), stored.id));
    for (name, code) in [("i.txt", 310), ("f.tiff", 313), ("c.gif", 314), ("x-500k.bin", 310)] {
        let answer = scene.upload(name, &samples::file(name), &[("key", &key)]);
        assert_eq!(answer.code(), code, "{name}: {}", answer.text());
        assert_eq!(answer.json()["error"]["context"], "UploadException");
    }
    scene.host.set(|settings| settings.guest_max_file_size = 100);
    assert_eq!(scene.upload("a.png", &samples::file("a.png"), &[("key", &key)]).code(), 313, "too big");
}

#[test]
fn before_4_1_there_are_no_clips_and_delete_links_answer_302() {
    let scene = Scene::new(|settings| settings.mode = Mode::V40);
    let clip = samples::file("g.mp4");
    let send = || {
        let file = support::Part::File { name: "g.mp4", mime: "video/mp4", bytes: &clip };
        let (kind, body) = multipart(&[("source", file)], &[]);
        let headers = [("X-API-Key", &*scene.host.user_key()), ("Content-Type", &*kind)];
        scene.send("POST", "/api/1/upload", &headers, &body).unwrap()
    };
    assert_eq!(send().code(), 610);
    assert!(!scene.get("/upload").text().contains("\"mp4\""), "the page does not offer them");
    let picture = scene.upload("a.png", &samples::png(9, 9), &[]);
    assert_eq!(scene.get(&picture.path("delete_url")).status, 302);
    scene.host.set(|settings| settings.mode = Mode::V41);
    let stored = send();
    assert_eq!(stored.json()["success"]["message"], "file uploaded");
    assert_eq!(scene.get(&stored.path("delete_url")).status, 301);
}

#[test]
fn from_4_3_on_the_api_can_be_off_and_sums_have_another_name() {
    let scene = Scene::new(|settings| settings.api_off = true);
    assert_eq!(scene.upload("a.png", &samples::png(9, 9), &[]).status, 200, "4.2 cannot switch it off");
    scene.host.set(|settings| settings.mode = Mode::V43);
    assert_eq!(scene.upload("b.png", &samples::png(8, 8), &[]).status, 404);
    scene.host.set(|settings| settings.api_off = false);
    let image = scene.upload("c.png", &samples::png(7, 7), &[("width", "5")]).json()["image"].clone();
    assert!(image.get("md5").is_none() && image.get("source_md5").is_none());
    assert!(image["checksum"].is_string() && image["source_checksum"].is_string());
}
