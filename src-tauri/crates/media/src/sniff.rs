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
        todo!()
    }

    /// Usual file name extension, lower case, without the dot.
    pub fn extension(self) -> &'static str {
        todo!()
    }

    /// Name for the screen, the same in every language ("JPEG").
    pub fn label(self) -> &'static str {
        todo!()
    }

    /// A clip, not a picture.
    pub fn is_clip(self) -> bool {
        matches!(self, Self::Mp4 | Self::Mov | Self::Webm | Self::Mkv | Self::Avi)
    }
}

/// Tells a format by the first bytes of a file.
pub fn sniff(head: &[u8]) -> Option<Format> {
    let _ = head;
    todo!()
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
