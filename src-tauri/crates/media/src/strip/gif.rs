//! GIF: comments and other programs' data out; frames, timing and the loop kept.

use std::fs::File;
use std::io;

use super::{Copy, Privacy, Removed};
use crate::walk::gif::{Kind, walk};

pub(super) fn lay_out(file: &mut File, length: u64, level: Privacy) -> io::Result<Copy> {
    let parts = walk(file, length, |_| false)?;
    let mut copy = Copy::default();
    copy.keep(parts.header.clone());
    let mut end = parts.header.end;
    for block in &parts.blocks {
        let all = level == Privacy::All;
        let goes = match &block.kind {
            Kind::Comment if all => Some(Removed::Comments),
            Kind::Application(name) => match name {
                b"NETSCAPE2.0" | b"ANIMEXTS1.0" | b"ICCRGBG1012" => None,
                b"XMP DataXMP" => Some(Removed::Captions),
                _ if all => Some(Removed::Other),
                _ => None,
            },
            Kind::Unknown if all => Some(Removed::Other),
            Kind::Unknown | Kind::Comment | Kind::Image | Kind::Control | Kind::PlainText => None,
        };
        match goes {
            Some(what) => copy.drop(what),
            None => copy.keep(block.whole.clone()),
        }
        end = block.whole.end;
    }
    if parts.closed {
        copy.keep(end..parts.end);
    }
    if parts.end < length {
        copy.drop(Removed::Trailer);
    }
    Ok(copy)
}
