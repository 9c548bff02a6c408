//! The requests beside the upload: asking about a key, looking at a site, deleting, fetching.
#![allow(clippy::unwrap_used, reason = "a test")]

mod support;

use std::sync::atomic::{AtomicU64, Ordering};

use chevereto::{BaseUrl, DeleteLink, Deletion, Error, KeyCheck};
use support::*;

#[tokio::test]
async fn a_key_is_checked_without_a_source() {
    let refusal = |code: u32, said: &str| {
        json("400 Bad Request", &format!("{{\"error\":{{\"code\":{code},\"message\":\"{said}\"}}}}"))
    };
    for (answer, expected) in [
        (refusal(130, "Empty upload source"), Ok(KeyCheck::Accepted)),
        (refusal(100, "Invalid API key."), Ok(KeyCheck::NotAccepted { said: "Invalid API key.".into() })),
        (
            refusal(0, "Invalid API key prefix"),
            Ok(KeyCheck::NotAccepted { said: "Invalid API key prefix".into() }),
        ),
        (refusal(401, "Request denied"), Ok(KeyCheck::NotAllowed { said: "Request denied".into() })),
        (html("404 Not Found", "<html>no</html>"), Err(Error::WrongAddress { status: 404 })),
        (html("200 OK", "<html>a shop</html>"), Err(Error::WrongAddress { status: 200 })),
        (html("200 OK", "<html>Under maintenance</html>"), Err(Error::Maintenance)),
    ] {
        let host = Host::start().await;
        let (client, site, key) = (client(), host.site(), key());
        let (request, check) = tokio::join!(host.answer(answer), client.check_key(&site, &key));
        assert_eq!(check, expected);
        assert_eq!(request.header("x-api-key"), Some(KEY));
        assert!(!request.text().contains("source"));
    }
}

#[tokio::test]
async fn a_delete_link_is_asked_once() {
    let host = Host::start().await;
    let client = client();
    let address = format!("{}/image/a1/delete/0123456789abcdef", host.address());
    let link = DeleteLink::parse(&address).unwrap();
    let done = format!("Location: {}/image/x.a1?deleted\r\n", host.address());
    let (request, deleted) =
        tokio::join!(host.answer(reply("301 Moved Permanently", &done, "")), client.delete(&link));
    assert_eq!(request.first_line(), "GET /image/a1/delete/0123456789abcdef HTTP/1.1");
    assert_eq!(deleted, Ok(Deletion::Deleted));

    let (_, again) = tokio::join!(host.answer(html("404 Not Found", "")), client.delete(&link));
    assert_eq!(again, Ok(Deletion::NotThere));

    let elsewhere = format!("Location: {address}/\r\n");
    let (_, moved) = tokio::join!(host.answer(reply("301 Moved", &elsewhere, "")), client.delete(&link));
    assert_eq!(moved, Err(Error::Moved { to: None }));
    assert!(!host.was_called());
}

#[tokio::test]
async fn a_site_is_looked_at() {
    let host = Host::start().await;
    let (client, site) = (client(), host.site());
    let page = r#"<meta name="generator" content="Chevereto 4"><script>CHV.obj.config = {image:{max_filesize:"2 MB"}}</script>"#;
    let form = r#"<select name="upload-category-id"><option value="3">Trips</option></select>"#;
    let serve = async {
        let front = host.answer(html("200 OK", page)).await;
        let upload = host.answer(html("200 OK", form)).await;
        let api = host.answer(html("404 Not Found", "")).await;
        [front, upload, api]
    };
    let (asked, probe) = tokio::join!(serve, client.probe(&site));
    let probe = probe.unwrap();
    let asked: Vec<_> = asked.iter().map(Request::first_line).collect();
    assert_eq!(asked, ["GET / HTTP/1.1", "GET /upload HTTP/1.1", "GET /api-v1 HTTP/1.1"]);
    assert_eq!((probe.max_size, probe.categories.len(), probe.has_api_page), (Some(2_000_000), 1, false));

    let moved = reply("301 Moved", "Location: https://img.example/\r\n", "");
    let (_, probe) = tokio::join!(host.answer(moved), client.probe(&site));
    assert_eq!(probe.unwrap_err(), Error::Moved { to: Some(BaseUrl::parse("img.example").unwrap()) });
}

#[tokio::test]
async fn a_picture_is_fetched_into_a_file() {
    let host = Host::start().await;
    let client = client();
    let folder = tempfile::tempdir().unwrap();
    let dest = folder.path().join("part");
    let url: chevereto::Url = format!("{}/old", host.address()).parse().unwrap();
    let serve = async {
        host.answer(reply("302 Found", "Location: /new/cat%20one.png\r\n", "")).await;
        host.answer(reply("200 OK", "Content-Type: image/png; x\r\n", "PNG!")).await
    };
    let seen = AtomicU64::new(0);
    let (request, fetched) = tokio::join!(
        serve,
        client.fetch(&url, 10, &dest, |progress| seen.store(progress.sent, Ordering::Relaxed))
    );
    let fetched = fetched.unwrap();
    assert!(request.header("x-api-key").is_none());
    assert_eq!((fetched.name.as_deref(), fetched.mime.as_deref()), (Some("cat one.png"), Some("image/png")));
    assert_eq!(std::fs::read(&dest).unwrap(), b"PNG!");
    assert_eq!((fetched.len, seen.into_inner()), (4, 4));
}

#[tokio::test]
async fn a_fetch_that_fails_leaves_nothing_behind() {
    let endless = "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n0123456789abcdef";
    let broken = "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n0123";
    let file = reply("302 Found", "Location: file:///etc/passwd\r\n", "");
    for (answer, code) in [
        (html("404 Not Found", ""), "fetch-not-found"),
        (html("403 Forbidden", ""), "fetch-refused"),
        (html("200 OK", "0123456789abcdef"), "fetch-too-big"),
        (endless.to_owned(), "fetch-too-big"),
        (broken.to_owned(), "fetch-cut"),
        (file, "fetch-address"),
    ] {
        let host = Host::start().await;
        let client = client();
        let folder = tempfile::tempdir().unwrap();
        let dest = folder.path().join("part");
        let url = host.address().parse().unwrap();
        let (_, fetched) = tokio::join!(host.answer(&answer), client.fetch(&url, 10, &dest, |_| ()));
        assert_eq!(fetched.unwrap_err().code(), code);
        assert!(!dest.exists());
    }
    let host = Host::start().await;
    let (client, url) = (client(), host.address().parse().unwrap());
    let folder = tempfile::tempdir().unwrap();
    let dest = folder.path().join("part");
    let round = async {
        for _ in 0..6 {
            host.answer(reply("302 Found", "Location: /again\r\n", "")).await;
        }
    };
    let ((), fetched) = tokio::join!(round, client.fetch(&url, 10, &dest, |_| ()));
    assert_eq!(fetched.unwrap_err().code(), "fetch-redirects");
    assert!(!host.was_called());
}
