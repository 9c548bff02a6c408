//! Sample files by the names that they have in the recordings: same kind, same measures, own bytes.

use std::{
    collections::HashMap,
    io::Cursor,
    sync::{LazyLock, Mutex},
};

use image::{DynamicImage, Frame, ImageFormat, Rgb, RgbImage, codecs::gif::GifEncoder};

/// The bytes of a file named in a recording, made once.
pub(crate) fn file(name: &str) -> Vec<u8> {
    static MADE: LazyLock<Mutex<HashMap<String, Vec<u8>>>> = LazyLock::new(Mutex::default);
    MADE.lock().unwrap().entry(name.to_owned()).or_insert_with(|| make(name)).clone()
}

fn make(name: &str) -> Vec<u8> {
    match name {
        "a.png" | "q-noext" | "evil.php.png" | "a.php" | ".hidden.png" | "my_holiday--photo 01.th.png" => {
            padded(png(800, 600))
        }
        "b.jpg" | "p-jpeg-named.png" => jpeg(1200, 900),
        "c.gif" => gif(200, 150),
        "d.webp" => encode(&picture(640, 480), ImageFormat::WebP),
        "e.bmp" => encode(&picture(64, 48), ImageFormat::Bmp),
        "f.tiff" => b"II*\0\x08\0\0\0\0\0\0\0\0\0".to_vec(),
        "h.avif" => avif(64, 48),
        "n.svg" => {
            b"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"10\" height=\"10\"><rect width=\"10\"/></svg>"
                .to_vec()
        }
        "i.txt" | "m-text.png" => b"this is text, no picture".to_vec(),
        "l-empty.png" => Vec::new(),
        "j-trunc.jpg" => jpeg(1200, 900)[..2_000].to_vec(),
        "k-corrupt.png" => [&png(800, 600)[..100], &[0x5A; 2_100]].concat(),
        "anim.webp" => animated_webp(200, 150),
        "tiny.png" => png(1, 1),
        "tall.png" => png(1, 4_000),
        "exif.jpg" => exif_jpeg(1200, 900),
        "g.mp4" => clip(b"isom"),
        "g.mov" => clip(b"qt  "),
        "g.webm" => webm(),
        "r-3m.jpg" => [jpeg(1200, 900), vec![0; 3_000_000]].concat(),
        "x-500k.bin" => vec![7; 500_000],
        "o-70m.bin" => vec![7; 70_000_000],
        name if name.ends_with(".png") => png(800, 600),
        other => panic!("no sample named {other}"),
    }
}

/// Of a length that base64 has to pad, for the sake of the recording that leaves the padding out.
fn padded(mut bytes: Vec<u8>) -> Vec<u8> {
    bytes.resize(bytes.len().next_multiple_of(3) + 1, 0);
    bytes
}

fn picture(width: u32, height: u32) -> DynamicImage {
    DynamicImage::ImageRgb8(RgbImage::from_fn(width, height, |x, y| {
        Rgb([(x * 255 / width) as u8, (y * 255 / height) as u8, ((x ^ y) & 0xFF) as u8])
    }))
}

fn encode(image: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Vec::new();
    image.write_to(&mut Cursor::new(&mut bytes), format).unwrap();
    bytes
}

pub(crate) fn png(width: u32, height: u32) -> Vec<u8> {
    encode(&picture(width, height), ImageFormat::Png)
}

pub(crate) fn jpeg(width: u32, height: u32) -> Vec<u8> {
    encode(&picture(width, height), ImageFormat::Jpeg)
}

fn gif(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = GifEncoder::new(&mut bytes);
    for _ in 0..3 {
        encoder.encode_frame(Frame::new(picture(width, height).to_rgba8())).unwrap();
    }
    drop(encoder);
    bytes
}

fn chunk(name: &[u8], body: &[u8]) -> Vec<u8> {
    let mut bytes = [name, &(body.len() as u32).to_le_bytes(), body].concat();
    if body.len() % 2 == 1 {
        bytes.push(0);
    }
    bytes
}

/// Two frames around the data of a still one.
fn animated_webp(width: u32, height: u32) -> Vec<u8> {
    let still = encode(&picture(width, height), ImageFormat::WebP);
    let size = [&(width - 1).to_le_bytes()[..3], &(height - 1).to_le_bytes()[..3]].concat();
    let frame = [&[0; 6][..], &size, &[100, 0, 0, 0], &still[12..]].concat();
    let body = [
        b"WEBP".to_vec(),
        chunk(b"VP8X", &[&[0b10, 0, 0, 0][..], &size].concat()),
        chunk(b"ANIM", &[0; 6]),
        chunk(b"ANMF", &frame),
        chunk(b"ANMF", &frame),
    ]
    .concat();
    chunk(b"RIFF", &body)
}

/// Orientation 6, a description, a camera and a date, in front of everything else.
pub(crate) fn exif_jpeg(width: u32, height: u32) -> Vec<u8> {
    with_exif(
        &jpeg(width, height),
        &[
            (0x010E, Exif::Text("My exif description")),
            (0x010F, Exif::Text("Canon")),
            (0x0110, Exif::Text("EOS 80D")),
            (0x0112, Exif::Short(6)),
            (0x0132, Exif::Text("2019:05:06 07:08:09")),
        ],
    )
}

/// What an entry of an EXIF directory holds.
pub(crate) enum Exif<'a> {
    Text(&'a str),
    Short(u16),
    /// UTF-16, as Windows writes it.
    Wide(&'a str),
}

/// A JPEG with these entries, which are in the order of their tags.
pub(crate) fn with_exif(jpeg: &[u8], entries: &[(u16, Exif<'_>)]) -> Vec<u8> {
    let mut directory = (entries.len() as u16).to_be_bytes().to_vec();
    let mut heap = Vec::new();
    for (tag, value) in entries {
        let (kind, bytes) = match value {
            Exif::Text(text) => (2u16, [text.as_bytes(), b"\0"].concat()),
            Exif::Wide(text) => (1, text.encode_utf16().chain([0]).flat_map(u16::to_le_bytes).collect()),
            Exif::Short(number) => (3, number.to_be_bytes().to_vec()),
        };
        let count = if kind == 3 { 1 } else { bytes.len() as u32 };
        directory.extend([&tag.to_be_bytes()[..], &kind.to_be_bytes(), &count.to_be_bytes()].concat());
        if bytes.len() > 4 {
            let at = 8 + 2 + entries.len() * 12 + 4 + heap.len();
            directory.extend((at as u32).to_be_bytes());
            heap.extend(bytes);
        } else {
            directory.extend([&bytes[..], &[0; 4]].concat().into_iter().take(4));
        }
    }
    let segment = [b"Exif\0\0MM\0*\0\0\0\x08", &directory[..], &[0; 4], &heap].concat();
    let length = (segment.len() as u16 + 2).to_be_bytes();
    [&jpeg[..2], &[0xFF, 0xE1], &length, &segment, &jpeg[2..]].concat()
}

fn boxed(name: &[u8], body: &[u8]) -> Vec<u8> {
    [&(body.len() as u32 + 8).to_be_bytes()[..], name, body].concat()
}

fn avif(width: u32, height: u32) -> Vec<u8> {
    let ispe = boxed(b"ispe", &[&[0; 4][..], &width.to_be_bytes(), &height.to_be_bytes()].concat());
    let meta = boxed(b"meta", &[vec![0; 4], boxed(b"iprp", &boxed(b"ipco", &ispe))].concat());
    [boxed(b"ftyp", b"avif\0\0\0\0avifmif1"), meta].concat()
}

/// 320 x 240, two seconds, no pictures in it.
fn clip(brand: &[u8]) -> Vec<u8> {
    let mut mvhd = vec![0; 100];
    mvhd[12..16].copy_from_slice(&1_000u32.to_be_bytes());
    mvhd[16..20].copy_from_slice(&2_000u32.to_be_bytes());
    let mut tkhd = vec![0; 84];
    tkhd[76..80].copy_from_slice(&(320u32 << 16).to_be_bytes());
    tkhd[80..84].copy_from_slice(&(240u32 << 16).to_be_bytes());
    let moov = [boxed(b"mvhd", &mvhd), boxed(b"trak", &boxed(b"tkhd", &tkhd))].concat();
    [boxed(b"ftyp", &[brand, b"\0\0\x02\0", brand].concat()), boxed(b"moov", &moov)].concat()
}

fn webm() -> Vec<u8> {
    let element =
        |id: &[u8], body: &[u8]| [id, &[0x40 | (body.len() >> 8) as u8, body.len() as u8], body].concat();
    let video = element(&[0xE0], &[element(&[0xB0], &[1, 64]), element(&[0xBA], &[240])].concat());
    let tracks = element(&[0x16, 0x54, 0xAE, 0x6B], &element(&[0xAE], &video));
    let duration = element(&[0x44, 0x89], &2_000f64.to_be_bytes());
    let info = element(
        &[0x15, 0x49, 0xA9, 0x66],
        &[element(&[0x2A, 0xD7, 0xB1], &[0x0F, 0x42, 0x40]), duration].concat(),
    );
    [
        element(&[0x1A, 0x45, 0xDF, 0xA3], &element(&[0x42, 0x82], b"webm")),
        element(&[0x18, 0x53, 0x80, 0x67], &[info, tracks].concat()),
    ]
    .concat()
}
