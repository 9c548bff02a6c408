//! Where the figures were taken.

use std::{fs, thread};

use crate::sh;

/// Facts by name: the machine, the programs, the day.
pub(crate) fn facts() -> Vec<(&'static str, String)> {
    let first_line = |program: &str, arguments: &[&str]| {
        let said = sh::output(&mut sh::command(program, arguments)).unwrap_or_default();
        said.lines().next().unwrap_or("unknown").to_owned()
    };
    let curl = first_line("curl", &["--version"]);
    let curl = curl.split_whitespace().take(2).collect::<Vec<_>>().join(" ");
    let changed = sh::output(&mut sh::command("git", ["status", "--porcelain", "--untracked-files=no"]));
    let changes = if changed.is_none_or(|list| list.is_empty()) { "" } else { ", with changes" };
    vec![
        (
            "machine",
            format!("{}, {} threads", processor(), thread::available_parallelism().map_or(1, usize::from)),
        ),
        ("system", first_line("uname", &["-sr"])),
        ("load at the start", load()),
        ("curl", curl),
        ("compiler", first_line("rustc", &["--version"])),
        ("our commit", first_line("git", &["rev-parse", "--short", "HEAD"]) + changes),
        ("day", first_line("date", &["-u", "+%Y-%m-%d"])),
    ]
}

/// The facts as a table, and the load when all was over.
pub(crate) fn table(facts: &[(&'static str, String)], load_after: &str) -> String {
    let lines: String = facts.iter().map(|(name, fact)| format!("| {name} | {fact} |\n")).collect();
    format!("| | |\n|---|---|\n{lines}| load at the end | {load_after} |\n")
}

/// How many programs wanted to run, in the last minute.
pub(crate) fn load() -> String {
    let text = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    text.split(' ').next().filter(|load| !load.is_empty()).unwrap_or("unknown").to_owned()
}

fn processor() -> String {
    let text = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = text.lines().find_map(|line| line.strip_prefix("model name")?.split_once(':'));
    model.map_or_else(|| std::env::consts::ARCH.to_owned(), |(_, name)| name.trim().to_owned())
}
