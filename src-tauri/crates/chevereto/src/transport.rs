//! What a failed request means: how far it came, and which part of the way failed.

use std::error::Error as StdError;
use std::io;

use hyper_util::client::legacy;
use rustls::CertificateError;
use tokio::time::error::Elapsed;

use crate::body::Sending;
use crate::{Error, TlsProblem, Unclear};

/// The error of an upload that ended without an answer.
pub(crate) fn failed_upload(error: &legacy::Error, sending: &Sending) -> Error {
    if let Some(fault) = sending.fault() {
        return fault;
    }
    if !sending.has_begun()
        && let Some(error) = before_body(error)
    {
        return error;
    }
    if sending.is_whole() {
        Error::Unknown { why: Unclear::Lost, status: None, text: String::new() }
    } else {
        Error::ConnectionLost { sent: sending.sent(), total: sending.total() }
    }
}

/// The error of a request without a body.
pub(crate) fn failed_get(error: &legacy::Error) -> Error {
    before_body(error).unwrap_or_else(|| Error::Connect { detail: innermost(error) })
}

/// What failed on the way to a connection; `None` when the connection stood.
pub(crate) fn before_body(error: &legacy::Error) -> Option<Error> {
    if !error.is_connect() {
        return None;
    }
    let says = |words| chain(error).any(|cause| cause.to_string().contains(words));
    if says("dns error") {
        return Some(Error::Dns);
    }
    if let Some(tls) = tls_error(error) {
        return Some(Error::Tls { problem: problem(tls), detail: tls.to_string() });
    }
    if says("proxy authorization required") {
        return Some(Error::ProxyAuth);
    }
    if chain(error).any(is_timeout) {
        return Some(Error::ConnectTimeout);
    }
    Some(Error::Connect { detail: innermost(error) })
}

fn is_timeout(cause: &(dyn StdError + 'static)) -> bool {
    let took_too_long = |error: &io::Error| error.kind() == io::ErrorKind::TimedOut;
    cause.is::<Elapsed>() || cause.downcast_ref().is_some_and(took_too_long)
}

fn problem(error: &rustls::Error) -> TlsProblem {
    use CertificateError as Cert;
    let rustls::Error::InvalidCertificate(certificate) = error else { return TlsProblem::Other };
    match certificate {
        Cert::Expired | Cert::ExpiredContext { .. } => TlsProblem::Expired,
        Cert::NotValidYet | Cert::NotValidYetContext { .. } => TlsProblem::NotYetValid,
        Cert::NotValidForName | Cert::NotValidForNameContext { .. } => TlsProblem::WrongName,
        Cert::UnknownIssuer => TlsProblem::UnknownIssuer,
        Cert::Revoked => TlsProblem::Revoked,
        _ => TlsProblem::Other,
    }
}

fn tls_error(error: &legacy::Error) -> Option<&rustls::Error> {
    chain(error).find_map(|cause| cause.downcast_ref::<rustls::Error>())
}

/// An error and its causes. An `io::Error` hides the error it was made of from `source`, so it is asked for it.
fn chain<'a>(error: &'a (dyn StdError + 'static)) -> impl Iterator<Item = &'a (dyn StdError + 'static)> {
    std::iter::successors(Some(error), |&error| match error.downcast_ref::<io::Error>() {
        Some(io) => io.get_ref().map(|inner| inner as &(dyn StdError + 'static)),
        None => error.source(),
    })
}

/// The innermost cause in words; it never holds the address that was asked.
fn innermost(error: &legacy::Error) -> String {
    chain(error).skip(1).last().map_or_else(|| "the connection broke".to_owned(), ToString::to_string)
}
