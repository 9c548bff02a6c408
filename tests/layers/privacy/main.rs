//! What leaves, read by a program that knows more kinds of metadata than ours: ExifTool writes it as cameras and editors
//! do, it is stripped, and ExifTool says what is left.

#![allow(clippy::unwrap_used, reason = "a test that cannot make its files has failed")]

mod clips;
mod exiftool;
mod pictures;
