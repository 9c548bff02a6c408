//! What must never happen: a key or a body that follows a redirect, a secret in an error, a link opened unasked.
#![allow(clippy::unwrap_used, reason = "a test")]

mod support;

use chevereto::{
    ApiKey, BaseUrl, Client, ClientOptions, DeleteLink, Error, Fields, Format, Proxy, SecretString, Site,
    Upload, Url,
};
use support::*;

/// A key as newer sites make them, and what a site could write instead of it.
const LONG: &str = "chv_4f_QmFzZTY0LWxvb2tpbmctc2VjcmV0_0123456789abcdef";
const PASSWORD: &str = "d287d4a4bea4d0e935356fff046cb327546fcaaca6d59989";

const REDIRECTS: [&str; 5] = [
    "301 Moved Permanently",
    "302 Found",
    "303 See Other",
    "307 Temporary Redirect",
    "308 Permanent Redirect",
];

#[tokio::test]
async fn no_call_follows_a_redirect_with_a_key() {
    for status in REDIRECTS {
        let (host, other) = (Host::start().await, Host::start().await);
        let to = reply(status, &format!("Location: {}/api/1/upload\r\n", other.address()), "");
        let (client, site, old, key) = (client(), host.site(), host.old_site(), key());
        let picture = Url::parse("https://example.org/a.png").unwrap();
        let fields = Fields::default();
        let by_get = client.upload_by_get(&site.base, &key, &picture, &fields);
        let moved = Error::Moved { to: Some(BaseUrl::parse(&other.address()).unwrap()) };

        assert_eq!(tokio::join!(host.answer(&to), by_get).1.unwrap_err(), moved);
        for site in [&site, &old] {
            let upload = client.upload(site, &key, bytes(3), |_| ());
            assert_eq!(tokio::join!(host.answer(&to), upload).1.unwrap_err(), moved);
            assert_eq!(tokio::join!(host.answer(&to), client.check_key(site, &key)).1.unwrap_err(), moved);
        }
        assert!(!other.was_called());
        assert!(!host.was_called());
    }
}

#[tokio::test]
async fn no_error_of_any_call_holds_the_key() {
    let escaped = LONG.replace('_', "&#95;");
    let spelled = LONG.replace('_', "%5F");
    let split = format!("<b>{}</b>\n<i>{}</i>", &LONG[..20], &LONG[20..]);
    for echo in [LONG.to_owned(), escaped, spelled, split, LONG.to_uppercase(), LONG[..30].to_owned()] {
        let as_json = |text: &str| text.replace('\n', "\\n");
        let error = format!("{{\"code\":100,\"message\":\"No key {} here\"}}", as_json(&echo));
        let coded = format!("{{\"code\":\"{}\",\"message\":\"x\"}}", as_json(&echo));
        for answer in [
            json("400 Bad Request", &format!("{{\"error\":{error}}}")),
            json("400 Bad Request", &format!("{{\"error\":{coded}}}")),
            json("200 OK", &format!("{{\"error\":\"{}\"}}", as_json(&echo))),
            html("200 OK", &format!("<html>key {echo}</html>")),
            html("200 OK", &format!("key={echo}")),
            html("418 I'm a teapot", &format!("key {echo}")),
            html("502 Bad Gateway", &format!("key {echo}")),
            reply("301 Moved", &format!("Location: /{}/api/1/upload\r\n", echo.replace('\n', "")), ""),
        ] {
            for format in [Format::Json, Format::Txt] {
                let host = Host::start().await;
                let (client, site, key) = (client(), host.site(), ApiKey::parse(LONG).unwrap());
                let upload = Upload { fields: Fields { format, ..Fields::default() }, ..bytes(3) };
                let (_, result) =
                    tokio::join!(host.answer(&answer), client.upload(&site, &key, upload, |_| ()));
                assert_hidden(&format!("{:?} {0}", result.unwrap_err()), &answer);
                let (_, result) = tokio::join!(host.answer(&answer), client.check_key(&site, &key));
                assert_hidden(&format!("{result:?}"), &answer);
            }
        }
    }
}

/// Neither the key's secret parts nor pieces of them, in any case, blanks taken out.
fn assert_hidden(told: &str, answer: &str) {
    let told: String = told.to_lowercase().split_whitespace().collect();
    for part in ["lwxvb2tpbmct", "0123456789ab", "chv_4f_qmfzzty0"] {
        assert!(!told.contains(part), "{told}\n{answer}");
    }
}

#[tokio::test]
async fn nothing_of_a_delete_link_is_told_and_its_redirect_is_not_followed() {
    for answer in [
        html("403 Forbidden", &format!("no /delete/{PASSWORD}")),
        html("418 I'm a teapot", &format!("no /delete/{PASSWORD}")),
        html("200 OK", &format!("<html>/delete/{PASSWORD}</html>")),
        html("500 Internal Server Error", &format!("<html>/delete/{PASSWORD}</html>")),
        reply("301 Moved", &format!("Location: /image/a1/delete/{PASSWORD}/\r\n"), ""),
        String::new(),
    ] {
        let host = Host::start().await;
        let link = DeleteLink::parse(&format!("{}/image/a1/delete/{PASSWORD}", host.address())).unwrap();
        let client = client();
        let (_, result) = tokio::join!(host.answer(&answer), client.delete(&link));
        let told = format!("{:?} {0} {link:?}", result.unwrap_err());
        assert!(!told.contains(&PASSWORD[..8]), "{told}");
        assert!(!host.was_called());
    }
}

#[tokio::test]
async fn a_delete_link_is_opened_by_no_other_call() {
    let host = Host::start().await;
    let stored = format!(
        r#"{{"status_code":200,"image":{{"id_encoded":"a1","delete_url":"{0}/image/a1/delete/{PASSWORD}"}}}}"#,
        host.address()
    );
    let (client, site, key) = (client(), host.site(), key());
    let (_, image) =
        tokio::join!(host.answer(json("200 OK", &stored)), client.upload(&site, &key, bytes(3), |_| ()));
    let image = image.unwrap();
    assert!(image.delete.as_ref().unwrap().expose().ends_with(PASSWORD));
    assert!(!format!("{image:?}").contains(&PASSWORD[..8]));
    drop(image);
    assert!(!host.was_called());
}

#[tokio::test]
async fn a_proxy_gets_its_login_and_nobody_else_does() {
    let host = Host::start().await;
    let proxy = Proxy::Explicit {
        address: host.address(),
        login: Some(("me".to_owned(), SecretString::from("hunter2hunter2"))),
    };
    let options = ClientOptions { proxy, ..options() };
    let client = Client::new(&options).unwrap();
    let (plain, key) = (Site::new(BaseUrl::parse("http://img.example").unwrap()), key());
    let sent = client.upload(&plain, &key, bytes(3), |_| ());
    let (request, image) = tokio::join!(host.answer(json("200 OK", OK)), sent);
    assert!(image.is_ok());
    // "me:hunter2hunter2" in base64.
    assert_eq!(request.header("proxy-authorization"), Some("Basic bWU6aHVudGVyMmh1bnRlcjI="));
    assert_eq!(request.first_line(), "POST http://img.example/api/1/upload HTTP/1.1");

    let secure = Site::new(BaseUrl::parse("https://img.example").unwrap());
    let refused =
        reply("407 Proxy Authentication Required", "Proxy-Authenticate: Basic\r\n", "hunter2hunter2");
    let sent = client.upload(&secure, &key, bytes(3), |_| ());
    let (request, result) = tokio::join!(host.answer(refused), sent);
    // The key is for the site: a proxy that only connects does not get it.
    assert_eq!(request.first_line(), "CONNECT img.example:443 HTTP/1.1");
    assert!(!request.head.contains(KEY));
    let error = result.unwrap_err();
    assert_eq!(error, Error::ProxyAuth);
    assert!(!format!("{error:?} {options:?} {client:?}").contains("hunter2"));
}

#[tokio::test]
async fn nothing_that_holds_a_key_prints_it() {
    let key = ApiKey::parse(LONG).unwrap();
    let site = Site::old(BaseUrl::parse("host").unwrap());
    let host = Host::start().await;
    let client = client();
    let sent = client.upload(&site, &key, bytes(3), |_| ());
    let told = format!("{key:?} {site:?} {client:?} {:?} {}", bytes(3), std::any::type_name_of_val(&sent));
    drop((sent, host));
    assert_hidden(&told, "");
}
