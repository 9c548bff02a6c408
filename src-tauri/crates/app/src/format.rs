//! Short names of formats, the same in every language.

use media::Format;

const ALL: [Format; 18] = [
    Format::Jpeg,
    Format::Png,
    Format::Gif,
    Format::Webp,
    Format::Bmp,
    Format::Avif,
    Format::Tiff,
    Format::Ico,
    Format::Heic,
    Format::Jxl,
    Format::Psd,
    Format::Svg,
    Format::Pdf,
    Format::Mp4,
    Format::Mov,
    Format::Webm,
    Format::Mkv,
    Format::Avi,
];

/// Those that can be sent.
pub(crate) fn sent() -> impl Iterator<Item = Format> {
    ALL.into_iter().filter(|format| media::refusal(*format).is_none())
}

/// The type of a format by its label, if it can be sent.
pub(crate) fn mime_of(label: &str) -> Option<&'static str> {
    sent().find(|format| format.label() == label).map(Format::mime)
}

/// "JPEG" for `image/jpeg`; the second half of a type that is not known here; empty for what has none.
#[must_use]
pub fn format_label(mime: &str) -> String {
    if let Some(format) = ALL.into_iter().find(|format| format.mime() == mime) {
        return format.label().to_owned();
    }
    match mime.split_once('/') {
        Some((_, "octet-stream")) | None => String::new(),
        Some((_, kind)) => kind.to_uppercase(),
    }
}
