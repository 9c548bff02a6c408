//! Where the clipboard hands out pixels, and not the file that they came from.

use tauri::AppHandle;

/// There is none to be had.
pub(super) fn png(_: &AppHandle) -> Option<Vec<u8>> {
    None
}
