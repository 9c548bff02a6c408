//! `BENCHMARKS.md`.

use std::fmt;

use super::{
    contender::{APP, APP_IN_MEMORY, CLIENT},
    machine,
    race::{self, Bar, Files, Outcome},
    ruler::{Measured, mib},
};

/// All that is told of a bench.
pub(crate) struct Report {
    pub(crate) rounds: usize,
    pub(crate) facts: Vec<(&'static str, String)>,
    /// The least memory that can be seen, in bytes.
    pub(crate) floor: u64,
    pub(crate) outcomes: Vec<Outcome>,
    pub(crate) load_after: String,
}

impl Report {
    /// The bars that someone of ours did not reach.
    pub(crate) fn missed(&self) -> Vec<String> {
        let mut missed = Vec::new();
        for outcome in &self.outcomes {
            for (name, ours, first) in outcome.ours() {
                for bar in outcome.race.bars_of(name) {
                    let reached = bar.reached(&outcome.race, ours, first);
                    if reached > bar.most() {
                        missed.push(format!("{name}, {}: {} {reached:.2}", outcome.race.name, bar.name()));
                    }
                }
            }
        }
        for (name, growth) in self.growths().filter(|(_, growth)| *growth > race::GROWTH) {
            missed.push(format!("{name}: grows by {}", mib(growth)));
        }
        missed
    }

    /// By how much each of ours is larger after the long file than after the short one, in bytes.
    fn growths(&self) -> impl Iterator<Item = (&'static str, u64)> {
        let of = |files: Files| self.outcomes.iter().find(move |one| one.race.files == files);
        let pair = of(race::SHORT).zip(of(race::LONG));
        pair.into_iter().flat_map(|(short, long)| {
            short
                .ours()
                .zip(long.ours())
                .map(|((name, short, _), (_, long, _))| (name, long.memory.saturating_sub(short.memory)))
        })
    }

    fn ratios(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "| work | who | CPU | time | memory | connections | bars |\n|---|---|---|---|---|---|---|"
        )?;
        for outcome in &self.outcomes {
            for (name, ours, first) in outcome.ours() {
                let [cpu, wall] =
                    [Bar::Cpu(0.0), Bar::Wall(0.0)].map(|bar| bar.reached(&outcome.race, ours, first));
                let memory = ours.memory as f64 / first.memory as f64;
                let bars: Vec<_> =
                    outcome.race.bars_of(name).map(|bar| judged(bar, outcome, ours, first)).collect();
                writeln!(
                    f,
                    "| {} | {name} | {cpu:.2} | {wall:.2} | {memory:.2} | {} to {} | {} |",
                    outcome.race.name,
                    ours.connections,
                    first.connections,
                    bars.join("; ")
                )?;
            }
        }
        Ok(())
    }

    fn memory(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (name, growth) in self.growths() {
            let kept = if growth <= race::GROWTH { "reached" } else { "**missed**" };
            writeln!(
                f,
                "From 64 MiB to 4 GiB the {name} grows by **{}** (bar: {} at most, {kept}).",
                mib(growth),
                mib(race::GROWTH)
            )?;
        }
        Ok(())
    }

    fn costs(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for outcome in self.outcomes.iter().filter(|outcome| outcome.race.tells_cost) {
            if let Some((saving, hashing)) = shares(outcome) {
                writeln!(
                    f,
                    "{}: saving durably costs **{saving:.0} %** of the app's time; hashing, looking at files and keeping the\n\
                     queue cost {hashing:.0} %.",
                    outcome.race.name
                )?;
            }
        }
        Ok(())
    }

    fn small_print(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "| work | who | time | CPU | memory |\n|---|---|---|---|---|")?;
        for outcome in &self.outcomes {
            for (name, median) in &outcome.medians {
                let Measured { wall, cpu, memory, .. } = median;
                writeln!(
                    f,
                    "| {} | {name} | {:.3} s | {:.3} s | {} |",
                    outcome.race.name,
                    wall.as_secs_f64(),
                    cpu.as_secs_f64(),
                    mib(*memory)
                )?;
            }
        }
        Ok(())
    }
}

impl Outcome {
    /// Each of ours, with the first that it is compared with.
    fn ours(&self) -> impl Iterator<Item = (&'static str, &Measured, &Measured)> {
        let first = self.medians.first().map(|(_, first)| first);
        self.medians.iter().skip(1).filter_map(move |(name, ours)| Some((*name, ours, first?)))
    }
}

/// How much of the application's time is saving, and how much is what else it does before it sends; in per cent.
fn shares(outcome: &Outcome) -> Option<(f64, f64)> {
    let [app, in_memory, client] =
        [APP, APP_IN_MEMORY, CLIENT].map(|who| outcome.median(who).map(|median| median.wall.as_secs_f64()));
    let (app, in_memory, client) = (app?, in_memory?, client?);
    // Two that cost the same may come in either way round.
    let share = |more: f64, less: f64| 100.0 * (more - less).max(0.0) / app;
    Some((share(app, in_memory), share(in_memory, client)))
}

fn judged(bar: Bar, outcome: &Outcome, ours: &Measured, first: &Measured) -> String {
    let kept = bar.reached(&outcome.race, ours, first) <= bar.most();
    format!("{} ≤ {:.2} {}", bar.name(), bar.most(), if kept { "reached" } else { "**missed**" })
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "## Uploads, to curl\n\n\
             Written by `cargo xtask bench upload`. Everyone uploads the same files to the same site on this machine,\n\
             in turns; the site reads what comes and throws it away. Medians of {} rounds.\n\n\
             Below 1 is less than curl takes. Only these ratios say something; connections are counted, and their bar is\n\
             to the uploads at once.\n",
            self.rounds
        )?;
        self.ratios(f)?;
        writeln!(f)?;
        self.memory(f)?;
        writeln!(f)?;
        self.costs(f)?;
        writeln!(
            f,
            "\n**client**: the `chevereto` crate in a program that does nothing else. **app**: the whole application\n\
             without a window: files walked, sniffed, hashed, queued, every receipt saved. **app, saving in memory**: the\n\
             same where nothing has to reach a disk, only to tell what that costs.\n"
        )?;
        writeln!(
            f,
            "### Where, and by what\n\n{}",
            machine::table(&self.facts, &self.load_after).trim_end()
        )?;
        writeln!(
            f,
            "\n### Small print\n\nOf this machine on this day, and good for nothing but the ratios above.\n"
        )?;
        self.small_print(f)?;
        write!(
            f,
            "\nMemory is the most that was held at one time; less than {} cannot be seen.\n",
            mib(self.floor)
        )
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::bench::race::Race;

    #[test]
    fn what_saving_and_hashing_cost_are_told_apart() {
        let took = |seconds| Measured { wall: Duration::from_secs(seconds), ..Measured::default() };
        let race = || Race::new("one file", race::SHORT, 1, &[]);
        let all = [("curl", took(1)), (CLIENT, took(2)), (APP, took(10)), (APP_IN_MEMORY, took(7))];
        let of = |medians: &[_]| shares(&Outcome { race: race(), medians: medians.to_vec() });
        assert_eq!(of(&all), Some((30.0, 50.0)));
        assert_eq!(of(&all[..3]), None);
    }
}
