//! Any first bytes are told from each other, or not, without a panic.

#![no_main]

use libfuzzer_sys::fuzz_target;
use media::{refusal, sniff};

fuzz_target!(|input: &[u8]| {
    if let Some(format) = sniff(input) {
        assert!(format.mime().contains('/') && !format.extension().is_empty() && !format.label().is_empty());
        let _ = refusal(format);
    }
});
