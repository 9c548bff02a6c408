//! What the tests of this crate share: a picture whose corners can be told apart, and the parts that files are
//! put together from.

#![allow(dead_code, reason = "each test file takes what it needs")]
#![allow(clippy::unwrap_used, reason = "a test that cannot make its files has failed")]

use std::fs;
use std::io::Cursor;
use std::path::{Path, PathBuf};

use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use media::{Limits, Preview, preview};

/// Red, green, blue and grey: left to right, top to bottom.
pub(crate) const QUARTERS: [[u8; 3]; 4] = [[200, 30, 30], [30, 160, 30], [30, 30, 200], [220, 220, 220]];

/// A picture of four quarters in [`QUARTERS`].
pub(crate) fn quarters(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        let index = usize::from(x >= width / 2) + 2 * usize::from(y >= height / 2);
        Rgb(QUARTERS[index])
    })
}

/// The colours in the middle of the four quarters of a preview.
pub(crate) fn corners(preview: &Preview) -> [[u8; 3]; 4] {
    let picture = image::load_from_memory(&preview.bytes).unwrap().to_rgb8();
    let (w, h) = picture.dimensions();
    let at = |x: u32, y: u32| picture.get_pixel(x, y).0;
    [at(w / 4, h / 4), at(w * 3 / 4, h / 4), at(w / 4, h * 3 / 4), at(w * 3 / 4, h * 3 / 4)]
}

/// Whether colours are the same to the eye.
pub(crate) fn alike(left: [[u8; 3]; 4], right: [[u8; 3]; 4]) -> bool {
    left.iter().flatten().zip(right.iter().flatten()).all(|(a, b)| a.abs_diff(*b) <= 16)
}

/// A picture in a format of the `image` crate.
pub(crate) fn encoded(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Vec::new();
    picture.write_to(&mut Cursor::new(&mut bytes), format).unwrap();
    bytes
}

/// A file with these bytes.
pub(crate) fn file(folder: &Path, name: &str, bytes: &[u8]) -> PathBuf {
    let path = folder.join(name);
    fs::write(&path, bytes).unwrap();
    path
}

/// A preview of 320 pixels within the usual limits.
pub(crate) fn small(path: &Path) -> Preview {
    preview(path, 320, &Limits::default()).unwrap()
}

/// The pixels of a file.
pub(crate) fn pixels(path: &Path) -> DynamicImage {
    image::load_from_memory(&fs::read(path).unwrap()).unwrap()
}

/// A JPEG with segments put in behind its first two bytes.
pub(crate) fn jpeg_with(jpeg: &[u8], segments: &[(u8, &[u8])]) -> Vec<u8> {
    let mut bytes = jpeg[..2].to_vec();
    for (marker, payload) in segments {
        bytes.extend([0xff, *marker]);
        bytes.extend(u16::try_from(payload.len() + 2).unwrap().to_be_bytes());
        bytes.extend(*payload);
    }
    bytes.extend(&jpeg[2..]);
    bytes
}

/// A PNG with chunks put in behind its header.
pub(crate) fn png_with(png: &[u8], chunks: &[(&[u8; 4], &[u8])]) -> Vec<u8> {
    let mut bytes = png[..33].to_vec();
    for (kind, content) in chunks {
        bytes.extend(u32::try_from(content.len()).unwrap().to_be_bytes());
        bytes.extend(*kind);
        bytes.extend(*content);
        bytes.extend(crc(&[&kind[..], content].concat()).to_be_bytes());
    }
    bytes.extend(&png[33..]);
    bytes
}

/// PNG's checksum, by its definition.
pub(crate) fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |sum, byte| {
        (0..8).fold(
            sum ^ u32::from(*byte),
            |sum, _| if sum & 1 == 1 { sum >> 1 ^ 0xedb8_8320 } else { sum >> 1 },
        )
    })
}

/// A plain WebP made into an extended one, with chunks behind the picture and the flags that announce them.
pub(crate) fn webp_with(
    webp: &[u8],
    (width, height): (u32, u32),
    flags: u8,
    chunks: &[(&[u8; 4], &[u8])],
) -> Vec<u8> {
    let mut head = vec![flags, 0, 0, 0];
    head.extend(&(width - 1).to_le_bytes()[..3]);
    head.extend(&(height - 1).to_le_bytes()[..3]);
    let mut inside = [b"WEBP", &riff(b"VP8X", &head)[..], &webp[12..]].concat();
    for (kind, content) in chunks {
        inside.extend(riff(kind, content));
    }
    riff(b"RIFF", &inside)
}

fn riff(kind: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let mut chunk = kind.to_vec();
    chunk.extend(u32::try_from(content.len()).unwrap().to_le_bytes());
    chunk.extend(content);
    chunk.resize(chunk.len() + content.len() % 2, 0);
    chunk
}

/// A box of MP4 with other boxes or bytes inside.
pub(crate) fn atom(kind: &[u8; 4], inside: &[u8]) -> Vec<u8> {
    let size = u32::try_from(inside.len() + 8).unwrap();
    [&size.to_be_bytes()[..], kind, inside].concat()
}

/// A clip's headers: 640 x 360, twelve and a half seconds, and what else is wanted in `moov`.
pub(crate) fn clip(brand: &[u8; 4], more: &[u8]) -> Vec<u8> {
    let mut movie = vec![0; 100];
    movie[12..16].copy_from_slice(&1000_u32.to_be_bytes());
    movie[16..20].copy_from_slice(&12_500_u32.to_be_bytes());
    let mut track = vec![0; 84];
    // A matrix that leaves the picture as it is.
    for (at, value) in [(40, 0x1_0000_u32), (56, 0x1_0000), (72, 0x4000_0000)] {
        track[at..at + 4].copy_from_slice(&value.to_be_bytes());
    }
    track[76..80].copy_from_slice(&(640_u32 << 16).to_be_bytes());
    track[80..84].copy_from_slice(&(360_u32 << 16).to_be_bytes());
    let handler = atom(b"hdlr", b"\0\0\0\0\0\0\0\0vide\0\0\0\0\0\0\0\0\0\0\0\0\0");
    let track = atom(b"trak", &[atom(b"tkhd", &track), atom(b"mdia", &handler)].concat());
    let movie = atom(b"moov", &[&atom(b"mvhd", &movie)[..], &track, more].concat());
    [atom(b"ftyp", &[&brand[..], &[0, 0, 2, 0], brand].concat()), atom(b"mdat", &[7; 64]), movie].concat()
}

/// The headers of a WebM clip: 320 x 180, 4.2 seconds.
pub(crate) fn webm() -> Vec<u8> {
    let element =
        |id: &[u8], content: &[u8]| [id, &[0x80 | u8::try_from(content.len()).unwrap()], content].concat();
    let kind = element(&[0x42, 0x82], b"webm");
    let info = element(
        &[0x15, 0x49, 0xa9, 0x66],
        &[
            element(&[0x2a, 0xd7, 0xb1], &1_000_000_u32.to_be_bytes()),
            element(&[0x44, 0x89], &4200_f32.to_be_bytes()),
        ]
        .concat(),
    );
    let video = [element(&[0xb0], &320_u16.to_be_bytes()), element(&[0xba], &[180])].concat();
    let tracks = element(&[0x16, 0x54, 0xae, 0x6b], &element(&[0xae], &element(&[0xe0], &video)));
    let segment = element(&[0x18, 0x53, 0x80, 0x67], &[info, tracks].concat());
    [element(&[0x1a, 0x45, 0xdf, 0xa3], &kind), segment].concat()
}

/// Numbers that look random and are the same every time.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn below(&mut self, end: usize) -> usize {
        // SplitMix64.
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ mixed >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ mixed >> 31) % end.max(1) as u64).unwrap()
    }
}

/// The WebM clip with tags, a title, the name of a program, and something like pictures.
pub(crate) fn webm_with(tags: &[(&str, &str)]) -> Vec<u8> {
    let element = |id: &[u8], content: &[u8]| {
        let length = u32::try_from(content.len()).unwrap() | 0x1000_0000;
        [id, &length.to_be_bytes(), content].concat()
    };
    let plain = webm();
    let start = plain.windows(4).position(|window| window == [0x18, 0x53, 0x80, 0x67]).unwrap();
    let info = [
        element(&[0x7b, 0xa9], b"secret title"),
        element(&[0x4d, 0x80], b"Lavf60.16"),
        element(&[0x57, 0x41], b"Lavf60.16"),
        element(&[0x44, 0x89], &4200_f32.to_be_bytes()),
    ];
    let simple = |(name, value): &(&str, &str)| {
        element(
            &[0x67, 0xc8],
            &[element(&[0x45, 0xa3], name.as_bytes()), element(&[0x44, 0x87], value.as_bytes())].concat(),
        )
    };
    let tag = element(&[0x73, 0x73], &tags.iter().flat_map(simple).collect::<Vec<u8>>());
    let segment = [
        element(&[0x15, 0x49, 0xa9, 0x66], &info.concat()),
        element(&[0x1f, 0x43, 0xb6, 0x75], &element(&[0xa3], b"the pictures")),
        element(&[0x12, 0x54, 0xc3, 0x67], &tag),
    ];
    [&plain[..start], &element(&[0x18, 0x53, 0x80, 0x67], &segment.concat())].concat()
}

/// An AVIF with an EXIF and an XMP item, which lie behind everything else.
pub(crate) fn avif_with(avif: &[u8], exif: &[u8], xmp: &[u8]) -> Vec<u8> {
    let number = |at: usize| u32::from_be_bytes(avif[at..at + 4].try_into().unwrap()) as usize;
    let find = |kind: &[u8]| avif.windows(4).position(|window| window == kind).unwrap() - 4;
    let (meta, list, places) = (find(b"meta"), find(b"iinf"), find(b"iloc"));
    let info = |id: u16, kind: &[u8], more: &[u8]| {
        atom(b"infe", &[&[2, 0, 0, 1][..], &id.to_be_bytes(), &[0, 0], kind, b"\0", more].concat())
    };
    let infos = [info(900, b"Exif", b""), info(901, b"mime", b"application/rdf+xml\0")].concat();
    // Version 0 with offsets and lengths of four bytes and no base: what `avifenc` and ours write.
    assert_eq!(&avif[places + 8..places + 12], [0; 4]);
    let [sizes, bases] = [avif[places + 12], avif[places + 13]];
    assert_eq!((sizes, bases & 0x0f), (0x44, 0));
    let base = usize::from(bases >> 4);
    let grown = infos.len() + 2 * (14 + base);
    let mut bytes = avif.to_vec();
    // In a box of their own.
    let end = avif.len() + grown + 8;
    let put = |bytes: &mut Vec<u8>, at: usize, value: usize| {
        bytes[at..at + 4].copy_from_slice(&u32::try_from(value).unwrap().to_be_bytes());
    };
    // What lies behind the boxes of words moves with them.
    let count = usize::from(u16::from_be_bytes([avif[places + 14], avif[places + 15]]));
    let mut at = places + 16;
    for _ in 0..count {
        let extents = usize::from(u16::from_be_bytes([avif[at + 4 + base], avif[at + 5 + base]]));
        at += 6 + base;
        for _ in 0..extents {
            put(&mut bytes, at, number(at) + grown);
            at += 8;
        }
    }
    let entry = |id: u16, from: usize, length: usize| {
        let mut entry = [&id.to_be_bytes()[..], &[0, 0], &vec![0; base], &[0, 1]].concat();
        entry.extend(u32::try_from(from).unwrap().to_be_bytes());
        entry.extend(u32::try_from(length).unwrap().to_be_bytes());
        entry
    };
    let entries = [entry(900, end, exif.len()), entry(901, end + exif.len(), xmp.len())].concat();
    put(&mut bytes, meta, number(meta) + grown);
    put(&mut bytes, list, number(list) + infos.len());
    put(&mut bytes, places, number(places) + entries.len());
    for (at, old) in [(list + 12, list), (places + 14, places)] {
        let more = u16::from_be_bytes([avif[at], avif[at + 1]]) + 2;
        assert_eq!(avif[old + 8], 0, "version 0");
        bytes[at..at + 2].copy_from_slice(&more.to_be_bytes());
    }
    // The later one first, so that the other's place still holds.
    let mut places = [(list + number(list), infos), (places + number(places), entries)];
    places.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    for (at, more) in places {
        bytes.splice(at..at, more);
    }
    [bytes, atom(b"mdat", &[exif, xmp].concat())].concat()
}
