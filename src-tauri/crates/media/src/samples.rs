//! Sample pictures for tests, screenshots and the first run: made, not taken, and the same every time.

use std::fs::{self, File};
use std::io::{self, BufWriter, Cursor};
use std::path::Path;

use image::codecs::gif::{GifEncoder, Repeat};
use image::codecs::jpeg::JpegEncoder;
use image::{Delay, Frame, ImageFormat, Rgb, RgbImage, imageops};

mod clip;

pub use clip::{Clip, Telemetry, clip};

type Colour = [f32; 3];

/// What a sample shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names say what is on the pictures")]
pub enum Scene {
    Dune,
    Sea,
    Night,
    Hills,
    Forest,
    City,
    Chart,
    Coffee,
    Meadow,
    Lighthouse,
    Peaks,
    Stripes,
}

impl Scene {
    /// All of them.
    pub const ALL: [Self; 12] = [
        Self::Dune,
        Self::Peaks,
        Self::Chart,
        Self::Sea,
        Self::Night,
        Self::Meadow,
        Self::Coffee,
        Self::Lighthouse,
        Self::Hills,
        Self::City,
        Self::Forest,
        Self::Stripes,
    ];
}

/// Metadata as a camera writes it, to be looked for afterwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Camera {
    /// 1 to 8. The pixels are turned the other way, so that the picture is upright when shown.
    pub orientation: u8,
    /// With a place in Nida: 55.3 N, 21.0 E.
    pub place: bool,
}

/// A sample picture of this size.
pub fn landscape(scene: Scene, seed: u32, width: u32, height: u32) -> RgbImage {
    let (w, h) = (width as f32, height as f32);
    let paint = Paint { seed, aspect: w / h };
    let mut picture = RgbImage::from_fn(width, height, |x, y| {
        let (u, v) = ((x as f32 + 0.5) / w, (y as f32 + 0.5) / h);
        let grain = (hash(x, y, seed ^ 77) - 0.5) * if scene == Scene::Chart { 0.0 } else { 0.018 };
        Rgb(paint.colour(scene, u, v).map(|part| byte(part + grain)))
    });
    if scene == Scene::Chart {
        draw_chart(&mut picture);
    }
    picture
}

/// Writes a sample in the format of the path's extension: jpg, png, gif (with frames), webp, bmp.
///
/// # Errors
/// When the file cannot be written, or the extension is none of these.
pub fn write(path: &Path, scene: Scene, size: (u32, u32), camera: Option<Camera>) -> io::Result<()> {
    let picture = landscape(scene, 7, size.0, size.1);
    let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    match extension {
        "jpg" | "jpeg" => fs::write(path, jpeg(&picture, camera)?),
        "gif" => animation(path, &picture),
        "png" => picture.save_with_format(path, ImageFormat::Png).map_err(io::Error::other),
        "webp" => picture.save_with_format(path, ImageFormat::WebP).map_err(io::Error::other),
        "bmp" => picture.save_with_format(path, ImageFormat::Bmp).map_err(io::Error::other),
        other => Err(io::Error::new(io::ErrorKind::InvalidInput, format!("no sample is made as {other}"))),
    }
}

/// A JPEG file, with a camera's EXIF if wanted.
///
/// # Errors
/// When the encoder fails.
pub fn jpeg(picture: &RgbImage, camera: Option<Camera>) -> io::Result<Vec<u8>> {
    let stored = match camera.map_or(1, |camera| camera.orientation) {
        2 => imageops::flip_horizontal(picture),
        3 => imageops::rotate180(picture),
        4 => imageops::flip_vertical(picture),
        5 => imageops::rotate270(&imageops::flip_horizontal(picture)),
        6 => imageops::rotate270(picture),
        7 => imageops::rotate90(&imageops::flip_horizontal(picture)),
        8 => imageops::rotate90(picture),
        _ => picture.clone(),
    };
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut Cursor::new(&mut bytes), 90)
        .encode_image(&stored)
        .map_err(io::Error::other)?;
    if let Some(camera) = camera {
        let block = exif(camera);
        let length = u16::try_from(block.len() + 8).map_err(io::Error::other)?;
        let mut segment = vec![0xFF, 0xE1];
        segment.extend_from_slice(&length.to_be_bytes());
        segment.extend_from_slice(b"Exif\0\0");
        segment.extend_from_slice(&block);
        bytes.splice(2..2, segment);
    }
    Ok(bytes)
}

/// A TIFF block as a camera writes it: make, model, artist, serial number, time, and a place if wanted.
pub fn exif(camera: Camera) -> Vec<u8> {
    let text = |text: &str| (2_u16, [text.as_bytes(), &[0]].concat());
    let mut main = vec![
        (0x010E_u16, text("Evening at the lagoon")),
        (0x010F, text("Keltas Optics")),
        (0x0110, text("Ferry 1")),
        (0x0112, (3, vec![0, camera.orientation])),
        (0x0131, text("Firmware 4.2")),
        (0x0132, text("2026:09:14 18:22:03")),
        (0x013B, text("Ona Petraitytė")),
        (0xA431, text("SN-00417725")),
    ];
    let degrees = |values: [u32; 3]| {
        (5_u16, values.iter().flat_map(|v| [*v, 1].map(u32::to_be_bytes)).flatten().collect())
    };
    let place: Vec<(u16, (u16, Vec<u8>))> =
        vec![(1, text("N")), (2, degrees([55, 18, 12])), (3, text("E")), (4, degrees([21, 0, 23]))];
    let mut tiff = b"MM\0*\0\0\0\x08".to_vec();
    if !camera.place {
        directory(&mut tiff, &main);
        return tiff;
    }
    main.push((0x8825, (4, vec![0, 0, 0, 0])));
    main.sort_by_key(|(tag, _)| *tag);
    directory(&mut tiff, &main);
    let at = u32::try_from(tiff.len()).expect("a few hundred bytes").to_be_bytes();
    let index = main.iter().position(|(tag, _)| *tag == 0x8825).expect("pushed above");
    tiff[8 + 2 + index * 12 + 8..][..4].copy_from_slice(&at);
    directory(&mut tiff, &place);
    tiff
}

/// Writes a directory with the values that do not fit into it behind it.
fn directory(tiff: &mut Vec<u8>, entries: &[(u16, (u16, Vec<u8>))]) {
    let number = |value: usize| u32::try_from(value).expect("a few hundred bytes").to_be_bytes();
    let mut values_at = tiff.len() + 2 + entries.len() * 12 + 4;
    let mut values: Vec<u8> = Vec::new();
    tiff.extend_from_slice(&u16::try_from(entries.len()).expect("a dozen").to_be_bytes());
    for (tag, (kind, value)) in entries {
        let unit = match kind {
            3 => 2,
            4 => 4,
            5 => 8,
            _ => 1,
        };
        tiff.extend_from_slice(&tag.to_be_bytes());
        tiff.extend_from_slice(&kind.to_be_bytes());
        tiff.extend_from_slice(&number(value.len() / unit));
        if value.len() <= 4 {
            let mut inline = value.clone();
            inline.resize(4, 0);
            tiff.extend_from_slice(&inline);
        } else {
            tiff.extend_from_slice(&number(values_at));
            values.extend_from_slice(value);
            values_at += value.len();
        }
    }
    tiff.extend_from_slice(&[0; 4]);
    tiff.extend_from_slice(&values);
}

fn animation(path: &Path, picture: &RgbImage) -> io::Result<()> {
    let mut encoder = GifEncoder::new_with_speed(BufWriter::new(File::create(path)?), 20);
    encoder.set_repeat(Repeat::Infinite).map_err(io::Error::other)?;
    for step in 0..4_u32 {
        let mut frame = image::DynamicImage::ImageRgb8(picture.clone()).into_rgba8();
        for pixel in frame.pixels_mut() {
            for part in 0..3 {
                pixel.0[part] = pixel.0[part].saturating_add(u8::try_from(step * 6).unwrap_or(0));
            }
        }
        let delay = Delay::from_numer_denom_ms(120, 1);
        encoder.encode_frame(Frame::from_parts(frame, 0, 0, delay)).map_err(io::Error::other)?;
    }
    Ok(())
}

struct Paint {
    seed: u32,
    aspect: f32,
}

impl Paint {
    fn colour(&self, scene: Scene, u: f32, v: f32) -> Colour {
        match scene {
            Scene::Dune => self.dune(u, v),
            Scene::Sea => self.sea(u, v),
            Scene::Night => self.night(u, v),
            Scene::Hills => self.layers(u, v, HILLS),
            Scene::Forest => self.forest(u, v),
            Scene::City => self.city(u, v),
            Scene::Chart => [0.985, 0.988, 0.988],
            Scene::Coffee => self.coffee(u, v),
            Scene::Meadow => self.meadow(u, v),
            Scene::Lighthouse => self.lighthouse(u, v),
            Scene::Peaks => self.peaks(u, v),
            Scene::Stripes => self.stripes(u, v),
        }
    }

    fn noise(&self, x: f32, y: f32, salt: u32) -> f32 {
        fbm(x, y, self.seed ^ salt, 5)
    }

    /// The height of a skyline at `u`.
    fn ridge(&self, u: f32, base: f32, rough: f32, scale: f32, salt: u32) -> f32 {
        base + (self.noise(u * scale * self.aspect, salt as f32, salt) - 0.5) * rough
    }

    fn dune(&self, u: f32, v: f32) -> Colour {
        let sky = gradient(v / 0.5, &[[0.45, 0.66, 0.86], [0.80, 0.88, 0.92]]);
        let sea = mix([0.16, 0.47, 0.62], [0.30, 0.62, 0.72], self.noise(u * 6.0, v * 60.0, 3));
        let back = if v < 0.46 { sky } else { sea };
        let crest = self.ridge(u, 0.62, 0.16, 1.4, 5) - 0.10 * (u - 0.5);
        if v < crest {
            return self.grass(u, v, crest, back);
        }
        let light = 0.5 + 0.5 * ((v - crest) * 26.0 + self.noise(u * 5.0, v * 9.0, 9) * 9.0).sin();
        let sand = mix([0.76, 0.62, 0.40], [0.94, 0.83, 0.62], 0.35 + 0.3 * light);
        self.grass(u, v, crest, shade(sand, 1.05 - 0.35 * (v - crest)))
    }

    /// Blades that bend with the wind.
    fn grass(&self, u: f32, v: f32, crest: f32, under: Colour) -> Colour {
        let mut colour = under;
        for blade in 0..90_u32 {
            let root = hash(blade, 1, self.seed);
            let tall = 0.18 + 0.42 * hash(blade, 2, self.seed);
            let foot = crest + 0.30 * hash(blade, 3, self.seed);
            let rise = (foot - v) / tall;
            if !(0.0..=1.0).contains(&rise) {
                continue;
            }
            let bend = (0.10 + 0.14 * hash(blade, 4, self.seed)) * rise * rise;
            let width = 0.0034 * (1.0 - rise) + 0.0007;
            let off = (u - (root * 1.2 - 0.15 + bend)).abs();
            if off < width {
                let tone = mix([0.50, 0.45, 0.16], [0.88, 0.77, 0.42], hash(blade, 5, self.seed));
                colour = mix(colour, shade(tone, 0.75 + 0.4 * rise), smooth(width, width * 0.3, off));
            }
        }
        colour
    }

    fn sea(&self, u: f32, v: f32) -> Colour {
        let horizon = 0.52;
        let sun = distance(u, v, 0.62, 0.47, self.aspect);
        let mut sky = gradient(v / horizon, &[[0.24, 0.27, 0.46], [0.72, 0.44, 0.46], [0.98, 0.74, 0.46]]);
        let cloud = smooth(0.48, 0.70, self.noise(u * 3.0, v * 16.0, 21));
        sky = mix(sky, [0.98, 0.66, 0.52], cloud * 0.45 * smooth(0.0, 0.4, v));
        sky = mix(sky, [1.0, 0.93, 0.74], smooth(0.30, 0.0, sun) * 0.6);
        if sun < 0.062 {
            sky = [1.0, 0.95, 0.80];
        }
        if v < horizon {
            return sky;
        }
        let depth = (v - horizon) / (1.0 - horizon);
        let wave = self.noise(u * (10.0 - 6.0 * depth), v * (90.0 - 60.0 * depth), 23);
        let water = gradient(depth, &[[0.62, 0.42, 0.42], [0.20, 0.22, 0.36], [0.08, 0.12, 0.22]]);
        let path = smooth(0.05 + 0.22 * depth, 0.0, (u - 0.62).abs()) * smooth(0.45, 0.62, wave);
        mix(shade(water, 0.85 + 0.35 * wave), [1.0, 0.84, 0.60], path * 0.9)
    }

    fn night(&self, u: f32, v: f32) -> Colour {
        let mut sky =
            gradient(v, &[[0.03, 0.04, 0.12], [0.10, 0.10, 0.28], [0.34, 0.22, 0.42], [0.78, 0.44, 0.40]]);
        let band = ((u - 0.5) * 0.8 - (v - 0.40)).abs();
        let milk = smooth(0.30, 0.0, band + 0.16 * (self.noise(u * 5.0, v * 5.0, 31) - 0.5));
        sky = mix(sky, [0.66, 0.58, 0.78], milk * 0.42 * self.noise(u * 9.0, v * 9.0, 33));
        let (cell_x, cell_y) = ((u * 150.0 * self.aspect) as u32, (v * 150.0) as u32);
        let star = hash(cell_x, cell_y, self.seed ^ 35);
        if star > 0.985 && v < 0.82 {
            sky = mix(sky, [1.0, 0.98, 0.94], (star - 0.985) * 66.0 * (0.5 + milk));
        }
        let ground = self.ridge(u, 0.84, 0.16, 2.2, 37);
        if v > ground { [0.03, 0.04, 0.07] } else { sky }
    }

    fn layers(&self, u: f32, v: f32, tones: [Colour; 5]) -> Colour {
        let mut colour = gradient(v / 0.6, &[tones[0], tones[1]]);
        let sun = distance(u, v, 0.30, 0.24, self.aspect);
        colour = mix(colour, [1.0, 0.97, 0.86], smooth(0.34, 0.0, sun) * 0.8);
        for layer in 0..5_u32 {
            let near = layer as f32 / 4.0;
            let top =
                self.ridge(u, 0.38 + 0.13 * layer as f32, 0.22 - 0.02 * layer as f32, 1.6 + near, 41 + layer);
            if v > top {
                let tone = gradient(near, &[tones[2], tones[3], tones[4]]);
                let mist = smooth(0.0, 0.16, v - top);
                colour = mix(tone, mix(tone, tones[1], 0.35), mist * (1.0 - near));
            }
        }
        colour
    }

    fn forest(&self, u: f32, v: f32) -> Colour {
        let mut colour = gradient(v, &[[0.86, 0.90, 0.88], [0.70, 0.80, 0.77]]);
        for layer in 0..6_u32 {
            let near = layer as f32 / 5.0;
            let base = self.ridge(u, 0.36 + 0.12 * layer as f32, 0.16, 1.8, 51 + layer);
            let teeth = 20.0 - 9.0 * near;
            let place = u * teeth * self.aspect + hash(layer, 0, self.seed);
            let tree = hash(place.floor() as u32, layer, self.seed ^ 53);
            let side = (place.fract() - 0.5).abs() * 2.0;
            let tall = (0.07 + 0.11 * tree) * (0.6 + 0.7 * near);
            let jag = 0.012 * ((v * 130.0).fract()) * (1.0 - side);
            if v > base - tall * (1.0 - side).max(0.0) - jag {
                let tone = mix([0.56, 0.68, 0.66], [0.06, 0.16, 0.14], near);
                let fog = smooth(0.02, 0.20, v - base) * (1.0 - near) * 0.55;
                colour = mix(tone, [0.78, 0.86, 0.84], fog);
            }
        }
        colour
    }

    fn city(&self, u: f32, v: f32) -> Colour {
        let mut colour = gradient(v / 0.75, &[[0.16, 0.18, 0.36], [0.55, 0.34, 0.48], [0.98, 0.66, 0.45]]);
        for layer in 0..3_u32 {
            let wide = 15.0 - 4.0 * layer as f32;
            let place = u * wide * self.aspect + 0.37 * layer as f32;
            let house = place.floor() as u32;
            let top = 0.40 + 0.12 * layer as f32 + 0.26 * (1.0 - hash(house, layer, self.seed ^ 61));
            if v < top {
                continue;
            }
            let tone = mix([0.42, 0.28, 0.42], [0.07, 0.07, 0.13], layer as f32 / 2.0);
            colour = tone;
            let (wx, wy) = (place.fract() * 7.0, (v - top) * 46.0);
            let window = wx.fract() > 0.30 && wx.fract() < 0.74 && wy.fract() > 0.35 && wy.fract() < 0.80;
            let lit = hash(house * 31 + wx as u32, wy as u32, self.seed ^ 63) > 0.62;
            if window && lit && wx > 0.7 && wx < 6.3 {
                colour = mix(tone, [1.0, 0.84, 0.52], 0.35 + 0.3 * layer as f32);
            }
        }
        colour
    }

    fn coffee(&self, u: f32, v: f32) -> Colour {
        let grain = self.noise(u * 3.0, v * 38.0, 71);
        let table = mix([0.42, 0.25, 0.15], [0.62, 0.40, 0.24], grain);
        let from = distance(u, v, 0.5, 0.54, self.aspect);
        let shadow = distance(u, v, 0.55, 0.62, self.aspect);
        let mut colour = shade(table, 1.0 - 0.5 * smooth(0.46, 0.30, shadow));
        let ring = |colour: Colour, radius: f32, tone: Colour| {
            mix(colour, tone, smooth(radius, radius - 0.006, from))
        };
        colour = ring(colour, 0.40, shade([0.80, 0.30, 0.20], 1.05 - 0.5 * (u - 0.3)));
        colour = ring(colour, 0.31, shade([0.66, 0.22, 0.14], 1.05 - 0.5 * (u - 0.3)));
        colour = ring(colour, 0.27, shade([0.97, 0.94, 0.90], 1.08 - 0.4 * (u - 0.2)));
        let foam = self.noise(u * 7.0 + from * 8.0, v * 7.0, 73);
        let swirl = ((v - 0.54).atan2((u - 0.5) * self.aspect) * 3.0 + from * 42.0).sin();
        let cream =
            mix([0.36, 0.19, 0.09], [0.90, 0.74, 0.54], smooth(0.1, 0.9, 0.5 * foam + 0.35 + 0.3 * swirl));
        ring(colour, 0.235, cream)
    }

    fn meadow(&self, u: f32, v: f32) -> Colour {
        let mut colour =
            gradient(v, &[[0.66, 0.80, 0.72], [0.88, 0.90, 0.62], [0.40, 0.56, 0.24], [0.16, 0.32, 0.12]]);
        colour =
            mix(colour, [1.0, 0.95, 0.70], smooth(0.5, 0.0, distance(u, v, 0.8, 0.1, self.aspect)) * 0.7);
        colour = shade(colour, 0.86 + 0.28 * self.noise(u * 30.0, v * 9.0, 81));
        for flower in 0..64_u32 {
            let depth = flower as f32 / 63.0;
            let (x, y) = (hash(flower, 1, self.seed ^ 83), 0.42 + 0.54 * depth);
            let size = 0.008 + 0.052 * depth * depth;
            let from = distance(u, v, x, y, self.aspect);
            if from > size {
                continue;
            }
            let turn = ((v - y).atan2((u - x) * self.aspect) * 8.0).cos();
            let tone = match flower % 3 {
                0 => [0.96, 0.80, 0.16],
                1 => [0.93, 0.93, 0.96],
                _ => [0.86, 0.26, 0.28],
            };
            if from < size * 0.30 {
                colour = [0.55, 0.34, 0.08];
            } else if from < size * (0.72 + 0.28 * turn) {
                colour = shade(tone, 0.78 + 0.3 * from / size);
            }
        }
        colour
    }

    fn lighthouse(&self, u: f32, v: f32) -> Colour {
        let mut colour = gradient(v / 0.7, &[[0.36, 0.55, 0.72], [0.74, 0.84, 0.88], [0.96, 0.90, 0.80]]);
        colour = mix(colour, [1.0, 1.0, 1.0], smooth(0.50, 0.75, self.noise(u * 3.0, v * 7.0, 91)) * 0.7);
        let water = 0.70;
        if v > water {
            let wave = self.noise(u * 14.0, v * 70.0, 93);
            colour = mix([0.10, 0.32, 0.44], [0.44, 0.66, 0.72], wave * (1.2 - v));
        }
        let rock = self.ridge(u, 0.70 + 0.9 * (u - 0.66).abs(), 0.08, 6.0, 95);
        if v > rock {
            colour = shade([0.30, 0.28, 0.27], 0.7 + 0.7 * self.noise(u * 26.0, v * 26.0, 97));
        }
        let across = (u - 0.66) * self.aspect;
        let half = 0.040 + 0.030 * smooth(0.22, 0.72, v);
        if across.abs() < half && v > 0.24 && v < 0.73 {
            let band = (((v - 0.24) * 12.0) as u32).is_multiple_of(2);
            let tone = if band { [0.84, 0.22, 0.20] } else { [0.96, 0.95, 0.93] };
            colour = shade(tone, 1.02 - 0.36 * (across / half + 1.0) * 0.5);
        }
        if across.abs() < 0.034 && v > 0.16 && v < 0.24 {
            colour = if v > 0.18 { [1.0, 0.92, 0.62] } else { [0.20, 0.22, 0.26] };
        }
        colour
    }

    fn peaks(&self, u: f32, v: f32) -> Colour {
        let mut colour = gradient(v / 0.6, &[[0.20, 0.42, 0.72], [0.72, 0.84, 0.93]]);
        colour = mix(colour, [1.0, 1.0, 1.0], smooth(0.56, 0.78, self.noise(u * 3.0, v * 6.0, 101)) * 0.8);
        let summit = 0.20 + 0.55 * (u - 0.62).abs();
        let top = self.ridge(u, summit, 0.16, 5.0, 103);
        if v > top {
            let slope = self.noise(u * 12.0 + v * 4.0, v * 10.0, 105);
            let snow = smooth(0.62, 0.40, v + 0.30 * (slope - 0.5) - 0.20 * (u - 0.62).abs());
            let stone = mix([0.26, 0.27, 0.32], [0.48, 0.46, 0.46], slope);
            let bright = if self.noise(u * 9.0 - v * 6.0, v * 3.0, 107) > 0.5 { 1.0 } else { 0.80 };
            colour = shade(mix(stone, [0.97, 0.98, 1.0], snow), bright);
        }
        let near = self.ridge(u, 0.78 - 0.16 * u, 0.14, 2.6, 109);
        if v > near {
            let tuft = self.noise(u * 46.0, v * 46.0, 111);
            colour = mix([0.16, 0.26, 0.14], [0.44, 0.50, 0.24], tuft);
        }
        colour
    }

    fn stripes(&self, u: f32, v: f32) -> Colour {
        let bend = u * self.aspect + 0.35 * (self.noise(u * 1.6, v * 1.6, 121) - 0.5) + v * 0.5;
        let stripe = (bend * 9.0).floor() as u32;
        let tones: [Colour; 6] = [
            [0.06, 0.24, 0.30],
            [0.96, 0.70, 0.24],
            [0.93, 0.95, 0.95],
            [0.18, 0.48, 0.55],
            [0.85, 0.36, 0.26],
            [0.74, 0.86, 0.84],
        ];
        shade(tones[(stripe % 6) as usize], 0.9 + 0.2 * (bend * 9.0).fract())
    }
}

const HILLS: [Colour; 5] =
    [[0.55, 0.70, 0.82], [0.96, 0.90, 0.78], [0.62, 0.70, 0.74], [0.34, 0.50, 0.46], [0.10, 0.22, 0.18]];

/// A screenshot of a chart: flat, sharp and with thin lines.
fn draw_chart(picture: &mut RgbImage) {
    let (w, h) = (picture.width() as f32, picture.height() as f32);
    let line = (h / 220.0).max(1.0);
    let curve = |u: f32| 0.58 - 0.17 * (u * 7.0).sin() - 0.09 * (u * 17.0 + 1.0).sin();
    let dashes = |u: f32| 0.68 - 0.07 * (u * 5.0 + 2.0).cos();
    for (x, y, pixel) in picture.enumerate_pixels_mut() {
        let (u, v) = (x as f32 / w, y as f32 / h);
        let inside = u > 0.08 && u < 0.94 && v > 0.24 && v < 0.86;
        let head = v > 0.08 && v < 0.125 && u > 0.08 && u < 0.46;
        let sub = v > 0.155 && v < 0.178 && u > 0.08 && u < 0.32;
        let near = |at: f32| (v - at).abs() * h < line;
        if head {
            pixel.0 = [15, 38, 45];
        } else if sub {
            pixel.0 = [147, 167, 171];
        } else if inside && near(curve(u)) {
            pixel.0 = [11, 98, 119];
        } else if inside && near(dashes(u)) && (u * 46.0).fract() < 0.6 {
            pixel.0 = [214, 134, 40];
        } else if inside && v > curve(u) {
            pixel.0 = [214, 233, 237];
        } else if inside && (0..5).any(|row| ((v - 0.26 - 0.15 * row as f32).abs() * h) < 0.6) {
            pixel.0 = [222, 230, 231];
        }
    }
}

fn fbm(x: f32, y: f32, seed: u32, octaves: u32) -> f32 {
    let (mut sum, mut weight, mut total, mut scale) = (0.0, 0.5, 0.0, 1.0);
    for octave in 0..octaves {
        sum += weight * value(x * scale, y * scale, seed.wrapping_add(octave * 101));
        total += weight;
        weight *= 0.5;
        scale *= 2.03;
    }
    sum / total
}

fn value(x: f32, y: f32, seed: u32) -> f32 {
    let (cell_x, cell_y) = (x.floor(), y.floor());
    let fade = |part: f32| part * part * (3.0 - 2.0 * part);
    let (fx, fy) = (fade(x - cell_x), fade(y - cell_y));
    let at = |dx: i32, dy: i32| hash((cell_x as i32 + dx) as u32, (cell_y as i32 + dy) as u32, seed);
    let top = at(0, 0) + (at(1, 0) - at(0, 0)) * fx;
    let bottom = at(0, 1) + (at(1, 1) - at(0, 1)) * fx;
    top + (bottom - top) * fy
}

/// From 0 to 1, the same for the same numbers.
fn hash(x: u32, y: u32, seed: u32) -> f32 {
    let mut bits = x.wrapping_mul(0x9E37_79B1) ^ y.wrapping_mul(0x85EB_CA77) ^ seed.wrapping_mul(0xC2B2_AE3D);
    bits ^= bits >> 15;
    bits = bits.wrapping_mul(0x2C1B_3C6D);
    bits ^= bits >> 12;
    bits = bits.wrapping_mul(0x297A_2D39);
    bits ^= bits >> 15;
    bits as f32 / u32::MAX as f32
}

fn mix(a: Colour, b: Colour, share: f32) -> Colour {
    let share = share.clamp(0.0, 1.0);
    std::array::from_fn(|part| a[part] + (b[part] - a[part]) * share)
}

fn shade(colour: Colour, by: f32) -> Colour {
    colour.map(|part| part * by)
}

fn gradient(at: f32, stops: &[Colour]) -> Colour {
    let place = at.clamp(0.0, 1.0) * (stops.len() - 1) as f32;
    let index = (place as usize).min(stops.len() - 2);
    mix(stops[index], stops[index + 1], place - index as f32)
}

fn smooth(from: f32, to: f32, at: f32) -> f32 {
    let share = ((at - from) / (to - from)).clamp(0.0, 1.0);
    share * share * (3.0 - 2.0 * share)
}

fn distance(u: f32, v: f32, x: f32, y: f32, aspect: f32) -> f32 {
    ((u - x) * aspect).hypot(v - y)
}

fn byte(part: f32) -> u8 {
    (part.clamp(0.0, 1.0) * 255.0).round() as u8
}
