//! Sample pictures for tests, screenshots and the first run: made, not taken.
