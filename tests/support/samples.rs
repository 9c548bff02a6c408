//! Sample pictures as files: made on the spot, so that the repository carries none.

use anyhow::{Context, Result};
use image::{
    Delay, DynamicImage, Frame, ImageFormat,
    codecs::gif::{GifEncoder, Repeat},
    imageops,
};
use media::samples::{self, Scene};
use std::{
    collections::HashMap,
    fs,
    io::Cursor,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

/// Names as people give them, with blanks, letters of their language and signs in them.
const SAMPLES: [(&str, Scene, (u32, u32)); 12] = [
    ("dune-grass.jpg", Scene::Dune, (1600, 1067)),
    ("morning coffee.png", Scene::Coffee, (960, 720)),
    ("pienės.jpg", Scene::Meadow, (1200, 900)),
    ("lighthouse.jpg", Scene::Lighthouse, (900, 1200)),
    ("fog & ferry.jpg", Scene::Sea, (1600, 900)),
    ("harbour at night.jpg", Scene::Night, (1440, 960)),
    ("hills.webp", Scene::Hills, (1200, 800)),
    ("pušynas.jpg", Scene::Forest, (1200, 900)),
    ("old town.jpg", Scene::City, (1280, 853)),
    ("IMG_2041.jpg", Scene::Peaks, (1600, 1200)),
    ("chart.png", Scene::Chart, (1280, 800)),
    ("waves.gif", Scene::Stripes, (480, 360)),
];

/// Samples that were made before: each takes a while to paint.
static MADE: Mutex<Option<HashMap<&str, Vec<u8>>>> = Mutex::new(None);

/// Writes the first `count` samples into a folder, each with other bytes, and gives their paths.
///
/// # Errors
/// When the folder cannot be written to.
pub fn write(folder: &Path, count: usize) -> Result<Vec<PathBuf>> {
    fs::create_dir_all(folder)?;
    let mut made = MADE.lock().unwrap_or_else(PoisonError::into_inner);
    let made = made.get_or_insert_default();
    let wanted = SAMPLES.iter().take(count);
    wanted
        .map(|(name, scene, size)| {
            let path = folder.join(name);
            if let Some(bytes) = made.get(name) {
                fs::write(&path, bytes)?;
            } else {
                samples::write(&path, *scene, *size, None)?;
                made.insert(name, fs::read(&path)?);
            }
            Ok(path)
        })
        .collect()
}

/// Writes a picture of many megabytes as PNG, another one for each number: more than a network swallows unread.
///
/// # Errors
/// When the folder cannot be written to.
pub fn large(path: &Path, number: u32) -> Result<PathBuf> {
    let small = samples::landscape(Scene::Sea, number, 800, 600);
    let mut picture = imageops::resize(&small, 4800, 3600, imageops::FilterType::Triangle);
    // Noise too fine to see, and too wild to compress.
    let mut state = number.wrapping_mul(2_654_435_761) | 1;
    for part in picture.iter_mut() {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        *part = part.saturating_add(u8::try_from(state & 7)?);
    }
    fs::create_dir_all(path.parent().context("a file has a folder")?)?;
    picture.save_with_format(path, ImageFormat::Png)?;
    Ok(path.to_owned())
}

/// A picture as PNG, another one for each number.
///
/// # Errors
/// None that a test could cause.
pub fn png(number: u32) -> Result<Vec<u8>> {
    let mut bytes = Cursor::new(Vec::new());
    samples::landscape(Scene::Peaks, number, 640, 480).write_to(&mut bytes, ImageFormat::Png)?;
    Ok(bytes.into_inner())
}

/// Writes an animation of three pictures as GIF.
///
/// # Errors
/// When the folder cannot be written to.
pub fn animation(path: &Path) -> Result<()> {
    fs::create_dir_all(path.parent().context("a file has a folder")?)?;
    let mut encoder = GifEncoder::new(fs::File::create_new(path)?);
    encoder.set_repeat(Repeat::Infinite)?;
    for number in 0..3 {
        let picture = DynamicImage::from(samples::landscape(Scene::Peaks, number, 160, 120)).into_rgba8();
        encoder.encode_frame(Frame::from_parts(picture, 0, 0, Delay::from_numer_denom_ms(100, 1)))?;
    }
    Ok(())
}

/// A folder with these many pictures of one pixel each, no two of them the same.
///
/// # Errors
/// When the folder cannot be written to.
pub fn tiny(folder: &Path, count: usize) -> Result<PathBuf> {
    fs::create_dir_all(folder)?;
    for number in 0..count {
        let [_, red, green, blue] = u32::try_from(number)?.to_be_bytes();
        let pixel = image::RgbImage::from_pixel(1, 1, image::Rgb([red, green, blue]));
        pixel.save(folder.join(format!("picture-{number:05}.png")))?;
    }
    Ok(folder.to_owned())
}
