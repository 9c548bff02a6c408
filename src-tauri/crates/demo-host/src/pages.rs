//! The HTML that the host shows: its own few pages, and those that come instead of an answer.

use axum::{
    body::Body,
    http::{HeaderValue, Response, StatusCode, Uri, header},
};

use crate::{
    Fault, Settings,
    answer::{self, escape},
    expiry::PRESETS,
    index::{AlbumRow, FileRow, Index},
    links::Links,
    site::Site,
};

/// A PHP warning where JSON should be.
pub(crate) const WARNING: &str = "<br />\n<b>Warning</b>:  Undefined array key &quot;image&quot; in \
    <b>/srv/site/app/legacy/routes/api.php</b> on line <b>212</b><br />\n";
/// A PHP notice before the JSON.
pub(crate) const NOTICE: &str = "<br />\n<b>Notice</b>:  Undefined index: likes in \
    <b>/srv/site/app/src/Image.php</b> on line <b>88</b><br />\n";

const STYLE: &str = "\
:root{color-scheme:light dark;--line:light-dark(#dfe3e8,#333a42);--quiet:light-dark(#5b6570,#9aa4ae)}\
body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:0 auto;padding:1.5rem}\
header{display:flex;gap:1.5rem;align-items:baseline;border-bottom:1px solid var(--line);margin-bottom:1.5rem}\
header strong{font-size:1.2rem}h1{font-size:1.4rem;margin:.5rem 0}img{max-width:100%;height:auto}\
.grid{display:grid;grid-template-columns:repeat(auto-fill,minmax(160px,1fr));gap:1rem;padding:0;list-style:none}\
.grid img{width:160px;height:160px;object-fit:cover;border-radius:6px;background:var(--line)}\
.quiet{color:var(--quiet)}code{overflow-wrap:anywhere}dt{font-weight:600;margin-top:.75rem}dd{margin:0}";

/// `folder` is the sub-directory of the site, or nothing.
fn document(folder: &str, title: &str, body: &str) -> String {
    let title = escape(title);
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta name=\"generator\" content=\"Chevereto 4\"><title>{title} - Demo host</title>\
         <style>{STYLE}</style></head><body>\
         <header><strong>Demo host</strong><a href=\"{folder}/\">Pictures</a><a href=\"{folder}/upload\">Upload</a>\
         <a href=\"{folder}/settings/api\">API key</a></header>{body}</body></html>"
    )
}

fn page(site: &Site, status: StatusCode, title: &str, body: &str) -> Response<Body> {
    let mut response = answer::html(status, document(site.links().folder(), title, body));
    response.headers_mut().insert("x-powered-by", HeaderValue::from_static("Chevereto 4"));
    response
}

/// `/`: everything that is kept and approved, newest first.
pub(crate) fn home(site: &Site) -> Response<Body> {
    let links = site.links();
    let (grid, albums) =
        site.read(|index| (grid(links, index.files.iter().rev()), album_links(links, index)));
    let body = format!("<h1>Pictures</h1>{grid}<h2>Albums</h2><ul>{albums}</ul>");
    page(site, StatusCode::OK, "Pictures", &body)
}

fn album_links(links: Links<'_>, index: &Index) -> String {
    let link = |album: &AlbumRow| {
        format!("<li><a href=\"{}\">{}</a></li>", links.url_album(album), escape(&album.name))
    };
    index.albums.iter().map(link).collect()
}

fn grid<'a>(links: Links<'_>, files: impl Iterator<Item = &'a FileRow>) -> String {
    let item = |file: &FileRow| {
        let title = escape(&file.title);
        let (page, thumb) = (links.url_viewer(file), links.url(file, ".th"));
        format!("<li><a href=\"{page}\"><img src=\"{thumb}\" alt=\"\" loading=\"lazy\"><br>{title}</a></li>")
    };
    let items: String = files.filter(|file| file.approved).map(item).collect();
    if items.is_empty() {
        return "<p class=\"quiet\">Nothing is stored here yet.</p>".to_owned();
    }
    format!("<ul class=\"grid\">{items}</ul>")
}

/// `/image/title.id`: the picture and what was said about it.
pub(crate) fn viewer(site: &Site, file: &FileRow) -> Response<Body> {
    if !file.approved {
        return page(site, StatusCode::FORBIDDEN, "Waiting for approval", "<h1>This file waits for approval</h1>");
    }
    let links = site.links();
    let source = links.url(file, "");
    let title = escape(&file.title);
    let shown = if file.clip {
        format!("<video controls src=\"{source}\"></video>")
    } else {
        format!("<a href=\"{source}\"><img src=\"{source}\" alt=\"{title}\"></a>")
    };
    let album = file
        .album
        .as_ref()
        .and_then(|id| site.read(|index| index.albums.iter().find(|album| album.id == *id).cloned()));
    let mut facts = String::new();
    let mut fact = |name: &str, value: String| facts.push_str(&format!("<dt>{name}</dt><dd>{value}</dd>"));
    if let Some(description) = &file.description {
        fact("Description", escape(description).replace('\n', "<br>"));
    }
    if !file.tags.is_empty() {
        fact("Tags", escape(&file.tags.join(", ")));
    }
    if let Some(album) = &album {
        fact("Album", format!("<a href=\"{}\">{}</a>", links.url_album(album), escape(&album.name)));
    }
    fact("Size", format!("{} × {}, {}", file.width, file.height, answer::size(file.size, false)));
    if file.nsfw {
        fact("Marked", "not safe for work".to_owned());
    }
    if let Some(at) = file.expires {
        fact("Deleted on", format!("{} UTC", answer::date(at)));
    }
    let page = page(site, StatusCode::OK, &file.title, &format!("<h1>{title}</h1>{shown}<dl>{facts}</dl>"));
    answer::of_a_session(page)
}

/// `/album/name.id`.
pub(crate) fn album(site: &Site, id: &str) -> Option<Response<Body>> {
    let links = site.links();
    let (album, grid) = site.read(|index| {
        let album = index.albums.iter().find(|album| album.id == id)?.clone();
        let files = index.files.iter().rev().filter(|file| file.album.as_deref() == Some(id));
        Some((album, grid(links, files)))
    })?;
    Some(page(site, StatusCode::OK, &album.name, &format!("<h1>{}</h1>{grid}", escape(&album.name))))
}

/// `/upload`: no form that works, but what clients read from a real one: limits, categories, expiries.
pub(crate) fn upload(site: &Site) -> Response<Body> {
    let settings = site.settings();
    let categories: String = site.read(|index| {
        let option = |(id, name): &(i64, String)| format!("<option value=\"{id}\">{}</option>", escape(name));
        index.categories.iter().map(option).collect()
    });
    let expiries: String =
        PRESETS.iter().map(|preset| format!("<option value=\"{preset}\">{preset}</option>")).collect();
    let body = format!(
        "<h1>Upload</h1><p>This host takes files from apps. <a href=\"{}/settings/api\">Get your own API key</a>.</p>\
         <p><select name=\"upload-category-id\" id=\"upload-category-id\" aria-label=\"Category\">\
         <option value=\"\">Select category</option>{categories}</select> \
         <select name=\"upload-expiration\" id=\"upload-expiration\" aria-label=\"Auto delete\">\
         <option value=\"\">Don't auto delete</option>{expiries}</select></p><script>{}</script>",
        site.links().folder(),
        config(&settings)
    );
    page(site, StatusCode::OK, "Upload", &body)
}

/// The limits are those of a guest, as on a real page.
fn config(settings: &Settings) -> String {
    let types = settings.formats.iter().map(|format| format!("\"{format}\"")).collect::<Vec<_>>().join(",");
    let limit = answer::size(settings.guest_max_file_size, true);
    let moderation = u8::from(settings.moderation != crate::Moderation::Off);
    format!(
        "\nvar CHV = {{obj: {{}}}};\nCHV.obj.config = {{\n\timage : {{\n\t\tmax_filesize: \"{limit}\",\n\
         \t\tmax_width: {0},\n\t\tmax_height: 0,\n\t}},\n\tupload : {{\n\t\turl: {1},\n\t\tthreads: \"2\",\n\
         \t\timage_types: [{types}],\n\t\tmoderation: {moderation},\n\t}},\n}};\n",
        settings.max_width, settings.url_uploads
    )
}

/// `/settings/api`: the key. A real site asks for a login first.
pub(crate) fn api_key(site: &Site) -> Response<Body> {
    let mode = site.settings().mode;
    let (user, guest) = site.read(|index| (index.keys.user(mode), index.keys.guest.clone()));
    let body = format!(
        "<h1>API key</h1><p>With this key an app uploads to this demo host. It opens nothing else.</p>\
         <p><code id=\"api-key\">{}</code></p>\
         <p class=\"quiet\">Uploads with the guest key have no owner: <code>{}</code></p>",
        escape(&user),
        escape(&guest)
    );
    page(site, StatusCode::OK, "API key", &body)
}

/// The site's own 404 page.
pub(crate) fn not_found(site: &Site) -> Response<Body> {
    page(site, StatusCode::NOT_FOUND, "That page doesn't exist (404)", "<h1>That page doesn't exist</h1>")
}

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
    page(site, StatusCode::OK, "Maintenance", "<h1>Website under maintenance</h1><p>Please come back later.</p>")
}

/// The page of a fault that answers instead of the site.
pub(crate) fn instead(site: &Site, fault: &Fault) -> Option<Response<Body>> {
    Some(match fault {
        Fault::TooLarge => proxy(413, "413 Request Entity Too Large"),
        Fault::Maintenance => maintenance(site),
        Fault::Incident => incident(),
        Fault::NotFound => not_found(site),
        Fault::Challenge => proxy(403, "Just a moment..."),
        Fault::TooManyRequests(wait) => {
            let mut response = proxy(429, "429 Too Many Requests");
            if let crate::RetryAfter::Seconds(seconds) = wait {
                response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(*seconds));
            }
            response
        }
        Fault::Gateway(status @ (502 | 503)) => gateway(*status),
        Fault::Redirect { status, to } => {
            answer::redirect(StatusCode::from_u16(*status).unwrap_or(StatusCode::MOVED_PERMANENTLY), to)
        }
        _ => return None,
    })
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

fn proxy(status: u16, title: &str) -> Response<Body> {
    let body = format!(
        "<html>\n<head><title>{title}</title></head>\n<body>\n<center><h1>{title}</h1></center>\n<hr><center>nginx</center>\n</body>\n</html>\n"
    );
    plain(StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_GATEWAY), "text/html", &body)
}

fn plain(status: StatusCode, kind: &'static str, body: &str) -> Response<Body> {
    let mut response = Response::new(Body::from(body.to_owned()));
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    response
}

/// The query's pairs.
pub(crate) fn query(uri: &Uri) -> Vec<(String, String)> {
    url::form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes()).into_owned().collect()
}
