//! What it costs to take out what is private: the same files, copied by `cp` and by us.

use std::{
    fmt::Write,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, ensure};

use super::{
    machine,
    previews::files,
    ruler::{self, Measured, Ruler},
    section,
};
use crate::{corpus, sh};

/// Fewer say nothing about a median.
const ROUNDS: usize = 7;

/// The most that it may take, to what copying takes.
const MOST: f64 = 1.3;

/// Folders of the corpus in which files have something to take out.
const SETS: [(&str, &[&str]); 2] =
    [("JPEG, baseline", &["baseline"]), ("JPEG, progressive", &["progressive"])];

/// Runs every set and writes its section of `BENCHMARKS.md`.
pub(crate) fn strip(rounds: usize, yes: bool) -> Result<()> {
    ensure!(rounds >= ROUNDS, "at least {ROUNDS} rounds are needed");
    let pictures = corpus::corpus(yes)?;
    let programs = super::build(&["--bin", "keltas-bench-strip", "--bin", "keltas-bench-ruler"])?;
    let (ruler, ours) = (Ruler::of(&programs), programs.join("keltas-bench-strip"));
    let mut facts = machine::facts();
    facts.retain(|(name, _)| *name != "curl");
    let mut sets = Vec::new();
    for (name, kinds) in SETS {
        sh::announce(name);
        let found =
            kinds.iter().map(|kind| files(&pictures.join(kind))).collect::<Result<Vec<_>>>()?.concat();
        // Beside the pictures, so that both write to the same disk; made anew, since we write over no file.
        let out = || tempfile::Builder::new().prefix("stripped-").tempdir_in(&pictures);
        let found = changed(found, &ours, out()?.path())?;
        let medians = ruler::in_turns(rounds, 2, |who| {
            let out = out()?;
            ruler.run(&command(who == 0, &ours, out.path(), &found))
        });
        let medians = medians.with_context(|| name.to_owned())?;
        let [copied, stripped] = medians[..] else { continue };
        sets.push((name, found.len(), copied, stripped));
    }
    let missed: Vec<_> =
        sets.iter().filter(|(.., copied, stripped)| ratio(copied, stripped) > MOST).collect();
    section::write("strip", &report(rounds, &sets, &machine::table(&facts, &machine::load())))?;
    ensure!(missed.is_empty(), "bars that were missed: {missed:?}");
    Ok(())
}

/// The files that have something to take out: of the others we make no copy at all.
fn changed(mut files: Vec<PathBuf>, ours: &Path, out: &Path) -> Result<Vec<PathBuf>> {
    sh::output(&mut command(false, ours, out, &files)).context("it did not end well")?;
    files.retain(|file| file.file_name().is_some_and(|name| out.join(name).exists()));
    Ok(files)
}

fn command(copy: bool, ours: &Path, out: &Path, files: &[PathBuf]) -> Command {
    let mut command = Command::new(if copy { Path::new("cp") } else { ours });
    if copy {
        command.arg("-t");
    }
    command.arg(out).args(files);
    command
}

fn ratio(copied: &Measured, stripped: &Measured) -> f64 {
    stripped.wall.as_secs_f64() / copied.wall.as_secs_f64()
}

fn report(rounds: usize, sets: &[(&str, usize, Measured, Measured)], machine: &str) -> String {
    let mut text = format!(
        "## Taking out what is private\n\n\
         Written by `cargo xtask bench strip`. The same files (`cargo xtask corpus`), copied by `cp` and by us without what\n\
         is private, in turns, out of memory. Medians of {rounds} rounds; the bar is to the time of `cp`.\n\n\
         | files | `cp` | ours | time, to `cp` ≤ {MOST} | CPU, to `cp` |\n|---|---|---|---|---|\n"
    );
    for (name, count, copied, stripped) in sets {
        let reached = ratio(copied, stripped);
        let judged = if reached <= MOST { "reached" } else { "**missed**" };
        let cpu = stripped.cpu.as_secs_f64() / copied.cpu.as_secs_f64();
        let (cp, ours) = (copied.wall.as_secs_f64(), stripped.wall.as_secs_f64());
        // Writing to a string does not fail.
        let _ = writeln!(
            text,
            "| {name} ({count}) | {cp:.3} s | {ours:.3} s | {reached:.2} {judged} | {cpu:.2} |"
        );
    }
    format!("{text}\n### Where it was copied, and by what\n\n{machine}")
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_bar_that_is_missed_is_told() {
        let took = |ms| Measured {
            wall: Duration::from_millis(ms),
            cpu: Duration::from_millis(ms),
            ..Measured::default()
        };
        let text = report(7, &[("JPEG", 2, took(100), took(130)), ("PNG", 3, took(100), took(140))], "");
        assert!(text.contains("| JPEG (2) | 0.100 s | 0.130 s | 1.30 reached | 1.30 |"), "{text}");
        assert!(text.contains("| PNG (3) | 0.100 s | 0.140 s | 1.40 **missed** | 1.40 |"), "{text}");
    }
}
