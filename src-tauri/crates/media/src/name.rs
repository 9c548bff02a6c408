//! File names as they are sent, and titles made of them.

/// A title is cut to this many characters by the site, so the same is done here.
pub const TITLE_MAX: usize = 100;

/// The file name to send: NFC (macOS hands out decomposed names), without control characters. Nothing else is
/// renamed. Never empty: a name of nothing but control characters becomes `"file"`.
pub fn sanitize(file_name: &str) -> String {
    let _ = file_name;
    todo!()
}

/// The title that a site would make of a file name: the stem with each run of `-`, `_` and blanks turned into
/// one blank, cut to [`TITLE_MAX`] characters. Empty when nothing is left.
pub fn title_from(file_name: &str) -> String {
    let _ = file_name;
    todo!()
}
