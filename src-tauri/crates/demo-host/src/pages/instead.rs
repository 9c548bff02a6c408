//! The pages that come where something else was asked for: the site's own for bad times, and those of what stands
//! in front of it.

use axum::{
    body::Body,
    http::{HeaderValue, Response, StatusCode, header},
};

use super::page;
use crate::{answer, site::Site};

/// A PHP warning where JSON should be.
pub(crate) const WARNING: &str = "<br />\n<b>Warning</b>:  Undefined array key &quot;image&quot; in \
    <b>/srv/site/app/legacy/routes/api.php</b> on line <b>212</b><br />\n";
/// A PHP notice before the JSON.
pub(crate) const NOTICE: &str = "<br />\n<b>Notice</b>:  Undefined index: likes in \
    <b>/srv/site/app/src/Image.php</b> on line <b>88</b><br />\n";

/// What the web server says of a missing file.
pub(crate) fn file_not_found() -> Response<Body> {
    plain(
        StatusCode::NOT_FOUND,
        "text/html; charset=iso-8859-1",
        "<!DOCTYPE HTML PUBLIC \"-//IETF//DTD HTML 2.0//EN\">\n<html><head>\n<title>404 Not Found</title>\n\
         </head><body>\n<h1>Not Found</h1>\n<p>The requested URL was not found on this server.</p>\n</body></html>\n",
    )
}

/// HTTP 500, never JSON.
pub(crate) fn incident() -> Response<Body> {
    answer::html(
        StatusCode::INTERNAL_SERVER_ERROR,
        "<!DOCTYPE html><html><head><title>Error</title></head><body><h1>Something went wrong</h1>\
         <p>Please try again later. Incident 7f0c2a15e1</p></body></html>"
            .to_owned(),
    )
}

/// HTTP 200 for every key.
pub(crate) fn maintenance(site: &Site) -> Response<Body> {
    page(
        site,
        StatusCode::OK,
        "Maintenance",
        "<h1>Website under maintenance</h1><p>Please come back later.</p>",
    )
}

/// A page of someone else, long, and full of what is not for people.
pub(crate) fn shop() -> Response<Body> {
    let wares =
        "<li class=\"ware\"><a href=\"/cart?add=7\">Rope &amp; tackle</a> &euro; 9.90</li>".repeat(200);
    let body = format!(
        "<!DOCTYPE html><html><head><title>Harbour shop</title><style>.ware{{color:navy}}</style>\
         <script>if (1 < 2) {{ track({{\"image\": {{\"id\": 7}}}}); }}</script></head>\
         <body><h1>Harbour shop</h1><ul>{wares}</ul></body></html>"
    );
    plain(StatusCode::OK, "text/html; charset=UTF-8", &body)
}

/// A proxy that could not reach the site, or waited too long.
pub(crate) fn gateway(status: u16) -> Response<Body> {
    proxy(
        status,
        match status {
            502 => "502 Bad Gateway",
            503 => "503 Service Temporarily Unavailable",
            504 => "504 Gateway Time-out",
            _ => "524: A timeout occurred",
        },
    )
}

/// A proxy's own page.
pub(crate) fn proxy(status: u16, title: &str) -> Response<Body> {
    let body = format!(
        "<html>\n<head><title>{title}</title></head>\n<body>\n<center><h1>{title}</h1></center>\n<hr><center>nginx</center>\n</body>\n</html>\n"
    );
    plain(StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_GATEWAY), "text/html", &body)
}

/// A page that the site has no part in.
fn plain(status: StatusCode, kind: &'static str, body: &str) -> Response<Body> {
    let mut response = Response::new(Body::from(body.to_owned()));
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    response
}

/// A sentence of the host itself.
pub(crate) fn text(status: StatusCode, words: &str) -> Response<Body> {
    plain(status, "text/plain; charset=UTF-8", words)
}
