//! The system's clipboard.

#[cfg_attr(not(all(unix, not(target_os = "macos"))), path = "clipboard/pixels_only.rs")]
mod offered;

use app::Pasted;
use arboard::ImageData;
use image::{ExtendedColorType, ImageEncoder, codecs::png::PngEncoder};
use ipc::Clipboard as Content;
use std::{
    sync::{Mutex, PoisonError, mpsc},
    thread,
    time::Duration,
};
use tauri::AppHandle;

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
pub(crate) fn read(handle: &AppHandle) -> Content {
    let handle = handle.clone();
    let (done, answer) = mpsc::channel();
    let reader = thread::Builder::new().name("clipboard".to_owned()).spawn(move || {
        // Nobody waits any more when it took too long.
        let _ = done.send(best(&handle));
    });
    match reader {
        Ok(_) => answer.recv_timeout(PATIENCE).unwrap_or(Content::Unreadable),
        Err(_) => Content::Unreadable,
    }
}

/// Files before a picture: a file manager or a browser offers both, and only the file is whole. Text comes last.
/// Owners answer in many ways for what they do not have, so every error here means that it is not there.
fn best(handle: &AppHandle) -> Content {
    let Ok(mut board) = arboard::Clipboard::new() else { return Content::Unreadable };
    if let Ok(files) = board.get().file_list()
        && !files.is_empty()
    {
        return Content::Files(files);
    }
    // As it is offered, if it is a PNG; else as its pixels.
    let pixels = |board: &mut arboard::Clipboard| board.get_image().ok().and_then(|picture| encode(&picture));
    if let Some(png) = offered::png(handle).or_else(|| pixels(&mut board)) {
        let still = board.get().html().is_ok_and(|page| shows_animation(&page));
        return Content::Picture(Pasted { png, still });
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

/// Whether a piece of a page, which browsers put beside the pixels of a picture, shows a GIF.
fn shows_animation(page: &str) -> bool {
    let page = page.to_ascii_lowercase();
    let Some((_, picture)) = page.split_once("<img") else { return false };
    let Some((_, from)) = picture.split_once("src=") else { return false };
    let mut ends = from.trim_start_matches(['"', '\'']).split(['"', '\'', ' ', '>', '?', '#']);
    ends.next().is_some_and(|address| address.ends_with(".gif"))
}

#[cfg(test)]
mod tests {
    use super::shows_animation;

    #[test]
    fn a_picture_copied_out_of_a_page_is_told_from_an_animation() {
        assert!(shows_animation(
            r#"<meta charset='utf-8'><img src="https://host/Cat.GIF?size=big" alt="cat">"#
        ));
        assert!(shows_animation("<IMG class=a SRC='cat.gif'>"));
        for other in ["", "cat.gif", r#"<a href="cat.gif">cat</a>"#, r#"<img src="cat.png" alt="a .gif">"#] {
            assert!(!shows_animation(other), "{other}");
        }
    }
}
