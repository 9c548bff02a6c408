//! How the window bears a long queue: the same acts over a few files and over many. The figures come from the program
//! `pace` of the tests, which drives the built window in a browser.

use anyhow::{Context, Result, ensure};

use super::{machine, section};
use crate::{sh, ui};

/// Files in the queue: few, and many.
const LENGTHS: [u32; 2] = [100, 10_000];

/// Fewer say nothing about a median.
const ROUNDS: usize = 3;

/// The most that the long queue may take.
#[derive(Clone, Copy)]
enum Bar {
    /// Of the figure's own unit.
    Most(f64),
    /// To the short queue.
    Ratio(f64),
}

/// What is looked at: what `pace` calls it, what the report does, decimals, and the bar.
const FIGURES: [(&str, &str, usize, Option<Bar>); 12] = [
    ("longest gap, adding (ms)", "adding all", 0, Some(Bar::Most(200.0))),
    ("longest gap, scrolling (ms)", "scrolling through", 0, Some(Bar::Most(200.0))),
    ("longest gap, moving (ms)", "moving the first to the end", 0, Some(Bar::Most(200.0))),
    ("longest gap, sending (ms)", "sending one", 0, Some(Bar::Most(200.0))),
    ("longest gap, selecting (ms)", "selecting all", 0, Some(Bar::Most(200.0))),
    ("longest gap, removing (ms)", "removing all", 0, Some(Bar::Most(200.0))),
    ("longest gap, bringing back (ms)", "bringing all back", 0, Some(Bar::Most(200.0))),
    ("first frame (ms)", "first frame with pictures", 0, Some(Bar::Ratio(1.5))),
    ("progress (ms)", "taking in a change of progress", 2, Some(Bar::Ratio(1.5))),
    ("tiles", "tiles in the list", 0, None),
    ("elements", "elements in the list, everything in a tile counted", 0, Some(Bar::Most(300.0))),
    ("memory (bytes)", "growth of the program's memory", 0, Some(Bar::Most(20_000_000.0))),
];

/// Figures of one run, by name.
type Run = Vec<(String, f64)>;

/// Runs it and writes its section of `BENCHMARKS.md`.
pub(crate) fn window(rounds: usize) -> Result<()> {
    ensure!(rounds >= ROUNDS, "at least {ROUNDS} rounds are needed");
    ui::install()?;
    ui::build()?;
    let words = "build --release --quiet --package tests --package keltas --bin pace --bin keltas";
    let mut build = sh::cargo(words.split(' '));
    sh::run("building the window's host, as it is released", &mut build)?;
    let mut facts = machine::facts();
    facts.retain(|(name, _)| *name != "curl");
    let mut runs = [Vec::new(), Vec::new()];
    for round in 1..=rounds {
        for (files, runs) in LENGTHS.iter().zip(&mut runs) {
            runs.push(run(round, *files)?);
        }
    }
    let [short, long] = runs.map(|runs| FIGURES.map(|(name, ..)| median(&runs, name)));
    let (table, missed) = table(&short, &long);
    let text = format!(
        "## The window\n\nWritten by `cargo xtask bench window`: the built window in a browser over the app as it is released, with\n\
         {} and with {} pictures of one pixel. Medians of {rounds} rounds. Acts are told by the longest time between two\n\
         frames, in milliseconds; a change of progress and the first frame by the time that they take.\n\n{table}\n{}",
        LENGTHS[0],
        LENGTHS[1],
        machine::table(&facts, &machine::load())
    );
    section::write("window", &text)?;
    ensure!(missed.is_empty(), "bars that were missed: {}", missed.join("; "));
    Ok(())
}

fn run(round: usize, files: u32) -> Result<Run> {
    let mut figures = Run::new();
    let mut program = sh::command(&sh::target().join("release/pace").to_string_lossy(), [files.to_string()]);
    let well = sh::watch(&format!("{files} files, round {round}"), &mut program, |line| {
        if let Some((name, figure)) = line.split_once('\t')
            && let Ok(figure) = figure.parse()
        {
            figures.push((name.to_owned(), figure));
        }
    })?;
    ensure!(well, "it did not end well");
    FIGURES.iter().try_for_each(|(name, ..)| figure(&figures, name).map(drop).context(*name))?;
    Ok(figures)
}

fn figure(run: &Run, name: &str) -> Option<f64> {
    run.iter().find(|(of, _)| of == name).map(|(_, figure)| *figure)
}

fn median(runs: &[Run], name: &str) -> f64 {
    let mut all: Vec<f64> = runs.iter().filter_map(|run| figure(run, name)).collect();
    all.sort_by(f64::total_cmp);
    all.get(all.len() / 2).copied().unwrap_or_default()
}

/// The table, and the bars that were missed.
fn table(short: &[f64], long: &[f64]) -> (String, Vec<String>) {
    let mut lines =
        format!("| what | {} files | {} files | bar |\n|---|---|---|---|\n", LENGTHS[0], LENGTHS[1]);
    let mut missed = Vec::new();
    for (((_, name, digits, bar), short), long) in FIGURES.iter().zip(short).zip(long) {
        let judged = match *bar {
            None => String::new(),
            Some(bar) => {
                let (text, reached) = match bar {
                    Bar::Most(most) => (format!("≤ {most}"), *long <= most),
                    Bar::Ratio(most) => {
                        (format!("{:.2} of 100 files, ≤ {most}", long / short), long / short <= most)
                    }
                };
                if !reached {
                    missed.push(format!("{name}: {long:.digits$}"));
                }
                format!("{text} {}", if reached { "reached" } else { "**missed**" })
            }
        };
        lines.push_str(&format!("| {name} | {short:.digits$} | {long:.digits$} | {judged} |\n"));
    }
    (lines, missed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_that_is_missed_is_told() {
        let short = [10.0; FIGURES.len()];
        let mut long = [14.0; FIGURES.len()];
        assert_eq!(table(&short, &long).1, Vec::<String>::new());
        (long[0], long[7]) = (201.0, 16.0);
        let (lines, missed) = table(&short, &long);
        assert_eq!(missed, ["adding all: 201", "first frame with pictures: 16"]);
        assert!(lines.contains("| adding all | 10 | 201 | ≤ 200 **missed** |"), "{lines}");
    }
}
