//! From what a person typed to a site.
#![allow(clippy::unwrap_used, reason = "a test")]

mod support;

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use chevereto::{Error, FindError, Found, TlsProblem};
use support::*;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

const FORM: &str = r#"<html><meta content='Chevereto 4' name='generator'>
    <select name="upload-category-id"><option value="">-</option><option value="3">Kelion&#279;s</option></select>
    <script>CHV.obj.config = {image: {max_filesize: "2 MB"}, upload: {threads: "2"}}</script></html>"#;
const NO_KEY: &str = r#"{"status_code":400,"error":{"message":"No key provided","code":100}}"#;

/// A site of the given pages; whatever else is asked for is not found. It speaks no TLS.
struct Pages {
    address: String,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Pages {
    async fn serve(pages: &[(&str, String)]) -> Pages {
        let host = Host::start().await;
        let address = host.address();
        let pages: HashMap<String, String> =
            pages.iter().map(|(path, page)| ((*path).to_owned(), page.replace("{host}", &address))).collect();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&asked);
        tokio::spawn(async move {
            loop {
                let mut socket = host.accept().await;
                let mut first = [0];
                if socket.read_exact(&mut first).await.is_err() {
                    continue;
                }
                if first != *b"G" {
                    // What a web server says to TLS on the wrong port; then it waits for the end.
                    let _ = socket.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await;
                    let _ = socket.read_to_end(&mut Vec::new()).await;
                    continue;
                }
                let request = Request::read(&mut socket).await;
                let path = request.first_line().split(' ').nth(1).unwrap().to_owned();
                assert!(request.header("x-api-key").is_none());
                let page =
                    pages.get(&path).cloned().unwrap_or_else(|| html("404 Not Found", "<html>no</html>"));
                log.lock().unwrap().push(path);
                let _ = socket.write_all(page.as_bytes()).await;
                let _ = socket.shutdown().await;
            }
        });
        Pages { address, asked }
    }

    /// Without the scheme, as people type it.
    fn host(&self) -> &str {
        self.address.strip_prefix("http://").unwrap()
    }

    async fn find(&self, path: &str) -> Result<Found, FindError> {
        client().find_site(&format!("{}{path}", self.host())).await
    }
}

fn base_of(found: &Found) -> String {
    found.probe.base.to_string()
}

#[tokio::test]
async fn plain_http_is_a_fallback_that_is_told() {
    let site =
        Pages::serve(&[("/", html("200 OK", FORM)), ("/api-v1", html("200 OK", "<html>API</html>"))]).await;
    let found = site.find("/upload").await.unwrap();
    assert_eq!(base_of(&found), site.address);
    assert!(matches!(found.https_failed, Some(Error::Tls { problem: TlsProblem::Other, .. })), "{found:?}");
    assert!(found.probe.is_chevereto() && found.probe.has_api_page);
    assert_eq!(found.probe.major(), Some(4));
    assert_eq!(
        (found.probe.max_size, found.probe.categories[0].name.as_str()),
        (Some(2_000_000), "Kelionės")
    );
    assert_eq!(*site.asked.lock().unwrap(), ["/", "/upload", "/api-v1"]);
}

#[tokio::test]
async fn who_types_https_is_never_led_to_http() {
    let site = Pages::serve(&[("/", html("200 OK", FORM))]).await;
    let found = client().find_site(&format!("https://{}", site.host())).await;
    assert!(matches!(found, Err(FindError::Site(Error::Tls { .. }))), "{found:?}");
    assert!(site.asked.lock().unwrap().is_empty());
}

#[tokio::test]
async fn a_wrong_certificate_is_no_reason_to_go_without_one() {
    let host = Host::start().await;
    let acceptor = self_signed();
    let typed = host.address().replace("http://", "");
    let client = client();
    let shake = async { acceptor.accept(host.accept().await).await.is_err() };
    let (refused, found) = tokio::join!(shake, client.find_site(&typed));
    assert!(refused);
    let Err(FindError::Site(Error::Tls { problem, .. })) = found else { panic!("{found:?}") };
    assert_eq!(problem, TlsProblem::UnknownIssuer);
    assert!(!host.was_called());
}

#[tokio::test]
async fn the_base_is_found_under_a_pasted_page() {
    let site = Pages::serve(&[
        ("/sub/album/summer.x1/", html("200 OK", "<html><meta name=generator content='Chevereto 4'></html>")),
        ("/sub/", html("200 OK", FORM)),
        ("/sub/api/1/upload", json("400 Bad Request", NO_KEY)),
    ])
    .await;
    for pasted in ["/sub/album/summer.x1", "/sub/album", "/sub"] {
        let found = site.find(pasted).await.unwrap();
        assert_eq!(base_of(&found), format!("{}/sub", site.address), "{pasted}");
        assert_eq!(found.probe.max_size, Some(2_000_000));
    }
}

#[tokio::test]
async fn a_page_that_names_its_base_is_believed_about_its_own_host() {
    let page = "<html><script>PF.obj.config.base_url = \"http://{name}/sub/\";</script></html>";
    let own = page.replace("http://{name}", "{host}");
    let site =
        Pages::serve(&[("/sub/image/cat.a1/", html("200 OK", &own)), ("/sub/", html("200 OK", FORM))]).await;
    assert_eq!(base_of(&site.find("/sub/image/cat.a1").await.unwrap()), format!("{}/sub", site.address));
    let other = html("200 OK", &page.replace("{name}", "other.example"));
    let site = Pages::serve(&[("/", other)]).await;
    assert_eq!(base_of(&site.find("").await.unwrap()), site.address);
}

#[tokio::test]
async fn redirects_of_the_front_page_are_followed_and_a_private_site_is_one() {
    let to = |path: &str| reply("302 Found", &format!("Location: {path}\r\n"), "");
    let site = Pages::serve(&[("/", to("/gallery/")), ("/gallery/", to("/gallery/login"))]).await;
    let found = site.find("").await.unwrap();
    assert_eq!(base_of(&found), format!("{}/gallery", site.address));
    assert!(found.probe.is_private && !found.probe.is_chevereto());

    let site = Pages::serve(&[
        ("/", to("/explore")),
        ("/api/1/upload", json("400 Bad Request", NO_KEY)),
        ("/upload", html("200 OK", FORM)),
    ])
    .await;
    let found = site.find("").await.unwrap();
    assert_eq!((base_of(&found), found.probe.max_size), (site.address.clone(), Some(2_000_000)));
    assert!(!found.probe.is_private);

    let round = Pages::serve(&[("/a/", to("/b/")), ("/b/", to("/a/"))]).await;
    assert!(matches!(round.find("/a").await, Err(FindError::Site(Error::Moved { to: Some(_) }))));
}

#[tokio::test]
async fn what_is_no_site_says_why() {
    let nothing = Pages::serve(&[]).await;
    assert_eq!(nothing.find("/x").await.unwrap_err(), FindError::Site(Error::WrongAddress { status: 404 }));
    let closed =
        Pages::serve(&[("/", html("200 OK", "<html><h1>Website under maintenance</h1></html>"))]).await;
    assert_eq!(closed.find("").await.unwrap_err(), FindError::Site(Error::Maintenance));
    let shop = Pages::serve(&[("/", html("200 OK", "<html>a shop; no maintenance needed</html>"))]).await;
    assert!(!shop.find("").await.unwrap().probe.is_chevereto());
    assert_eq!(client().find_site("ftp://host").await.unwrap_err().code(), "address-scheme");
    assert_eq!(client().find_site("no-such-host.invalid").await.unwrap_err(), FindError::Site(Error::Dns));
    let gone = Host::start().await;
    let address = gone.address();
    drop(gone);
    assert_eq!(client().find_site(&address).await.unwrap_err().code(), "connect");
}
