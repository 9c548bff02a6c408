//! Pictures and clips: told by their bytes, previewed, stripped of what is private.
//!
//! Everything here is synchronous and touches no network. A caller that must not block runs it on a
//! blocking pool. Files are only ever read; what writes, [`strip()`], [`convert()`] and [`upright()`], writes a
//! new file.

pub mod apart;
pub mod body;
pub mod convert;
pub mod error;
pub mod facts;
#[cfg(fuzzing)]
#[doc(hidden)]
pub mod fuzzing;
pub mod hash;
pub mod name;
pub mod preview;
#[cfg(feature = "samples")]
pub mod samples;
pub mod scan;
pub mod sniff;
pub mod strip;
pub mod upright;

mod exif;
mod heic;
mod jxl;
mod opened;
mod photoshop;
mod png_text;
mod walk;
mod xmp;

pub use apart::Decoder;
pub use body::{Body, body};
pub use convert::{Converted, Target, Wish, convert, is_convertible};
pub use error::Error;
pub use facts::{Dimensions, Facts, Orientation, inspect};
pub use hash::{Hash, hash};
pub use preview::{Limits, Preview, preview};
pub use scan::{Candidate, Reason, Rejection, Scan, ScanProgress, scan};
pub use sniff::{Format, Refusal, refusal, sniff};
pub use strip::{Privacy, Removed, Stripped, strip};
pub use upright::upright;
