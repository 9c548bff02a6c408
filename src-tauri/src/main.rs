//! Keltas: with a command the command line tool, else the window.

#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

use shell::Launch;
use std::{env, ffi::OsString, process::ExitCode};

fn main() -> ExitCode {
    // The program is its own decoder, and then nothing else.
    if let Some(ending) = app::Decoder::run_if_asked() {
        return ending;
    }
    let args: Vec<OsString> = env::args_os().collect();
    if cli::is_command(&args) {
        return cli::run(args);
    }
    let folder = env::current_dir().unwrap_or_default();
    shell::run(Launch::read(args.into_iter().skip(1), &folder))
}
