//! What only a desktop can do, for the window's commands and for the tray.

use crate::{Shared, clipboard, clipboard::Clipboard, quick::Quick, witness::Witness};
use ipc::Clipboard as Content;
use l10n::{Language, words};
use serde_json::json;
use std::{
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};
use tauri::{AppHandle, Manager, WebviewWindow, async_runtime};
use tokio::sync::oneshot;

/// The label of the only window.
pub(crate) const MAIN: &str = "main";

/// What the file dialog offers first, by name; what a file really is, its bytes say.
const PICTURES: [&str; 13] =
    ["jpg", "jpeg", "png", "gif", "webp", "avif", "bmp", "heic", "heif", "mp4", "webm", "mov", "jfif"];

/// This desktop.
pub(crate) struct Desktop {
    handle: AppHandle,
    clipboard: Arc<Clipboard>,
    /// Tells tests what happened.
    pub(crate) witness: Witness,
    /// Quick uploads that are under way.
    pub(crate) quick: Quick,
    tray_shown: AtomicBool,
}

impl Desktop {
    pub(crate) fn new(handle: AppHandle, witness: Witness) -> Self {
        Self {
            handle,
            clipboard: Arc::default(),
            witness,
            quick: Quick::default(),
            tray_shown: AtomicBool::new(false),
        }
    }

    /// Somebody shows the tray, or no longer.
    pub(crate) fn tray_is_shown(&self, shown: bool) {
        self.tray_shown.store(shown, Ordering::Relaxed);
    }

    /// Brings the window to the person.
    pub(crate) fn show_window(&self) {
        let Some(window) = self.window() else { return };
        // A window that cannot be raised is still there to be found.
        let _ = window.show();
        let _ = window.unminimize();
        let _ = window.set_focus();
        self.witness.tell("window-shown", json!({}));
    }

    /// Whether the person looks at the window now.
    pub(crate) fn is_watched(&self) -> bool {
        self.window().is_some_and(|window| {
            window.is_visible().unwrap_or(false) && window.is_focused().unwrap_or(false)
        })
    }

    pub(crate) fn window(&self) -> Option<WebviewWindow> {
        self.handle.get_webview_window(MAIN)
    }

    /// The system's file dialog over the window, or alone when the window is hidden.
    pub(crate) async fn pick_files(&self, language: Language) -> Vec<PathBuf> {
        let picked = self.dialog(move |dialog| {
            dialog
                .set_title(words::file_dialog_title(language))
                .add_filter(words::file_dialog_pictures(language), &PICTURES.map(both_cases).concat())
                .add_filter(words::file_dialog_all(language), &["*"])
                .pick_files()
        });
        picked.await.into_iter().flatten().map(|file| file.path().to_owned()).collect()
    }

    /// Asks where to save a file; the dialog itself asks before one is replaced.
    async fn pick_place(&self, language: Language, name: String) -> Option<PathBuf> {
        let picked = self.dialog(move |dialog| {
            dialog.set_title(words::export_dialog_title(language)).set_file_name(name).save_file()
        });
        picked.await.map(|file| file.path().to_owned())
    }

    /// Asks for an exported history.
    async fn pick_archive(&self, language: Language) -> Option<PathBuf> {
        let picked = self.dialog(move |dialog| {
            dialog
                .set_title(words::import_dialog_title(language))
                .add_filter(words::import_dialog_histories(language), &["json", "csv"])
                .add_filter(words::file_dialog_all(language), &["*"])
                .pick_file()
        });
        picked.await.map(|file| file.path().to_owned())
    }

    /// Opens a dialog over the window; nothing when the person cancels.
    async fn dialog<T, F>(&self, open: impl FnOnce(rfd::AsyncFileDialog) -> F + Send + 'static) -> Option<T>
    where
        T: Send + 'static,
        F: Future<Output = Option<T>> + Send + 'static,
    {
        let (chosen, answer) = oneshot::channel();
        let parent = self.window().filter(|window| window.is_visible().unwrap_or(false));
        // GTK and Cocoa open a dialog on the main thread only; its answer may be awaited anywhere.
        let opened = self.handle.run_on_main_thread(move || {
            let mut dialog = rfd::AsyncFileDialog::new();
            if let Some(parent) = &parent {
                dialog = dialog.set_parent(parent);
            }
            let picking = open(dialog);
            async_runtime::spawn(async move {
                // Whoever asked may have gone away.
                let _ = chosen.send(picking.await);
            });
        });
        match opened {
            Ok(()) => answer.await.ok().flatten(),
            Err(_) => None,
        }
    }

    /// Reads the clipboard away from the async threads.
    pub(crate) async fn read_clipboard(&self) -> Content {
        let handle = self.handle.clone();
        let read = async_runtime::spawn_blocking(move || clipboard::read(&handle));
        read.await.unwrap_or(Content::Unreadable)
    }

    /// Puts text on the clipboard; whether it is there.
    pub(crate) async fn write_clipboard(&self, text: String) -> bool {
        let clipboard = self.clipboard.clone();
        let copied = async_runtime::spawn_blocking(move || clipboard.write(&text)).await.unwrap_or(false);
        self.witness.tell("copied", json!({ "there": copied }));
        copied
    }
}

/// Filters of GTK tell cases apart, and cameras write `.JPG`.
fn both_cases(extension: &str) -> Vec<String> {
    vec![extension.to_owned(), extension.to_uppercase()]
}

/// Addresses of the web, and nothing that a program on this computer would answer.
fn is_web(address: &str) -> bool {
    url::Url::parse(address).is_ok_and(|address| matches!(address.scheme(), "http" | "https"))
}

impl ipc::Desktop for Desktop {
    async fn choose_files(&self) -> Vec<PathBuf> {
        let language = self.handle.state::<Shared>().app().language();
        self.pick_files(language).await
    }

    async fn choose_place(&self, name: String) -> Option<PathBuf> {
        let language = self.handle.state::<Shared>().app().language();
        self.pick_place(language, name).await
    }

    async fn choose_archive(&self) -> Option<PathBuf> {
        let language = self.handle.state::<Shared>().app().language();
        self.pick_archive(language).await
    }

    async fn read_clipboard(&self) -> Content {
        Self::read_clipboard(self).await
    }

    async fn write_clipboard(&self, text: String) -> bool {
        Self::write_clipboard(self, text).await
    }

    async fn open_url(&self, url: String) -> bool {
        is_web(&url)
            && async_runtime::spawn_blocking(move || open::that_detached(url).is_ok()).await.unwrap_or(false)
    }

    fn hide_window(&self) {
        if let Some(window) = self.window() {
            let _ = window.hide();
            self.witness.tell("window-hidden", json!({}));
        }
    }

    fn quit(&self) {
        self.handle.exit(0);
    }

    fn has_tray(&self) -> bool {
        self.tray_shown.load(Ordering::Relaxed)
    }
}

#[cfg(test)]
mod tests {
    use super::is_web;

    #[test]
    fn only_addresses_of_the_web_are_opened() {
        assert!(is_web("https://imgximg.com/image/a.1"));
        assert!(is_web("http://127.0.0.1:8080/image/a.1"));
        for other in
            ["file:///etc/passwd", "javascript:alert(1)", "mailto:a@b", "/usr/bin/xterm", "", "smb://a/b"]
        {
            assert!(!is_web(other), "{other}");
        }
    }
}
