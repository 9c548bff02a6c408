//! The pictures that the bench of previews is run over. They are made, not kept: the same ones every time.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};

use crate::{setup, sh};

/// Wallpapers, of which photographs are cut out. They are unpacked, not installed.
const WALLPAPERS: &[&str] = &["plasma-workspace-wallpapers", "mate-backgrounds"];

/// What the pictures are made and judged with.
const PACKAGES: &[&str] = &["python3", "python3-venv", "fonts-dejavu-core"];

/// Pinned, since another encoder makes another corpus.
const PYTHON: &[&str] = &["pillow==13.0.0", "numpy==2.4.6", "piexif==1.1.3"];

/// A folder that stays.
pub(crate) fn folder() -> PathBuf {
    sh::target().join("bench-corpus")
}

/// Makes what is not there yet, and tells where it is. It takes some minutes and 1 GB.
pub(crate) fn corpus(yes: bool) -> Result<PathBuf> {
    setup::apt_packages(PACKAGES, yes)?;
    let python = python()?;
    let (pictures, wallpapers) = (folder().join("pictures"), folder().join("wallpapers"));
    if !pictures.join("corpus.json").exists() {
        unpack(&wallpapers)?;
        let mut command = sh::command(&python, [script("corpus.py")]);
        command.arg(&wallpapers).arg(&pictures);
        sh::run("making the corpus: some minutes", &mut command)?;
    }
    Ok(pictures)
}

/// A Python with the libraries that the scripts need, in a place of its own.
pub(crate) fn python() -> Result<String> {
    let place = folder().join("python");
    let python = place.join("bin/python").display().to_string();
    let told = place.join("installed");
    if fs::read_to_string(&told).unwrap_or_default() != PYTHON.join(" ") {
        fs::create_dir_all(folder())?;
        sh::run("making a place for Python's libraries", sh::command("python3", ["-m", "venv"]).arg(&place))?;
        let mut install = sh::command(&python, ["-m", "pip", "install", "--quiet"]);
        sh::run("installing Python's libraries", install.args(PYTHON))?;
        fs::write(&told, PYTHON.join(" "))?;
    }
    Ok(python)
}

/// A script of the bench.
pub(crate) fn script(name: &str) -> PathBuf {
    sh::root().join("src-tauri/crates/bench/previews").join(name)
}

fn unpack(to: &Path) -> Result<()> {
    if to.exists() {
        return Ok(());
    }
    let part = to.with_extension("part");
    fs::create_dir_all(&part)?;
    let mut download = sh::command("apt-get", ["download", "--quiet"]);
    sh::run("downloading wallpapers (150 MB)", download.args(WALLPAPERS).current_dir(&part))?;
    for entry in fs::read_dir(&part)? {
        let package = entry?.path();
        if package.extension().is_some_and(|kind| kind == "deb") {
            sh::run("unpacking wallpapers", sh::command("dpkg", ["-x"]).arg(&package).arg(&part))?;
            fs::remove_file(&package)?;
        }
    }
    fs::rename(&part, to).context("the wallpapers")
}
