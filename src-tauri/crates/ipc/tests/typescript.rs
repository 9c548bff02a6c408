//! The TypeScript that the window is built with is the one that these views and commands make.

#[test]
fn the_generated_file_is_not_stale() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../..").join(ipc::TYPESCRIPT_PATH);
    let kept = std::fs::read_to_string(&path).expect("the generated file is part of the project");
    assert!(kept == ipc::typescript(), "stale: run `cargo xtask types`");
}
