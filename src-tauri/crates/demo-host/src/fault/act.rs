//! What a fault does to a request: to its reading, to its answer, or both.

use std::time::{Duration, SystemTime};

use axum::{
    body::{Body, Bytes},
    http::{HeaderValue, Response, StatusCode, header},
};
use futures_util::stream;
use http_body_util::BodyExt;
use serde_json::Value;
use tokio::time::sleep;

use super::{Fault, RetryAfter};
use crate::{
    answer,
    pages::{self, instead},
    site::Site,
    wire::Wire,
};

/// How many times a second a slow reader takes a piece.
const PIECES: u64 = 10;

/// After how many bytes of a body of `length` bytes the reading stops.
pub(crate) fn stop_at(fault: Option<&Fault>, length: Option<u64>) -> Option<u64> {
    // Of a body of unknown length, a share of what goes out before anybody notices.
    let share = |percent: u8| length.unwrap_or(64 * 1024) * u64::from(percent) / 100;
    match fault? {
        Fault::ResetBefore => Some(0),
        Fault::ResetMidBody(percent) | Fault::Stall(percent) => Some(share(*percent)),
        _ => None,
    }
}

/// The body as it comes in: at once, or in small pieces at the fault's pace.
pub(crate) fn paced(fault: Option<&Fault>, body: Body) -> Body {
    let Some(Fault::Slow(rate)) = fault else { return body };
    let piece = usize::try_from((rate / PIECES).max(1)).unwrap_or(usize::MAX);
    let rate = *rate as f64;
    Body::from_stream(stream::unfold((body, Bytes::new()), move |(mut body, mut rest)| async move {
        while rest.is_empty() {
            match body.frame().await? {
                Ok(frame) => rest = frame.into_data().unwrap_or_default(),
                Err(error) => return Some((Err(error), (body, rest))),
            }
        }
        let next = rest.split_to(piece.min(rest.len()));
        sleep(Duration::from_secs_f64(next.len() as f64 / rate)).await;
        Some((Ok(next), (body, rest)))
    }))
}

/// Waits before the site does its work.
pub(crate) async fn wait(fault: Option<&Fault>) {
    match fault {
        Some(Fault::Delay(time)) => sleep(*time).await,
        Some(Fault::DelayUpTo(time)) => sleep(time.mul_f64(share_of_one())).await,
        _ => {}
    }
}

/// From 0 to 1, at random.
fn share_of_one() -> f64 {
    let random = getrandom::u32().expect("every system that runs this has a source of randomness");
    f64::from(random) / f64::from(u32::MAX)
}

/// The page of a fault that answers instead of the site.
pub(crate) fn page(site: &Site, fault: &Fault) -> Option<Response<Body>> {
    Some(match fault {
        Fault::TooLarge => instead::proxy(413, "413 Request Entity Too Large"),
        Fault::ProxyLogin => {
            let mut response = instead::proxy(407, "407 Proxy Authentication Required");
            let scheme = HeaderValue::from_static("Basic realm=\"proxy\"");
            response.headers_mut().insert(header::PROXY_AUTHENTICATE, scheme);
            response
        }
        Fault::Challenge => {
            let mut response = instead::proxy(403, "Just a moment...");
            response.headers_mut().insert("cf-mitigated", HeaderValue::from_static("challenge"));
            response
        }
        Fault::TooManyRequests(wait) => {
            let mut response = instead::proxy(429, "429 Too Many Requests");
            if let Some(wait) = retry_after(*wait) {
                response.headers_mut().insert(header::RETRY_AFTER, wait);
            }
            response
        }
        Fault::Gateway(status @ (502 | 503)) => instead::gateway(*status),
        Fault::Redirect { status, to } => {
            answer::redirect(StatusCode::from_u16(*status).unwrap_or(StatusCode::MOVED_PERMANENTLY), to)
        }
        Fault::Maintenance => pages::maintenance(site),
        Fault::Shop => instead::shop(),
        Fault::Incident => pages::incident(),
        Fault::NotFound => pages::not_found(site),
        _ => return None,
    })
}

fn retry_after(wait: RetryAfter) -> Option<HeaderValue> {
    match wait {
        RetryAfter::Absent => None,
        RetryAfter::Seconds(seconds) => Some(HeaderValue::from(seconds)),
        RetryAfter::Date(seconds) => {
            let at = SystemTime::now() + Duration::from_secs(u64::from(seconds));
            HeaderValue::from_str(&httpdate::fmt_http_date(at)).ok()
        }
    }
}

/// What a fault does to the true answer, when the site has done its work.
pub(crate) async fn aftermath(
    fault: Option<Fault>,
    site: &Site,
    wire: &Wire,
    response: Response<Body>,
) -> Response<Body> {
    match fault {
        Some(Fault::SilentAfterBody) => std::future::pending().await,
        Some(Fault::ResetAfterBody) => wire.reset().await,
        Some(Fault::Reverse(requests)) => {
            site.crowd.last_first(requests).await;
            response
        }
        Some(Fault::AnswerCut) => cut(response).await,
        Some(Fault::JsonAfterBom) => rewritten(response, |body| [b"\xef\xbb\xbf", body].concat()).await,
        Some(Fault::JsonAfterNotice) => {
            rewritten(response, |body| [instead::NOTICE.as_bytes(), body].concat()).await
        }
        Some(Fault::TruncatedJson) => rewritten(response, |body| body[..body.len() / 2].to_vec()).await,
        Some(Fault::WrongTypes) => rewritten(response, wrong_types).await,
        Some(Fault::PhpWarning) => answer::html(StatusCode::OK, instead::WARNING.to_owned()),
        Some(Fault::Empty) => answer::html(StatusCode::OK, String::new()),
        Some(Fault::Gateway(status)) => instead::gateway(status),
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
    let end = std::io::Error::other("cut on purpose");
    Response::from_parts(parts, Body::from_stream(stream::iter([Ok(half), Err(end)])))
}

/// A whole answer with another body.
async fn rewritten(response: Response<Body>, write: impl FnOnce(&[u8]) -> Vec<u8>) -> Response<Body> {
    let (parts, body) = response.into_parts();
    Response::from_parts(parts, Body::from(write(&bytes_of(body).await)))
}

fn wrong_types(body: &[u8]) -> Vec<u8> {
    match serde_json::from_slice(body) {
        Ok(value) => answer::php_json(&swapped(value)),
        // Not JSON: `format=txt`.
        Err(_) => body.to_vec(),
    }
}

/// Numbers as text, text as its length, nothing as an empty list.
fn swapped(value: Value) -> Value {
    match value {
        Value::Null => Value::Array(Vec::new()),
        Value::Bool(is) => is.to_string().into(),
        Value::Number(number) => number.to_string().into(),
        Value::String(text) => text.len().into(),
        Value::Array(values) => values.into_iter().map(swapped).collect(),
        Value::Object(fields) => fields.into_iter().map(|(name, value)| (name, swapped(value))).collect(),
    }
}

fn garbage() -> Response<Body> {
    let noise = (0..10_000_000u32)
        .map(|n| b"{\"[x0:,"[(n.wrapping_mul(2_654_435_761) >> 29) as usize % 7])
        .collect::<Vec<u8>>();
    let mut response = Response::new(Body::from(noise));
    let json = HeaderValue::from_static("application/json; charset=UTF-8");
    response.headers_mut().insert(header::CONTENT_TYPE, json);
    response
}
