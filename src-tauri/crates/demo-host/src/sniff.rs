//! What a file is, told by its bytes, and the measures of those that the `image` crate does not read.

/// Kinds that a site tells apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Jpeg,
    Png,
    Gif,
    Webp,
    Bmp,
    Avif,
    /// Told, but on no site's list.
    Tiff,
    Mp4,
    Mov,
    Webm,
}

impl Kind {
    pub(crate) fn mime(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Gif => "image/gif",
            Self::Webp => "image/webp",
            Self::Bmp => "image/bmp",
            Self::Avif => "image/avif",
            Self::Tiff => "image/tiff",
            Self::Mp4 => "video/mp4",
            Self::Mov => "video/quicktime",
            Self::Webm => "video/webm",
        }
    }

    pub(crate) fn extension(self) -> &'static str {
        match self {
            Self::Jpeg => "jpeg",
            Self::Png => "png",
            Self::Gif => "gif",
            Self::Webp => "webp",
            Self::Bmp => "bmp",
            Self::Avif => "avif",
            Self::Tiff => "tiff",
            Self::Mp4 => "mp4",
            Self::Mov => "mov",
            Self::Webm => "webm",
        }
    }

    pub(crate) fn is_clip(self) -> bool {
        matches!(self, Self::Mp4 | Self::Mov | Self::Webm)
    }
}

/// Tells a kind by the first bytes.
pub(crate) fn sniff(head: &[u8]) -> Option<Kind> {
    match head {
        [0xFF, 0xD8, 0xFF, ..] => Some(Kind::Jpeg),
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1A, b'\n', ..] => Some(Kind::Png),
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some(Kind::Gif),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(Kind::Webp),
        [b'B', b'M', _, _, _, _, 0, 0, 0, 0, ..] => Some(Kind::Bmp),
        [b'I', b'I', b'*', 0, ..] | [b'M', b'M', 0, b'*', ..] => Some(Kind::Tiff),
        [0x1A, 0x45, 0xDF, 0xA3, ..] => memchr::memmem::find(head, b"webm").map(|_| Kind::Webm),
        [_, _, _, _, b'f', b't', b'y', b'p', brand @ ..] => by_brand(brand.get(..4)?),
        _ => None,
    }
}

fn by_brand(brand: &[u8]) -> Option<Kind> {
    match brand {
        b"avif" | b"avis" => Some(Kind::Avif),
        b"qt  " => Some(Kind::Mov),
        b"heic" | b"heix" | b"heim" | b"heis" | b"hevc" | b"hevx" | b"mif1" | b"msf1" => None,
        _ => Some(Kind::Mp4),
    }
}

/// Measures of a clip or an AVIF picture.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Measures {
    pub(crate) width: u32,
    pub(crate) height: u32,
    /// Seconds, rounded.
    pub(crate) duration: u32,
}

/// Reads the measures of an ISO base media file (MP4, MOV, AVIF) or of a WebM; zeros where it does not say.
pub(crate) fn measure(kind: Kind, bytes: &[u8]) -> Measures {
    let mut found = Measures::default();
    if kind == Kind::Webm {
        let mut timing = (1_000_000.0, 0.0);
        walk_ebml(bytes, &mut found, &mut timing);
        found.duration = (timing.0 * timing.1 / 1e9_f64).round() as u32;
    } else {
        walk_boxes(bytes, &mut found);
    }
    found
}

fn be32(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

fn walk_boxes(mut bytes: &[u8], found: &mut Measures) {
    while let Some((name, body, rest)) = next_box(bytes) {
        match name {
            b"moov" | b"trak" | b"iprp" | b"ipco" => walk_boxes(body, found),
            b"meta" => walk_boxes(body.get(4..).unwrap_or_default(), found),
            b"mvhd" => {
                let wide = body.first() == Some(&1);
                let scale = be32(body, if wide { 20 } else { 12 }).unwrap_or(0);
                let length = be32(body, if wide { 28 } else { 16 }).unwrap_or(0);
                if scale > 0 {
                    found.duration = (f64::from(length) / f64::from(scale)).round() as u32;
                }
            }
            b"tkhd" => {
                let at = if body.first() == Some(&1) { 88 } else { 76 };
                let size = (be32(body, at).unwrap_or(0) >> 16, be32(body, at + 4).unwrap_or(0) >> 16);
                if size.0 > 0 {
                    (found.width, found.height) = size;
                }
            }
            b"ispe" => {
                found.width = found.width.max(be32(body, 4).unwrap_or(0));
                found.height = found.height.max(be32(body, 8).unwrap_or(0));
            }
            _ => {}
        }
        bytes = rest;
    }
}

/// Name, body, and what follows. A box that claims more than there is ends where the file does.
fn next_box(bytes: &[u8]) -> Option<(&[u8], &[u8], &[u8])> {
    let (head, size) = match be32(bytes, 0)? as usize {
        0 => (8, bytes.len()),
        1 => (16, usize::try_from((u64::from(be32(bytes, 8)?) << 32) | u64::from(be32(bytes, 12)?)).ok()?),
        size => (8, size),
    };
    let size = size.min(bytes.len());
    (size >= head).then(|| (&bytes[4..8], &bytes[head..size], &bytes[size..]))
}

fn walk_ebml(mut bytes: &[u8], found: &mut Measures, timing: &mut (f64, f64)) {
    while let Some((id, body, rest)) = next_element(bytes) {
        match id {
            // Segment, Info, Tracks, TrackEntry, Video
            0x1853_8067 | 0x1549_A966 | 0x1654_AE6B | 0xAE | 0xE0 => walk_ebml(body, found, timing),
            0xB0 => found.width = integer(body),
            0xBA => found.height = integer(body),
            0x2A_D7B1 => timing.0 = f64::from(integer(body)),
            0x4489 => timing.1 = float(body),
            _ => {}
        }
        bytes = rest;
    }
}

fn next_element(bytes: &[u8]) -> Option<(u32, &[u8], &[u8])> {
    let first = *bytes.first()?;
    let id_len = first.leading_zeros() as usize + 1;
    if id_len > 4 {
        return None;
    }
    let id = bytes.get(..id_len)?.iter().fold(0u32, |id, byte| (id << 8) | u32::from(*byte));
    let bytes = &bytes[id_len..];
    let size_len = bytes.first()?.leading_zeros() as usize + 1;
    let raw = bytes.get(..size_len.min(8))?;
    let value = raw.iter().fold(0u64, |size, byte| (size << 8) | u64::from(*byte));
    let size = value & ((1u64 << (7 * raw.len())) - 1);
    let bytes = &bytes[raw.len()..];
    // An unknown size (all ones) is larger than any file, so it too ends where the file does.
    let end = usize::try_from(size).unwrap_or(usize::MAX).min(bytes.len());
    Some((id, &bytes[..end], &bytes[end..]))
}

fn integer(body: &[u8]) -> u32 {
    body.iter().fold(0u32, |value, byte| (value << 8) | u32::from(*byte))
}

fn float(body: &[u8]) -> f64 {
    match (<[u8; 4]>::try_from(body), <[u8; 8]>::try_from(body)) {
        (Ok(bytes), _) => f64::from(f32::from_be_bytes(bytes)),
        (_, Ok(bytes)) => f64::from_be_bytes(bytes),
        _ => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boxes_tell_size_and_length() {
        let mut mvhd = vec![0u8; 100];
        mvhd[12..16].copy_from_slice(&1000u32.to_be_bytes());
        mvhd[16..20].copy_from_slice(&2000u32.to_be_bytes());
        let mut tkhd = vec![0u8; 84];
        tkhd[76..80].copy_from_slice(&(320u32 << 16).to_be_bytes());
        tkhd[80..84].copy_from_slice(&(240u32 << 16).to_be_bytes());
        let boxed = |name: &[u8], body: Vec<u8>| {
            let mut bytes = (body.len() as u32 + 8).to_be_bytes().to_vec();
            bytes.extend_from_slice(name);
            bytes.extend(body);
            bytes
        };
        let inner = [boxed(b"mvhd", mvhd), boxed(b"trak", boxed(b"tkhd", tkhd))].concat();
        let file = [boxed(b"ftyp", b"isomxxxx".to_vec()), boxed(b"moov", inner)].concat();
        assert_eq!(sniff(&file), Some(Kind::Mp4));
        assert_eq!(measure(Kind::Mp4, &file), Measures { width: 320, height: 240, duration: 2 });
        for cut in 0..file.len() {
            measure(Kind::Mp4, &file[..cut]);
            measure(Kind::Webm, &file[..cut]);
        }
    }
}
