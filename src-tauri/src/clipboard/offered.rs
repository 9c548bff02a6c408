//! A picture as its owner offers it, byte for byte.

use super::PATIENCE;
use gtk::{Clipboard, gdk};
use std::sync::mpsc;
use tauri::AppHandle;

/// What every PNG begins with.
const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

/// The PNG on the clipboard, if there is one. Not for the main thread, which asks for it.
pub(super) fn png(handle: &AppHandle) -> Option<Vec<u8>> {
    let (found, answer) = mpsc::channel();
    let asked = handle.run_on_main_thread(move || {
        let board = Clipboard::get(&gdk::SELECTION_CLIPBOARD);
        board.request_contents(&gdk::Atom::intern("image/png"), move |_, offered| {
            // Nobody waits any more when it took too long.
            let _ = found.send(offered.data());
        });
    });
    asked.ok()?;
    answer.recv_timeout(PATIENCE).ok().filter(|bytes| bytes.starts_with(SIGNATURE))
}
