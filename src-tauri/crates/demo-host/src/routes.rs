//! Which address leads where.

use std::sync::Arc;

use axum::{
    Router,
    body::Body,
    extract::{Path, Request, State},
    http::{HeaderValue, Method, Response, StatusCode, Uri, header},
    middleware::{self, Next},
    routing::{any, get},
};
use tower_http::services::ServeFile;
use tower_service::Service;

use crate::{Mode, answer, api, desk, gate, pages, site::Site};

pub(crate) fn router(site: Arc<Site>) -> Router {
    let folder = site.links().folder().to_owned();
    let pages = Router::new()
        .route("/", get(|State(site): State<Arc<Site>>| async move { pages::home(&site) }))
        .route("/upload", get(|State(site): State<Arc<Site>>| async move { pages::upload(&site) }))
        .route("/settings/api", get(|State(site): State<Arc<Site>>| async move { pages::api_key(&site) }))
        .route("/api-v1", get(|State(site): State<Arc<Site>>| async move { pages::api_v1(&site) }))
        .route("/api", any(api::handle))
        .route("/api/{*rest}", any(api::handle))
        .route("/image/{slug}", get(viewer))
        .route("/video/{slug}", get(viewer))
        .route("/image/{id}/delete/{password}", any(delete))
        .route("/video/{id}/delete/{password}", any(delete))
        .route("/album/{slug}", get(album))
        .route("/images/{year}/{month}/{day}/{name}", get(direct))
        .merge(desk::routes())
        .fallback(|State(site): State<Arc<Site>>| async move { pages::not_found(&site) })
        .layer(middleware::from_fn_with_state(site.clone(), under_maintenance))
        .layer(middleware::from_fn_with_state(site.clone(), canonical))
        .with_state(site);
    let site = if folder.is_empty() { pages } else { in_folder(folder, pages) };
    site.layer(middleware::from_fn(gate::this_machine))
}

/// Puts a site into a sub-directory: its pages see addresses without it, and what lies outside is the web server's.
fn in_folder(folder: String, pages: Router) -> Router {
    Router::new().fallback(move |mut request: Request| {
        let inside = without(&folder, request.uri());
        let mut pages = pages.clone();
        async move {
            let Some(uri) = inside else {
                drain(request).await;
                return pages::file_not_found();
            };
            *request.uri_mut() = uri;
            pages.call(request).await.unwrap_or_else(|never| match never {})
        }
    })
}

/// `/gallery/upload?x` as `/upload?x`. `None` for what is not in the folder.
fn without(folder: &str, uri: &Uri) -> Option<Uri> {
    let path = uri.path_and_query()?.as_str().strip_prefix(folder)?;
    match path.as_bytes().first() {
        Some(b'/') => path.parse().ok(),
        None | Some(b'?') => format!("/{path}").parse().ok(),
        Some(_) => None,
    }
}

/// A site under maintenance shows nothing else, and deletes nothing. The API says so itself, files are served by the
/// web server, and the owner's desk is no part of the site.
async fn under_maintenance(State(site): State<Arc<Site>>, request: Request, next: Next) -> Response<Body> {
    let part = request.uri().path().split('/').nth(1).unwrap_or_default();
    if site.settings().maintenance && !matches!(part, "api" | "images" | "desk") {
        drain(request).await;
        return pages::maintenance(&site);
    }
    next.run(request).await
}

/// One spelling for every address; others are redirected, whatever the method, and the body is lost.
async fn canonical(State(site): State<Arc<Site>>, request: Request, next: Next) -> Response<Body> {
    let uri = request.uri();
    let other = match (uri.path().strip_suffix('/'), uri.query()) {
        (Some(""), _) => None,
        (Some(path), None) => Some(path.to_owned()),
        (None, None) => None,
        (slash, Some(query)) => {
            let spelled = spelling(query);
            let path = slash.unwrap_or(uri.path());
            let api = path == "/api" || path.starts_with("/api/");
            (api && (slash.is_none() || spelled != query)).then(|| format!("{path}/?{spelled}"))
        }
    };
    match other {
        Some(path) => {
            drain(request).await;
            answer::redirect_spelling(&format!("{}{path}", site.base))
        }
        None => next.run(request).await,
    }
}

/// A web server reads what is sent to it before it lets go of the connection.
async fn drain(request: Request) {
    use http_body_util::BodyExt;
    let mut body = request.into_body();
    while let Some(Ok(_)) = body.frame().await {}
}

/// A query as PHP writes it: like a form, and with the asterisk encoded too.
fn spelling(query: &str) -> String {
    let written = |text: &str| -> String { url::form_urlencoded::byte_serialize(text.as_bytes()).collect() };
    let pairs = url::form_urlencoded::parse(query.as_bytes()).map(|(name, value)| {
        if value.is_empty() { written(&name) } else { format!("{}={}", written(&name), written(&value)) }
    });
    pairs.collect::<Vec<_>>().join("&").replace('*', "%2A")
}

/// The id is what follows the last dot.
fn id_in(slug: &str) -> &str {
    slug.rsplit('.').next().unwrap_or(slug)
}

async fn viewer(State(site): State<Arc<Site>>, Path(slug): Path<String>, uri: Uri) -> Response<Body> {
    let Some(file) = site.file(id_in(&slug)) else { return pages::not_found(&site) };
    let links = site.links();
    if uri.path() != links.page(&file) {
        return answer::redirect_page(StatusCode::FOUND, &links.url_viewer(&file));
    }
    pages::viewer(&site, &file)
}

/// Deletes at once, by GET, HEAD and POST alike. That is how a real site does it.
async fn delete(
    State(site): State<Arc<Site>>,
    Path((id, password)): Path<(String, String)>,
    method: Method,
) -> Response<Body> {
    let Some(file) = site.file(&id) else { return pages::not_found(&site) };
    let right = file.delete_hash == blake3::hash(password.as_bytes()).to_hex().as_str();
    if !right || !matches!(method, Method::GET | Method::HEAD | Method::POST) {
        return pages::not_found(&site);
    }
    match site.remove(&id) {
        Ok(true) => {
            let to = format!("{}?deleted", site.links().url_viewer(&file));
            answer::redirect_page(deleted_status(site.settings().mode), &to)
        }
        Ok(false) => pages::not_found(&site),
        Err(_) => pages::incident(),
    }
}

fn deleted_status(mode: Mode) -> StatusCode {
    if mode <= Mode::V40 { StatusCode::FOUND } else { StatusCode::MOVED_PERMANENTLY }
}

async fn album(State(site): State<Arc<Site>>, Path(slug): Path<String>) -> Response<Body> {
    pages::album(&site, id_in(&slug)).unwrap_or_else(|| pages::not_found(&site))
}

/// The bytes of a stored file or of one of its copies, or a range of them, as a player of clips asks for.
async fn direct(
    State(site): State<Arc<Site>>,
    Path((year, month, day, name)): Path<(String, String, String, String)>,
    request: Request,
) -> Response<Body> {
    let day = format!("{year}/{month}/{day}");
    // Only what is in the index is served, so no path leads out of the folder.
    let found = site.read(|index| {
        let (file, copy) = index.files.served(&day, &name)?;
        Some((site.path(file, copy), file.copy_mime(copy).to_owned()))
    });
    let Some((path, mime)) = found else { return pages::file_not_found() };
    match ServeFile::new(path).try_call(request).await {
        Ok(response) if response.status() != StatusCode::NOT_FOUND => {
            let mut response = response.map(Body::new);
            if response.status().is_success()
                && let Ok(mime) = HeaderValue::from_str(&mime)
            {
                response.headers_mut().insert(header::CONTENT_TYPE, mime);
            }
            response
        }
        _ => pages::file_not_found(),
    }
}
