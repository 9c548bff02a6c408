//! Colours as a screen shows them: sRGB, whatever the file has.

use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};

use super::picture::{Small, Space};

/// Converts by the profile, where it fits the picture, and inks in any case. YCbCr without a profile stays as it is.
pub(super) fn into_srgb(picture: Small, profile: Option<&[u8]>) -> Small {
    // A profile that cannot be read is as good as none: most pictures are sRGB.
    let profile = profile.and_then(|bytes| ColorProfile::new_from_slice(bytes).ok());
    let picture = match picture.space {
        Space::Cmyk { inverted } => inks(picture, inverted),
        Space::Ycck => inks(from_ycck(picture), true),
        Space::YCbCr { red, blue } if profile.is_some() || picture.space != Space::YCBCR => {
            into_rgb(picture, f32::from(red) / 1e4, f32::from(blue) / 1e4)
        }
        _ => picture,
    };
    let converted = profile.and_then(|profile| converted(&picture, &profile));
    match (converted, picture.space) {
        (Some(data), _) => Small { space: Space::Rgb, data, ..picture },
        (None, Space::Cmyk { .. }) => from_inks(&picture),
        (None, _) => picture,
    }
}

/// `None` when the profile is for other channels.
fn converted(picture: &Small, profile: &ColorProfile) -> Option<Vec<u8>> {
    let (kind, from, to) = match (picture.space, picture.alpha) {
        (Space::Gray, false) => (DataColorSpace::Gray, Layout::Gray, Layout::Rgb),
        (Space::Gray, true) => (DataColorSpace::Gray, Layout::GrayAlpha, Layout::Rgba),
        (Space::Rgb, false) => (DataColorSpace::Rgb, Layout::Rgb, Layout::Rgb),
        (Space::Rgb, true) => (DataColorSpace::Rgb, Layout::Rgba, Layout::Rgba),
        (Space::Cmyk { .. }, false) => (DataColorSpace::Cmyk, Layout::Rgba, Layout::Rgb),
        _ => return None,
    };
    if profile.color_space != kind {
        return None;
    }
    let srgb = ColorProfile::new_srgb();
    let transform = profile.create_transform_8bit(from, &srgb, to, TransformOptions::default()).ok()?;
    let mut data = vec![0; picture.width * picture.height * to.channels()];
    transform.transform(&picture.data, &mut data).ok()?;
    Some(data)
}

/// Inks where 255 is full.
fn inks(mut picture: Small, inverted: bool) -> Small {
    if inverted {
        picture.data.iter_mut().for_each(|ink| *ink = 255 - *ink);
    }
    Small { space: Space::Cmyk { inverted: false }, ..picture }
}

/// Without a profile: each ink takes its part of the light away.
fn from_inks(picture: &Small) -> Small {
    let light = |ink: u8, black: u8| ((u32::from(255 - ink) * u32::from(255 - black) + 127) / 255) as u8;
    let data = picture.data.chunks_exact(4).flat_map(|pixel| {
        let [c, m, y, k] = [pixel[0], pixel[1], pixel[2], pixel[3]];
        [light(c, k), light(m, k), light(y, k)]
    });
    Small { space: Space::Rgb, data: data.collect(), ..*picture }
}

/// YCbCr stands for what the first three inks leave over, so they come out upside down like the fourth.
fn from_ycck(mut picture: Small) -> Small {
    for pixel in picture.data.chunks_exact_mut(4) {
        let light = rgb([pixel[0], pixel[1], pixel[2]], 0.299, 0.114);
        pixel[..3].copy_from_slice(&light.map(|light| 255 - light));
    }
    Small { space: Space::Cmyk { inverted: true }, ..picture }
}

fn into_rgb(mut picture: Small, red: f32, blue: f32) -> Small {
    for pixel in picture.data.chunks_exact_mut(3) {
        let light = rgb([pixel[0], pixel[1], pixel[2]], red, blue);
        pixel.copy_from_slice(&light);
    }
    Small { space: Space::Rgb, ..picture }
}

/// By the weights of red and blue in the brightness.
fn rgb([y, cb, cr]: [u8; 3], red: f32, blue: f32) -> [u8; 3] {
    let (y, cb, cr) = (f32::from(y), f32::from(cb) - 128.0, f32::from(cr) - 128.0);
    let r = y + 2.0 * (1.0 - red) * cr;
    let b = y + 2.0 * (1.0 - blue) * cb;
    let g = (y - red * r - blue * b) / (1.0 - red - blue);
    [r, g, b].map(|level| level.round().clamp(0.0, 255.0) as u8)
}
