//! Who is let in: a page on the web must not reach a host on this machine by tricks with names or forms.

use axum::{
    body::Body,
    extract::Request,
    http::{HeaderMap, HeaderValue, Response, StatusCode, Uri, header, uri::Authority},
    middleware::Next,
};

use crate::pages::instead;

/// Answers only requests that name this machine. A name that a stranger lets point at 127.0.0.1 is turned away.
pub(crate) async fn this_machine(request: Request, next: Next) -> Response<Body> {
    match authority(request.headers(), request.uri()) {
        Some(Some(host)) if is_this_machine(&host) => next.run(request).await,
        // Every browser names the host.
        None => next.run(request).await,
        Some(_) => {
            let words = "This demo host answers only as 127.0.0.1 or localhost.\n";
            instead::text(StatusCode::MISDIRECTED_REQUEST, words)
        }
    }
}

/// The host that was asked for. `None` when none was named, `Some(None)` when the name is no name.
fn authority(headers: &HeaderMap, uri: &Uri) -> Option<Option<Authority>> {
    match headers.get(header::HOST) {
        Some(host) => Some(host.to_str().ok().and_then(|host| host.parse().ok())),
        None => uri.authority().map(|authority| Some(authority.clone())),
    }
}

fn is_this_machine(authority: &Authority) -> bool {
    let host = authority.host().trim_end_matches('.').to_ascii_lowercase();
    host == "localhost"
        || host.ends_with(".localhost")
        || host == "[::1]"
        || host.parse().is_ok_and(|address: std::net::Ipv4Addr| address.is_loopback())
}

/// Whether a form was sent by a page of this host, or by something that is no browser.
pub(crate) fn own_page(headers: &HeaderMap, uri: &Uri) -> bool {
    let Some(origin) = headers.get(header::ORIGIN) else {
        let site = headers.get("sec-fetch-site").map(HeaderValue::as_bytes);
        return matches!(site, None | Some(b"same-origin" | b"none"));
    };
    let origin = origin.to_str().ok().and_then(|origin| origin.split_once("://"));
    match (origin, authority(headers, uri).flatten()) {
        (Some((_, origin)), Some(host)) => origin.eq_ignore_ascii_case(host.as_str()),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_this_machine() {
        let is = |name: &str| name.parse().is_ok_and(|authority| is_this_machine(&authority));
        for name in [
            "127.0.0.1",
            "127.0.0.1:8080",
            "LOCALHOST:1",
            "localhost.",
            "a.localhost",
            "[::1]:9",
            "127.9.9.9",
        ] {
            assert!(is(name), "{name}");
        }
        for name in
            ["example.org", "127.0.0.1.example.org", "localhost.example.org", "8.8.8.8", "notlocalhost"]
        {
            assert!(!is(name), "{name}");
        }
    }

    #[test]
    fn forms_of_other_pages_are_told_apart() {
        let own = |headers: &[(&'static str, &'static str)]| {
            let headers = [("host", "127.0.0.1:8080")].iter().chain(headers);
            let headers = headers.map(|(name, value)| {
                (header::HeaderName::from_static(name), HeaderValue::from_static(value))
            });
            own_page(&headers.collect(), &Uri::from_static("/"))
        };
        assert!(own(&[]) && own(&[("origin", "http://127.0.0.1:8080")]));
        assert!(own(&[("sec-fetch-site", "same-origin")]) && !own(&[("sec-fetch-site", "cross-site")]));
        for origin in ["null", "http://127.0.0.1:8081", "https://evil.example", "http://localhost:8080", ""] {
            assert!(!own(&[("origin", origin)]), "{origin}");
        }
    }
}
