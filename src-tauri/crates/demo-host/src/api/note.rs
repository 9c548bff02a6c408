//! What is remembered of a request. Keys are left out.

use axum::http::request::Parts;

use super::Came;
use crate::{KeyKind, Outcome, Received, ReceivedFile, pages, site::Site};

/// Shown in the place of a key.
const HIDDEN: &str = "…";

/// What is known before the body is read.
pub(super) fn first(site: &Site, parts: &Parts) -> Received {
    // A site in a folder is asked below that folder.
    let path = format!("{}{}", site.links().folder(), parts.uri.path());
    let target = match parts.uri.query() {
        Some(_) if pages::query(&parts.uri).iter().any(|(name, _)| name == "key") => {
            format!("{path}?key={HIDDEN}")
        }
        Some(query) => format!("{path}?{query}"),
        None => path,
    };
    let headers = parts.headers.iter().map(|(name, value)| {
        let secret = matches!(name.as_str(), "x-api-key" | "authorization" | "cookie");
        let value =
            if secret { HIDDEN.to_owned() } else { String::from_utf8_lossy(value.as_bytes()).into_owned() };
        (name.as_str().to_owned(), value)
    });
    Received {
        at: site.now(),
        method: parts.method.to_string(),
        target,
        headers: headers.collect(),
        fields: Vec::new(),
        key: KeyKind::None,
        file: None,
        body_len: 0,
        outcome: Outcome::Page(0),
    }
}

/// Adds what the body said.
pub(super) fn body(received: &mut Received, came: &Came) {
    let (fields, body_len, file) = match came {
        Came::Form(form) => {
            let file = form.file.as_ref().map(|file| ReceivedFile {
                name: file.name.clone(),
                mime: file.mime.clone(),
                size: file.size,
                md5: file.md5.clone(),
            });
            (&form.fields, form.body_len, file)
        }
        Came::Rest(rest) => (&rest.fields, rest.body_len, rest.file.clone()),
    };
    let shown = |(name, value): &(String, String)| {
        (name.clone(), if name == "key" { HIDDEN.to_owned() } else { value.clone() })
    };
    received.fields = fields.iter().map(shown).collect();
    received.body_len = body_len;
    received.file = file;
}
