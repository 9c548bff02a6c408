//! Writes all sample pictures onto one sheet, to look at: `cargo run -p media --features samples --example sheet -- sheet.png`

use image::{RgbImage, imageops};
use media::samples::{Scene, landscape};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("where to?")?;
    let mut sheet = RgbImage::new(4 * 330, 3 * 250);
    for (index, scene) in Scene::ALL.into_iter().enumerate() {
        let (column, row) = (index % 4, index / 4);
        let picture = landscape(scene, 7, 320, 240);
        imageops::replace(&mut sheet, &picture, column as i64 * 330 + 5, row as i64 * 250 + 5);
    }
    sheet.save(path)?;
    Ok(())
}
