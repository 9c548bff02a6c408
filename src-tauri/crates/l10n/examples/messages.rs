//! Prints the types of the messages for the window; `cargo xtask types` writes them to their place.

#![allow(clippy::print_stdout, reason = "that is what it is for")]

fn main() {
    print!("{}", l10n::TYPESCRIPT);
}
