//! How our uploads compare: everyone sends the same files to the same site, in turns. Only ratios count.

mod contender;
mod link;
mod machine;
pub(crate) mod previews;
mod race;
mod report;
mod ruler;
mod scratch;
mod section;
mod sink;
mod strip;
mod window;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use crate::sh;
use contender::{App, Client, Contender, Curl};
pub(crate) use link::link;
use race::{Outcome, Race};
use ruler::{Measured, Ruler};
use scratch::Scratch;
use sink::Sink;
pub(crate) use strip::strip;
pub(crate) use window::window;

/// Fewer say nothing about a median.
const ROUNDS: usize = 7;

/// Runs every race and writes its section of `BENCHMARKS.md`.
pub(crate) fn upload(rounds: usize) -> Result<()> {
    ensure!(rounds >= ROUNDS, "at least {ROUNDS} rounds are needed");
    let programs = build(&[])?;
    let contenders = contenders(&programs)?;
    let ruler = Ruler::of(&programs);
    let facts = machine::facts();
    sh::announce("making files to send (1.6 GB for the time of the bench)");
    let races = race::all();
    let scratch = Scratch::make(&races)?;
    let mut sink = Sink::start(&programs, &scratch)?;
    let mut outcomes = Vec::new();
    for race in races {
        outcomes.push(run(race, rounds, &ruler, &contenders, &mut sink, &scratch)?);
    }
    let floor = ruler.floor()?;
    let report = report::Report { rounds, facts, floor, outcomes, load_after: machine::load() };
    let missed = report.missed();
    section::write("upload", &report.to_string())?;
    ensure!(missed.is_empty(), "bars that were missed: {}", missed.join("; "));
    Ok(())
}

/// Builds the programs that are raced, all of them or as cargo is told, and tells where they are.
fn build(words: &[&str]) -> Result<PathBuf> {
    let mut build = sh::cargo(["build", "--release", "--quiet", "--package", "bench"]);
    sh::run("building what is raced, as it is released", build.args(words))?;
    Ok(sh::target().join("release"))
}

/// Who uploads. The first is what the others are compared with.
fn contenders(programs: &Path) -> Result<Vec<Box<dyn Contender>>> {
    let mut all: Vec<Box<dyn Contender>> =
        vec![Box::new(Curl::find()?), Box::new(Client::of(programs)), Box::new(App::of(programs))];
    if let Some(app) = App::in_memory(programs) {
        all.push(Box::new(app));
    }
    Ok(all)
}

/// One race.
fn run(
    race: Race,
    rounds: usize,
    ruler: &Ruler,
    contenders: &[Box<dyn Contender>],
    sink: &mut Sink,
    scratch: &Scratch,
) -> Result<Outcome> {
    sh::announce(race.name);
    let taking_part: Vec<_> = contenders.iter().filter(|who| who.takes_part(&race)).collect();
    let medians = ruler::in_turns(rounds, taking_part.len(), |who| {
        let command = sink.within_reach(taking_part[who].command(&race, sink, scratch)?);
        let measured = ruler.run(&command).with_context(|| taking_part[who].name().to_owned())?;
        Ok(Measured { connections: sink.connections()?, ..measured })
    })?;
    let outcome = Outcome { race, medians: taking_part.iter().map(|who| who.name()).zip(medians).collect() };
    for (name, median) in &outcome.medians {
        println!("   {name:8} {median}");
    }
    Ok(outcome)
}
