//! What the host shows: to visitors, to clients that look around, and to its owner at the desk.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod support;

use demo_host::{Fault, Mode, Moderation, Play};
use support::{Answer, Scene, samples};

/// Sends a form of the desk.
fn send(scene: &Scene, path: &str, form: &str, headers: &[(&str, &str)]) -> Answer {
    let mut all = vec![("Content-Type", "application/x-www-form-urlencoded")];
    all.extend_from_slice(headers);
    scene.send("POST", path, &all, form.as_bytes()).expect("an answer")
}

/// Asks under another name.
fn as_host(scene: &Scene, path: &str, host: &str) -> Answer {
    scene.raw(format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").as_bytes()).unwrap()
}

#[test]
fn clients_that_look_around_find_what_a_real_site_shows() {
    let scene = Scene::new(|_| {});
    for path in ["/", "/upload"] {
        let page = scene.get(path);
        assert_eq!(page.header("x-powered-by"), Some("Chevereto 4"), "{path}");
        for words in
            ["<meta name=\"generator\" content=\"Chevereto 4\">", "CHV.obj.config", "max_filesize: \"10 MB\""]
        {
            assert!(page.text().contains(words), "{words} in {path}");
        }
    }
    let page = scene.get("/upload").text();
    for words in ["name=\"upload-category-id\"", "<option value=\"1\">Nature", "<option value=\"P1Y\">"] {
        assert!(page.contains(words), "{words}");
    }
    let documents = scene.get("/api-v1");
    assert!(documents.text().contains("use_file_date") && documents.text().contains(&scene.host.guest_key()));
    scene.host.set(|settings| settings.mode = Mode::V41);
    assert_eq!(scene.get("/api-v1").status, 404, "since 4.2");
}

#[test]
fn an_empty_desk_says_so() {
    let desk = Scene::new(|_| {}).get("/desk");
    assert_eq!(desk.status, 200);
    for words in ["Nothing is stored yet.", "No upload request came yet.", "No fault waits"] {
        assert!(desk.text().contains(words), "{words}");
    }
}

#[test]
fn the_desk_shows_what_is_stored_and_what_came_in() {
    let scene = Scene::new(|settings| settings.moderation = Moderation::Everyone);
    let key = scene.host.user_key();
    let album = scene.host.albums().remove(0);
    let fields = [
        ("title", "<script>alert(1)</script>"),
        ("tags", "sea,dunes"),
        ("album_id", &album.id),
        ("expiration", "P3D"),
        ("nsfw", "1"),
        ("key", &key),
    ];
    let bytes = samples::png(70, 50);
    scene.upload("Neringa & co.png", &bytes, &fields);
    scene.upload("again.png", &bytes, &[]);
    scene.host.play(Fault::Incident);
    scene.upload("b.png", &bytes, &[]);
    scene.host.schedule("reset-mid-body:40*3".parse().unwrap());
    let desk = scene.get("/desk").text();
    for words in [
        "1 file, ",
        "3 upload requests",
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "Neringa &amp; co.png",
        "Waits for approval",
        "NSFW",
        "70 × 50, ",
        "sea, dunes",
        "Curonian Spit",
        "in 3 days",
        "Demo user",
        "Refused: 101, Duplicated upload",
        "Fault <code>html-500</code>",
        "Stored as ",
        "<code>reset-mid-body:40*3</code>",
        "<code>key</code> …",
        "Everything, but for the administrator",
    ] {
        assert!(desk.contains(words), "{words} in {desk}");
    }
    assert!(!desk.contains("<script>") && !desk.contains(&key));
    let thumb = desk.split("<img src=\"").nth(1).unwrap().split('"').next().unwrap();
    assert_eq!(scene.get(thumb).header("content-type"), Some("image/png"), "also of what waits");
}

#[test]
fn the_desk_approves_and_deletes() {
    let scene = Scene::new(|settings| settings.moderation = Moderation::Everyone);
    let answer = scene.upload("a.png", &samples::png(30, 20), &[]);
    let id = answer.image("id_encoded");
    let approve = format!("/desk/approve/{id}");
    assert_eq!(scene.get(&approve).status, 405, "a link changes nothing");
    let done = send(&scene, &approve, "", &[("Origin", &scene.host.base_url())]);
    // The request named the host without its port, so this page is another one.
    assert_eq!((done.status, scene.host.stored()[0].approved), (403, false));
    let done = send(&scene, &approve, "", &[("Origin", "http://127.0.0.1")]);
    assert_eq!((done.status, done.header("location")), (303, Some(format!("/desk#file-{id}").as_str())));
    assert_eq!(scene.get(&answer.path("url_viewer")).status, 200);
    assert_eq!(send(&scene, &approve, "", &[]).status, 404, "once is enough");
    assert_eq!(send(&scene, &format!("/desk/delete/{id}"), "", &[]).status, 303);
    assert!(scene.host.stored().is_empty());
}

#[test]
fn pages_of_strangers_reach_nothing() {
    let scene = Scene::new(|settings| settings.moderation = Moderation::Everyone);
    let id = scene.upload("a.png", &samples::png(30, 20), &[]).image("id_encoded");
    for (header, value) in
        [("Origin", "https://evil.example"), ("Origin", "null"), ("Sec-Fetch-Site", "cross-site")]
    {
        for path in ["approve", "delete"] {
            assert_eq!(
                send(&scene, &format!("/desk/{path}/{id}"), "", &[(header, value)]).status,
                403,
                "{value}"
            );
        }
        assert_eq!(send(&scene, "/desk/faults", "fault=html-500", &[(header, value)]).status, 403, "{value}");
    }
    assert!(!scene.host.stored()[0].approved && scene.host.faults().is_empty());
    // A name of theirs that leads to this machine.
    for path in ["/", "/desk", "/settings/api", "/api/1/upload"] {
        let answer = as_host(&scene, path, "evil.example");
        assert_eq!(answer.status, 421, "{path}");
        assert!(!answer.text().contains(&scene.host.user_key()));
    }
    for host in ["127.0.0.1:9", "localhost", "demo.localhost:80"] {
        assert_eq!(as_host(&scene, "/desk", host).status, 200, "{host}");
    }
    let policy = scene.get("/desk").header("content-security-policy").unwrap().to_owned();
    assert!(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"), "{policy}");
}

#[test]
fn the_desk_plays_faults_by_name_and_says_what_it_does_not_know() {
    let scene = Scene::new(|_| {});
    let wrong = send(&scene, "/desk/faults", "fault=%3Cb%3E", &[]);
    assert_eq!(wrong.status, 400);
    assert!(
        wrong.text().contains("no fault is called &quot;&lt;b&gt;&quot;") && !wrong.text().contains("<b>")
    );
    assert_eq!(send(&scene, "/desk/faults", "fault=html-500*2", &[]).status, 303);
    assert_eq!(scene.host.faults().iter().map(Play::to_string).collect::<Vec<_>>(), ["html-500*2"]);
    assert_eq!(scene.upload("a.png", &samples::png(9, 9), &[]).status, 500);
    assert_eq!(send(&scene, "/desk/faults/clear", "", &[]).status, 303);
    assert_eq!(scene.upload("a.png", &samples::png(9, 9), &[]).status, 200);
}

#[test]
fn a_file_is_served_in_ranges_and_under_its_type() {
    let scene = Scene::new(|_| {});
    let bytes = samples::png(70, 50);
    let path = scene.upload("a.png", &bytes, &[]).path("url");
    let range = |range: &str| scene.send("GET", &path, &[("Range", range)], b"").unwrap();
    let whole = scene.get(&path);
    assert_eq!((whole.status, whole.header("content-type")), (200, Some("image/png")));
    assert_eq!((whole.header("accept-ranges"), &whole.body), (Some("bytes"), &bytes));
    let part = range("bytes=10-19");
    assert_eq!((part.status, part.header("content-type")), (206, Some("image/png")));
    assert_eq!(part.header("content-range"), Some(format!("bytes 10-19/{}", bytes.len()).as_str()));
    assert_eq!(part.body, bytes[10..20]);
    assert_eq!(range("bytes=-5").body, bytes[bytes.len() - 5..]);
    let beyond = range("bytes=999999-");
    assert_eq!(
        (beyond.status, beyond.header("content-range")),
        (416, Some(format!("bytes */{}", bytes.len()).as_str()))
    );
    assert_eq!(scene.get(&path.replace(".png", ".jpg")).status, 404);
    assert_eq!(
        scene.get(&format!("{}..%2f..%2findex.json", &path[..path.rfind('/').unwrap() + 1])).status,
        404
    );
}
