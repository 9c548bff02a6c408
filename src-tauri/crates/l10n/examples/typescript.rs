//! Prints the types of the messages for the window; `cargo xtask types` writes them to their place.

fn main() {
    print!("{}", l10n::TYPESCRIPT);
}
