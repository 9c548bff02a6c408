//! How our previews compare: everyone makes the same ones of the same pictures, in turns. Only ratios count.

mod contender;
mod likeness;
mod report;
mod set;

use std::{fs, path::Path};

use anyhow::{Context, Result, ensure};

use super::{
    machine,
    ruler::{self, Ruler},
    section,
};
use crate::{corpus, setup, sh};
use contender::Contender;
use set::{Outcome, Set};

/// Fewer say nothing about a median.
const ROUNDS: usize = 5;

/// The square that previews fit into.
const SIDE: &str = "320";

/// How many work at a time, the first of them only once: it is for the eye, the bars are for the second.
const WORKERS: [usize; 2] = [1, 2];

/// The others, and an assembler for the decoder of AVIF, which packages are built with.
const PACKAGES: &[&str] = &["libvips-tools", "python3-gi", "gir1.2-gdkpixbuf-2.0", "nasm"];

/// Runs every set and writes its section of `BENCHMARKS.md`.
pub(crate) fn previews(rounds: usize, yes: bool) -> Result<()> {
    ensure!(rounds >= ROUNDS, "at least {ROUNDS} rounds are needed");
    setup::apt_packages(PACKAGES, yes)?;
    let pictures = corpus::corpus(yes)?;
    let ours =
        ["--features", "bench/fast-avif", "--bin", "keltas-bench-previews", "--bin", "keltas-bench-ruler"];
    let programs = super::build(&ours)?;
    let contenders = contender::all(&programs)?;
    let ruler = Ruler::of(&programs);
    let mut facts = machine::facts();
    facts.retain(|(name, _)| *name != "curl");
    facts.extend(contenders.iter().filter_map(|who| Some((who.name, who.version.clone()?))));
    let scratch = tempfile::Builder::new().prefix("keltas-bench-").tempdir()?;
    let mut outcomes = Vec::new();
    for set in set::all() {
        for workers in WORKERS {
            let rounds = if workers == 1 { 1 } else { rounds };
            outcomes.push(run(&set, workers, rounds, &ruler, &contenders, &pictures, scratch.path())?);
        }
    }
    let likeness = likeness::judge(&contenders, &pictures, scratch.path())?;
    let empty = ruler.run(&contenders[0].command(1, scratch.path(), &[]))?.memory;
    let report = report::Report { rounds, facts, empty, outcomes, likeness, load_after: machine::load() };
    let missed = report.missed();
    section::write("previews", &report.to_string())?;
    ensure!(missed.is_empty(), "bars that were missed: {}", missed.join("; "));
    Ok(())
}

/// One set.
fn run(
    set: &Set,
    workers: usize,
    rounds: usize,
    ruler: &Ruler,
    contenders: &[Contender],
    pictures: &Path,
    scratch: &Path,
) -> Result<Outcome> {
    sh::announce(&format!("{}, {workers} at a time", set.name));
    let taking_part: Vec<&Contender> = contenders.iter().filter(|who| who.takes_part(set)).collect();
    let measured = ruler::in_turns(rounds, taking_part.len(), |who| {
        let files = taking_part[who].files(set, pictures)?;
        let command = taking_part[who].command(workers, scratch, &files);
        ruler.run(&command).with_context(|| taking_part[who].name.to_owned())
    })?;
    let mut medians = Vec::new();
    for (who, median) in taking_part.iter().zip(measured) {
        println!("   {:14} {median}", who.name);
        medians.push((who.name, who.files(set, pictures)?.len(), median));
    }
    Ok(Outcome { set: set.clone(), workers, medians })
}

/// A folder's files in order.
pub(super) fn files(folder: &Path) -> Result<Vec<std::path::PathBuf>> {
    let entries = fs::read_dir(folder).with_context(|| folder.display().to_string())?;
    let mut files = entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    files.sort();
    Ok(files)
}
