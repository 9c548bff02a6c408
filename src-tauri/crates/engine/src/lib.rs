//! The queue: what waits, runs, waits again and is done.
