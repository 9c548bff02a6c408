//! A small picture as bytes: JPEG, or PNG where something can be seen through.

use jpeg_encoder::{ColorType, Encoder, SamplingFactor};

use super::Preview;
use super::picture::{Small, Space};
use crate::{Error, Format};

/// The least at which the pictures of every format are 0.99 like the originals (SSIM, in `cargo xtask bench previews`).
/// 320 pixels take 30 to 40 kB, a quarter more than at 95.
const JPEG_QUALITY: u8 = 97;

pub(super) fn encode(format: Format, picture: Small) -> Result<Preview, Error> {
    if picture.see_through() { png(format, &picture) } else { jpeg(format, &without_alpha(picture)) }
}

fn without_alpha(picture: Small) -> Small {
    if !picture.alpha {
        return picture;
    }
    let channels = picture.channels();
    let pixels = picture.data.chunks_exact(channels);
    let data = pixels.flat_map(|pixel| pixel[..channels - 1].iter().copied()).collect();
    Small { alpha: false, data, ..picture }
}

fn jpeg(format: Format, picture: &Small) -> Result<Preview, Error> {
    let kind = match picture.space {
        Space::Gray => ColorType::Luma,
        Space::YCBCR => ColorType::Ycbcr,
        _ => ColorType::Rgb,
    };
    let (width, height) = sides(format, picture)?;
    let mut bytes = Vec::with_capacity(32 * 1024);
    let mut encoder = Encoder::new(&mut bytes, JPEG_QUALITY);
    encoder.set_sampling_factor(SamplingFactor::F_2_2);
    encoder.encode(&picture.data, width, height, kind).map_err(|error| Error::damaged(format, error))?;
    Ok(Preview { bytes, mime: "image/jpeg", width: width.into(), height: height.into() })
}

fn png(format: Format, picture: &Small) -> Result<Preview, Error> {
    let (width, height) = sides(format, picture)?;
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width.into(), height.into());
    encoder.set_color(if picture.space == Space::Gray {
        png::ColorType::GrayscaleAlpha
    } else {
        png::ColorType::Rgba
    });
    encoder.set_compression(png::Compression::Fast);
    let written = encoder.write_header().and_then(|mut writer| writer.write_image_data(&picture.data));
    written.map_err(|error| Error::damaged(format, error))?;
    Ok(Preview { bytes, mime: "image/png", width: width.into(), height: height.into() })
}

fn sides(format: Format, picture: &Small) -> Result<(u16, u16), Error> {
    let side = |side: usize| u16::try_from(side).map_err(|error| Error::damaged(format, error));
    Ok((side(picture.width)?, side(picture.height)?))
}
