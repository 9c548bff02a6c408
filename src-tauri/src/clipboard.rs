//! The system's clipboard.

use arboard::ImageData;
use image::{ExtendedColorType, ImageEncoder, codecs::png::PngEncoder};
use ipc::Clipboard as Content;
use std::{
    sync::{Mutex, PoisonError, mpsc},
    thread,
    time::Duration,
};

/// How long the clipboard's owner may take to answer.
const PATIENCE: Duration = Duration::from_secs(5);

/// The clipboard, kept for as long as the app runs: on most desktops text is gone with the one that offered it.
#[derive(Default)]
pub(crate) struct Clipboard(Mutex<Option<arboard::Clipboard>>);

impl Clipboard {
    /// Puts text on it and reads it back; whether it is there.
    pub(crate) fn write(&self, text: &str) -> bool {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.is_none() {
            *kept = arboard::Clipboard::new().ok();
        }
        let Some(board) = kept.as_mut() else { return false };
        board.set_text(text).is_ok() && board.get_text().is_ok_and(|there| there == text)
    }
}

/// Reads the best of what is on it. Blocks for a few seconds at most: an owner that hangs is left behind on its thread.
pub(crate) fn read() -> Content {
    let (done, answer) = mpsc::channel();
    let reader = thread::Builder::new().name("clipboard".to_owned()).spawn(move || {
        // Nobody waits any more when it took too long.
        let _ = done.send(best());
    });
    match reader {
        Ok(_) => answer.recv_timeout(PATIENCE).unwrap_or(Content::Unreadable),
        Err(_) => Content::Unreadable,
    }
}

/// Files before a picture: a file manager or a browser offers both, and only the file is whole. Text comes last.
/// Owners answer in many ways for what they do not have, so every error here means that it is not there.
fn best() -> Content {
    let Ok(mut board) = arboard::Clipboard::new() else { return Content::Unreadable };
    if let Ok(files) = board.get().file_list()
        && !files.is_empty()
    {
        return Content::Files(files);
    }
    if let Some(png) = board.get_image().ok().and_then(|picture| encode(&picture)) {
        return Content::Picture(png);
    }
    match board.get_text() {
        Ok(text) if !text.trim().is_empty() => Content::Text(text),
        _ => Content::Empty,
    }
}

fn encode(picture: &ImageData<'_>) -> Option<Vec<u8>> {
    let (width, height) = (u32::try_from(picture.width).ok()?, u32::try_from(picture.height).ok()?);
    let mut png = Vec::new();
    PngEncoder::new(&mut png).write_image(&picture.bytes, width, height, ExtendedColorType::Rgba8).ok()?;
    Some(png)
}
