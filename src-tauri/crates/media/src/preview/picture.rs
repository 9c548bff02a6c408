//! A picture on its way from a file to a preview.

/// What the channels of a picture mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Space {
    Gray,
    Rgb,
    /// Brightness and two colour differences, full range, with the weights of red and blue in ten thousandths.
    YCbCr {
        red: u16,
        blue: u16,
    },
    /// Inks, where 255 is full, or nothing when `inverted`.
    Cmyk {
        inverted: bool,
    },
    /// Inverted inks, the first three as YCbCr.
    Ycck,
}

/// Rows of 8-bit samples, the channels of a pixel side by side.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Raster {
    pub(super) width: usize,
    pub(super) height: usize,
    pub(super) channels: usize,
    /// The part that is picture: the last column and row may stick out of it.
    pub(super) extent: (f64, f64),
    pub(super) data: Vec<u8>,
}

/// A picture as its decoder hands it over: at full size or smaller, but not smaller than is wanted.
#[derive(Debug, Clone)]
pub(super) struct Decoded {
    /// Pixels of the whole picture, across and down, before it is turned.
    pub(super) size: (u32, u32),
    /// One raster with all channels, or one for each, of which some may be smaller.
    pub(super) planes: Vec<Raster>,
    pub(super) space: Space,
    /// The last channel is opacity, and the others are multiplied by it.
    pub(super) alpha: bool,
    /// An ICC profile.
    pub(super) profile: Option<Vec<u8>>,
}

/// A picture of the size that is wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Small {
    pub(super) width: usize,
    pub(super) height: usize,
    pub(super) space: Space,
    /// The last channel is opacity.
    pub(super) alpha: bool,
    pub(super) data: Vec<u8>,
}

impl Space {
    /// As JPEG has it.
    pub(super) const YCBCR: Self = Self::YCbCr { red: 2990, blue: 1140 };

    /// Without opacity.
    pub(super) fn channels(self) -> usize {
        match self {
            Self::Gray => 1,
            Self::Rgb | Self::YCbCr { .. } => 3,
            Self::Cmyk { .. } | Self::Ycck => 4,
        }
    }
}

impl Small {
    pub(super) fn channels(&self) -> usize {
        self.space.channels() + usize::from(self.alpha)
    }

    /// Whether anything can be seen through.
    pub(super) fn see_through(&self) -> bool {
        let channels = self.channels();
        self.alpha && self.data.chunks_exact(channels).any(|pixel| pixel[channels - 1] < 255)
    }
}
