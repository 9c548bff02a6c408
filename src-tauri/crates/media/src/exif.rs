//! EXIF: what is in it, and how to keep only what is needed to show the picture.

use std::collections::BTreeSet;

use exif::{Context, In, Reader, Tag, Value};

use crate::{Orientation, Removed};

/// What an EXIF block says.
#[derive(Debug, Default)]
pub(crate) struct Summary {
    pub(crate) orientation: Orientation,
    pub(crate) has_location: bool,
    pub(crate) title: Option<String>,
    /// The kinds of private things in it.
    pub(crate) private: BTreeSet<Removed>,
}

impl Orientation {
    pub(crate) fn from_exif(value: u32) -> Self {
        match value {
            2 => Self::Mirrored,
            3 => Self::HalfTurn,
            4 => Self::Flipped,
            5 => Self::Transposed,
            6 => Self::QuarterTurn,
            7 => Self::Transversed,
            8 => Self::ThreeQuarterTurn,
            _ => Self::Upright,
        }
    }

    pub(crate) fn to_exif(self) -> u8 {
        match self {
            Self::Upright => 1,
            Self::Mirrored => 2,
            Self::HalfTurn => 3,
            Self::Flipped => 4,
            Self::Transposed => 5,
            Self::QuarterTurn => 6,
            Self::Transversed => 7,
            Self::ThreeQuarterTurn => 8,
        }
    }

    /// Whether width and height change places.
    pub(crate) fn turns(self) -> bool {
        matches!(self, Self::Transposed | Self::QuarterTurn | Self::Transversed | Self::ThreeQuarterTurn)
    }
}

/// Reads a TIFF block. One that cannot be read has something private in it as far as we know.
pub(crate) fn summary(tiff: &[u8]) -> Summary {
    let mut reader = Reader::new();
    reader.continue_on_error(true);
    let mut in_part = false;
    let read =
        reader.read_raw(tiff.to_vec()).or_else(|error| error.distill_partial_result(|_| in_part = true));
    let Ok(exif) = read else {
        return Summary { private: [Removed::Other].into(), ..Summary::default() };
    };
    let mut summary = Summary::default();
    if in_part {
        // What could not be followed may be anything, a place as well.
        summary.private.insert(Removed::Other);
    }
    for field in exif.fields() {
        if field.ifd_num == In::THUMBNAIL {
            summary.private.insert(Removed::Thumbnail);
            continue;
        }
        if field.tag.context() == Context::Gps {
            summary.has_location = true;
        }
        summary.private.extend(kind_of(field.tag));
    }
    if let Some(field) = exif.get_field(Tag::Orientation, In::PRIMARY) {
        summary.orientation = Orientation::from_exif(field.value.get_uint(0).unwrap_or(1));
    }
    summary.title = exif.get_field(Tag::ImageDescription, In::PRIMARY).and_then(|field| match &field.value {
        Value::Ascii(texts) => {
            let text = String::from_utf8_lossy(texts.first()?).trim().to_owned();
            Some(text).filter(|text| !text.is_empty())
        }
        _ => None,
    });
    summary
}

fn kind_of(tag: Tag) -> Option<Removed> {
    if tag.context() == Context::Gps {
        return Some(Removed::Location);
    }
    match tag {
        // Needed to show the picture, or said by the picture itself.
        Tag::Orientation
        | Tag::ColorSpace
        | Tag::PixelXDimension
        | Tag::PixelYDimension
        | Tag::XResolution
        | Tag::YResolution
        | Tag::ResolutionUnit
        | Tag::YCbCrPositioning
        | Tag::ComponentsConfiguration
        | Tag::ExifVersion
        | Tag::FlashpixVersion => None,
        // By number: some programs put them into the wrong directory.
        Tag(_, 0xA431 | 0xA435 | 0xA420) => Some(Removed::Serial),
        Tag::Artist | Tag::Copyright | Tag(_, 0xA430) => Some(Removed::Owner),
        // The second are the title, comment, author, keywords and subject of Windows.
        Tag::ImageDescription | Tag(_, 0x9C9B..=0x9C9F) => Some(Removed::Captions),
        Tag::UserComment => Some(Removed::Comments),
        Tag::DateTime | Tag::DateTimeOriginal | Tag::DateTimeDigitized => Some(Removed::Dates),
        Tag::Software => Some(Removed::Software),
        _ => Some(Removed::Camera),
    }
}

/// A TIFF block that says nothing but how the picture is to be turned.
pub(crate) fn only_orientation(orientation: Orientation) -> Vec<u8> {
    let mut tiff = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    tiff.extend_from_slice(&[orientation.to_exif(), 0, 0, 0, 0, 0, 0]);
    tiff
}

/// Changes a TIFF block in place, so that it says that the picture is upright. `None` when it does not say plainly how it
/// is turned; then nothing is changed.
pub(crate) fn say_upright(tiff: &mut [u8]) -> Option<()> {
    const ORIENTATION: u16 = 0x0112;
    const SHORT: u16 = 3;
    let mut block = Block { big: tiff.get(..2)? == b"MM", bytes: tiff.to_vec() };
    let first = block.u32(4)? as usize;
    let count = usize::from(block.u16(first)?);
    let entry =
        (0..count).map(|index| first + 2 + index * 12).find(|at| block.u16(*at) == Some(ORIENTATION))?;
    if (block.u16(entry + 2)?, block.u32(entry + 4)?) != (SHORT, 1) {
        return None;
    }
    block.put_u16(entry + 8, Orientation::Upright.to_exif().into())?;
    tiff.copy_from_slice(&block.bytes);
    Some(())
}

/// The same TIFF block, of the same length, without the place: the pointer to it is gone, and where it pointed is
/// zero. `None` when the block does not keep to its format, so that nothing can be promised.
pub(crate) fn without_location(tiff: &[u8]) -> Option<Vec<u8>> {
    const GPS: u16 = 0x8825;
    let mut block = Block { bytes: tiff.to_vec(), big: tiff.get(..2)? == b"MM" };
    let first = block.u32(4)? as usize;
    let count = usize::from(block.u16(first)?);
    let entry = (0..count).map(|index| first + 2 + index * 12).find(|at| block.u16(*at) == Some(GPS))?;
    let place = block.u32(entry + 8)? as usize;
    block.wipe_directory(place)?;
    // The entries behind move up, so that the directory stays sorted and whole; the last one's place is left empty.
    let end = first + 2 + count * 12;
    let next = block.u32(end)?;
    block.bytes.copy_within(entry + 12..end, entry);
    let end = end - 12;
    block.put_u32(end, next)?;
    block.bytes.get_mut(end + 4..end + 16)?.fill(0);
    block.put_u16(first, u16::try_from(count - 1).ok()?)?;
    Some(block.bytes)
}

struct Block {
    bytes: Vec<u8>,
    big: bool,
}

impl Block {
    fn u16(&self, at: usize) -> Option<u16> {
        let bytes = self.bytes.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if self.big { u16::from_be_bytes(bytes) } else { u16::from_le_bytes(bytes) })
    }

    fn u32(&self, at: usize) -> Option<u32> {
        let bytes = self.bytes.get(at..at.checked_add(4)?)?.try_into().ok()?;
        Some(if self.big { u32::from_be_bytes(bytes) } else { u32::from_le_bytes(bytes) })
    }

    fn put_u16(&mut self, at: usize, value: u16) -> Option<()> {
        let bytes = if self.big { value.to_be_bytes() } else { value.to_le_bytes() };
        self.bytes.get_mut(at..at.checked_add(2)?)?.copy_from_slice(&bytes);
        Some(())
    }

    fn put_u32(&mut self, at: usize, value: u32) -> Option<()> {
        let bytes = if self.big { value.to_be_bytes() } else { value.to_le_bytes() };
        self.bytes.get_mut(at..at.checked_add(4)?)?.copy_from_slice(&bytes);
        Some(())
    }

    /// Zeroes a directory and the values that it points to.
    fn wipe_directory(&mut self, at: usize) -> Option<()> {
        let count = usize::from(self.u16(at)?);
        for entry in (0..count).map(|index| at + 2 + index * 12) {
            let unit = match self.u16(entry + 2)? {
                1 | 2 | 6 | 7 => 1,
                3 | 8 => 2,
                4 | 9 | 11 => 4,
                5 | 10 | 12 => 8,
                _ => return None,
            };
            let length = (self.u32(entry + 4)? as usize).checked_mul(unit)?;
            if length > 4 {
                let value = self.u32(entry + 8)? as usize;
                self.bytes.get_mut(value..value.checked_add(length)?)?.fill(0);
            }
        }
        self.bytes.get_mut(at..at.checked_add(2 + count * 12 + 4)?)?.fill(0);
        Some(())
    }
}
