//! Chores of the project: `cargo xtask <command>`.

#![allow(clippy::print_stdout, reason = "a command that says what it does")]

mod bench;
mod check;
mod corpus;
mod run;
mod setup;
mod sh;
mod test;
mod types;
mod ui;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

use setup::Group;

/// Chores of the project.
#[derive(Parser)]
#[command(name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    chore: Chore,
    /// Install missing packages without asking
    #[arg(long, global = true)]
    yes: bool,
}

#[derive(Subcommand)]
enum Chore {
    /// Check the tools and install the system's packages that are missing
    Setup,
    /// Build the app and open it; without a display, have it do the job by itself
    Run {
        /// Do the job by itself although there is a display
        #[arg(long)]
        headless: bool,
    },
    /// Run every test there is, or those whose name contains a word
    Test {
        /// Words that the names of the tests contain
        words: Vec<String>,
    },
    /// Run the formatters and lints of both languages, and check the dependencies
    Check {
        /// Also what takes minutes or the network: known weaknesses of dependencies, fuzzing
        #[arg(long)]
        long: bool,
    },
    /// Take the pictures of the window
    Shots,
    /// Make the pictures that previews are raced over
    Corpus,
    /// Take figures, and write them to BENCHMARKS.md
    Bench {
        #[command(subcommand)]
        what: Bench,
    },
    /// Write the TypeScript that is made from Rust
    Types,
}

#[derive(Subcommand)]
enum Bench {
    /// Files to a site on this machine, compared with curl
    Upload {
        /// Turns of each; seven at least
        #[arg(long, default_value_t = 7)]
        rounds: usize,
    },
    /// The same over a slow line, which takes ten minutes
    Link {
        /// Turns of each; five at least
        #[arg(long, default_value_t = 5)]
        rounds: usize,
    },
    /// Previews, compared with sharp, vipsthumbnail, Pillow and gdk-pixbuf
    Previews {
        /// Turns of each; five at least
        #[arg(long, default_value_t = 5)]
        rounds: usize,
    },
    /// Taking out what is private, compared with copying
    Strip {
        /// Turns of each; seven at least
        #[arg(long, default_value_t = 7)]
        rounds: usize,
    },
    /// A queue of 10,000 files in the window, compared with one of 100
    Window {
        /// Runs of each; three at least
        #[arg(long, default_value_t = 3)]
        rounds: usize,
    },
}

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(code) => code,
        Err(error) => {
            println!("\n{error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &Arguments) -> Result<ExitCode> {
    let yes = arguments.yes;
    match &arguments.chore {
        Chore::Setup => setup::setup(Group::Test, yes)?,
        Chore::Run { headless } => run::run(*headless, yes)?,
        Chore::Test { words } => return Ok(test::test(words, yes)),
        Chore::Check { long } => return check::check(*long, yes),
        Chore::Shots => run::shots(yes)?,
        Chore::Corpus => drop(corpus::corpus(yes)?),
        Chore::Bench { what: Bench::Upload { rounds } } => bench::upload(*rounds)?,
        Chore::Bench { what: Bench::Link { rounds } } => bench::link(*rounds)?,
        Chore::Bench { what: Bench::Strip { rounds } } => bench::strip(*rounds, yes)?,
        Chore::Bench { what: Bench::Window { rounds } } => bench::window(*rounds)?,
        Chore::Bench { what: Bench::Previews { rounds } } => bench::previews::previews(*rounds, yes)?,
        Chore::Types => types::types()?,
    }
    Ok(ExitCode::SUCCESS)
}
