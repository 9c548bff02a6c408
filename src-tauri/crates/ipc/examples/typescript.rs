//! Prints the window's TypeScript; `cargo xtask types` writes it to its place.

fn main() {
    print!("{}", ipc::typescript());
}
