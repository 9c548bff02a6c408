//! What a site tells contents by.

use std::fmt::Write;

use md5::{Digest, Md5};

/// MD5 in lower-case hexadecimal.
#[must_use]
pub fn md5(bytes: &[u8]) -> String {
    Md5::digest(bytes).iter().fold(String::new(), |mut text, byte| {
        // Writing into a text cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
