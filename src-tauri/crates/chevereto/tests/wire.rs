//! What goes over the wire, seen by a host that plays every trick.
#![allow(clippy::unwrap_used, reason = "a test")]

mod support;

use std::sync::{Arc, Mutex};

use chevereto::{
    BaseUrl, Client, ClientOptions, Error, Expiration, Fields, Proxy, Retry, Site, Source, Tags, Title,
    TlsProblem, Unclear, Upload,
};
use support::*;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

/// More than the buffers of a connection hold.
const LARGE: usize = 64 << 20;

#[tokio::test]
async fn the_request_is_exactly_what_php_reads() {
    let host = Host::start().await;
    let upload = Upload {
        source: Source::Bytes {
            bytes: "PNG!".into(),
            name: "Šaltibarščiai \"🍲\" nr 1.png".into(),
            mime: "Image/PNG".into(),
        },
        fields: Fields {
            title: Some(Title::parse("Šaltibarščiai 🍲").unwrap()),
            tags: Tags::parse("red,blue").unwrap(),
            expiration: Some(Expiration::parse("P2W").unwrap()),
            nsfw: Some(true),
            ..Fields::default()
        },
    };
    let (client, site, key) = (client(), host.site(), key());
    let sent = client.upload(&site, &key, upload, |_| ());
    let (request, image) = tokio::join!(host.answer(json("200 OK", OK)), sent);
    assert_eq!(image.unwrap().id.as_deref(), Some("a1"));

    assert_eq!(request.first_line(), "POST /api/1/upload HTTP/1.1");
    assert_eq!(request.header("x-api-key"), Some(KEY));
    assert_eq!(request.header("accept-language"), Some("en"));
    assert_eq!(request.header("transfer-encoding"), None);
    assert_eq!(request.header("cookie"), None);
    assert_eq!(request.header("content-length").unwrap(), request.body.len().to_string());
    let boundary =
        request.header("content-type").unwrap().strip_prefix("multipart/form-data; boundary=").unwrap();
    let text = |name: &str, value: &str| {
        format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    };
    let expected = [
        text("title", "Šaltibarščiai 🍲"),
        text("tags", "red,blue"),
        text("expiration", "P2W"),
        text("nsfw", "1"),
        text("format", "json"),
        format!(
            "--{boundary}\r\nContent-Disposition: form-data; name=\"source\"; \
             filename=\"Šaltibarščiai \\\"🍲\\\" nr 1.png\"\r\nContent-Type: image/png\r\n\r\nPNG!\r\n--{boundary}--\r\n"
        ),
    ];
    assert_eq!(request.text(), expected.concat());
    assert!(!request.text().contains(KEY));
}

#[tokio::test]
async fn an_old_site_gets_the_key_as_a_field_and_nowhere_else() {
    let host = Host::start().await;
    let (client, site, key) = (client(), host.old_site(), key());
    let (request, image) =
        tokio::join!(host.answer(json("200 OK", OK)), client.upload(&site, &key, bytes(3), |_| ()));
    assert!(image.is_ok());
    assert!(request.text().contains(&format!("name=\"key\"\r\n\r\n{KEY}\r\n")));
    assert!(!request.head.contains(KEY));
}

#[tokio::test]
async fn a_file_is_streamed_as_it_is_and_counted() {
    let file = tempfile::NamedTempFile::new().unwrap();
    let content: Vec<u8> = (0..3_000_001_u32).map(|n| (n % 251) as u8).collect();
    std::fs::write(file.path(), &content).unwrap();
    let host = Host::start().await;
    let (client, site, key) = (client(), host.site(), key());
    let seen = Arc::new(Mutex::new(Vec::new()));
    let count = Arc::clone(&seen);
    let sent = client.upload(&site, &key, upload_of(file.path(), content.len() as u64), move |progress| {
        count.lock().unwrap().push(progress);
    });
    let (request, image) = tokio::join!(host.answer(json("200 OK", OK)), sent);
    assert!(image.is_ok());
    let start = request.body.windows(4).rposition(|window| window == b"\r\n\r\n");
    let start = start.filter(|at| *at < 1000).unwrap_or_else(|| {
        request.body.windows(14).position(|window| window == b"video/mp4\r\n\r\n\x00").unwrap() + 9
    }) + 4;
    assert!(request.body[start..].starts_with(&content));
    let seen = seen.lock().unwrap();
    let last = seen.last().unwrap();
    assert_eq!((last.sent, last.total), (request.body.len() as u64, request.body.len() as u64));
    assert!(seen.windows(2).all(|pair| pair[0].sent < pair[1].sent));
}

fn upload_of(path: &std::path::Path, len: u64) -> Upload {
    Upload::new(Source::File { path: path.to_owned(), name: "a.mp4".into(), mime: "video/mp4".into(), len })
}

#[tokio::test]
async fn a_file_that_changed_is_never_stored() {
    let host = Host::start().await;
    let (client, site, key) = (client(), host.site(), key());
    let missing = upload_of(std::path::Path::new("/no/such/file"), 1);
    assert_eq!(client.upload(&site, &key, missing, |_| ()).await.unwrap_err(), Error::FileVanished);

    let file = tempfile::NamedTempFile::new().unwrap();
    file.as_file().set_len(LARGE as u64).unwrap();
    let shorter = upload_of(file.path(), 5);
    assert_eq!(client.upload(&site, &key, shorter, |_| ()).await.unwrap_err(), Error::FileChanged);

    let sent = client.upload(&site, &key, upload_of(file.path(), LARGE as u64), |_| ());
    let cut = async {
        let mut socket = host.accept().await;
        socket.read_u8().await.unwrap();
        file.as_file().set_len(1 << 20).unwrap();
        let mut rest = Vec::new();
        let _ = socket.read_to_end(&mut rest).await;
        assert!(rest.len() < LARGE);
    };
    let (result, ()) = tokio::join!(sent, cut);
    assert_eq!(result.unwrap_err(), Error::FileChanged);
}

#[tokio::test]
async fn no_redirect_is_followed_and_the_key_goes_nowhere_else() {
    for status in ["301 Moved Permanently", "302 Found", "307 Temporary Redirect", "308 Permanent Redirect"] {
        let (host, other) = (Host::start().await, Host::start().await);
        let to = format!("Location: {}/api/1/upload\r\n", other.address());
        let (client, site, key) = (client(), host.site(), key());
        let (_, result) =
            tokio::join!(host.answer(reply(status, &to, "")), client.upload(&site, &key, bytes(3), |_| ()));
        let expected = BaseUrl::parse(&other.address()).unwrap();
        assert_eq!(result.unwrap_err(), Error::Moved { to: Some(expected) });
        assert!(!other.was_called());
        assert!(!host.was_called());
    }
}

#[tokio::test]
async fn a_body_that_does_not_move_is_given_up() {
    let host = Host::start().await;
    let (client, site, key) = (impatient(), host.site(), key());
    let (_socket, result) = tokio::join!(host.accept(), client.upload(&site, &key, bytes(LARGE), |_| ()));
    let error = result.unwrap_err();
    assert!(matches!(error, Error::Stalled { sent, total } if sent < total), "{error:?}");
    assert_eq!(error.retry(), Retry::Later);
}

#[tokio::test]
async fn silence_after_the_whole_body_is_unknown() {
    let host = Host::start().await;
    let (client, site, key) = (impatient(), host.site(), key());
    let silent = async {
        let mut socket = host.accept().await;
        Request::read(&mut socket).await;
        socket
    };
    let (_socket, result) = tokio::join!(silent, client.upload(&site, &key, bytes(3), |_| ()));
    let error = result.unwrap_err();
    assert!(matches!(error, Error::Unknown { why: Unclear::Silence, .. }), "{error:?}");
    assert_eq!(error.retry(), Retry::Unknown);
}

#[tokio::test]
async fn a_connection_that_breaks_is_told_by_where_it_broke() {
    let host = Host::start().await;
    let (client, site, key) = (client(), host.site(), key());
    let within = async {
        let mut socket = host.accept().await;
        socket.read_exact(&mut [0; 1000]).await.unwrap();
    };
    let ((), result) = tokio::join!(within, client.upload(&site, &key, bytes(LARGE), |_| ()));
    let error = result.unwrap_err();
    assert!(matches!(error, Error::ConnectionLost { sent, total } if 0 < sent && sent < total), "{error:?}");
    assert_eq!(error.retry(), Retry::Later);

    for part in
        ["", "HTTP/1.1 200 OK\r\nContent-Le", "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{\"status_"]
    {
        let (_, result) = tokio::join!(host.answer(part), client.upload(&site, &key, bytes(3), |_| ()));
        let error = result.unwrap_err();
        assert!(matches!(error, Error::Unknown { why: Unclear::Lost, .. }), "{part}: {error:?}");
    }
}

#[tokio::test]
async fn dropping_the_future_closes_the_connection() {
    let host = Host::start().await;
    let (client, site, key) = (client(), host.site(), key());
    let sent = tokio::spawn(async move { client.upload(&site, &key, bytes(3), |_| ()).await });
    let mut socket = host.accept().await;
    Request::read(&mut socket).await;
    sent.abort();
    let end = socket.read(&mut [0; 1]).await;
    assert!(matches!(end, Ok(0) | Err(_)), "{end:?}");
}

#[tokio::test]
async fn an_answer_before_the_end_of_the_body_counts() {
    let host = Host::start().await;
    let (client, site, key) = (client(), host.site(), key());
    let early = async {
        let mut socket = host.accept().await;
        socket.read_exact(&mut [0; 1000]).await.unwrap();
        socket.write_all(html("413 Content Too Large", "<h1>413</h1>").as_bytes()).await.unwrap();
        let _ = socket.read_to_end(&mut Vec::new()).await;
    };
    let ((), result) = tokio::join!(early, client.upload(&site, &key, bytes(LARGE), |_| ()));
    assert_eq!(result.unwrap_err(), Error::TooBig { max: None, said: None, certain: true });
}

#[tokio::test]
async fn ten_megabytes_of_garbage_are_read_in_part_only() {
    let host = Host::start().await;
    let (client, site, key) = (client(), host.site(), key());
    let garbage = async {
        let mut socket = host.accept().await;
        Request::read(&mut socket).await;
        let _ = socket.write_all(html("200 OK", &"<p>{".repeat(2_500_000)).as_bytes()).await;
    };
    let ((), result) = tokio::join!(garbage, client.upload(&site, &key, bytes(3), |_| ()));
    let error = result.unwrap_err();
    assert!(matches!(&error, Error::Unknown { why: Unclear::Unreadable, .. }), "{error:?}");
    assert!(error.said().unwrap().chars().count() <= 200);
}

#[tokio::test]
async fn a_good_connection_is_used_again() {
    let host = Host::start().await;
    let (client, site, key) = (client(), host.site(), key());
    let serve = async {
        let mut socket = host.accept().await;
        for _ in 0..3 {
            Request::read(&mut socket).await;
            socket
                .write_all(json("200 OK", OK).replace("Connection: close\r\n", "").as_bytes())
                .await
                .unwrap();
        }
    };
    let send = async {
        for _ in 0..3 {
            client.upload(&site, &key, bytes(3), |_| ()).await.unwrap();
        }
    };
    tokio::join!(serve, send);
    assert!(!host.was_called());
}

#[tokio::test]
async fn a_site_that_repeats_the_key_does_not_bring_it_into_the_error() {
    let host = Host::start().await;
    let (client, site, key) = (client(), host.site(), key());
    let said =
        json("400 Bad Request", &format!("{{\"error\":{{\"code\":100,\"message\":\"No key {KEY}.\"}}}}"));
    let (_, result) = tokio::join!(host.answer(said), client.upload(&site, &key, bytes(3), |_| ()));
    let error = result.unwrap_err();
    assert_eq!(error.code(), "key-refused");
    assert!(!format!("{error} {error:?}").contains(KEY));
}

#[tokio::test]
async fn what_stands_in_the_way_has_its_name() {
    let (client, key) = (client(), key());
    let gone = Host::start().await;
    let site = gone.site();
    drop(gone);
    let error = client.upload(&site, &key, bytes(3), |_| ()).await.unwrap_err();
    assert_eq!((error.code(), error.retry()), ("connect", Retry::Later));

    let site = Site::new(BaseUrl::parse("no-such-host.invalid").unwrap());
    assert_eq!(client.upload(&site, &key, bytes(3), |_| ()).await.unwrap_err(), Error::Dns);

    let plain = Host::start().await;
    let site = Site::new(BaseUrl::parse(&plain.address().replace("http:", "https:")).unwrap());
    let not_tls = async {
        let mut socket = plain.accept().await;
        socket.read_u8().await.unwrap();
        socket.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await.unwrap();
        let _ = socket.read_to_end(&mut Vec::new()).await;
    };
    let ((), result) = tokio::join!(not_tls, client.upload(&site, &key, bytes(3), |_| ()));
    assert!(matches!(result.unwrap_err(), Error::Tls { problem: TlsProblem::Other, .. }));
}

#[tokio::test]
async fn a_certificate_that_nobody_signed_is_named() {
    let acceptor = self_signed();
    let host = Host::start().await;
    let site = Site::new(BaseUrl::parse(&host.address().replace("http:", "https:")).unwrap());
    let (client, key) = (client(), key());
    let shake = async { acceptor.accept(host.accept().await).await.is_err() };
    let (refused, result) = tokio::join!(shake, client.upload(&site, &key, bytes(3), |_| ()));
    assert!(refused);
    let error = result.unwrap_err();
    assert!(matches!(&error, Error::Tls { problem: TlsProblem::UnknownIssuer, .. }), "{error:?}");
    assert_eq!(error.retry(), Retry::Never);
}

#[tokio::test]
async fn a_proxy_that_wants_a_login_is_named() {
    for address in ["http://img.example", "https://img.example"] {
        let host = Host::start().await;
        let proxy = Proxy::Explicit { address: host.address(), login: None };
        let client = Client::new(&ClientOptions { proxy, ..options() }).unwrap();
        let (site, key) = (Site::new(BaseUrl::parse(address).unwrap()), key());
        let (request, result) = tokio::join!(
            host.answer(html("407 Proxy Authentication Required", "")),
            client.upload(&site, &key, bytes(3), |_| ())
        );
        assert!(request.first_line().contains("img.example"), "{}", request.first_line());
        assert_eq!(result.unwrap_err(), Error::ProxyAuth, "{address}");
    }
}
