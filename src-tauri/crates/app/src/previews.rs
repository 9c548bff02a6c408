//! Small pictures, made on demand, few at a time, and kept on disk.

use std::path::PathBuf;

use crate::App;

/// Of what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PreviewOf {
    /// An item of the queue.
    Item(engine::ItemId),
    /// A receipt.
    Receipt(engine::ReceiptId),
}

/// An encoded small picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PreviewImage {
    /// The encoded picture.
    pub bytes: Vec<u8>,
    /// `image/jpeg` or `image/png`.
    pub mime: &'static str,
}

#[derive(Clone)]
pub(crate) struct Previews { folder: PathBuf }

impl Previews {
    pub(crate) fn new(folder: PathBuf) -> Self { Self { folder } }
}

impl App {
    /// A preview that fits into a square of `px`; `None` when there is none.
    pub async fn preview(&self, of: PreviewOf, px: u32) -> Option<PreviewImage> { let _ = (of, px, &self.0.previews.folder); todo!() }
}
