//! Pictures and clips: told by their bytes, previewed, stripped of what is private.
