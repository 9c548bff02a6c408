//! Every fault that an upload meets in the field, played on the real app with its real store against the demo host.
//!
//! For each of them: nothing that was confirmed is lost, nothing is sent twice by the app itself, the phase shown is
//! true of what the host has, and the queue goes on. The table of all that was played is printed when it is over.
//! Tests that begin with a letter and a number play the acceptance case of that number.

mod account;
mod answers;
mod anything;
mod clock;
mod disk;
mod files;
mod kill;
mod many;
mod network;
mod strike;
mod table;
mod uploader;
mod watch;
mod windows;
mod world;

use std::{
    io::{self, Write},
    path::PathBuf,
    pin::Pin,
    process::ExitCode,
    sync::Arc,
};

use anyhow::{Context, Result};
use libtest_mimic::{Arguments, Failed, Trial};
use table::{Row, Table};

/// Most faults are waits, so more of them are played at once than there are processors.
const AT_ONCE: usize = 6;

type Playing = Pin<Box<dyn Future<Output = Result<Row>>>>;

/// A fault: its name, and what plays it.
type Fault = (&'static str, fn() -> Playing);

macro_rules! faults {
    ($($module:ident: $($name:ident),+;)+) => {
        &[$($((stringify!($name), || Box::pin($module::$name()))),+),+]
    };
}

/// All of them, the longest first.
const FAULTS: &[Fault] = faults! {
    kill: d13_kill_9_at_200_random_moments;
    many: ten_thousand_items_queued;
    network: connection_refused, dns_failure, tls_failure, reset_before_the_body, reset_in_the_middle_of_the_body,
        reset_of_a_body_that_left_at_once, reset_after_the_body, stall_at_0_percent, stall_at_50_percent,
        stall_at_100_percent, d11_silence_after_the_body, d11_cancel_while_the_host_is_silent,
        answer_cut_in_the_middle, cut_at_any_byte, slow_host, network_gone_and_back;
    anything: any_fault_at_random;
    answers: status_500_html, status_502_html, status_503_html, status_504_html, status_524_html, status_429,
        d02_a_php_warning_instead_of_json, d03_one_file_of_five_is_too_big_for_the_proxy,
        d04_a_file_that_is_there_already, d05_twenty_four_files_answered_in_reverse_and_two_fail,
        d10_a_flood_pauses_the_site, s11_a_key_that_is_refused_in_the_middle_of_a_queue, s13_a_maintenance_page,
        s13_pages_that_need_the_person;
    clock: clock_a_day_ahead, clock_a_day_back;
    disk: d13_the_disk_is_full_while_receipts_are_to_be_saved, database_locked_for_10_s,
        cancel_while_nothing_can_be_saved;
    files: file_removed_while_it_is_sent, file_replaced_while_it_is_sent, file_rewritten_while_it_is_sent,
        file_cut_off_while_it_is_sent, file_gone_or_another_before_its_turn;
    windows: two_windows_started_at_once, a_command_beside_the_window;
};

/// Needs a disk of its own.
const ON_A_SMALL_DISK: &str = "d13_the_disk_is_full_while_receipts_are_to_be_saved";

fn main() -> ExitCode {
    let mut words = std::env::args().skip(1);
    let part = match words.next().as_deref() {
        Some(uploader::ARGUMENT) => play_part(uploader::run(words.collect())),
        Some(many::ARGUMENT) => play_part(many::run(words.collect())),
        Some(disk::SMALL_DISK) => {
            play_part(disk::on_a_small_disk(words.next().map(PathBuf::from).unwrap_or_default()))
        }
        _ => return suite(),
    };
    match part {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // There is nothing left to do about an output that is closed.
            let _ = writeln!(io::stderr(), "{error:#}");
            ExitCode::FAILURE
        }
    }
}

/// A part that a fault needs played in a process of its own.
fn play_part(part: impl Future<Output = Result<()>>) -> Result<()> {
    runtime()?.block_on(part)
}

fn suite() -> ExitCode {
    let (words, flags) = words_and_flags(std::env::args());
    let mut arguments = Arguments::from_iter(flags);
    arguments.test_threads.get_or_insert(AT_ONCE);
    let fits = |name: &str, word: &str| if arguments.exact { name == word } else { name.contains(word) };
    let wanted = |name: &str| words.is_empty() || words.iter().any(|word| fits(name, word));
    let table = Arc::new(Table::default());
    let faults = FAULTS.iter().enumerate().filter(|(_, (name, _))| wanted(name));
    let trials = faults.map(|(place, (name, fault))| {
        let table = table.clone();
        let trial = Trial::test(*name, move || play(place, name, *fault, &table));
        trial.with_ignored_flag(*name == ON_A_SMALL_DISK && !disk::may_mount())
    });
    let conclusion = libtest_mimic::run(&arguments, trials.collect());
    // There is nothing left to do about an output that is closed.
    let _ = writeln!(io::stdout(), "{}", table.text());
    conclusion.exit_code()
}

/// Words of which a test's name has to contain one, as with the usual harness; the library takes no more than one.
fn words_and_flags(mut arguments: impl Iterator<Item = String>) -> (Vec<String>, Vec<String>) {
    let with_value = ["--skip", "--test-threads", "--logfile", "--color", "--format", "-Z"];
    let (mut words, mut flags) = (Vec::new(), Vec::from_iter(arguments.next()));
    while let Some(argument) = arguments.next() {
        if !argument.starts_with('-') {
            words.push(argument);
        } else if with_value.contains(&argument.as_str()) {
            flags.extend([Some(argument), arguments.next()].into_iter().flatten());
        } else {
            flags.push(argument);
        }
    }
    (words, flags)
}

fn play(place: usize, name: &str, fault: fn() -> Playing, table: &Table) -> Result<(), Failed> {
    let played = runtime().and_then(|runtime| runtime.block_on(fault()));
    let (mut row, failed) = match played {
        Ok(row) => {
            let wrong = row.wrong.join("\n");
            (row, if wrong.is_empty() { Ok(()) } else { Err(Failed::from(wrong)) })
        }
        Err(error) => (Row::default().remark("FAILED"), Err(Failed::from(format!("{error:#}")))),
    };
    row.fault = name.replace('_', " ");
    table.add(place, row);
    failed
}

fn runtime() -> Result<tokio::runtime::Runtime> {
    let mut builder = tokio::runtime::Builder::new_multi_thread();
    builder.worker_threads(2).enable_all().build().context("a runtime")
}

/// Where chance begins: anywhere, or where it began before.
pub(crate) fn seed() -> u64 {
    let given = std::env::var("KELTAS_CHAOS_SEED").ok().and_then(|seed| seed.parse().ok());
    given.unwrap_or_else(|| fastrand::u64(..))
}

/// A line for whoever started this process.
pub(crate) fn say(line: &str) -> Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "{line}")?;
    out.flush().context("nobody listens")
}

/// A problem as a test's error.
#[allow(clippy::needless_pass_by_value, reason = "it is given to map_err")]
pub(crate) fn problem(problem: engine::Problem) -> anyhow::Error {
    anyhow::anyhow!("{} {:?}", problem.code, problem.args)
}
