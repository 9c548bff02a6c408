//! The upload endpoint: reads the request, lets a fault have its way, answers.

use std::sync::Arc;

use axum::{
    body::{Body, Bytes},
    extract::{Extension, Request, State},
    http::{HeaderMap, HeaderValue, Method, Response, StatusCode, Uri, header},
};
use http_body_util::BodyExt;
use hyper::body::Frame;
use tokio::time::sleep;

use crate::{
    Fault, KeyKind, Mode, Outcome, Received, ReceivedFile,
    answer::{self, Refusal, Shown},
    form::{self, Broken, Form, Reading, Shape},
    pages,
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
    let mut received = first_note(&parts.method, &parts.uri, &parts.headers);
    let length =
        parts.headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse().ok());
    let share = |percent: u8| length.unwrap_or(64 * 1024) * u64::from(percent) / 100;
    let reading = match &fault {
        Some(Fault::ResetBefore) => Reading { stop_at: Some(0), ..Reading::default() },
        Some(Fault::ResetMidBody(percent) | Fault::Stall(percent)) => {
            Reading { stop_at: Some(share(*percent)), ..Reading::default() }
        }
        Some(Fault::Slow(rate)) => Reading { bytes_per_second: Some(*rate), ..Reading::default() },
        _ => Reading::default(),
    };
    let content_type = text(&parts.headers, &header::CONTENT_TYPE).unwrap_or_default().to_owned();
    let shape = Shape { post: parts.method == Method::POST, content_type, content_length: length };
    let form = match form::read(&site, &shape, body, reading).await {
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
    if let Some(Fault::Delay(time)) = &fault {
        sleep(*time).await;
    }
    if let Some(page) = fault.as_ref().and_then(|fault| pages::instead(&site, fault)) {
        let outcome = fault.as_ref().map_or_else(String::new, Fault::to_string);
        received.outcome = Outcome::Fault(outcome);
        site.note(arrival, received);
        return page;
    }
    let call = Job {
        site: site.clone(),
        header_key: parts
            .headers
            .get("x-api-key")
            .map(|key| String::from_utf8_lossy(key.as_bytes()).into_owned()),
        post: shape.post,
        path: parts.uri.path().trim_start_matches("/api").trim_matches('/').to_owned(),
        query: pages::query(&parts.uri),
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
    aftermath(fault, &wire, response).await
}

/// The part that blocks.
struct Job {
    site: Arc<Site>,
    header_key: Option<String>,
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
        let mut call = Call {
            header_key: self.header_key.as_deref(),
            post: self.post,
            path: &self.path,
            query: &self.query,
            form: self.form,
            address: &self.address,
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
        let imgbb = call.form.fields.iter().any(|(name, _)| name == "image");
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
        "txt" if taken.file.approved => {
            answer::html(StatusCode::OK, site.links().url(&taken.file, ""))
        }
        "txt" => answer::html(StatusCode::OK, "Undefined array key \"url\"".to_owned()),
        "redirect" => {
            let links = site.links();
            let to = if mode == Mode::V3 {
                links.url_viewer(&taken.file)
            } else {
                links.path_viewer(&taken.file)
            };
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

/// What a fault does to a true answer.
async fn aftermath(fault: Option<Fault>, wire: &Wire, response: Response<Body>) -> Response<Body> {
    match fault {
        Some(Fault::SilentAfterBody) => std::future::pending().await,
        Some(Fault::ResetAfterBody) => wire.reset().await,
        Some(Fault::AnswerCut) => cut(response).await,
        Some(Fault::JsonAfterBom) => prefixed("\u{feff}", response).await,
        Some(Fault::JsonAfterNotice) => prefixed(pages::NOTICE, response).await,
        Some(Fault::PhpWarning) => answer::html(StatusCode::OK, pages::WARNING.to_owned()),
        Some(Fault::Gateway(status)) => pages::gateway(status),
        Some(Fault::Garbage) => garbage(),
        _ => response,
    }
}

async fn bytes_of(body: Body) -> Bytes {
    // The bodies made here are whole in memory.
    body.collect().await.map(http_body_util::Collected::to_bytes).unwrap_or_default()
}

/// Announces all of the answer, sends half, ends the connection.
async fn cut(response: Response<Body>) -> Response<Body> {
    let (mut parts, body) = response.into_parts();
    let bytes = bytes_of(body).await;
    parts.headers.insert(header::CONTENT_LENGTH, HeaderValue::from(bytes.len()));
    let half = bytes.slice(..bytes.len() / 2);
    Response::from_parts(parts, Body::new(Half { rest: Some(half) }))
}

/// A body that gives its bytes and then fails.
struct Half {
    rest: Option<Bytes>,
}

impl hyper::body::Body for Half {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(
        mut self: std::pin::Pin<&mut Self>,
        context: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Result<Frame<Bytes>, std::io::Error>>> {
        let _ = context;
        std::task::Poll::Ready(Some(match self.rest.take() {
            Some(bytes) => Ok(Frame::data(bytes)),
            None => Err(std::io::Error::other("cut on purpose")),
        }))
    }
}

async fn prefixed(prefix: &str, response: Response<Body>) -> Response<Body> {
    let (parts, body) = response.into_parts();
    let bytes = bytes_of(body).await;
    Response::from_parts(parts, Body::from([prefix.as_bytes(), &bytes].concat()))
}

fn garbage() -> Response<Body> {
    let noise = (0..10_000_000u32)
        .map(|n| b"{\"[x0:,"[(n.wrapping_mul(2_654_435_761) >> 29) as usize % 7])
        .collect::<Vec<u8>>();
    let mut response = Response::new(Body::from(noise));
    response
        .headers_mut()
        .insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json; charset=UTF-8"));
    response
}

fn text<'a>(headers: &'a HeaderMap, name: &header::HeaderName) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

fn first_note(method: &Method, uri: &Uri, headers: &HeaderMap) -> Received {
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
    received.fields = form
        .fields
        .iter()
        .map(|(name, value)| (name.clone(), if name == "key" { "…".to_owned() } else { value.clone() }))
        .collect();
    received.file = form.file.as_ref().map(|file| ReceivedFile {
        name: file.name.clone(),
        mime: file.mime.clone(),
        size: file.size,
        md5: file.md5.clone(),
    });
}
