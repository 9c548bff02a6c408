//! Who takes part.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::Result;

use super::{SIDE, files, set::Set};
use crate::{corpus, sh};

pub(crate) const OURS: &str = "ours";
pub(crate) const SHARP: &str = "sharp";
pub(crate) const VIPS: &str = "vipsthumbnail";
pub(crate) const PILLOW: &str = "Pillow";
const PIXBUF: &str = "gdk-pixbuf";

/// Pinned: another release is another race.
const SHARP_VERSION: &str = "0.35.5";

/// Someone who makes previews.
pub(crate) struct Contender {
    pub(crate) name: &'static str,
    pub(crate) version: Option<String>,
    /// The words that start it, before the number of workers.
    words: Vec<PathBuf>,
    folder: PathBuf,
    /// Folders of the corpus that it cannot read.
    cannot: &'static [&'static str],
}

/// Us first, then the others, installed when they are not there yet.
pub(crate) fn all(programs: &Path) -> Result<Vec<Contender>> {
    let python = corpus::python()?;
    let sharp = sharp()?;
    let told = |program: &str, words: &[&str]| {
        let said = sh::output(&mut sh::command(program, words))?;
        said.lines().next().map(str::to_owned)
    };
    let pillow = told(&python, &["-c", "import PIL; print(PIL.__version__)"]);
    let pixbuf = "import gi; gi.require_version('GdkPixbuf', '2.0'); \
                  from gi.repository import GdkPixbuf; print(GdkPixbuf.PIXBUF_VERSION)";
    let contender = |name, version, words: Vec<PathBuf>, cannot| Contender {
        name,
        version,
        words,
        folder: sharp.clone(),
        cannot,
    };
    Ok(vec![
        contender(OURS, None, vec![programs.join("keltas-bench-previews")], &[]),
        contender(
            SHARP,
            Some(SHARP_VERSION.to_owned()),
            vec!["node".into(), corpus::script("sharp.mjs")],
            &["bmp"],
        ),
        contender(VIPS, told("vips", &["--version"]), vec!["sh".into(), corpus::script("vips.sh")], &[]),
        contender(PILLOW, pillow, vec![python.into(), corpus::script("pillow.py")], &[]),
        contender(
            PIXBUF,
            told("/usr/bin/python3", &["-c", pixbuf]),
            vec!["/usr/bin/python3".into(), corpus::script("pixbuf.py")],
            &["webp", "avif", "gif"],
        ),
    ])
}

/// sharp, in a folder of its own.
fn sharp() -> Result<PathBuf> {
    let folder = corpus::folder().join("sharp");
    if !folder.join("node_modules/sharp").exists() {
        fs::create_dir_all(&folder)?;
        let package = format!("sharp@{SHARP_VERSION}");
        let words = ["install", "--silent", "--no-save", "--prefix", ".", &package];
        sh::run("installing sharp", sh::command("npm", words).current_dir(&folder))?;
    }
    Ok(folder)
}

impl Contender {
    /// Whether it reads the pictures in a folder of the corpus.
    pub(crate) fn reads(&self, folder: &Path) -> bool {
        !self.cannot.iter().any(|kind| folder.ends_with(kind))
    }

    /// Whether it reads anything of a set; of a mixed one it gets what it reads.
    pub(crate) fn takes_part(&self, set: &Set) -> bool {
        set.kinds.iter().any(|kind| !self.cannot.contains(kind))
    }

    pub(crate) fn files(&self, set: &Set, pictures: &Path) -> Result<Vec<PathBuf>> {
        let mut found = Vec::new();
        for kind in set.kinds.iter().filter(|kind| !self.cannot.contains(kind)) {
            found.extend(files(&pictures.join(kind))?);
        }
        // Kinds next to each other would let one worker have all the hard ones at the end.
        found.sort_by_key(|file| file.file_name().map(ToOwned::to_owned));
        found.truncate(set.most);
        Ok(found)
    }

    /// The program that makes previews of files into a folder.
    pub(crate) fn command(&self, workers: usize, out: &Path, files: &[PathBuf]) -> Command {
        let mut command = Command::new(&self.words[0]);
        command.args(&self.words[1..]).arg(workers.to_string()).arg(SIDE).arg(out).args(files);
        command.current_dir(&self.folder);
        command
    }
}
