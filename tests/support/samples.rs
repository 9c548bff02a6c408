//! Sample pictures as files: made on the spot, so that the repository carries none.

use anyhow::Result;
use media::samples::{self, Scene};
use std::{
    fs,
    io::Cursor,
    path::{Path, PathBuf},
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

/// Writes the first `count` samples into a folder, each with other bytes, and gives their paths.
///
/// # Errors
/// When the folder cannot be written to.
pub fn write(folder: &Path, count: usize) -> Result<Vec<PathBuf>> {
    fs::create_dir_all(folder)?;
    let wanted = SAMPLES.iter().take(count);
    wanted
        .map(|(name, scene, size)| {
            let path = folder.join(name);
            samples::write(&path, *scene, *size, None)?;
            Ok(path)
        })
        .collect()
}

/// A picture as PNG, another one for each number.
///
/// # Errors
/// None that a test could cause.
pub fn png(number: u32) -> Result<Vec<u8>> {
    let mut bytes = Cursor::new(Vec::new());
    samples::landscape(Scene::Peaks, number, 640, 480).write_to(&mut bytes, image::ImageFormat::Png)?;
    Ok(bytes.into_inner())
}
