//! What only a shell can do.

use std::path::PathBuf;

use app::Pasted;

/// What the clipboard holds, the best of it: files, else a picture, else text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Clipboard {
    /// Copied files.
    Files(Vec<PathBuf>),
    /// A picture.
    Picture(Pasted),
    /// Text.
    Text(String),
    /// Nothing of these.
    Empty,
    /// Its owner does not answer, or the system does not let us read it.
    Unreadable,
}

/// What only a shell can do; a fake one stands in for it in tests and in the browser host.
pub trait Desktop: Send + Sync + 'static {
    /// Opens the system's file dialog; nothing when the person cancels.
    fn choose_files(&self) -> impl Future<Output = Vec<PathBuf>> + Send;
    /// Asks where to save a file of this name; nothing when the person cancels. A file that is there is replaced only
    /// if they said so.
    fn choose_place(&self, name: String) -> impl Future<Output = Option<PathBuf>> + Send;
    /// Asks for an exported history; nothing when the person cancels.
    fn choose_archive(&self) -> impl Future<Output = Option<PathBuf>> + Send;
    /// Reads the clipboard; gives up after a few seconds.
    fn read_clipboard(&self) -> impl Future<Output = Clipboard> + Send;
    /// Puts text on the clipboard; whether it is there.
    fn write_clipboard(&self, text: String) -> impl Future<Output = bool> + Send;
    /// Opens an address in the browser; whether that was possible.
    fn open_url(&self, url: String) -> impl Future<Output = bool> + Send;
    /// Hides the window.
    fn hide_window(&self);
    /// Quits, after the app was closed.
    fn quit(&self);
    /// A tray is there.
    fn has_tray(&self) -> bool;
    /// `linux`, `macos` or `windows`.
    fn platform(&self) -> &'static str {
        std::env::consts::OS
    }
}
