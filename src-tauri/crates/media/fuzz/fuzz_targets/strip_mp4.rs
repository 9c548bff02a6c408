//! Any bytes taken for a MP4 are stripped without a panic, and stripping again finds nothing.

#![no_main]

use libfuzzer_sys::fuzz_target;
use media::{Format, fuzzing::strip_twice};

fuzz_target!(|input: &[u8]| strip_twice(input, Format::Mp4));
