//! How like the previews are to the whole pictures made small.

use std::{fs, path::Path};

use anyhow::{Context, Result};

use super::{SIDE, contender::Contender, files};
use crate::{corpus, sh};

/// The least that a format's previews, and the least like of all, are to have.
pub(crate) const MEAN: f64 = 0.990;
pub(crate) const LEAST: f64 = 0.980;

/// One contender's previews of one kind.
pub(crate) struct Likeness {
    pub(crate) who: String,
    pub(crate) kind: String,
    pub(crate) mean: f64,
    pub(crate) least: f64,
    /// Previews with other sides than they should have: not turned upright, or not made.
    pub(crate) wrong: usize,
}

/// Has everyone make every preview once more and looks at them.
pub(crate) fn judge(contenders: &[Contender], pictures: &Path, scratch: &Path) -> Result<Vec<Likeness>> {
    sh::announce("looking at the previews");
    let mut look = sh::command(&corpus::python()?, [corpus::script("likeness.py")]);
    look.arg(pictures).arg(SIDE);
    for who in contenders {
        let folder = scratch.join(who.name);
        for kind in fs::read_dir(pictures)? {
            let kind = kind?.path();
            if kind.is_dir() && who.reads(&kind) {
                let out = folder.join(kind.file_name().unwrap_or_default());
                fs::create_dir_all(&out)?;
                let status = who.command(2, &out, &files(&kind)?).status().context(who.name)?;
                anyhow::ensure!(status.success(), "{}: {}", who.name, kind.display());
            }
        }
        look.arg(folder);
    }
    let said = sh::output(&mut look).context("the previews could not be looked at")?;
    said.lines()
        .map(|line| read(line).context("the previews were looked at, and something else was said"))
        .collect()
}

fn read(line: &str) -> Option<Likeness> {
    let [who, kind, mean, least, wrong] = line.split_whitespace().collect::<Vec<_>>()[..] else {
        return None;
    };
    Some(Likeness {
        who: who.to_owned(),
        kind: kind.to_owned(),
        mean: mean.parse().ok()?,
        least: least.parse().ok()?,
        wrong: wrong.parse().ok()?,
    })
}
