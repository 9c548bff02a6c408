//! The pages of the site, as its visitors see them.

pub(crate) mod desk;
pub(crate) mod instead;

use axum::{
    body::Body,
    http::{HeaderValue, Response, StatusCode, Uri},
};

use crate::{
    Mode, Settings,
    answer::{self, escape},
    expiry::PRESETS,
    index::{AlbumRow, FileRow, Index},
    links::Links,
    site::Site,
};

pub(crate) use instead::{file_not_found, incident, maintenance};

/// How many pictures a page shows, newest first.
const SHOWN: usize = 200;

const STYLE: &str = include_str!("pages/style.css");

/// `folder` is the sub-directory of the site, or nothing; `style` what this page needs beside the common one.
fn document(folder: &str, title: &str, body: &str, style: &str) -> String {
    let title = escape(title);
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta name=\"generator\" content=\"Chevereto 4\"><title>{title} - Demo host</title>\
         <style>{STYLE}{style}</style></head><body>\
         <header><strong>Demo host</strong><a href=\"{folder}/\">Pictures</a><a href=\"{folder}/upload\">Upload</a>\
         <a href=\"{folder}/settings/api\">API key</a><a href=\"{folder}/desk\">Desk</a></header>\
         <main>{body}</main></body></html>"
    )
}

fn page(site: &Site, status: StatusCode, title: &str, body: &str) -> Response<Body> {
    with_style(site, status, title, body, "")
}

fn with_style(site: &Site, status: StatusCode, title: &str, body: &str, style: &str) -> Response<Body> {
    let mut response = answer::html(status, document(site.links().folder(), title, body, style));
    response.headers_mut().insert("x-powered-by", HeaderValue::from_static("Chevereto 4"));
    response
}

/// `/`: everything that is kept and approved, newest first.
pub(crate) fn home(site: &Site) -> Response<Body> {
    let links = site.links();
    let (grid, albums) =
        site.read(|index| (grid(links, index.files.iter().rev()), album_links(links, index)));
    let config = config(&site.settings());
    let body = format!("<h1>Pictures</h1>{grid}<h2>Albums</h2><ul>{albums}</ul><script>{config}</script>");
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
        format!("<li><a href=\"{page}\"><img src=\"{thumb}\" alt=\"\" loading=\"lazy\">{title}</a></li>")
    };
    let mut files = files.filter(|file| file.approved);
    let items: String = files.by_ref().take(SHOWN).map(item).collect();
    if items.is_empty() {
        return "<p class=\"quiet\">Nothing is stored here yet.</p>".to_owned();
    }
    let older = match files.count() {
        0 => String::new(),
        older => format!("<p class=\"quiet\">And {older} older.</p>"),
    };
    format!("<ul class=\"grid\">{items}</ul>{older}")
}

/// `/image/title.id`: the picture and what was said about it.
pub(crate) fn viewer(site: &Site, file: &FileRow) -> Response<Body> {
    if !file.approved {
        return page(
            site,
            StatusCode::FORBIDDEN,
            "Waiting for approval",
            "<h1>This file waits for approval</h1>",
        );
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
    let mut fact =
        |name: &str, value: String| facts.push_str(&format!("<div><dt>{name}</dt><dd>{value}</dd></div>"));
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
    let page = page(
        site,
        StatusCode::OK,
        &file.title,
        &format!("<h1>{title}</h1>{shown}<dl class=\"facts\">{facts}</dl>"),
    );
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
    let types = settings.offered().map(|format| format!("\"{format}\"")).collect::<Vec<_>>().join(",");
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

/// `/api-v1`: what the API takes, since 4.2. The public key stands on it.
pub(crate) fn api_v1(site: &Site) -> Response<Body> {
    if site.settings().mode < Mode::V42 {
        return not_found(site);
    }
    let parameters = [
        ("source", "The file, as a form part; or base64 text"),
        ("key", "The key, where it is not sent in the header X-API-Key"),
        ("title", "At most 100 characters"),
        ("description", "Text"),
        ("tags", "Divided by commas"),
        ("album_id", "Id of an album of the key's owner"),
        ("category_id", "Number of a category"),
        ("width", "Pixels to make the picture smaller to"),
        ("expiration", "ISO 8601 duration from PT5M to P1Y"),
        ("nsfw", "1 or 0"),
        ("format", "json, txt or redirect"),
        ("use_file_date", "1: the date in the picture counts; administrators only"),
    ];
    let rows: String = parameters
        .iter()
        .map(|(name, what)| format!("<div><dt><code>{name}</code></dt><dd>{what}</dd></div>"))
        .collect();
    let guest = site.read(|index| index.keys.guest.clone());
    let body = format!(
        "<h1>API V1.1</h1><p>Files come by POST to <code>{}/api/1/upload</code> as multipart/form-data.</p>\
         <p class=\"quiet\">Public key: <code>{}</code></p><dl class=\"facts\">{rows}</dl>",
        escape(&site.base),
        escape(&guest)
    );
    page(site, StatusCode::OK, "API V1.1", &body)
}

/// The site's own 404 page.
pub(crate) fn not_found(site: &Site) -> Response<Body> {
    page(site, StatusCode::NOT_FOUND, "That page doesn't exist (404)", "<h1>That page doesn't exist</h1>")
}

/// The query's pairs.
pub(crate) fn query(uri: &Uri) -> Vec<(String, String)> {
    url::form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes()).into_owned().collect()
}
