//! The `keltas` command by itself, without a window.

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run(std::env::args_os())
}
