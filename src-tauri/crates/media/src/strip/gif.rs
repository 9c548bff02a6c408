//! GIF: comments and other programs' data out; frames, timing and the loop kept.

use std::io;

use super::{Copy, Privacy, Removed};
use crate::walk::gif::{Kind, walk};
use crate::walk::{Source, bytes};
use crate::xmp;

/// Words are smaller.
const MOST: u64 = 64 * 1024 * 1024;

pub(super) fn lay_out(source: &mut impl Source, length: u64, level: Privacy) -> io::Result<Copy> {
    let parts = walk(source, length, |_| false)?;
    let mut copy = Copy::default();
    copy.keep(parts.header.clone());
    let mut end = parts.header.end;
    for block in &parts.blocks {
        if block.is_xmp() {
            copy.removed.extend(xmp::kinds(&bytes(source, &block.whole, MOST)?));
            end = block.whole.end;
            continue;
        }
        let all = level == Privacy::All;
        let goes = match &block.kind {
            Kind::Comment if all => Some(Removed::Comments),
            Kind::Application(name) => match name {
                b"NETSCAPE2.0" | b"ANIMEXTS1.0" | b"ICCRGBG1012" => None,
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
