//! GIF: a header, then blocks.

use std::io::{self, SeekFrom};
use std::ops::Range;

use super::{Source, array};

pub(crate) enum Kind {
    /// One frame with its own colours.
    Image,
    /// How the next frame is shown.
    Control,
    /// Text that is part of the picture.
    PlainText,
    /// Words that are not.
    Comment,
    /// Somebody's own data, by its eleven letters.
    Application([u8; 11]),
    /// Anything else.
    Unknown,
}

pub(crate) struct Block {
    pub(crate) kind: Kind,
    pub(crate) whole: Range<u64>,
}

impl Block {
    /// An XMP packet. It lies there as one text, whatever the blocks inside say.
    pub(crate) fn is_xmp(&self) -> bool {
        matches!(&self.kind, Kind::Application(name) if name == b"XMP DataXMP")
    }
}

pub(crate) struct Parts {
    /// Signature, screen and common colours.
    pub(crate) header: Range<u64>,
    pub(crate) blocks: Vec<Block>,
    /// Behind the trailer, or the end of a file that was cut off.
    pub(crate) end: u64,
    /// Whether the trailer is there.
    pub(crate) closed: bool,
}

/// Walks the blocks, or until `stop` says so.
pub(crate) fn walk(
    source: &mut impl Source,
    length: u64,
    mut stop: impl FnMut(&Block) -> bool,
) -> io::Result<Parts> {
    let [flags] = array(source, 10)?;
    let header = 0..13 + colours(flags);
    let mut parts = Parts { blocks: Vec::new(), end: length, closed: false, header };
    let mut at = parts.header.end;
    while at < length {
        let start = at;
        let kind = match array(source, at)? {
            [0x3B] => {
                (parts.end, parts.closed) = (at + 1, true);
                break;
            }
            [0x2C] => {
                let [flags] = array(source, at + 9)?;
                at = sub_blocks(source, at + 11 + colours(flags), length)?;
                Kind::Image
            }
            [0x21] => {
                let [label] = array(source, at + 1)?;
                let kind = match label {
                    0xF9 => Kind::Control,
                    0x01 => Kind::PlainText,
                    0xFE => Kind::Comment,
                    0xFF => match array(source, at + 2)? {
                        [11] => Kind::Application(array(source, at + 3)?),
                        _ => Kind::Unknown,
                    },
                    _ => Kind::Unknown,
                };
                at = sub_blocks(source, at + 2, length)?;
                kind
            }
            _ => return Err(io::Error::new(io::ErrorKind::InvalidData, "no block where one belongs")),
        };
        let block = Block { kind, whole: start..at };
        let last = stop(&block);
        parts.blocks.push(block);
        if last {
            break;
        }
    }
    Ok(parts)
}

/// The length of a colour table.
fn colours(flags: u8) -> u64 {
    if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) }
}

/// Behind a chain of sub-blocks.
fn sub_blocks(source: &mut impl Source, from: u64, length: u64) -> io::Result<u64> {
    source.seek(SeekFrom::Start(from))?;
    let mut at = from;
    while at < length {
        let mut size = [0];
        source.read_exact(&mut size)?;
        at += 1 + u64::from(size[0]);
        if size[0] == 0 {
            return Ok(at);
        }
        source.seek_relative(size[0].into())?;
    }
    Err(io::ErrorKind::UnexpectedEof.into())
}
