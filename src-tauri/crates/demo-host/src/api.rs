//! The upload endpoint: reads the request, lets a fault have its way, answers.

mod note;

use std::sync::Arc;

use axum::{
    body::Body,
    extract::{Extension, Request, State},
    http::{HeaderMap, Method, Response, StatusCode, header},
};

use crate::{
    Fault, KeyKind, Mode, Outcome, Settings,
    answer::{self, Refusal, Shown},
    discard::{self, Rest},
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
    let mut received = note::first(&site, &parts);
    let shape = shape(&parts.method, &parts.headers);
    let stop_at = act::stop_at(fault.as_ref(), shape.content_length);
    let came = match read(&site, &shape, act::paced(fault.as_ref(), body), stop_at).await {
        Ok(came) => came,
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
    note::body(&mut received, &came);
    act::wait(fault.as_ref()).await;
    if let Some((fault, page)) = fault.as_ref().and_then(|fault| Some((fault, act::page(&site, fault)?))) {
        received.outcome = Outcome::Fault(fault.to_string());
        site.note(arrival, received);
        return page;
    }
    let job = Job {
        site: site.clone(),
        arrival,
        header_key: parts
            .headers
            .get("x-api-key")
            .map(|key| String::from_utf8_lossy(key.as_bytes()).into_owned()),
        accept_language: text(&parts.headers, &header::ACCEPT_LANGUAGE).map(str::to_owned),
        post: shape.post,
        path: parts.uri.path().strip_prefix("/api").unwrap_or_default().trim_matches('/').to_owned(),
        query: pages::query(&parts.uri),
        address: wire.peer.ip().to_string(),
        fault: fault.clone(),
    };
    // Pictures take a while; other connections go on meanwhile.
    let (kind, outcome, response) = match tokio::task::spawn_blocking(move || job.run(came)).await {
        Ok(done) => done,
        Err(_) => (KeyKind::None, Outcome::Page(500), pages::incident()),
    };
    received.key = kind;
    received.outcome = outcome;
    site.note(arrival, received);
    act::aftermath(fault, &site, &wire, response).await
}

fn shape(method: &Method, headers: &HeaderMap) -> Shape {
    Shape {
        post: *method == Method::POST,
        content_type: text(headers, &header::CONTENT_TYPE).unwrap_or_default().to_owned(),
        content_length: text(headers, &header::CONTENT_LENGTH).and_then(|length| length.parse().ok()),
    }
}

fn text<'a>(headers: &'a HeaderMap, name: &header::HeaderName) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

/// A body that was read.
enum Came {
    Form(Form),
    /// What discarding leaves of one.
    Rest(Rest),
}

async fn read(site: &Site, shape: &Shape, body: Body, stop_at: Option<u64>) -> Result<Came, Broken> {
    if site.settings().discard {
        discard::read(shape, body, stop_at).await.map(Came::Rest)
    } else {
        form::read(site, shape, body, stop_at).await.map(Came::Form)
    }
}

/// The part that blocks.
struct Job {
    site: Arc<Site>,
    arrival: u64,
    header_key: Option<String>,
    accept_language: Option<String>,
    post: bool,
    path: String,
    query: Vec<(String, String)>,
    address: String,
    fault: Option<Fault>,
}

type Done = (KeyKind, Outcome, Response<Body>);

impl Job {
    fn run(self, came: Came) -> Done {
        let settings = self.site.settings();
        if settings.maintenance {
            return (KeyKind::None, Outcome::Page(200), pages::maintenance(&self.site));
        }
        if settings.api_off && settings.mode >= Mode::V43 {
            return (KeyKind::None, Outcome::Page(404), pages::not_found(&self.site));
        }
        match came {
            Came::Form(form) => self.keep(form, &settings),
            Came::Rest(rest) => self.discard(&rest, &settings),
        }
    }

    /// The refusal that a fault makes, whatever the counters say.
    fn forced(&self, settings: &Settings) -> Option<Refusal> {
        match self.fault {
            Some(Fault::Flood) => {
                Some(upload::flood_refusal("minute", settings.flood.unwrap_or_default().minute))
            }
            Some(Fault::Duplicate) => Some(Refusal::new(101, "Duplicated upload")),
            _ => None,
        }
    }

    fn held(&self) -> bool {
        matches!(self.fault, Some(Fault::Approval))
    }

    fn discard(&self, rest: &Rest, settings: &Settings) -> Done {
        let query_key = self.query.iter().rev().find(|(name, _)| name == "key");
        let call = discard::Call {
            header_key: self.header_key.as_deref(),
            query_key: query_key.map(|(_, key)| key.as_str()),
            rest,
            number: self.arrival,
            approved: !self.held(),
            forced: self.forced(settings),
        };
        match discard::answer(&self.site, settings, call) {
            (kind, Ok(response)) => (kind, Outcome::Discarded, response),
            (kind, Err(refusal)) => {
                let response = answer::refusal(&refusal, settings.mode);
                (kind, Outcome::Refused(refusal.number(), refusal.message), response)
            }
        }
    }

    fn keep(&self, form: Form, settings: &Settings) -> Done {
        let mut call = Call {
            header_key: self.header_key.as_deref(),
            post: self.post,
            path: &self.path,
            query: &self.query,
            form,
            address: &self.address,
            language: language::chosen(settings, self.accept_language.as_deref()),
            hold: self.held(),
            forced: self.forced(settings),
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
