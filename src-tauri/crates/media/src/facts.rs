//! What a file says about itself, read from its headers; no picture data is decoded.

use std::io::{self, Seek};
use std::path::Path;

use crate::opened::Opened;
use crate::walk::{self, boxes, gif, jpeg, png, riff};
use crate::{Error, Format, Limits, Removed, exif, jxl, photoshop, png_text, sniff, strip, xmp};

/// No EXIF block, movie header or the like is larger.
const MOST: u64 = 16 * 1024 * 1024;

/// Width and height in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Dimensions {
    /// Pixels from left to right.
    pub width: u32,
    /// Pixels from top to bottom.
    pub height: u32,
}

/// How stored pixels are to be turned and mirrored before they are shown: the eight values of EXIF.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Orientation {
    /// 1: as stored.
    #[default]
    Upright,
    /// 2: mirrored left to right.
    Mirrored,
    /// 3: turned by 180 degrees.
    HalfTurn,
    /// 4: mirrored top to bottom.
    Flipped,
    /// 5: mirrored left to right, then turned 270 degrees clockwise.
    Transposed,
    /// 6: to be turned 90 degrees clockwise.
    QuarterTurn,
    /// 7: mirrored left to right, then turned 90 degrees clockwise.
    Transversed,
    /// 8: to be turned 270 degrees clockwise.
    ThreeQuarterTurn,
}

/// What is known of one picture or clip without decoding it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// Told by the bytes.
    pub format: Format,
    /// Length of the file in bytes.
    pub size: u64,
    /// As shown, orientation applied. `None` when the file does not say or is too damaged to tell.
    pub dimensions: Option<Dimensions>,
    /// How the stored pixels are to be turned to be shown.
    pub orientation: Orientation,
    /// More than one frame (GIF, WebP, APNG, AVIF sequence). Clips are not `animated`.
    pub animated: bool,
    /// Length of a clip in milliseconds; `None` for pictures and for clips that do not say.
    pub duration_ms: Option<u64>,
    /// The file carries a place: GPS in EXIF or XMP, or a location atom in a clip.
    pub has_location: bool,
    /// EXIF ImageDescription, trimmed; a site takes it as the title when none is given. `None` when blank.
    pub title_hint: Option<String>,
}

/// Reads the facts of one file. Reads headers only, a few kilobytes of a file of any length.
///
/// # Errors
/// [`Error::Missing`], [`Error::Unreadable`], [`Error::Empty`], [`Error::NotAPicture`]. Damage behind the first
/// bytes is no error here: what cannot be read is `None`.
pub fn inspect(path: &Path) -> Result<Facts, Error> {
    let mut file = Opened::open_in_part(path)?;
    let mut facts = of(&mut file)?;
    if has_place_apart(facts.format) {
        facts.has_location = strip::has_place(&mut file, facts.format, facts.size);
    }
    Ok(facts)
}

/// Whether a place in it is found only by going through the file.
fn has_place_apart(format: Format) -> bool {
    format.is_clip() || matches!(format, Format::Avif | Format::Heic)
}

/// For whoever does not ask for the place: of a clip, AVIF or HEIC it is not looked for.
pub(crate) fn without_place(path: &Path) -> Result<Facts, Error> {
    of(&mut Opened::open_in_part(path)?)
}

/// The same of an open file.
pub(crate) fn of(file: &mut Opened) -> Result<Facts, Error> {
    let head = file.head().map_err(Error::reading)?;
    if head.is_empty() {
        return Err(Error::Empty);
    }
    let size = file.size;
    let format = sniff(&head).ok_or(Error::NotAPicture)?;
    let mut facts = Facts {
        format,
        size,
        dimensions: None,
        orientation: Orientation::Upright,
        animated: false,
        duration_ms: None,
        has_location: false,
        title_hint: None,
    };
    // What a damaged file does not say is not known; the rest is.
    let told = match format {
        Format::Jpeg => of_jpeg(file, &mut facts),
        Format::Png => of_png(file, &mut facts),
        Format::Gif => of_gif(file, &mut facts),
        Format::Webp => of_webp(file, &mut facts),
        Format::Bmp | Format::Tiff | Format::Ico => of_plain(file, &mut facts),
        Format::Avif | Format::Heic => of_still(file, &mut facts),
        Format::Mp4 | Format::Mov => of_movie(file, &mut facts),
        Format::Webm | Format::Mkv => of_matroska(file, &mut facts),
        Format::Jxl => of_jxl(file, &mut facts),
        Format::Psd | Format::Svg | Format::Pdf | Format::Avi => Ok(()),
    };
    drop(told);
    facts.dimensions = facts.dimensions.filter(|d| d.width > 0 && d.height > 0);
    if facts.orientation.turns() {
        facts.dimensions = facts.dimensions.map(|d| Dimensions { width: d.height, height: d.width });
    }
    Ok(facts)
}

fn of_exif(tiff: &[u8], facts: &mut Facts) {
    let summary = exif::summary(tiff);
    facts.orientation = summary.orientation;
    facts.has_location |= summary.has_location;
    facts.title_hint = summary.title;
}

fn of_xmp(packet: &[u8], facts: &mut Facts) {
    facts.has_location |= xmp::has_place(packet);
}

fn of_jpeg(file: &mut Opened, facts: &mut Facts) -> io::Result<()> {
    let mut picture = jpeg::Walk::new(file, facts.size);
    while let Some(segment) = picture.segment()? {
        let file = &mut *picture.source;
        let is_frame = matches!(segment.marker, 0xC0..=0xCF) && !matches!(segment.marker, 0xC4 | 0xC8 | 0xCC);
        if is_frame && facts.dimensions.is_none() {
            let [_, a, b, c, d]: [u8; 5] = walk::array(file, segment.content.start)?;
            let (height, width) = (u16::from_be_bytes([a, b]), u16::from_be_bytes([c, d]));
            facts.dimensions = Some(Dimensions { width: width.into(), height: height.into() });
        }
        if segment.marker == jpeg::APP0 + 1 {
            let content = walk::bytes(file, &segment.content, MOST)?;
            match content.strip_prefix(b"Exif\0\0") {
                Some(tiff) => of_exif(tiff, facts),
                None => of_xmp(&content, facts),
            }
        }
        if segment.marker == jpeg::APP0 + 13 {
            let kinds = photoshop::kinds(&walk::bytes(file, &segment.content, MOST)?);
            facts.has_location |= kinds.contains(&Removed::Location);
        }
        if segment.marker == jpeg::SOS {
            break;
        }
    }
    Ok(())
}

fn of_png(file: &mut Opened, facts: &mut Facts) -> io::Result<()> {
    let [a, b, c, d, e, f, g, h]: [u8; 8] = walk::array(file, png::START + 8)?;
    let (width, height) = (u32::from_be_bytes([a, b, c, d]), u32::from_be_bytes([e, f, g, h]));
    facts.dimensions = Some(Dimensions { width, height });
    let size = facts.size;
    for chunk in png::walk(file, size, |_| false)? {
        match &chunk.kind {
            b"acTL" => facts.animated = u32::from_be_bytes(walk::array(file, chunk.content.start)?) > 1,
            b"eXIf" => of_exif(&walk::bytes(file, &chunk.content, MOST)?, facts),
            b"tEXt" | b"zTXt" | b"iTXt" => {
                let text = png_text::read(&chunk.kind, &walk::bytes(file, &chunk.content, MOST)?);
                facts.has_location |= text.kinds.contains(&Removed::Location);
            }
            _ => {}
        }
    }
    Ok(())
}

fn of_gif(file: &mut Opened, facts: &mut Facts) -> io::Result<()> {
    let [a, b, c, d]: [u8; 4] = walk::array(file, 6)?;
    let (width, height) = (u16::from_le_bytes([a, b]).into(), u16::from_le_bytes([c, d]).into());
    facts.dimensions = Some(Dimensions { width, height });
    let mut frames = 0;
    let parts = gif::walk(file, facts.size, |block| {
        frames += u32::from(matches!(block.kind, gif::Kind::Image));
        frames > 1
    })?;
    facts.animated = frames > 1;
    for block in parts.blocks.iter().filter(|block| block.is_xmp()) {
        of_xmp(&walk::bytes(file, &block.whole, MOST)?, facts);
    }
    Ok(())
}

fn of_webp(file: &mut Opened, facts: &mut Facts) -> io::Result<()> {
    let (chunks, _) = riff::walk(file, facts.size)?;
    for chunk in &chunks {
        match &chunk.kind {
            b"VP8X" => {
                let content: [u8; 10] = walk::array(file, chunk.content.start)?;
                let side =
                    |at: usize| 1 + u32::from_le_bytes([content[at], content[at + 1], content[at + 2], 0]);
                facts.dimensions = Some(Dimensions { width: side(4), height: side(7) });
                facts.animated = content[0] & 0x02 != 0;
            }
            b"VP8 " if facts.dimensions.is_none() => {
                let [.., a, b, c, d]: [u8; 10] = walk::array(file, chunk.content.start)?;
                let side = |low, high| u32::from(u16::from_le_bytes([low, high]) & 0x3FFF);
                facts.dimensions = Some(Dimensions { width: side(a, b), height: side(c, d) });
            }
            b"VP8L" if facts.dimensions.is_none() => {
                let [_, bits @ ..]: [u8; 5] = walk::array(file, chunk.content.start)?;
                let bits = u32::from_le_bytes(bits);
                facts.dimensions =
                    Some(Dimensions { width: 1 + (bits & 0x3FFF), height: 1 + (bits >> 14 & 0x3FFF) });
            }
            b"EXIF" => {
                let content = walk::bytes(file, &chunk.content, MOST)?;
                of_exif(content.strip_prefix(b"Exif\0\0").unwrap_or(&content), facts);
            }
            b"XMP " => of_xmp(&walk::bytes(file, &chunk.content, MOST)?, facts),
            _ => {}
        }
    }
    Ok(())
}

fn of_jxl(file: &mut Opened, facts: &mut Facts) -> io::Result<()> {
    file.rewind()?;
    let header = jxl::header(file, &Limits::default())?;
    (facts.dimensions, facts.animated) = (Some(header.dimensions), header.animated);
    Ok(())
}

/// Formats whose header the decoders read well enough.
fn of_plain(file: &mut Opened, facts: &mut Facts) -> io::Result<()> {
    let format = match facts.format {
        Format::Bmp => image::ImageFormat::Bmp,
        Format::Ico => image::ImageFormat::Ico,
        _ => image::ImageFormat::Tiff,
    };
    file.rewind()?;
    let mut reader = image::ImageReader::with_format(file, format);
    reader.limits(image::Limits::default());
    let (width, height) = reader.into_dimensions().map_err(io::Error::other)?;
    facts.dimensions = Some(Dimensions { width, height });
    Ok(())
}

fn of_still(file: &mut Opened, facts: &mut Facts) -> io::Result<()> {
    let [.., brand]: [[u8; 4]; 3] = [[0; 4], walk::array(file, 4)?, walk::array(file, 8)?];
    facts.animated = &brand == b"avis" || &brand == b"msf1";
    let size = facts.size;
    let Some(properties) = boxes::at_path(file, 0..size, &[b"meta", b"iprp", b"ipco"])? else {
        return Ok(());
    };
    let own = of_primary(file, size)?;
    let (mut quarters, mut axis) = (0, None);
    for (index, property) in (1..).zip(boxes::inside(file, properties)?) {
        // Others are of its tiles and small pictures.
        if own.as_ref().is_some_and(|own| !own.contains(&index)) {
            continue;
        }
        match &property.kind {
            // Where nothing says whose it is, the largest is the picture itself.
            b"ispe" => {
                let [_, _, _, _, a, b, c, d, e, f, g, h]: [u8; 12] =
                    walk::array(file, property.content.start)?;
                let (width, height) = (u32::from_be_bytes([a, b, c, d]), u32::from_be_bytes([e, f, g, h]));
                let area = |d: Dimensions| u64::from(d.width) * u64::from(d.height);
                let found = Dimensions { width, height };
                if facts.dimensions.is_none_or(|known| area(found) > area(known)) {
                    facts.dimensions = Some(found);
                }
            }
            b"irot" => quarters = walk::array::<1>(file, property.content.start)?[0] & 3,
            b"imir" => axis = Some(walk::array::<1>(file, property.content.start)?[0] & 1),
            _ => {}
        }
    }
    facts.orientation = turned(quarters, axis);
    Ok(())
}

/// Which properties the picture itself has, counted from 1; `None` when the file does not say.
fn of_primary(file: &mut Opened, size: u64) -> io::Result<Option<Vec<u16>>> {
    let Some(primary) = boxes::at_path(file, 0..size, &[b"meta", b"pitm"])? else { return Ok(None) };
    let Some(links) = boxes::at_path(file, 0..size, &[b"meta", b"iprp", b"ipma"])? else { return Ok(None) };
    let primary = walk::bytes(file, &primary, MOST)?;
    let primary = match primary.as_slice() {
        [0, _, _, _, a, b, ..] => u32::from(u16::from_be_bytes([*a, *b])),
        [_, _, _, _, a, b, c, d, ..] => u32::from_be_bytes([*a, *b, *c, *d]),
        _ => return Ok(None),
    };
    let links = walk::bytes(file, &links, MOST)?;
    let [version, _, _, flags, _, _, _, _, entries @ ..] = links.as_slice() else { return Ok(None) };
    let mut rest = entries;
    let (wide_items, wide_links) = (*version > 0, flags & 1 == 1);
    loop {
        let (item, count, behind) = match rest {
            [a, b, count, behind @ ..] if !wide_items => {
                (u16::from_be_bytes([*a, *b]).into(), *count, behind)
            }
            [a, b, c, d, count, behind @ ..] => (u32::from_be_bytes([*a, *b, *c, *d]), *count, behind),
            _ => return Ok(None),
        };
        let length = usize::from(count) * if wide_links { 2 } else { 1 };
        let Some((own, behind)) = behind.split_at_checked(length) else { return Ok(None) };
        if item == primary {
            // The highest bit says whether a reader has to know the property.
            return Ok(Some(if wide_links {
                own.chunks_exact(2).map(|two| u16::from_be_bytes([two[0], two[1]]) & 0x7FFF).collect()
            } else {
                own.iter().map(|index| u16::from(index & 0x7F)).collect()
            }));
        }
        rest = behind;
    }
}

/// HEIF turns to the left by quarters, then mirrors: axis 0 swaps top and bottom, axis 1 left and right.
fn turned(quarters: u8, axis: Option<u8>) -> Orientation {
    match (quarters, axis) {
        (0, None) => Orientation::Upright,
        (1, None) => Orientation::ThreeQuarterTurn,
        (2, None) => Orientation::HalfTurn,
        (_, None) => Orientation::QuarterTurn,
        (0, Some(1)) | (2, Some(0)) => Orientation::Mirrored,
        (0 | 2, Some(_)) => Orientation::Flipped,
        (1, Some(1)) | (3, Some(0)) => Orientation::Transversed,
        (_, Some(_)) => Orientation::Transposed,
    }
}

fn of_movie(file: &mut Opened, facts: &mut Facts) -> io::Result<()> {
    let size = facts.size;
    let Some(movie) = boxes::at_path(file, 0..size, &[b"moov"])? else { return Ok(()) };
    if let Some(header) = boxes::at_path(file, movie.clone(), &[b"mvhd"])? {
        let [version] = walk::array(file, header.start)?;
        let (scale, duration) = if version == 1 {
            let scale = u32::from_be_bytes(walk::array(file, header.start + 20)?);
            (scale, u64::from_be_bytes(walk::array(file, header.start + 24)?))
        } else {
            let scale = u32::from_be_bytes(walk::array(file, header.start + 12)?);
            (scale, u32::from_be_bytes(walk::array(file, header.start + 16)?).into())
        };
        facts.duration_ms = duration.checked_mul(1000).and_then(|ms| ms.checked_div(scale.into()));
    }
    for track in boxes::inside(file, movie.clone())?.into_iter().filter(|found| &found.kind == b"trak") {
        let Some(header) = boxes::at_path(file, track.content, &[b"tkhd"])? else { continue };
        // Width and height close the header, in 16.16; a track of sound has none.
        let Some(at) = header.end.checked_sub(8).filter(|at| *at >= header.start) else { continue };
        let [a, b, _, _, c, d, _, _]: [u8; 8] = walk::array(file, at)?;
        let (width, height) = (u16::from_be_bytes([a, b]).into(), u16::from_be_bytes([c, d]).into());
        if width > 0 && height > 0 {
            facts.dimensions.get_or_insert(Dimensions { width, height });
        }
    }
    Ok(())
}

/// Length and size of a Matroska file stand near its beginning.
fn of_matroska(file: &mut Opened, facts: &mut Facts) -> io::Result<()> {
    let start = walk::bytes(file, &(0..facts.size.min(1024 * 1024)), MOST)?;
    let mut told = Matroska { scale: 1_000_000, ..Matroska::default() };
    told.read(&start, 0);
    facts.duration_ms = told.duration.map(|units| (units * told.scale as f64 / 1e6) as u64);
    facts.dimensions = told.width.zip(told.height).map(|(width, height)| Dimensions { width, height });
    Ok(())
}

#[derive(Default)]
struct Matroska {
    /// Nanoseconds in a unit of time.
    scale: u64,
    duration: Option<f64>,
    width: Option<u32>,
    height: Option<u32>,
}

impl Matroska {
    fn read(&mut self, mut bytes: &[u8], depth: u8) {
        while let Some((id, content, rest)) = element(bytes) {
            match id {
                // Segment, information, tracks, track, video: what is inside counts.
                0x1853_8067 | 0x1549_A966 | 0x1654_AE6B | 0xAE | 0xE0 if depth < 5 => {
                    self.read(content, depth + 1);
                }
                0x2A_D7B1 => self.scale = number(content),
                0x4489 => self.duration = float(content),
                0xB0 => self.width = u32::try_from(number(content)).ok(),
                0xBA => self.height = u32::try_from(number(content)).ok(),
                _ => {}
            }
            bytes = rest;
        }
    }
}

/// Id, content and what follows. Content that reaches beyond what was read is cut.
fn element(bytes: &[u8]) -> Option<(u32, &[u8], &[u8])> {
    let id_length = bytes.first()?.leading_zeros() as usize + 1;
    if id_length > 4 {
        return None;
    }
    let id = bytes.get(..id_length)?.iter().fold(0, |id, byte| id << 8 | u32::from(*byte));
    let bytes = &bytes[id_length..];
    let first = *bytes.first()?;
    let length = first.leading_zeros() as usize + 1;
    if length > 8 {
        return None;
    }
    let mask = if length == 8 { 0 } else { 0xFF_u8 >> length };
    let size =
        bytes.get(1..length)?.iter().fold(u64::from(first & mask), |size, byte| size << 8 | u64::from(*byte));
    let bytes = &bytes[length..];
    let end = usize::try_from(size).unwrap_or(usize::MAX).min(bytes.len());
    Some((id, &bytes[..end], &bytes[end..]))
}

fn number(bytes: &[u8]) -> u64 {
    bytes.iter().take(8).fold(0, |number, byte| number << 8 | u64::from(*byte))
}

fn float(bytes: &[u8]) -> Option<f64> {
    match bytes.len() {
        4 => Some(f32::from_be_bytes(bytes.try_into().ok()?).into()),
        8 => Some(f64::from_be_bytes(bytes.try_into().ok()?)),
        _ => None,
    }
    .filter(|value: &f64| value.is_finite() && *value >= 0.0)
}
