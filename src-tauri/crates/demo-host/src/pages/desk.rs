//! `/desk`: what is stored and what came in, also what waits for approval; the faults that wait; the settings.

use axum::{
    body::Body,
    http::{HeaderValue, Response, StatusCode, header},
};

use super::with_style;
use crate::{
    Fault, FaultError, KeyKind, Moderation, Outcome, Received, Settings,
    answer::{date, escape, size},
    index::{FileRow, Index, Owner},
    links::Links,
    site::Site,
};

/// How many files and requests are shown, newest first.
const SHOWN: usize = 60;

const STYLE: &str = include_str!("desk.css");

/// Nothing but what the page itself brings.
const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; form-action 'self'; base-uri 'none'; \
     frame-ancestors 'none'",
);

/// The page; after a fault that nobody knows with the sentence that says so.
pub(crate) fn show(site: &Site, problem: Option<(&str, &FaultError)>) -> Response<Body> {
    let status = if problem.is_some() { StatusCode::BAD_REQUEST } else { StatusCode::OK };
    let body = format!(
        "<h1>Desk</h1><p class=\"quiet\">What this host has stored, what came in, and what goes wrong next. \
         Only this machine can open it.</p>{}{}{}{}",
        stored(site),
        requests(site),
        faults(site, problem),
        about(site),
    );
    let mut response = with_style(site, status, "Desk", &body, STYLE);
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, POLICY);
    response
}

fn section(id: &str, title: &str, body: &str) -> String {
    format!(
        "<section id=\"{id}\" aria-labelledby=\"{id}-title\"><h2 id=\"{id}-title\">{title}</h2>{body}</section>"
    )
}

/// A name and what it is; nothing where there is nothing to say.
fn fact(name: &str, value: &str, class: &str) -> String {
    if value.is_empty() {
        return String::new();
    }
    format!("<div class=\"{class}\"><dt>{name}</dt><dd>{value}</dd></div>")
}

fn stored(site: &Site) -> String {
    let (links, now) = (site.links(), site.now());
    let (cards, count, bytes) = site.read(|index| {
        let cards: String =
            index.files.iter().rev().take(SHOWN).map(|file| card(file, index, links, now)).collect();
        (cards, index.files.len(), index.files.iter().map(|file| file.size).sum::<u64>())
    });
    let body = match count {
        0 => {
            "<p class=\"quiet\">Nothing is stored yet. What is uploaded shows here, also while it waits for \
              approval.</p>"
                .to_owned()
        }
        _ => {
            let newest =
                if count > SHOWN { format!(" The newest {SHOWN} are shown.") } else { String::new() };
            let files = if count == 1 { "file" } else { "files" };
            format!(
                "<p class=\"quiet\">{count} {files}, {}.{newest}</p><ul class=\"files\">{cards}</ul>",
                size(bytes, true)
            )
        }
    };
    section("stored", "Stored", &body)
}

fn card(file: &FileRow, index: &Index, links: Links<'_>, now: i64) -> String {
    let folder = links.folder();
    let title = if file.title.trim().is_empty() { "(no title)" } else { &file.title };
    let page = links.url_viewer(file);
    let name = escape(title);
    let picture =
        if file.thumb_size > 0 { path_of(&links.url(file, ".th")) } else { path_of(&links.url(file, "")) };
    let waits = if file.approved { "" } else { " <span class=\"badge waits\">Waits for approval</span>" };
    let nsfw = if file.nsfw { " <span class=\"badge\">NSFW</span>" } else { "" };
    let album = file.album.as_deref().and_then(|id| index.albums.iter().find(|album| album.id == id));
    let category = file.category.map(|id| {
        let known = index.categories.iter().find(|(number, _)| *number == id);
        known.map_or_else(|| id.to_string(), |(_, name)| name.clone())
    });
    let facts = [
        fact("Original name", &escape(&file.original_filename), "wide"),
        fact("Size", &format!("{} × {}, {}", file.width, file.height, size(file.size, true)), ""),
        fact("Type", &escape(&file.mime), ""),
        fact("Owner", owner(file.owner), ""),
        fact("Album", &escape(album.map_or("", |album| &album.name)), ""),
        fact("Category", &escape(&category.unwrap_or_default()), ""),
        fact("Tags", &escape(&file.tags.join(", ")), ""),
        fact("Stored", &when(file.stored_at, now), ""),
        fact("Expires", &file.expires.map_or_else(|| "Never".to_owned(), |at| when(at, now)), ""),
    ];
    let approve = if file.approved {
        String::new()
    } else {
        format!(
            "<form method=\"post\" action=\"{folder}/desk/approve/{id}\">\
             <button aria-label=\"Approve {name}\">Approve</button></form>",
            id = file.id
        )
    };
    format!(
        "<li class=\"file\" id=\"file-{id}\"><a href=\"{page}\"><img src=\"{picture}\" alt=\"{name}\" \
         width=\"144\" height=\"144\" loading=\"lazy\"></a><div><h3><a href=\"{page}\">{name}</a>{waits}{nsfw}</h3>\
         <dl class=\"facts\">{facts}</dl><div class=\"actions\">{approve}<details><summary>Delete</summary>\
         <form method=\"post\" action=\"{folder}/desk/delete/{id}\">\
         <button aria-label=\"Delete {name} for good\">Delete for good</button></form></details></div></div></li>",
        id = file.id,
        facts = facts.concat(),
    )
}

/// An address without its host, so that it is this page's own by whatever name that was opened.
fn path_of(url: &str) -> String {
    let path = url.split_once("://").and_then(|(_, rest)| rest.find('/').map(|at| &rest[at..]));
    path.unwrap_or("/").to_owned()
}

fn owner(owner: Owner) -> &'static str {
    match owner {
        Owner::User => "Demo user",
        Owner::Admin => "Administrator",
        Owner::Nobody => "Guest",
    }
}

/// `3 minutes ago`, `in 2 hours`, with the exact time for those who point at it.
fn when(at: i64, now: i64) -> String {
    let apart = at.abs_diff(now);
    // To the nearest, so that three days less a second are three days.
    let (count, unit) = match apart {
        0..60 => (apart, "second"),
        60..3_570 => ((apart + 30) / 60, "minute"),
        3_570..84_600 => ((apart + 1_800) / 3_600, "hour"),
        _ => ((apart + 43_200) / 86_400, "day"),
    };
    let plural = if count == 1 { "" } else { "s" };
    let words = if apart < 2 {
        "just now".to_owned()
    } else if at > now {
        format!("in {count} {unit}{plural}")
    } else {
        format!("{count} {unit}{plural} ago")
    };
    format!("<time title=\"{} UTC\">{words}</time>", date(at))
}

fn requests(site: &Site) -> String {
    let (received, count) = site.latest(SHOWN);
    let now = site.now();
    let rows: String = received.iter().map(|request| row(request, now)).collect();
    let body = if rows.is_empty() {
        "<p class=\"quiet\">No upload request came yet. Each one shows here, with what was answered.</p>"
            .to_owned()
    } else {
        let heads: String = ["Arrived", "Request", "Key", "File", "Fields", "Outcome"]
            .map(|head| format!("<th scope=\"col\" role=\"columnheader\">{head}</th>"))
            .concat();
        let requests = if count == 1 { "request" } else { "requests" };
        let newest =
            if count > SHOWN as u64 { format!(" The latest {SHOWN} are shown.") } else { String::new() };
        format!(
            "<p class=\"quiet\">{count} upload {requests} since the start, latest first.{newest}</p>\
             <table class=\"cards\" role=\"table\"><thead role=\"rowgroup\"><tr role=\"row\">{heads}</tr></thead>\
             <tbody role=\"rowgroup\">{rows}</tbody></table>"
        )
    };
    section("requests", "Upload requests", &body)
}

fn row(request: &Received, now: i64) -> String {
    let file = request.file.as_ref().map_or_else(
        || "<span class=\"quiet\">None</span>".to_owned(),
        |file| {
            let kind = if file.mime.is_empty() { "no type" } else { &file.mime };
            format!(
                "{}<br><span class=\"quiet\">{}, {}</span>",
                escape(&file.name),
                escape(kind),
                size(file.size, true)
            )
        },
    );
    let field = |(name, value): &(String, String)| {
        let short: String = value.chars().take(80).collect();
        let more = if short.len() < value.len() { "…" } else { "" };
        format!("<li><code>{}</code> {}{more}</li>", escape(name), escape(&short))
    };
    let fields: String = request.fields.iter().map(field).collect();
    let fields = if fields.is_empty() {
        "<span class=\"quiet\">None</span>".to_owned()
    } else {
        format!("<ul>{fields}</ul>")
    };
    let key = match request.key {
        KeyKind::None => "None",
        KeyKind::Unknown => "Unknown",
        KeyKind::User => "Demo user’s",
        KeyKind::Admin => "Administrator’s",
        KeyKind::Guest => "Guest",
    };
    let line = format!(
        "<code>{} {}</code><br><span class=\"quiet\">{} read</span>",
        escape(&request.method),
        escape(&request.target),
        size(request.body_len, true)
    );
    let cells = [
        ("Arrived", when(request.at, now)),
        ("Request", line),
        ("Key", key.to_owned()),
        ("File", file),
        ("Fields", fields),
        ("Outcome", outcome(&request.outcome)),
    ];
    let cells: String = cells
        .iter()
        .map(|(label, cell)| format!("<td role=\"cell\" data-label=\"{label}\"><div>{cell}</div></td>"))
        .collect();
    format!("<tr role=\"row\">{cells}</tr>")
}

fn outcome(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Stored(id) => format!("Stored as <a href=\"#file-{id}\">{id}</a>"),
        Outcome::Discarded => "Read and discarded".to_owned(),
        Outcome::Refused(code, message) => format!("Refused: {code}, {}", escape(message)),
        Outcome::Page(status) => format!("HTML page, status {status}"),
        Outcome::Fault(name) => format!("Fault <code>{}</code>", escape(name)),
    }
}

fn faults(site: &Site, problem: Option<(&str, &FaultError)>) -> String {
    let folder = site.links().folder();
    let waiting = site.faults();
    let list: String =
        waiting.iter().map(|play| format!("<li><code>{}</code></li>", escape(&play.to_string()))).collect();
    let waits = if waiting.is_empty() {
        "<p class=\"quiet\">No fault waits: the next request is answered truly.</p>".to_owned()
    } else {
        format!(
            "<p>The next requests meet, in this order:</p><ol class=\"waiting\">{list}</ol>\
             <form method=\"post\" action=\"{folder}/desk/faults/clear\" class=\"actions\"><button>Clear them</button></form>"
        )
    };
    let said = problem.map_or_else(String::new, |(_, error)| {
        format!("<p class=\"problem\" role=\"alert\" id=\"problem\">{}</p>", escape(&error.to_string()))
    });
    let described =
        if problem.is_some() { " aria-invalid=\"true\" aria-describedby=\"problem\"" } else { "" };
    let typed = escape(problem.map_or("", |(typed, _)| typed));
    let entries = || Fault::catalogue().iter().flat_map(|(_, entries)| entries.iter());
    let options: String = entries()
        .map(|entry| format!("<option value=\"{}\">{}</option>", escape(entry.example), escape(entry.says)))
        .collect();
    let rows: String = Fault::catalogue()
        .iter()
        .map(|(heading, entries)| {
            let rows: String = entries
                .iter()
                .map(|entry| {
                    format!(
                        "<tr><td><code>{}</code></td><td>{}</td></tr>",
                        escape(entry.usage),
                        escape(entry.says)
                    )
                })
                .collect();
            format!("<tr><th scope=\"rowgroup\" colspan=\"2\">{heading}</th></tr>{rows}")
        })
        .collect();
    let body = format!(
        "<div class=\"panel\">{waits}{said}<form method=\"post\" action=\"{folder}/desk/faults\" class=\"play\">\
         <label><span>Play a fault on the next request; <code>*3</code> behind it plays it three times, \
         <code>*always</code> until cleared</span>\
         <input name=\"fault\" list=\"known\" required autocomplete=\"off\" value=\"{typed}\"{described}></label>\
         <datalist id=\"known\">{options}</datalist><button>Play</button></form>\
         <details><summary>All faults</summary><table><thead><tr><th scope=\"col\">Written</th>\
         <th scope=\"col\">What a client sees</th></tr></thead><tbody>{rows}</tbody></table></details></div>"
    );
    section("faults", "Faults", &body)
}

fn about(site: &Site) -> String {
    let settings = site.settings();
    let yes = |is: bool| if is { "Yes" } else { "No" };
    let folder = site.links().folder();
    let facts = [
        ("Address", format!("<code>{}</code>", escape(&site.base))),
        ("Keys", format!("<a href=\"{folder}/settings/api\">API key</a>")),
        ("Behaves like", settings.mode.to_string()),
        ("Waits for approval", moderation(settings.moderation).to_owned()),
        (
            "Uploads in a minute",
            settings.flood.map_or_else(|| "No limit".to_owned(), |flood| flood.minute.to_string()),
        ),
        ("Largest file", largest(&settings)),
        ("Same file twice", yes(settings.allow_duplicates).to_owned()),
        ("Uploads", yes(settings.uploads).to_owned()),
        ("Guest uploads", yes(settings.guest_uploads).to_owned()),
        ("Maintenance", yes(settings.maintenance).to_owned()),
        ("Formats", escape(&settings.formats.join(" "))),
        ("Uploads are kept", if settings.discard { "No, read and discarded" } else { "Yes" }.to_owned()),
        ("Files in", format!("<code>{}</code>", escape(&site.dir.display().to_string()))),
    ];
    let facts: String = facts.iter().map(|(name, value)| fact(name, value, "")).collect();
    section("settings", "Settings", &format!("<dl class=\"panel facts\">{facts}</dl>"))
}

fn moderation(moderation: Moderation) -> &'static str {
    match moderation {
        Moderation::Off => "Nothing",
        Moderation::Guests => "What guests send",
        Moderation::Everyone => "Everything, but for the administrator",
    }
}

fn largest(settings: &Settings) -> String {
    format!("{}; guests {}", size(settings.max_file_size, true), size(settings.guest_max_file_size, true))
}
