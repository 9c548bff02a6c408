//! Every way of asking that a site knows: by GET, as base64, as an address, with the key here or there.
#![allow(clippy::unwrap_used, reason = "a test")]

mod support;

use chevereto::{Base64, Error, Fields, Format, Source, Tags, Title, Unclear, Upload, Url};
use support::*;

/// A text field as PHP reads it from the form.
fn has_field(request: &Request, name: &str, value: &str) -> bool {
    request.text().contains(&format!("name=\"{name}\"\r\n\r\n{value}\r\n"))
}

#[tokio::test]
async fn a_picture_goes_as_base64_and_as_an_address() {
    let address = Url::parse("https://example.org/a b.png?x=1&y=ž").unwrap();
    for (source, sent) in [
        (Source::Base64(Base64::encode(b"PNG!?>")), "UE5HIT8+"),
        (Source::Url(address), "https://example.org/a%20b.png?x=1&y=%C5%BE"),
    ] {
        let host = Host::start().await;
        let (client, site, key) = (client(), host.site(), key());
        let upload = client.upload(&site, &key, Upload::new(source), |_| ());
        let (request, image) = tokio::join!(host.answer(json("200 OK", OK)), upload);
        assert!(image.is_ok());
        assert_eq!(request.first_line(), "POST /api/1/upload HTTP/1.1");
        assert!(has_field(&request, "source", sent), "{}", request.text());
        // With a file name it would be a file to PHP.
        assert!(!request.text().contains("filename"));
    }
}

#[tokio::test]
async fn the_key_goes_in_the_header_or_in_the_form_and_never_in_both() {
    for is_field in [false, true] {
        let host = Host::start().await;
        let (client, key) = (client(), key());
        let site = if is_field { host.old_site() } else { host.site() };
        let (request, image) =
            tokio::join!(host.answer(json("200 OK", OK)), client.upload(&site, &key, bytes(3), |_| ()));
        assert!(image.is_ok());
        assert_eq!(request.header("x-api-key"), (!is_field).then_some(KEY));
        assert_eq!(has_field(&request, "key", KEY), is_field);
        let (request, _) = tokio::join!(host.answer(json("200 OK", OK)), client.check_key(&site, &key));
        assert_eq!(request.header("x-api-key"), (!is_field).then_some(KEY));
        assert_eq!(has_field(&request, "key", KEY), is_field);
    }
}

#[tokio::test]
async fn a_site_is_asked_by_get_in_the_one_spelling_that_it_does_not_redirect() {
    let host = Host::start().await;
    let (client, site, key) = (client(), host.site(), key());
    let picture = Url::parse("https://no-such-host.invalid/a.png").unwrap();
    let fields = Fields {
        title: Some(Title::parse("*Šalta sriuba* ~1 & 2").unwrap()),
        tags: Tags::parse("red,two words").unwrap(),
        ..Fields::default()
    };
    let sent = client.upload_by_get(&site.base, &key, &picture, &fields);
    let (request, image) = tokio::join!(host.answer(json("200 OK", OK)), sent);
    assert_eq!(image.unwrap().id.as_deref(), Some("a1"));
    assert_eq!(
        request.first_line(),
        "GET /api/1/upload/?source=https%3A%2F%2Fno-such-host.invalid%2Fa.png\
         &title=%2A%C5%A0alta+sriuba%2A+%7E1+%26+2&tags=red%2Ctwo+words&format=json HTTP/1.1"
    );
    assert_eq!(request.header("x-api-key"), Some(KEY));
    assert!(!request.first_line().contains(KEY) && request.body.is_empty());
}

#[tokio::test]
async fn a_question_by_get_is_whole_at_once_so_a_lost_answer_is_unknown() {
    let host = Host::start().await;
    let (client, site, key) = (impatient(), host.site(), key());
    let picture = Url::parse("https://example.org/a.png").unwrap();
    let fields = Fields::default();
    let ask = || client.upload_by_get(&site.base, &key, &picture, &fields);

    let (_, result) = tokio::join!(host.answer(""), ask());
    assert!(matches!(result, Err(Error::Unknown { why: Unclear::Lost, .. })), "{result:?}");

    let silent = async {
        let mut socket = host.accept().await;
        Request::read(&mut socket).await;
        socket
    };
    let (_socket, result) = tokio::join!(silent, ask());
    assert!(matches!(result, Err(Error::Unknown { why: Unclear::Silence, .. })), "{result:?}");

    let refused = r#"{"status_code":400,"error":{"message":"Could not resolve host: example.org","code":6}}"#;
    let (_, result) = tokio::join!(host.answer(json("400 Bad Request", refused)), ask());
    assert_eq!(result.unwrap_err().code(), "url-refused");

    drop(host);
    let result = client.upload_by_get(&site.base, &key, &picture, &fields).await;
    assert!(matches!(result, Err(Error::Connect { .. })), "{result:?}");
}

#[tokio::test]
async fn the_short_answers_are_read_as_far_as_they_go() {
    let direct = "http://host/images/a.png";
    for (format, name, answer) in [
        (Format::Txt, "txt", html("200 OK", direct)),
        (Format::Redirect, "redirect", reply("302 Found", "Location: /image/cat.a1\r\n", "")),
    ] {
        let host = Host::start().await;
        let (client, site, key) = (client(), host.site(), key());
        let upload = Upload { fields: Fields { format, ..Fields::default() }, ..bytes(3) };
        let (request, image) = tokio::join!(host.answer(answer), client.upload(&site, &key, upload, |_| ()));
        let image = image.unwrap();
        assert!(has_field(&request, "format", name));
        match format {
            Format::Txt => assert_eq!(image.links.direct.as_deref(), Some(direct)),
            _ => assert_eq!(image.links.viewer, Some(format!("{}/image/cat.a1", host.address()))),
        }
    }
}
