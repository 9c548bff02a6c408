//! Reads `tauri.conf.json`; the window's files are embedded from `ui/dist`.

fn main() {
    // Checks and tests of the shell need no built window: an empty folder is enough to compile.
    let dist = concat!(env!("CARGO_MANIFEST_DIR"), "/../ui/dist");
    if let Err(error) = std::fs::create_dir_all(dist) {
        println!("cargo::warning={dist}: {error}");
    }
    // The files that were embedded last are watched by themselves; this finds the ones that came since.
    println!("cargo::rerun-if-changed={dist}");
    tauri_build::build();
}
