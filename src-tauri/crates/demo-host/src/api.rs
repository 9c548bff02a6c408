//! The upload endpoint: reads the request, lets a fault have its way, answers.

use std::sync::Arc;

use axum::{
    body::Body,
    extract::{Extension, Request, State},
    http::{HeaderMap, Method, Response, StatusCode, Uri, header},
};

use crate::{
    Fault, KeyKind, Mode, Outcome, Received, ReceivedFile,
    answer::{self, Refusal, Shown},
    discard,
    fault::act,
    form::{self, Broken, Form, Shape},
    language, pages,
    site::Site,
    upload::{self, Call, Stop, Taken},
    wire::Wire,
};

/// `/api` and all below it, by any method.
pub(crate) async fn handle(
    State(site): State<Arc<Site>>,
    Extension(wire): Extension<Wire>,
    request: Request,
) -> Response<Body> {
    let (arrival, fault) = site.arrive();
    let (parts, body) = request.into_parts();
    let mut received = first_note(&parts.method, &parts.uri, &parts.headers, site.now());
    let length =
        parts.headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse().ok());
    let stop_at = act::stop_at(fault.as_ref(), length);
    let body = act::paced(fault.as_ref(), body);
    let content_type = text(&parts.headers, &header::CONTENT_TYPE).unwrap_or_default().to_owned();
    let shape = Shape { post: parts.method == Method::POST, content_type, content_length: length };
    let header_key =
        parts.headers.get("x-api-key").map(|key| String::from_utf8_lossy(key.as_bytes()).into_owned());
    let query = pages::query(&parts.uri);
    if site.settings().discard && fault.is_none() {
        let Some(rest) = discard::read(&shape, body).await else { wire.reset().await };
        let (kind, outcome, response) = discard::answer(&site, header_key.as_deref(), &query, &rest, arrival);
        (received.key, received.outcome, received.body_len) = (kind, outcome, rest.body_len);
        (received.fields, received.file) = (without_key(&rest.fields), rest.file);
        site.note(arrival, received);
        return response;
    }
    let form = match form::read(&site, &shape, body, stop_at).await {
        Ok(form) => form,
        Err(broken) => {
            if let Broken::Stopped { body_len } = broken {
                received.body_len = body_len;
            }
            let name = fault.as_ref().map_or_else(|| "lost".to_owned(), Fault::to_string);
            received.outcome = Outcome::Fault(name);
            site.note(arrival, received);
            match fault {
                Some(Fault::Stall(_)) => return std::future::pending().await,
                _ => wire.reset().await,
            }
        }
    };
    note_form(&mut received, &form);
    act::wait(fault.as_ref()).await;
    if let Some(page) = fault.as_ref().and_then(|fault| act::page(&site, fault)) {
        let outcome = fault.as_ref().map_or_else(String::new, Fault::to_string);
        received.outcome = Outcome::Fault(outcome);
        site.note(arrival, received);
        return page;
    }
    let call = Job {
        site: site.clone(),
        header_key,
        accept_language: text(&parts.headers, &header::ACCEPT_LANGUAGE).map(str::to_owned),
        post: shape.post,
        path: parts.uri.path().strip_prefix("/api").unwrap_or_default().trim_matches('/').to_owned(),
        query,
        form,
        address: wire.peer.ip().to_string(),
        fault: fault.clone(),
    };
    // Pictures take a while; other connections go on meanwhile.
    let (kind, outcome, response) = match tokio::task::spawn_blocking(move || call.run()).await {
        Ok(done) => done,
        Err(_) => (KeyKind::None, Outcome::Page(500), pages::incident()),
    };
    received.key = kind;
    received.outcome = outcome;
    site.note(arrival, received);
    act::aftermath(fault, &site, &wire, response).await
}

/// The part that blocks.
struct Job {
    site: Arc<Site>,
    header_key: Option<String>,
    accept_language: Option<String>,
    post: bool,
    path: String,
    query: Vec<(String, String)>,
    form: Form,
    address: String,
    fault: Option<Fault>,
}

impl Job {
    fn run(self) -> (KeyKind, Outcome, Response<Body>) {
        let settings = self.site.settings();
        if settings.maintenance {
            return (KeyKind::None, Outcome::Page(200), pages::maintenance(&self.site));
        }
        if settings.api_off && settings.mode >= Mode::V43 {
            return (KeyKind::None, Outcome::Page(404), pages::not_found(&self.site));
        }
        let mut call = Call {
            header_key: self.header_key.as_deref(),
            post: self.post,
            path: &self.path,
            query: &self.query,
            form: self.form,
            address: &self.address,
            language: language::chosen(&settings, self.accept_language.as_deref()),
            hold: matches!(self.fault, Some(Fault::Approval)),
            forced: match self.fault {
                Some(Fault::Flood) => {
                    Some(upload::flood_refusal("minute", settings.flood.unwrap_or_default().minute))
                }
                Some(Fault::Duplicate) => Some(Refusal::new(101, "Duplicated upload")),
                _ => None,
            },
        };
        let (kind, result) = upload::take(&self.site, &mut call);
        let format = call.given("format").unwrap_or_default();
        let imgbb = call.in_imgbb_shape();
        match result {
            Ok(taken) => {
                let response = success(&self.site, &taken, format, imgbb, settings.mode);
                (kind, Outcome::Stored(taken.file.id), response)
            }
            Err(Stop::Tripped) => (kind, Outcome::Page(500), pages::incident()),
            Err(Stop::Refused(refusal)) => {
                let response = match format {
                    "txt" | "redirect" => answer::html(StatusCode::OK, refusal.message.clone()),
                    _ => answer::refusal(&refusal, settings.mode),
                };
                (kind, Outcome::Refused(refusal.number(), refusal.message), response)
            }
        }
    }
}

fn success(site: &Site, taken: &Taken, format: &str, imgbb: bool, mode: Mode) -> Response<Body> {
    match format {
        "txt" if taken.file.approved => answer::html(StatusCode::OK, site.links().url(&taken.file, "")),
        "txt" => answer::html(StatusCode::OK, "Undefined array key \"url\"".to_owned()),
        "redirect" => {
            let links = site.links();
            let to =
                if mode == Mode::V3 { links.url_viewer(&taken.file) } else { links.path_viewer(&taken.file) };
            answer::redirect(StatusCode::FOUND, &to)
        }
        _ => {
            let (links, settings) = (site.links(), site.settings());
            let (file, password, now) = (&taken.file, taken.password.as_str(), site.now());
            let shown = Shown { file, links, settings: &settings, password, now };
            answer::success(answer::image(&shown), mode, imgbb)
        }
    }
}

fn text<'a>(headers: &'a HeaderMap, name: &header::HeaderName) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

fn first_note(method: &Method, uri: &Uri, headers: &HeaderMap, at: i64) -> Received {
    let target = match uri.query() {
        Some(query) if query.contains("key=") => format!("{}?key=…", uri.path()),
        Some(query) => format!("{}?{query}", uri.path()),
        None => uri.path().to_owned(),
    };
    let headers = headers.iter().map(|(name, value)| {
        let secret = matches!(name.as_str(), "x-api-key" | "authorization" | "cookie");
        let value =
            if secret { "…".to_owned() } else { String::from_utf8_lossy(value.as_bytes()).into_owned() };
        (name.as_str().to_owned(), value)
    });
    Received {
        at,
        method: method.to_string(),
        target,
        headers: headers.collect(),
        fields: Vec::new(),
        key: KeyKind::None,
        file: None,
        body_len: 0,
        outcome: Outcome::Page(0),
    }
}

fn note_form(received: &mut Received, form: &Form) {
    received.body_len = form.body_len;
    received.fields = without_key(&form.fields);
    received.file = form.file.as_ref().map(|file| ReceivedFile {
        name: file.name.clone(),
        mime: file.mime.clone(),
        size: file.size,
        md5: file.md5.clone(),
    });
}

fn without_key(fields: &[(String, String)]) -> Vec<(String, String)> {
    let shown = |(name, value): &(String, String)| {
        (name.clone(), if name == "key" { "…".to_owned() } else { value.clone() })
    };
    fields.iter().map(shown).collect()
}
