//! HEIC: the tiles that a picture is put together from, decoded a row of them at a time, and what their numbers mean.

mod vui;

use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::time::Instant;

use heic_rs::context::Context;
use heic_rs::hevc::{self, ChromaFormat, Frame};
use heic_rs::props::ItemProps;
use heic_rs::{Error as Reason, Grid, MatrixCoefficients, Nclx, PixelLayout, Range, color, grid, transform};
use image::{DynamicImage, RgbImage, RgbaImage};
use moxcms::ColorProfile;

use crate::{Error, Format, Limits};

/// Of a decoded pixel: samples have two bytes, and there are one and a half a pixel in two copies, or three in one.
const BYTES_OF_PIXEL: u64 = 6;

/// The part of the tiles that is picture, in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Extent {
    pub(crate) left: usize,
    pub(crate) top: usize,
    pub(crate) width: usize,
    pub(crate) height: usize,
}

/// The bytes of a file.
pub(crate) fn read(path: &Path, limits: &Limits) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(Error::reading)?;
    file.take(limits.max_memory / 2 + 1).read_to_end(&mut bytes).map_err(Error::reading)?;
    if bytes.len() as u64 > limits.max_memory / 2 { Err(Error::TooMuchMemory) } else { Ok(bytes) }
}

/// What is put together from tiles: the colours of a picture, or its opacity.
pub(crate) struct Layer {
    /// Of one tile where it is not tiled.
    grid: Grid,
    /// The items of the tiles, row by row.
    tiles: Vec<u32>,
    tile: hevc::Info,
}

/// The picture of a file, not yet decoded. It is turned and mirrored as [`crate::Facts`] say.
pub(crate) struct Still<'a> {
    context: Context<'a>,
    picture: Layer,
    opacity: Option<Layer>,
    pub(crate) extent: Extent,
    /// What the numbers mean.
    pub(crate) colours: Nclx,
    /// An ICC profile; none is sRGB.
    pub(crate) profile: Option<Vec<u8>>,
    limits: Limits,
    until: Option<Instant>,
}

impl<'a> Still<'a> {
    pub(crate) fn open(bytes: &'a [u8], limits: &Limits) -> Result<Self, Error> {
        let context = Context::open(bytes).map_err(failed)?;
        let primary = context.meta.primary;
        let (whole, piece, picture) = layer(&context, primary)?;
        let (width, height) = (picture.grid.output_width, picture.grid.output_height);
        limits.check_size(width, height)?;
        let (left, top, width, height) = match whole.clap() {
            Some(clap) => transform::crop_rect(width, height, clap).map_err(failed)?,
            None => (0, 0, width, height),
        };
        let [left, top, width, height] = [left, top, width, height].map(|side| side as usize);
        let colours = colours(&whole, &piece);
        let named = whole.icc.or(piece.icc).map(<[u8]>::to_vec);
        let opacity = match context.alpha_item(primary).map_err(failed)? {
            Some(item) => Some(layer(&context, item)?.2),
            None => None,
        };
        let size = |layer: &Layer| (layer.grid.output_width, layer.grid.output_height);
        if opacity.as_ref().is_some_and(|opacity| size(opacity) != size(&picture)) {
            return Err(failed(Reason::Unsupported("an opacity of another size")));
        }
        Ok(Self {
            context,
            picture,
            opacity,
            extent: Extent { left, top, width, height },
            colours,
            profile: named.or_else(|| wide(&colours)),
            limits: *limits,
            until: Instant::now().checked_add(limits.max_time),
        })
    }

    /// How the colour differences are sampled.
    pub(crate) fn sampling(&self) -> ChromaFormat {
        self.picture.tile.chroma
    }

    /// Whether it is transparent somewhere.
    pub(crate) fn has_opacity(&self) -> bool {
        self.opacity.is_some()
    }

    /// Decodes the colours, row after row of tiles. `visit` is told where each begins from above, in pixels.
    pub(crate) fn strips(&self, visit: impl FnMut(usize, &Frame) -> Result<(), Error>) -> Result<(), Error> {
        self.strips_of(&self.picture, visit)
    }

    fn strips_of(
        &self,
        layer: &Layer,
        mut visit: impl FnMut(usize, &Frame) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let Grid { columns, output_width, output_height, .. } = layer.grid;
        let tile = layer.tile;
        let pixels = u64::from(tile.width) * u64::from(tile.height);
        if pixels * u64::from(columns) * BYTES_OF_PIXEL > self.limits.max_memory {
            return Err(Error::TooMuchMemory);
        }
        let mut top = 0;
        for tiles in layer.tiles.chunks(columns as usize) {
            let left = output_height.saturating_sub(top);
            if left == 0 {
                break;
            }
            let tiles = tiles.iter().map(|item| self.tile(*item, &tile)).collect::<Result<Vec<_>, _>>()?;
            let height = left.min(tile.height);
            let strip = match &tiles[..] {
                [only] if (only.width, only.height) == (output_width, height) => None,
                tiles => {
                    let row = Grid { rows: 1, output_height: height, ..layer.grid };
                    Some(grid::compose(&row, tiles, self.limits.max_pixels).map_err(failed)?)
                }
            };
            visit(top as usize, strip.as_ref().unwrap_or(&tiles[0]))?;
            top += height;
        }
        if top < output_height { Err(failed(Reason::Malformed("tiles are missing"))) } else { Ok(()) }
    }

    /// The tile of an item that is to be as `like` says.
    fn tile(&self, item: u32, like: &hevc::Info) -> Result<Frame, Error> {
        if self.until.is_some_and(|until| Instant::now() > until) {
            return Err(Error::TooSlow);
        }
        let properties = self.context.props(item).map_err(failed)?;
        // Before memory is taken: another one may be as large as it likes.
        if probe(&properties)? != *like {
            return Err(failed(Reason::Malformed("its tiles are not alike")));
        }
        let config = properties.hvcc.as_ref().ok_or(Reason::MissingBox("hvcC")).map_err(failed)?;
        let data = self.context.item_data(item).map_err(failed)?;
        let slices = config.split_nals(&data).map_err(failed)?;
        let frame = hevc::decode_still(&config.parameter_sets(), &slices).map_err(failed)?;
        frame.validate().map_err(failed)?;
        if (frame.width, frame.height) != (like.width, like.height) {
            return Err(failed(Reason::Malformed("a tile is not as large as it says")));
        }
        Ok(frame)
    }

    /// The picture in eight bits a channel.
    pub(crate) fn pixels(&self) -> Result<DynamicImage, Error> {
        let Extent { width, height, .. } = self.extent;
        // With opacity: colours, opacity, and both together.
        let bytes_of_pixel = if self.has_opacity() { 8 } else { 3 };
        if (width * height * bytes_of_pixel) as u64 > self.limits.max_memory {
            return Err(Error::TooMuchMemory);
        }
        let colours = self.colour_bytes()?;
        let (across, down) = (width as u32, height as u32);
        let whole = match &self.opacity {
            None => RgbImage::from_raw(across, down, colours).map(DynamicImage::from),
            Some(layer) => {
                let opacity = self.opacity_bytes(layer)?;
                let pixels = colours.as_chunks::<3>().0.iter().zip(&opacity);
                let pixels = pixels.flat_map(|([red, green, blue], opacity)| [*red, *green, *blue, *opacity]);
                RgbaImage::from_raw(across, down, pixels.collect()).map(DynamicImage::from)
            }
        };
        whole.ok_or_else(|| failed(Reason::Malformed("rows are missing")))
    }

    fn colour_bytes(&self) -> Result<Vec<u8>, Error> {
        let Extent { left, top, width, height } = self.extent;
        let mut pixels = Vec::with_capacity(width * height * 3);
        self.strips(|at, strip| {
            let most = self.limits.max_pixels;
            let rgb = color::convert(strip, None, self.colours, PixelLayout::Rgb8, most, Some(1))
                .map_err(failed)?;
            let rows = rgb.data.chunks_exact(rgb.row_bytes()).enumerate();
            for (_, row) in rows.filter(|(y, _)| (top..top + height).contains(&(at + y))) {
                pixels.extend_from_slice(&row[left * 3..(left + width) * 3]);
            }
            Ok(())
        })?;
        Ok(pixels)
    }

    /// Always of full range (ISO 23008-12).
    fn opacity_bytes(&self, layer: &Layer) -> Result<Vec<u8>, Error> {
        let Extent { left, top, width, height } = self.extent;
        let mut pixels = Vec::with_capacity(width * height);
        self.strips_of(layer, |at, strip| {
            let rows = strip.y.chunks(strip.y_stride.max(1) as usize).enumerate();
            for (_, row) in rows.filter(|(y, _)| (top..top + height).contains(&(at + y))) {
                let seen = row.iter().skip(left).take(width);
                pixels.extend(seen.map(|sample| (sample >> strip.bit_depth.saturating_sub(8)) as u8));
            }
            Ok(())
        })?;
        Ok(pixels)
    }
}

/// A layer with what is said of it and of its first tile.
fn layer<'a>(context: &Context<'a>, item: u32) -> Result<(ItemProps<'a>, ItemProps<'a>, Layer), Error> {
    let whole = context.props(item).map_err(failed)?;
    let tiled = context.grid(item).map_err(failed)?;
    let first = tiled.as_ref().map_or(Some(item), |(_, tiles)| tiles.first().copied());
    let piece = context.props(first.ok_or(Reason::MissingItem(item)).map_err(failed)?).map_err(failed)?;
    let tile = probe(&piece)?;
    let (grid, tiles) = tiled.unwrap_or_else(|| {
        let (output_width, output_height) = (tile.width, tile.height);
        (Grid { rows: 1, columns: 1, output_width, output_height }, vec![item])
    });
    Ok((whole, piece, Layer { grid, tiles, tile }))
}

fn probe(properties: &ItemProps<'_>) -> Result<hevc::Info, Error> {
    let config = properties.hvcc.as_ref().ok_or(Reason::MissingBox("hvcC")).map_err(failed)?;
    hevc::probe(&config.parameter_sets()).map_err(failed)
}

/// What the container says; else what the stream says; else what a picture is that says nothing (ISO 23000-22): sRGB,
/// the weights of BT.601, full range.
fn colours(whole: &ItemProps<'_>, piece: &ItemProps<'_>) -> Nclx {
    /// The type of a sequence parameter set.
    const SPS: u8 = 33;

    let stream = || {
        let arrays = piece.hvcc.iter().flat_map(|config| &config.arrays);
        let sps = arrays.filter(|array| array.nal_type == SPS).find_map(|array| array.nals.first())?;
        let vui::Said { full_range, primaries, transfer, matrix } = vui::said(sps)?;
        let range = if full_range { Range::Full } else { Range::Limited };
        Some(nclx(primaries, transfer, matrix, range))
    };
    let said = whole.nclx.or(piece.nclx).or_else(stream).unwrap_or(nclx(1, 13, 6, Range::Full));
    match said.matrix {
        MatrixCoefficients::Unspecified | MatrixCoefficients::Other(_) => {
            Nclx { matrix: MatrixCoefficients::Bt601, ..said }
        }
        _ => said,
    }
}

fn nclx(primaries: u16, transfer: u16, matrix: u16, range: Range) -> Nclx {
    Nclx { primaries, transfer, matrix: MatrixCoefficients::from_code(matrix), matrix_code: matrix, range }
}

/// The profile of wide colours that are said by a number.
fn wide(colours: &Nclx) -> Option<Vec<u8>> {
    const DISPLAY_P3: u16 = 12;
    (colours.primaries == DISPLAY_P3).then(|| ColorProfile::new_display_p3().encode().ok())?
}

fn failed(reason: Reason) -> Error {
    match reason {
        Reason::Unsupported(_) => Error::NoPreview(Format::Heic),
        Reason::PixelLimit { .. } => Error::TooMuchMemory,
        reason => Error::damaged(Format::Heic, reason),
    }
}
