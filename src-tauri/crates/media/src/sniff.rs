//! A file told by its first bytes, never by its name.

/// How many first bytes [`sniff`] looks at. Fewer are fine: what cannot be told is `None`.
pub const HEAD: usize = 512;

/// The formats that are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Format {
    /// JPEG.
    Jpeg,
    /// PNG and APNG.
    Png,
    /// GIF.
    Gif,
    /// WebP.
    Webp,
    /// Windows bitmap.
    Bmp,
    /// AVIF, still or sequence.
    Avif,
    /// TIFF.
    Tiff,
    /// Windows icon or cursor.
    Ico,
    /// HEIC and HEIF.
    Heic,
    /// JPEG XL.
    Jxl,
    /// Photoshop.
    Psd,
    /// SVG.
    Svg,
    /// PDF.
    Pdf,
    /// MPEG-4.
    Mp4,
    /// QuickTime.
    Mov,
    /// WebM.
    Webm,
    /// Matroska that is not WebM.
    Mkv,
    /// AVI.
    Avi,
}

/// Why a site does not take a format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Refusal {
    /// A drawing made of text (SVG), which may carry scripts: sites never take it.
    Drawing,
    /// A document (PDF), not a picture.
    Document,
    /// A picture or clip that sites do not take; saved in another format it would go.
    Unsupported,
}

impl Format {
    /// Media type, lower case (sites take `video/mp4`, not `Video/MP4`).
    pub fn mime(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Gif => "image/gif",
            Self::Webp => "image/webp",
            Self::Bmp => "image/bmp",
            Self::Avif => "image/avif",
            Self::Tiff => "image/tiff",
            Self::Ico => "image/vnd.microsoft.icon",
            Self::Heic => "image/heic",
            Self::Jxl => "image/jxl",
            Self::Psd => "image/vnd.adobe.photoshop",
            Self::Svg => "image/svg+xml",
            Self::Pdf => "application/pdf",
            Self::Mp4 => "video/mp4",
            Self::Mov => "video/quicktime",
            Self::Webm => "video/webm",
            Self::Mkv => "video/matroska",
            Self::Avi => "video/vnd.avi",
        }
    }

    /// Usual file name extension, lower case, without the dot.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::Gif => "gif",
            Self::Webp => "webp",
            Self::Bmp => "bmp",
            Self::Avif => "avif",
            Self::Tiff => "tif",
            Self::Ico => "ico",
            Self::Heic => "heic",
            Self::Jxl => "jxl",
            Self::Psd => "psd",
            Self::Svg => "svg",
            Self::Pdf => "pdf",
            Self::Mp4 => "mp4",
            Self::Mov => "mov",
            Self::Webm => "webm",
            Self::Mkv => "mkv",
            Self::Avi => "avi",
        }
    }

    /// Name for the screen, the same in every language ("JPEG").
    pub fn label(self) -> &'static str {
        match self {
            Self::Jpeg => "JPEG",
            Self::Png => "PNG",
            Self::Gif => "GIF",
            Self::Webp => "WebP",
            Self::Bmp => "BMP",
            Self::Avif => "AVIF",
            Self::Tiff => "TIFF",
            Self::Ico => "ICO",
            Self::Heic => "HEIC",
            Self::Jxl => "JPEG XL",
            Self::Psd => "PSD",
            Self::Svg => "SVG",
            Self::Pdf => "PDF",
            Self::Mp4 => "MP4",
            Self::Mov => "MOV",
            Self::Webm => "WebM",
            Self::Mkv => "MKV",
            Self::Avi => "AVI",
        }
    }

    /// A clip, not a picture.
    pub fn is_clip(self) -> bool {
        matches!(self, Self::Mp4 | Self::Mov | Self::Webm | Self::Mkv | Self::Avi)
    }
}

/// Tells a format by the first bytes of a file.
pub fn sniff(head: &[u8]) -> Option<Format> {
    match head {
        [0xFF, 0xD8, 0xFF, ..] => Some(Format::Jpeg),
        [0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => Some(Format::Png),
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some(Format::Gif),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(Format::Webp),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'A', b'V', b'I', b' ', ..] => Some(Format::Avi),
        [b'B', b'M', rest @ ..] => bitmap(rest),
        [b'I', b'I', 42 | 43, 0, ..] | [b'M', b'M', 0, 42 | 43, ..] => Some(Format::Tiff),
        [0, 0, 1 | 2, 0, count_low, count_high, rest @ ..] => icon(*count_low, *count_high, rest),
        [0xFF, 0x0A, ..] | [0, 0, 0, 0x0C, b'J', b'X', b'L', b' ', ..] => Some(Format::Jxl),
        [b'8', b'B', b'P', b'S', ..] => Some(Format::Psd),
        [b'%', b'P', b'D', b'F', b'-', ..] => Some(Format::Pdf),
        [0x1A, 0x45, 0xDF, 0xA3, ..] => Some(matroska(head)),
        [_, _, _, _, b'f', b't', b'y', b'p', ..] => brands(head),
        // QuickTime files of old have no `ftyp`.
        [_, _, _, _, b'm', b'o', b'o', b'v', ..] | [_, _, _, _, b'w', b'i', b'd', b'e', ..] => {
            Some(Format::Mov)
        }
        _ => drawing(head),
    }
}

/// "BM" begins many a text; a bitmap goes on with its length, four unused bytes that are zero nearly always, and
/// the size of one of the known headers.
fn bitmap(rest: &[u8]) -> Option<Format> {
    let header = u32::from_le_bytes(rest.get(12..16)?.try_into().ok()?);
    matches!(header, 12 | 16 | 40 | 52 | 56 | 64 | 108 | 124).then_some(Format::Bmp)
}

/// Four bytes are little to go by, so the first entry of the directory has to make sense, too.
fn icon(count_low: u8, count_high: u8, rest: &[u8]) -> Option<Format> {
    let count = u16::from_le_bytes([count_low, count_high]);
    let reserved = *rest.get(3)?;
    (count > 0 && count < 256 && reserved == 0).then_some(Format::Ico)
}

fn matroska(head: &[u8]) -> Format {
    let is_webm = head.windows(7).any(|window| window == [0x42, 0x82, 0x84, b'w', b'e', b'b', b'm']);
    if is_webm { Format::Webm } else { Format::Mkv }
}

/// The major brand decides; a still that calls itself by a general name is told by its compatible brands.
fn brands(head: &[u8]) -> Option<Format> {
    let length = u32::from_be_bytes(head.get(..4)?.try_into().ok()?) as usize;
    let end = length.clamp(16, head.len().max(16));
    let compatible = || head.get(16..end.min(head.len())).unwrap_or_default().chunks_exact(4);
    match head.get(8..12)? {
        b"avif" | b"avis" => Some(Format::Avif),
        b"heic" | b"heix" | b"heim" | b"heis" | b"hevc" | b"hevx" => Some(Format::Heic),
        b"mif1" | b"msf1" => {
            let is_avif = compatible().any(|brand| brand == b"avif" || brand == b"avis");
            Some(if is_avif { Format::Avif } else { Format::Heic })
        }
        b"qt  " => Some(Format::Mov),
        _ => Some(Format::Mp4),
    }
}

/// SVG is text: its root element may stand behind a declaration, comments and a document type.
fn drawing(head: &[u8]) -> Option<Format> {
    let text = head.strip_prefix(&[0xEF, 0xBB, 0xBF]).unwrap_or(head).trim_ascii_start();
    let opens = text.starts_with(b"<svg") || text.starts_with(b"<?xml") || text.starts_with(b"<!");
    (opens && text.windows(4).any(|window| window == b"<svg")).then_some(Format::Svg)
}

/// Why a site does not take this format; `None` when it does (JPEG, PNG, GIF, WebP, BMP, AVIF, MP4, MOV, WebM).
pub fn refusal(format: Format) -> Option<Refusal> {
    match format {
        Format::Svg => Some(Refusal::Drawing),
        Format::Pdf => Some(Refusal::Document),
        Format::Tiff | Format::Ico | Format::Heic | Format::Jxl | Format::Psd | Format::Mkv | Format::Avi => {
            Some(Refusal::Unsupported)
        }
        _ => None,
    }
}
