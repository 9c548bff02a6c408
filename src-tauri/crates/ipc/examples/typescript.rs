//! Prints the window's TypeScript; `cargo xtask types` writes it to its place.
#![allow(clippy::print_stdout, reason = "printing is what it is for")]

fn main() {
    print!("{}", ipc::typescript());
}
