//! The one way between window and app: a command in, an event out, and previews as pictures.

use crate::Shared;
use ipc::view::{Event, ProblemView};
use serde_json::{Value, value::RawValue};
use tauri::{
    AppHandle, Emitter, Manager, State, UriSchemeResponder, async_runtime,
    http::{Response, StatusCode, Uri, header},
};
use tokio::sync::broadcast::error::RecvError;

/// The name of the event that carries every [`Event`].
const EVENT: &str = "keltas";

/// The largest side of a preview in pixels: the panel's, on a screen of twice the density.
const LARGEST: u32 = 1_600;

/// Every command of the window.
#[tauri::command]
pub(crate) async fn call(
    name: String,
    args: Value,
    api: State<'_, Shared>,
) -> Result<Box<RawValue>, ProblemView> {
    ipc::route(&**api, &name, args).await
}

/// Passes every event on to the window.
pub(crate) async fn forward(handle: AppHandle, api: Shared) {
    let mut events = api.events();
    loop {
        match events.recv().await {
            // Fails only while the window goes, which needs no events then.
            Ok(event) => drop(handle.emit::<&Event>(EVENT, &*event)),
            // The window sees the gap in the revisions and asks for the whole.
            Err(RecvError::Lagged(_)) => {}
            Err(RecvError::Closed) => return,
        }
    }
}

/// Answers `preview://localhost/item/12?px=320`, and nothing else.
pub(crate) fn preview(handle: &AppHandle, address: &Uri, responder: UriSchemeResponder) {
    let api = handle.try_state::<Shared>().map(|api| Shared::clone(&api));
    let wanted = wanted(address);
    async_runtime::spawn(async move {
        let found = match (api, wanted) {
            (Some(api), Some((kind, id, px))) => api.preview(&kind, id, px).await,
            _ => None,
        };
        responder.respond(match found {
            Some((bytes, mime)) => answer(StatusCode::OK, mime, bytes),
            None => answer(StatusCode::NOT_FOUND, "text/plain", Vec::new()),
        });
    });
}

fn answer(status: StatusCode, mime: &str, bytes: Vec<u8>) -> Response<Vec<u8>> {
    let mut response = Response::new(bytes);
    *response.status_mut() = status;
    if let Ok(mime) = mime.parse() {
        response.headers_mut().insert(header::CONTENT_TYPE, mime);
    }
    response
}

/// Kind, id and size of a preview's address.
fn wanted(address: &Uri) -> Option<(String, i64, u32)> {
    let (kind, id) = address.path().trim_start_matches('/').split_once('/')?;
    if !matches!(kind, "item" | "receipt") {
        return None;
    }
    let px = address.query()?.split('&').find_map(|pair| pair.strip_prefix("px="))?;
    Some((kind.to_owned(), id.parse().ok()?, px.parse::<u32>().ok()?.clamp(1, LARGEST)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(address: &'static str) -> Option<(String, i64, u32)> {
        wanted(&Uri::from_static(address))
    }

    #[test]
    fn an_address_names_an_item_or_a_receipt_and_a_size() {
        assert_eq!(read("preview://localhost/item/12?px=320"), Some(("item".to_owned(), 12, 320)));
        assert_eq!(
            read("http://preview.localhost/receipt/7?px=99999"),
            Some(("receipt".to_owned(), 7, LARGEST))
        );
    }

    #[test]
    fn nothing_else_is_an_address() {
        let others = [
            "preview://localhost/item/12",
            "preview://localhost/item/../../etc/passwd?px=1",
            "preview://localhost/file/12?px=1",
            "preview://localhost/item/12?px=-1",
            "preview://localhost/?px=1",
        ];
        for other in others {
            assert_eq!(read(other), None, "{other}");
        }
    }
}
