//! What the boxes of words in a movie hold: user data of QuickTime and 3GPP, metadata by keys, and that of iTunes.

use std::collections::BTreeSet;
use std::io;

use super::{MOST, Removed, is_zero};
use crate::walk::boxes::{Found, inside};
use crate::walk::{Source, array, bytes};
use crate::xmp;

/// What one entry of user data holds; nothing for room that was left free.
pub(super) fn of_user_data(source: &mut impl Source, entry: &Found) -> io::Result<BTreeSet<Removed>> {
    let is_room = matches!(&entry.kind, b"free" | b"skip" | [0, 0, 0, 0]);
    if is_room && is_zero(source, entry.content.clone())? {
        return Ok(BTreeSet::new());
    }
    if &entry.kind == b"XMP_" {
        return Ok(xmp::kinds(&bytes(source, &entry.content, MOST)?));
    }
    if let Some(kind) = of_kind(entry.kind) {
        return Ok([kind].into());
    }
    let place = tell_a_place(&bytes(source, &entry.content, MOST)?);
    Ok([if place { Removed::Location } else { Removed::Other }].into())
}

/// What a box of metadata holds; nothing when there are no entries in it.
pub(super) fn of_metadata(source: &mut impl Source, part: &Found) -> io::Result<BTreeSet<Removed>> {
    Ok(entries(source, part)?.into_iter().map(|(_, kind)| kind).collect())
}

/// The entries of a box of metadata that hold a place.
pub(super) fn places_of_metadata(source: &mut impl Source, part: &Found) -> io::Result<Vec<Found>> {
    let entries = entries(source, part)?.into_iter();
    Ok(entries.filter(|(_, kind)| *kind == Removed::Location).map(|(entry, _)| entry).collect())
}

fn entries(source: &mut impl Source, part: &Found) -> io::Result<Vec<(Found, Removed)>> {
    let mut range = part.content.clone();
    // In MP4 it begins with a version and flags; in QuickTime it does not.
    if range.end - range.start >= 8 && array::<8>(source, range.start)?[4..] != *b"hdlr" {
        range.start += 4;
    }
    let mut entries = Vec::new();
    let mut names = Vec::new();
    for child in inside(source, range)? {
        match &child.kind {
            b"hdlr" | b"ctry" | b"lang" => {}
            b"free" | b"skip" if is_zero(source, child.content.clone())? => {}
            b"keys" => names = keys(source, &child)?,
            b"ilst" => {
                for item in inside(source, child.content.clone())? {
                    if &item.kind == b"free" && is_zero(source, item.content.clone())? {
                        continue;
                    }
                    let number = u32::from_be_bytes(item.kind) as usize;
                    let kind = match names.get(number.wrapping_sub(1)) {
                        Some(name) => of_key(name),
                        None => match of_kind(item.kind) {
                            Some(kind) => kind,
                            None => of_key(&bytes(source, &item.content, MOST)?),
                        },
                    };
                    entries.push((item, kind));
                }
            }
            // XML, items and what else may be in there.
            _ => {
                let place = tell_a_place(&bytes(source, &child.content, MOST)?);
                entries.push((child, if place { Removed::Location } else { Removed::Other }));
            }
        }
    }
    Ok(entries)
}

/// The names of the keys, each with its length and name space before it.
fn keys(source: &mut impl Source, part: &Found) -> io::Result<Vec<Vec<u8>>> {
    let content = bytes(source, &part.content, MOST)?;
    let mut rest = content.get(8..).unwrap_or_default();
    let mut names = Vec::new();
    while let Some((length, behind)) = rest.split_first_chunk::<4>() {
        let length = u32::from_be_bytes(*length) as usize;
        let Some(key) = length.checked_sub(4).and_then(|length| behind.get(..length)) else { break };
        names.push(key.get(4..).unwrap_or_default().to_vec());
        rest = &behind[key.len()..];
        if key.is_empty() {
            break;
        }
    }
    Ok(names)
}

/// By the four letters of QuickTime, 3GPP, iTunes and GoPro.
fn of_kind(kind: [u8; 4]) -> Option<Removed> {
    Some(match &kind {
        b"\xA9xyz" | b"loci" => Removed::Location,
        b"\xA9mak" | b"\xA9mod" | b"\xA9inf" | b"CAME" | b"LENS" | b"manu" | b"modl" => Removed::Camera,
        b"MUID" | b"\xA9snm" | b"\xA9ser" => Removed::Serial,
        b"FIRM" | b"\xA9swr" | b"\xA9too" | b"\xA9enc" => Removed::Software,
        b"\xA9day" | b"yrrc" | b"date" => Removed::Dates,
        b"auth" | b"perf" | b"cprt" | b"\xA9aut" | b"\xA9ART" | b"\xA9cpy" | b"\xA9dir" | b"aART" => {
            Removed::Owner
        }
        b"titl" | b"dscp" | b"kywd" | b"gnre" | b"albm" | b"\xA9nam" | b"\xA9des" | b"\xA9alb" | b"desc"
        | b"ldes" => Removed::Captions,
        b"\xA9cmt" | b"clsf" => Removed::Comments,
        b"thmb" | b"tnal" | b"snal" | b"covr" => Removed::Thumbnail,
        _ => return None,
    })
}

/// By a key such as `com.apple.quicktime.location.ISO6709`.
pub(in crate::strip) fn of_key(name: &[u8]) -> Removed {
    let name = name.to_ascii_lowercase();
    let has =
        |words: &[&str]| words.iter().any(|word| memchr::memmem::find(&name, word.as_bytes()).is_some());
    if has(&["location", "gps", "latitude", "iso6709"]) {
        Removed::Location
    } else if has(&["serial", "identifier", "uuid"]) {
        Removed::Serial
    } else if has(&["make", "model", "camera", "lens", "manufacturer"]) {
        Removed::Camera
    } else if has(&["software", "encoder", "version"]) {
        Removed::Software
    } else if has(&["date", "year"]) {
        Removed::Dates
    } else if has(&["author", "artist", "owner", "copyright", "director", "producer"]) {
        Removed::Owner
    } else if has(&["comment"]) {
        Removed::Comments
    } else if has(&["title", "description", "displayname", "keywords", "album", "genre"]) {
        Removed::Captions
    } else if has(&["artwork"]) {
        Removed::Thumbnail
    } else {
        Removed::Other
    }
}

/// Whether bytes that nobody documents speak of a place.
pub(super) fn tell_a_place(content: &[u8]) -> bool {
    // The last is Canon's directory of a place.
    let words: [&[u8]; 4] = [b"GPS", b"atitude", b"ISO6709", b"CMT4"];
    words.iter().any(|word| memchr::memmem::find(content, word).is_some())
}
