//! The section of `BENCHMARKS.md`.

use std::fmt;

use super::{
    contender::OURS,
    likeness::{self, Likeness},
    set::{self, Outcome},
};
use crate::bench::{
    machine,
    ruler::{Measured, mib},
};

/// All that is told of a bench.
pub(crate) struct Report {
    pub(crate) rounds: usize,
    pub(crate) facts: Vec<(&'static str, String)>,
    /// Memory of our program with nothing to do, in bytes.
    pub(crate) empty: u64,
    pub(crate) outcomes: Vec<Outcome>,
    pub(crate) likeness: Vec<Likeness>,
    pub(crate) load_after: String,
}

/// A bar, what was reached, and whether that is good enough.
struct Judged {
    what: String,
    reached: String,
    kept: bool,
}

impl Report {
    pub(crate) fn missed(&self) -> Vec<String> {
        let judged = self.judged().into_iter().filter(|one| !one.kept);
        judged.map(|one| format!("{}: {}", one.what, one.reached)).collect()
    }

    fn judged(&self) -> Vec<Judged> {
        let mut judged = Vec::new();
        let raced = || self.outcomes.iter().filter(|outcome| outcome.workers > 1);
        for outcome in raced() {
            for bar in outcome.set.bars {
                let reached = outcome.reached(bar);
                let of = if bar.of.len() > 1 { "the best of the others".to_owned() } else { bar.of.join("") };
                judged.push(Judged {
                    what: format!("{}: {} ≤ {:.2} of {of}", outcome.set.name, bar.figure.name(), bar.most),
                    reached: reached.map_or_else(|| "not run".to_owned(), |reached| format!("{reached:.2}")),
                    kept: reached.is_some_and(|reached| reached <= bar.most),
                });
            }
        }
        let steady = raced().filter(|outcome| set::STEADY.contains(&outcome.set.name));
        let most = steady.filter_map(|outcome| outcome.median(OURS)).map(|median| median.memory).max();
        let growth = most.unwrap_or(u64::MAX).saturating_sub(self.empty);
        judged.push(Judged {
            what: format!("JPEG and PNG: our memory grows by at most {}", mib(set::GROWTH)),
            reached: mib(growth),
            kept: growth <= set::GROWTH,
        });
        for like in self.likeness.iter().filter(|like| like.who == OURS) {
            judged.push(Judged {
                what: format!(
                    "{}: likeness ≥ {:.3} in the mean, ≥ {:.3} each, all upright",
                    like.kind,
                    likeness::MEAN,
                    likeness::LEAST
                ),
                reached: format!("{:.4}, {:.4}, {} wrong", like.mean, like.least, like.wrong),
                kept: like.mean >= likeness::MEAN && like.least >= likeness::LEAST && like.wrong == 0,
            });
        }
        judged
    }

    fn figures(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "| pictures | who | at a time | files | a second | time | CPU | memory |\n|---|---|---|---|---|---|---|---|"
        )?;
        for outcome in &self.outcomes {
            for (who, files, Measured { wall, cpu, memory, .. }) in &outcome.medians {
                let wall = wall.as_secs_f64();
                writeln!(
                    f,
                    "| {} | {who} | {} | {files} | {:.1} | {wall:.2} s | {:.2} s | {} |",
                    outcome.set.name,
                    outcome.workers,
                    *files as f64 / wall,
                    cpu.as_secs_f64(),
                    mib(*memory)
                )?;
            }
        }
        Ok(())
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "## Previews\n\n\
             Written by `cargo xtask bench previews`. Everyone makes the same previews of {} pixels of the same pictures\n\
             (`cargo xtask corpus`), in turns, two at a time. Medians of {} rounds; one at a time is run once.\n\
             Only the ratios say something.\n\n\
             | bar | reached | |\n|---|---|---|",
            super::SIDE,
            self.rounds
        )?;
        for Judged { what, reached, kept } in self.judged() {
            writeln!(f, "| {what} | {reached} | {} |", if kept { "reached" } else { "**missed**" })?;
        }
        writeln!(
            f,
            "\nOf mixed pictures each makes those that it reads: sharp no BMP, gdk-pixbuf neither WebP, AVIF nor GIF.\n\
             Likeness is SSIM of the brightness, to the whole picture made small by Lanczos.\n\n\
             ### Likeness of previews\n\n| pictures | who | mean | least | wrong |\n|---|---|---|---|---|"
        )?;
        for Likeness { who, kind, mean, least, wrong } in &self.likeness {
            writeln!(f, "| {kind} | {who} | {mean:.4} | {least:.4} | {wrong} |")?;
        }
        writeln!(f, "\n### Figures of previews\n")?;
        self.figures(f)?;
        writeln!(
            f,
            "\nMemory is the most that one process held; vipsthumbnail has a process a worker.\n\n\
             ### Where, and by what\n\n{}",
            machine::table(&self.facts, &self.load_after).trim_end()
        )
    }
}
