//! Any bytes as a JPEG: a preview within its box, or a reason; no panic.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| media::fuzzing::preview_jpeg(bytes));
