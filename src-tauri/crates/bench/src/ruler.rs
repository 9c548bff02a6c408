//! Runs one program and tells what it took.
//!
//! A program of its own, and a small one: the system counts in what the one who starts a program holds at that time.

#![allow(clippy::print_stdout, reason = "it tells what it measured")]

use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context, Result, ensure};
use wait4::Wait4;

/// `keltas-bench-ruler PROGRAM WORD…` prints microseconds on the clock, microseconds of CPU, and the most memory in
/// bytes.
fn main() -> Result<()> {
    let mut words = std::env::args_os().skip(1);
    let mut command = Command::new(words.next().context("a program")?);
    command.args(words).stdin(Stdio::null()).stdout(Stdio::null());
    let start = Instant::now();
    let used = command.spawn()?.wait4()?;
    let wall = start.elapsed();
    ensure!(used.status.success(), "ended with {}", used.status);
    let cpu = used.rusage.utime + used.rusage.stime;
    println!("{} {} {}", wall.as_micros(), cpu.as_micros(), used.rusage.maxrss);
    Ok(())
}
