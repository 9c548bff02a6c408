//! Sample clips: a few pictures one after the other, in the boxes of MP4 and QuickTime, with tracks as cameras add them.

use std::io;

use super::{Scene, jpeg, landscape};

/// Where the camera was: Nida.
const PLACE: [f64; 3] = [55.3033, 21.0064, 5.0];

/// A track that is not for people, as cameras and drones write it beside the picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Telemetry {
    /// `gpmd`: GoPro's places and movements.
    GoPro,
    /// `camm`: Android's.
    Android,
    /// `mebx` with a key of a place: Apple's.
    Apple,
    /// `mebx` with other keys: faces, for one.
    AppleFaces,
    /// Subtitles in which a drone writes where it is.
    DroneSubtitles,
    /// Subtitles for people.
    Subtitles,
}

/// How a clip is put together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Clip {
    /// QuickTime instead of MP4.
    pub quicktime: bool,
    /// The headers stand before the pictures.
    pub headers_first: bool,
    /// A second track.
    pub telemetry: Option<Telemetry>,
    /// Who made it, when and with what, as phones write it.
    pub phone: bool,
}

/// A clip of four frames in two seconds, 96 x 64.
///
/// # Errors
/// When a frame cannot be encoded.
pub fn clip(clip: Clip) -> io::Result<Vec<u8>> {
    let frames: Vec<Vec<u8>> =
        (0..4).map(|seed| jpeg(&landscape(Scene::Sea, seed, 96, 64), None)).collect::<io::Result<_>>()?;
    let mut tracks = vec![Track::new(1, b"vide", picture_entry(clip.phone), frames)];
    if let Some(telemetry) = clip.telemetry {
        tracks.push(telemetry.track());
    }
    let brand: &[u8; 4] = if clip.quicktime { b"qt  " } else { b"isom" };
    let start = atom(b"ftyp", &[brand, &[0, 0, 2, 0], brand]);
    // Frame by frame, a sample of each track in turn.
    let mut media = Vec::new();
    let mut places = vec![Vec::new(); tracks.len()];
    for number in 0..4 {
        for (track, places) in tracks.iter().zip(&mut places) {
            if let Some(sample) = track.samples.get(number) {
                places.push(media.len());
                media.extend_from_slice(sample);
            }
        }
    }
    let headers = |from: usize| {
        let mut inside = movie_header(clip.phone);
        for (track, places) in tracks.iter().zip(&places) {
            let places: Vec<usize> = places.iter().map(|place| place + from).collect();
            inside.extend(track.atom(&places, clip.phone));
        }
        if clip.phone {
            inside.extend(if clip.quicktime { keys() } else { user_data() });
        }
        atom(b"moov", &[&inside])
    };
    let length = headers(0).len();
    let from = start.len() + 8 + if clip.headers_first { length } else { 0 };
    let (headers, media) = (headers(from), atom(b"mdat", &[&media]));
    Ok(if clip.headers_first { [start, headers, media] } else { [start, media, headers] }.concat())
}

struct Track {
    number: u32,
    handler: [u8; 4],
    entry: Vec<u8>,
    samples: Vec<Vec<u8>>,
}

impl Track {
    fn new(number: u32, handler: &[u8; 4], entry: Vec<u8>, samples: Vec<Vec<u8>>) -> Self {
        Self { number, handler: *handler, entry, samples }
    }

    fn atom(&self, places: &[usize], phone: bool) -> Vec<u8> {
        let is_picture = &self.handler == b"vide";
        let mut header =
            [&[0, 0, 0, 3][..], &times(phone), &numbers(&[self.number, 0, 2000]), &[0; 16]].concat();
        header.extend(MATRIX);
        header.extend(if is_picture { numbers(&[96 << 16, 64 << 16]) } else { numbers(&[0, 0]) });
        let name: &[u8] = match (is_picture, phone) {
            (true, true) => b"KeltasCam AVC\0",
            (true, false) => b"VideoHandler\0",
            _ => b"DataHandler\0",
        };
        let handler = atom(b"hdlr", &[&[0; 8], &self.handler, &[0; 12], name]);
        let own: Vec<u8> =
            if is_picture { atom(b"vmhd", &[&[0, 0, 0, 1], &[0; 8]]) } else { atom(b"nmhd", &[&[0; 4]]) };
        let reference = atom(b"dref", &[&[0; 4], &numbers(&[1]), &atom(b"url ", &[&[0, 0, 0, 1]])]);
        let sizes: Vec<u32> = self.samples.iter().map(|sample| number(sample.len())).collect();
        let places: Vec<u32> = places.iter().map(|place| number(*place)).collect();
        let count = number(sizes.len());
        let tables = [
            atom(b"stsd", &[&[0; 4], &numbers(&[1]), &self.entry]),
            atom(b"stts", &[&[0; 4], &numbers(&[1, count, 500])]),
            atom(b"stsc", &[&[0; 4], &numbers(&[1, 1, 1, 1])]),
            atom(b"stsz", &[&[0; 4], &numbers(&[0, count]), &numbers(&sizes)]),
            atom(b"stco", &[&[0; 4], &numbers(&[number(places.len())]), &numbers(&places)]),
        ];
        let inner = [own, atom(b"dinf", &[&reference]), atom(b"stbl", &[&tables.concat()])].concat();
        let media_header =
            atom(b"mdhd", &[&[0; 4], &times(phone), &numbers(&[1000, 2000]), &[0x55, 0xC4, 0, 0]]);
        let media = atom(b"mdia", &[&media_header, &handler, &atom(b"minf", &[&inner])]);
        atom(b"trak", &[&atom(b"tkhd", &[&header]), &media])
    }
}

const MATRIX: [u8; 36] = {
    let mut matrix = [0; 36];
    (matrix[1], matrix[17], matrix[32]) = (1, 1, 0x40);
    matrix
};

/// Created and changed: seconds since 1904, in September of 2026.
fn times(phone: bool) -> Vec<u8> {
    numbers(&[if phone { 3_872_355_723 } else { 0 }; 2])
}

fn movie_header(phone: bool) -> Vec<u8> {
    let rate = numbers(&[1000, 2000, 0x1_0000]);
    atom(b"mvhd", &[&[0; 4], &times(phone), &rate, &[1, 0], &[0; 10], &MATRIX, &[0; 24], &numbers(&[3])])
}

/// A picture that is a JPEG, and in a phone's clip by what it was encoded.
fn picture_entry(phone: bool) -> Vec<u8> {
    let mut name = [0; 32];
    let vendor: &[u8; 4] = if phone { b"KlTs" } else { &[0; 4] };
    if phone {
        name[..18].copy_from_slice(b"\x11KeltasCam encoder");
    }
    atom(
        b"jpeg",
        &[
            &[0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0],
            vendor,
            &[0; 8],
            &[0, 96, 0, 64],
            &numbers(&[72 << 16, 72 << 16, 0]),
            &[0, 1],
            &name,
            &[0, 24, 0xFF, 0xFF],
        ],
    )
}

fn user_data() -> Vec<u8> {
    let text = |kind: &[u8; 4], text: &str| {
        let length = u16::try_from(text.len()).expect("a few words");
        atom(kind, &[&length.to_be_bytes(), &[0x15, 0xC7], text.as_bytes()])
    };
    let place = text(b"\xA9xyz", "+55.3033+021.0064+005.000/");
    atom(b"udta", &[&place, &text(b"\xA9mak", "Keltas Optics"), &text(b"\xA9mod", "Ferry 1")])
}

fn keys() -> Vec<u8> {
    let entries = [
        ("com.apple.quicktime.location.ISO6709", "+55.3033+021.0064+005.000/"),
        ("com.apple.quicktime.make", "Keltas Optics"),
        ("com.apple.quicktime.model", "Ferry 1"),
        ("com.apple.quicktime.software", "Firmware 4.2"),
        ("com.apple.quicktime.creationdate", "2026-09-14T18:22:03+0300"),
        ("com.apple.quicktime.author", "Ona Petraitytė"),
    ];
    let keys = entries.iter().flat_map(|(key, _)| atom(b"mdta", &[key.as_bytes()])).collect::<Vec<u8>>();
    let items = entries.iter().zip(1_u32..).flat_map(|((_, value), index)| {
        atom(&index.to_be_bytes(), &[&atom(b"data", &[&numbers(&[1, 0]), value.as_bytes()])])
    });
    let handler = atom(b"hdlr", &[&[0; 8], b"mdta", &[0; 13]]);
    let list = atom(b"ilst", &[&items.collect::<Vec<u8>>()]);
    atom(b"meta", &[&handler, &atom(b"keys", &[&[0; 4], &numbers(&[6]), &keys]), &list])
}

impl Telemetry {
    fn track(self) -> Track {
        let plain = |kind: &[u8; 4], inside: &[u8]| atom(kind, &[&[0, 0, 0, 0, 0, 0, 0, 1], inside]);
        let (handler, entry, sample) = match self {
            Self::GoPro => (b"meta", plain(b"gpmd", &[0; 4]), go_pro()),
            Self::Android => {
                let place: Vec<u8> = PLACE.iter().flat_map(|part| part.to_le_bytes()).collect();
                (b"meta", plain(b"camm", &[]), [&[0, 0, 5, 0], &place[..]].concat())
            }
            Self::Apple => apple("com.apple.quicktime.location.ISO6709", b"+55.3033+021.0064+005.000/"),
            Self::AppleFaces => apple("com.apple.quicktime.detected-face", b"a face"),
            Self::DroneSubtitles => subtitles("F/2.8, SS 500, GPS (21.0064, 55.3033, 5), H 30.0m"),
            Self::Subtitles => subtitles("Look at the dunes."),
        };
        Track::new(2, handler, entry, vec![sample; 4])
    }
}

/// A device with a stream of places: latitude, longitude, height and two speeds, in whole numbers with their scale.
fn go_pro() -> Vec<u8> {
    let entry = |key: &[u8; 4], kind: u8, size: u8, count: u16, content: &[u8]| {
        let mut bytes = [&key[..], &[kind, size], &count.to_be_bytes(), content].concat();
        bytes.resize(bytes.len().next_multiple_of(4), 0);
        bytes
    };
    let scale = entry(b"SCAL", b'l', 4, 5, &numbers(&[10_000_000, 10_000_000, 1000, 1000, 100]));
    let place = entry(b"GPS5", b'l', 20, 1, &numbers(&[553_033_000, 210_064_000, 5000, 0, 0]));
    let nested = |key: &[u8; 4], inside: Vec<u8>| {
        let length = u16::try_from(inside.len()).expect("a hundred bytes");
        entry(key, 0, 1, length, &inside)
    };
    let stream = nested(b"STRM", [scale, place].concat());
    nested(b"DEVC", [entry(b"DVNM", b'c', 1, 8, b"KeltaPro"), stream].concat())
}

fn apple(key: &str, value: &[u8]) -> (&'static [u8; 4], Vec<u8>, Vec<u8>) {
    let kind = atom(b"dtyp", &[&numbers(&[0, 1])]);
    let named = atom(b"keyd", &[b"mdta", key.as_bytes()]);
    let keys = atom(b"keys", &[&atom(&[0, 0, 0, 1], &[&named, &kind])]);
    (b"meta", atom(b"mebx", &[&[0, 0, 0, 0, 0, 0, 0, 1], &keys]), atom(&[0, 0, 0, 1], &[value]))
}

fn subtitles(text: &str) -> (&'static [u8; 4], Vec<u8>, Vec<u8>) {
    let style = [&[0; 4][..], &[1, 0xFF, 0, 0, 0, 0], &[0; 8], &[0; 12]].concat();
    let length = u16::try_from(text.len()).expect("a few words");
    let sample = [&length.to_be_bytes(), text.as_bytes()].concat();
    (b"sbtl", atom(b"tx3g", &[&[0, 0, 0, 0, 0, 0, 0, 1], &style]), sample)
}

/// A box of MP4.
fn atom(kind: &[u8; 4], inside: &[&[u8]]) -> Vec<u8> {
    let inside = inside.concat();
    [&number(inside.len() + 8).to_be_bytes(), &kind[..], &inside].concat()
}

fn numbers(numbers: &[u32]) -> Vec<u8> {
    numbers.iter().flat_map(|number| number.to_be_bytes()).collect()
}

fn number(value: usize) -> u32 {
    u32::try_from(value).expect("a sample is small")
}
