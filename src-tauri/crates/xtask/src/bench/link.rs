//! How our uploads do over a slow line, where what counts is how many go at once and how little is waited for.

use std::{fmt, fs};

use anyhow::{Result, ensure};

use super::{
    contender::{APP, CLIENT, CURL},
    machine,
    race::{self, Files, KIB, Outcome, Race},
    ruler::Ruler,
    scratch::Scratch,
    section,
    sink::{Sink, Way},
};
use crate::sh;

/// Fewer say nothing about a median, and more take long.
const ROUNDS: usize = 5;

const TITLE: &str = "## Uploads over a slow line";

/// One way of a household's line to a site not far away.
const WAY: Way = Way { milliseconds: 25.0, megabits: 20.0, loss: 0.0 };
const LOSSES: [f64; 2] = [0.0, 0.01];

const SMALL: Files = race::files(100, 20 * KIB);
const LARGE: Files = race::files(24, 400 * KIB);

fn races() -> [Race; 4] {
    [
        Race::new("100 files of 20 KiB, 1 at once", SMALL, 1, &[]),
        Race::new("100 files of 20 KiB, 4 at once", SMALL, 4, &[]),
        Race::new("100 files of 20 KiB, 8 at once", SMALL, 8, &[]),
        Race::new("24 files of 400 KiB, 4 at once", LARGE, 4, &[]),
    ]
}

/// Runs every race with every loss, and writes its section of `BENCHMARKS.md`. Where there can be no such line, the
/// section says why.
pub(crate) fn link(rounds: usize) -> Result<()> {
    ensure!(rounds >= ROUNDS, "at least {ROUNDS} rounds are needed");
    let programs = super::build(&[])?;
    let contenders = super::contenders(&programs)?;
    let ruler = Ruler::of(&programs);
    let mut facts = machine::facts();
    facts.push(("congestion control", congestion_control()));
    let scratch = Scratch::make(&races())?;
    let far = |loss| Sink::far(&programs, &scratch, Way { loss, ..WAY });
    if let Err(why) = far(0.0) {
        return section::write(
            "link",
            &format!("{TITLE}\n\nNot run, for there can be no such line here: {why:#}."),
        );
    }
    let mut runs = Vec::new();
    for loss in LOSSES {
        sh::announce(&format!("a line that loses {}", percent(loss)));
        let mut sink = far(loss)?;
        for race in races() {
            let outcome = super::run(race, rounds, &ruler, &contenders, &mut sink, &scratch)?;
            runs.push(Run { loss, outcome });
        }
    }
    let report = Report { rounds, facts, runs, load_after: machine::load() };
    let missed: Vec<_> = report.judged().iter().filter(|one| !one.kept()).map(Judged::to_string).collect();
    section::write("link", &report.to_string())?;
    ensure!(missed.is_empty(), "bars that were missed: {}", missed.join("; "));
    Ok(())
}

/// The system's: a network of one's own begins with it.
fn congestion_control() -> String {
    let name = fs::read_to_string("/proc/sys/net/ipv4/tcp_congestion_control").unwrap_or_default();
    name.split_whitespace().next().unwrap_or("unknown").to_owned()
}

fn percent(share: f64) -> String {
    format!("{} %", 100.0 * share)
}

/// Seconds that the line needs for files when nothing else is sent.
fn payload(files: Files) -> f64 {
    (u64::from(files.count) * files.size * 8) as f64 / (WAY.megabits * 1e6)
}

/// A race that was run.
struct Run {
    /// The share of packets that got lost.
    loss: f64,
    outcome: Outcome,
}

/// All that is told.
struct Report {
    rounds: usize,
    facts: Vec<(&'static str, String)>,
    runs: Vec<Run>,
    load_after: String,
}

/// A bar, and what someone of ours reached.
struct Judged {
    who: &'static str,
    what: String,
    most: f64,
    reached: f64,
}

impl Judged {
    fn kept(&self) -> bool {
        self.reached <= self.most
    }
}

impl fmt::Display for Judged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {}: {:.2}", self.who, self.what, self.reached)
    }
}

impl Report {
    fn judged(&self) -> Vec<Judged> {
        let mut judged = Vec::new();
        for who in [CLIENT, APP] {
            let mut judge = |what: String, most, reached| judged.push(Judged { who, what, most, reached });
            let small = |at_once, who| self.seconds(0.0, SMALL, at_once, who);
            judge(
                "small files, 4 at once, to its own 1 at once".to_owned(),
                0.33,
                small(4, who) / small(1, who),
            );
            judge("small files, 4 at once, to curl's".to_owned(), 1.05, small(4, who) / small(4, CURL));
            for (loss, most) in LOSSES.into_iter().zip([1.15, 1.20]) {
                let what = format!("large files, {} lost, to the bytes alone", percent(loss));
                judge(what, most, self.seconds(loss, LARGE, 4, who) / payload(LARGE));
            }
        }
        judged
    }

    /// What someone took for a race; not a number when it was not run.
    fn seconds(&self, loss: f64, files: Files, at_once: u32, who: &str) -> f64 {
        let is_it = |run: &&Run| {
            let race = &run.outcome.race;
            (run.loss, race.files, race.at_once) == (loss, files, at_once)
        };
        let median = self.runs.iter().find(is_it).and_then(|run| run.outcome.median(who));
        median.map_or(f64::NAN, |median| median.wall.as_secs_f64())
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{TITLE}\n\n\
             Written by `cargo xtask bench link`. Everyone uploads the same files to the same site, in turns, over a line of\n\
             {} ms there and back and {} Mbit/s each way that a program makes between two networks of its own. Of the packets\n\
             of either way none is lost, or some are by chance. Medians of {} rounds; only the ratios say something.\n\
             The bytes alone are {:.2} s of the line for the large files. The app is set up in its time and looks at the site\n\
             first, which takes some round trips that curl and the client do without.\n\n\
             | who | bar | most | reached | |\n|---|---|---|---|---|",
            2.0 * WAY.milliseconds,
            WAY.megabits,
            self.rounds,
            payload(LARGE)
        )?;
        for one in self.judged() {
            let Judged { who, what, most, reached } = &one;
            let kept = if one.kept() { "reached" } else { "**missed**" };
            writeln!(f, "| {who} | {what} | {most:.2} | {reached:.2} | {kept} |")?;
        }
        writeln!(
            f,
            "\n### Seconds on the line\n\n| work | lost | {CURL} | {CLIENT} | {APP} |\n|---|---|---|---|---|"
        )?;
        for Run { loss, outcome: Outcome { race, .. } } in &self.runs {
            let [curl, client, app] =
                [CURL, CLIENT, APP].map(|who| self.seconds(*loss, race.files, race.at_once, who));
            writeln!(f, "| {} | {} | {curl:.2} | {client:.2} | {app:.2} |", race.name, percent(*loss))?;
        }
        writeln!(
            f,
            "\nWith packets lost, the system's congestion control says most of it: it is the same for everyone here.\n\n\
             ### Where the line was, and by what\n\n{}",
            machine::table(&self.facts, &self.load_after).trim_end()
        )
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::bench::ruler::Measured;

    #[test]
    fn a_bar_that_is_missed_or_not_run_is_told() {
        let took = |seconds: f64| Measured { wall: Duration::from_secs_f64(seconds), ..Measured::default() };
        let times = [[8.0, 8.0, 8.0], [2.0, 2.0, 4.0], [1.0, 1.0, 1.0], [4.0, 4.0, 4.0]];
        let run = |(race, times): (Race, [f64; 3])| {
            let medians = [CURL, CLIENT, APP].into_iter().zip(times.map(took)).collect();
            Run { loss: 0.0, outcome: Outcome { race, medians } }
        };
        let runs = races().into_iter().zip(times).map(run).collect();
        let report = Report { rounds: 5, facts: Vec::new(), runs, load_after: String::new() };
        let missed: Vec<_> =
            report.judged().iter().filter(|one| !one.kept()).map(Judged::to_string).collect();
        assert_eq!(
            missed,
            [
                "client, large files, 1 % lost, to the bytes alone: NaN",
                "app, small files, 4 at once, to its own 1 at once: 0.50",
                "app, small files, 4 at once, to curl's: 2.00",
                "app, large files, 1 % lost, to the bytes alone: NaN",
            ]
        );
        let text = report.to_string();
        assert!(
            text.contains("| app | small files, 4 at once, to curl's | 1.05 | 2.00 | **missed** |"),
            "{text}"
        );
        assert!(text.contains("| 100 files of 20 KiB, 4 at once | 0 % | 2.00 | 2.00 | 4.00 |"), "{text}");
    }
}
