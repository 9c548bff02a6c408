//! JPEG XL, by `jxl-oxide`, which turns pictures upright by itself.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use image::{DynamicImage, GrayAlphaImage, GrayImage, RgbImage, RgbaImage};
use jxl_oxide::{AllocTracker, InitializeResult, JxlImage, JxlImageBuilder};

use crate::{Dimensions, Error, Format, Limits};

/// More than any header but one with a large colour profile.
const PIECE: usize = 64 * 1024;

/// What the beginning of a file says.
pub(crate) struct Header {
    /// As shown.
    pub(crate) dimensions: Dimensions,
    pub(crate) animated: bool,
}

/// Reads no more than it needs.
pub(crate) fn header(from: &mut impl Read, limits: &Limits) -> io::Result<Header> {
    let mut image = builder(limits).build_uninit();
    let (mut piece, mut filled) = (vec![0; PIECE], 0);
    loop {
        let read = from.read(&mut piece[filled..])?;
        if read == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        filled += read;
        let used = image.feed_bytes(&piece[..filled]).map_err(io::Error::other)?;
        piece.copy_within(used..filled, 0);
        filled -= used;
        match image.try_init().map_err(io::Error::other)? {
            InitializeResult::NeedMoreData(more) => image = more,
            InitializeResult::Initialized(image) => {
                let dimensions = Dimensions { width: image.width(), height: image.height() };
                return Ok(Header {
                    dimensions,
                    animated: image.image_header().metadata.animation.is_some(),
                });
            }
        }
    }
}

/// The first picture, upright, eight bits a sample, with the colour profile of its numbers.
pub(crate) fn decode(path: &Path, limits: &Limits) -> Result<(DynamicImage, Vec<u8>), Error> {
    let damaged = |error| Error::damaged(Format::Jxl, error);
    let file = File::open(path).map_err(Error::reading)?;
    let image = builder(limits).read(file).map_err(damaged)?;
    let (width, height) = (image.width(), image.height());
    limits.check_size(width, height)?;
    // It holds four bytes a sample, and as many again while it works.
    if u64::from(width) * u64::from(height) * 24 > limits.max_memory {
        return Err(Error::TooMuchMemory);
    }
    if !image.is_loading_done() {
        return Err(damaged("it ends too early".into()));
    }
    if image.pixel_format().has_black() {
        // Inks, by profiles that describe more than colours.
        return Err(Error::NoPreview(Format::Jxl));
    }
    let frame = image.render_frame(0).map_err(damaged)?;
    let mut stream = frame.stream();
    let mut samples = vec![0_u8; (width * height) as usize * stream.channels() as usize];
    stream.write_to_buffer(&mut samples);
    let picture = match stream.channels() {
        1 => GrayImage::from_raw(width, height, samples).map(DynamicImage::from),
        2 => GrayAlphaImage::from_raw(width, height, samples).map(DynamicImage::from),
        3 => RgbImage::from_raw(width, height, samples).map(DynamicImage::from),
        4 => RgbaImage::from_raw(width, height, samples).map(DynamicImage::from),
        _ => None,
    };
    let picture = picture.ok_or_else(|| damaged("its channels are of another kind".into()))?;
    Ok((picture, image.rendered_icc()))
}

fn builder(limits: &Limits) -> JxlImageBuilder {
    let most = usize::try_from(limits.max_memory).unwrap_or(usize::MAX);
    JxlImage::builder().alloc_tracker(AllocTracker::with_limit(most))
}
