//! Facts about a real site that no recording shows: known from its source, or from what was seen beside the recordings.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod support;

use std::{fs, time::Duration};

use base64::{Engine, engine::general_purpose::STANDARD};
use demo_host::{DemoHost, Flood, Language, Options, Settings, Stored};
use support::{Answer, Part, Scene, multipart, samples, serve};

/// Code and sentence of a refusal.
fn refusal(answer: &Answer) -> (i64, String) {
    assert_eq!(answer.status, 400, "{}", answer.text());
    (answer.code(), answer.json()["error"]["message"].as_str().unwrap().to_owned())
}

fn newest(scene: &Scene) -> Stored {
    scene.host.stored().pop().unwrap()
}

/// A form without a file, sent with the administrator's key.
fn ask_as_admin(scene: &Scene, fields: &[(&str, &str)]) -> Answer {
    let (kind, body) = multipart(&[], fields);
    let headers = [("X-API-Key", &*scene.host.admin_key()), ("Content-Type", &*kind)];
    scene.send("POST", "/api/1/upload", &headers, &body).unwrap()
}

/// A file, sent with a key of one's choice.
fn upload_with(scene: &Scene, key: &str, name: &str, bytes: &[u8], fields: &[(&str, &str)]) -> Answer {
    let file = Part::File { name, mime: support::mime(name), bytes };
    let (kind, body) = multipart(&[("source", file)], fields);
    let headers = [("X-API-Key", key), ("Content-Type", &*kind)];
    scene.send("POST", "/api/1/upload", &headers, &body).unwrap()
}

#[test]
fn a_site_in_a_sub_directory_has_it_in_every_address() {
    let dir = tempfile::tempdir().unwrap();
    let options = Options { path: "/a/gallery".to_owned(), ..Options::new(dir.path()) };
    let scene = Scene { host: DemoHost::start(options).unwrap(), dir };
    let base = scene.host.base_url();
    assert!(base.ends_with("/a/gallery"));
    let (kind, body) = multipart(
        &[("source", Part::File { name: "a.png", mime: "image/png", bytes: &samples::png(9, 9) })],
        &[],
    );
    let key = scene.host.user_key();
    let headers = [("X-API-Key", key.as_str()), ("Content-Type", &kind)];
    let send = |path: &str| scene.send("POST", path, &headers, &body).unwrap();

    let answer = send("/a/gallery/api/1/upload");
    for field in ["url", "url_viewer", "url_short", "delete_url"] {
        assert!(answer.image(field).starts_with(&format!("{base}/")), "{}", answer.image(field));
    }
    assert_eq!(scene.get(&answer.path("url")).status, 200);
    assert_eq!(scene.get(&answer.image("path_viewer")).status, 200);
    let short = scene.get(&answer.path("url_short"));
    assert_eq!((short.status, short.header("location")), (302, Some(answer.image("url_viewer").as_str())));
    let slash = send("/a/gallery/api/1/upload/");
    assert_eq!(
        (slash.status, slash.header("location")),
        (301, Some(format!("{base}/api/1/upload").as_str()))
    );
    for outside in ["/api/1/upload", "/a/galleryx/api/1/upload", "/a/api/1/upload"] {
        let elsewhere = send(outside);
        assert_eq!(elsewhere.status, 404, "{outside}");
        assert_eq!(elsewhere.header("set-cookie"), None, "the web server answers, not the site");
    }
    for page in ["/a/gallery", "/a/gallery/", "/a/gallery/upload"] {
        let page = scene.get(page);
        assert!(page.status == 200 && page.text().contains("href=\"/a/gallery/upload\""), "{}", page.text());
    }
    let gone = scene.get(&answer.path("delete_url"));
    assert_eq!(gone.header("location"), Some(format!("{}?deleted", answer.image("url_viewer")).as_str()));
}

#[test]
fn a_refusal_speaks_the_senders_language_or_the_sites() {
    let scene = Scene::new(|settings| settings.uploads = false);
    let key = scene.host.user_key();
    let denied = |accept: &str| {
        let answer =
            scene.send("POST", "/api/1/upload", &[("X-API-Key", &key), ("Accept-Language", accept)], b"");
        let (code, words) = refusal(&answer.unwrap());
        assert_eq!(code, 401, "the code is the same in every language");
        words
    };
    let english = "Request denied";
    assert_eq!([denied("en"), denied("fr"), denied("en;q=1, de;q=0.5")], [english; 3]);
    assert_ne!(denied("de"), english);
    scene.host.set(|settings| settings.language = Language::Lithuanian);
    assert_eq!(denied("fr"), denied("lt"));
    scene.host.set(|settings| settings.auto_language = false);
    assert_eq!(denied("en"), denied("lt"), "the site's language, whatever is asked for");
}

#[test]
fn the_administrator_has_files_fetched_from_this_machine() {
    let scene = Scene::new(|settings| settings.url_uploads = true);
    let picture = samples::png(90, 60);
    let server = serve(picture.clone());
    let answer = ask_as_admin(&scene, &[("source", &format!("{server}/My%20photo.png?x=1"))]);
    assert_eq!(answer.image("title"), "My photo");
    assert_eq!(fs::read(newest(&scene).served).unwrap(), picture);

    let key = scene.host.admin_key();
    let query = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("source", &format!("{server}/by-get.png"))
        .finish();
    let path = format!("/api/1/upload/?{query}");
    let by_get = scene.send("GET", &path, &[("X-API-Key", &key)], b"").unwrap();
    assert_eq!(by_get.image("title"), "by get");
    let by_get = scene.send("GET", "/api/1/upload/?source=aGVsbG8%3D", &[("X-API-Key", &key)], b"");
    let words = "Upload using base64 source must be done using POST method.".to_owned();
    assert_eq!(refusal(&by_get.unwrap()), (130, words));

    scene.host.set(|settings| settings.max_file_size = picture.len() as u64 - 1);
    assert_eq!(refusal(&ask_as_admin(&scene, &[("source", &format!("{server}/a.png"))])).0, 400);
    // The codes are those of curl.
    let missing = format!("{}/no/such/page", scene.host.base_url());
    assert_eq!(refusal(&ask_as_admin(&scene, &[("source", &missing)])).0, 22);
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    assert_eq!(refusal(&ask_as_admin(&scene, &[("source", &format!("http://{closed}/a.png"))])).0, 7);
    assert_eq!(refusal(&ask_as_admin(&scene, &[("source", "http://10.0.0.1/a.png")])).0, 0);
}

#[test]
fn a_title_is_cut_to_a_hundred_letters_of_any_script() {
    let scene = Scene::new(|_| {});
    let long = "ė🎉".repeat(60);
    scene.upload("a.png", &samples::png(9, 9), &[("title", &long)]);
    assert_eq!(newest(&scene).title, "ė🎉".repeat(50));
}

#[test]
fn what_a_picture_says_of_itself_is_taken_where_nothing_is_given() {
    use samples::Exif;
    let scene = Scene::new(|settings| settings.allow_duplicates = true);
    let entries = [(0x010E, Exif::Text("Evening")), (0x9C9B, Exif::Wide("Nida, rytas ė"))];
    let picture = samples::with_exif(&samples::jpeg(40, 30), &entries);
    let told = |fields: &[(&str, &str)]| {
        assert_eq!(scene.upload("IMG_1.jpg", &picture, fields).status, 200);
        let stored = newest(&scene);
        (stored.title, stored.description.unwrap_or_default())
    };
    let pair = |title: &str, description: &str| (title.to_owned(), description.to_owned());
    assert_eq!(told(&[]), pair("Nida, rytas ė", "Evening"));
    assert_eq!(told(&[("title", ""), ("description", "")]), pair("Nida, rytas ė", "Evening"));
    assert_eq!(told(&[("title", "Mine"), ("description", "Ours")]), pair("Mine", "Ours"));
}

#[test]
fn a_file_date_counts_for_the_administrator_and_for_pictures_that_have_one() {
    let scene = Scene::new(|settings| settings.allow_duplicates = true);
    let admin = scene.host.admin_key();
    let year = |name: &str, bytes: &[u8], fields: &[(&str, &str)]| {
        upload_with(&scene, &admin, name, bytes, fields).image("date_gmt")[..4].to_owned()
    };
    let now = year("a.png", &samples::png(9, 9), &[]);
    let dated = samples::exif_jpeg(40, 30);
    assert_eq!(year("a.jpg", &dated, &[("use_file_date", "1"), ("expiration", "P1D")]), "2019");
    let stored = newest(&scene);
    assert!(stored.url.contains("/images/2019/05/06/"), "{}", stored.url);
    assert_eq!(scene.get(&stored.url[scene.host.base_url().len()..]).status, 200);
    assert_eq!(year("a.jpg", &dated, &[("use_file_date", "0")]), now);
    assert_eq!(year("a.png", &samples::png(9, 9), &[("use_file_date", "1")]), now);
    scene.host.set(|settings| settings.flood = Some(Flood { minute: 4, ..Flood::default() }));
    let fifth = upload_with(&scene, &admin, "b.png", &samples::png(8, 8), &[]);
    assert_eq!(refusal(&fifth).0, 130, "an old date does not hide a fresh upload");
}

#[test]
fn tags_that_cannot_be_are_dropped_without_a_word() {
    let scene = Scene::new(|settings| settings.allow_duplicates = true);
    let tags = |given: &str| {
        scene.upload("a.png", &samples::png(9, 9), &[("tags", given)]);
        newest(&scene).tags
    };
    assert_eq!(tags("...,!!!,.,a.b,x,xx,  two   words "), ["a.b", "x", "xx", "two words"]);
    assert_eq!(tags(&format!("{},{}", "ė".repeat(32), "ė".repeat(33))), ["ė".repeat(32)]);
    assert_eq!(tags("new,two words,x"), ["x", "two words", "new"], "known ones first, as they were learned");
    scene.host.set(|settings| settings.max_tags = Some(2));
    assert_eq!(tags("one,two,three"), ["one", "two"]);
}

#[test]
fn of_a_field_that_is_repeated_the_last_counts() {
    let scene = Scene::new(|_| {});
    scene.upload("a.png", &samples::png(9, 9), &[("title", "first"), ("title", "second")]);
    assert_eq!(newest(&scene).title, "second");
}

#[test]
fn a_text_field_called_image_is_a_source_and_shapes_the_answer() {
    let scene = Scene::new(|settings| settings.url_uploads = true);
    let packed = STANDARD.encode(samples::png(9, 9));
    let answer = ask_as_admin(&scene, &[("image", &packed), ("name", "Called")]).json();
    assert_eq!((&answer["status"], &answer["data"]["title"]), (&200.into(), &"Called".into()));
    assert_eq!(answer["data"]["id"], answer["data"]["id_encoded"]);
    assert!(answer.get("image").is_none());
    let key = scene.host.admin_key();
    let by_get = "/api/1/upload/?image=http%3A%2F%2Fhost.invalid%2Fa.png";
    assert_eq!(scene.send("GET", by_get, &[("X-API-Key", &key)], b"").unwrap().code(), 6);
}

#[test]
fn arrays_trip_the_site_wherever_they_stand() {
    let scene = Scene::new(|_| {});
    for name in ["title[]", "source[]", "tags[0]"] {
        let answer = scene.upload("a.png", &samples::png(9, 9), &[(name, "x")]);
        assert_eq!(
            (answer.status, answer.header("content-type")),
            (500, Some("text/html; charset=UTF-8")),
            "{name}"
        );
    }
    assert!(scene.host.stored().is_empty());
}

#[test]
fn a_flood_is_told_before_what_php_says_of_the_file() {
    let scene = Scene::new(|settings| {
        settings.allow_duplicates = true;
        settings.flood = Some(Flood { minute: 1, ..Flood::default() });
        settings.upload_max_filesize = 1_000;
    });
    let large = vec![1; 2_000];
    assert_eq!(refusal(&scene.upload("a.png", &large, &[])).0, 601);
    assert_eq!(scene.upload("a.png", &samples::png(1, 1), &[]).status, 200, "failed tries do not count");
    assert_eq!(refusal(&scene.upload("a.png", &large, &[])).0, 130);
    scene.host.set(|settings| settings.allow_duplicates = false);
    assert_eq!(scene.upload("a.png", &large, &[]).status, 500, "the duplicate check comes first, and trips");
    let admin = scene.host.admin_key();
    scene.host.set(|settings| settings.flood = None);
    let exempt = upload_with(&scene, &admin, "a.png", &large, &[]);
    assert_eq!(refusal(&exempt).0, 601, "the administrator is not checked");
}

#[test]
fn floods_roll_by_and_what_is_deleted_does_not_count() {
    let limits = Flood { minute: 1, hour: 2, day: 3, week: 4, month: 5 };
    let scene = Scene::new(move |settings| settings.flood = Some(limits));
    let mut size = 0;
    let mut take = || {
        size += 1;
        scene.upload("a.png", &samples::png(size, 1), &[])
    };
    let hit = |answer: Answer| {
        let (code, words) = refusal(&answer);
        assert_eq!(code, 130);
        words.rsplit(' ').next().unwrap().to_owned()
    };
    let mut last = take();
    for (window, seconds) in [("minute", 61), ("hour", 3_601), ("day", 86_401), ("week", 7 * 86_400 + 1)] {
        assert_eq!(hit(take()), window);
        scene.host.advance(Duration::from_secs(seconds));
        last = take();
        assert_eq!(last.status, 200, "after a {window}: {}", last.text());
        // The next window is not hidden by this one.
        scene.host.advance(Duration::from_secs(seconds));
    }
    assert_eq!(hit(take()), "month");
    scene.get(&last.path("delete_url"));
    assert_eq!(take().status, 200);
}

#[test]
fn a_smaller_copy_of_what_is_there_is_found_before_it_is_made() {
    let scene = Scene::new(|_| {});
    let turned = samples::exif_jpeg(400, 300);
    assert_eq!(scene.upload("a.jpg", &turned, &[]).status, 200);
    assert_eq!(refusal(&scene.upload("a.jpg", &turned, &[("width", "100")])).0, 103);
}

#[test]
fn what_waits_for_approval_has_no_direct_links() {
    let scene = Scene::new(|settings| settings.moderation = demo_host::Moderation::Everyone);
    let image = scene.upload("a.png", &samples::png(900, 600), &[]).json()["image"].clone();
    for part in ["image", "thumb", "medium"] {
        assert!(image[part].is_object() && image[part].get("url").is_none(), "{part}");
    }
    assert!(image.get("url").is_none() && image.get("display_url").is_none());
    assert!(image["delete_url"].is_string());
}

#[test]
fn a_site_under_maintenance_shows_nothing_else_and_deletes_nothing() {
    let scene = Scene::new(|_| {});
    let answer = scene.upload("a.png", &samples::png(9, 9), &[]);
    scene.host.set(|settings| settings.maintenance = true);
    for path in ["/", "/upload", "/no/such/page", &answer.path("url_viewer"), &answer.path("delete_url")] {
        let page = scene.get(path);
        assert!(page.status == 200 && page.text().contains("maintenance"), "{path}: {}", page.text());
    }
    assert_eq!(scene.get(&answer.path("url")).status, 200, "files are the web server's");
    scene.host.set(|settings| settings.maintenance = false);
    assert_eq!(scene.get(&answer.path("delete_url")).status, 301, "the link is still good");
}

#[test]
fn guests_choose_for_themselves_where_the_site_does_not() {
    let scene = Scene::new(|settings| settings.allow_duplicates = true);
    let guest = scene.host.guest_key();
    let album = scene.host.albums().remove(0).id;
    let fields = [("expiration", "PT1H"), ("tags", "a"), ("album_id", &album)];
    let life = |fields: &[(&str, &str)]| {
        assert_eq!(upload_with(&scene, &guest, "a.png", &samples::png(9, 9), fields).status, 200);
        newest(&scene).expires
    };
    assert!(life(&fields).is_some() && newest(&scene).tags.is_empty());
    assert_eq!(newest(&scene).album, Some(album.clone()), "whose album it is, nobody asks a guest");
    assert_eq!(life(&[]), None);
    scene.host.set(|settings| settings.expiration = false);
    assert_eq!(life(&fields), None);
}

#[test]
fn a_site_with_little_php_takes_no_animated_webp() {
    let scene = Scene::new(|settings| settings.animated_webp = false);
    let answer = scene.upload("a.webp", &samples::file("anim.webp"), &[]);
    assert_eq!(refusal(&answer), (400, "Animated WebP is not supported".to_owned()));
    assert_eq!(scene.upload("d.webp", &samples::file("d.webp"), &[]).status, 200);
}

#[test]
fn a_name_left_over_on_the_disk_is_nobodys() {
    let scene = Scene::new(|_| {});
    scene.upload("a.png", &samples::png(9, 9), &[]);
    let place = newest(&scene).served.with_file_name("b.png");
    fs::write(&place, b"left over").unwrap();
    assert_eq!(scene.upload("b.png", &samples::png(8, 8), &[]).status, 200);
    assert_eq!(fs::read(place).unwrap(), b"left over");
}

#[test]
fn settings_that_are_not_named_are_those_of_a_fresh_site() {
    let settings = Settings::default();
    assert!(!settings.allow_duplicates && settings.auto_language && settings.flood.is_some());
    assert!(!settings.url_uploads && !settings.private && !settings.personal && !settings.api_off);
}
