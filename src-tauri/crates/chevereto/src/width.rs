//! The width to shrink a picture to, which depends on the picture.

use std::fmt;
use std::num::NonZeroU32;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::fields::{FieldError, number_value};

number_value!(
    /// A width in pixels, to shrink a still picture to.
    ///
    /// [`Width::within`] makes one that fits a known picture; [`Width::new`] is for callers who do not know it. A
    /// width larger than the picture makes the site refuse the whole upload (code 610); animations and clips are
    /// never made smaller, and the site does not say so.
    Width
);

/// The picture that a [`Width`] is meant for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Picture {
    /// A still picture, so many pixels wide as people see it: upright.
    Still {
        /// Its width in pixels.
        width: u32,
    },
    /// An animation or a clip.
    Moving,
}

/// Why a picture cannot be shrunk to a width.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum WidthError {
    /// Zero: the site reads it as not given.
    #[error("a width of zero means nothing to the site")]
    Zero,
    /// Wider than the picture: the site would refuse the upload.
    #[error("the picture is only {picture} pixels wide")]
    Larger {
        /// The picture's own width in pixels.
        picture: u32,
    },
    /// The site leaves animations and clips as they are, without a word.
    #[error("the site never makes an animation or a clip smaller")]
    Moving,
}

impl WidthError {
    /// A stable word for this error.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            WidthError::Zero => "width-zero",
            WidthError::Larger { .. } => "width-larger",
            WidthError::Moving => "width-moving",
        }
    }
}

impl Width {
    /// A width that the site can make of this picture; the picture's own is one (nothing happens).
    ///
    /// # Errors
    /// [`WidthError`] for what the site would refuse or ignore.
    pub fn within(wanted: u32, picture: Picture) -> Result<Width, WidthError> {
        match picture {
            Picture::Moving => Err(WidthError::Moving),
            Picture::Still { width } if wanted > width => Err(WidthError::Larger { picture: width }),
            Picture::Still { .. } => Width::new(wanted).ok_or(WidthError::Zero),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_width_is_never_larger_than_the_picture() {
        let still = Picture::Still { width: 1200 };
        assert_eq!(Width::within(1200, still).unwrap().get(), 1200);
        assert_eq!(Width::within(1600, still).unwrap_err(), WidthError::Larger { picture: 1200 });
        assert_eq!(Width::within(0, still).unwrap_err(), WidthError::Zero);
        assert_eq!(Width::within(16, Picture::Moving).unwrap_err(), WidthError::Moving);
    }
}
