//! Sample pictures as files: made on the spot, so that the repository carries none.

use anyhow::Result;
use std::{
    fs,
    path::{Path, PathBuf},
};

/// Names as people give them; the tests need blanks, letters of the language and signs in them.
const NAMES: [&str; 12] = [
    "dune-grass.png",
    "morning coffee.png",
    "pienės.png",
    "stream.png",
    "fog & ferry.png",
    "du šunys.png",
    "brushes.png",
    "summer palace.png",
    "kitten.png",
    "IMG_2041.png",
    "lighthouse.png",
    "harbour at night.png",
];

/// Writes the first `count` samples into a folder, each with other bytes, and gives their paths.
///
/// # Errors
/// When the folder cannot be written to.
pub fn write(folder: &Path, count: usize) -> Result<Vec<PathBuf>> {
    fs::create_dir_all(folder)?;
    let mut files = Vec::new();
    for (nth, name) in (0..count).zip(NAMES.iter().cycle()) {
        let name = if nth < NAMES.len() { (*name).to_owned() } else { format!("{nth} {name}") };
        let path = folder.join(name);
        fs::write(&path, png(u32::try_from(nth)?)?)?;
        files.push(path);
    }
    Ok(files)
}

/// A picture as PNG: hills under a sky, other ones for each number.
///
/// # Errors
/// None that a person could cause.
pub fn png(nth: u32) -> Result<Vec<u8>> {
    let (width, height) = (960, 720 - 40 * (nth % 3));
    let wave = |x: f32, layer: f32| (x * (2.0 + layer) + nth as f32 * 1.7 + layer * 2.1).sin() * 0.06;
    let hue = |base: f32| 0.5 + 0.5 * (base + nth as f32 * 0.9).sin();
    let mut picture = image::RgbImage::new(width, height);
    for (x, y, pixel) in picture.enumerate_pixels_mut() {
        let (x, y) = (x as f32 / width as f32, y as f32 / height as f32);
        let layer = (0..4)
            .rev()
            .map(|layer| layer as f32)
            .find(|layer| y > 0.42 + layer * 0.14 + wave(x * 4.0, *layer));
        let light = layer.map_or(0.95 - y * 0.35, |layer| 0.62 - layer * 0.14 - (y - 0.5) * 0.1);
        let tone = |base: f32| (light * (0.72 + 0.28 * hue(base)) * 255.0) as u8;
        *pixel = image::Rgb([tone(0.0), tone(1.9), tone(3.4)]);
    }
    let mut bytes = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut bytes, image::ImageFormat::Png)?;
    Ok(bytes.into_inner())
}
