//! Keltas: with a subcommand the command line tool, else the window.

#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

use shell::Launch;
use std::{env, process::ExitCode};

fn main() -> ExitCode {
    let folder = env::current_dir().unwrap_or_default();
    shell::run(Launch::read(env::args_os().skip(1), &folder))
}
