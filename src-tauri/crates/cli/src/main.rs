//! The `keltas` command by itself, without a window.

use std::process::ExitCode;

fn main() -> ExitCode {
    // The program is its own decoder, and then nothing else.
    if let Some(ending) = app::Decoder::run_if_asked() {
        return ending;
    }
    cli::run(std::env::args_os())
}
